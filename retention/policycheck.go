package retention

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxRules is more than anybody can oversee. Checking takes the square of it.
const maxRules = 1000

// reserved are the names of what decides besides rules.
var reserved = []string{ruleAgreement, ruleInstruction, ruleRequest, ruleHold, ruleNone}

// Validate reports all mistakes in the policy at once: nil, or an [errors.Join]
// of one [*FieldError] for each mistake, with the field as "rules[2].keep".
func (p Policy) Validate() error {
	errs := []error{checkName("version", p.Version, p.Version), p.checkNotice()}
	switch n := len(p.Rules); {
	case n == 0:
		errs = append(errs, &FieldError{Field: "rules", Reason: "missing: a policy without rules keeps nothing"})
	case n > maxRules:
		return &FieldError{Field: "rules", Value: strconv.Itoa(n), Reason: "more than " + strconv.Itoa(maxRules)}
	}
	for i, r := range p.Rules {
		at := fmt.Sprintf("rules[%d].", i)
		errs = append(errs, r.check(at)...)
		if first := p.index(r.Name); first < i {
			errs = append(errs, &FieldError{Field: at + "name", Value: r.Name, Reason: fmt.Sprintf("is the name of rules[%d]", first)})
		}
		if !p.erases(r.Class) {
			errs = append(errs, &FieldError{Field: at + "class", Value: string(r.Class), Reason: "no rule erases its records, only fields of them"})
		}
	}
	return errors.Join(errs...)
}

func (p Policy) checkNotice() error {
	s, ok := p.Notice.parse()
	if ok && s.months+s.days > 0 {
		return nil
	}
	return &FieldError{Field: "notice", Value: string(p.Notice), Reason: `must be in days, months or years, such as "7 days"`}
}

// erases reports whether a rule ends whole records of the class.
func (p Policy) erases(c Class) bool {
	return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Class == c && len(r.Empties) == 0 })
}

// check returns the mistakes of one rule.
func (r Rule) check(at string) []error {
	errs := []error{
		checkWord(at+"name", r.Name),
		checkName(at+"class", string(r.Class), string(r.Class)),
		checkName(at+"purpose", r.Purpose, r.Purpose),
		checkName(at+"basis", r.Basis, r.Basis),
		checkName(at+"reason", r.Reason, r.Reason),
		r.checkKeep(at),
		r.checkEmpties(at),
		r.checkOutlives(at),
	}
	if slices.Contains(reserved, r.Name) {
		errs = append(errs, &FieldError{Field: at + "name", Value: r.Name, Reason: "says what decides where no rule does"})
	}
	if !slices.Contains([]string{"visitor", "caller", "none"}, r.Subject) {
		errs = append(errs, &FieldError{Field: at + "subject", Value: r.Subject, Reason: `must be "visitor", "caller" or "none"`})
	}
	return errs
}

func (r Rule) checkKeep(at string) error {
	_, ok := r.Keep.parse()
	switch {
	case !ok:
		return &FieldError{Field: at + "keep", Value: string(r.Keep), Reason: `must be such as "13 months", "at once", "until then" or "agreement"`}
	case r.Keep.anchored():
		return checkWord(at+"from", r.From)
	case r.From != "":
		return &FieldError{Field: at + "from", Value: r.From, Reason: "the period " + string(r.Keep) + " begins at no time of the record"}
	}
	return nil
}

func (r Rule) checkEmpties(at string) error {
	if len(r.Empties) > 0 && r.Keep == byTerms {
		return &FieldError{Field: at + "empties", Value: strings.Join(r.Empties, " "), Reason: "the end of the agreement erases whole records"}
	}
	for i, field := range r.Empties {
		if err := checkWord(at+"empties", field); err != nil {
			return err
		}
		if slices.Contains(r.Empties[:i], field) {
			return &FieldError{Field: at + "empties", Value: field, Reason: "stands there twice"}
		}
	}
	return nil
}

func (r Rule) checkOutlives(at string) error {
	reason := ""
	switch {
	case !r.Outlives:
		return nil
	case r.Subject != "none":
		reason = "personal data does not outlive its agreement (GDPR, article 28(3)(g))"
	case !r.Keep.counts():
		reason = "needs an end of its own, such as 5 years"
	default:
		return nil
	}
	return &FieldError{Field: at + "outlives", Value: "true", Reason: reason}
}

// checkWord returns why a text can't be a name that programs and case files use.
func checkWord(field, word string) error {
	reason := ""
	switch {
	case word == "":
		reason = missing
	case len(word) > maxNameBytes || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
		reason = "must have lower-case letters, digits, hyphens and underscores only"
	default:
		return nil
	}
	return &FieldError{Field: field, Value: fmt.Sprintf("%.32s", word), Reason: reason}
}
