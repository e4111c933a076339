package tracking

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"sync/atomic"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
)

// keyring holds a site's keys once they are loaded from the vault.
type keyring struct {
	codec atomic.Pointer[cookies.Codec]

	loading  sync.Mutex
	failedAt time.Time
}

// retryKeys is how often a vault that failed is asked again at most.
const retryKeys = time.Second

// loadCodec makes the site's codec from the vault, once. While another request
// does so, or shortly after a failure, it does nothing: the request then finds
// no codec, and its page is served with the site's own number.
func (t *Tracker) loadCodec(ctx context.Context, s *site, now time.Time) error {
	if s.keys.codec.Load() != nil || !s.keys.loading.TryLock() {
		return nil
	}
	defer s.keys.loading.Unlock()
	if now.Sub(s.keys.failedAt).Abs() < retryKeys {
		return nil
	}
	codec, err := t.makeCodec(ctx, s)
	if err != nil {
		s.keys.failedAt = now
		return err
	}
	s.keys.codec.Store(codec)
	return nil
}

// makeCodec derives the cookie keys from the customer's signing ring.
func (t *Tracker) makeCodec(ctx context.Context, s *site) (*cookies.Codec, error) {
	ring, err := t.vault.SigningKeys(ctx, s.customer())
	if err != nil {
		return nil, err
	}
	keys := make([][]byte, len(ring))
	for i, secret := range ring {
		keys[i] = retention.DeriveKey(secret, retention.ForCookies)
	}
	return cookies.NewCodec(cookies.Config{Keys: keys, Site: s.name})
}

// pseudonym returns a keyed hash of the caller's number in hexadecimal and its
// last two digits. Without the agreement's data key, nobody can tell whose it is.
func (t *Tracker) pseudonym(ctx context.Context, s *site, caller string) (hash, hint string, err error) {
	if caller == "" {
		return "", "", nil
	}
	secret, err := t.vault.DataKey(ctx, s.customer(), s.Agreement.ID)
	if err != nil {
		return "", "", err
	}
	mac := hmac.New(sha256.New, retention.DeriveKey(secret, retention.ForPseudonyms))
	mac.Write([]byte(caller))
	return hex.EncodeToString(mac.Sum(nil)[:16]), caller[max(0, len(caller)-2):], nil
}
