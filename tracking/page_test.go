package tracking_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// serving returns a handler from a function that has only a response to write.
func serving(f func(w http.ResponseWriter)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { f(w) })
}

// TestUntouched: what is no page, or has no number, leaves as the site made it.
func TestUntouched(t *testing.T) {
	const number = "085 123 45 67"
	for name, f := range map[string]func(w http.ResponseWriter){
		"plain text": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, number)
		},
		"json": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"phone": "`+number+`"}`)
		},
		"sniffed as text": func(w http.ResponseWriter) { _, _ = io.WriteString(w, number) },
		"a download": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Disposition", "attachment")
			_, _ = io.WriteString(w, number)
		},
		"encoded": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "br")
			_, _ = io.WriteString(w, number)
		},
		"empty":      func(http.ResponseWriter) {},
		"no content": func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) },
		"a page with a length": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", "15")
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT")
			_, _ = io.WriteString(w, "<p>Welcome!</p>")
		},
		"early hints": func(w http.ResponseWriter) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "<p>Not here</p>")
		},
	} {
		t.Run(name, func(t *testing.T) {
			bare := httptest.NewServer(serving(f))
			defer bare.Close()
			w := newWorld(t, serving(f))
			b := w.browser()
			got := b.get("/")
			b.base = bare.URL
			want := b.get("/")
			got.Header.Del("Date")
			want.Header.Del("Date")
			require.Equal(t, want.text, got.text)
			require.Equal(t, want.StatusCode, got.StatusCode)
			require.Equal(t, want.Header, got.Header)
			require.Equal(t, want.ContentLength, got.ContentLength)
			require.Zero(t, w.store.calls.Load())
		})
	}
}

func TestHeadAndRangesAreUntouched(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "page.html", time.Unix(1e9, 0), strings.NewReader("<p>"+shownOwn+"</p>"))
	})
	w := newWorld(t, site)
	a := w.browser().do(http.MethodHead, landing)
	require.Empty(t, a.Header["Set-Cookie"])
	require.EqualValues(t, 20, a.ContentLength)

	a = w.browser("Range", "bytes=3-15").get("/")
	require.Equal(t, http.StatusPartialContent, a.StatusCode)
	require.Equal(t, shownOwn, a.text)
	a = w.browser("If-Modified-Since", "Sun, 09 Sep 2001 01:46:40 GMT").get("/")
	require.Equal(t, http.StatusNotModified, a.StatusCode)
	require.Zero(t, w.store.calls.Load())

	a = w.browser().get("/")
	require.Contains(t, a.text, firstShown, "and the whole page is rewritten")
	require.Empty(t, a.Header.Get("Last-Modified"))
	require.Empty(t, a.Header.Get("Accept-Ranges"))
}

// TestSniffed: a handler that names no type gets the one net/http would give it,
// and its page is rewritten, in however many pieces it comes.
func TestSniffed(t *testing.T) {
	for name, pieces := range map[string][]string{
		"at once":       {"<!DOCTYPE html><p>" + shownOwn},
		"byte by byte":  strings.Split("<!DOCTYPE html><p>"+shownOwn, ""),
		"a long page":   {"<html>" + strings.Repeat("<p>Welkom</p>", 100), shownOwn},
		"a late number": {"<html>", strings.Repeat(" ", 600), shownOwn},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, serving(func(w http.ResponseWriter) {
				for _, piece := range pieces {
					_, _ = io.WriteString(w, piece)
				}
			}))
			a := w.browser().get("/")
			require.Equal(t, "text/html; charset=utf-8", a.Header.Get("Content-Type"))
			require.Equal(t, strings.Replace(strings.Join(pieces, ""), shownOwn, firstShown, 1), a.text)
		})
	}
}

// TestWindowBySize: a number within the first 64 KiB is swapped; a page whose
// window closed without one is left alone, headers and all.
func TestWindowBySize(t *testing.T) {
	for name, c := range map[string]struct {
		before int
		swaps  bool
	}{
		"within": {64<<10 - 100, true},
		"beyond": {64<<10 + 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			html := strings.Repeat("x", c.before) + "<p>" + shownOwn + "</p>"
			for _, pieces := range [][]string{{html}, strings.SplitAfter(html, "x<")} {
				w := newWorld(t, serving(func(w http.ResponseWriter) {
					w.Header().Set("Content-Type", "text/html")
					w.Header().Set("ETag", `"v1"`)
					for _, piece := range pieces {
						_, err := io.WriteString(w, piece)
						require.NoError(t, err)
					}
				}))
				a := w.browser().get("/")
				require.Equal(t, c.swaps, strings.Contains(a.text, firstShown))
				require.Equal(t, c.swaps, a.Header.Get("ETag") == "")
				require.Equal(t, c.swaps, len(a.Cookies()) == 1)
				require.Len(t, a.text, len(html))
			}
		})
	}
}

// TestWindowByTime: a Flush waits for 50 ms, so that a site behind a proxy that
// flushes after each piece is swapped, and no longer, so that a page that comes
// slowly is not held up.
func TestWindowByTime(t *testing.T) {
	for name, c := range map[string]struct {
		pause  time.Duration
		number string
	}{
		"soon": {40 * time.Millisecond, firstShown},
		"late": {60 * time.Millisecond, shownOwn},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newStoppedWorld(t, t.TempDir())
				h := w.tracker.Handler(serving(func(rw http.ResponseWriter) {
					rw.Header().Set("Content-Type", "text/html")
					_, _ = io.WriteString(rw, "<html>Welkom ")
					require.NoError(t, http.NewResponseController(rw).Flush())
					rw.Header().Set("X-Late", "after the headers") // must not race with the timer
					time.Sleep(c.pause)
					_, _ = io.WriteString(rw, shownOwn+"</html>")
				}))
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, documentRequest("/"))
				synctest.Wait()
				require.Equal(t, "<html>Welkom "+c.number+"</html>", rec.Body.String())
				require.True(t, rec.Flushed)
				require.Empty(t, rec.Result().Header.Get("X-Late"))
			})
		})
	}
}

// documentRequest is what a browser asks a server for.
func documentRequest(target string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("User-Agent", firefox)
	r.Header.Set("Accept", "text/html")
	return r
}

// TestFlushAfterTheMatch: once a page's headers have left, a Flush is a Flush.
func TestFlushAfterTheMatch(t *testing.T) {
	proceed := make(chan struct{})
	w := newWorld(t, serving(func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<p>"+shownOwn+"</p>\n")
		w.(http.Flusher).Flush()
		<-proceed
		_, _ = io.WriteString(w, "<p>End</p>\n")
	}))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.srv.URL, nil)
	require.NoError(t, err)
	req.Header.Set("User-Agent", firefox)
	res, err := w.srv.Client().Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body := bufio.NewReader(res.Body)
	line, err := body.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "<p>"+firstShown+"</p>\n", line)
	close(proceed)
	line, err = body.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "<p>End</p>\n", line)
}

// TestPanicIsTheSites: a handler that panics sends no half page as a good one.
func TestPanicIsTheSites(t *testing.T) {
	w := newWorld(t, http.NotFoundHandler())
	h := w.tracker.Handler(serving(func(rw http.ResponseWriter) {
		rw.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(rw, "<p>half a page")
		panic(http.ErrAbortHandler)
	}))
	rec := &countingRecorder{ResponseRecorder: httptest.NewRecorder()}
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { h.ServeHTTP(rec, documentRequest("/")) })
	require.Zero(t, rec.writes)
}

// countingRecorder counts what is sent.
type countingRecorder struct {
	*httptest.ResponseRecorder
	writes int
}

func (c *countingRecorder) WriteHeader(status int) {
	c.writes++
	c.ResponseRecorder.WriteHeader(status)
}

func (c *countingRecorder) Write(b []byte) (int, error) {
	c.writes++
	return c.ResponseRecorder.Write(b)
}

// TestAcceptEncoding: the site is asked for a page that can be read, and the
// request that other middleware sees stays as it is.
func TestAcceptEncoding(t *testing.T) {
	var inner, outer http.Header
	w := newWorld(t, http.NotFoundHandler())
	h := w.tracker.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { inner = r.Header }))
	r := documentRequest("/")
	r.Header.Set("Accept-Encoding", "gzip")
	outer = r.Header
	h.ServeHTTP(httptest.NewRecorder(), r)
	require.NotContains(t, inner, "Accept-Encoding")
	require.Contains(t, outer, "Accept-Encoding")

	r.Header.Set("Sec-Fetch-Dest", "image")
	h.ServeHTTP(httptest.NewRecorder(), r)
	require.Contains(t, inner, "Accept-Encoding", "what is no page may be encoded")
}

// TestRedirectCarriesTheCampaign: a landing page that redirects would lose it.
func TestRedirectCarriesTheCampaign(t *testing.T) {
	w := newWorld(t, http.RedirectHandler("/nl/", http.StatusMovedPermanently))
	a := w.browser().get(landing)
	require.Equal(t, http.StatusMovedPermanently, a.StatusCode)
	require.Len(t, a.Cookies(), 1)
	require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))
	require.Empty(t, w.browser().get("/").Cookies())
}

// TestHijack: a connection that a handler takes over is its own.
func TestHijack(t *testing.T) {
	w := newWorld(t, serving(func(rw http.ResponseWriter) {
		conn, buf, err := rw.(http.Hijacker).Hijack()
		require.NoError(t, err)
		_, _ = buf.WriteString("HTTP/1.1 299 Mine\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
		require.NoError(t, buf.Flush())
		require.NoError(t, conn.Close())
		_, err = rw.Write([]byte("x"))
		require.ErrorIs(t, err, http.ErrHijacked)
	}))
	a := w.browser().get("/")
	require.Equal(t, 299, a.StatusCode)
	require.Equal(t, "hi", a.text)

	h := w.tracker.Handler(serving(func(rw http.ResponseWriter) {
		_, _, err := rw.(http.Hijacker).Hijack()
		require.ErrorIs(t, err, http.ErrNotSupported)
	}))
	h.ServeHTTP(httptest.NewRecorder(), documentRequest("/"))
}

// TestWriterExtras: what handlers expect of net/http's writer works.
func TestWriterExtras(t *testing.T) {
	w := newWorld(t, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		// The server's goroutine may report, but only the test's may stop.
		if err := http.NewResponseController(rw).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
		rw.Header().Set("Trailer", "X-Sum")
		if r.URL.Path == "/file" {
			rw.Header().Set("Content-Type", "application/octet-stream")
		} else {
			rw.Header().Set("Content-Type", "text/html")
		}
		n, err := rw.(io.ReaderFrom).ReadFrom(strings.NewReader("<p>" + shownOwn + "</p>"))
		if err != nil || n != 20 {
			t.Errorf("ReadFrom returned %d, %v", n, err)
		}
		rw.WriteHeader(http.StatusTeapot) // too late: no effect
		rw.Header().Set("X-Sum", "42")
		rw.Header().Set(http.TrailerPrefix+"X-Late", "43")
	}))
	a := w.browser().get("/")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "<p>"+firstShown+"</p>", a.text)
	require.Equal(t, "42", a.Trailer.Get("X-Sum"))
	require.Equal(t, "43", a.Trailer.Get("X-Late"))
	require.Equal(t, "<p>"+shownOwn+"</p>", w.browser().get("/file").text)
}

// TestInsideTimeoutHandler: the standard library's own wrapper goes on either
// side.
func TestInsideTimeoutHandler(t *testing.T) {
	w := newWorld(t, http.TimeoutHandler(numberPage, time.Minute, "late"))
	require.Equal(t, numberPageText(firstShown), w.browser().get("/").text)

	outside := httptest.NewServer(http.TimeoutHandler(w.tracker.Handler(numberPage), time.Minute, "late"))
	defer outside.Close()
	b := w.browser()
	b.base = outside.URL
	require.NotContains(t, b.get("/").text, shownOwn)
}

// TestHTTP2 serves a page over HTTP/2.
func TestHTTP2(t *testing.T) {
	w := newWorld(t, http.NotFoundHandler())
	srv := httptest.NewUnstartedServer(w.tracker.Handler(numberPage))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	req := documentRequest(srv.URL + landing)
	req.RequestURI = ""
	res, err := srv.Client().Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, 2, res.ProtoMajor)
	require.Equal(t, numberPageText(firstShown), string(body))
	for _, c := range res.Cookies() {
		require.True(t, c.Secure)
	}
}

// TestClientGone: a visitor who leaves in the middle of a page harms nobody.
func TestClientGone(t *testing.T) {
	w := newWorld(t, http.NotFoundHandler())
	h := w.tracker.Handler(serving(func(rw http.ResponseWriter) {
		rw.Header().Set("Content-Type", "text/html")
		_, err := io.WriteString(rw, strings.Repeat("<p>"+shownOwn+"</p>", 10_000))
		require.ErrorIs(t, err, net.ErrClosed)
	}))
	h.ServeHTTP(&goneWriter{header: http.Header{}}, documentRequest("/"))
}

// goneWriter is the writer of a connection that has been closed.
type goneWriter struct{ header http.Header }

func (g *goneWriter) Header() http.Header       { return g.header }
func (g *goneWriter) WriteHeader(int)           {}
func (g *goneWriter) Write([]byte) (int, error) { return 0, net.ErrClosed }

func ExampleTracker_Handler() {
	// A page is served with the site's own number when the store fails.
	store := &countingStore{}
	err := errors.New("disk full")
	store.err.Store(&err)
	tracker := exampleTracker(store)

	rec := httptest.NewRecorder()
	tracker.Handler(numberPage).ServeHTTP(rec, documentRequest("/"))
	fmt.Println(rec.Code, rec.Body)
	// Output: 200 <p>Bel 085 123 45 67</p>
}

// exampleTracker returns a tracker over a store.
func exampleTracker(store tracking.Store) *tracking.Tracker {
	t, err := tracking.New(store, exampleConfig())
	if err != nil {
		panic(err)
	}
	return t
}
