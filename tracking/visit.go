package tracking

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
)

// leaseMargin is how much earlier than the stored end the end in the cookie is.
// It covers the time between reading one and the visitor reading the other, and
// clocks of nodes that differ a little.
const leaseMargin = 5 * time.Second

// visit is one page view of a tracked visitor: it finds numbers for the page
// and the cookies that go with them.
type visit struct {
	t        *Tracker
	r        *http.Request
	now      time.Time
	decision Decision
	// waited is how much of the store budget is used up.
	waited time.Duration
	// session is what qooqie_sid shall say; it is set if changed.
	session cookies.Session
	changed bool
	started bool // the session began with this request
	isPage  bool // the response is a page with a good status
}

// makeVisit returns the visit of a request that may be tracked.
func makeVisit(t *Tracker, r *http.Request, d Decision, now time.Time) visit {
	v := visit{t: t, r: r, now: now, decision: d}
	if s, ok := d.visitor.Session(); ok {
		v.session = s
	}
	return v
}

// number returns the number that stands for the site's i-th swap target on this
// page, or false for the swap target itself. A number that it returns is
// durably leased to the session until after the page has been read.
func (v *visit) number(i int) (string, bool) {
	p := v.decision.site.pools[i]
	held, holds := v.held(p)
	if holds && !v.needsStore(held, p) {
		return v.show(held.Number)
	}
	lease, err := v.acquire(p)
	if err == nil {
		v.keep(p, lease)
		return lease.Number.E164(), true
	}
	v.t.report(v.r.Context(), v.now, err)
	// What was stored before still stands.
	if holds && held.End.After(v.now) {
		return v.show(held.Number)
	}
	return "", false
}

// show returns the E.164 form of a number in a cookie.
func (v *visit) show(digits uint64) (string, bool) {
	n, err := numberpool.NumberFromDigits(digits)
	return n.E164(), err == nil
}

// held returns the lease of the pool that the visitor's cookie proves. It may
// have ended.
func (v *visit) held(p *pool) (cookies.Lease, bool) {
	held, _, ok := p.heldIn(&v.session)
	return held, ok
}

// needsStore reports whether the lease has to be renewed: less than half the
// hold is left, or the session came by another campaign since.
func (v *visit) needsStore(l cookies.Lease, p *pool) bool {
	stored := l.End.Add(leaseMargin)
	if stored.Sub(v.now) <= p.Hold()/2 {
		return true
	}
	if v.decision.campaign {
		return true
	}
	renewed := stored.Add(-p.Hold())
	issued, ok := v.decision.visitor.CampaignIssued()
	return ok && issued.After(renewed)
}

// acquire leases a number of the pool, or renews the lease the visitor has,
// within what is left of the store budget.
func (v *visit) acquire(p *pool) (numberpool.Lease, error) {
	budget := v.t.snap.budget - v.waited
	if budget <= 0 {
		return numberpool.Lease{}, context.DeadlineExceeded
	}
	if err := v.begin(); err != nil {
		return numberpool.Lease{}, err
	}
	req := numberpool.Request{
		Session:     numberpool.SessionID(v.session.ID),
		Attribution: v.attribution(),
	}
	if l, ok := v.held(p); ok {
		req.Number, _ = numberpool.NumberFromDigits(l.Number)
		req.Generation = l.Generation
	}
	before := v.t.now()
	ctx, cancel := context.WithTimeout(v.r.Context(), budget)
	defer cancel()
	lease, err := p.Acquire(ctx, req, before)
	v.waited += v.t.now().Sub(before)
	return lease, err
}

// begin makes a session if the visitor has none.
func (v *visit) begin() error {
	if v.session.ID != [16]byte{} {
		return nil
	}
	if _, err := rand.Read(v.session.ID[:]); err != nil {
		return err
	}
	v.session.Issued = v.now.Truncate(time.Second)
	v.started = true
	return nil
}

// keep writes the lease into the session.
func (v *visit) keep(p *pool, l numberpool.Lease) {
	v.session.SetLease(cookies.Lease{
		Pool:       p.hash,
		Number:     l.Number.Digits(),
		Generation: l.Generation,
		// The cookie has whole seconds; it must not promise a fraction more.
		End: l.ExpiresAt.Add(-leaseMargin).Truncate(time.Second),
	})
	v.changed = true
}

// attribution returns what a call of the session is to be credited to, as far
// as this request knows: the campaign of the request, else that of the cookie,
// else, for a session without a lease, what brought the request.
func (v *visit) attribution() numberpool.Attribution {
	if v.decision.campaign {
		return v.decision.Attribution
	}
	if c, ok := v.decision.visitor.Campaign(); ok {
		return attributionOf(c)
	}
	if v.started {
		return v.decision.Attribution
	}
	return numberpool.Attribution{}
}

// setCookies adds the cookies that this visit changes to the headers of its
// response.
func (v *visit) setCookies(h http.Header) {
	d, codec := v.decision, v.decision.site.keys.codec.Load()
	secure := v.t.secure(v.r)
	if v.changed {
		codec.SetSession(h, v.session, secure, v.now)
	}
	if d.campaign {
		codec.SetCampaign(h, d.campaignCookie(v.now), secure, v.now)
	}
}

// campaignCookie returns what qooqie_campaign shall say. The same campaign keeps
// the time of its first issue, so that its life is not extended.
func (d *Decision) campaignCookie(now time.Time) cookies.Campaign {
	c := campaignOf(d.Attribution)
	c.Issued = now.Truncate(time.Second)
	if old, ok := d.visitor.Campaign(); ok {
		same := attributionOf(old)
		same.Landing, same.Referrer = d.Attribution.Landing, d.Attribution.Referrer
		if same == d.Attribution {
			c.Issued = old.Issued
		}
	}
	return c
}

// attributionOf is the attribution that a campaign cookie tells.
func attributionOf(c cookies.Campaign) numberpool.Attribution {
	return numberpool.Attribution{
		Source: c.Source, Medium: c.Medium, Name: c.Name, Term: c.Term, Content: c.Content,
		Channel: c.Channel, ClickID: c.ClickID, Referrer: c.Referrer, Landing: c.Landing,
	}
}

// campaignOf is the campaign cookie that tells an attribution.
func campaignOf(a numberpool.Attribution) cookies.Campaign {
	return cookies.Campaign{
		Source: a.Source, Medium: a.Medium, Name: a.Name, Term: a.Term, Content: a.Content,
		Channel: a.Channel, ClickID: a.ClickID, Referrer: a.Referrer, Landing: a.Landing,
	}
}

// secure reports whether cookies of the response get Secure: always, except on
// plain HTTP to this machine itself, where a developer tries it out.
func (t *Tracker) secure(r *http.Request) bool {
	if t.snap.insecure {
		return false
	}
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") != "" || r.Header.Get("Forwarded") != "" ||
		!isLoopback(hostname(r.Host))
}

// isLoopback reports whether a host name means this machine (RFC 6761, section
// 6.3). A name such as 127.example.nl does not.
func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// report tells the operator why a visitor was shown the swap target.
func (t *Tracker) report(ctx context.Context, now time.Time, err error) {
	switch {
	case errors.Is(err, context.Canceled): // the visitor has gone
	case errors.Is(err, numberpool.ErrPoolExhausted):
		t.log.warn(ctx, now, "every number is held: visitors see the swap target")
	case errors.Is(err, context.DeadlineExceeded):
		t.log.warn(ctx, now, "the store is slower than its budget: visitors see the swap target")
	default:
		t.log.warn(ctx, now, "the store fails: visitors see the swap target", slog.Any("error", err))
	}
}
