package tracking

import (
	"errors"
	"fmt"
)

// Errors of this package, to be compared with errors.Is. Their texts carry no
// address, no session and no telephone number of a caller.
var (
	// ErrSignature means that a call report is not signed by its carrier.
	ErrSignature = errors.New("the signature of the call report is wrong")
	// ErrReport means that a signed call report can't be understood.
	ErrReport = errors.New("the call report can't be understood")
	// ErrRunning means that Run was called while it was running.
	ErrRunning = errors.New("tracking: Run is running already")
	// ErrUnknownCustomer means that no site of the configuration is the customer's.
	ErrUnknownCustomer = errors.New("no site is this customer's")
)

// ConfigError is one mistake in a Config.
type ConfigError struct {
	// Field is the path of the field, such as "Sites[0].Pools[1].Numbers".
	Field string
	// Value is what was given, never a secret.
	Value string
	// Reason says what is wrong with it and, where it helps, what to write.
	Reason string
}

// Error returns field, value and reason.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("tracking: Config.%s = %q: %s", e.Field, e.Value, e.Reason)
}
