package swap

// gap is what stands between two digits. People write spaces, one hyphen or the
// like, and brackets, in any order: "(0118) - 123", "0118-(123)". More than that,
// as in "0118 -- 123", stands between two numbers.
type gap struct {
	match  *match
	marker rune
	glued  bool // no space stands before the marker
	spaced bool // it has a space
	opened bool // it has an opening bracket
	closed bool // it has a closing bracket
}

// bare reports whether nothing visible is in the gap.
func (g *gap) bare() bool { return g.marker == 0 && !g.spaced && !g.opened && !g.closed }

// takes reports whether r may stand in the gap, after what is in it. A bracket may
// be open once, so that "(085 (123" is no number.
func (g *gap) takes(r rune) bool {
	switch {
	case isSpace(r):
		// A full stop and a space end a sentence: "Kamer 085. 1234567 euro".
		if g.marker == '.' && g.glued {
			return false
		}
		g.spaced = true
	case isMark(r):
		if g.marker != 0 {
			return false
		}
		g.marker, g.glued = r, !g.spaced
	case r == '(':
		if g.match.open {
			return false
		}
		g.match.open, g.opened = true, true
	case r == ')':
		if !g.match.open {
			return false
		}
		g.match.open, g.closed = false, true
	default:
		return false
	}
	return true
}

// isExtra reports whether the digit is the 0 of a "(0)" after a calling code: it
// tells those who call from within the country what to dial, and is no part of the
// number. A "(085)" begins alike, so the bracket that follows decides.
func (g *gap) isExtra(c char, r reader, at *node) (bool, state) {
	if !at.trunk || !g.opened || c.r != '0' {
		return false, got
	}
	next, s := r.visible()
	return s == got && next.r == ')', s
}

// digit reads the separators and the digit after them. Letters count where the
// number may be written with them, as in 1-800-FLOWERS.
func (m *match) digit(r *reader, at *node) (char, state) {
	g := gap{match: m}
	for {
		c, s := r.next()
		switch {
		case s != got:
			return c, s
		case m.length == len(m.chars) || m.n == maxDigits || c.start-m.chars[0].start > maxNumber:
			return c, ended
		case isDigit(c.r) || at.vanity && c.r >= 'A' && c.r <= 'Z':
			extra, s := g.isExtra(c, *r, at)
			if s == short {
				return c, short
			}
			m.add(c, digit{extra: extra, bare: g.bare(), marker: g.marker})
			return c, got
		case !isInvisible(c.r) && !g.takes(c.r):
			return c, ended
		}
		m.chars[m.length] = c
		m.length++
	}
}
