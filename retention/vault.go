package retention

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
)

// keySize is the length of all keys in bytes.
const keySize = 32

// Vault keeps keys apart from the data that they protect and from its backups:
// only then is data gone when its key is. [DirVault] is the default.
//
// Customers and agreements are any non-empty texts; each has keys of its own.
// All methods may be called at the same time by many goroutines, and by many
// processes that share the vault. They obey the context as far as the medium
// allows. An error means that the outcome is not known; every method may be
// called again.
type Vault interface {
	// SigningKeys returns the ring of the customer, with at least one key of 32
	// bytes. The first key signs, all of them verify. The first use makes the
	// ring. A returned key is durable: it is there after a power cut.
	//
	// No error is promised by name; callers go on without signing.
	SigningKeys(ctx context.Context, customer string) ([][]byte, error)

	// DataKey returns the key of 32 bytes for the data of one agreement. The
	// first use makes it; from then on every call returns the same one, until it
	// is destroyed. A returned key is durable.
	//
	// After DestroyDataKey it returns an error wrapping [ErrKeyDestroyed], for
	// ever. It must never make a key again in the place of a destroyed or damaged
	// one.
	DataKey(ctx context.Context, customer, agreement string) ([]byte, error)

	// DestroyDataKey destroys the key of one agreement, whether or not it was
	// ever made, and returns nil after it has read back that the key is gone and
	// that this will survive a power cut. A call of DataKey that runs at the
	// same time either returns the key of before or ErrKeyDestroyed. Destroying
	// twice is no error.
	//
	// No error is promised by name; until nil is returned the key counts as
	// not destroyed.
	DestroyDataKey(ctx context.Context, customer, agreement string) error
}

// Purpose separates the keys that [DeriveKey] makes of one secret. A text that
// was used once keeps its meaning for ever.
type Purpose string

const (
	// ForCookies is the purpose of keys that authenticate cookies, made of the
	// keys of a signing ring.
	ForCookies Purpose = "qooqie cookie 1"
	// ForPseudonyms is the purpose of the key that turns the number of a caller
	// into a pseudonym, made of a data key.
	ForPseudonyms Purpose = "qooqie pseudonym 1"
	// ForSealing is the purpose of the key that encrypts stored values, made of
	// a data key.
	ForSealing Purpose = "qooqie seal 1"
)

// DeriveKey returns a key of 32 bytes that depends on the secret and on the
// purpose, by HKDF with SHA-256 (RFC 5869). Neither the secret nor the key for
// another purpose follows from it.
//
// It panics if the secret has fewer than 32 bytes or the purpose is empty: keys
// of a [Vault] have 32 bytes, and a key made of less would protect nothing.
func DeriveKey(secret []byte, purpose Purpose) []byte {
	if len(secret) < keySize || purpose == "" {
		panic("retention: DeriveKey: needs a secret of 32 bytes and a purpose")
	}
	key, err := hkdf.Key(sha256.New, secret, nil, string(purpose), keySize)
	if err != nil {
		panic("retention: DeriveKey: " + err.Error()) // 32 bytes are within every limit of RFC 5869
	}
	return key
}
