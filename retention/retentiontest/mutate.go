package retentiontest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qooqie/qooqie/retention"
)

// Mutate changes each rule of the policy in every way that makes another life of
// its records: a period one longer and one shorter, or of another unit, none,
// and that of the agreement; another time from which it counts; another field
// that it empties; outliving the agreement or not; no rule at all. It fails the
// test if all cases in the directory still pass, and says which change none of
// them noticed.
//
// The cases must pass before; [Run] says whether they do.
func Mutate(t T, policy retention.Policy, dir string) {
	t.Helper()
	cases := readCases(t, dir)
	passes := func(p retention.Policy) bool {
		return !slices.ContainsFunc(cases, func(c *testCase) bool { return !c.passes(p) })
	}
	if !passes(policy) {
		t.Fatalf("the cases in %s do not pass with the policy as it is", dir)
		return
	}
	// One case that fails is enough; a policy that is refused could not be used by
	// mistake.
	for _, m := range mutants(policy) {
		if m.policy.Validate() == nil && passes(m.policy) {
			t.Errorf("no case in %s fails when %s", dir, m.change)
		}
	}
}

// mutant is a policy with one fault.
type mutant struct {
	// change says what is different, as the end of a sentence.
	change string
	policy retention.Policy
}

// mutants returns the policies that differ from one in a single point. Some of
// them are not valid.
func mutants(p retention.Policy) []mutant {
	var all []mutant
	for _, keep := range otherPeriods(p.Notice) {
		changed := p
		changed.Notice = keep
		all = append(all, mutant{"the notice is " + string(keep) + " instead of " + string(p.Notice), changed})
	}
	for i, r := range p.Rules {
		// add copies the rules first, so that no mutant shares a slice with
		// another or with the policy under test.
		add := func(what string, change func(*retention.Rule)) {
			changed := p
			changed.Rules = slices.Clone(p.Rules)
			change(&changed.Rules[i])
			all = append(all, mutant{"rule " + r.Name + " " + what, changed})
		}
		without := p
		without.Rules = slices.Delete(slices.Clone(p.Rules), i, i+1)
		all = append(all, mutant{"rule " + r.Name + " is left out", without})
		for _, keep := range otherPeriods(r.Keep) {
			add("keeps "+string(keep)+" instead of "+string(r.Keep), func(r *retention.Rule) { keepFor(r, keep) })
		}
		for _, name := range timesOf(p, r.Class) {
			if r.From != "" && name != r.From {
				add("counts from "+name+" instead of "+r.From, func(r *retention.Rule) { r.From = name })
			}
		}
		for j, field := range r.Empties {
			add("does not empty "+field, func(r *retention.Rule) {
				r.Empties = slices.Delete(slices.Clone(r.Empties), j, j+1)
			})
		}
		// A rule about people may not outlive the agreement, so such a policy is
		// refused by itself and proves nothing about the cases.
		if r.Subject == "none" {
			add("outlives the agreement: "+strconv.FormatBool(!r.Outlives), func(r *retention.Rule) { r.Outlives = !r.Outlives })
		}
	}
	return all
}

// otherPeriods returns periods near to one, and those that have no number.
func otherPeriods(p retention.Period) []retention.Period {
	var all []retention.Period
	for _, other := range []retention.Period{"at once", "until then", "agreement"} {
		if other != p {
			all = append(all, other)
		}
	}
	number, unit, _ := strings.Cut(string(p), " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return all
	}
	unit = strings.TrimSuffix(unit, "s")
	for _, other := range []struct {
		n    int
		unit string
	}{{n + 1, unit}, {n - 1, unit}, {n, longer[unit]}, {n, shorter[unit]}} {
		// Nonsense such as "0 days" is not valid and left out by Mutate.
		text := strconv.Itoa(other.n) + " " + other.unit
		if other.n != 1 {
			text += "s"
		}
		all = append(all, retention.Period(text))
	}
	return all
}

// The units on both sides of a unit. Periods without one are not valid.
var (
	longer  = map[string]string{"minute": "hour", "hour": "day", "day": "month", "month": "year"}
	shorter = map[string]string{"year": "month", "month": "day", "day": "hour", "hour": "minute"}
)

// keepFor gives a rule another period, and a time or none as the period needs.
func keepFor(r *retention.Rule, keep retention.Period) {
	r.Keep = keep
	if keep == "at once" || keep == "agreement" {
		r.From = ""
	}
	if keep == "agreement" {
		r.Outlives = false
	}
}

// timesOf returns the times from which rules of a class count, each once.
func timesOf(p retention.Policy, class retention.Class) []string {
	var names []string
	for _, r := range p.Rules {
		if r.Class == class && r.From != "" && !slices.Contains(names, r.From) {
			names = append(names, r.From)
		}
	}
	return names
}
