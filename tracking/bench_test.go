package tracking_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// maxAllocs is how often the middleware may allocate for a page that it leaves
// as it is.
const maxAllocs = 8

// discard is a http.ResponseWriter that allocates nothing once it is warm, so
// that only the handler's own allocations count.
type discard struct {
	header http.Header
	status int
	bytes  int
}

func (d *discard) Header() http.Header { return d.header }

func (d *discard) WriteHeader(status int) { d.status = status }

func (d *discard) Write(b []byte) (int, error) {
	d.bytes += len(b)
	return len(b), nil
}

// reset makes the writer new, as the server does for each request.
func (d *discard) reset() {
	clear(d.header)
	d.status, d.bytes = 0, 0
}

// staticPage returns a handler that allocates next to nothing: what a page
// costs beyond that is the middleware's.
func staticPage(html string) http.Handler {
	body := []byte(html)
	contentType, control, etag := []string{"text/html; charset=utf-8"}, []string{"public, max-age=60"}, []string{`"v1"`}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h["Content-Type"], h["Cache-Control"], h["Etag"] = contentType, control, etag
		_, _ = w.Write(body)
	})
}

// The pages of the benchmark, of a usual size: one that has no number, and one
// that has it at the end.
var (
	plainHTML  = "<!DOCTYPE html><html lang=nl><body>" + strings.Repeat("<p>Wij maken uw fiets, ook als u hem elders kocht.</p>\n", 300)
	numberHTML = plainHTML + `<a href="tel:+31851234567">` + shownOwn + "</a>"
)

// nextPage returns the request of a visitor who holds a lease, with what a
// browser sends.
func nextPage(tb testing.TB, w *world) *http.Request {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodGet, landing, nil)
	for name, value := range map[string]string{
		"User-Agent":                firefox,
		"Accept":                    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
		"Accept-Language":           "nl,en-US;q=0.7,en;q=0.3",
		"Accept-Encoding":           "gzip, deflate, br, zstd",
		"Sec-Fetch-Dest":            "document",
		"Sec-Fetch-Mode":            "navigate",
		"Sec-Fetch-Site":            "same-origin",
		"Sec-Fetch-User":            "?1",
		"Upgrade-Insecure-Requests": "1",
		"Priority":                  "u=0, i",
	} {
		r.Header.Set(name, value)
	}
	rec := httptest.NewRecorder()
	w.tracker.Handler(staticPage(numberHTML)).ServeHTTP(rec, r)
	require.Contains(tb, rec.Body.String(), firstShown)
	require.Len(tb, rec.Result().Cookies(), 2)

	next := r.Clone(tb.Context())
	next.URL.RawQuery = ""
	next.RequestURI = "/"
	next.Header.Set("Referer", "http://example.com/diensten")
	for _, c := range rec.Result().Cookies() {
		next.AddCookie(c)
	}
	return next
}

// costs are the handlers whose costs are compared. Nobody renews the lease in the
// cookie, so the hold is longer than any benchmark.
func costs(tb testing.TB) map[string]func() {
	tb.Helper()
	w := newStoppedWorld(tb, tb.TempDir(), func(c *tracking.Config) { c.Hold = 24 * time.Hour })
	r := nextPage(tb, w)
	calls := w.store.calls.Load()
	tb.Cleanup(func() { require.Equal(tb, calls, w.store.calls.Load(), "the store is asked for nothing") })

	serve := func(h http.Handler) func() {
		out := &discard{header: make(http.Header)}
		return func() {
			out.reset()
			h.ServeHTTP(out, r)
		}
	}
	return map[string]func(){
		"bare":      serve(staticPage(plainHTML)),
		"tracked":   serve(w.tracker.Handler(staticPage(plainHTML))),
		"rewritten": serve(w.tracker.Handler(staticPage(numberHTML))),
	}
}

// BenchmarkHandler compares the bare handler with the middleware around it, for
// the next page of a visitor who holds a lease: a page without the number, and
// one with it.
func BenchmarkHandler(b *testing.B) {
	for _, name := range []string{"bare", "tracked", "rewritten"} {
		b.Run(name, func(b *testing.B) {
			serve := costs(b)[name]
			b.ReportAllocs()
			for b.Loop() {
				serve()
			}
		})
	}
}

// TestHandlerAllocations: the middleware allocates at most maxAllocs times for a
// page that it does not rewrite.
func TestHandlerAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector changes what sync.Pool keeps, so allocations can't be counted; run it without -race")
	}
	serve := costs(t)
	allocs := map[string]float64{}
	for name, f := range serve {
		allocs[name] = testing.AllocsPerRun(500, f)
	}
	t.Logf("allocations of a page: %v", allocs)
	require.LessOrEqual(t, allocs["tracked"]-allocs["bare"], float64(maxAllocs))
}
