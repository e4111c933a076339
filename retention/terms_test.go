package retention_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// TestValidateWhatIsEnteredLater has the fields that are written after an
// agreement was signed.
func TestValidateWhatIsEnteredLater(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*retention.Agreement)
		want   []string
	}{
		"all of them": {func(a *retention.Agreement) {
			a.Choice, a.Continues = retention.HandOver, "2025-001"
			a.EndEntered, a.HandedOver, a.EraseThrough = a.End, a.End, a.Start
		}, nil},
		"continues itself":     {func(a *retention.Agreement) { a.Continues = a.ID }, []string{"Continues"}},
		"continues a line":     {func(a *retention.Agreement) { a.Continues = "a\nb" }, []string{"Continues"}},
		"nothing to hand over": {func(a *retention.Agreement) { a.HandedOver = a.End }, []string{"HandedOver"}},
		"no such day":          {func(a *retention.Agreement) { a.EndEntered.Year = 2026 }, []string{"EndEntered"}},
		"before the start":     {func(a *retention.Agreement) { a.EraseThrough = day(t, "2025-12-31") }, []string{"EraseThrough"}},
		"own use": {func(a *retention.Agreement) {
			*a = retention.OwnUse("Acme", a.Start)
			a.Continues, a.EndEntered, a.HandedOver, a.EraseThrough = "1", a.Start, a.Start, a.Start
		}, []string{"Continues", "EndEntered", "HandedOver"}},
	} {
		a := signed(t, "2026-01-01", "2026-12-31")
		test.change(&a)
		require.Equal(t, test.want, mistakes(t, a.Validate()), name)
	}
}

// TestAgreementsTogether has agreements of which each alone would do.
func TestAgreementsTogether(t *testing.T) {
	t.Parallel()
	type list = []retention.Agreement
	for name, test := range map[string]struct {
		change func(list)
		want   string
	}{
		"in a row":         {func(l list) { l[1].Continues, l[2].Continues = "1", "2" }, ""},
		"one unknown":      {func(l list) { l[0].Continues = "2019-007" }, ""},
		"other customer":   {func(l list) { l[2].Customer = "b" }, `Customer "b": not that of agreement 1`},
		"one ID":           {func(l list) { l[1].ID = "1" }, `ID "1": two agreements have it`},
		"two heirs":        {func(l list) { l[1].Continues, l[2].Continues = "1", "1" }, `Continues "1": agreement 2 continues it already`},
		"other controller": {func(l list) { l[1].Continues, l[1].Controller = "1", "Other" }, `Continues "1": another controller`},
		"circle of two":    {func(l list) { l[1].Continues, l[0].Continues = "1", "2" }, "goes round in a circle"},
		"circle of three":  {func(l list) { l[0].Continues, l[1].Continues, l[2].Continues = "2", "3", "1" }, "goes round in a circle"},
		"a mistake in one": {func(l list) { l[1].End = retention.Date{} }, "End: missing"},
		"a zone in one":    {func(l list) { l[1].Zone = "Mars" }, "Zone"},
	} {
		l := list{signed(t, "2024-01-01", "2024-12-31"), signed(t, "2025-01-01", "2025-12-31"), signed(t, "2026-01-01", "2026-12-31")}
		for i := range l {
			l[i].ID = []string{"1", "2", "3"}[i]
		}
		test.change(l)
		made, err := retention.DefaultPolicy().Terms(l, nil)
		if test.want == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, test.want, name)
		require.Nil(t, made)
	}
	_, err := retention.DefaultPolicy().Terms(nil, nil)
	require.ErrorContains(t, err, "retention.OwnUse", "the lines to add")
	_, err = retention.Policy{}.Terms(list{signed(t, "2024-01-01", "2024-12-31")}, nil)
	require.ErrorContains(t, err, "version: missing")
}

