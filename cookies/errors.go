package cookies

import "fmt"

// ConfigError says what is wrong with one value of a [Config]. [NewCodec] joins
// one for each mistake; reach the first with [errors.As], or all of them through
// Unwrap() []error.
type ConfigError struct {
	// Field is the field's name, with an index for one of the keys: "Keys[1]".
	Field string
	// Value is what was given. Of a key it is only the length, and it is empty
	// if nothing was given.
	Value string
	// Reason says why the value was refused and what would be accepted.
	Reason string
}

// Error returns field, quoted value and reason in one text. It never has a key.
func (e *ConfigError) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("cookies: Config.%s: %s", e.Field, e.Reason)
	}
	return fmt.Sprintf("cookies: Config.%s %q: %s", e.Field, e.Value, e.Reason)
}
