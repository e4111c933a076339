package numberpool

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// The prior of the call model. A session calls with probability callRate; if it
// does, the time from its last sign to the call follows a Lomax distribution
// F(a) = 1 - (1 + a/lomaxScale)^-lomaxShape: most callers dial within minutes
// and a long tail dials days later. Calls that no holder explains (misdialled,
// printed, spam) arrive at noisePerDay for each number.
const (
	callRate    = 0.04
	lomaxShape  = 0.5
	lomaxScale  = 2 * time.Minute
	noisePerDay = 0.01
)

// Window is how long after its last sign an assignment can explain a call.
const Window = 30 * 24 * time.Hour

// Candidate is an assignment of the dialled number that may explain a call.
type Candidate struct {
	// Lease is the assignment, without session.
	Lease Lease
	// Probability is the posterior probability, 0 to 1, that its holder called.
	Probability float64
}

// Resolution says who may have made a call. The probabilities of all
// candidates and Nobody add up to 1.
type Resolution struct {
	// Candidates are ranked, the most probable first.
	Candidates []Candidate
	// Nobody is the probability, 0 to 1, that no holder called.
	Nobody float64
}

// Resolve ranks the holders of a dialled number, in the order of Pool.Holders,
// for a call that started at the given instant. Holders that were assigned the
// number after the start, or not seen within Window before it, are no
// candidates. Of the assignments of one lease, which have one Generation, only
// the last that began before the call is a candidate: it is one session that
// may have called, and by then it had come by that campaign. Resolve is pure.
func Resolve(holders []Lease, startedAt time.Time) Resolution {
	noise := noisePerDay / (24 * time.Hour).Seconds()
	total := noise
	var res Resolution
	latest := latestAssignments(holders, startedAt)
	for i, h := range holders {
		age := max(startedAt.Sub(h.SeenAt), 0)
		if h.Since.After(startedAt) || age > Window {
			continue
		}
		if j, ok := latest[h.Generation]; ok && i != j {
			continue
		}
		h.Session = SessionID{}
		intensity := callIntensity(age)
		total += intensity
		res.Candidates = append(res.Candidates, Candidate{Lease: h, Probability: intensity})
	}
	for i := range res.Candidates {
		res.Candidates[i].Probability /= total
	}
	res.Nobody = noise / total
	slices.SortStableFunc(res.Candidates, func(a, b Candidate) int {
		return cmp.Compare(b.Probability, a.Probability)
	})
	return res
}

// latestAssignments returns, for each generation, the index of its assignment
// that began last, but not after the start of the call. Generation 0 is not known
// to be one session.
func latestAssignments(holders []Lease, startedAt time.Time) map[uint64]int {
	latest := make(map[uint64]int, len(holders))
	for i, h := range holders {
		if h.Generation == 0 || h.Since.After(startedAt) {
			continue
		}
		if j, ok := latest[h.Generation]; !ok || h.Since.After(holders[j].Since) {
			latest[h.Generation] = i
		}
	}
	return latest
}

// callIntensity is the rate, in calls per second, at which a session calls at
// the given age since its last sign.
func callIntensity(age time.Duration) float64 {
	scale := lomaxScale.Seconds()
	density := lomaxShape / scale * math.Pow(1+age.Seconds()/scale, -(lomaxShape+1))
	return callRate * density
}

// Credit returns the attribution of the campaign whose candidates together are
// the most probable cause of the call, and that probability. A campaign is one
// source, medium and name; its other fields are those of its likeliest
// candidate. Credit returns false if no campaign reaches minimum.
func (r Resolution) Credit(minimum float64) (Attribution, float64, bool) {
	type key struct{ source, medium, name string }
	keyOf := func(a Attribution) key { return key{a.Source, a.Medium, a.Name} }

	sums := make(map[key]float64, len(r.Candidates))
	for _, c := range r.Candidates {
		sums[keyOf(c.Lease.Attribution)] += c.Probability
	}
	// Candidates are ranked, so the first of a campaign is its likeliest, and
	// equal sums fall to the likelier holder.
	var best Attribution
	var probability float64
	for _, c := range r.Candidates {
		if p := sums[keyOf(c.Lease.Attribution)]; p > probability {
			best, probability = c.Lease.Attribution, p
		}
	}
	if probability == 0 || probability < minimum {
		return Attribution{}, probability, false
	}
	return best, probability, true
}
