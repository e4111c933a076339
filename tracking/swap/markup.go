package swap

import "bytes"

// scanMarkup reads what begins with the "<" at pos.
func (w *Writer) scanMarkup() bool {
	kind, ok := tokenAt(w.buf, w.pos)
	switch {
	case !ok:
		return w.cutShort()
	case kind == noMarkup:
		w.part(w.pos + 1)
		return true
	case kind == comment:
		return w.openComment()
	}
	end, ok := w.tag.read(w.buf, w.pos)
	switch {
	case ok && end-w.pos <= maxTag:
		begin := w.pos
		w.pos = end
		w.endOfTag(kind, begin)
		return true
	case ok || len(w.buf)-w.pos > maxTag:
		w.mode, w.long, w.tag.n = inTag, longTag{kind: kind}, 0
		w.pos++
		return true
	}
	return w.cutShort()
}

// cutShort waits for the rest of a token. At the end of the page there is none.
func (w *Writer) cutShort() bool {
	hold := w.pos
	if w.last {
		hold = len(w.buf)
		w.pos = hold
	}
	return w.wait(hold)
}

// part begins a new text at end: no number goes across what stands before it.
func (w *Writer) part(end int) {
	w.spans = w.spans[:0]
	w.pos, w.start = end, end
}

// joint goes on with the text at end, after something that began at begin and
// does not part it.
func (w *Writer) joint(begin, end int) {
	if len(w.spans) == maxSpans {
		w.spans = w.spans[:copy(w.spans, w.spans[1:])]
	}
	w.spans = append(w.spans, span{w.start, begin})
	w.pos, w.start = end, end
}

// openComment begins a comment at pos.
func (w *Writer) openComment() bool {
	if len(w.buf)-w.pos < len("<!--") {
		return w.cutShort()
	}
	w.mode, w.from, w.proper = inComment, w.pos, isProper(w.buf, w.pos)
	w.joint(w.pos, w.pos+1)
	return true
}

// scanComment looks for the end of a comment.
func (w *Writer) scanComment() bool {
	end, ok := commentEnd(w.buf, w.from, w.pos, w.proper)
	if !ok {
		w.pos = len(w.buf)
		return w.wait(w.pos)
	}
	w.pos, w.start, w.mode = end, end, inText
	return true
}

// endOfTag carries out what a tag does that began at begin and ends at pos.
func (w *Writer) endOfTag(kind token, begin int) {
	if kind == endTag {
		w.closeElement()
	} else {
		w.openElement()
	}
	if w.tag.parts() {
		w.part(w.pos)
	} else {
		w.joint(begin, w.pos)
	}
}

// openElement begins an element.
func (w *Writer) openElement() {
	t, is := &w.tag, w.tag.element.traits()
	empty := is&void != 0 || t.selfClosing && w.depth > 0
	w.quiet.open(t.element, empty)
	if w.quiet.n == 0 && !t.off && !t.messaging {
		w.attributes()
	}
	if empty {
		return
	}
	if is&foreign != 0 && !t.selfClosing {
		w.depth++
	}
	if w.quiet.n == 0 && (t.off || t.messaging || is&still != 0) {
		w.quiet.begin(t.element)
	}
	if is&raw != 0 {
		w.mode, w.raw = inRaw, t.element
	}
}

// closeElement ends an element.
func (w *Writer) closeElement() {
	if w.tag.element.traits()&foreign != 0 && w.depth > 0 {
		w.depth--
	}
	w.quiet.close(w.tag.element)
}

// scanRaw looks for the end tag of an element whose content is no markup.
func (w *Writer) scanRaw() bool {
	for {
		n := bytes.IndexByte(w.buf[w.pos:], '<')
		if n < 0 || w.raw == elementPlaintext {
			w.pos = len(w.buf)
			return w.wait(w.pos)
		}
		w.pos += n
		switch isEnd, ok := endsRaw(w.buf, w.pos, w.raw); {
		case !ok && !w.last:
			return w.wait(len(w.buf))
		case isEnd:
			w.mode = inText
			return true
		}
		w.pos++
	}
}

// endsRaw reports whether the end tag of an element begins at b[i]. If b ends too
// early to tell, ok is false.
func endsRaw(b []byte, i int, e element) (isEnd, ok bool) {
	const longest = len("</plaintext>")
	name := i + len("</")
	for i = name; i < len(b) && i < name+longest && isLetter(b[i]); i++ {
	}
	switch {
	case name > len(b) || i == len(b):
		return false, false
	case b[name-1] != '/':
		return false, true
	}
	return nameOf(b[name:i]) == e && endsName(b[i]), true
}

// longTag is where a tag that is too long is in its attributes.
type longTag struct {
	kind  token
	place place
	quote byte
}

// place is a place among the attributes of a tag.
type place uint8

const (
	inName   place = iota // the tag's name, an attribute's, or between them
	beforeIt              // between the "=" and the value
	inQuotes
	unquoted
)

// scanTag looks for the end of a tag that is too long. Its attributes stay.
func (w *Writer) scanTag() bool {
	for ; w.pos < len(w.buf); w.pos++ {
		c := w.buf[w.pos]
		if c == '>' && w.long.place != inQuotes {
			w.pos++
			w.mode = inText
			w.endOfTag(w.long.kind, w.start)
			return true
		}
		w.long.step(c)
	}
	return w.wait(w.pos)
}

// step goes on by one byte that does not end the tag.
func (l *longTag) step(c byte) {
	switch {
	case l.place == inQuotes:
		if c == l.quote {
			l.place = inName
		}
	case l.place == unquoted:
		if isHTMLSpace(c) {
			l.place = inName
		}
	case l.place == inName:
		if c == '=' {
			l.place = beforeIt
		}
	case c == '"' || c == '\'':
		l.place, l.quote = inQuotes, c
	case !isHTMLSpace(c):
		l.place = unquoted
	}
}
