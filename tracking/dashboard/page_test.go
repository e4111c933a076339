package dashboard_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// The beginnings of the captions of the page's tables.
const (
	numbersTable   = "De nummers"
	sessionsTable  = "Sessies per dag"
	pageViewsTable = "Paginaweergaven per dag"
	callsTable     = "De laatste gesprekken"
)

// TestPage: a full report, table by table, in the zone of the agreement.
func TestPage(t *testing.T) {
	text := showing(t, fullReport(t)).get("/")
	for caption, want := range map[string][][]string{
		numbersTable: {
			{"Nummer", "Stand", "Bron", "Medium", "Campagne"},
			{"+31850000001", "bezet tot 24 nov 2026 13:01:30", "google", "cpc", "voorjaar"},
			{"+31850000002", "vrij sinds 24 nov 2026 13:00:00", "–"},
			{"+31850000003", "vrij, nog nooit gebruikt", "–"},
		},
		sessionsTable: {
			{"Dag", "Bron", "Medium", "Campagne", "Sessies"},
			{"24 nov 2026", "nieuwsbrief", "email", "–", "4"},
			{"24 nov 2026", "geen campagne", "2"},
			{"23 nov 2026", "google", "cpc", "voorjaar", "3"},
		},
		pageViewsTable: {
			{"Dag", "Pad", "Weergaven"},
			{"24 nov 2026", "/diensten", "9"},
			{"24 nov 2026", "/", "5"},
			{"23 nov 2026", "/contact", "7"},
		},
		callsTable: {
			{"Begonnen", "Gebeld nummer", "Bron", "Medium", "Campagne", "Kanaal", "Zekerheid", "Getoond aan", "Verloop", "Duur", "Beller"},
			{"24 nov 2026 12:59:00", "+31850000001", "google", "cpc", "voorjaar", "Paid Search", "87 %", "één sessie", "gesproken", "1 min 05 s", "…07"},
			{"23 nov 2026 13:00:00", "+31851234567", "niet toe te wijzen", "–", "iedereen", "gemist", "–", "–"},
		},
	} {
		t.Run(caption, func(t *testing.T) { require.Equal(t, want, table(t, text, caption)) })
	}
	for _, want := range []string{
		"De overeenkomst is van kracht.",
		"Klant kwikstaart",
		`<time datetime="2026-11-24T13:00:00&#43;01:00">24 nov 2026 13:00:00</time>`,
		"Europe/Amsterdam",
		"In plaats van <span class=\"nr\">&#43;31851234567</span> (balie)",
		`<meter min="0" max="3" high="2" optimum="0" value="1" aria-labelledby="pool-0">1 van 3</meter>`,
		"<dt>Sessies met een eigen nummer, nu</dt><dd>1</dd>",
		"<dt>Sessies in de laatste 30 dagen</dt><dd>9</dd>",
		"<dt>Laatste gesprekken</dt><dd>2</dd>",
		"<dt>Waarvan toegewezen aan een bezoek</dt><dd>1</dd>",
		`<a href="calls.csv">`,
		`<a href="calls.json">`,
	} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "deadbeef", "the pseudonym of the caller")
	require.NotContains(t, text, "voorganger", "what a number was before is not shown")
}

// TestEmptyPage: somebody who has just begun is told what to do.
func TestEmptyPage(t *testing.T) {
	text := showing(t, emptyReport(t)).get("/")
	require.NotContains(t, text, "<table")
	for _, want := range []string{
		"Er zijn nog geen nummers.", "Er zijn nog geen sessies.",
		"Er zijn nog geen paginaweergaven", "Er zijn nog geen gesprekken.",
	} {
		require.Contains(t, text, want)
	}
	requireAccessible(t, text)

	rep := emptyReport(t)
	rep.Zone = nil
	rep.Pools = []tracking.PoolReport{{Pool: "+31851234567", SwapTarget: "+31851234567"}}
	text = showing(t, rep).get("/")
	require.Contains(t, text, "Deze groep heeft geen nummers")
	require.Contains(t, text, "12:00:00</time>, tijdzone UTC")
	require.NotContains(t, text, "(&#43;31851234567)", "the name of a pool that is its swap target says nothing")
	require.NotContains(t, text, "<meter", "a meter from 0 to 0 is none")
}

