package tracking_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRecoveredPanic: a middleware around the tracker that makes another response
// of a panic finds its own headers, and none of the page that did not leave.
func TestRecoveredPanic(t *testing.T) {
	w := newWorld(t, numberPage)
	site := w.tracker.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("Cache-Control", "public, max-age=60")
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
		_, _ = io.WriteString(w, "<p>Welkom</p>")
		panic("a visitor's secret")
	}))
	for name, outer := range map[string]http.Header{
		"no headers": {}, "headers": {"X-Frame-Options": {"DENY"}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for name, values := range outer {
					w.Header()[name] = values
				}
				defer func() {
					if recover() != nil {
						http.Error(w, "sorry", http.StatusInternalServerError)
					}
				}()
				site.ServeHTTP(w, r)
			}))
			defer srv.Close()
			b := w.browser()
			b.base = srv.URL
			a := b.get("/")
			require.Equal(t, http.StatusInternalServerError, a.StatusCode)
			require.Equal(t, "sorry\n", a.text)
			require.Equal(t, outer["X-Frame-Options"], a.Header["X-Frame-Options"])
			require.Empty(t, a.Header["Cache-Control"])
			require.EqualValues(t, len(a.text), a.ContentLength)
		})
	}
}

// TestSharedHeaderValues: a handler may use one slice in the headers of all its
// responses; it stays as it is.
func TestSharedHeaderValues(t *testing.T) {
	vary := make([]string, 1, 2)
	vary[0] = "Accept"
	contentType := []string{"text/html"}
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Vary"], w.Header()["Content-Type"] = vary, contentType
		_, _ = io.WriteString(w, numberPageText(shownOwn))
	}))
	a := w.browser().get(landing)
	require.Contains(t, a.text, firstShown)
	require.Equal(t, []string{"Accept", "Cookie"}, a.Header["Vary"])
	require.Equal(t, []string{"Accept", ""}, vary[:2])
}
