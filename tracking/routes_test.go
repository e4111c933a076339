package tracking_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
	"github.com/stretchr/testify/require"
)

// twilio is the carrier of these tests.
var twilio = carrier.Twilio{AuthToken: "0123456789abcdef0123456789abcdef"}

// withTwilio adds it.
func withTwilio(c *tracking.Config) { c.Carriers = []tracking.Carrier{twilio} }

// reportOf is a report on a call that a number of the pool got.
func reportOf(id, status string) url.Values {
	return url.Values{"CallSid": {id}, "To": {"+31850000001"}, "From": {"+31612345678"}, "CallStatus": {status}}
}

// calls returns the calls that are stored.
func (w *world) storedCalls() []tracking.Call {
	w.t.Helper()
	calls, err := w.store.Calls(context.Background(), ownCustomer(), time.Time{}, 100)
	require.NoError(w.t, err)
	return calls
}

// TestCallIsStoredOnce: reports may come in any order and as often as they like.
func TestCallIsStoredOnce(t *testing.T) {
	for name, order := range map[string][]string{
		"in order":  {"initiated", "ringing", "in-progress", "completed"},
		"backwards": {"completed", "in-progress", "ringing", "initiated"},
		"repeated":  {"ringing", "completed", "ringing", "completed", "completed"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, numberPage, withTwilio)
			require.Contains(t, w.browser().get(landing).text, firstShown)
			for _, status := range order {
				form := reportOf("CA1", status)
				if status == "completed" {
					form.Set("CallDuration", "0")
				}
				require.Equal(t, http.StatusNoContent, post(t, w, twilio, form).StatusCode)
			}
			calls := w.storedCalls()
			require.Len(t, calls, 1)
			require.Equal(t, tracking.Finished, calls[0].State)
			require.Equal(t, "google", calls[0].Attribution.Source)
			require.Equal(t, "voorjaar", calls[0].Attribution.Name)
			require.Equal(t, "Paid Search", calls[0].Attribution.Channel)
			require.Greater(t, calls[0].Probability, 0.9)
			require.Equal(t, tracking.Session, calls[0].Rung)
			require.Equal(t, "78", calls[0].CallerHint)
			require.Len(t, calls[0].Caller, 32)
		})
	}
}

// TestReportsThatAreRefused: each with the status that tells the carrier what to
// do, and a line in the log for the operator.
func TestReportsThatAreRefused(t *testing.T) {
	failing := errDisk
	for name, c := range map[string]struct {
		path   string
		change func(*world, url.Values)
		status int
		logged string
	}{
		"wrong signature": {change: func(_ *world, form url.Values) { form.Set("forged", "1") }, status: http.StatusForbidden, logged: "wrong signature"},
		"no call id":      {change: func(_ *world, form url.Values) { form.Del("CallSid") }, status: http.StatusBadRequest, logged: "can't be understood"},
		"store fails": {
			change: func(w *world, _ url.Values) { w.store.err.Store(&failing) },
			status: http.StatusServiceUnavailable, logged: "could not be stored",
		},
		"unknown carrier": {path: "/qooqie/calls/pigeon", status: http.StatusNotFound},
		"too long": {
			change: func(_ *world, form url.Values) { form.Set("x", strings.Repeat("x", 65<<10)) },
			status: http.StatusRequestEntityTooLarge,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, numberPage, withTwilio)
			form := reportOf("CA1", "ringing")
			signed := form
			if name == "wrong signature" {
				signed = reportOf("CA2", "ringing")
			}
			if c.change != nil {
				c.change(w, form)
			}
			path := "/qooqie/calls/twilio"
			if c.path != "" {
				path = c.path
			}
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Twilio-Signature", twilio.Sign("http://example.com"+path, signed))
			rec := httptest.NewRecorder()
			w.tracker.Routes().ServeHTTP(rec, r)
			require.Equal(t, c.status, rec.Code)
			require.Contains(t, w.log.String(), c.logged)
			require.NotContains(t, w.log.String(), "612345678")
			w.store.err.Store(nil)
			require.Empty(t, w.storedCalls())
		})
	}
}

