package frameworks

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/stretchr/testify/require"
)

// TestFrameworks walks the same two requests through each framework.
func TestFrameworks(t *testing.T) {
	page := []byte(`<p>Bel <a href="tel:+31851234567">085 123 45 67</a></p>`)
	for name, mount := range map[string]func(*tracking.Tracker, []byte) http.Handler{
		"chi": Chi, "echo": Echo, "gin": Gin,
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(mount(newTracker(t), page))
			defer srv.Close()

			header, body := get(t, srv.URL+"/?utm_source=google&utm_medium=cpc")
			require.Equal(t, `<p>Bel <a href="tel:+31850000001">085 000 00 01</a></p>`, body)
			require.Len(t, header["Set-Cookie"], 2)
			require.Equal(t, "private, no-cache", header.Get("Cache-Control"))

			_, body = get(t, srv.URL+"/qooqie/healthz")
			require.JSONEq(t, `{"status": "ok", "run": false}`, body)
		})
	}
}

// newTracker returns a tracker with one number.
func newTracker(t *testing.T) *tracking.Tracker {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	tracker, err := tracking.New(store, tracking.Config{
		Vault:       retention.DirVault(filepath.Join(t.TempDir(), "vault")),
		StoreBudget: 10 * time.Second, // a test is about what is shown, not how soon
		Sites: []tracking.Site{{
			Agreement: retention.OwnUse("Example", retention.Date{Year: 2026, Month: 1, Day: 1}),
			Profile:   cookies.Netherlands,
			Pools:     []tracking.Pool{{SwapTarget: "+31851234567", Numbers: []string{"+31850000001"}}},
		}},
	})
	require.NoError(t, err)
	return tracker
}

// get returns headers and body of a page as a browser asks for it.
func get(t *testing.T, url string) (http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode)
	return res.Header, string(body)
}
