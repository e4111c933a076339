package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/examples/server/site"
)

// visitor is a browser without a screen: it keeps cookies.
type visitor struct {
	t      testing.TB
	client *http.Client
	header http.Header
}

// newVisitor returns a visitor without cookies. Headers are names and values.
func newVisitor(t testing.TB, headers ...string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	v := &visitor{t: t, client: &http.Client{Jar: jar, Transport: transport, Timeout: patience}, header: http.Header{
		"User-Agent": {chrome}, "Accept": {"text/html,*/*;q=0.8"}, "Sec-Fetch-Dest": {"document"},
	}}
	for i := 0; i < len(headers); i += 2 {
		v.header.Set(headers[i], headers[i+1])
	}
	return v
}

// answer is a response that was read to its end.
type answer struct {
	*http.Response
	text string
}

// get asks for a URL.
func (v *visitor) get(target string) answer {
	v.t.Helper()
	return v.do(http.MethodGet, target, nil)
}

// do sends a request and reads the answer.
func (v *visitor) do(method, target string, body io.Reader) answer {
	v.t.Helper()
	a, err := v.try(method, target, body)
	require.NoError(v.t, err)
	return a
}

// try is do for goroutines that may not end the test.
func (v *visitor) try(method, target string, body io.Reader) (answer, error) {
	req, err := http.NewRequestWithContext(v.t.Context(), method, target, body)
	if err != nil {
		return answer{}, err
	}
	for name, values := range v.header {
		req.Header[name] = values
	}
	res, err := v.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return answer{res, string(text)}, err
}

// link is the number that the page's telephone link dials.
var link = regexp.MustCompile(`class="call" href="tel:(\+\d+)"`)

// shown returns the number of a page's telephone link.
func shown(t testing.TB, html string) string {
	t.Helper()
	match := link.FindStringSubmatch(html)
	require.NotNil(t, match, "no telephone link in %.2000s", html)
	return match[1]
}

// requireNumber checks that a page shows one number everywhere. A page of the
// demo has a number in Dutch notation in all the ways people write one.
func requireNumber(t testing.TB, html, number string) {
	t.Helper()
	require.Equal(t, number, shown(t, html), "in the telephone link")
	a, b, c := number[5:8], number[8:10], number[10:12] // +31 85 aaabbcc
	for where, text := range map[string]string{
		"text":       fmt.Sprintf(`<span class="nr">085 - %s %s %s</span>`, a, b, c),
		"aria-label": fmt.Sprintf(`aria-label="Bel 085 - %s %s %s"`, a, b, c),
		"title":      fmt.Sprintf(`href="tel:085%s%s%s" title="Bel 085 %s %s %s"`, a, b, c, a, b, c),
	} {
		require.Contains(t, html, text, where)
	}
	require.Equal(t, ldJSON(t, demoPage(t, "/")), ldJSON(t, html), "machines read the site's own number")
}

// requireHome checks that the home page shows one number everywhere.
func requireHome(t testing.TB, html, number string) {
	t.Helper()
	requireNumber(t, html, number)
	a, b, c := number[5:8], number[8:10], number[10:12]
	require.Contains(t, html, fmt.Sprintf("<span>085</span> <b>%s</b> %s %s", a, b, c), "split over tags")
	require.Contains(t, html, fmt.Sprintf("085&nbsp;-&nbsp;%s&nbsp;%s&nbsp;%s", a, b, c), "with spaces that don't break")
	require.Contains(t, html, `content="Fietsenmaker in Lindermeer voor reparatie, onderhoud en e-bikes. `+
		`Vandaag gebracht, vaak morgen klaar. Bel 085 - 123 45 67."`, "machines read the site's own number")
}

// ldJSON returns the page's JSON-LD.
func ldJSON(t testing.TB, html string) string {
	t.Helper()
	_, rest, found := strings.Cut(html, `<script type="application/ld+json">`)
	require.True(t, found)
	data, _, found := strings.Cut(rest, "</script>")
	require.True(t, found)
	return data
}

// demoPage returns a page of the demo as its files have it.
func demoPage(t testing.TB, path string) string {
	t.Helper()
	rec := httptest.NewRecorder()
	site.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return rec.Body.String()
}

// report posts a report of Twilio about a call to the server, with a signature.
func report(t testing.TB, s *server, form url.Values, signature string) int {
	t.Helper()
	v := newVisitor(t, "Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", signature)
	return v.do(http.MethodPost, s.url+twilioPath, strings.NewReader(form.Encode())).StatusCode
}
