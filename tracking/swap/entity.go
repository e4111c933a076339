package swap

import (
	"strings"
	"unicode/utf8"
)

// maxEntity is the longest character reference that is looked at, in bytes.
const maxEntity = 24

// entity reads the character reference at b[i], which is '&', without looking
// at or beyond end. It returns the character and where the reference ends. In an
// attribute, named references end with a semicolon: "&copy=2" is part of a URL.
//
// If b ends too early to tell, short is true. If there is no reference, the
// character is the '&' itself.
func entity(b []byte, i, end int, inAttribute bool) (r rune, next int, short bool) {
	limit := min(end, i+maxEntity)
	j := i + 1
	if j < limit && b[j] == '#' {
		return numeric(b, i, limit)
	}
	for j < limit && isWord(rune(b[j])) && b[j] < utf8.RuneSelf {
		j++
	}
	if j == limit {
		return '&', i + 1, limit < i+maxEntity
	}
	name := b[i+1 : j]
	if b[j] == ';' && j > i+1 {
		return named(name), j + 1, false
	}
	if inAttribute {
		return '&', i + 1, false
	}
	// Two of those that HTML reads without a semicolon stand beside digits.
	for _, old := range [...]string{"nbsp", "shy"} {
		if len(name) >= len(old) && string(name[:len(old)]) == old {
			return named(name[:len(old)]), i + 1 + len(old), false
		}
	}
	return '&', i + 1, false
}

// numeric reads a character reference such as "&#43;" or "&#x2B;". HTML needs no
// semicolon after it; a digit that follows then is part of it.
func numeric(b []byte, i, limit int) (r rune, next int, short bool) {
	j, base := i+2, rune(10)
	if j < limit && b[j]|0x20 == 'x' {
		j, base = j+1, 16
	}
	first := j
	for ; j < limit; j++ {
		d := hexDigit(b[j])
		if d < 0 || d >= base {
			break
		}
		r = min(r*base+d, utf8.MaxRune+1)
	}
	switch {
	case j == limit:
		return '&', i + 1, limit < i+maxEntity
	case j == first:
		return '&', i + 1, false
	case b[j] == ';':
		return r, j + 1, false
	}
	return r, j, false
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// named returns the character of a named reference, as far as it matters beside
// a number: "x" stands for any letter, "$" for any currency. HTML has over two
// thousand of them; the rest are signs that end a number as a comma does.
func named(name []byte) rune {
	switch string(name) {
	case "nbsp", "NonBreakingSpace", "ensp", "emsp", "thinsp", "ThinSpace", "hairsp", "VeryThinSpace",
		"numsp", "puncsp", "emsp13", "emsp14", "MediumSpace", "Tab", "NewLine":
		return ' '
	case "shy", "zwnj", "zwj", "lrm", "rlm", "ZeroWidthSpace", "NoBreak":
		return '\u00ad'
	case "hyphen", "dash":
		return '\u2010'
	case "ndash", "mdash", "minus", "horbar":
		return '\u2013'
	case "bull", "bullet", "middot", "centerdot", "CenterDot":
		return '\u2022'
	case "plus":
		return '+'
	case "lpar":
		return '('
	case "rpar":
		return ')'
	case "sol":
		return '/'
	case "period":
		return '.'
	case "num":
		return '#'
	case "commat":
		return '@'
	case "lowbar", "UnderBar":
		return '_'
	case "equals":
		return '='
	case "comma":
		return ','
	case "colon":
		return ':'
	case "euro", "pound", "dollar", "yen", "cent", "curren":
		return '$'
	}
	if isLetterName(string(name)) {
		return 'x'
	}
	return '\u203b' // a sign that means nothing here
}

// isLetterName reports whether a reference such as "eacute" is a letter.
func isLetterName(name string) bool {
	if len(name) < 3 {
		return false
	}
	for _, accent := range [...]string{"acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron", "lig", "breve"} {
		if len(name) == len(accent)+1 && strings.HasSuffix(name, accent) {
			return true
		}
	}
	switch name {
	case "aelig", "AElig", "oelig", "OElig", "eth", "ETH", "thorn", "THORN", "szlig", "ordf", "ordm", "sup1", "sup2", "sup3",
		"frac12", "frac14", "frac34":
		return true
	}
	return false
}
