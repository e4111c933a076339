package numberpool

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// assigned is an assignment of a lease that lasted from one age to another, both
// before noon.
func assigned(campaign string, generation uint64, from, to time.Duration) Lease {
	return Lease{
		Generation: generation, Since: noon.Add(-from), SeenAt: noon.Add(-to),
		ExpiresAt: noon.Add(-to + DefaultHold), Attribution: Attribution{Name: campaign},
	}
}

// TestResolveCountsASessionOnce: a session that came back by another campaign
// has two assignments, and is as likely to call as a session with one.
func TestResolveCountsASessionOnce(t *testing.T) {
	const m = time.Minute
	for name, c := range map[string]struct {
		holders []Lease
		want    []string // campaigns of the candidates, in order
	}{
		"the later campaign": {
			[]Lease{assigned("new", 1, 2*m, m), assigned("old", 1, 9*m, 3*m)}, []string{"new"},
		},
		"in any order": {
			[]Lease{assigned("old", 1, 9*m, 3*m), assigned("new", 1, 2*m, m)}, []string{"new"},
		},
		"a call before it came back": {
			[]Lease{assigned("new", 1, -m, -2*m), assigned("old", 1, 9*m, 3*m)}, []string{"old"},
		},
		"three of one, one of another": {
			[]Lease{
				assigned("c", 2, m, m), assigned("b", 2, 2*m, 2*m), assigned("a", 2, 3*m, 3*m),
				assigned("x", 1, 9*m, 8*m),
			},
			[]string{"c", "x"},
		},
		"began at one instant: the first, as stores return them": {
			[]Lease{assigned("new", 1, m, m), assigned("old", 1, m, m)}, []string{"new"},
		},
		"without a generation nobody knows": {
			[]Lease{assigned("a", 0, m, m), assigned("b", 0, 2*m, 2*m)}, []string{"a", "b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			res := Resolve(c.holders, noon)
			var got []string
			for _, candidate := range res.Candidates {
				got = append(got, candidate.Lease.Attribution.Name)
			}
			require.Equal(t, c.want, got)
		})
	}
	// The probability is that of one session.
	one := Resolve([]Lease{assigned("new", 1, 2*m, m)}, noon)
	two := Resolve([]Lease{assigned("new", 1, 2*m, m), assigned("old", 1, 9*m, 3*m)}, noon)
	require.InDelta(t, one.Nobody, two.Nobody, 1e-12)
}

// TestCallIntensity: the model is a distribution. Integrated over all ages it is
// the share of sessions that call, and half of the calls come within 3 scales.
func TestCallIntensity(t *testing.T) {
	integral := func(from, to time.Duration) float64 {
		// Ages in steps that grow with the age, as the intensity falls.
		sum := 0.0
		for age := from; age < to; {
			step := max(age/200, 10*time.Millisecond)
			sum += callIntensity(age+step/2) * step.Seconds()
			age += step
		}
		return sum
	}
	for age, share := range map[time.Duration]float64{
		lomaxScale: 1 - math.Pow(2, -lomaxShape), 3 * lomaxScale: .5, 24 * time.Hour: .9628,
	} {
		require.InDelta(t, callRate*share, integral(0, age), callRate*.005, age)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := time.Duration(rapid.Int64Range(0, int64(Window)).Draw(t, "a"))
		b := time.Duration(rapid.Int64Range(0, int64(Window)).Draw(t, "b"))
		require.LessOrEqual(t, callIntensity(max(a, b)), callIntensity(min(a, b)))
	})
}

// TestCreditTable: a campaign is what its candidates have together.
func TestCreditTable(t *testing.T) {
	candidate := func(source, term string, p float64) Candidate {
		return Candidate{Lease: Lease{Attribution: Attribution{Source: source, Term: term}}, Probability: p}
	}
	for name, c := range map[string]struct {
		candidates []Candidate
		minimum    float64
		want       string // the term of the credited attribution; "" is none
		p          float64
	}{
		"nobody":                    {nil, 0, "", 0},
		"one":                       {[]Candidate{candidate("a", "1", .7)}, .5, "1", .7},
		"exactly the minimum":       {[]Candidate{candidate("a", "1", .5)}, .5, "1", .5},
		"below the minimum":         {[]Candidate{candidate("a", "1", .49)}, .5, "", .49},
		"two of one campaign":       {[]Candidate{candidate("b", "2", .4), candidate("a", "1", .3), candidate("a", "3", .25)}, .5, "1", .55},
		"equal sums: the likelier":  {[]Candidate{candidate("a", "1", .5), candidate("b", "2", .25), candidate("b", "3", .25)}, .1, "1", .5},
		"no campaign is one, too":   {[]Candidate{candidate("", "direct", .9)}, .5, "direct", .9},
		"nothing is no explanation": {[]Candidate{candidate("a", "1", 0)}, 0, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			a, p, ok := Resolution{Candidates: c.candidates}.Credit(c.minimum)
			require.Equal(t, c.want, a.Term)
			require.InDelta(t, c.p, p, 1e-12)
			require.Equal(t, c.want != "", ok)
		})
	}
}

// TestCreditInvariants: what is credited is at least as likely as any candidate,
// and a higher minimum never finds more.
func TestCreditInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var holders []Lease
		for range rapid.IntRange(0, 8).Draw(t, "holders") {
			campaign := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "campaign")
			holders = append(holders, seen(campaign, time.Duration(rapid.Int64Range(0, int64(Window)).Draw(t, "age"))))
		}
		res := Resolve(holders, noon)
		_, p, ok := res.Credit(0)
		require.Equal(t, len(res.Candidates) > 0, ok)
		for _, c := range res.Candidates {
			require.GreaterOrEqual(t, p, c.Probability)
		}
		require.LessOrEqual(t, p+res.Nobody, 1+1e-9)
		minimum := rapid.Float64Range(0, 1).Draw(t, "minimum")
		a, same, ok := res.Credit(minimum)
		require.InDelta(t, p, same, 0)
		require.Equal(t, p > 0 && p >= minimum, ok)
		require.True(t, ok || a == Attribution{})
	})
}
