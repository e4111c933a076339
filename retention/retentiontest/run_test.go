package retentiontest_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/retention/retentiontest"
)

const defaultCases = "testdata/default"

// TestDefaultPolicy is also the test of five lines that the package promises.
func TestDefaultPolicy(t *testing.T) {
	policy := retention.DefaultPolicy()
	retentiontest.Run(t, policy, defaultCases)
	retentiontest.Coverage(t, policy, defaultCases)
	retentiontest.Mutate(t, policy, defaultCases)
}

// changed returns the default policy with another rule of that name.
func changed(t *testing.T, name string, change func(*retention.Rule)) retention.Policy {
	t.Helper()
	p := retention.DefaultPolicy()
	i := slices.IndexFunc(p.Rules, func(r retention.Rule) bool { return r.Name == name })
	require.GreaterOrEqual(t, i, 0)
	change(&p.Rules[i])
	return p
}

// TestBrokenPoliciesFail: the harness says which case, which record and which day.
func TestBrokenPoliciesFail(t *testing.T) {
	for name, test := range map[string]struct {
		rule   string
		change func(*retention.Rule)
		want   []string
	}{
		"90 days are not 3 months": {
			"call-caller", func(r *retention.Rule) { r.Keep = "395 days" },
			[]string{"call.case:10: record call with all fields", "- 2027-12-21 active empty caller", "+ 2027-12-21 active empty caller", "395 days"},
		},
		"one day too long": {
			"visit", func(r *retention.Rule) { r.Keep = "31 days" },
			[]string{"consent.case:8: record visit", "- 2026-12-21 due", "+ 2026-12-22 due"},
		},
		"never": {
			"counter", func(r *retention.Rule) { r.Keep, r.From = "agreement", "" },
			[]string{"counter.case:8", "- 2028-03-01 due"},
		},
		"a field forgotten": {
			"call-caller", func(r *retention.Rule) { r.Empties = []string{"caller"} },
			[]string{"- 2027-12-21 active empty caller caller_hint", "+ 2027-12-21 active empty caller |"},
		},
		"evidence with the agreement": {
			"evidence", func(r *retention.Rule) { r.Outlives = false },
			[]string{"evidence.case", "- 2031-11-21 due", "+ 2029-03-01 due"},
		},
		"another class": {
			"outbox", func(r *retention.Rule) { r.Class = "inbox" },
			[]string{"house.case", "no rule covers the class outbox"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := changed(t, test.rule, test.change)
			got := record(func(t retentiontest.T) { retentiontest.Run(t, p, defaultCases) })
			require.False(t, got.fatal)
			for _, want := range test.want {
				require.Contains(t, got.text(), want)
			}
			require.Contains(t, got.text(), "-update writes it so")
		})
	}
	got := record(func(t retentiontest.T) { retentiontest.Run(t, retention.Policy{}, defaultCases) })
	require.Contains(t, got.text(), "version: missing")
	require.Empty(t, record(func(t retentiontest.T) { retentiontest.Run(t, retention.DefaultPolicy(), defaultCases) }).failures)
}

func TestCaseMistakes(t *testing.T) {
	replace := func(old, text string) string { return strings.Replace(good, old, text, 1) }
	for name, test := range map[string]struct{ text, want string }{
		"nothing wrong":         {good, ""},
		"Windows":               {strings.ReplaceAll(good, "\n", "\r\n"), ""},
		"unknown section":       {replace("-- record visit --", "-- rekord visit --"), `x.case:7: no section "rekord"; there are agreement hold record timeline`},
		"unknown key":           {replace("end: 2028", "einde: 2028"), "x.case:5: einde: no such key"},
		"key twice":             {replace("end: ", "start: "), `x.case:5: "start" stands there twice`},
		"no key":                {replace("end: 2028-11-30", "2028-11-30"), `x.case:5: "2028-11-30" is not written as key: value`},
		"no such day":           {replace("2028-11-30", "2028-11-31"), "x.case:5: end: "},
		"no time":               {replace("2026-11-20T16:00:00+01:00\n\n", "yesterday\n\n"), "x.case:10: started: not a date"},
		"time without offset":   {replace("2026-11-20T16:00:00+01:00\n\n", "2026-11-20T16:00:00\n\n"), "x.case:10: started: not a date"},
		"misspelled time":       {replace("started", "strated"), `x.case:7: no rule counts from "strated"`},
		"unknown choice":        {replace("end: 2028-11-30", "choice: burn"), "x.case:5: choice: "},
		"unknown zone":          {replace("end: 2028-11-30", "zone: Mars"), "x.case:3: zone: "},
		"unknown grace":         {replace("end: 2028-11-30", "grace: long"), "x.case:5: grace: "},
		"own use no":            {replace("end: 2028-11-30", "own use: no"), "x.case:3: own use: must be yes"},
		"end before start":      {replace("end: 2028", "end: 2008"), "before Start"},
		"no record":             {good[:strings.Index(good, "-- record")], "x.case:1: no section -- record --"},
		"no timeline":           {good[:strings.Index(good, "-- timeline")], "x.case:7: no section -- timeline --"},
		"two timelines":         {good + "-- timeline --\n", "x.case:15: a timeline stands after its record"},
		"no date in a timeline": {replace("2026-12-21 due", "later due"), "x.case:14: not a date"},
		"no agreement":          {good[strings.Index(good, "-- record"):], "x.case:8: not a date"},
		"hold without reason":   {good + "\n-- hold H1 --\nauthority: A\nfrom: 2026-01-01\nreview: 2026-02-01\n", "Reason: missing"},
		"empty":                 {"", "x.case:1: no section -- record --"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := caseDir(t, map[string]string{"x.case": test.text})
			got := record(func(t retentiontest.T) { retentiontest.Run(t, retention.DefaultPolicy(), dir) })
			if test.want == "" {
				require.Empty(t, got.failures)
				return
			}
			require.Contains(t, got.text(), test.want)
		})
	}
	for _, dir := range []string{t.TempDir(), "no-such-directory", "["} {
		got := record(func(t retentiontest.T) { retentiontest.Run(t, retention.DefaultPolicy(), dir) })
		require.True(t, got.fatal, "a test without cases tests nothing")
	}
}

