package swap

// maxQuiet is how deep elements are followed within one that is left alone. In
// what is deeper, and after it, nothing is changed.
const maxQuiet = 64

// quiet is an element that is left alone, with those that are open in it. It
// knows which end tags HTML lets people leave out.
type quiet struct {
	n     int
	stack [maxQuiet]element
}

// begin begins an element that is left alone.
func (q *quiet) begin(e element) { q.stack[0], q.n = e, 1 }

// open opens an element within it, which may close others.
func (q *quiet) open(e element, empty bool) {
	if q.n == 0 || q.n == maxQuiet {
		return
	}
	is := e.traits()
	if is&block != 0 && q.top() == elementP {
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

// top is the element that was opened last.
func (q *quiet) top() element {
	if q.n == 0 {
		return 0
	}
	return q.stack[q.n-1]
}

// closeKind closes an open element that ends where one of the same kind begins.
func (q *quiet) closeKind(e element) {
	for i := q.n - 1; i >= 0; i-- {
		switch open := q.stack[i]; {
		case open == e:
			q.n = i
			return
		case e != elementA && open.traits()&(inline|closes) == 0:
			return // a list in a list, a table in a table
		}
	}
}

// close closes an element. An end tag of one that is not open closes what may end
// without an end tag of its own.
func (q *quiet) close(e element) {
	if q.n == 0 || q.n == maxQuiet {
		return
	}
	for i := q.n - 1; i >= 0; i-- {
		if q.stack[i] == e {
			q.n = i
			return
		}
	}
	if q.stack[0].traits()&closes != 0 && e.traits()&inline == 0 {
		q.n = 0
	}
}
