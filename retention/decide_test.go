package retention_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/retention"
)

// periods draws periods of all kinds.
var periods = rapid.SampledFrom([]retention.Period{
	"at once", "until then", "agreement", "10 minutes", "36 hours", "1 day", "30 days", "1 month", "3 months", "13 months", "1 year",
})

// drawRule draws a rule for the class "x" whose mistakes, if any, are left out.
func drawRule(t *rapid.T, name string) retention.Rule {
	r := retention.Rule{
		Name: name, Class: "x", Subject: "none", Purpose: "p", Basis: "b", Reason: "r",
		Keep: periods.Draw(t, "keep"), Outlives: rapid.Bool().Draw(t, "outlives"),
	}
	if !slices.Contains([]retention.Period{"at once", "agreement"}, r.Keep) {
		r.From = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "from")
	}
	if r.From == "" || r.Keep == "until then" {
		r.Outlives = false
	}
	return r
}

// drawn are the arguments of a decision.
type drawn struct {
	policy    retention.Policy
	agreement retention.Agreement
	record    retention.Record
}

// drawDay draws an instant in the years in which the agreements are.
func drawInstant(t *rapid.T, label string) time.Time {
	return time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, label), 0)
}

func draw(t *rapid.T) drawn {
	d := drawn{policy: retention.Policy{Version: "1", Notice: "7 days"}}
	for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
		d.policy.Rules = append(d.policy.Rules, drawRule(t, string(rune('a'+i))))
	}
	start := retention.DateOf(drawInstant(t, "start"), time.UTC)
	d.agreement = retention.Agreement{
		ID: "1", Customer: "acme", Controller: "Acme", Start: start,
		End:         start.AddMonths(rapid.IntRange(0, 40).Draw(t, "months")),
		Zone:        rapid.SampledFrom([]string{"", "America/Aruba", "America/Havana"}).Draw(t, "zone"),
		GraceMonths: rapid.IntRange(-1, 6).Draw(t, "grace"),
	}
	d.record = retention.Record{Class: "x", Customer: "acme", Times: map[string]time.Time{"a": drawInstant(t, "a")}}
	if rapid.Bool().Draw(t, "has b") {
		d.record.Times["b"] = drawInstant(t, "b")
	}
	if rapid.Bool().Draw(t, "has stored") {
		d.record.Stored = drawInstant(t, "stored")
	}
	if rapid.Bool().Draw(t, "has asked") {
		d.record.Asked = drawInstant(t, "asked")
	}
	return d
}

func (d drawn) decide(t *rapid.T, now time.Time) retention.Decision {
	t.Helper()
	got, err := d.policy.Decide(d.agreement, d.record, nil, now)
	require.NoError(t, err)
	return got
}

// TestDecideIsMonotone: what is due stays due, and no state before that comes
// back; Next skips nothing.
func TestDecideIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		now, later := drawInstant(t, "now"), drawInstant(t, "later")
		if later.Before(now) {
			now, later = later, now
		}
		first, second := d.decide(t, now), d.decide(t, later)
		require.LessOrEqual(t, first.State, second.State)
		require.Equal(t, first, d.decide(t, now), "a pure function")
		if first.Next.IsZero() || later.Before(first.Next) {
			require.Equal(t, first.String(), second.String(), "nothing changes before Next")
		}
	})
}

// TestRuleNeverLengthens: one rule more for a class that has one can only bring
// the end nearer.
func TestRuleNeverLengthens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		now := drawInstant(t, "now")
		before := d.decide(t, now)
		at := rapid.IntRange(0, len(d.policy.Rules)).Draw(t, "at")
		d.policy.Rules = slices.Insert(slices.Clone(d.policy.Rules), at, drawRule(t, "z"))
		after := d.decide(t, now)
		require.GreaterOrEqual(t, after.State, min(before.State, retention.Due))
		require.False(t, !before.Due.IsZero() && (after.Due.IsZero() || after.Due.After(before.Due)), "%s, then %s", before.Due, after.Due)
	})
}

// TestAgreementOnlyShortens: compared with own use, which has no end, an
// agreement never keeps a record for longer.
func TestAgreementOnlyShortens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.record.Asked = time.Time{}
		now := drawInstant(t, "now")
		under := d.decide(t, now)
		own := retention.OwnUse("Acme", d.agreement.Start)
		own.Customer, own.Zone = "acme", d.agreement.Zone
		d.agreement = own
		alone := d.decide(t, now)
		require.True(t, alone.State != retention.Due || under.State == retention.Due)
		require.False(t, !alone.Due.IsZero() && under.Due.After(alone.Due))
	})
}

