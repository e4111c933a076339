package carrier

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's scheme; HMAC does not need SHA-1 to be free of collisions
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// signatureHeader carries base64(HMAC-SHA1(token, URL + fields)), see
// https://www.twilio.com/docs/usage/webhooks/webhooks-security.
const signatureHeader = "X-Twilio-Signature"

// encodeSignature writes a signature as it stands in the header.
func encodeSignature(mac []byte) string { return base64.StdEncoding.EncodeToString(mac) }

// verify returns the fields of a form that is signed. The body is not read
// before there is a signature that could be one.
func (t Twilio) verify(h http.Header, rawURL string, body []byte) (url.Values, error) {
	if t.AuthToken == "" {
		return nil, notSigned(t.Name(), "no AuthToken is configured")
	}
	signature, ok := readSignature(h[signatureHeader])
	if !ok {
		return nil, notSigned(t.Name(), "the header is missing, malformed or there twice")
	}
	mediaType, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType != "application/x-www-form-urlencoded" {
		return nil, t.verifyOther(rawURL, body, signature)
	}
	// The parser's error repeats what it stumbled over, so it is not wrapped.
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, notSigned(t.Name(), "the body is no form")
	}
	if !t.signed(rawURL, signedFields(form), signature) {
		return nil, notSigned(t.Name(), "it fits neither token, URL nor fields")
	}
	return form, nil
}

// verifyOther tells apart, for a body that is no form, what Twilio sent and what
// it did not. Twilio then puts the body's hash into the URL, and signs the URL
// alone. Reports about calls are always forms.
func (t Twilio) verifyOther(rawURL string, body, signature []byte) error {
	_, query, _ := strings.Cut(rawURL, "?")
	values, err := url.ParseQuery(query)
	if err != nil || len(values["bodySHA256"]) != 1 {
		return notSigned(t.Name(), "the body is no form and its hash is not in the URL")
	}
	want, err := hex.DecodeString(values.Get("bodySHA256"))
	got := sha256.Sum256(body)
	if err != nil || subtle.ConstantTimeCompare(want, got[:]) != 1 || !t.signed(rawURL, nil, signature) {
		return notSigned(t.Name(), "it fits neither token, URL nor body")
	}
	return notUnderstood(t.Name(), "a report about a call is a form")
}

// readSignature returns the signature of a header that is there once. Only one
// way to write it is accepted, so that changing any bit makes it wrong.
func readSignature(values []string) ([]byte, bool) {
	if len(values) != 1 || len(values[0]) != base64.StdEncoding.EncodedLen(sha1.Size) {
		return nil, false
	}
	signature, err := base64.StdEncoding.Strict().DecodeString(values[0])
	return signature, err == nil && len(signature) == sha1.Size
}

// signed reports whether the signature is that of the URL and fields with one of
// the tokens. All are tried, whichever fits, so that the time tells nothing.
func (t Twilio) signed(rawURL string, fields, signature []byte) bool {
	fits := false
	for _, token := range [...]string{t.AuthToken, t.PreviousToken} {
		if token == "" {
			continue
		}
		for _, u := range [...]string{rawURL, otherPort(rawURL)} {
			if hmac.Equal(sign(token, u, fields), signature) {
				fits = true
			}
		}
	}
	return fits
}

// sign returns the HMAC of a URL and the fields.
func sign(token, rawURL string, fields []byte) []byte {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(rawURL)) // a hash.Hash never fails
	mac.Write(fields)
	return mac.Sum(nil)
}

// signedFields returns names and values as they are signed: sorted by name in
// the order of bytes, without anything between. Of a name that occurs more than
// once each value is signed once, in order.
func signedFields(form url.Values) []byte {
	names := make([]string, 0, len(form))
	size := 0
	for name, values := range form {
		names = append(names, name)
		for _, v := range values {
			size += len(name) + len(v)
		}
	}
	slices.Sort(names)
	fields := bytes.NewBuffer(make([]byte, 0, size))
	for _, name := range names {
		values := form[name]
		if len(values) > 1 {
			values = slices.Compact(slices.Sorted(slices.Values(values)))
		}
		for _, v := range values {
			fields.WriteString(name)
			fields.WriteString(v)
		}
	}
	return fields.Bytes()
}

// otherPort returns the URL without its port if it has one, and otherwise with
// that of its scheme: which of the two Twilio signs depends on the product.
func otherPort(rawURL string) string {
	scheme, rest, found := strings.Cut(rawURL, "://")
	if !found {
		return rawURL
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, path := rest[:end], rest[end:]
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	// The colons within an IPv6 address are no ports.
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		return scheme + "://" + strings.TrimSuffix(authority, host[colon:]) + path
	}
	port := ":443"
	if scheme == "http" {
		port = ":80"
	}
	return scheme + "://" + authority + port + path
}
