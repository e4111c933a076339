package retention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

func noEnd(t *testing.T) {
	t.Helper()
	own := retention.OwnUse("acme", day(t, "2024-01-01"))
	made := terms(t, nil, own)
	rec := call(t, "2026-06-01T12:00:00Z")
	rec.Customer, rec.Fields = own.Customer, nil
	d := made.Decide(rec, instant(t, "2126-06-01T12:00:00Z"))
	require.Equal(t, retention.Active, d.State)
	require.True(t, d.Due.IsZero())
	require.True(t, d.Next.IsZero(), "and nothing is planned")
	rec.Class = "visit"
	require.Equal(t, retention.Due, made.Decide(rec, instant(t, "2026-07-01T22:00:00Z")).State, "the other clock runs")
}

func endBeforeStart(t *testing.T) {
	t.Helper()
	_, err := retention.DefaultPolicy().Terms([]retention.Agreement{signed(t, "2026-05-01", "2026-04-30")}, nil)
	require.ErrorContains(t, err, "before Start")
	wrong := signed(t, "2026-05-01", "2026-05-30")
	wrong.Zone = "Local"
	d, err := retention.DefaultPolicy().Decide(wrong, call(t, "2026-05-02T00:00:00Z"), nil, instant(t, "2030-01-01T00:00:00Z"))
	require.ErrorContains(t, err, "Zone")
	require.Zero(t, d)
}

func endEnteredLate(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.EndEntered = day(t, "2027-03-10")
	rec := call(t, "2026-06-01T12:00:00Z")
	changes(t, terms(t, nil, a), rec, "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z overdue", "2027-03-17T23:00:00Z due")
	w, err := a.Window()
	require.NoError(t, err)
	require.False(t, w.MayTrack(instant(t, "2027-03-10T12:00:00Z")), "blocked at once")

	a.EraseThrough = day(t, "2027-03-12") // the customer confirms
	changes(t, terms(t, nil, a), rec, "2027-03-11T22:59:59Z overdue", "2027-03-11T23:00:00Z due")
	require.Equal(t, retention.Due, terms(t, nil, a).Decide(visit(t, "2026-11-20T12:00:00Z"), instant(t, "2027-03-10T12:00:00Z")).State,
		"its own period is no slip of the pen")
}

func endMovedEarlier(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2028-11-30")
	rec := call(t, "2026-06-01T12:00:00Z")
	rec.Fields = nil
	changes(t, terms(t, nil, a), rec, "2026-12-15T12:00:00Z active")
	a.End, a.EndEntered = day(t, "2026-11-30"), day(t, "2026-12-15")
	changes(t, terms(t, nil, a), rec, "2026-12-15T12:00:00Z grace", "2027-02-28T23:00:00Z due")
	a.EndEntered = day(t, "2027-02-28") // the last day on which nothing is overdue
	changes(t, terms(t, nil, a), rec, "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z due")
	a.EndEntered = day(t, "2027-03-01")
	changes(t, terms(t, nil, a), rec, "2027-03-01T12:00:00Z overdue", "2027-03-08T23:00:00Z due")
}

// renewed returns an agreement that ended on 30 November and one that began on
// 15 February.
func renewed(t *testing.T) (was, is retention.Agreement, rec retention.Record) {
	t.Helper()
	was, is = signed(t, "2024-05-01", "2026-11-30"), signed(t, "2027-02-15", "2028-02-14")
	is.ID = "2027-004"
	rec = call(t, "2026-06-01T12:00:00Z")
	rec.Agreement, rec.Fields = was.ID, nil
	return was, is, rec
}

func renewedAndLinked(t *testing.T) {
	t.Helper()
	was, is, rec := renewed(t)
	is.Continues = was.ID
	for _, made := range []*retention.Terms{terms(t, nil, was, is), terms(t, nil, is, was)} {
		changes(t, made, rec, "2026-11-30T22:59:59Z active", "2026-11-30T23:00:00Z grace", "2027-02-14T23:00:00Z active",
			"2028-02-14T23:00:00Z grace", "2028-05-14T22:00:00Z due")
	}
	alone := terms(t, nil, is)
	changes(t, alone, rec, "2027-03-01T12:00:00Z active")
	for _, a := range []retention.Agreement{was, is} {
		w, err := a.Window()
		require.NoError(t, err)
		require.False(t, w.MayTrack(instant(t, "2027-01-10T12:00:00Z")), "nothing new in the gap")
	}
	is.Start = day(t, "2027-04-01") // signed in time, and begins after the grace
	changes(t, terms(t, nil, was, is), rec, "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z not started", "2027-03-31T22:00:00Z active")
}

