package swap

import (
	"unicode"
	"unicode/utf8"
)

// isSpace reports whether r is a space between the groups of a number.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\u00a0', '\u202f', '\u205f', '\u3000':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

// isInvisible reports whether nobody sees or hears r: soft hyphens, zero-width
// characters and marks of direction.
func isInvisible(r rune) bool {
	switch {
	case r < '\u00ad':
		return false
	case r == '\u00ad', r == '\ufeff', r == '\u2060':
		return true
	}
	return r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isHyphen reports whether r ties words together.
func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// isMark reports whether r may stand, once, between two groups of a number.
func isMark(r rune) bool {
	switch r {
	case '.', '/', '\u00b7', '\u2022', '\u2027', '\u2212', '\u2219', '\u22c5':
		return true
	}
	return isHyphen(r) || r >= '\u2012' && r <= '\u2015'
}

// isDigit reports whether r is one of 0 to 9.
func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWord reports whether r is part of a word or a number.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isDigit(r) || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// isTie reports whether r ties a number to a word that follows or goes before,
// as in a file name, an address or a reference.
func isTie(r rune) bool {
	switch r {
	case '/', '#', '@', '_', '=':
		return true
	}
	return isHyphen(r)
}

// isPoint reports whether r between two digits makes one number of them.
func isPoint(r rune) bool { return r == '.' || r == ',' || r == ':' }

// isCurrency reports whether r is the sign of a currency.
func isCurrency(r rune) bool { return unicode.Is(unicode.Sc, r) }

// keypad has the digits of the letters A to Z on a telephone (ITU-T E.161).
const keypad = "22233344455566677778889999"