// TestStates: what may be looked at follows from the state of the agreement, also
// if the source says more than it should.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		state    retention.State
		readable bool
		text     string
	}{
		{retention.NotStarted, false, "De overeenkomst is nog niet ingegaan."},
		{retention.Active, true, "De overeenkomst is van kracht."},
		{retention.Grace, true, "De overeenkomst is afgelopen. Er komt niets meer bij;"},
		{retention.Due, false, "De bewaartermijn is voorbij."},
		{retention.State(99), false, "De overeenkomst staat nu niet toe"},
	} {
		t.Run(c.state.String(), func(t *testing.T) {
			rep := fullReport(t)
			rep.State = c.state
			b := showing(t, rep)
			text := b.get("/")
			require.Contains(t, text, c.text)
			require.Equal(t, c.readable, strings.Contains(text, "google"))
			require.Equal(t, c.readable, strings.Contains(text, "31850000001"))
			require.Equal(t, c.readable, strings.Contains(text, "calls.csv"))
			require.Equal(t, c.readable, strings.Contains(text, "<table"))
			require.Equal(t, !c.readable, strings.Contains(text, "Er is hier nu niets in te zien."))
			requireAccessible(t, text)
			for _, path := range []string{"/calls.json", "/calls.csv"} {
				rec := b.do(http.MethodGet, path)
				require.Equal(t, c.readable, rec.Code == http.StatusOK)
				if c.readable {
					continue
				}
				require.Equal(t, http.StatusForbidden, rec.Code)
				require.Equal(t, "text/plain; charset=utf-8", rec.Header().Get("Content-Type"))
				require.Empty(t, rec.Header()["Content-Disposition"])
				require.Contains(t, rec.Body.String(), c.text)
				require.NotContains(t, rec.Body.String(), "31850000001")
				requireProtected(t, rec.Header())
			}
			require.Empty(t, b.log.String())
		})
	}
}

// TestCallTexts: every way a call can be, as people read it.
func TestCallTexts(t *testing.T) {
	sure := func(p float64) tracking.Call {
		return tracking.Call{Attribution: spring, Probability: p}
	}
	for _, c := range []struct {
		name   string
		call   tracking.Call
		column string
		want   string
	}{
		{"ringing", tracking.Call{State: tracking.Ringing}, "Verloop", "gaat over"},
		{"answered", tracking.Call{State: tracking.Answered}, "Verloop", "in gesprek"},
		{"missed", tracking.Call{State: tracking.Missed}, "Verloop", "gemist"},
		{"finished", tracking.Call{State: tracking.Finished}, "Verloop", "gesproken"},
		{"unknown state", tracking.Call{State: 99}, "Verloop", "onbekend"},
		{"session", tracking.Call{Rung: tracking.Session}, "Getoond aan", "één sessie"},
		{"swap target", tracking.Call{}, "Getoond aan", "iedereen"},
		{"unknown rung", tracking.Call{Rung: 99}, "Getoond aan", "onbekend"},
		{"certain", sure(1), "Zekerheid", "100 %"},
		{"nearly certain", sure(0.9999), "Zekerheid", "99 %"},
		{"likely", sure(0.745), "Zekerheid", "75 %"},
		{"hardly", sure(0.0001), "Zekerheid", "1 %"},
		{"impossible", sure(0), "Zekerheid", "0 %"},
		{"no duration", tracking.Call{}, "Duur", "–"},
		{"a second", tracking.Call{Duration: 1999 * time.Millisecond}, "Duur", "1 s"},
		{"a minute", tracking.Call{Duration: time.Minute}, "Duur", "1 min 00 s"},
		{"an hour", tracking.Call{Duration: 61 * time.Minute}, "Duur", "1 u 01 min"},
		{"days", tracking.Call{Duration: 50 * time.Hour}, "Duur", "50 u 00 min"},
		{"withheld", tracking.Call{}, "Beller", "–"},
		{"caller", tracking.Call{CallerHint: "00"}, "Beller", "…00"},
		{"direct", tracking.Call{Attribution: numberpool.Attribution{Channel: "Direct"}}, "Kanaal", "Direct"},
		{"no channel", tracking.Call{Attribution: numberpool.Attribution{Source: "x"}}, "Kanaal", "–"},
		{"summer", tracking.Call{StartedAt: time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC)}, "Begonnen", "2 jul 2026 00:30:00"},
		{"new year", tracking.Call{StartedAt: time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)}, "Begonnen", "1 jan 2027 00:00:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rep := emptyReport(t)
			rep.Calls = []tracking.Call{c.call}
			text := showing(t, rep).get("/")
			require.Equal(t, c.want, cell(t, text, callsTable, c.column))
		})
	}
}
