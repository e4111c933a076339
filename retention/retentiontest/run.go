package retentiontest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/retention"
)

// T is what the harness uses of [testing.T]. It is an interface so that a test
// of the harness can see a test fail.
type T interface {
	// Helper marks the caller as a helper, as [testing.T.Helper] does.
	Helper()
	// Name returns the name of the test.
	Name() string
	// Logf says something about the test.
	Logf(format string, args ...any)
	// Errorf lets the test fail and goes on.
	Errorf(format string, args ...any)
	// Fatalf lets the test fail and ends it.
	Fatalf(format string, args ...any)
}

// The flag belongs to the test, not to this package alone: where a package that
// was initialized before has one of that name, it counts for both.
func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "write the timelines of case files as they are now")
	}
}

// updating reports whether the test was started with -update.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// Run runs every case in the files *.case of a directory against the policy, each
// file as a subtest if t is a [testing.T]. A case fails if the life of one of its
// records has another timeline than the one that is written down, to the
// nanosecond; the text then shows both.
//
// With the flag -update, which this package adds to the test, the files are
// written as the timelines are now: read what changed before you keep it.
func Run(t T, policy retention.Policy, dir string) {
	t.Helper()
	for _, c := range readCases(t, dir) {
		name := strings.TrimSuffix(filepath.Base(c.path), ".case")
		// No interface has Run, since its function takes a *testing.T.
		if tt, ok := t.(*testing.T); ok {
			tt.Run(name, func(t *testing.T) {
				t.Helper()
				c.run(t, policy, updating())
			})
			continue
		}
		c.run(t, policy, updating())
	}
}

// run runs one case.
func (c *testCase) run(t T, policy retention.Policy, update bool) {
	t.Helper()
	terms, err := policy.Terms(c.agreements, c.holds)
	if err != nil {
		t.Errorf("%s: %v", c.path, err)
		return
	}
	timelines := make(map[int][]string) // to be written, by section
	for _, r := range c.records {
		// Any key may name a time, so a slip of the pen has to be found here.
		for name := range r.Times {
			if !counts(policy, name) {
				t.Errorf("%v", c.errorf(r.line, "no rule counts from %q, which is not a key either", name))
			}
		}
		steps := walk(terms, r.Record, c.begin(r))
		diff := compare(r.want, steps, c.zone)
		if diff != nil && update {
			for _, s := range steps {
				timelines[r.section] = append(timelines[r.section], s.line(c.zone))
			}
		} else if diff != nil {
			t.Errorf("%v", c.errorf(r.line, "record %s: - is what the case says, + what the policy %q does:\n\t%s\n-update writes it so",
				r.label, policy.Version, strings.Join(diff, "\n\t")))
		}
		for _, w := range boundaries(terms, r.Record, steps, c.zone) {
			t.Errorf("%v", c.errorf(r.line, "record %s: %s", r.label, w))
		}
	}
	if len(timelines) == 0 {
		return
	}
	if err := os.WriteFile(c.path, []byte(c.replace(timelines)), 0o644); err != nil { //nolint:gosec // read by people
		t.Errorf("%v", err)
		return
	}
	t.Logf("%s was written again", c.path)
}

// counts reports whether a rule of the policy counts from the time of that name.
func counts(policy retention.Policy, name string) bool {
	for _, r := range policy.Rules {
		if r.From == name {
			return true
		}
	}
	return false
}

// passes reports whether all records of the case have the timelines that it
// says.
func (c *testCase) passes(policy retention.Policy) bool {
	terms, err := policy.Terms(c.agreements, c.holds)
	if err != nil {
		return false
	}
	for _, r := range c.records {
		if compare(r.want, walk(terms, r.Record, c.begin(r)), c.zone) != nil {
			return false
		}
	}
	return true
}
