package campaign

import "fmt"

// ConfigError is a mistake in a [Config]. [NewRules] joins one for each.
type ConfigError struct {
	// Field is the field of Config, such as "Rules[2].Path".
	Field string
	// Value is what it was, shortened.
	Value string
	// Reason is what is wrong with it.
	Reason string
}

// Error returns the field, the value and the reason.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("campaign: %s %q: %s", e.Field, e.Value, e.Reason)
}

// ListError is a line of a public list that [LoadMatomo] can't read.
type ListError struct {
	// File and Line say where it stands. Lines count from 1.
	File string
	Line int
	// Reason is what is wrong with it.
	Reason string
}

// Error returns the place and the reason.
func (e *ListError) Error() string {
	return fmt.Sprintf("campaign: %s:%d: %s", e.File, e.Line, e.Reason)
}
