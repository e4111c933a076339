package retention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// TestWindow has the instants at which an agreement ends and falls due.
func TestWindow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, end, zone string
		grace           int
		ends, due       string
	}{
		{"month end clamps", "2026-11-30", "", 0, "2026-11-30T23:00:00Z", "2027-02-28T23:00:00Z"},
		{"the day before too", "2026-11-29", "", 0, "2026-11-29T23:00:00Z", "2027-02-28T23:00:00Z"},
		{"and the one before", "2026-11-28", "", 0, "2026-11-28T23:00:00Z", "2027-02-28T23:00:00Z"},
		{"leap year", "2027-11-30", "", 3, "2027-11-30T23:00:00Z", "2028-02-29T23:00:00Z"},
		{"from winter to summer", "2025-12-31", "", 0, "2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z"},
		{"due on a day of 23 hours", "2025-12-29", "", 0, "2025-12-29T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"due on a day of 25 hours", "2026-07-25", "", 0, "2026-07-25T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"three months are not 90 days", "2026-07-01", "", 0, "2026-07-01T22:00:00Z", "2026-10-01T22:00:00Z"},
		{"a Saturday is not extended", "2025-11-30", "", 0, "2025-11-30T23:00:00Z", "2026-02-28T23:00:00Z"},
		{"zone of the agreement", "2026-11-30", "America/Aruba", 0, "2026-12-01T04:00:00Z", "2027-03-01T04:00:00Z"},
		{"zone in UTC", "2026-11-30", "UTC", 0, "2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z"},
		{"one month", "2026-01-31", "", 1, "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"},
		{"no grace", "2026-01-31", "", retention.NoGrace, "2026-01-31T23:00:00Z", "2026-01-31T23:00:00Z"},
		{"many months at once", "2026-01-31", "", 13, "2026-01-31T23:00:00Z", "2027-02-28T23:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := signed(t, "2024-05-01", test.end)
			a.Zone, a.GraceMonths = test.zone, test.grace
			w, err := a.Window()
			require.NoError(t, err)
			require.Equal(t, test.ends, w.End.UTC().Format(time.RFC3339Nano))
			require.Equal(t, test.due, w.Due.UTC().Format(time.RFC3339Nano))
			require.Equal(t, a.Start.Start(w.Start.Location()), w.Start)
		})
	}
}

// TestStates walks over every boundary, one nanosecond on both sides.
func TestStates(t *testing.T) {
	t.Parallel()
	a := signed(t, "2026-03-29", "2026-11-30")
	w, err := a.Window()
	require.NoError(t, err)
	for _, test := range []struct {
		at    time.Time
		state retention.State
		track bool
		call  bool // reported at the instant at which it began
		read  bool
	}{
		{time.Time{}, retention.NotStarted, false, false, false},
		{w.Start.Add(-1), retention.NotStarted, false, false, false},
		{w.Start, retention.Active, true, true, true},
		{w.End.Add(-1), retention.Active, true, true, true},
		{w.End, retention.Grace, false, false, true},
		{w.Due.Add(-1), retention.Grace, false, false, true},
		{w.Due, retention.Due, false, false, false},
		{w.Due.AddDate(100, 0, 0), retention.Due, false, false, false},
	} {
		for _, at := range []time.Time{test.at, test.at.UTC(), test.at.In(time.FixedZone("", 14*3600))} {
			require.Equal(t, test.state, w.State(at), at)
			require.Equal(t, test.state, a.State(at), at)
			require.Equal(t, test.track, w.MayTrack(at), at)
			require.Equal(t, test.call, w.MayStoreCall(at, at), at)
			require.Equal(t, test.read, w.MayRead(at), at)
		}
	}
}

