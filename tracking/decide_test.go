package tracking_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/campaign"
	"github.com/stretchr/testify/require"
)

// TestDecide: what is decided for a request, and the reason that is given.
func TestDecide(t *testing.T) {
	const (
		notDocument = "no page is asked for"
		notPerson   = "a crawler, a preview or a prefetch"
		tracked     = "tracked"
	)
	w := newStoppedWorld(t, t.TempDir())
	for name, c := range map[string]struct {
		change func(*http.Request)
		reason tracking.Reason
	}{
		"a page":              {func(*http.Request) {}, tracked},
		"no Accept":           {func(r *http.Request) { r.Header.Del("Accept") }, tracked},
		"anything accepted":   {func(r *http.Request) { r.Header.Set("Accept", "image/avif,*/*;q=0.8") }, tracked},
		"fetched by a script": {func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "empty") }, tracked},
		"a frame of ours": {func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Dest", "iframe")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}, tracked},
		"a frame elsewhere": {func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Dest", "iframe")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}, notDocument},
		"a post":       {func(r *http.Request) { r.Method = http.MethodPost }, notDocument},
		"a head":       {func(r *http.Request) { r.Method = http.MethodHead }, notDocument},
		"an image":     {func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "image") }, notDocument},
		"JSON":         {func(r *http.Request) { r.Header.Set("Accept", "application/json") }, notDocument},
		"a web socket": {func(r *http.Request) { r.Header.Set("Upgrade", "websocket") }, notDocument},
		"our own path": {func(r *http.Request) { r.URL.Path = "/qooqie/healthz" }, notDocument},
		"a crawler":    {func(r *http.Request) { r.Header.Set("User-Agent", "Googlebot/2.1") }, notPerson},
		"a prefetch":   {func(r *http.Request) { r.Header.Set("Sec-Purpose", "prefetch") }, notPerson},
	} {
		t.Run(name, func(t *testing.T) {
			r := documentRequest(landing)
			c.change(r)
			d := w.tracker.Decide(r, time.Now())
			require.Equal(t, c.reason, d.Reason)
			require.Equal(t, c.reason == tracked, d.Track)
			require.False(t, d.EndCookies)
			require.Equal(t, d, w.tracker.Decide(r, time.Now()), "nothing is changed by it")
		})
	}
}

// TestDecideInTime: the same request before, during and after the agreement.
func TestDecideInTime(t *testing.T) {
	w := newStoppedWorld(t, t.TempDir(), siteOption(func(s *tracking.Site) {
		s.Agreement = retention.Agreement{
			ID: "1", Customer: "c", Controller: "Example", Choice: retention.Erase,
			Start: retention.Date{Year: 2020, Month: 3, Day: 1}, End: retention.Date{Year: 2030, Month: 3, Day: 31},
		}
	}))
	zone := amsterdam(t)
	start := time.Date(2020, 3, 1, 0, 0, 0, 0, zone)
	end := time.Date(2030, 4, 1, 0, 0, 0, 0, zone)
	r := documentRequest("/")
	r.Header.Set("Cookie", cookies.SIDName+"=x")
	for at, track := range map[time.Time]bool{
		start.Add(-1): false, start: true, end.Add(-1): true, end: false,
	} {
		d := w.tracker.Decide(r, at)
		require.Equal(t, track, d.Track, "%v: %s", at, d.Reason)
		require.Equal(t, !track, d.EndCookies)
	}
}

// TestDecideAttribution: a campaign is worth a cookie, a page view within the site
// is not, and what comes in between is told.
func TestDecideAttribution(t *testing.T) {
	w := newStoppedWorld(t, t.TempDir())
	for name, c := range map[string]struct{ target, referrer, source, channel string }{
		"campaign":      {landing, "", "google", "Paid Search"},
		"search":        {"/", "https://www.bing.com/", "bing", "Organic Search"},
		"another site":  {"/", "https://blog.example/over/ons?x=y", "blog.example", "Referral"},
		"within":        {"/contact", "http://example.com/", "", ""},
		"typed":         {"/", "", "", "Direct"},
		"within, again": {landing, "http://example.com/", "google", "Paid Search"},
	} {
		t.Run(name, func(t *testing.T) {
			r := documentRequest(c.target)
			r.Header.Set("Referer", c.referrer)
			a := w.tracker.Decide(r, time.Now()).Attribution
			require.Equal(t, c.source, a.Source)
			require.Equal(t, c.channel, a.Channel)
			require.NotContains(t, a.Referrer, "/")
		})
	}
}

// TestDecideKeepsNoRecipient: an address in a link's labels is replaced before it
// can reach a cookie or the store.
func TestDecideKeepsNoRecipient(t *testing.T) {
	w := newStoppedWorld(t, t.TempDir())
	r := documentRequest("/?utm_source=nieuwsbrief&utm_medium=email&utm_campaign=jan.jansen@example.nl")
	a := w.tracker.Decide(r, time.Now()).Attribution
	require.Equal(t, "nieuwsbrief", a.Source)
	require.Equal(t, campaign.Unique, a.Name)
}
