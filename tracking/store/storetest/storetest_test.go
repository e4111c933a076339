package storetest

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
)

// recorder is a tb that keeps what a case reports.
type recorder struct {
	ctx context.Context
	mu  sync.Mutex
	log []string
}

func (r *recorder) Context() context.Context { return r.ctx }
func (r *recorder) Helper()                  {}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// openSQLite opens a new store.
func openSQLite(t *testing.T) tracking.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// report runs a case on the store and returns what it reports.
func report(t *testing.T, c testCase, s tracking.Store) []string {
	t.Helper()
	r := &recorder{ctx: t.Context()}
	var wg sync.WaitGroup
	wg.Go(func() { c.run(&check{tb: r, rule: c.rule, Store: s}) })
	wg.Wait()
	return r.log
}

// A store with a fault must fail, and in the case that is about that fault.
func TestRunFindsFaults(t *testing.T) {
	byName := make(map[string]testCase)
	for _, c := range cases() {
		byName[c.name] = c
	}
	for _, m := range mutants {
		for _, name := range m.caught {
			t.Run(m.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				c, ok := byName[name]
				if !ok {
					t.Fatalf("there is no case %q", name)
				}
				log := report(t, c, m.wrap(openSQLite(t)))
				if len(log) == 0 {
					t.Fatalf("the case passes a store that %s", m.name)
				}
				if !strings.Contains(log[0], "rule: "+c.rule) {
					t.Errorf("the report does not name the rule:\n%s", log[0])
				}
			})
		}
	}
}

// Every case must be able to fail.
func TestEveryCaseHasFault(t *testing.T) {
	caught := make(map[string]bool)
	for _, m := range mutants {
		for _, name := range m.caught {
			caught[name] = true
		}
	}
	for _, c := range cases() {
		if !caught[c.name] {
			t.Errorf("no mutant shows that case %q can fail", c.name)
		}
		delete(caught, c.name)
	}
	for name := range caught {
		t.Errorf("a mutant names case %q, which does not exist", name)
	}
}

func TestCasesPass(t *testing.T) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, line := range report(t, c, openSQLite(t)) {
				t.Error(line)
			}
		})
	}
}

// TestPeersMustShare: two stores that have nothing to do with each other do not
// pass for two handles of one, in any case that writes something and looks.
func TestPeersMustShare(t *testing.T) {
	writeNothing := []string{
		"PoolLeases/unknown", "GrantLease/unknown", "RenewLease/unknown", "NumberHolders/never",
	}
	for _, c := range cases() {
		if strings.HasPrefix(c.name, "concurrent/") || slices.Contains(writeNothing, c.name) {
			continue // which handle is whose turn is left to chance, or makes no difference
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &peers{handles: [2]tracking.Store{openSQLite(t), openSQLite(t)}}
			if len(report(t, c, s)) == 0 {
				t.Error("passes")
			}
		})
	}
}

func TestNamesAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for _, c := range cases() {
		if seen[c.name] || c.rule == "" || c.run == nil {
			t.Errorf("case %q is incomplete or doubled", c.name)
		}
		seen[c.name] = true
	}
}
