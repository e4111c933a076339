package campaign

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

const (
	// maxRunes is the length of the longest label.
	maxRunes = 255
	// maxText is how many bytes of a text are looked at: 255 runes of four bytes,
	// and hardly any that are taken out.
	maxText = 1 << 10
)

// label returns the raw value of a parameter as a clean label. A value that
// says nothing gives an empty one. The label shares no memory with raw, which
// is part of a query that need not live on.
func label(raw string) string {
	var buf [maxRunes * utf8.UTFMax]byte
	return string(appendLabel(buf[:0], raw))
}

// isLabel reports whether the raw value of a parameter says something, without
// keeping any of it.
func isLabel(raw string) bool {
	var buf [maxRunes * utf8.UTFMax]byte
	return len(appendLabel(buf[:0], raw)) > 0
}

// appendLabel appends the clean label of a raw value to dst, which is empty.
func appendLabel(dst []byte, raw string) []byte {
	var buf [maxText]byte
	decoded := buf[:0]
	for i := 0; i < len(raw) && len(decoded) < maxText; {
		var b byte
		b, i = unescape(raw, i)
		decoded = append(decoded, b)
	}
	if dst = appendClean(dst, decoded); isPlaceholder(dst) {
		return dst[:0]
	}
	return dst
}

// landing returns the path of a page, cleaned. It is decoded already; a percent
// sign in it is text. Most paths are returned as they are.
func landing(path string) string {
	if path == "" || path[0] != '/' {
		return "/"
	}
	if isPlain(path) {
		return path
	}
	var buf [maxRunes * utf8.UTFMax]byte
	return string(appendClean(buf[:0], []byte(path[:min(len(path), maxText)])))
}

// isPlain reports whether a text is short and has visible ASCII alone, so that
// there is nothing to clean.
func isPlain(s string) bool {
	if len(s) > maxRunes {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// appendClean appends the first 255 visible runes of a text to dst, which is
// empty, without space at either end. Bytes that are not UTF-8 become U+FFFD. A
// text of maxText bytes may have been cut inside a rune, which is left out then.
func appendClean(dst, text []byte) []byte {
	cut := len(text) == maxText
	for n := 0; n < maxRunes && len(text) > 0; {
		if cut && !utf8.FullRune(text) {
			break
		}
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if isHidden(r) || len(dst) == 0 && unicode.IsSpace(r) {
			continue
		}
		dst = utf8.AppendRune(dst, r)
		n++
	}
	return bytes.TrimRightFunc(dst, unicode.IsSpace)
}

// isHidden reports whether a rune could change how a report looks without being
// seen: controls, line separators, and all format characters, among them the
// bidi marks and the joiners (Unicode UAX #9 and UTR #36).
func isHidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// placeholders are values that a script or a report writes for no value.
var placeholders = [...]string{
	"null", "undefined", "nan", "(none)", "(not set)", "(not provided)", "(direct)",
}

// macros are how ad servers and mail tools mark a name that they replace by a
// value: Google and Microsoft {campaignid}, Meta {{campaign.name}}, Salesforce
// %%name%%, Mailchimp *|NAME|*, TikTok __CAMPAIGN_NAME__. A brace that is still
// escaped was escaped twice; of two percent signs unescaping may take one.
var macros = [...]struct{ open, end string }{
	{"{", "}"}, {"${", "}"}, {"%7b", "%7d"}, {"[[", "]]"}, {"%5b%5b", "%5d%5d"},
	{"%", "%"}, {"*|", "|*"}, {"<%", "%>"}, {"__", "__"},
}

// isPlaceholder reports whether a clean label stands for no value: a word of
// ours, or a macro that nobody replaced.
func isPlaceholder(b []byte) bool {
	for _, p := range placeholders {
		if len(b) == len(p) && bytes.EqualFold(b, []byte(p)) {
			return true
		}
	}
	for _, m := range macros {
		if hasEnds(b, m.open, m.end) {
			return true
		}
	}
	return isBracketed(b)
}

// hasEnds reports whether b begins with open and ends with end, in any case.
func hasEnds(b []byte, open, end string) bool {
	return len(b) >= len(open)+len(end) &&
		bytes.EqualFold(b[:len(open)], []byte(open)) &&
		bytes.EqualFold(b[len(b)-len(end):], []byte(end))
}

// isBracketed reports whether b is one name in brackets, such as [CAMPAIGN], the
// macros of the IAB. People write brackets too, but around a part of a label.
func isBracketed(b []byte) bool {
	if !hasEnds(b, "[", "]") {
		return false
	}
	for _, c := range b[1 : len(b)-1] {
		if c != '_' && c != '.' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
