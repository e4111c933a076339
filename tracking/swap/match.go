package swap

const (
	// maxHeld is how many bytes are held back for a number at most.
	maxHeld = 300
	// maxPrefix is how many bytes the bracket or plus before a number may be away.
	maxPrefix = 16
	// maxMatch is how many bytes are looked at from the first digit on, which may
	// be the third byte of a reference.
	maxMatch = maxHeld - maxPrefix - len("&#x")
	// maxNumber is where the last digit begins at the latest. There is room after
	// it, so that a number is never cut in two.
	maxNumber = maxMatch - 64
)

// maxDigits is how many digits are read at most: "00", 15 after it, and "(0)".
const maxDigits = 20

// match is a number in a page: its digits, and the separators between them. All
// characters are kept with their places, so that a match can be written over
// without reading it again.
type match struct {
	form   form
	before int  // how many characters of the past are its plus and bracket
	plus   bool // it begins with a plus
	plusAt int  // where the plus is, -1 if in another piece of text
	openAt int  // where the bracket before it is, likewise
	opened bool // it begins within a bracket
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
// before it; spanStart is where the piece of text begins that the digit is in. What
// stands in an earlier piece counts but can't change any more: it may have left.
func (m *match) begin(d char, p *past, spanStart int) {
	m.clear(d)
	k, at := m.take(d, p, 0, spanStart, '+')
	if k > 0 {
		m.plus, m.plusAt = true, at
	}
	if k, at = m.take(d, p, k, spanStart, '('); k > 0 {
		m.opened, m.open, m.openAt = true, true, at
	}
}

// clear begins a number with the digit d.
func (m *match) clear(d char) {
	m.before, m.plus, m.plusAt, m.n, m.length = 0, false, -1, 0, 0
	m.opened, m.open, m.openAt = false, false, -1
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
	start := m.chars[0].start
	if m.plusAt >= 0 {
		start = m.plusAt
	}
	if m.openAt >= 0 && !m.open {
		start = min(start, m.openAt)
	}
	return start
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
// counts if fits says so. Of two targets of which one begins the other, as that of
// a switchboard and that of a desk do, the longer one is found.
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

// add adds a digit. There is room: callers have checked it.
func (m *match) add(c char, d digit) {
	d.at = m.length
	m.chars[m.length] = c
	m.length++
	m.digits[m.n] = d
	m.n++
}

// lead is the place of the first digit of the significant number: the digits
// before it, a calling code or a trunk prefix, stay when others change.
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

// has reports whether a marker stands between two of the digits. Amounts of money
// have dots, too.
func (m *match) has(marker rune) bool {
	for _, d := range m.digits[:m.n] {
		if d.marker == marker {
			return true
		}
	}
	return false
}
