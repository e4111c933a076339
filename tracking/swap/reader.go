package swap

import "unicode/utf8"

// char is a character as a person reads it, and where it stands in the source.
type char struct {
	r          rune
	start, end int
	node       int // which of the texts between tags and comments it stands in, from 0
}

// state is how reading a character ended.
type state uint8

const (
	got   state = iota
	ended       // nothing that belongs to the text follows
	short       // what follows is not known yet
)

// source is the kind of text that a reader reads.
type source uint8

const (
	content           source = iota // between tags, and across those that do not part words
	attribute                       // the value of an attribute
	unquotedAttribute               // which a space would end
	link                            // the value of an attribute that is a URL
)

// reader reads characters: it decodes references, and skips comments and the
// tags of inline elements. It is a small value; a copy reads ahead.
//
// If closed is false and a character may be part of a longer reference or of a tag,
// the reader says so instead of guessing. That is why a page leaves the same in
// whatever pieces it comes.
type reader struct {
	b      []byte
	pos    int
	limit  int  // where it stops
	closed bool // whether the text ends at limit; otherwise more may follow
	kind   source
	node   int
}

// next reads a character, invisible ones included.
func (r *reader) next() (char, state) {
	for {
		if r.pos >= r.limit {
			return char{}, r.atLimit()
		}
		if r.b[r.pos] == '<' && r.kind == content {
			if s := r.skipMarkup(); s != got {
				return char{}, s
			}
			continue
		}
		return r.decode()
	}
}

// visible reads a character that a person can see.
func (r *reader) visible() (char, state) {
	for {
		c, s := r.next()
		if s != got || !isInvisible(c.r) {
			return c, s
		}
	}
}

// afterSpaces reads a character that is no space, and tells whether there was one
// before it.
func (r *reader) afterSpaces() (c char, spaced bool, s state) {
	for {
		c, s = r.visible()
		if s != got || !isSpace(c.r) {
			return c, spaced, s
		}
		spaced = true
	}
}

// atLimit is what the end of the source means.
func (r *reader) atLimit() state {
	if r.closed {
		return ended
	}
	return short
}

// decode reads the character at pos, which is no markup.
func (r *reader) decode() (char, state) {
	c := char{r: rune(r.b[r.pos]), start: r.pos, end: r.pos + 1, node: r.node}
	switch {
	case c.r == '&':
		var isShort bool
		c.r, c.end, isShort = entity(r.b, r.pos, r.limit, r.kind != content)
		if isShort && !r.closed {
			return char{}, short
		}
	case c.r == '%' && r.kind == link:
		if r.pos+2 < r.limit {
			if high, low := hexDigit(r.b[r.pos+1]), hexDigit(r.b[r.pos+2]); high >= 0 && low >= 0 {
				c.r, c.end = high<<4|low, r.pos+3
			}
		}
	case c.r >= utf8.RuneSelf:
		rest := r.b[r.pos:r.limit]
		if !r.closed && !utf8.FullRune(rest) {
			return char{}, short
		}
		var n int
		c.r, n = utf8.DecodeRune(rest)
		c.end = r.pos + n
	}
	r.pos = c.end
	return c, got
}

// skipMarkup skips the comment or the tag at pos, or reports that the text ends
// there.
func (r *reader) skipMarkup() state {
	b := r.b[:r.limit]
	kind, ok := tokenAt(b, r.pos)
	end := 0
	switch {
	case !ok:
		return r.atLimit()
	case kind == noMarkup:
		return ended // a "<" is no part of a number
	case kind == comment:
		end, ok = commentEnd(b, r.pos, r.pos+1, isProper(b, r.pos))
	default:
		var t tag
		if end, ok = t.read(b, r.pos); ok && t.parts() {
			return ended
		}
	}
	if !ok {
		return r.atLimit()
	}
	r.pos = end
	r.node++ // a number never takes the place of the comments and tags in it
	return got
}
