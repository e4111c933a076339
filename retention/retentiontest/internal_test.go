package retentiontest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// brokenDecider is a decider with a fault that no policy can have.
type brokenDecider struct {
	decider
	change func(now time.Time, d *retention.Decision)
}

func (b brokenDecider) Decide(rec retention.Record, now time.Time) retention.Decision {
	d := b.decider.Decide(rec, now)
	b.change(now, &d)
	return d
}

// TestBoundaries: a decider that changes its mind a nanosecond early, late or in
// between is found out, also where the timeline has all its lines.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	c, err := newCase("x.case", strings.ReplaceAll(`
-- agreement --
start: 2024-05-01
end: 2026-11-30
-- record --
class: call
started: 2026-11-20T16:00:00+01:00
fields: caller_number
-- timeline --
2026-11-20T16:00:00+01:00 active
2026-12-01 grace
2026-12-21 grace empty caller_number
2027-03-01 due`, "\r", ""))
	require.NoError(t, err)
	terms, err := retention.DefaultPolicy().Terms(c.agreements, c.holds)
	require.NoError(t, err)
	rec := c.records[0]
	due := retention.Date{Year: 2027, Month: 3, Day: 1}.Start(c.zone)
	for name, test := range map[string]struct {
		from, until time.Duration // around due
		want        string
	}{
		"early":      {-1, 0, "before a change"},
		"late":       {1, 2, "after a change"},
		"in between": {-40 * 24 * time.Hour, -24 * time.Hour, "between two changes"},
	} {
		broken := brokenDecider{terms, func(now time.Time, d *retention.Decision) {
			if !now.Before(due.Add(test.from)) && now.Before(due.Add(test.until)) {
				d.State = retention.Overdue
			}
		}}
		steps := walk(broken, rec.Record, c.begin(rec))
		require.Nil(t, compare(rec.want, steps, c.zone), name)
		wrong := boundaries(broken, rec.Record, steps, c.zone)
		require.Len(t, wrong, 1, name)
		require.Contains(t, wrong[0], test.want)
		require.Contains(t, wrong[0], "overdue")
	}
	require.Empty(t, boundaries(terms, rec.Record, walk(terms, rec.Record, c.begin(rec)), c.zone))
}

// TestWalkEnds: a decider that always promises another change is stopped.
func TestWalkEnds(t *testing.T) {
	t.Parallel()
	endless := brokenDecider{decider: new(retention.Terms), change: nil}
	endless.decider = deciderFunc(func(_ retention.Record, now time.Time) retention.Decision {
		return retention.Decision{State: retention.State(now.Nanosecond() % 2), Next: now.Add(1)}
	})
	endless.change = func(time.Time, *retention.Decision) {}
	require.Len(t, walk(endless, retention.Record{}, time.Unix(0, 0)), maxSteps)
}

type deciderFunc func(retention.Record, time.Time) retention.Decision

func (f deciderFunc) Decide(rec retention.Record, now time.Time) retention.Decision {
	return f(rec, now)
}

func TestDiffLines(t *testing.T) {
	t.Parallel()
	same := func(w, g string) bool { return w == g }
	for _, test := range []struct{ want, got, diff string }{
		{"", "", ""},
		{"a b c", "a b c", "  a|  b|  c"},
		{"a b c", "a x c", "  a|- b|+ x|  c"},
		{"a b", "a b c", "  a|  b|+ c"},
		{"a b c", "c", "- a|- b|  c"},
		{"a", "", "- a"},
		{"", "a", "+ a"},
	} {
		got := strings.Join(diffLines(strings.Fields(test.want), strings.Fields(test.got), same), "|")
		require.Equal(t, test.diff, got, "%s / %s", test.want, test.got)
	}
}

func FuzzCase(f *testing.F) {
	for _, seed := range []string{
		"", "x", "-- record --", "-- agreement a --\nstart: 2024-01-01\nend: 2026-01-01\n-- record r --\nclass: call\nstarted: 2024-05-05\n-- timeline --\n2024-05-05 active\n",
		"-- agreement --\nown use: yes\nstart: 2024-01-01\ngrace: none\n", "-- hold --\nfrom: 2024-01-01\n", "--  --", "-- timeline --\n2024-01-01", ":", "-- agreement --\n:",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := newCase("x.case", text)
		if err != nil {
			require.Regexp(t, `^x\.case:[0-9]+: `, err.Error())
			return
		}
		require.NotEmpty(t, c.records)
		again, err := newCase("x.case", c.replace(nil))
		require.NoError(t, err, "what was read can be written and read")
		require.Equal(t, c.agreements, again.agreements)
		require.Equal(t, c.holds, again.holds)
		require.Len(t, again.records, len(c.records))
		lines := make(map[int][]string)
		for _, r := range c.records {
			lines[r.section] = r.want
		}
		again, err = newCase("x.case", c.replace(lines))
		require.NoError(t, err)
		for i, r := range c.records {
			require.Equal(t, r.want, again.records[i].want)
			require.Equal(t, r.Times, again.records[i].Times)
		}
		if terms, err := retention.DefaultPolicy().Terms(c.agreements, c.holds); err == nil {
			for _, r := range c.records {
				require.Empty(t, boundaries(terms, r.Record, walk(terms, r.Record, c.begin(r)), c.zone))
			}
		}
	})
}
