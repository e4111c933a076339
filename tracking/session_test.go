package tracking_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// timeline is a visitor in a bubble of synctest: requests go straight to the
// handler, and time.Sleep is how the visitor reads.
type timeline struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]string
}

// get asks for a path and returns the response and its text.
func (v *timeline) get(path string) (*http.Response, string) {
	v.t.Helper()
	r := documentRequest(path)
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	v.handler.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		v.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return rec.Result(), rec.Body.String()
}

// inBubble runs a test of one world and its visitors with time that a test moves.
func inBubble(t *testing.T, f func(t *testing.T, w *world, visitor func() *timeline), options ...option) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := newStoppedWorld(t, dir, options...)
		f(t, w, func() *timeline {
			return &timeline{t: t, handler: w.tracker.Handler(numberPage), cookies: map[string]string{}}
		})
	})
}

// TestSecondPageMakesNoStoreCall: within half the hold the cookie is enough.
func TestSecondPageMakesNoStoreCall(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		v := visitor()
		_, text := v.get(landing)
		require.Contains(t, text, firstShown)
		calls := w.store.calls.Load()
		require.NotZero(t, calls)
		sid := v.cookies[cookies.SIDName]

		for range 5 {
			time.Sleep(10 * time.Second)
			res, text := v.get("/diensten")
			require.Contains(t, text, firstShown)
			require.Empty(t, res.Header["Set-Cookie"])
		}
		time.Sleep(9 * time.Second) // 59 s: less than half of the two minutes
		_, text = v.get("/")
		require.Contains(t, text, firstShown)
		require.Equal(t, calls, w.store.calls.Load())

		time.Sleep(2 * time.Second) // 61 s: the lease is renewed
		res, text := v.get("/")
		require.Contains(t, text, firstShown)
		require.Equal(t, calls+1, w.store.calls.Load())
		require.Len(t, res.Cookies(), 1)
		require.NotEqual(t, sid, v.cookies[cookies.SIDName])
	})
}

// TestNumberStaysUntilNeeded: after the hold a visitor gets the number back, as
// long as nobody else needed it; then it is the other's.
func TestNumberStaysUntilNeeded(t *testing.T) {
	one := siteOption(func(s *tracking.Site) { s.Pools[0].Numbers = poolOf(1) })
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		first, second := visitor(), visitor()
		_, text := first.get(landing)
		require.Contains(t, text, firstShown)
		time.Sleep(time.Hour)
		require.NoError(t, w.store.EndLeases(t.Context(), ownCustomer(), time.Now(), time.Time{}))
		_, text = first.get("/")
		require.Contains(t, text, firstShown, "proven by number and generation, after the session id is gone")

		time.Sleep(time.Minute)
		_, text = second.get("/")
		require.Contains(t, text, shownOwn, "the lease is live")
		time.Sleep(61 * time.Second)
		_, text = second.get("/")
		require.Contains(t, text, firstShown, "and now it has ended")
		_, text = first.get("/")
		require.Contains(t, text, shownOwn, "a live lease is never taken")
	}, one)
}

// TestCookieNeverPromisesMore: the end in the cookie is at least five seconds
// before the stored one, so a page is never shown with a number that is not held.
func TestCookieNeverPromisesMore(t *testing.T) {
	one := siteOption(func(s *tracking.Site) { s.Pools[0].Numbers = poolOf(1) })
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		v := visitor()
		_, _ = v.get("/")
		broken := errDisk
		w.store.err.Store(&broken) // from now on only the cookie can tell
		for age := time.Duration(0); age < 3*time.Minute; age += 500 * time.Millisecond {
			_, text := v.get("/")
			shown := strings.Contains(text, firstShown)
			if age < 114*time.Second {
				require.True(t, shown, "the old end stands when a renewal fails: %v", age)
			}
			if age >= 115*time.Second {
				require.False(t, shown, "%v", age)
			}
			time.Sleep(500 * time.Millisecond)
		}
	}, one)
}

