package retention

import (
	"errors"
	"fmt"
)

var (
	// ErrKeyDestroyed is returned by [Vault.DataKey] when the key was
	// destroyed. It stays so: what the key protected can't be read again.
	ErrKeyDestroyed = errors.New("key destroyed")

	// ErrVaultExposed is returned by the methods of [DirVault] when other users
	// of the machine may open the directory or a key in it. The text has the
	// command that closes it.
	ErrVaultExposed = errors.New("open to other users")

	// ErrVaultDamaged is returned by the methods of [DirVault] when something
	// in the place of a key is not that key: it is cut off, changed, copied
	// from elsewhere, or no file. It is left as it is, because a new key would
	// hide that the old one is lost.
	ErrVaultDamaged = errors.New("damaged key file")
)

// FieldError says what is wrong with one value. [Agreement.Validate] joins one
// for each mistake; reach them with [errors.As], or all of them through
// Unwrap() []error.
type FieldError struct {
	// Field is the name of the field or argument.
	Field string
	// Value is the refused value as text. It is empty if nothing was given, and
	// for Controller, which may be the name of a person.
	Value string
	// Reason says why the value was refused and what would be accepted.
	Reason string
}

// Error returns field, quoted value and reason in one text.
func (e *FieldError) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("retention: %s: %s", e.Field, e.Reason)
	}
	return fmt.Sprintf("retention: %s %q: %s", e.Field, e.Value, e.Reason)
}
