package retention

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// capped reports whether the agreement's clock counts for the class: always,
// unless all its rules say that it outlives the agreement.
func (t *Terms) capped(class Class) bool {
	covered := false
	for _, r := range t.policy.Rules {
		if r.Class == class {
			covered = true
			if !r.Outlives {
				return true
			}
		}
	}
	return !covered
}

// verdicts returns what the rules, the agreement, the customer and the person
// make of a record.
func (t *Terms) verdicts(b *bound, rec Record, c *clock) []Verdict {
	var all []Verdict
	for i, r := range t.policy.Rules {
		if r.Class != rec.Class {
			continue
		}
		v := t.verdict(i, b, rec)
		if len(r.Empties) > 0 {
			v.Empties = slices.DeleteFunc(slices.Clone(r.Empties), func(f string) bool { return !slices.Contains(rec.Fields, f) })
			if len(v.Empties) == 0 {
				continue
			}
		}
		all = append(all, v)
	}
	if !t.policy.erases(rec.Class) {
		all = append(all, Verdict{Rule: ruleNone, Due: atOnceOf(rec), Reason: "no rule covers the class " + string(rec.Class)})
	}
	if !t.capped(rec.Class) {
		return all
	}
	all = append(all, Verdict{Rule: ruleAgreement, Due: b.Window.Due, Reason: b.reason(), byTerms: true})
	if !b.EraseThrough.IsZero() && DateOf(rec.Stored, b.loc).Compare(b.EraseThrough) <= 0 {
		all = append(all, Verdict{
			Rule: ruleInstruction, Due: b.EraseThrough.Start(b.loc),
			Reason: "the customer asked for erasure of what was stored through " + b.EraseThrough.String(),
		})
	}
	if c.passed(rec.Asked) {
		all = append(all, Verdict{Rule: ruleRequest, Due: rec.Asked, Reason: "the person asked for erasure on " + DateOf(rec.Asked, b.loc).String()})
	}
	return all
}

// verdict returns what rule i makes of a record of its class.
func (t *Terms) verdict(i int, b *bound, rec Record) Verdict {
	r := t.policy.Rules[i]
	v := Verdict{Rule: r.Name}
	switch r.Keep {
	case atOnce:
		v.Due, v.Reason = atOnceOf(rec), "not kept at all"
		return v
	case byTerms:
		v.Due, v.Reason, v.byTerms = b.Window.Due, b.reason(), true
		return v
	}
	from := rec.Times[r.From]
	if from.IsZero() {
		v.Due, v.Reason = atOnceOf(rec), "the record has no time "+r.From
		return v
	}
	if r.Keep == untilThen {
		v.Due, v.Reason = from, "until "+r.From+" "+moment(from, b.loc)
		return v
	}
	what := r.From
	if !rec.Stored.IsZero() && from.After(rec.Stored) {
		from, what = rec.Stored, r.From+" in the future, so from stored"
	}
	v.Due = t.spans[i].end(from, b.loc)
	last, begun := moment(v.Due, b.loc), moment(from, b.loc)
	if t.spans[i].exact == 0 {
		last, begun = DateOf(v.Due.Add(-1), b.loc).String(), DateOf(from, b.loc).String()
	}
	v.Reason = fmt.Sprintf("%s from %s %s: until %s", r.Keep, what, begun, last)
	return v
}

// reason says when the agreement's clock runs out.
func (b *bound) reason() string {
	if b.Agreement.End.IsZero() {
		return "the agreement has no end"
	}
	reason := "agreement until " + b.Agreement.End.String()
	if b.GraceMonths == NoGrace {
		return reason + ", no grace"
	}
	return reason + ", grace " + strconv.Itoa(cmp.Or(b.GraceMonths, defaultGraceMonths)) + " months: until " + b.lastDay().String()
}

// atOnceOf returns when a record that may not be kept became due.
func atOnceOf(rec Record) time.Time {
	if rec.Stored.IsZero() {
		return earliest.Start(time.UTC)
	}
	return rec.Stored
}

// moment returns an instant as local time with its offset, to the second or as
// precisely as it is.
func moment(t time.Time, loc *time.Location) string { return t.In(loc).Format(time.RFC3339Nano) }

// Cutoff returns the earliest instant from which records of a class are not due
// yet at the time now, where from names the time that is compared with it: rows
// whose time is before it have outlived their period. A store deletes many rows
// with it at once; it agrees with [Terms.Decide] on records that have this time
// alone. With a field it is about the rules that empty that field, without one
// about those that erase whole records; the strictest counts.
//
// Zero means that nothing is due by a period: no rule counts from that time, or
// a legal hold covers data of the class, whose rows then have to be decided one
// by one. A class that no rule erases is due as a whole, up to now. Agreements
// of one customer that have different zones are asked for the last of them. The
// agreement's own end is not part of the answer; see [Agreement.Window].
func (t *Terms) Cutoff(class Class, field, from string, now time.Time) time.Time {
	b := &t.agreements[len(t.agreements)-1]
	for _, h := range t.holds {
		c := &clock{now: now}
		if (h.Class == "" || h.Class == class) && h.Customer == b.Customer && c.passed(h.From.Start(b.loc)) &&
			(h.Released.IsZero() || !c.passed(h.Released.Start(b.loc))) {
			return time.Time{}
		}
	}
	if !t.policy.erases(class) {
		return now.Add(1)
	}
	var cutoff time.Time
	for i, r := range t.policy.Rules {
		if r.Class != class || field == "" && len(r.Empties) > 0 || field != "" && !slices.Contains(r.Empties, field) {
			continue
		}
		var at time.Time
		switch {
		case r.Keep == atOnce, r.Keep == untilThen && r.From == from:
			at = now.Add(1)
		case r.Keep.counts() && r.From == from:
			at = t.spans[i].cutoff(now, b.loc)
		}
		if at.After(cutoff) {
			cutoff = at
		}
	}
	return cutoff
}

// String returns the decision in one line, as files of cases have it.
func (d Decision) String() string {
	if len(d.Empty) > 0 {
		return d.State.String() + " empty " + strings.Join(d.Empty, " ") + " | " + d.Rule + ": " + d.Reason
	}
	return d.State.String() + " | " + d.Rule + ": " + d.Reason
}
