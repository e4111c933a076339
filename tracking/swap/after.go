package swap

// allowed returns what decides on a number in a text, given the text before it.
// It looks at what follows and at the number as a whole.
func (p *past) allowed(m *match, r reader) outcome {
	switch o := m.endsBefore(r); {
	case o != found:
		return o
	case m.isDate() || !p.allows(m):
		return nothing
	}
	return found
}

// endsBefore tells whether the number ends before what r reads next.
//
// A letter or a digit goes on with it, and so does a hyphen or the like with one
// behind it: "0851234567-2024" is a file, "085-1234567.pdf" is one, too, and
// "085-1234567:30" is neither. A space ends it in most cases.
func (m *match) endsBefore(r reader) outcome {
	ahead := r
	c, spaced, s := ahead.afterSpaces()
	switch {
	case s == short:
		return undecided
	case s == ended:
		return found
	case isCurrency(c.r) && m.has('.'):
		return nothing
	case spaced && isDigit(c.r):
		return m.endsBeforeDigits(ahead)
	case spaced:
		return found
	case isWord(c.r):
		return nothing
	case !isTie(c.r) && !isPoint(c.r) && !isMark(c.r):
		return found
	}
	second, s := ahead.visible()
	switch {
	case s == short:
		return undecided
	case s == got && (isDigit(second.r) || isTie(c.r) && isWord(second.r)):
		return nothing
	}
	return found
}

// maxTail is how many digits a last group of a longer number has at most.
const maxTail = 4

// endsBeforeDigits tells whether the number ends before a space and digits. They
// are its last group, and it is another number, if it has spaces itself and
// nothing but the end of the sentence follows them: "085 123 45 67 89." is longer
// than it seems, "085 123 45 67 24/7 bereikbaar" is not.
func (m *match) endsBeforeDigits(r reader) outcome {
	if !m.isSpaced() {
		return found
	}
	for digits := 1; digits <= maxTail; digits++ {
		c, s := r.visible()
		switch {
		case s == short:
			return undecided
		case s == ended, c.r == '.', c.r == ',', c.r == ';', c.r == '!', c.r == '?', c.r == ')':
			return nothing
		case !isDigit(c.r):
			return found
		}
	}
	return found
}

// isSpaced reports whether the last groups of the number are parted by spaces.
func (m *match) isSpaced() bool {
	for i := m.n - 1; i > 0; i-- {
		if d := m.digits[i]; !d.bare {
			return d.marker == 0
		}
	}
	return false
}

// isDate reports whether the number begins as a date does, "06-12-2024 12". Dutch
// mobile numbers have the digits for it.
func (m *match) isDate() bool {
	const day, month, year = 2, 4, 8 // where each ends
	if m.form.international || m.n <= year {
		return false
	}
	for i := 1; i < year; i++ {
		if isEdge := i == day || i == month; m.digits[i].bare == isEdge {
			return false
		}
	}
	marker := m.digits[day].marker
	return marker != 0 && m.digits[month].marker == marker && !m.digits[year].bare && m.digits[year].marker != marker
}

// endsLink decides on a number in the URL of a call: parameters and what is to be
// dialled afterwards may follow it (RFC 3966, section 3).
func endsLink(_ *match, r reader) outcome {
	c, _, s := r.afterSpaces()
	if s == ended {
		return found
	}
	switch c.r {
	case ';', ',', '?', '#', '&', 'p', 'P', 'w', 'W':
		return found
	}
	return nothing
}

// endsValue decides on a number that must be all there is. What else stands in a
// data attribute only its script knows.
func (p *past) endsValue(m *match, r reader) outcome {
	if _, _, s := r.afterSpaces(); s == ended && p.skipSpaces(m.before) == p.n {
		return found
	}
	return nothing
}
