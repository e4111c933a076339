package retention

import (
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxNameBytes   = 200
	maxGraceMonths = 120

	noSuchDay = "the calendar has no such day"
	missing   = "missing"
)

// earliest is the first day that an agreement may start: an earlier one is a
// mistake, and instants before 1970 would be negative in the stores.
var earliest = Date{Year: 1970, Month: 1, Day: 1}

// missingAgreement is the whole text for somebody who starts, with both lines
// to choose from.
const missingAgreement = `missing: nothing is processed without an agreement; add one of

	Agreement: retention.OwnUse("Your company", retention.Date{Year: 2026, Month: time.November, Day: 24}),

	Agreement: retention.Agreement{ID: "2026-001", Customer: "acme", Controller: "Acme B.V.", ` +
	`Start: retention.Date{Year: 2026, Month: time.December, Day: 1}, ` +
	`End: retention.Date{Year: 2027, Month: time.November, Day: 30}, Choice: retention.Erase},
`

// Validate reports all mistakes in the agreement at once: nil, or an
// [errors.Join] of one [*FieldError] for each mistake. The error of a zero
// Agreement is a single one, with Field "Agreement", whose text has the lines
// of code to choose from.
func (a Agreement) Validate() error {
	if a == (Agreement{}) {
		return &FieldError{Field: "Agreement", Reason: missingAgreement}
	}
	errs := []error{
		checkName("ID", a.ID, a.ID),
		checkName("Customer", a.Customer, a.Customer),
		checkName("Controller", a.Controller, ""),
		a.checkStart(),
		a.checkEnd(),
		a.checkZone(),
		a.checkGrace(),
		a.checkChoice(),
		a.checkPolicy(),
		a.checkContinues(),
		a.checkDay("EndEntered", a.EndEntered, a.ownUse),
		a.checkDay("HandedOver", a.HandedOver, a.Choice != HandOver),
		a.checkDay("EraseThrough", a.EraseThrough, false),
	}
	return errors.Join(errs...)
}

// checkName returns why name can't stand in a log or a document. shown is the
// part of it that the error may repeat.
func checkName(field, name, shown string) error {
	reason := ""
	switch {
	case name == "":
		reason = missing
	case len(name) > maxNameBytes:
		reason, shown = "longer than "+strconv.Itoa(maxNameBytes)+" bytes", ""
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable):
		reason = "has characters that can't be printed"
	case strings.TrimSpace(name) != name:
		reason = "begins or ends with a space"
	default:
		return nil
	}
	return &FieldError{Field: field, Value: shown, Reason: reason}
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

func (a Agreement) checkStart() error {
	reason := ""
	switch {
	case a.Start.IsZero():
		reason = missing
	case !a.Start.exists():
		reason = noSuchDay
	case a.Start.Compare(earliest) < 0:
		reason = "before " + earliest.String()
	default:
		return nil
	}
	return &FieldError{Field: "Start", Value: a.Start.String(), Reason: reason}
}

func (a Agreement) checkEnd() error {
	reason := ""
	switch {
	case a.ownUse && a.End.IsZero():
		return nil
	case a.ownUse:
		reason = "own use has no end"
	case a.End.IsZero():
		reason = "missing; only retention.OwnUse has no end"
	case !a.End.exists():
		reason = noSuchDay
	case a.End.Compare(a.Start) < 0:
		reason = "before Start " + a.Start.String()
	default:
		return nil
	}
	return &FieldError{Field: "End", Value: a.End.String(), Reason: reason}
}

// checkDay returns why a day that was entered later can't be right. nothing says
// that the agreement has nothing that could have happened on it.
func (a Agreement) checkDay(field string, d Date, nothing bool) error {
	reason := ""
	switch {
	case d.IsZero():
		return nil
	case nothing && field == "HandedOver":
		reason = "the choice is not retention.HandOver"
	case nothing:
		reason = "own use has no end"
	case !d.exists():
		reason = noSuchDay
	case d.Compare(a.Start) < 0:
		reason = "before Start " + a.Start.String()
	default:
		return nil
	}
	return &FieldError{Field: field, Value: d.String(), Reason: reason}
}

func (a Agreement) checkContinues() error {
	reason := ""
	switch {
	case a.Continues == "":
		return nil
	case a.ownUse:
		reason = "own use is no new agreement; keep its ID instead"
	case a.Continues == a.ID:
		reason = "the agreement itself"
	default:
		return checkName("Continues", a.Continues, a.Continues)
	}
	return &FieldError{Field: "Continues", Value: a.Continues, Reason: reason}
}

func (a Agreement) checkZone() error {
	if _, err := a.Location(); err != nil {
		return &FieldError{Field: "Zone", Value: a.Zone, Reason: "not an IANA name such as Europe/Amsterdam: " + err.Error()}
	}
	return nil
}

func (a Agreement) checkGrace() error {
	reason := ""
	switch {
	case a.ownUse && a.GraceMonths != 0:
		reason = "own use has no end, so no grace"
	case a.GraceMonths < NoGrace:
		reason = "negative; none is retention.NoGrace"
	case a.GraceMonths > maxGraceMonths:
		reason = "more than " + strconv.Itoa(maxGraceMonths)
	default:
		return nil
	}
	return &FieldError{Field: "GraceMonths", Value: strconv.Itoa(a.GraceMonths), Reason: reason}
}

func (a Agreement) checkChoice() error {
	reason := ""
	switch {
	case a.Choice > HandOver:
		reason = "must be retention.Erase or retention.HandOver"
	case a.ownUse && a.Choice != 0:
		reason = "own use has no end, so nothing to choose"
	default:
		return nil
	}
	return &FieldError{Field: "Choice", Value: a.Choice.String(), Reason: reason}
}

func (a Agreement) checkPolicy() error {
	sum, err := hex.DecodeString(a.PolicyHash)
	if a.PolicyHash == "" || err == nil && len(sum) == 32 && strings.ToLower(a.PolicyHash) == a.PolicyHash {
		return nil
	}
	return &FieldError{Field: "PolicyHash", Value: a.PolicyHash, Reason: "not a SHA-256 in 64 lower-case hexadecimal digits"}
}
