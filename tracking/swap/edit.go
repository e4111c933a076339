package swap

import "slices"

// edit replaces a piece of the source.
type edit struct {
	span
	text span // in the text of the edits
}

// edits are changes to a source, in its order. They keep their texts together, so
// that a Writer needs no memory for each of them.
type edits struct {
	list []edit
	text []byte
}

// reset forgets all edits.
func (e *edits) reset() { e.list, e.text = e.list[:0], e.text[:0] }

// open begins the text of an edit and returns where.
func (e *edits) open() int { return len(e.text) }

// escape writes the spaces of the text since open as references: in a value without
// quotes the rest would become attributes.
func (e *edits) escape(opened int) {
	for i := len(e.text) - 1; i >= opened; i-- {
		if e.text[i] == ' ' {
			e.text = slices.Replace(e.text, i, i+1, []byte("&#32;")...)
		}
	}
}

// add makes an edit of the text since open. An edit may come before earlier ones:
// an attribute of a tag within a number is found after the number.
func (e *edits) add(start, end, opened int) {
	e.list = append(e.list, edit{})
	i := len(e.list) - 1
	for ; i > 0 && e.list[i-1].start > start; i-- {
		e.list[i] = e.list[i-1]
	}
	e.list[i] = edit{span{start, end}, span{opened, len(e.text)}}
}