// TestNewCampaignIsRecordedAtOnce: a visitor who comes back by another campaign
// within the hold is credited to it from then on, and not before.
func TestNewCampaignIsRecordedAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		v := visitor()
		_, _ = v.get(landing)
		time.Sleep(20 * time.Second)
		before := time.Now()
		time.Sleep(20 * time.Second)
		_, text := v.get("/?utm_source=nieuwsbrief&utm_medium=email&utm_campaign=winter")
		require.Contains(t, text, firstShown)
		time.Sleep(time.Second)
		_, _ = v.get("/")

		credit := func(at time.Time) string {
			n, err := numberpool.ParseNumber("+31850000001")
			require.NoError(t, err)
			pool := numberpool.PoolID{Customer: ownCustomer(), Name: ownNumber}
			holders, err := w.store.NumberHolders(t.Context(), pool, n, time.Time{}, at)
			require.NoError(t, err)
			a, _, ok := numberpool.Resolve(holders, at).Credit(.5)
			require.True(t, ok)
			return a.Name
		}
		require.Equal(t, "voorjaar", credit(before))
		require.Equal(t, "winter", credit(time.Now()))
	})
}

// TestCampaignSurvivesPagesWithoutNumber: the campaign of a landing page without
// a number is credited when a number is shown later.
func TestCampaignSurvivesPagesWithoutNumber(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		v := visitor()
		_, _ = v.get("/") // a lease, direct
		time.Sleep(30 * time.Second)
		v.handler = w.tracker.Handler(page("<p>Actie!</p>"))
		res, _ := v.get(landing)
		require.Len(t, res.Cookies(), 1)
		time.Sleep(10 * time.Second)
		v.handler = w.tracker.Handler(numberPage)
		_, _ = v.get("/contact")
		rep, err := w.tracker.Report(t.Context(), "")
		require.NoError(t, err)
		require.Equal(t, "voorjaar", rep.Pools[0].Leases[0].Attribution.Name)
	})
}

// TestFixedLife: the cookies end 30 days after their first issue, however often
// the visitor comes.
func TestFixedLife(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *world, visitor func() *timeline) {
		v := visitor()
		res, _ := v.get(landing)
		for _, c := range res.Cookies() {
			require.Equal(t, 30*24*60*60, c.MaxAge)
			require.True(t, c.HttpOnly)
			require.True(t, c.Secure)
			require.Equal(t, http.SameSiteLaxMode, c.SameSite)
			require.Equal(t, "/", c.Path)
			require.Empty(t, c.Domain)
			require.LessOrEqual(t, len(c.Value), 512)
		}
		require.Len(t, res.Cookies(), 2)
		time.Sleep(20 * 24 * time.Hour)
		res, _ = v.get(landing)
		require.Len(t, res.Cookies(), 2)
		for _, c := range res.Cookies() {
			require.Equal(t, 10*24*60*60, c.MaxAge, c.Name)
		}
	})
}

// TestForgedCookies: what is not ours is no session, and harms nothing.
func TestForgedCookies(t *testing.T) {
	w := newWorld(t, numberPage)
	b := w.browser()
	_ = b.get(landing)
	var stolen string
	for _, c := range b.client.Jar.Cookies(mustURL(t, w.srv.URL)) {
		if c.Name == cookies.SIDName {
			stolen = c.Value
		}
	}
	require.NotEmpty(t, stolen)
	flipped := []byte(stolen)
	flipped[10] ^= 1
	for name, header := range map[string]string{
		"nonsense":   cookies.SIDName + "=nonsense",
		"empty":      cookies.SIDName + "=; " + cookies.CampaignName + "=",
		"one bit":    cookies.SIDName + "=" + string(flipped),
		"oversized":  cookies.SIDName + "=" + strings.Repeat("A", 20_000),
		"wrong name": cookies.CampaignName + "=" + stolen,
		"quoted":     cookies.SIDName + `="` + stolen + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			world := newWorldIn(t, t.TempDir(), numberPage)
			a := world.browser("Cookie", header).get("/")
			require.Equal(t, http.StatusOK, a.StatusCode)
			require.Contains(t, a.text, firstShown, "a new session, not somebody else's")
		})
	}
	duplicate := cookies.SIDName + "=forged; " + cookies.SIDName + "=" + stolen
	calls := w.store.calls.Load()
	require.Contains(t, w.browser("Cookie", duplicate).get("/").text, firstShown)
	require.Equal(t, calls, w.store.calls.Load(), "the first that verifies wins")
}

