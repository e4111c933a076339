package campaign

import (
	"fmt"
	"log/slog"
	"net/url"
	"strings"
)

// maxClick is the length of the longest value of a click id. The longest that
// platforms make have about 300 characters.
const maxClick = 512

// Click is a click id with its value. The value points to one click of one
// person, so that it may be read and kept with the visitor's consent alone. All
// that formats, logs or encodes a Click shows the kind and no value; [Click.Value]
// is the only way to it.
type Click struct {
	id string
	// value is a pointer because fmt calls no methods of what it finds in fields
	// that are not exported: there it prints an address.
	value *string
}

// DangerouslyReadClick returns the most telling click id of a URL with its value.
// It is for visitors who consented to the upload of what they do to that
// platform, and for nobody else; that is why [Parse] and [Campaign] have no part
// in it. It reports false if there is none.
//
// Ids of mail tools are never returned: they name the recipient, and nothing is
// uploaded to them.
func DangerouslyReadClick(u *url.URL) (Click, bool) {
	query := u.RawQuery[:min(len(u.RawQuery), maxQuery)]
	var best *click
	var value string
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		key, raw, _ := strings.Cut(pair, "=")
		p, ok := paramOf(key)
		if !ok || p.click == nil || p.click.medium == mediumOf[mail] || best != nil && best.rank <= p.click.rank {
			continue
		}
		if text, ok := clickValue(raw); ok {
			best, value = p.click, text
		}
	}
	if best == nil {
		return Click{}, false
	}
	return Click{id: best.id, value: &value}, true
}

// clickValue returns the value of a click id as its platform made it: visible
// ASCII, its case kept. Anything else is no click id, and neither is a macro.
func clickValue(raw string) (string, bool) {
	if raw == "" || len(raw) > 3*maxClick || !isLabel(raw) {
		return "", false
	}
	b := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		var c byte
		if c, i = unescape(raw, i); c <= ' ' || c >= 0x7f {
			return "", false
		}
		b = append(b, c)
	}
	return string(b), len(b) <= maxClick
}

// ID returns the kind of the click id, such as "gclid".
func (c Click) ID() string { return c.id }

// Value returns the value, which is personal data.
func (c Click) Value() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

// String returns the kind and no value.
func (c Click) String() string {
	if c.value == nil {
		return "no click id"
	}
	return c.id + "=…"
}

// Format writes String, whatever the verb.
func (c Click) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue is String.
func (c Click) LogValue() slog.Value { return slog.StringValue(c.String()) }
