package retention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// fallsDue requires the last day and the first instant after it of a call under
// an agreement.
func fallsDue(t *testing.T, a retention.Agreement, last, due string) {
	t.Helper()
	made := terms(t, nil, a)
	rec := call(t, "2025-06-01T12:00:00Z")
	rec.Fields = nil
	at := instant(t, due)
	d := made.Decide(rec, at)
	require.Equal(t, last, d.Last.String())
	require.Equal(t, due, d.Due.UTC().Format(time.RFC3339))
	require.Equal(t, retention.Due, d.State)
	require.NotEqual(t, retention.Due, made.Decide(rec, at.Add(-1)).State, "one nanosecond before")
}

func endsAndFallsDue(t *testing.T) {
	t.Helper()
	fallsDue(t, signed(t, "2024-05-01", "2026-11-30"), "2027-02-28", "2027-02-28T23:00:00Z")
	fallsDue(t, signed(t, "2024-05-01", "2027-11-30"), "2028-02-29", "2028-02-29T23:00:00Z")
}

func manyEndsOneLastDay(t *testing.T) {
	t.Helper()
	for _, end := range []string{"2026-11-28", "2026-11-29", "2026-11-30"} {
		fallsDue(t, signed(t, "2024-05-01", end), "2027-02-28", "2027-02-28T23:00:00Z")
	}
}

func winterToSummer(t *testing.T) {
	t.Helper()
	fallsDue(t, signed(t, "2024-05-01", "2025-12-31"), "2026-03-31", "2026-03-31T22:00:00Z")
}

func dayOf23Hours(t *testing.T) {
	t.Helper()
	fallsDue(t, signed(t, "2024-05-01", "2025-12-29"), "2026-03-29", "2026-03-29T22:00:00Z")
}

func monthsAreNotDays(t *testing.T) {
	t.Helper()
	fallsDue(t, signed(t, "2024-05-01", "2026-07-01"), "2026-10-01", "2026-10-01T22:00:00Z")
}

func noWeekendRule(t *testing.T) {
	t.Helper()
	require.Equal(t, time.Saturday, day(t, "2026-02-28").Start(time.UTC).Weekday())
	fallsDue(t, signed(t, "2024-05-01", "2025-11-30"), "2026-02-28", "2026-02-28T23:00:00Z")
}

func afterTheEndLocally(t *testing.T) {
	t.Helper()
	w, err := signed(t, "2024-05-01", "2026-06-30").Window()
	require.NoError(t, err)
	at := instant(t, "2026-06-30T22:30:00Z")
	require.False(t, w.MayTrack(at), "00:30 of the first of July")
	require.False(t, w.MayStoreCall(at, at))
}

// datesSurviveTheZone: Lagos is what Amsterdam will be when winter time is kept
// all year.
func datesSurviveTheZone(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2025-12-31")
	planned := terms(t, nil, a).Decide(call(t, "2025-06-01T12:00:00Z"), instant(t, "2026-04-02T00:00:00Z"))
	a.Zone = "Africa/Lagos"
	run := terms(t, nil, a).Decide(call(t, "2025-06-01T12:00:00Z"), instant(t, "2026-04-02T00:00:00Z"))
	require.Equal(t, planned.Last, run.Last, "the date is what was signed")
	require.Equal(t, time.Hour, run.Due.Sub(planned.Due), "the instant follows from the rules of the day")
}

func zoneOfTheAgreement(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Zone = "America/Aruba"
	fallsDue(t, a, "2027-02-28", "2027-03-01T04:00:00Z")
}

func notStarted(t *testing.T) {
	t.Helper()
	made := terms(t, nil, signed(t, "2026-12-01", "2027-11-30"))
	changes(t, made, call(t, "2026-11-20T12:00:00Z"), "2026-11-20T12:00:00Z not started", "2026-11-30T23:00:00Z active")
	w, err := signed(t, "2026-12-01", "2027-11-30").Window()
	require.NoError(t, err)
	require.False(t, w.MayTrack(w.Start.Add(-1)))
}

func clockGoesBack(t *testing.T) {
	t.Helper()
	made := terms(t, nil, signed(t, "2024-05-01", "2026-11-30"))
	for _, class := range []retention.Class{"call", "visit", "notes", "page view"} {
		rec := call(t, "2026-06-01T12:00:00Z")
		rec.Class = class
		require.Equal(t, retention.NotStarted, made.Decide(rec, time.Unix(0, 0)).State, class)
		require.Equal(t, retention.Due, made.Decide(rec, instant(t, "2027-03-01T00:00:00Z")).State, class)
	}
}

func stampedInTheFuture(t *testing.T) {
	t.Helper()
	made := terms(t, nil, retention.OwnUse("acme", day(t, "2024-01-01")))
	rec := visit(t, "2026-11-20T12:00:00Z")
	rec.Customer = retention.OwnUse("acme", day(t, "2024-01-01")).Customer
	rec.Times["started"] = instant(t, "2099-01-01T00:00:00Z")
	d := made.Decide(rec, instant(t, "2026-11-21T00:00:00Z"))
	require.Equal(t, "2026-12-20", d.Last.String(), "from when the server stored it")
	require.Contains(t, d.Reason, "in the future")

	rec.Asked = instant(t, "2026-11-22T09:00:00Z")
	require.Equal(t, retention.Due, made.Decide(rec, rec.Asked).State, "and does not escape an erasure")
	erasing := retention.OwnUse("acme", day(t, "2024-01-01"))
	erasing.EraseThrough, rec.Asked = day(t, "2026-11-25"), time.Time{}
	require.Equal(t, retention.Due, terms(t, nil, erasing).Decide(rec, instant(t, "2026-11-25T09:00:00Z")).State)
}

func twoClocks(t *testing.T) {
	t.Helper()
	made := terms(t, nil, signed(t, "2024-05-01", "2026-11-30"))
	now := instant(t, "2026-09-01T00:00:00Z")
	require.Equal(t, retention.Due, made.Decide(visit(t, "2026-06-01T12:00:00Z"), now).State)
	require.Equal(t, retention.Active, made.Decide(call(t, "2026-06-01T12:00:00Z"), now).State)
	lease := call(t, "2026-08-31T12:00:00Z")
	lease.Class, lease.Fields = "lease", []string{"session"}
	lease.Times["seen"], lease.Times["expires"] = lease.Stored, lease.Stored.Add(2*time.Minute)
	d := made.Decide(lease, now)
	require.Equal(t, retention.Active, d.State, "the interval stays")
	require.Equal(t, []string{"session"}, d.Empty, "the session does not")
}
