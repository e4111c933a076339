package tracking

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
)

// releaseLeases ends the leases of a visitor whose choice no longer allows them,
// within the store budget. If the store fails they end by themselves, and their
// session is taken off then.
func (t *Tracker) releaseLeases(r *http.Request, d Decision) {
	defer t.recovered(r.Context(), "leases could not be released", nil)
	codec := d.site.keys.codec.Load()
	if codec == nil || d.Reason != reasonNotAllowed {
		return
	}
	now := t.now()
	session, ok := codec.Read(r.Header, now).Session()
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), t.snap.budget)
	defer cancel()
	for _, p := range d.site.pools {
		held, n, ok := p.heldIn(&session)
		// One that is over needs no write: a client that keeps its cookies may
		// come often.
		if !ok || !held.End.After(now) {
			continue
		}
		lease := numberpool.Lease{Pool: p.ID(), Number: n, Generation: held.Generation}
		if err := p.Release(ctx, lease, now); err != nil {
			t.log.warn(ctx, now, "a lease could not be released after a refusal", slog.Any("error", err))
		}
	}
}

// heldIn returns the lease of the pool that a session's cookie proves, and its
// number. It may have ended.
func (p *pool) heldIn(s *cookies.Session) (held cookies.Lease, n numberpool.Number, ok bool) {
	for _, l := range s.Leases() {
		n, err := numberpool.NumberFromDigits(l.Number)
		if l.Pool == p.hash && err == nil && p.Has(n) {
			return l, n, true
		}
	}
	return cookies.Lease{}, numberpool.Number{}, false
}
