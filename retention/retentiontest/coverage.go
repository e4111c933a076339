package retentiontest

import (
	"slices"
	"strings"

	"github.com/qooqie/qooqie/retention"
)

// moves are the transitions between states that a policy's cases should show,
// each the first half of a question that somebody will ask one day.
var moves = []string{
	"not started -> active", "active -> grace", "active -> due", "grace -> due",
	"active -> held", "held -> active", "grace -> held", "held -> due",
	"held -> restricted", "restricted -> due",
	"grace -> pending", "pending -> due",
	"grace -> overdue", "overdue -> due",
}

// Coverage fails the test if no case in the directory reaches the end of a rule
// of the policy, one of the states, or a transition between states that records
// make. It names what is missing, such as "rule call-caller", "state held" or
// "grace -> pending".
//
// except are such names that need no case; one that a case does reach is a
// mistake too, so that the list stays true.
func Coverage(t T, policy retention.Policy, dir string, except ...string) {
	t.Helper()
	reached := make(map[string]bool)
	for _, c := range readCases(t, dir) {
		terms, err := policy.Terms(c.agreements, c.holds)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		for _, r := range c.records {
			cover(reached, walk(terms, r.Record, c.begin(r)))
		}
	}
	var missing []string
	for _, name := range wanted(policy) {
		if !reached[name] && !slices.Contains(except, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		t.Errorf("no case in %s reaches:\n\t%s", dir, strings.Join(missing, "\n\t"))
	}
	for _, name := range except {
		if reached[name] || !slices.Contains(wanted(policy), name) {
			t.Errorf("%q needs no exception: a case reaches it, or there is nothing of that name", name)
		}
	}
}

// wanted returns everything that cases can reach.
func wanted(policy retention.Policy) []string {
	var all []string
	for _, r := range policy.Rules {
		all = append(all, "rule "+r.Name)
	}
	for s := retention.NotStarted; s <= retention.Overdue; s++ {
		all = append(all, "state "+s.String())
	}
	return append(all, moves...)
}

// cover notes what the steps reach, under the names that wanted has.
func cover(reached map[string]bool, steps []step) {
	for i, s := range steps {
		state := s.decision.State
		reached["state "+state.String()] = true
		if i > 0 {
			reached[steps[i-1].decision.State.String()+" -> "+state.String()] = true
		}
		// A rule is reached at its end, not by being the one that will end first.
		if state == retention.Due {
			reached["rule "+s.decision.Rule] = true
		}
		for _, v := range s.decision.Considered {
			if len(v.Empties) > 0 && len(s.decision.Empty) > 0 && slices.Contains(s.decision.Empty, v.Empties[0]) && !v.Due.After(s.at) {
				reached["rule "+v.Rule] = true
			}
		}
	}
}
