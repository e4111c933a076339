package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/examples/server/site"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
)

// twilioPath is where Twilio posts its reports.
const twilioPath = "/qooqie/calls/twilio"

var twilio = carrier.Twilio{AuthToken: token}

// browser is a program that visitors use, with cookies of its own.
type browser interface {
	// open opens a page and returns its HTML.
	open(t *testing.T, url string) string
	// cookies returns the names of the cookies that it keeps for a URL.
	cookies(t *testing.T, url string) []string
}

// TestJourney walks a visitor's journey, from the advertisement to the call on
// the dashboard, with real programs against a real server, which is killed on
// the way.
func TestJourney(t *testing.T) {
	t.Run("curl", func(t *testing.T) {
		path := program(t, "apt-get install curl", "curl")
		walk(t, func(t *testing.T) browser { return newCurl(t, path) })
	})
	t.Run("chromium", func(t *testing.T) {
		path := program(t, "apt-get install chromium",
			"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
		all := startChromium(t, path)
		walk(t, all.newBrowser)
	})
}

// walk is the journey with one kind of browser. The pool has two numbers.
func walk(t *testing.T, newBrowser func(*testing.T) browser) {
	dir := t.TempDir()
	flags := []string{"-numbers", numbersFrom(t, 2), "-twilio-token", token, "-dashboard-password", password}
	s := start(t, dir, flags...)

	first := newBrowser(t)
	html := first.open(t, s.url+landing)
	number := shown(t, html)
	require.NotEqual(t, site.Number, number, "the first page has a number already\n%s", s.log)
	requireHome(t, html, number)
	require.ElementsMatch(t, []string{cookies.SIDName, cookies.CampaignName}, first.cookies(t, s.url))
	for _, path := range []string{"/diensten", "/contact", "/nergens", "/"} {
		requireNumber(t, first.open(t, s.url+path), number)
	}

	html = newBrowser(t).open(t, s.url+"/?utm_source=nieuwsbrief&utm_medium=email&utm_campaign=winter")
	other := shown(t, html)
	require.NotContains(t, []string{number, site.Number}, other, "a second browser has another number")
	requireHome(t, html, other)

	third := newBrowser(t)
	began := time.Now()
	requireHome(t, third.open(t, s.url+"/"), site.Number)
	require.Less(t, time.Since(began), 10*time.Second, "no number is left, and nobody waits for one")

	callTwice(t, s, number)
	s.kill()
	s = start(t, dir, flags...)
	requireHome(t, first.open(t, s.url+"/"), number)
	requireCredit(t, s, number)
	requireDashboard(t, s, number)
	require.Contains(t, first.open(t, withPassword(t, s)+"/dashboard/"), "voorjaar")

	require.NoError(t, s.interrupt(), "Ctrl-C is no failure\n%s", s.log)
	requirePageView(t, dir, "/")
}

// callTwice has a number called once and the call reported more than once, which
// carriers do, and by somebody who does not know the token.
func callTwice(t *testing.T, s *server, number string) {
	t.Helper()
	form := url.Values{
		"CallSid": {"CA1234567890ABCDE"}, "AccountSid": {"AC1"}, "Direction": {"inbound"},
		"To": {number}, "From": {"+31612345678"}, "CallStatus": {"ringing"},
	}
	signature := twilio.Sign(s.url+twilioPath, form)
	require.Equal(t, http.StatusForbidden, report(t, s, form, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="))
	for range 3 {
		require.Equal(t, http.StatusNoContent, report(t, s, form, signature), s.log)
	}
	form.Set("To", site.Number)
	require.Equal(t, http.StatusForbidden, report(t, s, form, signature), "the signature is another form's")
}

// call is what calls.json has to say about a call.
type call struct {
	Dialled     string    `json:"dialled"`
	StartedAt   time.Time `json:"started_at"`
	Source      string    `json:"source"`
	Medium      string    `json:"medium"`
	Campaign    string    `json:"campaign"`
	Channel     string    `json:"channel"`
	Probability float64   `json:"probability"`
	Rung        string    `json:"rung"`
}

// requireCredit checks that the call is stored once and credited to the campaign.
func requireCredit(t *testing.T, s *server, number string) {
	t.Helper()
	a := board(t, s, "calls.json")
	require.Equal(t, http.StatusOK, a.StatusCode)
	var calls []call
	require.NoError(t, json.Unmarshal([]byte(a.text), &calls))
	require.Len(t, calls, 1)
	c := calls[0]
	require.Less(t, time.Since(c.StartedAt), time.Hour)
	require.Greater(t, c.Probability, .5, "two sessions, two numbers: hardly a doubt")
	c.StartedAt, c.Probability = time.Time{}, 0
	require.Equal(t, call{
		Dialled: number, Source: "google", Medium: "cpc", Campaign: "voorjaar",
		Channel: "Paid Search", Rung: c.Rung,
	}, c)
	require.Equal(t, "session", strings.ToLower(c.Rung))

	var fields []map[string]any
	require.NoError(t, json.Unmarshal([]byte(a.text), &fields))
	for _, name := range []string{
		"dialled", "started_at", "source", "medium", "campaign", "channel", "probability", "rung",
	} {
		require.Contains(t, fields[0], name)
	}
	require.NotContains(t, a.text, "612345678", "the caller stays a pseudonym")
}

// requireDashboard checks that the dashboard is for those with the password, and
// shows what it should.
func requireDashboard(t *testing.T, s *server, number string) {
	t.Helper()
	for _, path := range []string{"", "calls.csv", "calls.json", "calls.pdf"} {
		a := newVisitor(t).get(s.url + "/dashboard/" + path)
		require.Equal(t, http.StatusUnauthorized, a.StatusCode, path)
		require.Contains(t, a.Header.Get("WWW-Authenticate"), "Basic")
		require.NotContains(t, a.text, "voorjaar")
	}
	page := board(t, s, "")
	require.Equal(t, http.StatusOK, page.StatusCode)
	require.Contains(t, page.text, "google")
	require.Contains(t, page.text, "voorjaar")
	csv := board(t, s, "calls.csv")
	require.Equal(t, http.StatusOK, csv.StatusCode)
	require.Contains(t, csv.text, number)
	require.Contains(t, csv.text, "google,cpc,voorjaar")
	require.Equal(t, 2, strings.Count(csv.text, "\n"), "a header and a call")
	require.NotContains(t, s.out.String()+s.log.String(), password, "whoever gave it knows it")
}

// board asks for a part of the dashboard with the password.
func board(t *testing.T, s *server, path string) answer {
	t.Helper()
	return newVisitor(t).get(withPassword(t, s) + "/dashboard/" + path)
}

// withPassword returns the server's URL with user and password.
func withPassword(t *testing.T, s *server) string {
	t.Helper()
	u, err := url.Parse(s.url)
	require.NoError(t, err)
	u.User = url.UserPassword("admin", password)
	return u.String()
}

// requirePageView checks that page views of a path are stored, as counts, now
// that the server has ended.
func requirePageView(t *testing.T, dir, path string) {
	t.Helper()
	require.FileExists(t, filepath.Join(dir, "qooqie.db"))
	counters, err := openStore(t, dir).Counters(t.Context(), customer(), retention.Date{Year: 2000, Month: 1, Day: 1})
	require.NoError(t, err)
	for _, c := range counters {
		if c.Kind == tracking.PageViews && c.Key == path {
			require.Positive(t, c.Count)
			return
		}
	}
	require.Fail(t, "no page view is stored", "%v", counters)
}
