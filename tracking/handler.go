package tracking

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
)

// Handler returns a handler that serves the pages of next with a number of the
// visitor's own in the place of each swap target.
//
// A page with a number has been leased durably before its first byte leaves, and
// can't be stored by a shared cache. Everything else leaves as next made it:
// other types and methods, pages without a swap target, answers to crawlers and
// to visitors who may not be tracked. When something of ours fails, the page is
// served with the site's own number; next's panics are next's.
func (t *Tracker) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := t.decision(r)
		switch {
		case d.Track:
			t.serveTracked(w, r, next, d)
		case d.EndCookies:
			t.releaseLeases(r, d)
			secure := t.secure(r)
			p := new(page)
			p.begin(w, nil, func(h http.Header) { cookies.End(h, secure) })
			p.serve(r, next)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// decision is Decide with the keys loaded. A bug of ours is no reason to fail.
func (t *Tracker) decision(r *http.Request) (d Decision) {
	defer t.recovered(r.Context(), "a request could not be decided on", func() { d = Decision{} })
	now := t.now()
	d = t.Decide(r, now)
	if d.Reason != reasonNoKeys {
		return d
	}
	if err := t.loadCodec(r.Context(), d.site, now); err != nil {
		t.log.warn(r.Context(), now, "the vault has no keys: visitors see the swap target", slog.Any("error", err))
	}
	return t.Decide(r, now)
}

// exchange is what one tracked request needs, in one piece of memory.
type exchange struct {
	visit   visit
	page    page
	request http.Request
}

// serveTracked serves a page to a visitor who may get a number.
func (t *Tracker) serveTracked(w http.ResponseWriter, r *http.Request, next http.Handler, d Decision) {
	x := &exchange{visit: makeVisit(t, r, d, t.now())}
	x.page.begin(w, &x.visit, nil)
	// The encoding has to be one we can read, so next hears of none.
	if r.Header["Accept-Encoding"] != nil {
		x.request = *r
		x.request.Header = maps.Clone(r.Header)
		delete(x.request.Header, "Accept-Encoding")
		r = &x.request
	}
	x.page.serve(r, next)
	t.count(&x.visit)
}

// count counts a page view, and a session if it began with it.
func (t *Tracker) count(v *visit) {
	defer t.recovered(v.r.Context(), "a page view could not be counted", nil)
	s := v.decision.site
	day := retention.DateOf(v.now, s.zone)
	if v.isPage {
		t.counters.add(s, day, PageViews, v.r.URL.Path)
	}
	if v.started && v.changed {
		t.counters.add(s, day, Sessions, sessionKey(v.attribution()))
	}
}

// recovered is deferred around our own work: it logs a panic, without its value,
// which may be a visitor's, and calls then.
func (t *Tracker) recovered(ctx context.Context, what string, then func()) {
	v := recover()
	if v == nil {
		return
	}
	t.log.warn(ctx, t.now(), "bug: "+what, slog.String("panic", fmt.Sprintf("%T", v)))
	if then != nil {
		then()
	}
}
