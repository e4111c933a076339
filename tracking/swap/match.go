package swap

// maxMatch is how many bytes of source a number takes at most, with the tags in
// it and what is looked at after it. It bounds what is held back.
const maxMatch = 300

// maxDigits is how many digits are read at most: "00", 15 after it, and "(0)".
const maxDigits = 20

// maxPrefix is how many bytes the bracket or plus before a number may be away.
const maxPrefix = 16

// match is a number in a page: its digits, and the separators between them.
type match struct {
	form   form
	before int  // how many characters of the past are its plus and bracket
	plus   bool // it begins with a plus
	plusAt int  // where the plus is, -1 if in another piece of text
	openAt int  // where the bracket before it is, likewise
	open   bool // a bracket is open
	n      int
	digits [maxDigits]digit
	length int
	chars  [maxMatch]char
}

// digit is a digit of a match, or a letter that stands for one.
type digit struct {
	at     int  // its place in chars
	extra  bool // it is the 0 of "(0)"
	bare   bool // nothing visible stands between it and the digit before it
	marker rune // the hyphen, dot or the like between them, or 0
}

// outcome is what looking for a number gave.
type outcome uint8

const (
	nothing outcome = iota
	found
	undecided // what follows is not known yet
)

// begin takes the plus and the bracket before the first digit from the text
// before it; spanStart is where the piece of text begins that the digit is in.
func (m *match) begin(d char, p *past, spanStart int) {
	m.clear(d)
	k, at := m.take(d, p, 0, spanStart, '+')
	if k > 0 {
		m.plus, m.plusAt = true, at
	}
	if k, at = m.take(d, p, k, spanStart, '('); k > 0 {
		m.open, m.openAt = true, at
	}
}

// clear begins a number with the digit d.
func (m *match) clear(d char) {
	m.before, m.plus, m.plusAt, m.openAt, m.open, m.n, m.length = 0, false, -1, -1, false, 0, 0
	m.add(d, digit{bare: true})
}

// take takes the k-th character of the text before the digit if it is r, but for
// spaces, and near. It returns the place of the next one, and where it stands if
// that is in the same piece of text. If it takes nothing, next is 0.
func (m *match) take(d char, p *past, k, spanStart int, r rune) (next, at int) {
	k = p.skipSpaces(k)
	if p.rune(k) != r || d.start-p.at[k] > maxPrefix {
		return 0, -1
	}
	m.before = k + 1
	if p.at[k] < spanStart {
		return k + 1, -1
	}
	return k + 1, p.at[k]
}

// from is where the number begins, its plus included, and the bracket before it
// if it is closed within.
func (m *match) from() int {
	switch {
	case m.openAt >= 0 && !m.open:
		return m.openAt
	case m.plusAt >= 0:
		return m.plusAt
	}
	return m.chars[0].start
}

// earliest is the first byte that may have to change.
func (m *match) earliest() int {
	start := m.chars[0].start
	for _, at := range [...]int{m.plusAt, m.openAt} {
		if at >= 0 {
			start = min(start, at)
		}
	}
	return start
}

// find reads the rest of a number from r, which stands after its first digit. It
// counts if fits says so.
func (m *match) find(p *Plan, r reader, fits func(*match, reader) outcome) outcome {
	at := int32(rootPlain)
	if m.plus {
		at = rootPlus
	}
	result, n, length, open := nothing, 0, 0, false
	for at = p.step(at, m.chars[0].r); at != 0; {
		if p.nodes[at].whole {
			m.form = p.nodes[at].match
			switch fits(m, r) {
			case undecided:
				return undecided
			case found:
				result, n, length, open = found, m.n, m.length, m.open
			}
		}
		c, s := m.digit(&r, &p.nodes[at])
		if s == short {
			return undecided
		}
		if s == ended {
			break
		}
		if !m.digits[m.n-1].extra {
			at = p.step(at, c.r)
		}
	}
	m.n, m.length, m.open = n, length, open
	return result
}

// add adds a digit.
func (m *match) add(c char, d digit) {
	d.at = m.length
	m.chars[m.length] = c
	m.length++
	m.digits[m.n] = d
	m.n++
}

// digit reads the separators and the digit after them.
func (m *match) digit(r *reader, at *node) (char, state) {
	g := gap{match: m}
	for {
		c, s := r.next()
		switch {
		case s != got:
			return c, s
		case m.length == len(m.chars) || m.n == maxDigits:
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

// gap is what stands between two digits.
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

// takes reports whether r may stand in the gap, after what is in it.
func (g *gap) takes(r rune) bool {
	switch {
	case isSpace(r):
		// A full stop and a space end a sentence.
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

// isExtra reports whether the digit is the 0 of a "(0)" after a calling code.
func (g *gap) isExtra(c char, r reader, at *node) (bool, state) {
	if !at.trunk || !g.opened || c.r != '0' {
		return false, got
	}
	next, s := r.visible()
	return s == got && next.r == ')', s
}

// lead is the place of the first digit of the significant number.
func (m *match) lead() int {
	i, skip := 0, m.form.lead
	for skip > 0 || m.digits[i].extra {
		if !m.digits[i].extra {
			skip--
		}
		i++
	}
	return i
}

// char returns the character of the i-th digit.
func (m *match) char(i int) *char { return &m.chars[m.digits[i].at] }

// has reports whether a marker stands between two of the digits.
func (m *match) has(marker rune) bool {
	for _, d := range m.digits[:m.n] {
		if d.marker == marker {
			return true
		}
	}
	return false
}
