package campaign

import "strings"

// maxQuery is how much of a query is read. Browsers and proxies take lines of
// 8 KiB; the work on anything longer is bounded here.
const maxQuery = 16 << 10

// field is one of the labels that tags set.
type field uint8

// The fields that tags set.
const (
	fieldSource field = iota
	fieldMedium
	fieldName
	fieldTerm
	fieldContent
	fields
)

// tags are what a query says.
type tags struct {
	// labels holds the best value so far for each field, and the rank of the
	// family of tags that it is from.
	labels [fields]struct {
		text string
		rank uint8
	}
	// click is the most telling kind of click id.
	click *click
}

// value returns the label of a field.
func (t *tags) value(f field) string { return t.labels[f].text }

// readTags returns what a raw query says. The separator is "&" alone, as for
// browsers (URL Standard, application/x-www-form-urlencoded); a semicolon is
// text, and so is an escape that is none. net/url would drop such pairs.
func readTags(query string) (t tags) {
	if len(query) > maxQuery {
		query = query[:maxQuery]
	}
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if key, value, _ := strings.Cut(pair, "="); value != "" {
			if p, ok := paramOf(key); ok {
				t.set(p, value)
			}
		}
	}
	return t
}

// set notes one parameter with its raw value. A value is looked at only where it
// could change something, so that a query of thousands of equal parameters costs
// little more than its length.
func (t *tags) set(p param, raw string) {
	if p.click != nil {
		if (t.click == nil || p.click.rank < t.click.rank) && isLabel(raw) {
			t.click = p.click
		}
		return
	}
	l := &t.labels[p.field]
	if l.text != "" && l.rank <= p.rank {
		return
	}
	if text := label(raw); text != "" {
		l.text, l.rank = text, p.rank
	}
}

// paramOf returns the parameter with a raw name, in any case and with or
// without escapes. Links that were copied out of the source of a page have
// "&amp;" between parameters. Names that are too long for any of ours are not
// read to their end.
func paramOf(raw string) (param, bool) {
	raw = strings.TrimPrefix(raw, "amp;")
	if len(raw) > 3*maxKey {
		return param{}, false
	}
	var buf [maxKey]byte
	n := 0
	for i := 0; i < len(raw); n++ {
		if n == maxKey {
			return param{}, false
		}
		var b byte
		b, i = unescape(raw, i)
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		buf[n] = b
	}
	p, ok := params[string(buf[:n])]
	return p, ok
}

// unescape returns the byte that stands at i in a raw query, and where the next
// one begins.
func unescape(s string, i int) (byte, int) {
	switch s[i] {
	case '+':
		return ' ', i + 1
	case '%':
		if i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi < 16 && lo < 16 {
				return hi<<4 | lo, i + 3
			}
		}
	}
	return s[i], i + 1
}

// unhex returns the value of a hexadecimal digit, or 16 for any other byte.
func unhex(b byte) byte {
	switch {
	case '0' <= b && b <= '9':
		return b - '0'
	case 'a' <= b && b <= 'f':
		return b - 'a' + 10
	case 'A' <= b && b <= 'F':
		return b - 'A' + 10
	}
	return 16
}
