package dashboard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// TestLongTables: a table has an end, and says what is not in it.
func TestLongTables(t *testing.T) {
	rep := emptyReport(t)
	day := retention.Date{Year: 2026, Month: 11, Day: 24}
	for i := range 1000 {
		rep.Calls = append(rep.Calls, tracking.Call{StartedAt: at.Add(-time.Duration(i) * time.Minute), Attribution: spring})
	}
	for i := range 101 {
		rep.Counters = append(rep.Counters,
			tracking.Counter{Day: day, Kind: tracking.Sessions, Key: fmt.Sprintf("s%d / m / c", i), Count: int64(i)})
	}
	for i := range 150 {
		rep.Counters = append(rep.Counters,
			tracking.Counter{Day: day, Kind: tracking.PageViews, Key: fmt.Sprintf("/%d", i), Count: int64(i)})
	}
	b := showing(t, rep)
	text := b.get("/")
	require.Len(t, table(t, text, callsTable), 1+200)
	require.Contains(t, text, "het nieuwste eerst: 200 van 1000")
	require.Contains(t, text, "<dt>Waarvan toegewezen aan een bezoek</dt><dd>1000</dd>")
	require.Len(t, table(t, text, sessionsTable), 1+100)
	require.Contains(t, text, "Nog 1 regel past hier niet.")
	require.Contains(t, text, "<dt>Sessies in de laatste 30 dagen</dt><dd>5050</dd>")
	require.Len(t, table(t, text, pageViewsTable), 1+100)
	require.Contains(t, text, "Nog 50 regels passen hier niet.")
	require.Equal(t, []string{"24 nov 2026", "/149", "149"}, table(t, text, pageViewsTable)[1])
	require.Equal(t, 1001, strings.Count(b.get("/calls.csv"), "\n"), "the downloads have all")
}

// TestSeveralSites: with more than one site, each row says which.
func TestSeveralSites(t *testing.T) {
	rep := emptyReport(t)
	day := retention.Date{Year: 2026, Month: 2, Day: 3}
	for _, kind := range []tracking.CounterKind{tracking.Sessions, tracking.PageViews, "of tomorrow"} {
		for i, site := range []string{"a.example", "b.example"} {
			rep.Counters = append(rep.Counters, tracking.Counter{Day: day, Site: site, Kind: kind, Key: "(other)", Count: int64(i + 1)})
		}
	}
	rep.Counters = append(rep.Counters, tracking.Counter{Site: "a.example", Kind: tracking.PageViews, Key: "/zero"})
	text := showing(t, rep).get("/")
	require.Equal(t, [][]string{
		{"Dag", "Site", "Bron", "Medium", "Campagne", "Sessies"},
		{"3 feb 2026", "b.example", "(other)", "–", "–", "2"},
		{"3 feb 2026", "a.example", "(other)", "–", "–", "1"},
	}, table(t, text, sessionsTable))
	require.Equal(t, [][]string{
		{"Dag", "Site", "Pad", "Weergaven"},
		{"3 feb 2026", "b.example", "(other)", "2"},
		{"3 feb 2026", "a.example", "(other)", "1"},
		{"", "a.example", "/zero", "0"},
	}, table(t, text, pageViewsTable))
	require.NotContains(t, text, "of tomorrow")
}

// TestLiveSessions: a session with a number in each of two pools is one session,
// and one whose lease has ended is none.
func TestLiveSessions(t *testing.T) {
	rep := emptyReport(t)
	lease := func(id byte, end time.Time) numberpool.Lease {
		return numberpool.Lease{Number: number(t, "+31850000001"), Generation: 1, Session: numberpool.SessionID{id}, ExpiresAt: end}
	}
	later := at.Add(time.Nanosecond)
	rep.Pools = []tracking.PoolReport{
		{SwapTarget: "+31851234567", Live: 2, Leases: []numberpool.Lease{lease(1, later), lease(2, later), lease(3, at)}},
		{SwapTarget: "+31851234568", Live: 2, Leases: []numberpool.Lease{lease(1, later), lease(0, later), lease(4, at.Add(-1))}},
	}
	text := showing(t, rep).get("/")
	require.Contains(t, text, "<dt>Sessies met een eigen nummer, nu</dt><dd>2</dd>")
	require.Equal(t, 4, strings.Count(text, "bezet tot"))
	require.Equal(t, 2, strings.Count(text, "vrij sinds"))
	require.Contains(t, text, `id="pool-0"`)
	require.Contains(t, text, `id="pool-1"`)
}