// TestPageViewsAreCounters: a page view is a daily count, and nothing else.
func TestPageViewsAreCounters(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.tracker.Run(ctx) }()
		synctest.Wait()
		require.ErrorIs(t, w.tracker.Run(ctx), tracking.ErrRunning)

		v := visitor()
		_, _ = v.get(landing)
		_, _ = v.get("/?q=secret")
		_, _ = v.get("/contact")
		time.Sleep(11 * time.Second)
		synctest.Wait()
		today := retention.DateOf(time.Now(), amsterdam(t))
		want := []tracking.Counter{
			{Day: today, Site: "*", Kind: tracking.PageViews, Key: "/", Count: 2},
			{Day: today, Site: "*", Kind: tracking.PageViews, Key: "/contact", Count: 1},
			{Day: today, Site: "*", Kind: tracking.Sessions, Key: "google / cpc / voorjaar", Count: 1},
		}
		stored, err := w.store.Counters(t.Context(), ownCustomer(), today)
		require.NoError(t, err)
		require.Equal(t, want, stored)

		_, _ = v.get("/contact")
		cancel()
		require.NoError(t, <-done, "what is left is stored at the end")
		stored, err = w.store.Counters(t.Context(), ownCustomer(), today)
		require.NoError(t, err)
		require.EqualValues(t, 2, stored[1].Count)
	})
}

// TestFlushIsRetried: counters that could not be stored are stored later, once.
func TestFlushIsRetried(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		v := visitor()
		_, _ = v.get("/")
		broken := errDisk
		w.store.err.Store(&broken)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.tracker.Run(ctx) }()
		time.Sleep(25 * time.Second)
		w.store.err.Store(nil)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		rep, err := w.tracker.Report(t.Context(), "")
		require.NoError(t, err)
		require.EqualValues(t, 1, rep.Counters[0].Count)
		require.Contains(t, w.log.String(), "page views wait in memory")
		cancel()
		require.NoError(t, <-done)
	})
}

// TestRunForgets: session ids leave the store when their leases end, and what
// has been kept for long enough is deleted.
func TestRunForgets(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world, visitor func() *timeline) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.tracker.Run(ctx) }()
		_, _ = visitor().get(landing)
		rep, err := w.tracker.Report(t.Context(), "")
		require.NoError(t, err)
		require.False(t, rep.Pools[0].Leases[0].Session.IsZero())
		require.Equal(t, 1, rep.Pools[0].Live)

		time.Sleep(4 * time.Minute)
		synctest.Wait()
		rep, err = w.tracker.Report(t.Context(), "")
		require.NoError(t, err)
		require.True(t, rep.Pools[0].Leases[0].Session.IsZero())
		require.Zero(t, rep.Pools[0].Live)
		cancel()
		require.NoError(t, <-done)
	})
}

// TestRunForgetsAtMonthEnds: a period in months ends with the day of that number,
// or the last of a shorter month, and not a day later.
func TestRunForgetsAtMonthEnds(t *testing.T) {
	for name, c := range map[string]struct {
		started, now time.Time
		kept         bool
	}{
		"the last day of the period": {time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC), time.Date(2027, 3, 28, 12, 0, 0, 0, time.UTC), true},
		"three days after it":        {time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC), time.Date(2027, 3, 31, 12, 0, 0, 0, time.UTC), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(c.now))
				w := newStoppedWorld(t, t.TempDir())
				number, err := numberpool.ParseNumber("+31850000001")
				require.NoError(t, err)
				_, err = w.store.PutCall(t.Context(), tracking.Call{
					Customer: ownCustomer(), Carrier: "twilio", ID: "CA1", Dialled: number, Caller: "pseudonym", CallerHint: "78",
					State: tracking.Finished, StartedAt: c.started, ReceivedAt: c.started,
				}, nil)
				require.NoError(t, err)
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan error)
				go func() { done <- w.tracker.Run(ctx) }()
				synctest.Wait()
				cancel()
				require.NoError(t, <-done)
				require.Equal(t, c.kept, w.storedCalls()[0].Caller != "")
			})
		})
	}
}
