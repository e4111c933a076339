package retention

import (
	"context"
	"errors"
	"fmt"
)

const (
	// maxRing is how many signing keys a ring has at most. A key outlives three
	// rotations, so with one every five months or less often the oldest cookie,
	// 13 months old, still meets the key that signed it.
	maxRing = 4

	// maxAttempts bounds how often an operation begins again because another
	// process was faster. Once more is the rule; each further one takes a
	// rotation within microseconds.
	maxAttempts = 16
)

// errBusy is returned when somebody else keeps changing the directory, or has
// removed it.
var errBusy = errors.New("the customer's directory was changed by somebody else")

// DirVault is a [Vault] in the directory that it names. The directory is made
// at first use, for its owner only, with all parents that are missing. Keep it
// out of the backups of the data: a backup of both brings back what was
// destroyed.
//
// Several processes may share the directory, on one machine or over a file
// system that has hard links and makes a new name for exactly one of them (NFS
// does). Each key is a file of its own, written under a temporary name and made
// durable before it gets its name, so that a crash leaves no half key; what it
// does leave is ignored and removed later. A file with a wrong size, content or
// name is refused and never overwritten. On systems with Unix permissions, a
// directory or key that others may open is refused.
//
// Destroyed means that the file is unlinked and found absent when read back. No
// more is claimed: a disk may keep old blocks for a while.
type DirVault string

var _ Vault = DirVault("")

// SigningKeys implements [Vault]. The ring has at most 4 keys, newest first.
//
// The errors wrap [ErrVaultExposed], [ErrVaultDamaged], that of the context, or
// that of the file system; an empty customer or DirVault is a [*FieldError].
func (v DirVault) SigningKeys(ctx context.Context, customer string) (ring [][]byte, err error) {
	err = v.with(ctx, customer, "signing keys", func(d *keyDir) (err error) {
		ring, err = d.ring()
		return err
	})
	return ring, err
}

// RotateSigningKey gives the customer a new first key. The keys of before keep
// verifying, the last 3 of them, so do not rotate more than 3 times in the life
// of a cookie. Rotations at the same moment may become one.
//
// The errors are those of [DirVault.SigningKeys]. After one of them the new key
// may or may not be there.
func (v DirVault) RotateSigningKey(ctx context.Context, customer string) error {
	return v.with(ctx, customer, "rotate signing key", (*keyDir).rotate)
}

// DataKey implements [Vault].
//
// The errors wrap [ErrKeyDestroyed], [ErrVaultExposed], [ErrVaultDamaged], that
// of the context, or that of the file system; an empty customer, agreement or
// DirVault is a [*FieldError].
func (v DirVault) DataKey(ctx context.Context, customer, agreement string) (key []byte, err error) {
	err = v.with(ctx, customer, "data key", func(d *keyDir) (err error) {
		key, err = d.dataKey(agreement)
		return err
	})
	return key, err
}

// DestroyDataKey implements [Vault]. In the place of the key it leaves a note
// that the key was destroyed. It also destroys a key that is damaged or open to
// others.
//
// The errors wrap [ErrVaultExposed] if that is the directory, that of the
// context, or that of the file system; an empty customer, agreement or DirVault
// is a [*FieldError].
func (v DirVault) DestroyDataKey(ctx context.Context, customer, agreement string) error {
	return v.with(ctx, customer, "destroy data key", func(d *keyDir) error {
		return d.destroy(agreement)
	})
}

// with calls do with the directory of the customer and adds to an error what
// was being done. Mistakes in the arguments speak for themselves.
func (v DirVault) with(ctx context.Context, customer, what string, do func(*keyDir) error) error {
	d, err := v.open(ctx, customer)
	if err == nil {
		defer d.close()
		err = do(d)
	}
	if err == nil {
		return nil
	}
	if mistake, ok := errors.AsType[*FieldError](err); ok {
		return mistake
	}
	return fmt.Errorf("retention: %s: %w", what, err)
}
