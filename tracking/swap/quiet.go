package swap

// maxQuiet is how deep elements are followed within one that is left alone. In
// what is deeper, and after it, nothing is changed.
const maxQuiet = 64

// quiet is an element that is left alone, with those that are open in it. It
// knows which end tags HTML lets people leave out, and which ones it ignores.
//
// What is open around the element is not known. It takes little to follow a few
// elements, and too much to follow all of a page as a browser does.
type quiet struct {
	n     int
	stack [maxQuiet]element
}

// begin begins an element that is left alone.
func (q *quiet) begin(e element) { q.stack[0], q.n = e, 1 }

// open opens an element within it, which may close others: a block ends the
// paragraph before it, an item the item before it, a link the link it stands in.
func (q *quiet) open(e element, empty bool) {
	if q.n == 0 || q.n == maxQuiet {
		return
	}
	is := e.traits()
	if is&block != 0 && q.stack[q.n-1] == elementP {
		q.n--
	}
	if is&closes != 0 || e == elementA {
		q.closeKind(e)
	}
	if q.n > 0 && !empty {
		q.stack[q.n] = e
		q.n++
	}
}

// closeKind closes the open elements that end where e begins. Those within an
// element that needs an end tag don't: a list in a list, a table in a table.
func (q *quiet) closeKind(e element) {
	for i := q.n - 1; i >= 0; i-- {
		switch open := q.stack[i]; {
		case open.endsAt(e):
			q.n = i
		case e != elementA && open.traits()&(inline|closes) == 0:
			return
		}
	}
}

// endsAt reports whether an open element ends where the next one begins, if that
// is a link or may end without an end tag itself.
func (e element) endsAt(next element) bool {
	if e == next {
		return true
	}
	is, begins := e.traits(), next.traits()
	switch {
	case is&closes != 0 && is&block != 0 && begins&(cell|row|rows) != 0:
		return true // a paragraph in a cell ends where the next cell begins
	case is&term != 0:
		return begins&term != 0
	case is&cell != 0:
		return begins&(cell|row|rows) != 0
	case is&row != 0:
		return begins&rows != 0
	}
	return e == elementOption && next == elementOptgroup
}

// close closes an element. An end tag of one that is not open is that of an element
// around this one, which then ends too if it may end without an end tag. Those of
// inline and void elements, scripts and paragraphs don't end others.
func (q *quiet) close(e element) {
	if q.n == 0 || q.n == maxQuiet {
		return
	}
	is := e.traits()
	ofTable := is&(cell|row|rows) != 0 || e == elementTable
	for i := q.n - 1; i >= 0; i-- {
		open := q.stack[i]
		if open == e {
			q.n = i
			return
		}
		if b := open.traits(); b&bound != 0 && !(ofTable && b&closes != 0) {
			return // a stray end tag in a cell, say
		}
	}
	if q.stack[0].traits()&closes != 0 && is&(inline|void|raw) == 0 && e != elementP {
		q.n = 0
	}
}
