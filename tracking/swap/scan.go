package swap

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// scanText looks for numbers in a text and for the markup that ends it.
func (w *Writer) scanText() bool {
	for i := w.pos; ; i++ {
		if i = w.nextOfInterest(i); i == len(w.buf) {
			w.pos = i
			return w.wait(w.textHold())
		}
		if w.buf[i] == '<' {
			w.pos = i
			return w.scanMarkup()
		}
		if i < w.swapped {
			continue
		}
		switch w.scanNumber(i) {
		case undecided:
			w.pos = i
			return w.wait(min(i, w.match.earliest()))
		case found:
			w.swapped = w.match.chars[w.match.length-1].end
		}
	}
}

// nextOfInterest returns the place of the next "<", or of the next digit if
// numbers are replaced.
func (w *Writer) nextOfInterest(i int) int {
	if w.quiet.n > 0 {
		if n := bytes.IndexByte(w.buf[i:], '<'); n >= 0 {
			return i + n
		}
		return len(w.buf)
	}
	for {
		i = nextLow(w.buf, i)
		if i == len(w.buf) || w.buf[i] == '<' || w.mayBegin(w.buf, i) {
			return i
		}
		i++
	}
}

// mayBegin reports whether a number may begin with the byte at i. After "#" or "x"
// it may be part of a reference to a digit, and any digit will do.
func (w *Writer) mayBegin(b []byte, i int) bool {
	c := b[i]
	if !w.plan.starts[c] && !w.plan.plus[c] {
		return i > 0 && isDigit(rune(c)) && (b[i-1] == '#' || b[i-1]|0x20 == 'x')
	}
	return i == 0 || !isDigit(rune(b[i-1]))
}

// nextLow returns the place of the next byte from '0' to '?', which are the
// digits, "<" and a few others, or len(b). It looks at eight bytes at a time.
func nextLow(b []byte, i int) int {
	const (
		high = 0xf0f0f0f0f0f0f0f0
		low  = 0x3030303030303030
		ones = 0x0101010101010101
		tops = 0x8080808080808080
	)
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])&high ^ low // zero where it is one
		if hits := (x - ones) &^ x & tops; hits != 0 {
			return i + bits.TrailingZeros64(hits)/8
		}
	}
	for ; i < len(b) && b[i]&0xf0 != 0x30; i++ {
	}
	return i
}

// scanNumber looks for a number that begins with the digit at i, and has it
// replaced. The text ends for it after maxMatch bytes, whether they are here or not:
// so it says the same when they are.
func (w *Writer) scanNumber(i int) outcome {
	limit := min(len(w.buf), i+maxMatch)
	w.spans = append(w.spans, span{w.start, i})
	o := w.number(w.spans, reader{b: w.buf, pos: i, limit: limit, closed: w.last || limit == i+maxMatch, kind: content}, w.past.allowed)
	w.spans = w.spans[:len(w.spans)-1]
	return o
}

// number looks for a number that begins at the reader, in a text whose part before
// that is in the last of the spans, and has it replaced.
func (w *Writer) number(spans []span, r reader, fits func(*match, reader) outcome) outcome {
	start := spans[len(spans)-1].start
	d, o := first(&r, start)
	if o == nothing {
		return nothing
	}
	w.past.read(w.buf, spans, d.start)
	w.match.begin(d, &w.past, start)
	if o == undecided {
		return undecided // the plus and the bracket before it stay, too
	}
	if o = w.match.find(w.plan, r, fits); o == found {
		w.replace(r.kind)
	}
	return o
}

// first reads the digit at the reader, which may be part of a reference to one.
func first(r *reader, start int) (char, outcome) {
	for _, begin := range [...]string{"&#", "&#x", "&#X"} {
		if i := r.pos - len(begin); i >= start && string(r.b[i:r.pos]) == begin {
			r.pos = i
			break
		}
	}
	c, s := r.next()
	switch {
	case s != got:
		return char{start: r.pos}, undecided
	case !isDigit(c.r):
		return c, nothing
	}
	return c, found
}

// replace replaces the number that was found, if its target has a replacement.
func (w *Writer) replace(kind source) {
	target := w.match.form.target
	if n := w.choose(target); n != nil {
		w.match.render(&w.edits, w.buf, w.plan.targets[target].number, n, kind)
	}
}

// choose returns the number for a target, nil if it stays. The first time it asks.
func (w *Writer) choose(target int) *number {
	c := &w.chosen[target]
	if !c.made {
		c.made = true
		if number, ok := w.resolve(target); ok {
			c.number = w.plan.targets[target].replacements[number]
		}
	}
	return c.number
}

// textHold is where bytes at the end of a text may belong to a number that has
// not come yet: its plus, its bracket, or a reference to one. They would change
// with the number; what else stands before it only decides on it.
func (w *Writer) textHold() int {
	end := len(w.buf)
	if w.quiet.n > 0 || w.last {
		return end
	}
	from := max(w.start, w.swapped, w.sent, end-maxEntity)
	if n := bytes.IndexAny(w.buf[min(from, end):], "(+&"); n >= 0 {
		return from + n
	}
	return end
}

// attributes replaces the numbers in the attributes of the tag.
func (w *Writer) attributes() {
	for _, a := range w.tag.attrs[:w.tag.n] {
		if !w.tag.swaps(a) {
			continue
		}
		call := -1
		if a.role != roleText {
			call = callNumber(w.buf[a.start:a.end])
		}
		switch {
		case call >= 0:
			w.call(a.start+call, a.end)
		case a.role != roleHref:
			w.attribute(a)
		}
	}
}

// attribute replaces the numbers in the value of an attribute.
func (w *Writer) attribute(a attr) {
	fits, kind := w.past.allowed, attribute
	if !isQuote(w.buf[a.start-1]) {
		kind = unquotedAttribute
	}
	if a.role == roleNumber {
		fits = w.past.endsValue
	}
	for i := nextLow(w.buf[:a.end], a.start); i < a.end; i = nextLow(w.buf[:a.end], i+1) {
		if !w.mayBegin(w.buf, i) {
			continue
		}
		r := reader{b: w.buf, pos: i, limit: min(a.end, i+maxMatch), closed: true, kind: kind}
		if w.number([]span{{a.start, i}}, r, fits) == found {
			i = w.match.chars[w.match.length-1].end - 1
		}
	}
}

// call replaces the number in the URL of a call, from start to end. No text stands
// before it that could forbid it, and tel: says what it is.
func (w *Writer) call(start, end int) {
	r := reader{b: w.buf, pos: start, limit: end, closed: true, kind: link}
	plusAt, openAt := -1, -1
	for {
		c, s := r.next()
		switch {
		case s != got:
			return
		case c.r == '+' && plusAt < 0:
			plusAt = c.start
		case c.r == '(' && openAt < 0:
			openAt = c.start
		case isDigit(c.r):
			m := &w.match
			m.clear(c)
			m.plus, m.plusAt = plusAt >= 0, plusAt
			m.opened, m.open, m.openAt = openAt >= 0, openAt >= 0, openAt
			if m.find(w.plan, r, endsLink) == found {
				w.replace(link)
			}
			return
		case !isSpace(c.r) && c.r != '/':
			return
		}
	}
}
