package numberpool

import "time"

// choose returns the index of the row whose number should be leased next, or -1
// if every number is held or pending. A number that was never leased comes
// first, for nobody can call it on account of an earlier visit; then the one
// whose holder was seen longest ago, because that holder is the least likely to
// call now: the rate of calls falls with the time since the last sign, see
// callIntensity. Of equals the lowest number wins, so that a test can say which.
func choose(rows []row, now time.Time) int {
	best := -1
	for i := range rows {
		r := &rows[i]
		if r.pending || r.Live(now) {
			continue
		}
		if r.Generation == 0 {
			return i
		}
		if best < 0 || r.SeenAt.Before(rows[best].SeenAt) {
			best = i
		}
	}
	return best
}
