package bot

// pattern is a kind and the texts that give it away, in lower case. A text that
// begins with "^" counts at the start of an agent only, one that ends in "$"
// only where a word ends, with or without a plural s.
type pattern struct {
	kind     Kind
	literals []string
}

// weight is how telling a kind is. If an agent has texts of several kinds, the
// heaviest counts: many say "bot" besides their name.
var weight = [...]uint8{Person: 0, Crawler: 1, Monitor: 2, Preview: 3, Agent: 4, Prefetch: 5}

// matcher finds all its texts in one pass over an agent, however many they are:
// the automaton of Aho and Corasick (1975) with all its moves worked out
// beforehand. ASCII letters are the same in either case.
type matcher struct {
	// class maps a byte to the class of bytes that no text tells apart.
	class [256]uint8
	// width is the number of classes.
	width int
	// next has one row of width states for each state.
	next []uint16
	// found has the first of the texts that end in a state, or 0.
	found []uint16
	// texts has what there is to know about each text; the first is none.
	texts []text
}

// text is one text that ends in a state.
type text struct {
	kind Kind
	len  uint8
	// atStart and atWordEnd are the marks of the text.
	atStart, atWordEnd bool
	// more is the next text that ends in the same state, or 0.
	more uint16
}

// find returns the heaviest kind whose texts are in s, or Person.
func (m *matcher) find(s string) Kind {
	best, state := Person, 0
	for i := range len(s) {
		state = int(m.next[state*m.width+int(m.class[s[i]])])
		for t := m.found[state]; t != 0; t = m.texts[t].more {
			if x := &m.texts[t]; weight[x.kind] > weight[best] && x.fits(s, i+1) {
				best = x.kind
			}
		}
	}
	return best
}

// fits reports whether a text that ends before end in s stands where it counts.
func (t *text) fits(s string, end int) bool {
	start := end - int(t.len)
	if t.atStart && start > 0 {
		return false
	}
	return !t.atWordEnd || endsWord(s, end) && !isCubot(s, start)
}

// endsWord reports whether no word goes on at i, apart from a plural s.
func endsWord(s string, i int) bool {
	if i < len(s) && s[i]|0x20 == 's' {
		i++
	}
	return i == len(s) || !isLetter(s[i])
}

// isCubot reports whether the text at start is the end of the word Cubot, a maker
// of phones.
func isCubot(s string, start int) bool {
	return start >= 2 && s[start-2]|0x20 == 'c' && s[start-1]|0x20 == 'u' &&
		(start == 2 || !isLetter(s[start-3]))
}

// isLetter reports whether b is an ASCII letter.
func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
