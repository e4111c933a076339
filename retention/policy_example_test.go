package retention_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/qooqie/qooqie/retention"
)

// One call at three moments: the caller is forgotten, the call stays, and the
// end of the agreement ends it.
func ExamplePolicy_Decide() {
	agreement := retention.Agreement{
		ID: "2026-001", Customer: "acme", Controller: "Acme B.V.", Choice: retention.Erase,
		Start: retention.Date{Year: 2026, Month: time.January, Day: 1},
		End:   retention.Date{Year: 2027, Month: time.November, Day: 30},
	}
	started := time.Date(2026, time.October, 31, 12, 0, 0, 0, time.UTC)
	call := retention.Record{
		Class: "call", Customer: "acme", Stored: started,
		Times:  map[string]time.Time{"started": started},
		Fields: []string{"caller", "caller_hint"},
	}
	policy := retention.DefaultPolicy()
	for _, now := range []time.Time{started, started.AddDate(1, 1, 1), started.AddDate(2, 0, 0)} {
		decision, err := policy.Decide(agreement, call, nil, now)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(decision)
	}
	// Output:
	// active | call: agreement until 2027-11-30, grace 3 months: until 2028-02-29
	// grace empty caller caller_hint | call-caller: 13 months from started 2026-10-31: until 2027-11-30
	// due | call: agreement until 2027-11-30, grace 3 months: until 2028-02-29
}

// A period for which no rule has a reason is not kept by accident.
func ExampleTerms_Decide_incorrect() {
	own := retention.OwnUse("Your company", retention.Date{Year: 2026, Month: time.January, Day: 1})
	terms, err := retention.DefaultPolicy().Terms([]retention.Agreement{own}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	stored := time.Date(2026, time.October, 31, 12, 0, 0, 0, time.UTC)
	fmt.Println(terms.Decide(retention.Record{Class: "calls", Customer: own.Customer, Stored: stored}, stored))
	// Output: due | no-rule: no rule covers the class calls
}

// A store that deletes many rows at once asks for the instant before which they
// are due.
func ExampleTerms_Cutoff() {
	own := retention.OwnUse("Your company", retention.Date{Year: 2026, Month: time.January, Day: 1})
	terms, err := retention.DefaultPolicy().Terms([]retention.Agreement{own}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2027, time.March, 31, 10, 0, 0, 0, time.UTC)
	fmt.Println(terms.Cutoff("call", "caller", "started", now))
	// Output: 2026-03-01 00:00:00 +0100 CET
}

// A policy is read strictly, and a difference from what was signed is named.
func ExamplePolicy_Diff() {
	text, err := json.Marshal(retention.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	var policy retention.Policy
	if err := json.Unmarshal(text, &policy); err != nil {
		fmt.Println(err)
		return
	}
	policy.Rules[1].Keep = "13 months"
	for _, line := range policy.Diff(retention.DefaultPolicy()) {
		fmt.Println(line)
	}
	// Output: rule counter: keep: 25 months -> 13 months
}
