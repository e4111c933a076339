package swap

import "bytes"

// render writes the new number in the place of m, as the old one is written: its
// digits go where the old ones were. If they don't fit there, the area code and
// the rest do; if these don't, the number is written the usual way.
func (m *match) render(e *edits, b []byte, old, new *number, kind source) {
	same := old.code == new.code && len(old.significant) == len(new.significant) &&
		(m.form.international || old.trunk == new.trunk)
	switch {
	case same && (old.area() == new.area() || m.isCompact(m.lead())):
		m.inPlace(e, b, new.significant)
	case same && m.regroup(e, b, old, new):
	default:
		opened := m.usual(e, b, old, new, kind)
		if kind == unquotedAttribute {
			e.escape(opened)
		}
		m.rewrite(e, opened)
	}
}

// isCompact reports whether nothing stands between the digits from the i-th on,
// and, within the country, between the trunk prefix and these. Then one can't see
// where the area code ends, and it does not matter if that of the new number has
// another length.
func (m *match) isCompact(i int) bool {
	if m.form.international {
		i++
	} else {
		i = 1
	}
	for _, d := range m.digits[i:m.n] {
		if !d.bare {
			return false
		}
	}
	return true
}

// inPlace writes digits where the significant ones are. Digits that are the same
// stay as they are in the source, also if they are references; and each element
// gets an edit of its own, which leaves the tags between them alone.
func (m *match) inPlace(e *edits, b []byte, digits string) {
	lead := m.lead()
	for i := lead; i < m.n; {
		node, opened := m.char(i).node, e.open()
		start, end := m.char(i).start, m.char(i).start
		for ; i < m.n && m.char(i).node == node; i++ {
			c := m.char(i)
			e.text = append(e.text, b[end:c.start]...)
			if want := digits[i-lead]; c.r == rune(want) {
				e.text = append(e.text, b[c.start:c.end]...)
			} else {
				e.text = append(e.text, want)
			}
			end = c.end
		}
		e.add(start, end, opened)
	}
}

// regroup writes the new area code in the place of the old one, and what follows
// it in the place of what followed that. It reports false if the old number is
// not written so.
func (m *match) regroup(e *edits, b []byte, old, new *number) bool {
	first := m.lead()
	rest := first + old.area()
	if old.area() == 0 || new.area() == 0 || !m.isOne(first, rest) || m.digits[rest].bare {
		return false
	}
	if m.char(first).node != m.char(rest-1).node || m.char(rest).node != m.char(m.n-1).node {
		return false
	}
	opened := e.open()
	e.text = append(e.text, new.significant[:new.area()]...)
	e.add(m.char(first).start, m.char(rest-1).end, opened)

	opened = e.open()
	separator, uniform := m.separator(b, rest)
	switch {
	case !uniform:
		e.text = append(e.text, new.significant[new.area():]...)
	default:
		for i, group := range new.groups[1:] {
			if i > 0 {
				e.text = append(e.text, separator...)
			}
			e.text = append(e.text, group...)
		}
	}
	e.add(m.char(rest).start, m.char(m.n-1).end, opened)
	return true
}

// isOne reports whether the digits from first to end are one group, with the
// trunk prefix if there is one.
func (m *match) isOne(first, end int) bool {
	if !m.form.international && m.form.lead > 0 && !m.digits[first].bare {
		return false
	}
	for _, d := range m.digits[first+1 : end] {
		if !d.bare {
			return false
		}
	}
	return true
}

// separator returns what stands between the groups from the i-th digit on, and
// whether it is the same everywhere, but for brackets around the area code. If it
// is, the author writes all groups so, and the new ones are written so, too.
func (m *match) separator(b []byte, i int) (separator []byte, uniform bool) {
	first := bytes.Trim(m.gap(b, i), "()")
	for j := i + 1; j < m.n; j++ {
		if m.digits[j].bare {
			continue
		}
		uniform = true
		if separator = m.gap(b, j); !bytes.Equal(separator, first) {
			return nil, false
		}
	}
	return separator, uniform
}

// gap returns the source between a digit and the one before it.
func (m *match) gap(b []byte, i int) []byte { return b[m.char(i-1).end:m.char(i).start] }

// usual adds the new number to the texts, written the usual way, and returns
// where it begins. A number without separators gets none, and one in a URL none
// in any case.
func (m *match) usual(e *edits, b []byte, old, new *number, kind source) (opened int) {
	opened = e.open()
	compact := kind == link || m.isCompact(0)
	isForeign := old.code != new.code
	switch {
	case m.form.international:
		m.code(e, b, new, compact || isForeign)
	case isForeign:
		e.text = append(append(e.text, '+'), new.code...)
	case compact:
		e.text = append(e.text, m.trunk(old, new)...)
		e.text = append(e.text, new.significant...)
		return opened
	default:
		e.text = append(e.text, new.national...)
		return opened
	}
	if compact {
		e.text = append(e.text, new.significant...)
		return opened
	}
	e.text = append(append(e.text, ' '), new.international...)
	return opened
}

// trunk returns what goes before the digits of the new number: its trunk prefix,
// or that of the old one if people may leave it out and it is there.
func (m *match) trunk(old, new *number) string {
	if new.trunk == "" && m.form.lead > 0 && old.prefix != "" {
		return new.prefix
	}
	return new.trunk
}

// code adds the calling code: as it is written in the source, or without spaces
// and brackets. A plus in an earlier piece of text is there already.
func (m *match) code(e *edits, b []byte, new *number, compact bool) {
	last := m.codeEnd()
	if !compact && m.char(0).node == m.char(last).node {
		end := m.char(last).end
		e.text = append(e.text, b[m.from():end]...)
		if m.from() == m.openAt {
			e.text = append(e.text, ')')
		}
		return
	}
	switch {
	case !m.plus:
		e.text = append(e.text, "00"...)
	case m.plusAt >= 0:
		e.text = append(e.text, '+')
	}
	e.text = append(e.text, new.code...)
}

// codeEnd is the place of the last digit of the calling code.
func (m *match) codeEnd() int { return m.form.lead - 1 }

// rewrite writes the text since opened into the first text that the number stands
// in, and empties its places in the others. Nothing tells which part of the new
// number would belong into which element.
func (m *match) rewrite(e *edits, opened int) {
	if m.opened && m.openAt < 0 && !m.open {
		e.text = append(e.text, ')') // for the bracket that stands in a text before
	}
	chars := m.chars[:m.digits[m.n-1].at+1]
	start := m.from()
	for i := 0; i < len(chars); {
		node, end := chars[i].node, chars[i].end
		for ; i < len(chars) && chars[i].node == node; i++ {
			end = chars[i].end
		}
		e.add(start, end, opened)
		if i < len(chars) {
			start, opened = chars[i].start, e.open()
		}
	}
}
