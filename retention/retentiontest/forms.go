package retentiontest

import (
	"crypto/hmac"
	"crypto/md5"  //nolint:gosec // others may have used it
	"crypto/sha1" //nolint:gosec // others may have used it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// digestPrefix is how much of a hash is searched for: what was cut off behind it
// is found as well, and 8 equal bytes are no accident.
const digestPrefix = 8

// form is one way in which a value may have been written.
type form struct {
	name    string
	pattern []byte
}

// formsOf returns all forms of a value.
func formsOf(value string, keys [][]byte) []form {
	var all []form
	add := func(name string, pattern []byte) {
		if len(pattern) >= minPattern {
			all = append(all, form{name, pattern})
		}
	}
	for _, plain := range spellings(value) {
		data := []byte(plain)
		add("text", data)
		add("UTF-16", utf16Of(plain, binary.LittleEndian))
		add("UTF-16", utf16Of(plain, binary.BigEndian))
		add("text in a URL", []byte(url.QueryEscape(plain)))
		add("text in a URL", []byte(url.PathEscape(plain)))
		if quoted, err := json.Marshal(plain); err == nil {
			add("text in JSON", quoted[1:len(quoted)-1])
		}
		reversed := slices.Clone(data)
		slices.Reverse(reversed)
		add("reversed text", reversed)
		encodings(add, "", data, len(data))
		digests(add, data, keys)
	}
	// SQLite stores an integer in the fewest of 1, 2, 3, 4, 6 or 8 bytes, most
	// significant first; telephone numbers take 6.
	if n, err := strconv.ParseUint(strings.TrimPrefix(value, "+"), 10, 63); err == nil {
		var number [8]byte
		binary.BigEndian.PutUint64(number[:], n)
		add("an integer", number[:])
		if n>>32 != 0 && n>>48 == 0 {
			add("an integer", number[2:])
		}
	}
	// The 4 bytes of an IPv4 address would be found by accident in any large
	// file; in a hash they are not.
	if address, err := netip.ParseAddr(value); err == nil {
		binary16 := address.As16()
		add("a binary address", binary16[:])
		encodings(add, "a binary address in ", binary16[:], len(binary16))
		digests(add, binary16[:], keys)
		if address.Is4() {
			digests(add, binary16[12:], keys)
		}
	}
	return all
}

// spellings returns the ways to write a value as text, each once: in both cases,
// a number as it is dialled, an IPv6 address short and long.
func spellings(value string) []string {
	all := []string{value, strings.ToLower(value), strings.ToUpper(value)}
	if digits, ok := strings.CutPrefix(value, "+"); ok {
		all = append(all, digits, "00"+digits)
	}
	if address, err := netip.ParseAddr(value); err == nil {
		all = append(all, address.String(), address.StringExpanded())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// utf16Of returns the text in UTF-16.
func utf16Of(text string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

// encodings adds the first n bytes of data in hexadecimal and base64. In base64
// three bytes become four characters, so the same bytes look different at each
// of three places in a longer text, and a character that they share with their
// neighbours can't be searched for.
func encodings(add func(string, []byte), prefix string, data []byte, n int) {
	hexadecimal := hex.EncodeToString(data[:n])
	add(prefix+"hexadecimal", []byte(hexadecimal))
	add(prefix+"hexadecimal", []byte(strings.ToUpper(hexadecimal)))
	for shift := range 3 { // where it begins in a longer text
		for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			encoded := e.EncodeToString(append(make([]byte, shift), data[:n]...))
			// The characters at both ends also depend on what stands around.
			encoded = encoded[(shift*8+5)/6 : (shift+n)*8/6]
			add(prefix+"base64", []byte(encoded))
		}
	}
}

// digests adds the hashes of data, and those with a key.
func digests(add func(string, []byte), data []byte, keys [][]byte) {
	all := map[string][]byte{}
	md, sha := md5.Sum(data), sha1.Sum(data) //nolint:gosec // others may have used it
	sha2, sha5 := sha256.Sum256(data), sha512.Sum512(data)
	all["MD5"], all["SHA-1"], all["SHA-256"], all["SHA-512"] = md[:], sha[:], sha2[:], sha5[:]
	for i, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write(data)
		all["HMAC-SHA-256 with key "+strconv.Itoa(i)] = mac.Sum(nil)
	}
	for name, sum := range all {
		add(name, sum[:digestPrefix])
		encodings(add, name+" in ", sum, digestPrefix)
	}
}