func TestMayStoreCall(t *testing.T) {
	t.Parallel()
	w, err := signed(t, "2026-01-01", "2026-06-30").Window()
	require.NoError(t, err)
	const late = 72 * time.Hour
	for _, test := range []struct {
		name         string
		started, now time.Time
		want         bool
	}{
		{"during the agreement", w.Start.Add(time.Hour), w.Start.Add(2 * time.Hour), true},
		{"beginning unknown during the agreement", time.Time{}, w.Start, true},
		{"began just before the end", w.End.Add(-1), w.End.Add(time.Minute), true},
		{"local 00:30 after the last day", time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC), time.Date(2026, 6, 30, 22, 31, 0, 0, time.UTC), false},
		{"began at the end", w.End, w.End, false},
		{"webhook at 72 hours", w.End.Add(-1), w.End.Add(late), true},
		{"webhook after 72 hours", w.End.Add(-1), w.End.Add(late + 1), false},
		{"an old call reported again in time", w.Start, w.End.Add(time.Hour), true},
		{"began before the agreement, reported after it", w.Start.Add(-1), w.End.Add(time.Hour), false},
		{"beginning unknown in the grace", time.Time{}, w.End.Add(time.Hour), false},
		{"before the agreement", w.Start.Add(-2), w.Start.Add(-1), false},
		{"when due", w.End.Add(-1), w.Due, false},
	} {
		require.Equal(t, test.want, w.MayStoreCall(test.started, test.now), test.name)
	}

	short := signed(t, "2026-01-01", "2026-06-30")
	short.GraceMonths = retention.NoGrace
	w, err = short.Window()
	require.NoError(t, err)
	require.False(t, w.MayStoreCall(w.End.Add(-1), w.End), "without a grace nothing is stored late")
}

// TestWindowFailsClosed has windows that no agreement gives.
func TestWindowFailsClosed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	var zero retention.Window
	require.False(t, zero.MayTrack(now) || zero.MayRead(now) || zero.MayStoreCall(now, now))
	noDue := retention.Window{Start: now.Add(-2), End: now.Add(-1)}
	require.Equal(t, retention.Due, noDue.State(now), "ended, and kept until nobody knows when")
}

func TestStateString(t *testing.T) {
	t.Parallel()
	for state, want := range map[retention.State]string{
		retention.NotStarted: "not started", retention.Active: "active", retention.Grace: "grace", retention.Due: "due", 9: "State(9)",
	} {
		require.Equal(t, want, state.String())
	}
}

// FuzzWindow checks what holds for all agreements: the states come in order and
// what is allowed only becomes less.
func FuzzWindow(f *testing.F) {
	f.Add(uint32(20700), uint16(300), int8(3), uint8(0), int64(1e17))
	f.Add(uint32(20000), uint16(0), int8(-1), uint8(4), int64(0))
	zones := []string{"", "UTC", "America/Aruba", "America/Havana", "Pacific/Apia", "America/St_Johns", "Africa/Cairo"}
	f.Fuzz(func(t *testing.T, start uint32, days uint16, grace int8, zoneIndex uint8, offset int64) {
		first := time.Unix(int64(start%60000)*86400, 0)
		a := signed(t, "2026-01-01", "2026-01-01")
		a.Start = retention.DateOf(first, time.UTC)
		a.End = retention.DateOf(first.AddDate(0, 0, int(days)), time.UTC)
		a.GraceMonths = max(int(grace), retention.NoGrace)
		a.Zone = zones[int(zoneIndex)%len(zones)]
		if a.GraceMonths > 120 {
			t.Skip()
		}
		w, err := a.Window()
		require.NoError(t, err)
		require.False(t, w.End.Before(w.Start))
		require.False(t, w.Due.Before(w.End))

		now := first.Add(time.Duration(offset % int64(100*365*24*time.Hour)))
		later := now.Add(time.Duration(days) * time.Hour)
		require.LessOrEqual(t, w.State(now), w.State(later), "time never brings an agreement back")
		if w.State(now) == retention.Due {
			require.False(t, w.MayTrack(now) || w.MayRead(now) || w.MayStoreCall(a.Start.Start(time.UTC), now))
		}
		if w.MayTrack(now) {
			require.True(t, w.MayRead(now) && w.MayStoreCall(now, now))
		}
	})
}

func BenchmarkWindow(b *testing.B) {
	w, err := signed(b, "2026-01-01", "2026-12-31").Window()
	require.NoError(b, err)
	now := w.Start.Add(time.Hour)
	b.ReportAllocs()
	for b.Loop() {
		if !w.MayTrack(now) {
			b.Fatal("not active")
		}
	}
}
