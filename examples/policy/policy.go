// Package policy is a model for your own retention policy: a text that people
// sign, and cases that show what it does.
//
// Write policy.json and the files in cases with your privacy officer; neither
// needs Go. The test has five lines. When you change a period, it fails and
// shows on which days something else happens; go test -update writes these days
// into the cases, for people to read before they sign again.
package policy

import (
	_ "embed" // the text that was signed is part of the program
	"encoding/json"

	"github.com/qooqie/qooqie/retention"
)

//go:embed policy.json
var text []byte

// SignedHash is what the agreement names as its PolicyHash. It changes with
// everything that the policy says, and not with how its text is laid out.
const SignedHash = "b639e8faa8230bbed588638e261b571cef9d83a147c84be044cbf7c6882cd256"

// Load returns the policy. The error says which field of the text is wrong.
func Load() (retention.Policy, error) {
	var policy retention.Policy
	err := json.Unmarshal(text, &policy)
	return policy, err
}
