package swap

import "bytes"

// token is what begins with a "<".
type token uint8

const (
	noMarkup token = iota // a "<" that is text
	comment               // a comment, a doctype, or what counts as one
	startTag
	endTag
)

// tokenAt tells what begins with the "<" at b[i]. If b ends too early to tell,
// ok is false.
func tokenAt(b []byte, i int) (kind token, ok bool) {
	if i+1 >= len(b) {
		return 0, false
	}
	switch c := b[i+1]; {
	case isLetter(c):
		return startTag, true
	case c == '!' || c == '?':
		return comment, true
	case c != '/':
		return noMarkup, true
	case i+2 >= len(b):
		return 0, false
	case isLetter(b[i+2]):
		return endTag, true
	}
	return comment, true
}

// commentEnd returns where the comment that begins at b[i] ends, when the search
// has come to b[from]. A proper one has dashes; any ">" ends the others. If its
// end is not in b, ok is false.
func commentEnd(b []byte, i, from int, proper bool) (end int, ok bool) {
	for from < len(b) {
		n := bytes.IndexByte(b[from:], '>')
		if n < 0 {
			return 0, false
		}
		from += n + 1
		if !proper || closesComment(b, i, from-1) {
			return from, true
		}
	}
	return 0, false
}

// isProper reports whether b[i:] begins a comment with dashes.
func isProper(b []byte, i int) bool { return i+4 <= len(b) && string(b[i:i+4]) == "<!--" }

// closesComment reports whether the ">" at b[p] ends the comment from b[i].
func closesComment(b []byte, i, p int) bool {
	if b[p-1] == '!' {
		return p-3 >= i+len("<!--") && string(b[p-3:p]) == "--!"
	}
	return p-2 >= i+len("<!") && string(b[p-2:p]) == "--"
}

// attr is an attribute that a number may stand in, with the place of its value.
type attr struct {
	role       role
	start, end int
}

// maxAttrs is how many such attributes of a tag are looked at. Few tags have three.
const maxAttrs = 12

// tag is a start or end tag, as far as it matters.
type tag struct {
	element     element
	selfClosing bool
	off         bool // data-qooqie="off"
	messaging   bool // a link to something that is no telephone call
	button      bool // type="button", "submit" or "reset"
	typed       bool // there was a type
	ruled       bool // there was a data-qooqie
	n           int
	attrs       [maxAttrs]attr
}

// read reads the tag that begins at b[i] and returns where it ends. If its end is
// not in b, ok is false.
func (t *tag) read(b []byte, i int) (end int, ok bool) {
	t.selfClosing, t.off, t.messaging, t.button, t.typed, t.ruled, t.n = false, false, false, false, false, false, 0
	i++
	if b[i] == '/' {
		i++
	}
	name := i
	for i < len(b) && !endsName(b[i]) {
		i++
	}
	t.element = nameOf(b[name:i])
	return t.readAttrs(b, i)
}

// endsName reports whether c ends the name of a tag.
func endsName(c byte) bool { return c == '>' || c == '/' || isHTMLSpace(c) }

// readAttrs reads the attributes of a tag from b[i] on.
func (t *tag) readAttrs(b []byte, i int) (end int, ok bool) {
	for i < len(b) {
		switch c := b[i]; {
		case c == '>':
			return i + 1, true
		case c == '/' || isHTMLSpace(c):
			t.selfClosing = c == '/'
			i++
		default:
			// A slash in a value without quotes belongs to the value.
			t.selfClosing = false
			if i = t.readAttr(b, i); i < 0 {
				return 0, false
			}
		}
	}
	return 0, false
}

// readAttr reads the attribute that begins at b[i] and returns where it ends, or
// -1 if its end is not in b. An "=" that begins a name is part of it, and one may
// stand apart from the name: HTML says so for the sake of old pages.
func (t *tag) readAttr(b []byte, i int) int {
	name := i
	for i++; i < len(b) && b[i] != '=' && !endsName(b[i]); i++ {
	}
	nameEnd := i
	for i < len(b) && isHTMLSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return -1
	}
	if b[i] != '=' {
		return i
	}
	for i++; i < len(b) && isHTMLSpace(b[i]); i++ {
	}
	if i == len(b) {
		return -1
	}
	start, end, next := value(b, i)
	if next < 0 {
		return -1
	}
	t.note(b, b[name:nameEnd], start, end)
	return next
}

// value finds the value of an attribute at b[i], and what follows it; next is -1
// if its end is not in b.
func value(b []byte, i int) (start, end, next int) {
	if q := b[i]; isQuote(q) {
		n := bytes.IndexByte(b[i+1:], q)
		if n < 0 {
			return 0, 0, -1
		}
		return i + 1, i + 1 + n, i + 2 + n
	}
	start = i
	for ; i < len(b); i++ {
		if b[i] == '>' || isHTMLSpace(b[i]) {
			return start, i, i
		}
	}
	return 0, 0, -1
}

// note keeps an attribute if it matters. Of two with the same name the first
// counts.
func (t *tag) note(b, name []byte, start, end int) {
	r := roleOf(name)
	switch r {
	case roleNone:
		return
	case roleOff:
		t.off = t.off || !t.ruled && fold(bytes.TrimSpace(b[start:end]), "off")
		t.ruled = true
		return
	case roleType:
		v := b[start:end]
		t.button = t.button || !t.typed && (fold(v, "button") || fold(v, "submit") || fold(v, "reset"))
		t.typed = true
		return
	case roleHref:
		isLink := t.element == elementA || t.element == elementArea
		t.messaging = t.messaging || isLink && isMessaging(b[start:end])
	}
	if t.n < maxAttrs {
		t.attrs[t.n] = attr{r, start, end}
		t.n++
	}
}

// parts reports whether the tag parts what stands before and after it. A word goes
// on across a bold part of it, and ends where a block or a line break begins.
func (t *tag) parts() bool { return t.off || t.messaging || t.element.traits()&inline == 0 }

// swaps reports whether numbers in the attribute are replaced.
func (t *tag) swaps(a attr) bool {
	if a.role == roleValue {
		return t.element == elementInput && t.button
	}
	return t.element.traits()&machine == 0
}

// isQuote reports whether c is a quotation mark.
func isQuote(c byte) bool { return c == '"' || c == '\'' }

// isLetter reports whether c may begin the name of a tag.
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// htmlSpaces is what HTML calls white space.
const htmlSpaces = " \n\t\r\f"

// isHTMLSpace reports whether c is white space to HTML.
func isHTMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
