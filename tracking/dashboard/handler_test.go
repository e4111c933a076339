package dashboard_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// errDisk is what a broken source says.
var errDisk = errors.New("disk I/O error")

// requireProtected checks the headers that every response has.
func requireProtected(t testing.TB, header http.Header) {
	t.Helper()
	require.Equal(t, "no-store", header.Get("Cache-Control"))
	require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
	require.Equal(t, "no-referrer", header.Get("Referrer-Policy"))
	require.Equal(t, "DENY", header.Get("X-Frame-Options"))
	require.Equal(t, "noindex", header.Get("X-Robots-Tag"))
	require.Equal(t, "same-origin", header.Get("Cross-Origin-Resource-Policy"))
	require.Equal(t, "default-src 'none'; style-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
		header.Get("Content-Security-Policy"))
	require.Empty(t, header["Set-Cookie"])
	require.Empty(t, header["Last-Modified"])
	require.Empty(t, header["Etag"])
}

// TestPassword: nothing is shown, and nothing is asked of the source, without
// the user and the password.
func TestPassword(t *testing.T) {
	for name, option := range map[string]func(*http.Request){
		"missing":             noCredentials,
		"wrong password":      credentials("admin", "KWIKSTAART-geheim-4712"),
		"empty password":      credentials("admin", ""),
		"beginning":           credentials("admin", password[:12]),
		"more":                credentials("admin", password+"1"),
		"other case":          credentials("admin", strings.ToLower(password)),
		"wrong user":          credentials("beheer", password),
		"user in other case":  credentials("Admin", password),
		"no user":             credentials("", password),
		"the other way round": credentials(password, "admin"),
		"bearer":              func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+password) },
		"no base64":           func(r *http.Request) { r.Header.Set("Authorization", "Basic admin:"+password) },
		"in the query": func(r *http.Request) {
			noCredentials(r)
			r.URL.RawQuery = "user=admin&password=" + password
		},
	} {
		t.Run(name, func(t *testing.T) {
			source := &fakeSource{report: fullReport(t)}
			b := newBoard(t, source)
			for _, path := range append(allPaths, "/missing") {
				for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
					rec := b.do(method, path, option)
					require.Equal(t, http.StatusUnauthorized, rec.Code)
					require.Equal(t, `Basic realm="Qooqie", charset="UTF-8"`, rec.Header().Get("WWW-Authenticate"))
					require.Equal(t, "text/plain; charset=utf-8", rec.Header().Get("Content-Type"))
					requireProtected(t, rec.Header())
					if method != http.MethodHead {
						require.Equal(t, "Gebruikersnaam en wachtwoord zijn nodig.\n", rec.Body.String())
					}
				}
			}
			require.Empty(t, source.asked)
			require.Empty(t, b.log.String(), "who is refused is not logged")
		})
	}
}

