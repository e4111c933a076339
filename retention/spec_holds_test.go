package retention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

func erasedEarlier(t *testing.T) {
	t.Helper()
	for _, asked := range []string{"2026-08-10", "2027-01-10"} { // during the agreement, and in the grace
		a := signed(t, "2024-05-01", "2026-11-30")
		a.EraseThrough = day(t, asked)
		made := terms(t, nil, a)
		at := a.EraseThrough.Start(zone(t, "Europe/Amsterdam"))
		rec := call(t, "2026-06-01T12:00:00Z")
		require.NotEqual(t, retention.Due, made.Decide(rec, at.Add(-1)).State)
		d := made.Decide(rec, at)
		require.Equal(t, retention.Due, d.State)
		require.Equal(t, "instruction", d.Rule)
	}
	a := signed(t, "2024-05-01", "2026-11-30")
	a.EraseThrough = day(t, "2026-05-31")
	for at, want := range map[string]retention.State{"2026-05-31T21:59:59Z": retention.Due, "2026-05-31T22:00:00Z": retention.Active} {
		require.Equal(t, want, terms(t, nil, a).Decide(call(t, at), instant(t, "2026-06-02T12:00:00Z")).State, "that local day, and no later one")
	}
}

func heldAndReleased(t *testing.T) {
	t.Helper()
	a := signed(t, "2024-05-01", "2026-11-30")
	made := terms(t, []retention.LegalHold{hold(t, "2027-02-27", "2027-04-09")}, a)
	rec := call(t, "2026-01-20T12:00:00Z")
	changes(t, made, rec, "2027-02-26T22:59:59Z grace", "2027-02-26T23:00:00Z held", "2027-03-01T12:00:00Z held", "2027-04-08T22:00:00Z due")
	for _, now := range []string{"2027-04-01T00:00:00Z", "2027-04-10T00:00:00Z"} {
		require.Equal(t, "2027-02-28T23:00:00Z", made.Decide(rec, instant(t, now)).Due.UTC().Format(time.RFC3339), "the clock runs on")
	}
	later := made.Decide(rec, instant(t, "2027-02-27T12:00:00Z"))
	require.Empty(t, later.Empty, "no field of it is touched either")
	forever := terms(t, []retention.LegalHold{hold(t, "2027-02-27", "")}, a)
	require.Equal(t, retention.Held, forever.Decide(rec, instant(t, "2040-01-01T00:00:00Z")).State, "a review ends nothing")
}

func holdRefused(t *testing.T) {
	t.Helper()
	for name, test := range map[string]struct {
		change func(*retention.LegalHold)
		want   []string
	}{
		"nothing wrong": {func(*retention.LegalHold) {}, nil},
		"no authority, reason or review": {
			func(h *retention.LegalHold) { h.Authority, h.Reason, h.Review = "", "", retention.Date{} },
			[]string{"Authority", "Reason", "Review"},
		},
		"unpaid invoice":   {func(h *retention.LegalHold) { h.Reason = "Unpaid invoice 2026-77" }, []string{"Reason"}},
		"factuur":          {func(h *retention.LegalHold) { h.Reason = "openstaande Factuur" }, []string{"Reason"}},
		"released too far": {func(h *retention.LegalHold) { h.Released = retention.Date{Year: 2020, Month: 1, Day: 1} }, []string{"Released"}},
		"no such day":      {func(h *retention.LegalHold) { h.Review.Day = 32 }, []string{"Review"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := hold(t, "2027-02-27", "")
			test.change(&h)
			require.Equal(t, test.want, mistakes(t, h.Validate()))
			_, err := retention.DefaultPolicy().Terms([]retention.Agreement{signed(t, "2024-05-01", "2026-11-30")}, []retention.LegalHold{h})
			require.Equal(t, test.want == nil, err == nil, "%v", err)
			if err != nil {
				require.NotContains(t, err.Error(), "Rechtbank")
			}
		})
	}
}

