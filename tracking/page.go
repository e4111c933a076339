package tracking

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/qooqie/qooqie/tracking/swap"
)

// The window in which the headers of a page are still open: they are decided at
// the first match, at the end of the page, or when one of these is reached. A
// window that closes undecided leaves the page as the site made it.
const (
	windowBytes = 64 << 10
	windowTime  = 50 * time.Millisecond // after the first Flush
)

// sniffBytes is what http.DetectContentType looks at.
const sniffBytes = 512

// phase is how far a page has come.
type phase uint8

const (
	fresh    phase = iota // no status yet
	sniffing              // held until its type is known
	window                // a page, held until its headers are decided
	sent                  // the headers have left
	hijacked              // no business of ours any more
)

// page is the http.ResponseWriter of a request that may need other headers or
// another number. The handler has headers of its own, because after a Flush the
// window is closed by a timer while the handler goes on. mu guards the rest
// against that timer.
type page struct {
	inner  http.ResponseWriter
	header http.Header
	before http.Header // the headers of inner at the start, nil if there were none
	visit  *visit      // nil if cookies are to be ended and nothing else
	end    func(http.Header)

	mu       sync.Mutex
	phase    phase
	status   int
	frozen   http.Header   // inner's headers, which are the handler's at WriteHeader
	rewriter *rewriter     // nil if the bytes go through as they are
	held     *bytes.Buffer // in phases sniffing and window
	fed      int           // bytes that came in since the window opened
	matched  bool          // a swap target was found
	flush    bool          // the handler has asked for a Flush that waits
	timer    *time.Timer
}

var (
	heldPool     = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	rewriterPool = sync.Pool{New: func() any {
		r := new(rewriter)
		r.resolve = func(target int) (string, bool) { return r.page.resolve(target) }
		return r
	}}
)

// rewriter is a swap.Writer that serves one page after another.
type rewriter struct {
	swap.Writer
	page    *page
	resolve func(target int) (number string, ok bool) // the page's
}

// begin makes p the page of a visit, or of a request whose cookies are ended.
func (p *page) begin(w http.ResponseWriter, v *visit, end func(http.Header)) {
	p.inner, p.visit, p.end = w, v, end
	if h := w.Header(); len(h) > 0 {
		p.header, p.before = maps.Clone(h), maps.Clone(h)
	} else {
		p.header = make(http.Header)
	}
}

// serve lets next make the page.
func (p *page) serve(r *http.Request, next http.Handler) {
	returned := false
	defer func() { p.finish(returned) }()
	next.ServeHTTP(p, r)
	returned = true
}

// Header returns the handler's headers.
func (p *page) Header() http.Header { return p.header }

// Unwrap gives http.ResponseController what page does not do itself.
func (p *page) Unwrap() http.ResponseWriter { return p.inner }

// WriteHeader takes the handler's status and headers.
func (p *page) WriteHeader(status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open(status)
}

// open begins the response, unless it has begun.
func (p *page) open(status int) {
	if p.phase != fresh {
		return
	}
	if status >= 100 && status < 200 && status != http.StatusSwitchingProtocols {
		p.copyHeader(p.header)
		p.inner.WriteHeader(status)
		return
	}
	// What the handler does to its headers from now on is too late.
	p.copyHeader(p.header)
	p.status, p.frozen = status, p.inner.Header()
	if p.visit == nil {
		p.send()
		return
	}
	p.hold(judge(status, p.frozen))
}

// hold begins the phase that the verdict asks for.
func (p *page) hold(v verdict) {
	switch v {
	case leave:
		p.send()
		return
	case sniff:
		p.phase = sniffing
	case rewrite:
		p.phase = window
		p.visit.isPage = p.status < 300
		p.rewriter = rewriterPool.Get().(*rewriter)
		p.rewriter.page = p
		p.rewriter.Reset((*sink)(p), p.visit.decision.site.plan, p.rewriter.resolve)
	}
	if p.held == nil {
		p.held = heldPool.Get().(*bytes.Buffer)
		p.held.Reset()
	}
}

// resolve is called at the first match of a swap target. From then on the
// response belongs to this visitor.
func (p *page) resolve(target int) (number string, ok bool) {
	p.matched = true
	defer p.visit.t.recovered(p.visit.r.Context(), "a number could not be leased", func() { number, ok = "", false })
	return p.visit.number(target)
}

// Write writes part of the body. The error is that of the writer below, or
// http.ErrHijacked.
func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open(http.StatusOK)
	n, err := p.write(b)
	if p.phase == sent && p.flush && err == nil {
		err = p.flushNow()
	}
	return n, err
}

// WriteString is Write, with its errors.
func (p *page) WriteString(s string) (int, error) { return p.Write([]byte(s)) }

// write passes bytes on to where the phase wants them.
func (p *page) write(b []byte) (int, error) {
	switch p.phase {
	case hijacked:
		return 0, http.ErrHijacked
	case sniffing:
		p.held.Write(b)
		if p.held.Len() >= sniffBytes {
			return len(b), p.detect()
		}
		return len(b), nil
	case window:
		return p.feed(b)
	}
	if p.rewriter != nil {
		return p.rewriter.Write(b)
	}
	return p.inner.Write(b)
}

// feed gives the rewriter what fits into the window, and closes the window when
// it is full.
func (p *page) feed(b []byte) (int, error) {
	n := min(len(b), windowBytes-p.fed)
	p.fed += n
	if _, err := p.rewriter.Write(b[:n]); err != nil {
		return 0, err
	}
	if p.phase == window && p.fed == windowBytes {
		if err := p.closeWindow(); err != nil {
			return n, err
		}
	}
	if n == len(b) {
		return n, nil
	}
	m, err := p.write(b[n:])
	return n + m, err
}

