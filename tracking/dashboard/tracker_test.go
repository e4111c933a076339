package dashboard_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/dashboard"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/stretchr/testify/require"
)

// desk is a carrier that reports one call on a number, whatever is posted.
type desk struct {
	dialled numberpool.Number
	started time.Time
}

// Name returns "desk".
func (desk) Name() string { return "desk" }

// Parse returns the call.
func (d desk) Parse(*http.Request, string, []byte, time.Time) (tracking.CallReport, error) {
	return tracking.CallReport{
		ID: "D1", Dialled: d.dialled, Caller: "+31612345642", State: tracking.Finished,
		StartedAt: d.started, Duration: 42 * time.Second,
	}, nil
}

// site is a tracked site with a store on disk.
type site struct {
	tracker *tracking.Tracker
	store   *sqlite.Store
	pool    numberpool.PoolID
	numbers []numberpool.Number
}

// newSite returns a site under the agreement with two numbers and one call.
func newSite(t *testing.T, agreement retention.Agreement) *site {
	t.Helper()
	dir := t.TempDir()
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "qooqie.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	s := &site{
		store:   store,
		pool:    numberpool.PoolID{Customer: agreement.Customer, Name: "balie"},
		numbers: []numberpool.Number{number(t, "+31850000001"), number(t, "+31850000002")},
	}
	s.tracker, err = tracking.New(store, tracking.Config{
		Vault:    retention.DirVault(filepath.Join(dir, "vault")),
		Logger:   slog.New(slog.DiscardHandler),
		Carriers: []tracking.Carrier{desk{s.numbers[0], at}},
		Sites: []tracking.Site{{
			Agreement: agreement,
			Profile:   cookies.Netherlands,
			Pools: []tracking.Pool{{
				Name: "balie", SwapTarget: "+31851234567", Numbers: []string{"+31850000001", "+31850000002"},
			}},
		}},
	})
	require.NoError(t, err)
	return s
}

// lease gives the first number to the tests' session, from since to end.
func (s *site) lease(t *testing.T, since, end time.Time) {
	t.Helper()
	_, err := s.store.PoolLeases(t.Context(), s.pool, s.numbers)
	require.NoError(t, err)
	_, err = s.store.GrantLease(t.Context(), numberpool.Lease{
		Pool: s.pool, Number: s.numbers[0], Generation: 1, Session: session,
		Since: since, SeenAt: since, ExpiresAt: end, Attribution: spring,
	})
	require.NoError(t, err)
}

// call has the carrier report its call.
func (s *site) call(t *testing.T) {
	t.Helper()
	rec := httptest.NewRecorder()
	s.tracker.Routes().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/qooqie/calls/desk", http.NoBody))
	require.Equal(t, http.StatusNoContent, rec.Code)
}

