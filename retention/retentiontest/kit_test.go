package retentiontest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention/retentiontest"
)

// recorder is a retentiontest.T that remembers how a test failed.
type recorder struct {
	failures []string
	fatal    bool
	logs     []string
}

func (*recorder) Helper()      {}
func (*recorder) Name() string { return "recorder" }
func (r *recorder) Logf(format string, args ...any) {
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	r.fatal = true
	runtime.Goexit()
}

// record runs a test and returns what became of it.
func record(test func(t retentiontest.T)) *recorder {
	r := new(recorder)
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(r)
	}()
	<-done
	return r
}

// text returns all failures.
func (r *recorder) text() string { return strings.Join(r.failures, "\n") }

// caseDir writes case files into a directory of their own.
func caseDir(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// good is a case that passes with the default policy.
const good = `About a visit.

-- agreement 2026-001 --
start: 2024-05-01
end: 2028-11-30

-- record visit --
class: visit
# a remark
started: 2026-11-20T16:00:00+01:00

-- timeline --
2026-11-20T16:00:00+01:00   active
2026-12-21 due | visit: 30 days from started 2026-11-20: until 2026-12-20
`
