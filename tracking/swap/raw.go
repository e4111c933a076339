package swap

import "bytes"

// script is where a script is in what looks like a comment. There HTML hides the
// end tag of a script within it, for browsers that knew no scripts (its "script
// data escaped" and "double escaped" states).
type script uint8

const (
	plain   script = iota
	escaped        // after "<!--"
	hidden         // and a "<script": the next end tag is not that of the script
)

// scanRaw looks for the end tag of an element whose content is no markup. Nothing
// in it is held back, also not what may turn out to be the end tag: there is
// nothing to change in an end tag.
func (w *Writer) scanRaw() bool {
	for {
		n := w.nextRaw()
		if n < 0 || w.raw == elementPlaintext {
			w.pos = len(w.buf)
			return w.wait(w.pos)
		}
		w.pos += n
		switch isEnd, ok := w.rawMarkup(); {
		case !ok && !w.last:
			return w.wait(len(w.buf)) // nothing in it changes, so all may leave
		case isEnd:
			w.mode = inText
			return true
		}
		w.pos++
	}
}

// nextRaw returns how far the next byte is that may matter, or -1.
func (w *Writer) nextRaw() int {
	if w.script == plain {
		return bytes.IndexByte(w.buf[w.pos:], '<')
	}
	return bytes.IndexAny(w.buf[w.pos:], "<>")
}

// rawMarkup reports whether the end tag of the element begins at pos, and follows
// the comments of a script. If the buffer ends too early to tell, ok is false.
func (w *Writer) rawMarkup() (isEnd, ok bool) {
	if w.buf[w.pos] == '>' {
		if string(w.buf[w.pos-2:w.pos]) == "--" {
			w.script = plain
		}
		return false, true
	}
	if w.raw != elementScript {
		return endsRaw(w.buf, w.pos, w.raw)
	}
	switch w.script {
	case plain:
		is, known := begins(w.buf[w.pos:], "<!--")
		if !known {
			return false, false
		}
		if is {
			w.script = escaped // "<!-->" ends it again, so its dashes are not skipped
			return false, true
		}
	case escaped:
		if is, known := beginsRaw(w.buf, w.pos, w.raw); is || !known {
			if is {
				w.script = hidden
			}
			return false, known
		}
	case hidden:
		if isEnd, ok = endsRaw(w.buf, w.pos, w.raw); isEnd {
			w.script = escaped
		}
		return false, ok
	}
	return endsRaw(w.buf, w.pos, w.raw)
}

// endsRaw reports whether the end tag of an element begins at b[i]. If b ends too
// early to tell, ok is false.
func endsRaw(b []byte, i int, e element) (isEnd, ok bool) {
	if i+1 >= len(b) {
		return false, false
	}
	if b[i+1] != '/' {
		return false, true
	}
	return beginsRaw(b, i+1, e)
}

// beginsRaw reports whether the name of an element follows b[i]. If b ends too
// early to tell, ok is false. No more is looked at than the longest name takes, so
// that a script full of "<" is not read again and again.
func beginsRaw(b []byte, i int, e element) (is, ok bool) {
	const longest = len("plaintext ")
	name := i + 1
	for i = name; i < len(b) && i < name+longest && isLetter(b[i]); i++ {
	}
	if i == len(b) {
		return false, false
	}
	return nameOf(b[name:i]) == e && endsName(b[i]), true
}