// TestUpdate writes what the policy does, keeps everything else, and passes
// afterwards.
func TestUpdate(t *testing.T) {
	dir := caseDir(t, map[string]string{
		"wrong.case": strings.Replace(good, "2026-12-21 due | visit: 30 days", "2026-12-25 due | visit: 3 days", 1),
		"good.case":  good,
		"empty.case": good[:strings.Index(good, "2026-11-20T16:00:00+01:00   ")] + "\n# kept\n-- hold H1 --\nclass: call\nauthority: A\nreason: R\nfrom: 2026-01-01\nreview: 2026-02-01\n",
	})
	p := retention.DefaultPolicy()
	require.Len(t, record(func(t retentiontest.T) { retentiontest.Run(t, p, dir) }).failures, 2)

	require.NoError(t, flag.Set("update", "true"))
	defer func() { require.NoError(t, flag.Set("update", "false")) }()
	got := record(func(t retentiontest.T) { retentiontest.Run(t, p, dir) })
	require.Empty(t, got.failures)
	require.Len(t, got.logs, 2)
	require.NoError(t, flag.Set("update", "false"))

	require.Empty(t, record(func(t retentiontest.T) { retentiontest.Run(t, p, dir) }).failures)
	text, err := os.ReadFile(filepath.Join(dir, "good.case"))
	require.NoError(t, err)
	require.Equal(t, good, string(text), "what is right is not touched")
	text, err = os.ReadFile(filepath.Join(dir, "wrong.case"))
	require.NoError(t, err)
	require.Equal(t, good[:strings.Index(good, "2026-11-20T16:00:00+01:00   ")]+
		"2026-11-20T16:00:00+01:00 active | visit: 30 days from started 2026-11-20: until 2026-12-20\n"+
		"2026-12-21 due | visit: 30 days from started 2026-11-20: until 2026-12-20\n", string(text))
	text, err = os.ReadFile(filepath.Join(dir, "empty.case"))
	require.NoError(t, err)
	require.Contains(t, string(text), "-- hold H1 --\nclass: call")
}

func TestCoverageNamesWhatIsMissing(t *testing.T) {
	p := changed(t, "visit", func(*retention.Rule) {})
	dir := caseDir(t, map[string]string{"x.case": good})
	got := record(func(t retentiontest.T) { retentiontest.Coverage(t, p, dir) })
	require.Len(t, got.failures, 1)
	for _, want := range []string{"rule call\n", "rule call-caller\n", "state held\n", "state overdue\n", "grace -> pending"} {
		require.Contains(t, got.text(), want)
	}
	for _, reached := range []string{"rule visit\n", "state active\n", "state due\n", "active -> due"} {
		require.NotContains(t, got.text(), reached)
	}

	p.Rules = slices.DeleteFunc(p.Rules, func(r retention.Rule) bool { return r.Name != "visit" })
	var all []string
	for line := range strings.Lines(record(func(t retentiontest.T) { retentiontest.Coverage(t, p, dir) }).text()) {
		if line[0] == '\t' {
			all = append(all, strings.TrimSpace(line))
		}
	}
	require.Empty(t, record(func(t retentiontest.T) { retentiontest.Coverage(t, p, dir, all...) }).failures)
	stale := record(func(t retentiontest.T) { retentiontest.Coverage(t, p, dir, append(all, "state due", "state lost")...) })
	require.Len(t, stale.failures, 2)
	require.Contains(t, record(func(t retentiontest.T) { retentiontest.Coverage(t, retention.Policy{}, dir) }).text(), "version: missing")
}

func TestMutateSeesWhatCasesDoNot(t *testing.T) {
	p := retention.DefaultPolicy()
	p.Rules = slices.DeleteFunc(p.Rules, func(r retention.Rule) bool { return r.Class != "visit" && r.Class != "lease" })
	dir := caseDir(t, map[string]string{"x.case": good})
	got := record(func(t retentiontest.T) { retentiontest.Mutate(t, p, dir) })
	for _, want := range []string{
		"the notice is 8 days instead of 7 days", "rule lease-interval keeps 29 days instead of 30 days",
		"rule lease-interval keeps 30 months", "rule lease-interval counts from expires instead of seen",
		"rule lease-session is left out", "rule lease-session keeps at once instead of until then",
	} {
		require.Contains(t, got.text(), "no case in "+dir+" fails when "+want)
	}
	require.NotContains(t, got.text(), "rule visit ")

	wrong := changed(t, "visit", func(r *retention.Rule) { r.Keep = "31 days" })
	require.True(t, record(func(t retentiontest.T) { retentiontest.Mutate(t, wrong, dir) }).fatal, "nothing is learned from cases that fail")
}