// detect finds out the type of a body whose handler named none, as net/http
// would, and goes on with what is held.
func (p *page) detect() error {
	if p.held.Len() == 0 {
		p.send() // nothing has no type
		return p.release(nil)
	}
	body := bytes.Clone(p.held.Bytes())
	p.held.Reset()
	kind := http.DetectContentType(body)
	p.frozen.Set("Content-Type", kind)
	p.hold(judge(p.status, p.frozen))
	_, err := p.write(body)
	return err
}

// closeWindow lets a page without a match leave as the site made it.
func (p *page) closeWindow() error {
	err := p.rewriter.Stop()
	p.dropRewriter()
	p.send()
	return p.release(err)
}

// send sends the headers.
func (p *page) send() {
	h := p.frozen
	switch {
	case p.visit == nil:
		p.end(h)
		makePrivate(h)
	case p.matched:
		dropValidators(h)
		makePrivate(h)
		p.visit.setCookies(h)
	case p.visit.decision.campaign && (p.phase == window || isRedirect(p.status)):
		makePrivate(h)
		p.visit.setCookies(h)
	}
	p.phase = sent
	p.inner.WriteHeader(p.status)
}

// copyHeader makes the headers of the response those of h.
func (p *page) copyHeader(h http.Header) {
	out := p.inner.Header()
	for name := range out {
		if _, ok := h[name]; !ok {
			delete(out, name)
		}
	}
	maps.Copy(out, h)
}

// release sends what the window held.
func (p *page) release(err error) error {
	if p.held == nil {
		return err
	}
	if err == nil && p.held.Len() > 0 {
		_, err = p.inner.Write(p.held.Bytes())
	}
	heldPool.Put(p.held)
	p.held = nil
	return err
}

// sink is where the rewriter of a page writes to.
type sink page

// Write holds bytes while the window is open. The first bytes after a match
// close it: the headers are decided. The error is that of the writer below.
func (s *sink) Write(b []byte) (int, error) {
	p := (*page)(s)
	if p.phase == window && !p.matched {
		return p.held.Write(b)
	}
	if p.phase == window {
		p.send()
		if err := p.release(nil); err != nil {
			return 0, err
		}
	}
	return p.inner.Write(b)
}

// Flush is FlushError.
func (p *page) Flush() { _ = p.FlushError() }

// FlushError sends what may be sent. While the window is open, the Flush is
// remembered for windowTime and then closes it. The error is that of the writer
// below, or http.ErrNotSupported if it can't flush.
func (p *page) FlushError() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open(http.StatusOK)
	switch p.phase {
	case sniffing, window:
		p.flush = true
		if p.timer == nil {
			p.timer = time.AfterFunc(windowTime, p.windowEnds)
		}
		return nil
	}
	return p.flushNow()
}

// flushNow flushes what has been sent.
func (p *page) flushNow() error {
	p.flush = false
	return http.NewResponseController(p.inner).Flush()
}

// windowEnds closes a window that has waited for long enough after a Flush.
func (p *page) windowEnds() {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.visit.t.recovered(p.visit.r.Context(), "a page could not be flushed", nil)
	if p.phase == sniffing && p.detect() != nil {
		return
	}
	if p.phase == window && p.closeWindow() != nil {
		return
	}
	if p.phase == sent {
		_ = p.flushNow() // the handler's next Write has the error, too
	}
}

// Hijack gives the connection away, as http.Hijacker. The error is that of the
// writer below, or http.ErrNotSupported if it has no connection to give.
func (p *page) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	conn, rw, err := http.NewResponseController(p.inner).Hijack()
	if err == nil {
		p.phase = hijacked
	}
	return conn, rw, err
}

// ReadFrom copies src to the response. Bytes that go through as they are take
// the shortest way, which may be sendfile(2). The error is src's or that of the
// writer below.
func (p *page) ReadFrom(src io.Reader) (int64, error) {
	p.mu.Lock()
	p.open(http.StatusOK)
	direct := p.phase == sent && p.rewriter == nil
	p.mu.Unlock()
	if direct {
		return io.Copy(p.inner, src)
	}
	return io.Copy(struct{ io.Writer }{p}, src)
}

// finish ends the response after the handler has returned, or, if it panicked,
// sends no more of it.
func (p *page) finish(returned bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	switch {
	case returned:
		p.complete()
	case p.phase == sniffing, p.phase == window:
		p.copyHeader(p.before) // who recovers makes another response
	}
	p.dropRewriter()
	if p.held != nil {
		heldPool.Put(p.held)
		p.held = nil
	}
	p.phase = hijacked // a late timer or a late write finds nothing to do
}

// complete sends what is still held. Errors are the connection's: nobody is left
// to tell.
func (p *page) complete() {
	p.open(http.StatusOK)
	if p.phase == sniffing {
		if p.detect() != nil {
			return
		}
	}
	if p.rewriter != nil {
		if p.rewriter.Close() != nil {
			return
		}
	}
	if p.phase == window {
		p.send()
		_ = p.release(nil)
	}
	if p.phase == sent {
		p.copyTrailers()
	}
}

// copyTrailers passes on what the handler set after its headers had left.
func (p *page) copyTrailers() {
	out := p.inner.Header()
	for name, values := range p.header {
		if strings.HasPrefix(name, http.TrailerPrefix) || hasToken(p.frozen["Trailer"], name) {
			out[name] = values
		}
	}
}

// dropRewriter gives the rewriter back. It must not remember the visitor.
func (p *page) dropRewriter() {
	if p.rewriter == nil {
		return
	}
	p.rewriter.page = nil
	p.rewriter.Reset(nil, nil, nil)
	rewriterPool.Put(p.rewriter)
	p.rewriter = nil
}
