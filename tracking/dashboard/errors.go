package dashboard

import "fmt"

// ConfigError is one mistake in a Config. It has no value, because that could be
// the password.
type ConfigError struct {
	// Field is the name of the field.
	Field string
	// Reason says what is wrong with it and what to write.
	Reason string
}

// Error returns field and reason.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("dashboard: Config.%s: %s", e.Field, e.Reason)
}
