package consent

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"github.com/qooqie/qooqie/cookies"
)

// maxValue is the longest value that is read, in bytes: browsers keep no cookie
// whose name and value together are longer (RFC 6265bis section 5.6).
const maxValue = 4096

// space is what net/http takes off around cookies and names.
const space = " \t\r\n"

// raw returns the values of all cookies of the name, as they stand in the header
// but for a pair of quotes around them. It splits as net/http does, which drops
// those with a quote or a backslash within.
func raw(h http.Header, name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range h["Cookie"] {
			for pair := range strings.SplitSeq(line, ";") {
				found, value, _ := strings.Cut(strings.Trim(pair, space), "=")
				if strings.Trim(found, space) == name && !yield(unquote(value)) {
					return
				}
			}
		}
	}
}

// unquote takes off a pair of quotes (RFC 6265 section 4.1.1).
func unquote(value string) string {
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		return value[1 : len(value)-1]
	}
	return value
}

// object reads an object of JSON, percent-encoded or not. Names are exact, and
// one that comes twice is a doubt: encoding/json would be content with both.
func object(value string) (fields map[string]json.RawMessage, ok bool) {
	text, err := url.PathUnescape(value)
	if err != nil {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(text))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, false
	}
	fields = make(map[string]json.RawMessage)
	for d.More() {
		name, err := d.Token()
		key, isText := name.(string)
		if _, twice := fields[key]; err != nil || !isText || twice {
			return nil, false
		}
		var field json.RawMessage
		if err := d.Decode(&field); err != nil {
			return nil, false
		}
		fields[key] = field
	}
	if _, err := d.Token(); err != nil {
		return nil, false
	}
	_, err = d.Token()
	return fields, errors.Is(err, io.EOF)
}

// yesOrNo is a consent or a refusal.
func yesOrNo(yes bool) cookies.Consent {
	if yes {
		return cookies.Granted
	}
	return cookies.Refused
}
