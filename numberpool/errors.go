package numberpool

import (
	"errors"
	"fmt"
)

// Errors of this package, to be compared with errors.Is. Their texts carry no
// number and no session.
var (
	// ErrNumber means that a text or an integer is no E.164 number.
	ErrNumber = errors.New(`not an E.164 number, such as "+31851234567"`)
	// ErrPoolExhausted means that every number of the pool is held.
	ErrPoolExhausted = errors.New("every number of the pool is held")
	// ErrLeaseTaken means that the number has been granted anew or is still held.
	ErrLeaseTaken = errors.New("the number is leased to another session")
	// ErrUnknownNumber means that the pool has no such number.
	ErrUnknownNumber = errors.New("the pool has no such number")
	// ErrNumberOwned means that a number belongs to another customer or pool.
	ErrNumberOwned = errors.New("the number belongs to another customer or pool")
)

// ConfigError is one mistake in a Config.
type ConfigError struct {
	// Field is the field's name.
	Field string
	// Value is what was given.
	Value string
	// Reason says what is wrong with it.
	Reason string
}

// Error returns field, value and reason.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("numberpool: Config.%s = %q: %s", e.Field, e.Value, e.Reason)
}