// TestUnknownNumber: with one customer, a call on a number that is nobody's is
// kept, with nobody to credit; with two, nobody knows whose it is.
func TestUnknownNumber(t *testing.T) {
	w := newWorld(t, numberPage, withTwilio)
	form := reportOf("CA1", "ringing")
	form.Set("To", "+31857777777")
	require.Equal(t, http.StatusNoContent, post(t, w, twilio, form).StatusCode)
	calls := w.storedCalls()
	require.Len(t, calls, 1)
	require.Empty(t, calls[0].Pool)
	require.Zero(t, calls[0].Attribution)
	require.Equal(t, tracking.SwapTarget, calls[0].Rung)
	require.Contains(t, w.log.String(), "nobody's")

	w = newWorld(t, numberPage, withTwilio, func(c *tracking.Config) {
		c.Sites[0].Hosts = []string{"127.0.0.1"}
		c.Sites = append(c.Sites, tracking.Site{
			Hosts: []string{"b.example"}, Agreement: retention.OwnUse("B", retention.Date{Year: 2020, Month: 1, Day: 1}),
			Profile: c.Sites[0].Profile, Pools: []tracking.Pool{{SwapTarget: "+31201234567", Numbers: []string{"+31201234568"}}},
		})
	})
	require.Equal(t, http.StatusUnprocessableEntity, post(t, w, twilio, form).StatusCode)
}

// TestCallOnTheSwapTarget: the site's own number is known, and credits nobody.
func TestCallOnTheSwapTarget(t *testing.T) {
	w := newWorld(t, numberPage, withTwilio)
	form := reportOf("CA1", "ringing")
	form.Set("To", ownNumber)
	require.Equal(t, http.StatusNoContent, post(t, w, twilio, form).StatusCode)
	require.Equal(t, tracking.SwapTarget, w.storedCalls()[0].Rung)
	require.NotContains(t, w.log.String(), "nobody's")
}

// TestPublicURL: behind a proxy that ends TLS, the carrier signs another URL than
// the request has.
func TestPublicURL(t *testing.T) {
	w := newWorld(t, numberPage, withTwilio, func(c *tracking.Config) { c.PublicURL = "https://www.example.nl/" })
	form := reportOf("CA1", "ringing")
	require.Equal(t, http.StatusForbidden, post(t, w, twilio, form).StatusCode)

	r := httptest.NewRequest(http.MethodPost, "/qooqie/calls/twilio", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", twilio.Sign("https://www.example.nl/qooqie/calls/twilio", form))
	rec := httptest.NewRecorder()
	w.tracker.Routes().ServeHTTP(rec, r)
	require.Equal(t, http.StatusNoContent, rec.Code)
}

// TestHealth: healthz lives without the store, Ready does not.
func TestHealth(t *testing.T) {
	w := newWorld(t, numberPage)
	a := w.browser().get("/qooqie/healthz")
	require.JSONEq(t, `{"status": "ok", "run": false}`, a.text)
	require.Equal(t, "no-store", a.Header.Get("Cache-Control"))

	ready := func() (int, string) {
		rec := httptest.NewRecorder()
		w.tracker.Ready().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
		return rec.Code, rec.Body.String()
	}
	code, text := ready()
	require.Equal(t, http.StatusServiceUnavailable, code)
	require.JSONEq(t, `{"ready": false, "missing": ["Run is not running"]}`, text)

	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.tracker.Run(ctx) }()
	require.Eventually(t, func() bool { code, _ := ready(); return code == http.StatusOK }, 10*time.Second, time.Millisecond)
	require.ErrorIs(t, w.tracker.Run(ctx), tracking.ErrRunning)

	broken := errDisk
	w.store.err.Store(&broken)
	_, text = ready()
	require.JSONEq(t, `{"ready": false, "missing": ["the store of *"]}`, text)
	require.Equal(t, http.StatusOK, w.browser().get("/qooqie/healthz").StatusCode, "a restart cures no database")
	w.store.err.Store(nil)
	cancel()
	require.NoError(t, <-done)
}

func ExampleTracker_Routes() {
	tracker := exampleTracker(&countingStore{})
	rec := httptest.NewRecorder()
	tracker.Routes().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/qooqie/healthz", nil))
	fmt.Print(rec.Body)
	// Output: {"run":false,"status":"ok"}
}
