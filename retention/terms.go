package retention

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Terms are a policy, the agreements of one customer and the legal holds on its
// data, checked and ready to decide. They are immutable and safe for concurrent
// use.
type Terms struct {
	policy     Policy
	spans      []span // of policy.Rules
	notice     span
	agreements []bound
	holds      []LegalHold
}

// bound is an agreement with what follows from it.
type bound struct {
	Agreement
	Window
	loc *time.Location
	// next is the index of the agreement that continues this one, or -1.
	next int
	// after is the first instant after the notice, if the end was entered when
	// the data was overdue.
	after time.Time
}

// Terms returns the terms under which data of one customer is kept. agreements
// are all its agreements, also those that have ended; holds of other customers
// do no harm.
//
// The error joins that of [Policy.Validate], those of [Agreement.Validate] and
// [LegalHold.Validate], and a [*FieldError] for each agreement that does not go
// with the others: another customer, an ID that is there twice, or Continues
// that names an agreement with another controller, one that is continued
// already, or itself in a circle.
func (p Policy) Terms(agreements []Agreement, holds []LegalHold) (*Terms, error) {
	errs := []error{p.Validate()}
	if len(agreements) == 0 {
		errs = append(errs, Agreement{}.Validate())
	}
	for i, a := range agreements {
		errs = append(errs, a.Validate(), checkTogether(agreements, i))
	}
	for _, h := range holds {
		if err := h.Validate(); err != nil {
			errs = append(errs, fmt.Errorf("retention: legal hold %.32q: %w", h.ID, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	t := &Terms{policy: p, holds: slices.Clone(holds)}
	t.policy.Rules = slices.Clone(p.Rules)
	t.notice, _ = p.Notice.parse()
	for _, r := range p.Rules {
		s, _ := r.Keep.parse()
		t.spans = append(t.spans, s)
	}
	for _, a := range agreements {
		b, err := t.bind(a, agreements)
		if err != nil {
			return nil, err
		}
		t.agreements = append(t.agreements, b)
	}
	return t, nil
}

// bind makes the instants of one agreement.
func (t *Terms) bind(a Agreement, all []Agreement) (bound, error) {
	w, err := a.Window()
	if err != nil {
		return bound{}, err
	}
	loc, err := a.Location()
	if err != nil {
		return bound{}, err
	}
	b := bound{Agreement: a, Window: w, loc: loc}
	b.next = slices.IndexFunc(all, func(other Agreement) bool { return other.Continues == a.ID })
	if !a.End.IsZero() && a.EndEntered.Compare(a.lastDay()) > 0 {
		b.after = t.notice.lastDay(a.EndEntered).End(loc)
	}
	return b, nil
}

// checkTogether returns what is wrong with agreement i among the others.
func checkTogether(all []Agreement, i int) error {
	a := all[i]
	for j, other := range all {
		reason, field := "", "Continues"
		switch {
		case a.Customer != other.Customer:
			field, reason = "Customer", "not that of agreement "+all[0].ID
		case j < i && other.ID == a.ID:
			field, reason = "ID", "two agreements have it"
		case a.Continues == "" || i == j:
			continue
		case j < i && other.Continues == a.Continues:
			reason = "agreement " + other.ID + " continues it already"
		case other.ID == a.Continues && other.Controller != a.Controller:
			reason = "another controller does not inherit its data"
		case other.ID == a.Continues && circular(all, i):
			reason = "goes round in a circle"
		default:
			continue
		}
		value := map[string]string{"Customer": a.Customer, "ID": a.ID, "Continues": a.Continues}[field]
		return &FieldError{Field: field, Value: value, Reason: reason}
	}
	return nil
}

// circular reports whether the way back from agreement i never ends.
func circular(all []Agreement, i int) bool {
	for range all {
		i = slices.IndexFunc(all, func(a Agreement) bool { return a.ID == all[i].Continues })
		if i < 0 {
			return false
		}
	}
	return true
}

// governing returns the agreement that governs a record now: the one under which
// it was stored, or the last that continues it and has begun. One that has not
// begun takes over when the data would be due.
func (t *Terms) governing(rec Record, c *clock) *bound {
	i := t.origin(rec)
	if i < 0 {
		return nil
	}
	for {
		b := &t.agreements[i]
		if b.next < 0 {
			return b
		}
		begun, due := c.passed(t.agreements[b.next].Window.Start), c.passed(b.Window.Due)
		if !begun && !due {
			return b
		}
		i = b.next
	}
}

// origin returns the index of the agreement under which a record was stored, or
// of the one that continues it, or -1 if it can't be told.
func (t *Terms) origin(rec Record) int {
	if rec.Customer != t.agreements[0].Customer {
		return -1
	}
	found := -1
	for i, a := range t.agreements {
		switch {
		case rec.Agreement != "" && a.ID == rec.Agreement:
			return i
		case rec.Agreement != "" && a.Continues == rec.Agreement:
			found = i
		case rec.Agreement != "":
		case t.continues(i):
		case found >= 0:
			return -1 // two beginnings
		default:
			found = i
		}
	}
	return found
}

// continues reports whether agreement i continues another of these.
func (t *Terms) continues(i int) bool {
	return slices.ContainsFunc(t.agreements, func(a bound) bool { return a.next == i })
}
