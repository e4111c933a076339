package numberpool

import (
	"errors"
	"fmt"
)

// Errors of this package, to be compared with errors.Is: what is returned wraps
// them. Their texts carry no number and no session.
var (
	// ErrNumber is returned by [ParseNumber] and [NumberFromDigits] for a text
	// or an integer that is no E.164 number.
	ErrNumber = errors.New(`not an E.164 number, such as "+31851234567"`)
	// ErrNoSession is returned by [Pool.Acquire] for a request without session.
	ErrNoSession = errors.New("numberpool: the request has no session")
	// ErrPoolExhausted is returned by [Pool.Acquire] if every number of the pool
	// is held. The caller shows the swap target.
	ErrPoolExhausted = errors.New("every number of the pool is held")
	// ErrLeaseTaken is returned by a [Store] if the number has been granted anew
	// or is still held.
	ErrLeaseTaken = errors.New("the number is leased to another session")
	// ErrUnknownNumber is returned by a [Store] if the pool has no such number.
	ErrUnknownNumber = errors.New("the pool has no such number")
	// ErrNumberOwned is returned by a [Store], and by the first call of
	// [Pool.Acquire], if a number belongs to another customer or pool.
	ErrNumberOwned = errors.New("the number belongs to another customer or pool")
)

// ConfigError is one mistake in a [Config]. [New] joins one for each.
type ConfigError struct {
	// Field is the field's name.
	Field string
	// Value is what was given. Of a number it has only the ends.
	Value string
	// Reason says what is wrong with it.
	Reason string
}

// Error returns field, value and reason.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("numberpool: Config.%s = %q: %s", e.Field, e.Value, e.Reason)
}