func renewedWithoutLink(t *testing.T) {
	t.Helper()
	was, is, rec := renewed(t)
	changes(t, terms(t, nil, was, is), rec, "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z due")
	rec.Agreement = ""
	require.Equal(t, retention.NotStarted, terms(t, nil, was, is).Decide(rec, instant(t, "2027-03-01T12:00:00Z")).State, "of which of the two?")

	is.Continues, is.Controller = was.ID, "Other B.V."
	_, err := retention.DefaultPolicy().Terms([]retention.Agreement{was, is}, nil)
	require.ErrorContains(t, err, "another controller")
}

func renewalEnds(t *testing.T) {
	t.Helper()
	was, is, rec := renewed(t)
	is.Continues, is.End = was.ID, day(t, "2027-05-31")
	changes(t, terms(t, nil, was, is), rec, "2027-05-31T21:59:59Z active", "2027-05-31T22:00:00Z grace", "2027-08-31T22:00:00Z due")
}

// signedPolicyApplies: the grace is the agreement's, and a policy is known by
// its hash.
func signedPolicyApplies(t *testing.T) {
	t.Helper()
	policy := retention.DefaultPolicy()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.PolicyHash = policy.Hash()
	require.NoError(t, policy.Signed(a))

	later := retention.DefaultPolicy()
	later.Version, later.Rules[4].Keep = "2027-02", "1 month"
	mistake := new(retention.FieldError)
	require.ErrorAs(t, later.Signed(a), &mistake)
	require.Equal(t, "PolicyHash", mistake.Field)
	require.Equal(t, []string{"version: 2026-11 -> 2027-02", "rule pool-caller: keep: 30 days -> 1 month"}, later.Diff(policy))
	for _, p := range []retention.Policy{policy, later} {
		d, err := p.Decide(a, call(t, "2026-06-01T12:00:00Z"), nil, instant(t, "2027-02-28T12:00:00Z"))
		require.NoError(t, err)
		require.Equal(t, "2027-02-28", d.Last.String(), "three months were signed")
	}
}

func scopeIsTheAgreement(t *testing.T) {
	t.Helper()
	ended, runs := signed(t, "2024-05-01", "2026-05-31"), signed(t, "2024-05-01", "2028-05-31")
	runs.ID = "2026-002"
	made := terms(t, nil, ended, runs)
	rec := call(t, "2026-05-01T12:00:00Z")
	now := instant(t, "2026-09-15T12:00:00Z")
	for id, want := range map[string]retention.State{
		ended.ID: retention.Due, runs.ID: retention.Active, "2020-001": retention.NotStarted,
	} {
		rec.Agreement = id
		require.Equal(t, want, made.Decide(rec, now).State, id)
	}
	rec.Customer = "other"
	require.Equal(t, retention.NotStarted, made.Decide(rec, now).State)
}

func noChoice(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Choice = 0
	changes(t, terms(t, nil, a), call(t, "2026-06-01T12:00:00Z"), "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z due")
}

func choiceChanged(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Choice = retention.HandOver // on the last day
	changes(t, terms(t, nil, a), call(t, "2026-06-01T12:00:00Z"), "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z pending")
}

func copyConfirmed(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Choice, a.HandedOver = retention.HandOver, day(t, "2027-02-01")
	changes(t, terms(t, nil, a), call(t, "2026-06-01T12:00:00Z"), "2027-02-28T22:59:59Z grace", "2027-02-28T23:00:00Z due")
	a.HandedOver = day(t, "2027-04-09")
	changes(t, terms(t, nil, a), call(t, "2026-06-01T12:00:00Z"), "2027-04-08T21:59:59Z pending", "2027-04-08T22:00:00Z due")
	made := call(t, "2027-02-27T12:00:00Z")
	made.Class, made.Times = "export", map[string]time.Time{"made": made.Stored}
	changes(t, terms(t, nil, a), made, "2027-02-28T11:59:59Z grace", "2027-02-28T12:00:00Z due")
}

func copyNotConfirmed(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	a.Choice = retention.HandOver
	d := terms(t, nil, a).Decide(call(t, "2026-06-01T12:00:00Z"), instant(t, "2035-01-01T00:00:00Z"))
	require.Equal(t, retention.Pending, d.State, "never erased by itself")
	require.Equal(t, []string{"caller", "caller_hint"}, d.Empty, "but its fields keep their own clocks")
	counter := retention.Record{Class: "counter", Customer: "acme", Times: map[string]time.Time{"day": instant(t, "2026-06-01T12:00:00Z")}}
	changes(t, terms(t, nil, a), counter, "2027-03-01T00:00:00Z pending", "2028-07-01T22:00:00Z due")
	require.Equal(t, "counter", terms(t, nil, a).Decide(counter, instant(t, "2028-07-01T22:00:00Z")).Rule, "its own period ended it")
}
