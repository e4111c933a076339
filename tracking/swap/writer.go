package swap

import (
	"errors"
	"io"
)

const (
	// history is how many bytes before the first one that is not decided on are
	// kept, for the text before a number.
	history = 256
	// piece is how many bytes are looked at in one go.
	piece = 16 << 10
	// maxTag is the longest tag whose attributes are looked at.
	maxTag = 64 << 10
)

// Writer replaces the targets of a Plan in the HTML page that is written to it.
// All other bytes leave as they came. It holds back as little as it can: a
// number that has begun, at most 300 bytes with the tags in it, and a tag that
// has not ended. What it does is the same in however many pieces a page comes.
//
// The zero Writer is to be Reset before use. A Writer is not safe for concurrent
// use.
type Writer struct {
	out     io.Writer
	plan    *Plan
	resolve func(target int) (number string, ok bool)
	chosen  []choice
	err     error
	stopped bool
	last    bool // no more comes

	buf  []byte
	sent int // bytes of buf that have left
	pos  int // bytes of buf that are decided on
	hold int // bytes of buf that may leave

	mode   mode
	from   int     // where the comment began, in mode inComment
	proper bool    // the comment has dashes
	raw    element // in mode inRaw
	script script  // in a script
	long   longTag // in mode inTag
	quiet  quiet   // elements in which nothing is changed
	depth  int     // of SVG and MathML

	spans   []span // the text before pos, since something parted it
	start   int    // of the piece of text that pos is in
	swapped int    // end of the last number that was found

	tag   tag
	match match
	past  past
	edits edits
}

// mode is what the bytes at pos are.
type mode uint8

const (
	inText    mode = iota
	inComment      // a comment, or what counts as one
	inCDATA
	inRaw // the content of script, style and the like
	inTag // a tag that is too long
)

// choice is what resolve said about a target.
type choice struct {
	made   bool
	number *number // nil if the target stays
}

// ErrClosed is returned by Write after Close.
var ErrClosed = errors.New("swap: the page has been closed")

// NewWriter returns a Writer that has been Reset.
func NewWriter(out io.Writer, plan *Plan, resolve func(target int) (number string, ok bool)) *Writer {
	w := new(Writer)
	w.Reset(out, plan, resolve)
	return w
}

// Reset begins a page. It is written to out with the targets of plan replaced:
// resolve is called when a target is found for the first time, and returns one of
// its Replacements, or false if it is to stay. Without arguments, Reset drops
// what the Writer knows of a page, and keeps its memory.
func (w *Writer) Reset(out io.Writer, plan *Plan, resolve func(target int) (number string, ok bool)) {
	*w = Writer{
		out: out, plan: plan, resolve: resolve,
		chosen: w.chosen[:0], buf: w.buf[:0], spans: w.spans[:0], edits: edits{w.edits.list[:0], w.edits.text[:0]},
	}
	if plan != nil {
		for range plan.targets {
			w.chosen = append(w.chosen, choice{})
		}
	}
}

// Write writes a piece of the page. It passes on all that is decided on, so there
// is nothing to flush.
//
// The error is that of the writer below, or ErrClosed.
func (w *Writer) Write(b []byte) (int, error) {
	if w.stopped && w.err == nil {
		return w.write(b), w.err
	}
	for n := 0; n < len(b); {
		if w.err != nil {
			return n, w.err
		}
		next := b[n:min(len(b), n+piece)]
		w.take(next)
		w.scan()
		w.send()
		n += len(next)
	}
	return len(b), w.err
}

// Stop passes on what is held back, and everything that is written later, as it is.
//
// The error is that of the writer below, or ErrClosed.
func (w *Writer) Stop() error {
	w.hold, w.stopped = len(w.buf), true
	w.send()
	return w.err
}

// Close ends the page: what is held back is decided on and leaves. It does not
// close the writer below.
//
// The error is that of the writer below.
func (w *Writer) Close() error {
	if w.err != nil {
		if errors.Is(w.err, ErrClosed) {
			return nil
		}
		return w.err
	}
	if !w.stopped {
		w.last = true
		w.scan()
		w.hold = len(w.buf)
		w.send()
	}
	err := w.err
	if err == nil {
		w.err = ErrClosed
	}
	return err
}

// take adds bytes to the buffer, and drops those that are not needed any more. All
// places in the buffer move with them.
func (w *Writer) take(b []byte) {
	if drop := min(w.sent, w.pos) - history; drop > 0 {
		w.buf = w.buf[:copy(w.buf, w.buf[drop:])]
		for _, at := range [...]*int{&w.sent, &w.pos, &w.hold, &w.from, &w.start, &w.swapped} {
			*at -= drop
		}
		w.start = max(w.start, 0)
		for i := range w.spans {
			w.spans[i].start = max(w.spans[i].start-drop, 0)
			w.spans[i].end = max(w.spans[i].end-drop, 0)
		}
	}
	w.buf = append(w.buf, b...)
}

// send writes what may leave, with its edits. All of these lie before hold, as what
// is not decided on is not edited.
func (w *Writer) send() {
	for _, e := range w.edits.list {
		w.write(w.buf[w.sent:e.start])
		w.write(w.edits.text[e.text.start:e.text.end])
		w.sent = e.end
	}
	w.edits.reset()
	w.write(w.buf[w.sent:w.hold])
	w.sent = w.hold
}

// write writes to the writer below, and returns how much that took. After an
// error nothing more is written: the page has a hole there.
func (w *Writer) write(b []byte) int {
	if w.err != nil || len(b) == 0 {
		return 0
	}
	n, err := w.out.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	w.err = err
	return n
}

// scan decides on the bytes of the buffer from pos on, as far as they tell. It
// leaves hold where they may leave up to.
func (w *Writer) scan() {
	for more := true; more; {
		switch w.mode {
		case inText:
			more = w.scanText()
		case inComment:
			more = w.scanComment()
		case inCDATA:
			more = w.scanCDATA()
		case inRaw:
			more = w.scanRaw()
		case inTag:
			more = w.scanTag()
		}
	}
}

// wait ends a scan that can't go on: bytes from hold on may not leave yet. Those of
// the end tag of a script have left before they were known to be one.
func (w *Writer) wait(hold int) bool {
	w.hold = max(hold, w.sent)
	return false
}
