package main

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/examples/server/site"
)

// requireUntouched checks that the home page is as the demo site makes it.
func requireUntouched(t *testing.T, a answer) {
	t.Helper()
	require.Equal(t, http.StatusOK, a.StatusCode)
	if a.text != demoPage(t, "/") { // two whole pages would hide what is wrong
		require.Fail(t, "the page was changed", "it shows %s", shown(t, a.text))
	}
	require.Empty(t, a.Header["Set-Cookie"])
	require.Equal(t, "public, max-age=60", a.Header.Get("Cache-Control"))
}

// TestNoAgreement: after the end of the agreement there is no cookie, no lease
// and no row, and the site shows its own number.
func TestNoAgreement(t *testing.T) {
	dir := t.TempDir()
	s := serveIn(t, dir, "-agreement-end", "2020-12-31", "-agreement-choice", "erase",
		"-twilio-token", token, "-dashboard-password", password)
	a := newVisitor(t).get(s.url + landing)
	requireUntouched(t, a)

	a = newVisitor(t, "Cookie", "qooqie_sid=x; theme=dark; qooqie_campaign=y").get(s.url + "/")
	requireHome(t, a.text, site.Number)
	ended := map[string]bool{}
	for _, c := range a.Cookies() {
		ended[c.Name] = c.MaxAge < 0
	}
	require.Equal(t, map[string]bool{cookies.SIDName: true, cookies.CampaignName: true}, ended)

	form := url.Values{"CallSid": {"CA1"}, "To": {"+31850000001"}, "From": {"+31612345678"}, "CallStatus": {"ringing"}}
	require.Equal(t, http.StatusNoContent, report(t, s, form, twilio.Sign(s.url+twilioPath, form)))
	require.Equal(t, http.StatusForbidden, board(t, s, "calls.json").StatusCode)
	require.NoError(t, s.interrupt())

	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.Regexp(t, `^qooqie\.db(-wal|-shm)?$`, e.Name(), "only the empty index: no row has a file and no key is made")
	}
}

// TestAgreement: within the agreement's days the same flags track.
func TestAgreement(t *testing.T) {
	s := serveIn(t, t.TempDir(), "-agreement-start", "2020-01-01", "-agreement-end", "9000-12-31", "-agreement-choice", "handover")
	require.NotEqual(t, site.Number, shown(t, newVisitor(t).get(s.url+landing).text))
	require.NoError(t, s.interrupt())
}

// TestRobots: crawlers, previews and prefetches see the site's own number, get no
// cookie and take no number.
func TestRobots(t *testing.T) {
	dir := t.TempDir()
	s := serveIn(t, dir)
	for name, headers := range map[string][]string{
		"crawler":   {"User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
		"script":    {"User-Agent", "python-requests/2.32.5"},
		"prefetch":  {"Sec-Purpose", "prefetch"},
		"prerender": {"Sec-Purpose", "prefetch;prerender"},
		"preview":   {"User-Agent", "WhatsApp/2.23.20.0"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newVisitor(t, headers...).get(s.url + landing)
			requireUntouched(t, a)
		})
	}
	require.Empty(t, storedLeases(t, dir))
	_, err := os.Stat(filepath.Join(dir, "qooqie.db.d"))
	require.ErrorIs(t, err, fs.ErrNotExist, "nothing was stored")
}

// TestBadCookies: forged, oversized and duplicated cookies are no session of
// ours, and a page is served.
func TestBadCookies(t *testing.T) {
	s := serveIn(t, t.TempDir())
	v := newVisitor(t)
	number := shown(t, v.get(s.url+landing).text)
	u, err := url.Parse(s.url)
	require.NoError(t, err)
	var genuine string
	for _, c := range v.client.Jar.Cookies(u) {
		if c.Name == cookies.SIDName {
			genuine = c.Value
		}
	}
	require.NotEmpty(t, genuine)
	flipped := []byte(genuine)
	flipped[len(flipped)/2] ^= 1
	for name, c := range map[string]struct {
		header string
		own    bool // the visitor is known
	}{
		"genuine":         {"qooqie_sid=" + genuine, true},
		"forged":          {"qooqie_sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
		"one bit flipped": {"qooqie_sid=" + string(flipped), false},
		"oversized":       {"qooqie_sid=" + strings.Repeat("A", 20_000), false},
		"too many":        {strings.Repeat("qooqie_sid=x; ", 1500), false},
		"forged first":    {"qooqie_sid=forged; qooqie_sid=" + genuine, true},
		"forged last":     {"qooqie_sid=" + genuine + "; qooqie_sid=forged", true},
		"another's name":  {"qooqie_campaign=" + genuine, false},
	} {
		t.Run(name, func(t *testing.T) {
			a := newVisitor(t, "Cookie", c.header).get(s.url + "/")
			require.Equal(t, http.StatusOK, a.StatusCode)
			got := shown(t, a.text)
			require.Equal(t, c.own, got == number)
			require.Equal(t, !c.own && got != site.Number, len(a.Cookies()) > 0, "who is not known gets a session with a number")
		})
	}
	a := newVisitor(t, "Cookie", "qooqie_sid="+strings.Repeat("A", 200_000)).get(s.url + "/")
	require.Equal(t, http.StatusRequestHeaderFieldsTooLarge, a.StatusCode)
	require.Equal(t, number, shown(t, v.get(s.url+"/").text), "the server lives")
}

// TestUpstream: the server can sit in front of another site, whose pages get
// numbers, and which learns nobody's address.
func TestUpstream(t *testing.T) {
	var seen http.Header
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Clone()
		if r.URL.Path == "/file" {
			w.Header().Set("Content-Type", "application/pdf")
		}
		if r.URL.Path != "/file" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		_, _ = w.Write([]byte(`<a class="call" href="tel:+31851234567">085 - 123 45 67</a>`))
	}))
	defer upstream.Close()
	s := serveIn(t, t.TempDir(), "-upstream", upstream.URL)
	v := newVisitor(t,
		"X-Forwarded-For", "203.0.113.77", "Forwarded", "for=203.0.113.77", "X-Real-Ip", "203.0.113.77",
		"True-Client-Ip", "203.0.113.77", "Cf-Connecting-Ip", "203.0.113.77")
	a := v.get(s.url + landing)
	number := shown(t, a.text)
	require.NotEqual(t, site.Number, number)
	require.Contains(t, a.text, "085 - 000")
	require.Len(t, a.Cookies(), 2)
	for name, values := range seen {
		for _, value := range values {
			require.NotContains(t, value, "203.0.113.77", name)
			require.NotContains(t, value, "127.0.0.1:0", name)
		}
	}
	for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip"} {
		require.NotContains(t, seen, name)
	}
	require.Contains(t, s.url, seen.Get("X-Forwarded-Host"))

	a = v.get(s.url + "/file")
	require.Contains(t, a.text, site.Number, "no page, no number")
	upstream.Close()
	require.Equal(t, http.StatusBadGateway, v.get(s.url+"/").StatusCode)
	require.NotContains(t, s.log.String(), "127.0.0.1", "the log has no address")
	require.Equal(t, http.StatusUnauthorized, v.get(s.url+"/dashboard/").StatusCode, "the server lives")
}