// TestHoldOnlySuspends: a legal hold never brings an erasure nearer, and without
// it the decision is what it would have been.
func TestHoldOnlySuspends(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		now := drawInstant(t, "now")
		from := retention.DateOf(drawInstant(t, "from"), time.UTC)
		h := retention.LegalHold{ID: "H", Customer: "acme", Authority: "A", Reason: "R", From: from, Review: from, Released: from.AddMonths(3)}
		without := d.decide(t, now)
		with, err := d.policy.Decide(d.agreement, d.record, []retention.LegalHold{h}, now)
		require.NoError(t, err)
		if with.State != retention.Held && with.State != retention.Restricted {
			require.Equal(t, without.String(), with.String())
		}
		require.True(t, with.State != retention.Due || without.State == retention.Due)
	})
}

// TestCutoffAgreesWithDecide: a row is due by its period if, and only if, its
// time is before the cutoff.
func TestCutoffAgreesWithDecide(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := retention.Policy{Version: "1", Notice: "7 days"}
		for i := range rapid.IntRange(1, 3).Draw(t, "rules") {
			r := drawRule(t, string(rune('a'+i)))
			r.Outlives = false
			if r.From != "" {
				r.From = "a"
			}
			p.Rules = append(p.Rules, r)
		}
		own := retention.OwnUse("Acme", retention.Date{Year: 2020, Month: 1, Day: 1})
		own.Zone = rapid.SampledFrom([]string{"", "America/Aruba", "America/Havana"}).Draw(t, "zone")
		made, err := p.Terms([]retention.Agreement{own}, nil)
		require.NoError(t, err)
		now := drawInstant(t, "now")
		at := now.Add(-time.Duration(rapid.Int64Range(0, int64(500*24*time.Hour)).Draw(t, "age")))
		if rapid.Bool().Draw(t, "near the cutoff") {
			at = made.Cutoff("x", "", "a", now).Add(time.Duration(rapid.Int64Range(-1, 1).Draw(t, "off")))
		}
		if at.Year() < 1970 || at.After(now) {
			return
		}
		d := made.Decide(retention.Record{Class: "x", Customer: own.Customer, Times: map[string]time.Time{"a": at}}, now)
		require.Equal(t, d.State == retention.Due, at.Before(made.Cutoff("x", "", "a", now)), "%s at %s: %s", at, now, d)
	})
}

func TestCutoff(t *testing.T) {
	t.Parallel()
	made := terms(t, nil, signed(t, "2024-05-01", "2028-11-30"))
	now := instant(t, "2027-03-31T10:00:00Z")
	for _, test := range []struct {
		class       retention.Class
		field, from string
		want        string
	}{
		{"call", "caller", "started", "2026-02-28T23:00:00Z"}, // 28 February and 13 months end on 28 March
		{"counter", "", "day", "2025-02-28T23:00:00Z"},
		{"lease", "", "seen", "2027-02-28T23:00:00Z"},
		{"lease", "session", "expires", "2027-03-31T10:00:00.000000001Z"},
		{"page view", "", "seen", "2027-03-31T10:00:00.000000001Z"},
		{"notes", "", "seen", "2027-03-31T10:00:00.000000001Z"}, // no rule
		{"call", "", "started", ""},                             // with the agreement
		{"call", "caller", "received", ""},
		{"call", "duration", "started", ""},
	} {
		got := made.Cutoff(test.class, test.field, test.from, now)
		if test.want == "" {
			require.True(t, got.IsZero(), "%v", test)
			continue
		}
		require.Equal(t, test.want, got.UTC().Format(time.RFC3339Nano), "%v", test)
	}
	h := hold(t, "2027-03-31", "2027-04-02")
	h.Class = "counter"
	held := terms(t, []retention.LegalHold{h}, signed(t, "2024-05-01", "2028-11-30"))
	require.True(t, held.Cutoff("counter", "", "day", now).IsZero(), "one by one while it is held")
	require.False(t, held.Cutoff("call", "caller", "started", now).IsZero())
	require.False(t, held.Cutoff("counter", "", "day", instant(t, "2027-04-02T10:00:00Z")).IsZero())
}
