package retention

import (
	"slices"
	"time"
)

// What decides where it is no rule of the policy.
const (
	ruleAgreement   = "agreement"
	ruleInstruction = "instruction"
	ruleRequest     = "request"
	ruleHold        = "legal-hold"
	ruleNone        = "no-rule"
)

// Verdict is what one rule, or something else with a say, makes of a record.
type Verdict struct {
	// Rule is the name of the policy's rule, or one of: "agreement", its end and
	// grace; "instruction", [Agreement.EraseThrough]; "request", of the person;
	// "legal-hold"; and "no-rule", where nothing lets the record be kept.
	Rule string
	// Due is the first instant at which the record, or the fields in Empties,
	// may no longer be kept by this verdict. Zero means that there is none.
	Due time.Time
	// Empties names the fields that the verdict speaks of, those of them that
	// the record has. Without any it speaks of the whole record.
	Empties []string
	// Reason says why in one line, with dates, for people. It has no personal
	// data.
	Reason string

	byTerms bool // the agreement's clock, not the record's own
}

// Decision is what is to be done with a record.
type Decision struct {
	// State is where the record stands. [Due] means: erase it. [NotStarted],
	// [Held], [Restricted], [Pending] and [Overdue] mean: keep it and do not use
	// it.
	State State
	// Verdict is the one that decided. For a record that is kept it is the one
	// that will end first. Its Due stays what it was when something suspends
	// the erasure: whatever happens later is late.
	Verdict
	// Empty names the fields that are to be emptied now.
	Empty []string
	// Last is the local day of the last instant before Due, or the zero Date.
	Last Date
	// Next is the first instant after now at which the decision can be another
	// one. Zero means that it stays.
	Next time.Time
	// Considered has every verdict: those of the rules of the class in the order
	// of the policy, then the agreement, the instruction, the request and the
	// legal holds.
	Considered []Verdict
}

// clock answers for one instant and notes when an answer changes.
type clock struct{ now, next time.Time }

// passed reports whether t has come. The zero time never does.
func (c *clock) passed(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	if !c.now.Before(t) {
		return true
	}
	if c.next.IsZero() || t.Before(c.next) {
		c.next = t
	}
	return false
}

// Decide reports what is to be done with one record at the time now. It reads
// nothing but its arguments, and equal ones give equal decisions.
//
// Two clocks run: the periods of the rules of the record's class, and the end of
// the agreement with its grace. The first that has run out decides, so an
// agreement can shorten a period and never lengthen it. What the customer or the
// person asked to be erased is due before. Fields with a period of their own are
// emptied while the record goes on. A live [LegalHold] beats all of them. A
// record that no rule covers, or that lacks the time from which its rule counts,
// is due at once, because data without a purpose may not be kept (GDPR, article
// 5(1)(e)). A record of another customer, or of an agreement that is not part of
// the terms, is left alone: [NotStarted].
//
// Where only the agreement's clock has run out, two things suspend the erasure:
// the notice for an end that was entered too late ([Overdue]), and a copy that
// the customer has not confirmed ([Pending]).
func (t *Terms) Decide(rec Record, now time.Time) Decision {
	c := &clock{now: now}
	b := t.governing(rec, c)
	if b == nil {
		return Decision{Verdict: Verdict{Rule: ruleNone, Reason: "the record is of none of these agreements"}}
	}
	d := Decision{}
	d.Considered = t.verdicts(b, rec, c)
	d.Verdict = first(d.Considered)

	d.State = b.Window.State(now)
	for _, at := range []time.Time{b.Window.Start, b.Window.End, b.Window.Due} {
		c.passed(at)
	}
	if d.State == Due { // whether it is, the verdicts say
		d.State = Grace
	}
	t.judge(&d, b, c)
	t.hold(&d, b, rec, c)
	if !d.Due.IsZero() {
		d.Last = DateOf(d.Due.Add(-1), b.loc)
	}
	d.Next = c.next
	return d
}

// judge finds out which verdicts have come due, and makes them the decision.
func (t *Terms) judge(d *Decision, b *bound, c *clock) {
	suspended, why := t.suspended(b, c)
	var due, empties []Verdict
	waiting := false
	for _, v := range d.Considered {
		switch {
		case !c.passed(v.Due):
		case len(v.Empties) > 0:
			empties = append(empties, v)
		case v.byTerms && suspended != NotStarted:
			waiting = true
		default:
			due = append(due, v)
		}
	}
	if len(due) > 0 {
		d.State, d.Verdict = Due, first(due)
		return
	}
	for _, v := range empties {
		d.Empty = union(d.Empty, v.Empties)
	}
	switch {
	case waiting:
		d.State, d.Verdict = suspended, why
	case len(empties) > 0:
		d.Verdict = empties[0]
	}
}

// first returns the verdict on the whole record that ends it first.
func first(all []Verdict) Verdict {
	var found Verdict
	for _, v := range all {
		switch {
		case len(v.Empties) > 0 || v.Rule == ruleHold:
		case found.Rule == "", !v.Due.IsZero() && (found.Due.IsZero() || v.Due.Before(found.Due)):
			found = v
		}
	}
	return found
}

// union returns the names of both lists, each once.
func union(a, b []string) []string {
	for _, name := range b {
		if !slices.Contains(a, name) {
			a = append(a, name)
		}
	}
	return a
}

// suspended returns the state in which what the agreement's clock has ended is
// kept, or NotStarted if nothing suspends its erasure.
func (t *Terms) suspended(b *bound, c *clock) (State, Verdict) {
	v := Verdict{Rule: ruleAgreement, Due: b.Window.Due, byTerms: true}
	notified := b.after.IsZero() || c.passed(b.after)
	confirmed := b.Choice != HandOver || !b.HandedOver.IsZero() && c.passed(b.HandedOver.Start(b.loc))
	switch {
	case !notified:
		v.Reason = "the end was entered on " + b.EndEntered.String() + ", when the data was overdue: erased after " +
			DateOf(b.after.Add(-1), b.loc).String()
		return Overdue, v
	case !confirmed:
		v.Reason = "to be handed over, and the customer has not confirmed its copy"
		return Pending, v
	}
	return NotStarted, v
}

// hold lets the legal holds have their say, which is the last one.
func (t *Terms) hold(d *Decision, b *bound, rec Record, c *clock) {
	asked := c.passed(rec.Asked)
	for _, h := range t.holds {
		if !h.covers(rec, b.ID) {
			continue
		}
		from, released := c.passed(h.From.Start(b.loc)), false
		if !h.Released.IsZero() {
			released = c.passed(h.Released.Start(b.loc))
		}
		v := Verdict{Rule: ruleHold, Due: first(d.Considered).Due, Reason: h.ID + " since " + h.From.String() + ", to be reviewed on " + h.Review.String()}
		d.Considered = append(d.Considered, v)
		if !from || released || d.State == Held || d.State == Restricted {
			continue // or another one holds it already
		}
		d.State, d.Verdict, d.Empty = Held, v, nil
		if asked {
			d.State = Restricted
		}
	}
}
