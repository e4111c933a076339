package cookies

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
)

const (
	// keySize is the least length of a configured key and the length of a
	// derived one.
	keySize = sha256.Size
	// tagSize is the length of a truncated tag: half the hash, the least that
	// RFC 2104 section 5 recommends.
	tagSize = 16

	// keyLabel keeps our derived keys apart from whatever else is derived from
	// the same secret. Its number is the version of both values.
	keyLabel = "qooqie cookie v1"
)

// encoding is base64url without padding that refuses trailing bits, so that
// there is one text for every sequence of bytes.
var encoding = base64.RawURLEncoding.Strict()

// decode reads base64url. encoding/base64 skips line ends; here they are refused,
// because they would be another text of the same bytes.
func decode(dst, text []byte) (n int, ok bool) {
	n, err := encoding.Decode(dst, text)
	return n, err == nil && encoding.EncodedLen(n) == len(text)
}

// deriveKeys returns the keys of one cookie of the site, in the order of the
// configuration. HKDF errors only for output lengths that we don't ask for.
func deriveKeys(cfg Config, name string) ([][]byte, error) {
	// The label and the names have no NUL, and the site comes last, so no two
	// different triples give the same text.
	info := strings.Join([]string{keyLabel, name, cfg.Site}, "\x00")
	keys := make([][]byte, len(cfg.Keys))
	for i, secret := range cfg.Keys {
		key, err := hkdf.Key(sha256.New, secret, nil, info, keySize)
		if err != nil {
			return nil, err
		}
		keys[i] = key
	}
	return keys, nil
}

// worker is what one Read or Set needs: the keyed states of each cookie, which
// cost more to make than to use, and memory that has to be on the heap because
// hash.Hash is an interface. It is pooled, so that reading allocates nothing.
type worker struct {
	sid, campaign []hash.Hash

	text, message [maxValue]byte
	sum           [sha256.Size]byte
}

// newWorker returns a worker for the derived keys.
func newWorker(sid, campaign [][]byte) *worker {
	w := new(worker)
	for i := range sid {
		w.sid = append(w.sid, hmac.New(sha256.New, sid[i]))
		w.campaign = append(w.campaign, hmac.New(sha256.New, campaign[i]))
	}
	return w
}

// tag returns the tag of a message. It is valid until the next call.
func (w *worker) tag(key hash.Hash, message []byte) []byte {
	key.Reset()
	key.Write(message) // a hash.Hash never returns an error
	return key.Sum(w.sum[:0])[:tagSize]
}

// verify returns which of the keys made the tag of the message.
func (w *worker) verify(keys []hash.Hash, message, tag []byte) (index int, ok bool) {
	for i, key := range keys {
		if hmac.Equal(w.tag(key, message), tag) {
			return i, true
		}
	}
	return 0, false
}

// weakness says what is wrong with a key, or nothing. It finds keys that were
// typed or copied instead of drawn; each of its rules hits a random key, also
// one written in hexadecimal or base64, with a chance below one in a million.
func weakness(key []byte) string {
	switch {
	case len(key) < keySize:
		return "a key has at least 32 bytes"
	case distinct(key) < 8 || patterned(key) || periodic(key):
		return "the bytes follow a pattern; use 32 bytes from crypto/rand"
	case wordy(key):
		return "this looks like a key from an example; use 32 bytes from crypto/rand"
	}
	return ""
}

// distinct counts the different bytes of a key.
func distinct(key []byte) int {
	var seen [256]bool
	n := 0
	for _, b := range key {
		if !seen[b] {
			seen[b] = true
			n++
		}
	}
	return n
}

// patterned reports whether half of the steps from byte to byte are alike, as
// in 00 01 02 … or "abcdefghijklmnopqrstuvwxyz012345".
func patterned(key []byte) bool {
	var steps [256]int
	for i := 1; i < len(key); i++ {
		step := key[i] - key[i-1]
		steps[step]++
		if 2*steps[step] >= len(key)-1 {
			return true
		}
	}
	return false
}

// periodic reports whether a key is one block of at most 16 bytes repeated, as
// in "0123456789abcdef0123456789abcdef".
func periodic(key []byte) bool {
	for period := 1; period <= 16; period++ {
		if bytes.Equal(key[period:], key[:len(key)-period]) {
			return true
		}
	}
	return false
}

// wordy reports whether a key has a word in it that documentation uses in the
// place of a secret.
func wordy(key []byte) bool {
	lower := bytes.ToLower(key)
	for _, word := range []string{
		"secret", "example", "changeme", "change-me", "change_me", "password", "insecure", "32-byte", "32 byte",
		"auth-key", "your-key", "your_key", "test-key", "test_key", "dontuse", "do-not-use",
	} {
		if bytes.Contains(lower, []byte(word)) {
			return true
		}
	}
	return false
}
