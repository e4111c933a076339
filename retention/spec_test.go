package retention_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// tricky has, by id, the cases of dates (R1 to R16), agreements, choices and legal
// holds (R17 to R41) and of the engine (R42 to R56) that deciding answers.
var tricky = map[string]func(t *testing.T){
	"R1": endsAndFallsDue, "R3": manyEndsOneLastDay, "R6": winterToSummer, "R8": dayOf23Hours, "R10": monthsAreNotDays,
	"R12": afterTheEndLocally, "R14": noWeekendRule, "R15": datesSurviveTheZone, "R16": zoneOfTheAgreement,
	"R17": notStarted, "R18": noEnd, "R19": endBeforeStart, "R20": endEnteredLate, "R21": renewedAndLinked,
	"R22": renewedWithoutLink, "R25": renewalEnds, "R26": endMovedEarlier, "R27": signedPolicyApplies, "R28": scopeIsTheAgreement,
	"R29": noChoice, "R30": choiceChanged, "R31": copyConfirmed, "R32": copyNotConfirmed, "R35": erasedEarlier,
	"R36": heldAndReleased, "R38": holdRefused, "R40": requestForHeldRow, "R41": holdOnOneAgreement,
	"R42": clockGoesBack, "R44": stampedInTheFuture, "R47": neverBackDated, "R51": tableWithoutRule, "R52": derivedData,
	"R53": callInTheGrace, "R55": twoClocks,
}

// doing has the ids of the cases that a decision can't answer, and why: they are
// about carrying it out.
var doing = map[string]string{
	"R24": "a purge that was done and a backup that was put back: the erasure ledger of the vault refuses it",
	"R33": "the checksum of a copy: who makes the copy verifies it",
	"R34": "who gave an instruction: checked when it is given",
	"R39": "a legal hold after the purge took its lock: checked when it is placed",
	"R43": "a clock that jumps ahead: the sweeper's limit, which knows how much else falls due",
	"R45": "the first run plans only: the sweeper knows which run is the first",
	"R46": "a crash, or two workers: locks and resuming",
	"R48": "a store that can't be reached: an erasure in part",
	"R49": "a reader that keeps the write-ahead log: verification",
	"R50": "a backup from before the erasure: the ledger is replayed at start",
	"R56": "a counter with one visitor: where counters are shown",
}

func TestTrickyCases(t *testing.T) {
	for _, id := range slices.Sorted(maps.Keys(tricky)) {
		t.Run(id, func(t *testing.T) { tricky[id](t) })
	}
}

// TestTrickyCasesAreAll: every id has an answer here or a reason.
func TestTrickyCasesAreAll(t *testing.T) {
	ids := strings.Fields(`R1 R3 R6 R8 R10 R12 R14 R15 R16
		R17 R18 R19 R20 R21 R22 R24 R25 R26 R27 R28 R29 R30 R31 R32 R33 R34 R35 R36 R38 R39 R40 R41
		R42 R43 R44 R45 R46 R47 R48 R49 R50 R51 R52 R53 R55 R56`)
	all := slices.Concat(slices.Collect(maps.Keys(tricky)), slices.Collect(maps.Keys(doing)))
	require.ElementsMatch(t, ids, all)
}

// instant reads an instant in RFC 3339.
func instant(tb testing.TB, s string) time.Time {
	tb.Helper()
	at, err := time.Parse(time.RFC3339, s)
	require.NoError(tb, err)
	return at
}

// call returns a call that was stored on a day during the agreements of these
// tests.
func call(tb testing.TB, at string) retention.Record {
	tb.Helper()
	started := instant(tb, at)
	return retention.Record{
		Class: "call", Customer: "acme", Stored: started,
		Times: map[string]time.Time{"started": started}, Fields: []string{"caller", "caller_hint"},
	}
}

// visit returns a visit that began at the given instant.
func visit(tb testing.TB, at string) retention.Record {
	tb.Helper()
	rec := call(tb, at)
	rec.Class, rec.Fields = "visit", nil
	return rec
}

// hold returns a legal hold without mistakes.
func hold(tb testing.TB, from, released string) retention.LegalHold {
	tb.Helper()
	h := retention.LegalHold{
		ID: "H1", Customer: "acme", Authority: "Rechtbank Amsterdam", Reason: "order in case 12",
		From: day(tb, from), Review: day(tb, from).AddMonths(3),
	}
	if released != "" {
		h.Released = day(tb, released)
	}
	return h
}

// terms returns the default policy with these agreements and holds.
func terms(tb testing.TB, holds []retention.LegalHold, agreements ...retention.Agreement) *retention.Terms {
	tb.Helper()
	made, err := retention.DefaultPolicy().Terms(agreements, holds)
	require.NoError(tb, err)
	return made
}

// changes requires the states of a record, each from the given instant on and not
// one nanosecond earlier: "2026-12-01T00:00:00+01:00 grace".
func changes(t *testing.T, made *retention.Terms, rec retention.Record, lines ...string) {
	t.Helper()
	before := ""
	for _, line := range lines {
		at, state, _ := strings.Cut(line, " ")
		if before != "" {
			require.Equal(t, before, made.Decide(rec, instant(t, at).Add(-1)).State.String(), "before %s", at)
		}
		require.Equal(t, state, made.Decide(rec, instant(t, at)).State.String(), "at %s", at)
		before = state
	}
}