// TestTracker: a lease, page views and a call of a real tracker, from the store
// to the page and the downloads.
func TestTracker(t *testing.T) {
	own := retention.OwnUse("De Kwikstaart", retention.Date{Year: 2000, Month: 1, Day: 1})
	s := newSite(t, own)
	b := newBoard(t, s.tracker)
	require.Contains(t, b.get("/"), "vrij, nog nooit gebruikt")
	require.Equal(t, "[]\n", b.get("/calls.json"))

	s.lease(t, at.Add(-time.Minute), at.AddDate(100, 0, 0))
	s.call(t)
	rep, err := s.tracker.Report(t.Context(), "")
	require.NoError(t, err)
	today := retention.DateOf(rep.At, rep.Zone)
	require.NoError(t, s.store.AddCounters(t.Context(), own.Customer, []tracking.Counter{
		{Day: today, Kind: tracking.PageViews, Key: "/diensten", Count: 12},
		{Day: today, Kind: tracking.Sessions, Key: "google / cpc / voorjaar", Count: 3},
	}))

	text := b.get("/")
	require.Equal(t, "bezet tot 24 nov 2126 13:00:00", cell(t, text, numbersTable, "Stand"))
	require.Equal(t, "voorjaar", cell(t, text, numbersTable, "Campagne"))
	require.Contains(t, text, "1 van 2 bezet")
	require.Equal(t, "3", cell(t, text, sessionsTable, "Sessies"))
	require.Equal(t, "12", cell(t, text, pageViewsTable, "Weergaven"))
	require.Equal(t, "…42", cell(t, text, callsTable, "Beller"))
	requireAccessible(t, text)

	call := readJSON(t, b.get("/calls.json"))[0]
	for field, want := range map[string]any{
		"dialled": "+31850000001", "started_at": "2026-11-24T12:00:00Z", "source": "google", "medium": "cpc",
		"campaign": "voorjaar", "channel": "Paid Search", "rung": "session", "carrier": "desk", "call_id": "D1",
		"pool": "balie", "state": "finished", "duration_seconds": 42.0, "caller_hint": "42", "landing": "/diensten",
	} {
		require.Equal(t, want, call[field], field)
	}
	require.Greater(t, call["probability"], 0.5)
	require.Len(t, readCSV(t, b.get("/calls.csv")), 2)

	said := everything(t, b)
	for how, secret := range spellings(session[:]) {
		require.NotContains(t, said, secret, how)
	}
	for _, secret := range []string{rep.Calls[0].Caller, "31612345642", "612345642", password} {
		require.NotEmpty(t, secret)
		require.NotContains(t, said, secret)
	}
}

// TestTrackerStates: the agreement of a real tracker decides what is shown.
func TestTrackerStates(t *testing.T) {
	day := func(year int) retention.Date { return retention.Date{Year: year, Month: time.January, Day: 1} }
	for name, c := range map[string]struct {
		start, end retention.Date
		text       string
		status     int
	}{
		"not started": {day(9000), day(9001), "nog niet ingegaan", http.StatusForbidden},
		"active":      {day(2000), day(9001), "van kracht", http.StatusOK},
		"due":         {day(2000), day(2001), "bewaartermijn is voorbij", http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t, newSite(t, retention.Agreement{
				ID: "2026-17", Customer: "kwikstaart", Controller: "De Kwikstaart", Start: c.start, End: c.end,
			}).tracker)
			require.Contains(t, b.get("/"), c.text)
			require.Equal(t, c.status, b.do(http.MethodGet, "/calls.csv").Code)
			require.Equal(t, c.status, b.do(http.MethodGet, "/calls.json").Code)
		})
	}
}

// TestTrackerUnknownCustomer: a customer that the tracker does not know.
func TestTrackerUnknownCustomer(t *testing.T) {
	s := newSite(t, retention.OwnUse("De Kwikstaart", retention.Date{Year: 2000, Month: 1, Day: 1}))
	h, err := dashboard.New(dashboard.Config{Source: s.tracker, Password: password, Customer: "buizerd"})
	require.NoError(t, err)
	b := &board{Handler: h, t: t}
	for _, path := range dataPaths {
		rec := b.do(http.MethodGet, path)
		require.Equal(t, http.StatusNotFound, rec.Code)
		require.Equal(t, "Deze klant is hier niet bekend.\n", rec.Body.String())
	}
}

// TestConcurrency: many look at once while calls come in.
func TestConcurrency(t *testing.T) {
	s := newSite(t, retention.OwnUse("De Kwikstaart", retention.Date{Year: 2000, Month: 1, Day: 1}))
	b := newBoard(t, s.tracker)
	var wg sync.WaitGroup
	codes := make(chan string, 100)
	for range 8 {
		wg.Go(func() {
			for _, path := range allPaths {
				codes <- fmt.Sprint(b.do(http.MethodGet, path).Code)
			}
		})
	}
	s.call(t)
	wg.Wait()
	close(codes)
	for code := range codes {
		require.Equal(t, "200", code)
	}
}