func TestResponses(t *testing.T) {
	b := showing(t, fullReport(t))
	for _, c := range []struct {
		name, method, path string
		status             int
		contentType        string
	}{
		{"page", http.MethodGet, "/", http.StatusOK, "text/html; charset=utf-8"},
		{"page with a query", http.MethodGet, "/?x=1", http.StatusOK, "text/html; charset=utf-8"},
		{"json", http.MethodGet, "/calls.json", http.StatusOK, "application/json"},
		{"csv", http.MethodGet, "/calls.csv", http.StatusOK, "text/csv; charset=utf-8; header=present"},
		{"stylesheet", http.MethodGet, "/dashboard.css", http.StatusOK, "text/css; charset=utf-8"},
		{"nothing there", http.MethodGet, "/missing", http.StatusNotFound, "text/plain; charset=utf-8"},
		{"below a file", http.MethodGet, "/calls.csv/", http.StatusNotFound, "text/plain; charset=utf-8"},
		{"other case", http.MethodGet, "/Calls.csv", http.StatusNotFound, "text/plain; charset=utf-8"},
		{"a template", http.MethodGet, "/assets/page.html", http.StatusNotFound, "text/plain; charset=utf-8"},
		{"twice the slash", http.MethodGet, "//", http.StatusNotFound, "text/plain; charset=utf-8"},
		{"post", http.MethodPost, "/", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
		{"put", http.MethodPut, "/calls.csv", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
		{"delete", http.MethodDelete, "/calls.json", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
		{"options", http.MethodOptions, "/", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
		{"post to nothing", http.MethodPost, "/missing", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := b.do(c.method, c.path)
			require.Equal(t, c.status, rec.Code)
			require.Equal(t, c.contentType, rec.Header().Get("Content-Type"))
			require.Equal(t, strconv.Itoa(rec.Body.Len()), rec.Header().Get("Content-Length"))
			require.NotZero(t, rec.Body.Len())
			requireProtected(t, rec.Header())
			allow := rec.Header().Get("Allow")
			require.Equal(t, c.status == http.StatusMethodNotAllowed, allow == "GET, HEAD")
			require.Empty(t, rec.Header()["Www-Authenticate"])
		})
	}
	require.Empty(t, b.log.String())
}

// TestHead: HEAD has the headers of GET and no body.
func TestHead(t *testing.T) {
	b := showing(t, fullReport(t))
	for _, path := range append(allPaths, "/missing") {
		get, head := b.do(http.MethodGet, path), b.do(http.MethodHead, path)
		require.Equal(t, get.Code, head.Code)
		require.Equal(t, get.Header(), head.Header())
		require.Zero(t, head.Body.Len())
	}
}

func TestDispositions(t *testing.T) {
	b := showing(t, fullReport(t))
	for path, want := range map[string]string{
		"/":              "",
		"/dashboard.css": "",
		"/calls.json":    `inline; filename="calls.json"`,
		"/calls.csv":     `attachment; filename="calls.csv"`,
	} {
		require.Equal(t, want, b.do(http.MethodGet, path).Header().Get("Content-Disposition"), path)
	}
}

// TestSourceFails: what went wrong is for the log, and a report that came with
// an error is not shown.
func TestSourceFails(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		text   string
		logged bool
	}{
		"broken":           {errDisk, http.StatusServiceUnavailable, "nu niet te lezen", true},
		"slow":             {context.DeadlineExceeded, http.StatusServiceUnavailable, "nu niet te lezen", true},
		"unknown customer": {fmt.Errorf("report: %w", tracking.ErrUnknownCustomer), http.StatusNotFound, "klant", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t, &fakeSource{report: fullReport(t), err: c.err})
			for _, path := range dataPaths {
				b.log.Reset()
				rec := b.do(http.MethodGet, path)
				require.Equal(t, c.status, rec.Code)
				require.Contains(t, rec.Body.String(), c.text)
				require.NotContains(t, rec.Body.String(), c.err.Error())
				require.NotContains(t, rec.Body.String(), "+3185")
				require.Empty(t, rec.Header()["Content-Disposition"])
				requireProtected(t, rec.Header())
				require.Equal(t, c.logged, strings.Contains(b.log.String(), c.err.Error()))
				require.NotContains(t, b.log.String(), password)
			}
			require.Equal(t, http.StatusOK, b.do(http.MethodGet, "/dashboard.css").Code)
		})
	}
}

// TestClientGone: an error because nobody waits any more is no news.
func TestClientGone(t *testing.T) {
	b := newBoard(t, &fakeSource{err: context.Canceled})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rec := b.do(http.MethodGet, "/", func(r *http.Request) { *r = *r.WithContext(ctx) })
	require.Equal(t, http.StatusServiceUnavailable, rec.Code)
	require.Empty(t, b.log.String())
}

// TestNotPresentable: what can't be written is an error and not half a list.
func TestNotPresentable(t *testing.T) {
	rep := fullReport(t)
	rep.Calls[1].Probability = math.NaN() // JSON has no such number
	b := showing(t, rep)
	rec := b.do(http.MethodGet, "/calls.json")
	require.Equal(t, http.StatusInternalServerError, rec.Code)
	require.Equal(t, "De gegevens zijn niet te tonen. Het logboek van de server zegt waarom.\n", rec.Body.String())
	require.Contains(t, b.log.String(), "NaN")
	require.Empty(t, rec.Header()["Content-Disposition"])
	requireProtected(t, rec.Header())
	require.NotContains(t, b.log.String(), "+3185")
}

// TestMounted: behind a prefix, the links lead to what is there.
func TestMounted(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/klant/dashboard/", http.StripPrefix("/klant/dashboard", showing(t, fullReport(t))))
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	ask := func(path string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, http.NoBody)
		require.NoError(t, err)
		req.SetBasicAuth("admin", password)
		res, err := srv.Client().Do(req)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		requireProtected(t, res.Header)
		return res.StatusCode
	}
	for _, link := range links(t, showing(t, fullReport(t)).get("/")) {
		if !strings.HasPrefix(link, "#") {
			require.Equal(t, http.StatusOK, ask("/klant/dashboard/"+link), link)
		}
	}
	require.Equal(t, http.StatusOK, ask("/klant/dashboard"), "net/http sends it on to the slash")
	require.Equal(t, http.StatusNotFound, ask("/klant/dashboard/x"))
}
