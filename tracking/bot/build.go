package bot

import "strings"

// newMatcher returns the matcher of the patterns.
func newMatcher(patterns []pattern) *matcher {
	m := &matcher{texts: make([]text, 1)}
	m.classify(patterns)
	m.next, m.found = make([]uint16, m.width), make([]uint16, 1)
	for _, p := range patterns {
		for _, literal := range p.literals {
			m.add(p.kind, literal)
		}
	}
	m.link()
	return m
}

// classify gives each byte that is in a text a class. All others are class 0.
func (m *matcher) classify(patterns []pattern) {
	m.width = 1
	for _, p := range patterns {
		for _, literal := range p.literals {
			for i := range len(literal) {
				b := literal[i]
				if m.class[b] != 0 {
					continue
				}
				m.class[b] = uint8(m.width)
				m.width++
				if isLetter(b) {
					m.class[b-'a'+'A'] = m.class[b]
				}
			}
		}
	}
}

// add puts one text into the tree of all texts. 0 means no move yet.
func (m *matcher) add(k Kind, literal string) {
	literal, atStart := strings.CutPrefix(literal, "^")
	literal, atWordEnd := strings.CutSuffix(literal, "$")
	state := 0
	for i := range len(literal) {
		move := state*m.width + int(m.class[literal[i]])
		if m.next[move] == 0 {
			m.next[move] = uint16(len(m.found))
			m.next = append(m.next, make([]uint16, m.width)...)
			m.found = append(m.found, 0)
		}
		state = int(m.next[move])
	}
	m.texts = append(m.texts, text{
		kind: k, len: uint8(len(literal)), atStart: atStart, atWordEnd: atWordEnd, more: m.found[state],
	})
	m.found[state] = uint16(len(m.texts) - 1)
}

// link fills in the moves that lead out of the tree: after a text that does not
// go on, to the longest end of it that begins a text. States are visited by
// their depth, so that the row of that shorter end is complete by then.
func (m *matcher) link() {
	shorter := make([]uint16, len(m.found))
	queue := make([]uint16, 0, len(m.found))
	for _, s := range m.next[:m.width] {
		if s != 0 {
			queue = append(queue, s)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		state := int(queue[0])
		back := int(shorter[state])
		m.inherit(state, back)
		for c := range m.width {
			move := &m.next[state*m.width+c]
			instead := m.next[back*m.width+c]
			if *move == 0 {
				*move = instead
				continue
			}
			shorter[*move] = instead
			queue = append(queue, *move)
		}
	}
}

// inherit lets a state find what the state of its shorter end finds as well.
func (m *matcher) inherit(state, back int) {
	if m.found[state] == 0 {
		m.found[state] = m.found[back]
		return
	}
	last := m.found[state]
	for m.texts[last].more != 0 {
		last = m.texts[last].more
	}
	m.texts[last].more = m.found[back]
}