func requestForHeldRow(t *testing.T) {
	t.Helper()
	h := hold(t, "2026-07-01", "2026-09-01")
	h.Class = "call"
	made := terms(t, []retention.LegalHold{h}, signed(t, "2024-05-01", "2026-11-30"))
	held, other := call(t, "2026-06-01T12:00:00Z"), visit(t, "2026-07-20T12:00:00Z")
	held.Asked, other.Asked = instant(t, "2026-07-25T12:00:00Z"), instant(t, "2026-07-25T12:00:00Z")
	changes(t, made, held, "2026-07-25T11:59:59Z held", "2026-07-25T12:00:00Z restricted", "2026-08-31T22:00:00Z due")
	changes(t, made, other, "2026-07-25T11:59:59Z active", "2026-07-25T12:00:00Z due")
}

func holdOnOneAgreement(t *testing.T) {
	t.Helper()
	held, other := signed(t, "2024-05-01", "2026-05-31"), signed(t, "2024-05-01", "2026-05-31")
	other.ID = "2026-002"
	h, elsewhere := hold(t, "2026-06-01", ""), hold(t, "2026-06-01", "")
	h.Agreement, elsewhere.Customer = held.ID, "somebody else"
	made := terms(t, []retention.LegalHold{h, elsewhere}, held, other)
	rec := call(t, "2026-05-01T12:00:00Z")
	for id, want := range map[string]retention.State{held.ID: retention.Held, other.ID: retention.Due} {
		rec.Agreement = id
		require.Equal(t, want, made.Decide(rec, instant(t, "2026-09-01T12:00:00Z")).State, id)
	}
	other.Continues, rec.Agreement = held.ID, ""
	made = terms(t, []retention.LegalHold{h}, held, other)
	require.Equal(t, retention.Held, made.Decide(rec, instant(t, "2026-09-01T12:00:00Z")).State, "it may be of the one that is held")
}

func neverBackDated(t *testing.T) {
	t.Helper()
	made := terms(t, nil, signed(t, "2024-05-01", "2026-11-30"))
	now := instant(t, "2027-03-05T23:00:00Z")
	require.Equal(t, 5*24*time.Hour, now.Sub(made.Decide(call(t, "2026-06-01T12:00:00Z"), now).Due), "how late it is")
}

func tableWithoutRule(t *testing.T) {
	t.Helper()
	rec := call(t, "2026-06-01T12:00:00Z")
	rec.Class = "campaigns"
	d := terms(t, nil, signed(t, "2024-05-01", "2026-11-30")).Decide(rec, rec.Stored)
	require.Equal(t, retention.Due, d.State)
	require.Equal(t, "no-rule", d.Rule)
	require.Contains(t, d.Reason, "campaigns")
}

// derivedData: what is made of data has classes of its own, also copies on disk
// that nobody fetched.
func derivedData(t *testing.T) {
	t.Helper()
	made := terms(t, nil, signed(t, "2024-05-01", "2026-11-30"))
	for class, at := range map[retention.Class]string{
		"export": "2026-06-02T12:00:00Z", "why": "2026-06-01T12:10:00Z",
		"outbox": "2026-06-08T22:00:00Z", "dead letter": "2026-06-08T22:00:00Z", "counter": "2027-02-28T23:00:00Z",
	} {
		began := instant(t, "2026-06-01T12:00:00Z")
		rec := retention.Record{Class: class, Customer: "acme", Times: map[string]time.Time{"made": began, "queued": began, "day": began}}
		require.NotEqual(t, retention.Due, made.Decide(rec, instant(t, at).Add(-1)).State, class)
		require.Equal(t, retention.Due, made.Decide(rec, instant(t, at)).State, class)
	}
}

func callInTheGrace(t *testing.T) {
	t.Helper()
	w, err := signed(t, "2024-05-01", "2026-11-30").Window()
	require.NoError(t, err)
	require.False(t, w.MayStoreCall(w.End, w.End.Add(time.Minute)), "the number still rings, and nothing is stored")
	require.True(t, w.MayStoreCall(w.End.Add(-1), w.End.Add(time.Minute)))
}
