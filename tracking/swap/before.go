package swap

import "unicode/utf8"

// before is how many characters before a number are looked at: an IBAN has 34
// with its spaces 42.
const before = 48

// maxBefore is how many bytes they may take.
const maxBefore = 200

// maxSpans is across how many tags and comments the text before a number is read.
const maxSpans = 8

// span is a piece of text without markup.
type span struct{ start, end int }

// past is the text before a number, the nearest character first. Invisible
// characters are left out. It is read again for each number, from what is kept of
// the page: nothing has to be remembered while digits are rare.
type past struct {
	n     int
	runes [before]rune
	at    [before]int // where each begins
}

// read reads the text before b[i], which stands in the last of the spans.
func (p *past) read(b []byte, spans []span, i int) {
	p.n = 0
	oldest := max(0, i-maxBefore)
	for k := len(spans) - 1; k >= 0; k-- {
		start, end := max(spans[k].start, oldest), min(spans[k].end, i)
		for end > start && p.n < before {
			r, at := lastRune(b, start, end)
			if !isInvisible(r) {
				p.runes[p.n], p.at[p.n] = r, at
				p.n++
			}
			end = at
		}
	}
}

// rune returns the k-th character before the number, 0 if there is none.
func (p *past) rune(k int) rune {
	if k >= p.n {
		return 0
	}
	return p.runes[k]
}

// skipSpaces returns the place of the first character from k on that is no space.
func (p *past) skipSpaces(k int) int {
	for isSpace(p.rune(k)) {
		k++
	}
	return k
}

// lastRune decodes the last character of b[start:end] and tells where it begins.
func lastRune(b []byte, start, end int) (rune, int) {
	if b[end-1] == ';' {
		for i := end - 2; i >= start && i >= end-maxEntity; i-- {
			if b[i] != '&' {
				continue
			}
			if r, next, _ := entity(b[:end], i, end, true); next == end {
				return r, i
			}
			break
		}
	}
	r, n := utf8.DecodeLastRune(b[start:end])
	return r, end - n
}

// allows reports whether the number may begin after this text. Spaces part it from
// a ZIP code or a house number before it, but not from a calling code or an amount.
func (p *past) allows(m *match) bool {
	k := m.before // the number's own plus and bracket
	first, second := p.rune(k), p.rune(k+1)
	switch {
	case isWord(first), first == '+', first == '#', first == '@', first == '_', first == '=':
		return false
	case isTie(first) && isWord(second), isPoint(first) && isDigit(second):
		return false
	case first == ':' && p.endsWithScheme(k+1):
		return false
	case m.has('.') && p.endsWithCurrency(k):
		return false
	}
	return m.form.international || !p.endsWithCode(k) && !p.endsWithIBAN(k)
}

// endsWithScheme reports whether the text ends with the scheme of an address that
// is no telephone call.
func (p *past) endsWithScheme(k int) bool {
	for _, scheme := range messagingSchemes {
		if p.endsWith(k, scheme[:len(scheme)-1]) {
			return true
		}
	}
	return false
}

// endsWith reports whether the text ends with a lower-case word, in any case.
func (p *past) endsWith(k int, word string) bool {
	for i := len(word) - 1; i >= 0; i-- {
		if p.rune(k)|0x20 != rune(word[i]) {
			return false
		}
		k++
	}
	return !isWord(p.rune(k))
}

// endsWithCurrency reports whether the text ends with a currency. Then dots part
// thousands: "€ 810.123.456".
func (p *past) endsWithCurrency(k int) bool {
	k = p.skipSpaces(k)
	if isCurrency(p.rune(k)) {
		return true
	}
	for _, code := range [...]string{"eur", "euro", "usd", "gbp", "chf"} {
		if p.endsWith(k, code) {
			return true
		}
	}
	return false
}

// endsWithCode reports whether the text ends with a calling code: then the
// number after it is another one. "+44 (212) 555-0123" is not in New York.
func (p *past) endsWithCode(k int) bool {
	for r := p.rune(k); isSpace(r) || isMark(r) || r == '(' || r == ')'; r = p.rune(k) {
		k++
	}
	digits := 0
	for isDigit(p.rune(k)) {
		k, digits = k+1, digits+1
	}
	if digits == 0 {
		return false
	}
	exit := digits > 2 && digits <= 5 && p.rune(k-1) == '0' && p.rune(k-2) == '0'
	return exit || digits <= 3 && p.rune(p.skipSpaces(k)) == '+'
}

// minIBAN is how many characters an IBAN has at least (ISO 13616: Norway's).
const minIBAN = 15

// endsWithIBAN reports whether the text ends with the beginning of an IBAN, in
// groups of four: then the digits are its end.
func (p *past) endsWithIBAN(k int) bool {
	length, group := 0, 0
	for ; k < p.n; k++ {
		r := p.runes[k]
		switch {
		case isDigit(r) || r >= 'A' && r <= 'Z':
			length, group = length+1, group+1
		case isSpace(r) && (group == 4 || length == 0):
			group = 0
			continue
		default:
			return false
		}
		if group == 4 && p.beginsIBAN(k) {
			return length+minNational >= minIBAN
		}
	}
	return false
}

// minNational is how many digits a number without calling code has at least.
const minNational = 7

// beginsIBAN reports whether the group that begins at k is a country and two
// check digits, with no word before it.
func (p *past) beginsIBAN(k int) bool {
	isUpper := func(r rune) bool { return r >= 'A' && r <= 'Z' }
	return isUpper(p.rune(k)) && isUpper(p.rune(k-1)) && isDigit(p.rune(k-2)) && isDigit(p.rune(k-3)) && !isWord(p.rune(k+1))
}