// TestConsidered: a decision can be explained with everything that had a say.
func TestConsidered(t *testing.T) {
	t.Parallel()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.EraseThrough = day(t, "2027-01-31")
	rec := call(t, "2026-06-01T12:00:00Z")
	rec.Asked = instant(t, "2027-02-10T12:00:00Z")
	d := terms(t, []retention.LegalHold{hold(t, "2027-02-20", "")}, a).Decide(rec, instant(t, "2027-03-10T00:00:00Z"))
	rules := make([]string, len(d.Considered))
	for i, v := range d.Considered {
		rules[i] = v.Rule
		require.NotEmpty(t, v.Reason)
		require.False(t, v.Due.IsZero())
	}
	require.Equal(t, []string{"call-caller", "call", "agreement", "instruction", "request", "legal-hold"}, rules)
	require.Equal(t, retention.Restricted, d.State)
	require.Equal(t, "legal-hold", d.Rule)
	require.Equal(t, "2027-01-30T23:00:00Z", d.Due.UTC().Format(time.RFC3339), "the first of all clocks")

	rec.Fields = []string{"caller"}
	require.Equal(t, []string{"caller"}, terms(t, nil, a).Decide(rec, rec.Stored).Considered[0].Empties, "the other one is empty already")
}

// TestTwoHolds: the first that covers a record is named, and it is held until
// both are released.
func TestTwoHolds(t *testing.T) {
	t.Parallel()
	first, second := hold(t, "2027-02-01", "2027-04-01"), hold(t, "2027-03-01", "2027-05-01")
	second.ID = "H2"
	made := terms(t, []retention.LegalHold{first, second}, signed(t, "2024-05-01", "2026-11-30"))
	rec := call(t, "2026-06-01T12:00:00Z")
	for at, want := range map[string]string{"2027-02-15T00:00:00Z": "H1 ", "2027-03-15T00:00:00Z": "H1 ", "2027-04-15T00:00:00Z": "H2 "} {
		d := made.Decide(rec, instant(t, at))
		require.Equal(t, retention.Held, d.State)
		require.Contains(t, d.Reason, want, at)
	}
	changes(t, made, rec, "2027-04-30T21:59:59Z held", "2027-04-30T22:00:00Z due")
}

// TestTermsKeepNothingOfTheirs: what the caller does with its slices later
// changes no decision.
func TestTermsKeepNothingOfTheirs(t *testing.T) {
	t.Parallel()
	p, holds := retention.DefaultPolicy(), []retention.LegalHold{hold(t, "2026-07-01", "2026-07-02")}
	agreements := []retention.Agreement{signed(t, "2024-05-01", "2026-11-30")}
	made, err := p.Terms(agreements, holds)
	require.NoError(t, err)
	rec, now := call(t, "2026-06-01T12:00:00Z"), instant(t, "2026-08-01T00:00:00Z")
	before := made.Decide(rec, now)
	clear(p.Rules)
	clear(holds)
	clear(agreements)
	fields := slices.Clone(rec.Fields)

	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := made.Decide(rec, now); got.String() != before.String() {
				t.Errorf("%s, and not %s", got, before)
			}
		})
	}
	wait.Wait()
	require.Equal(t, fields, rec.Fields)
}

// TestDecisionHasNoPersonalData: what goes into logs has no value of a record and
// no name of a person.
func TestDecisionHasNoPersonalData(t *testing.T) {
	t.Parallel()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Controller = "Jan Jansen"
	h := hold(t, "2026-07-01", "")
	h.Authority = "Rechter Pietersen"
	for _, now := range []string{"2026-06-02T00:00:00Z", "2026-08-01T00:00:00Z", "2027-05-01T00:00:00Z"} {
		d := terms(t, []retention.LegalHold{h}, a).Decide(call(t, "2026-06-01T12:00:00Z"), instant(t, now))
		for _, v := range append(d.Considered, d.Verdict) {
			require.NotContains(t, v.Reason, "Jansen")
			require.NotContains(t, v.Reason, "Pietersen")
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	made := terms(b, nil, signed(b, "2024-05-01", "2026-11-30"))
	rec, now := call(b, "2026-06-01T12:00:00Z"), instant(b, "2026-09-01T00:00:00Z")
	b.ReportAllocs()
	for b.Loop() {
		if made.Decide(rec, now).State != retention.Active {
			b.Fatal("not active")
		}
	}
}
