package numberpool

import "time"

// choose returns the index of the row whose number should be leased next, or -1
// if every number is held or pending. A number that was never leased comes
// first; then the one whose holder was seen longest ago, because that holder is
// the least likely to call now.
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
