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
		// What the beginning says counts, however much of the tag is here.
		w.tag.read(w.buf[:w.pos+maxTag], w.pos)
		w.mode, w.long, w.tag.n = inTag, longTag{kind: kind}, 0
		w.pos += len("</")
		return true
	}
	return w.cutShort()
}

// cutShort waits for the rest of a token. At the end of the page there is none, and
// a browser drops a tag that has no end.
func (w *Writer) cutShort() bool {
	hold := w.pos
	if w.last {
		hold = len(w.buf)
		w.pos = hold
	}
	return w.wait(hold)
}

// part begins a new text at end: no number goes across what stands before it. Two
// cells of a table are two texts although nothing is written between them.
func (w *Writer) part(end int) {
	w.spans = w.spans[:0]
	w.pos, w.start = end, end
}

// joint goes on with the text at end, after something that began at begin and
// does not part it. The last few pieces are kept: a word before "<b>0851234567"
// decides on the number, whatever tags are between them.
func (w *Writer) joint(begin, end int) {
	if len(w.spans) == maxSpans {
		w.spans = w.spans[:copy(w.spans, w.spans[1:])]
	}
	w.spans = append(w.spans, span{w.start, begin})
	w.pos, w.start = end, end
}

// openComment begins a comment at pos. It does not part the text around it, and
// React puts one between each two pieces of text.
func (w *Writer) openComment() bool {
	if len(w.buf)-w.pos < len("<!--") {
		return w.cutShort()
	}
	if w.depth > 0 {
		switch is, ok := begins(w.buf[w.pos:], "<![CDATA["); {
		case !ok:
			return w.cutShort()
		case is:
			w.mode = inCDATA
			w.pos += len("<![CDATA[")
			return true
		}
	}
	w.mode, w.from, w.proper = inComment, w.pos, isProper(w.buf, w.pos)
	w.joint(w.pos, w.pos+1)
	return true
}

// begins reports whether b begins with the word. If b ends too early to tell, ok
// is false.
func begins(b []byte, word string) (is, ok bool) {
	n := min(len(b), len(word))
	is = string(b[:n]) == word[:n]
	return is, !is || n == len(word)
}

// scanCDATA looks for the end of a CDATA section, which only SVG and MathML have.
// Nothing is changed in it.
func (w *Writer) scanCDATA() bool {
	for w.pos < len(w.buf) {
		n := bytes.IndexByte(w.buf[w.pos:], '>')
		if n < 0 {
			break
		}
		w.pos += n + 1
		// The word that began the section has no bracket next to its end.
		if string(w.buf[w.pos-len("]]>"):w.pos-1]) == "]]" {
			w.mode = inText
			w.part(w.pos)
			return true
		}
	}
	w.pos = len(w.buf)
	return w.wait(w.pos)
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

// openElement begins an element. Its own attributes are still changed if only its
// content is to stay: a select has a title that people see.
func (w *Writer) openElement() {
	t, is := &w.tag, w.tag.element.traits()
	empty := is&void != 0 || t.selfClosing && (w.depth > 0 || is&foreign != 0)
	w.quiet.open(t.element, empty)
	if w.quiet.n == 0 && !t.off && !t.messaging {
		w.attributes()
	}
	if empty {
		return
	}
	if is&foreign != 0 {
		w.depth++
	}
	if w.quiet.n == 0 && (t.off || t.messaging || is&still != 0) {
		w.quiet.begin(t.element)
	}
	if is&raw != 0 {
		w.mode, w.raw, w.script = inRaw, t.element, plain
	}
}

// closeElement ends an element.
func (w *Writer) closeElement() {
	if w.tag.element.traits()&foreign != 0 && w.depth > 0 {
		w.depth--
	}
	w.quiet.close(w.tag.element)
}

// longTag is where a tag that is too long is in its attributes.
type longTag struct {
	kind  token
	place place
	quote byte
}

// place is a place in a tag.
type place uint8

const (
	inTagName place = iota
	between         // before a name or the end
	inName
	afterName // and before a "="
	beforeIt  // between the "=" and the value
	inQuotes
	unquoted
)

// scanTag looks for the end of a tag that is too long. Its attributes stay, and it
// leaves as it comes: most such tags are images with all their data in a URL.
func (w *Writer) scanTag() bool {
	for ; w.pos < len(w.buf); w.pos++ {
		c := w.buf[w.pos]
		if c == '>' && w.long.place != inQuotes {
			w.tag.selfClosing = w.long.place == between && w.buf[w.pos-1] == '/'
			w.pos++
			w.mode = inText
			w.endOfTag(w.long.kind, w.start)
			return true
		}
		w.long.step(c)
	}
	return w.wait(w.pos)
}

// step goes on by one byte that does not end the tag, as tag.read does.
func (l *longTag) step(c byte) {
	space := isHTMLSpace(c)
	switch {
	case l.place == inQuotes:
		if c == l.quote {
			l.place = between
		}
	case l.place == beforeIt:
		switch {
		case isQuote(c):
			l.place, l.quote = inQuotes, c
		case !space:
			l.place = unquoted
		}
	case l.place == unquoted:
		if space {
			l.place = between
		}
	case c == '=' && (l.place == inName || l.place == afterName):
		l.place = beforeIt
	case c == '/', space && l.place == inTagName:
		l.place = between
	case space && l.place == inName:
		l.place = afterName
	case !space && l.place != inTagName:
		l.place = inName
	}
}
