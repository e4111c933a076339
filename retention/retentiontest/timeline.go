package retentiontest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qooqie/qooqie/retention"
)

// maxSteps bounds a timeline. The longest that makes sense has a dozen lines.
const maxSteps = 1000

// decider is what decides: [retention.Terms], or a broken one in our own tests.
type decider interface {
	Decide(rec retention.Record, now time.Time) retention.Decision
}

// step is a change in the life of a record.
type step struct {
	at time.Time
	// decision is the one at that instant, with everything that is to be done.
	decision retention.Decision
	// settled is the decision after the fields that were to be emptied are.
	settled retention.Decision
	// before and after have the record's fields around the step.
	before, after []string
}

// line returns the step as it stands in a timeline.
func (s step) line(loc *time.Location) string { return when(s.at, loc) + " " + s.decision.String() }

// when returns an instant as a date, if the local day begins with it, or as a
// time.
func when(t time.Time, loc *time.Location) string {
	if d := retention.DateOf(t, loc); d.Start(loc).Equal(t) {
		return d.String()
	}
	return t.In(loc).Format(time.RFC3339Nano)
}

// walk follows a record from the day it was stored until nothing changes any
// more. Fields are emptied when that is due, as a sweeper does.
func walk(terms decider, rec retention.Record, from time.Time) []step {
	var steps []step
	shown := ""
	rec.Fields = slices.Clone(rec.Fields)
	// Only instants at which something can change are looked at: Next names the
	// following one. That it skips none is what boundaries checks.
	for now, n := from, 0; !now.IsZero() && n < maxSteps; n++ {
		d := terms.Decide(rec, now)
		s := step{at: now, decision: d, settled: d, before: slices.Clone(rec.Fields)}
		if len(d.Empty) > 0 {
			// From here the record is what is left of it, and shows why that is
			// kept.
			rec.Fields = slices.DeleteFunc(slices.Clone(rec.Fields), func(f string) bool { return slices.Contains(d.Empty, f) })
			s.settled = terms.Decide(rec, now)
		}
		s.after = rec.Fields
		if d.String() != shown {
			steps = append(steps, s)
		}
		shown, now = s.settled.String(), s.settled.Next
	}
	return steps
}

// begin returns the instant at which the life of a record begins: when it was
// stored, or at its earliest time, or with the first agreement.
func (c *testCase) begin(r *caseRecord) time.Time {
	if !r.Stored.IsZero() {
		return r.Stored
	}
	var first time.Time
	for _, t := range r.Times {
		if first.IsZero() || t.Before(first) {
			first = t
		}
	}
	if first.IsZero() {
		first = c.agreements[0].Start.Start(c.zone)
	}
	return first
}

// boundaries checks each change of a timeline one nanosecond before and after
// it, and the middle of what lies between two: a rule that changes its mind
// where nothing is written is found there.
func boundaries(terms decider, rec retention.Record, steps []step, loc *time.Location) []string {
	var wrong []string
	check := func(at time.Time, fields []string, want retention.Decision, where string) {
		rec.Fields = fields
		if got := terms.Decide(rec, at); got.String() != want.String() {
			wrong = append(wrong, fmt.Sprintf("%s %s: %s, and not %s", at.In(loc).Format(time.RFC3339Nano), where, got, want))
		}
	}
	for i, s := range steps {
		if i > 0 {
			old := steps[i-1]
			check(s.at.Add(-1), old.after, old.settled, "one nanosecond before a change")
			check(old.at.Add(s.at.Sub(old.at)/2), old.after, old.settled, "between two changes")
		}
		// Unless the next change is that nanosecond.
		if !s.decision.Next.Equal(s.at.Add(1)) {
			check(s.at.Add(1), s.before, s.decision, "one nanosecond after a change")
		}
	}
	return wrong
}

// compare returns nil if the lines of a case say what the steps do, or the
// difference between them. A line of a case may leave out the reason.
func compare(want []string, steps []step, loc *time.Location) []string {
	got := make([]string, len(steps))
	for i, s := range steps {
		got[i] = s.line(loc)
	}
	// Spaces are for the eye, and so is what stands behind the bar if the case has
	// none.
	same := func(w, g string) bool {
		brief, _, _ := strings.Cut(g, " | ")
		w = strings.Join(strings.Fields(w), " ")
		return w == strings.Join(strings.Fields(g), " ") || w == brief
	}
	if slices.EqualFunc(want, got, same) {
		return nil
	}
	return diffLines(want, got, same)
}

// diffLines returns the lines of both lists, in order: those that only want has
// after a minus, those that only got has after a plus.
func diffLines(want, got []string, same func(w, g string) bool) []string {
	// The longest common subsequence, the textbook way: timelines are short.
	// common[i][j] is how many lines want[i:] and got[j:] have in common.
	common := make([][]int, len(want)+1)
	for i := len(want); i >= 0; i-- {
		common[i] = make([]int, len(got)+1)
		for j := len(got) - 1; j >= 0 && i < len(want); j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); same(want[i], got[j]) {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out []string
	for i, j := 0, 0; i < len(want) || j < len(got); {
		switch {
		case i < len(want) && j < len(got) && same(want[i], got[j]):
			out = append(out, "  "+want[i])
			i, j = i+1, j+1
		case j == len(got) || i < len(want) && common[i+1][j] >= common[i][j+1]:
			out = append(out, "- "+want[i])
			i++
		default:
			out = append(out, "+ "+got[j])
			j++
		}
	}
	return out
}
