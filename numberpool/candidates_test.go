package numberpool

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// noon is when the calls of these tests start.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// seen returns an assignment of a campaign that was last seen age before noon.
func seen(campaign string, age time.Duration) Lease {
	at := noon.Add(-age)
	return Lease{Since: at, SeenAt: at, ExpiresAt: at.Add(DefaultHold), Attribution: Attribution{Name: campaign}}
}

func TestResolve(t *testing.T) {
	for name, c := range map[string]struct {
		holders []Lease
		first   string  // campaign of the first candidate
		atLeast float64 // its probability
		atMost  float64
		count   int
	}{
		"nobody was shown the number":          {count: 0},
		"a visitor on the page":                {[]Lease{seen("a", 10*time.Second)}, "a", .99, 1, 1},
		"a visitor ten minutes ago":            {[]Lease{seen("a", 10*time.Minute)}, "a", .97, 1, 1},
		"a visitor three weeks ago":            {[]Lease{seen("a", 21*24*time.Hour)}, "a", 0, .01, 1},
		"the later of two":                     {[]Lease{seen("old", time.Hour), seen("new", time.Minute)}, "new", .95, 1, 2},
		"two at the same time are as likely":   {[]Lease{seen("a", time.Minute), seen("b", time.Minute)}, "a", .49, .5, 2},
		"a holder after the call is none":      {[]Lease{seen("late", -time.Second), seen("a", time.Hour)}, "a", .5, 1, 1},
		"a holder beyond the window is none":   {[]Lease{seen("a", Window+time.Second)}, "", 0, 0, 0},
		"a holder at the end of the window is": {[]Lease{seen("a", Window)}, "a", 0, .01, 1},
	} {
		t.Run(name, func(t *testing.T) {
			res := Resolve(c.holders, noon)
			require.Len(t, res.Candidates, c.count)
			if c.count == 0 {
				require.InDelta(t, 1, res.Nobody, 1e-12)
				return
			}
			require.Equal(t, c.first, res.Candidates[0].Lease.Attribution.Name)
			require.GreaterOrEqual(t, res.Candidates[0].Probability, c.atLeast)
			require.LessOrEqual(t, res.Candidates[0].Probability, c.atMost)
		})
	}
}

// TestResolveSeenAfterStart: a session that was on the site before and after the
// call started is a candidate of age zero.
func TestResolveSeenAfterStart(t *testing.T) {
	l := seen("a", time.Minute)
	l.SeenAt = noon.Add(time.Minute)
	require.Greater(t, Resolve([]Lease{l}, noon).Candidates[0].Probability, .99)
}

// TestResolveInvariants: probabilities add up, are ranked, and fall with age.
func TestResolveInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ages := rapid.SliceOf(rapid.Int64Range(-int64(time.Hour), int64(2*Window))).Draw(t, "ages")
		var holders []Lease
		for i, age := range ages {
			l := seen(fmt.Sprint(i), time.Duration(age))
			l.Session = SessionID{1}
			holders = append(holders, l)
		}
		res := Resolve(holders, noon)
		sum, last := res.Nobody, math.Inf(1)
		for _, c := range res.Candidates {
			require.LessOrEqual(t, c.Probability, last)
			require.True(t, c.Lease.Session.IsZero(), "no candidate has a session")
			sum, last = sum+c.Probability, c.Probability
		}
		require.InDelta(t, 1, sum, 1e-9)
	})
}

func TestCredit(t *testing.T) {
	campaign := func(source, name, landing string, age time.Duration) Lease {
		l := seen(name, age)
		l.Attribution.Source, l.Attribution.Landing = source, landing
		return l
	}
	res := Resolve([]Lease{
		campaign("google", "spring", "/", 2*time.Minute),
		campaign("bing", "spring", "/", time.Minute),
		campaign("google", "spring", "/contact", 90*time.Second),
	}, noon)
	got, p, ok := res.Credit(.5)
	require.True(t, ok, "two candidates of one campaign outweigh the latest visitor")
	require.Equal(t, "google", got.Source)
	require.Equal(t, "/contact", got.Landing, "the likelier of the two")
	require.Greater(t, p, .5)

	_, p2, ok := res.Credit(.99)
	require.False(t, ok, "nobody is that sure")
	require.InDelta(t, p, p2, 1e-12)

	_, p, ok = Resolution{Nobody: 1}.Credit(0)
	require.False(t, ok)
	require.Zero(t, p)
}

func ExampleResolve() {
	start := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	holders := []Lease{{
		Since:       start.Add(-3 * time.Minute),
		SeenAt:      start.Add(-1 * time.Minute),
		Attribution: Attribution{Source: "google", Medium: "cpc"},
	}}
	a, p, ok := Resolve(holders, start).Credit(0.5)
	fmt.Printf("%s / %s: %.3f %v\n", a.Source, a.Medium, p, ok)
	// Output: google / cpc: 0.999 true
}

func BenchmarkResolve(b *testing.B) {
	var holders []Lease
	for i := range 50 {
		holders = append(holders, seen("a", time.Duration(i)*time.Hour))
	}
	b.ReportAllocs()
	for b.Loop() {
		Resolve(holders, noon)
	}
}
