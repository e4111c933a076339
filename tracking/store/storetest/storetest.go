// Package storetest is the conformance suite that each [tracking.Store] passes.
// A store's own test is one line for each of these:
//
//	func TestStore(t *testing.T)      { storetest.Run(t, openEmpty) }
//	func TestPeers(t *testing.T)      { storetest.RunPeers(t, openTwice) }
//	func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, openEmpty) }
//
// Every case names the rule that it holds the store to. The suite is itself
// tested with stores that have a fault. The package imports nothing but the
// standard library and what defines the contract.
package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/qooqie/qooqie/tracking"
)

// Run runs the suite, each case as a subtest. open returns a new, empty store
// and closes it with t.Cleanup; it is called once for each case. The cases run
// at the same time as each other.
func Run(t *testing.T, open func(t *testing.T) tracking.Store) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(&check{tb: t, rule: c.rule, Store: open(t)})
		})
	}
}

// tb is what the cases use of testing.TB. It is an interface so that a test of
// the suite can see a case fail.
type tb interface {
	Context() context.Context
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// testCase is one case of the suite.
type testCase struct {
	name string
	rule string // what the contract says
	run  func(*check)
}

// cases returns the suite.
func cases() []testCase {
	return slices.Concat(
		poolCases(), grantCases(), renewCases(), endCases(), holderCases(),
		callCases(), counterCases(), concurrencyCases(), contextCases(),
	)
}

// check is a running case and its store.
type check struct {
	tb
	tracking.Store
	rule string
}

// ok stops the case if err is not nil.
func (c *check) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatalf("unexpected error: %v\nrule: %s", err, c.rule)
	}
}

// fails reports an error that is not the one expected.
func (c *check) fails(err, want error) {
	c.Helper()
	if !errors.Is(err, want) {
		c.Errorf("got error %v, want %v\nrule: %s", err, want, c.rule)
	}
}

// equal reports a difference.
func (c *check) equal(got, want any) {
	c.Helper()
	if !reflect.DeepEqual(got, want) {
		c.Errorf("got  %+v\nwant %+v\nrule: %s", got, want, c.rule)
	}
}

// empty reports a list that has elements.
func empty[T any](c *check, got []T) {
	c.Helper()
	if len(got) != 0 {
		c.Errorf("got %+v, want nothing\nrule: %s", got, c.rule)
	}
}

// count stops the case if the list has another length.
func count[T any](c *check, got []T, want int) {
	c.Helper()
	if len(got) != want {
		c.Fatalf("got %d elements, want %d\nrule: %s", len(got), want, c.rule)
	}
}
