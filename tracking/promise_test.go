package tracking_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/stretchr/testify/require"
)

// TestPromise1NoAddress: nothing that could be traced to a person's device or
// line is in a file, a log, a cookie or an error.
func TestPromise1NoAddress(t *testing.T) {
	canaries := map[string]string{
		"address":     "203.0.113.77",
		"forwarded":   "198.51.100.23",
		"IPv6":        "2001:db8::beef",
		"user agent":  firefox + " CanaryAgent/9.9",
		"referrer":    "canary-article-about-debts",
		"click id":    "canaryGclidValue123",
		"query":       "canary@example.nl",
		"caller":      "+31612345678",
		"caller's no": "612345678",
		"raw body":    "canaryRawBodyField",
	}
	twilio := carrier.Twilio{AuthToken: "0123456789abcdef0123456789abcdef"}
	w := newWorld(t, numberPage, func(c *tracking.Config) { c.Carriers = []tracking.Carrier{twilio} })

	var seen bytes.Buffer // what visitors and carriers are sent
	h := w.srv.Config.Handler
	ask := func(r *http.Request) {
		r.RemoteAddr = canaries["address"] + ":51234"
		r.Header.Set("X-Forwarded-For", canaries["forwarded"]+", "+canaries["IPv6"])
		r.Header.Set("Forwarded", `for="[`+canaries["IPv6"]+`]"`)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		require.NoError(t, rec.Result().Header.Write(&seen))
		_, _ = seen.Write(rec.Body.Bytes())
	}
	browse := func(target string, header ...string) {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Header.Set("User-Agent", canaries["user agent"])
		r.Header.Set("Referer", "https://www.google.com/"+canaries["referrer"]+"?q="+canaries["query"])
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		ask(r)
	}
	browse("/?gclid=" + canaries["click id"] + "&email=" + url.QueryEscape(canaries["query"]))
	browse("/", "Cookie", cookies.SIDName+"="+canaries["click id"])
	broken := error(errors.New("disk full"))
	w.store.err.Store(&broken)
	browse("/?utm_source=" + "x")
	w.store.err.Store(nil)
	w.store.panic.Store(true)
	browse("/?utm_source=" + "y")
	w.store.panic.Store(false)

	form := url.Values{
		"CallSid": {"CA1"}, "To": {"+31850000001"}, "From": {canaries["caller"]}, "CallStatus": {"ringing"},
		"ForwardedFrom": {canaries["raw body"]},
	}
	report := func(signature string) {
		r := httptest.NewRequest(http.MethodPost, "/qooqie/calls/twilio", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Twilio-Signature", signature)
		ask(r)
	}
	report(twilio.Sign("http://example.com/qooqie/calls/twilio", form))
	report("forged")
	form.Set("To", "+31859999999")
	report(twilio.Sign("http://example.com/qooqie/calls/twilio", form))
	form.Set("To", canaries["caller"]+"x")
	report(twilio.Sign("http://example.com/qooqie/calls/twilio", form))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, w.tracker.Run(ctx), "page views are stored")
	calls, err := w.store.Calls(t.Context(), retention.OwnUse("Example", retention.Date{}).Customer, time.Time{}, 10)
	require.NoError(t, err)
	require.Len(t, calls, 1, "one of the two signed reports on a real number, and the other number's")

	places := map[string][]byte{"log": []byte(w.log.String()), "responses": seen.Bytes()}
	for name, content := range readAll(t, w.dir) {
		places[name] = content
	}
	require.Greater(t, len(places), 4, "the files of the store are among the places")
	for place, content := range places {
		for what, canary := range canaries {
			for form, hidden := range disguises(canary) {
				require.False(t, bytes.Contains(content, hidden), "%s (%s) in %s", what, form, place)
			}
		}
	}
}

// disguises returns the forms in which a value might be written.
func disguises(value string) map[string][]byte {
	return map[string][]byte{
		"text":    []byte(value),
		"hex":     []byte(hex.EncodeToString([]byte(value))),
		"base64":  []byte(base64.RawStdEncoding.EncodeToString([]byte(value))),
		"escaped": []byte(url.QueryEscape(value)),
	}
}

// readAll returns the content of all files below dir.
func readAll(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	}))
	return files
}

// TestPromise2NeverTwice: two processes that share a store never show one number
// to two visitors at once.
func TestPromise2NeverTwice(t *testing.T) {
	const numbers, visitors = 8, 60
	dir := t.TempDir()
	pool := siteOption(func(s *tracking.Site) { s.Pools[0].Numbers = poolOf(numbers) })
	nodes := []*world{newWorldIn(t, dir, numberPage, pool), newWorldIn(t, dir, numberPage, pool)}

	var mu sync.Mutex
	shown := map[string]int{}
	var wg sync.WaitGroup
	for i := range visitors {
		wg.Go(func() {
			a := nodes[i%2].browser().get(landing)
			mu.Lock()
			defer mu.Unlock()
			shown[a.text]++
		})
	}
	wg.Wait()
	swapTarget := numberPageText(shownOwn)
	require.Equal(t, visitors-numbers, shown[swapTarget])
	delete(shown, swapTarget)
	require.Len(t, shown, numbers)
	for text, n := range shown {
		require.Equal(t, 1, n, text)
	}
}

// numberPageText is numberPage with a number.
func numberPageText(number string) string { return "<p>Bel " + number + "</p>" }

// TestPromise3DurableBeforeTheFirstByte: when the first byte leaves, another
// process can already read the lease in the store.
func TestPromise3DurableBeforeTheFirstByte(t *testing.T) {
	w := newWorld(t, numberPage)
	other, err := sqlite.Open(t.Context(), filepath.Join(w.dir, "qooqie.db"))
	require.NoError(t, err)
	defer other.Close()

	id := poolID()
	checked := false
	rec := &firstByte{ResponseRecorder: httptest.NewRecorder(), check: func() {
		leases, err := other.PoolLeases(t.Context(), id, nil)
		require.NoError(t, err)
		live := 0
		for _, l := range leases {
			if l.Live(time.Now()) {
				live++
				require.Equal(t, "+31850000001", l.Number.E164())
				require.Equal(t, "voorjaar", l.Attribution.Name)
			}
		}
		require.Equal(t, 1, live)
		checked = true
	}}
	r := httptest.NewRequest(http.MethodGet, landing, nil)
	r.Header.Set("User-Agent", firefox)
	w.srv.Config.Handler.ServeHTTP(rec, r)
	require.True(t, checked)
	require.Equal(t, numberPageText(firstShown), rec.Body.String())
}

// firstByte calls check before the first byte of a response.
type firstByte struct {
	*httptest.ResponseRecorder
	check func()
	once  sync.Once
}

func (f *firstByte) WriteHeader(status int) {
	f.once.Do(f.check)
	f.ResponseRecorder.WriteHeader(status)
}

func (f *firstByte) Write(b []byte) (int, error) {
	f.once.Do(f.check)
	return f.ResponseRecorder.Write(b)
}

// TestPromise4OneNumberOnAPage: what people see, hear and click is one number;
// what machines read stays the site's own.
func TestPromise4OneNumberOnAPage(t *testing.T) {
	const html = `<!DOCTYPE html><html lang="nl"><head>
<meta name="description" content="Bel 085 123 45 67">
<script type="application/ld+json">{"telephone": "+31851234567"}</script></head>
<body><p>085 - 123 45 67, +31 85 123 45 67, (085) 123&nbsp;45&nbsp;67</p>
<a href="tel:+31851234567" aria-label="Bel 085 123 45 67" title="0851234567">Bel <b>085</b> 123 45 67</a>
</body></html>`
	const want = `<!DOCTYPE html><html lang="nl"><head>
<meta name="description" content="Bel 085 123 45 67">
<script type="application/ld+json">{"telephone": "+31851234567"}</script></head>
<body><p>085 - 000 00 01, +31 85 000 00 01, (085) 000&nbsp;00&nbsp;01</p>
<a href="tel:+31850000001" aria-label="Bel 085 000 00 01" title="0850000001">Bel <b>085</b> 000 00 01</a>
</body></html>`
	w := newWorld(t, page(html))
	require.Equal(t, want, w.browser().get("/").text)
}

// TestPromise5NotShared: no shared cache may store a page with a number, and no
// validator could confirm it later.
func TestPromise5NotShared(t *testing.T) {
	w := newWorld(t, numberPage)
	a := w.browser().get(landing)
	require.Contains(t, a.text, firstShown)
	require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))
	require.Equal(t, "Cookie", a.Header.Get("Vary"))
	require.Empty(t, a.Header.Get("ETag"))
	require.Empty(t, a.Header.Get("Last-Modified"))

	// A page without the number stays everybody's.
	plain := newWorld(t, page("<p>Welkom</p>"))
	a = plain.browser().get("/")
	require.Equal(t, "public, max-age=60", a.Header.Get("Cache-Control"))
	require.Equal(t, `"v1"`, a.Header.Get("ETag"))
	require.Empty(t, a.Header["Set-Cookie"])
	require.Empty(t, a.Header.Get("Vary"))

	// Unless it brings a campaign: then it carries a cookie.
	a = plain.browser().get(landing)
	require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))
	require.Len(t, a.Cookies(), 1)
	require.Equal(t, cookies.CampaignName, a.Cookies()[0].Name)
}

// TestPromise6NoAgreement: before the start and after the end nothing is set,
// leased or stored, and cookies of ours are ended.
func TestPromise6NoAgreement(t *testing.T) {
	day := retention.DateOf(time.Now(), time.UTC)
	agreement := func(start, end retention.Date) option {
		return siteOption(func(s *tracking.Site) {
			s.Agreement = retention.Agreement{
				ID: "1", Customer: "c", Controller: "Example", Start: start, End: end, Choice: retention.Erase,
			}
		})
	}
	for name, over := range map[string]option{
		"not started": agreement(day.AddMonths(2), day.AddMonths(12)),
		"grace":       agreement(day.AddMonths(-12), day.AddMonths(-1)),
		"due":         agreement(day.AddMonths(-24), day.AddMonths(-12)),
	} {
		t.Run(name, func(t *testing.T) {
			twilio := carrier.Twilio{AuthToken: "0123456789abcdef0123456789abcdef"}
			w := newWorld(t, numberPage, over, func(c *tracking.Config) { c.Carriers = []tracking.Carrier{twilio} })
			a := w.browser().get(landing)
			require.Equal(t, numberPageText(shownOwn), a.text)
			require.Empty(t, a.Header["Set-Cookie"])
			require.Equal(t, "public, max-age=60", a.Header.Get("Cache-Control"))

			a = w.browser("Cookie", "a=b; qooqie_sid=x; qooqie_campaign=y").get("/")
			ended := map[string]bool{}
			for _, c := range a.Cookies() {
				ended[c.Name] = c.MaxAge < 0 && c.Value == "" && c.Path == "/"
			}
			require.Equal(t, map[string]bool{cookies.SIDName: true, cookies.CampaignName: true}, ended)
			require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))

			form := url.Values{"CallSid": {"CA1"}, "To": {"+31850000001"}, "From": {"+31612345678"}, "CallStatus": {"ringing"}}
			require.Equal(t, http.StatusNoContent, post(t, w, twilio, form).StatusCode, "callers are always connected")

			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.NoError(t, w.tracker.Run(ctx))
			require.Zero(t, w.store.calls.Load())
			for path := range readAll(t, w.dir) {
				require.NotContains(t, path, ".d"+string(filepath.Separator), "no row was written, so there is no file for one")
				require.NotContains(t, path, "vault")
			}
		})
	}
}

// TestPromise7Consent: what needs consent is not done without it, and a choice
// holds in the response to the request that brings it.
func TestPromise7Consent(t *testing.T) {
	answer := cookies.Unknown
	ask := siteOption(func(s *tracking.Site) {
		s.Consent = func(*http.Request) cookies.Consent { return answer }
	})
	strict := siteOption(func(s *tracking.Site) { s.Profile = cookies.Strict })

	w := newWorld(t, numberPage, ask)
	b := w.browser()
	require.Contains(t, b.get(landing).text, firstShown, "analytic without consent in the Netherlands")
	answer = cookies.Refused
	a := b.get("/")
	require.Contains(t, a.text, shownOwn)
	require.Len(t, a.Cookies(), 2)
	for _, c := range a.Cookies() {
		require.Negative(t, c.MaxAge, "%s is ended in the same response", c.Name)
	}
	leases, err := w.store.PoolLeases(t.Context(), poolID(), nil)
	require.NoError(t, err)
	for _, l := range leases {
		require.False(t, l.Live(time.Now()), "the lease is released")
	}

	answer = cookies.Unknown
	w = newWorld(t, numberPage, ask, strict)
	require.Contains(t, w.browser().get(landing).text, shownOwn, "nothing without consent")
	require.Contains(t, w.browser("Sec-GPC", "1").get(landing).text, shownOwn)
	require.Contains(t, w.browser("DNT", "1").get(landing).text, shownOwn)
	require.Zero(t, w.store.calls.Load())
	answer = cookies.Granted
	require.Contains(t, w.browser().get(landing).text, firstShown)
}

// TestPromise10FailOpen: whatever breaks, the page is served at once with the
// site's own number.
func TestPromise10FailOpen(t *testing.T) {
	for name, c := range map[string]struct {
		options []option
		breakIt func(*testing.T, *world)
		logged  string
	}{
		"store fails": {breakIt: func(_ *testing.T, w *world) {
			err := errors.New("disk I/O error")
			w.store.err.Store(&err)
		}, logged: "the store fails"},
		"store hangs": {
			options: []option{func(c *tracking.Config) { c.StoreBudget = 20 * time.Millisecond }},
			breakIt: func(_ *testing.T, w *world) { w.store.delay.Store(int64(time.Hour)) },
			logged:  "slower than its budget",
		},
		"store panics": {breakIt: func(_ *testing.T, w *world) { w.store.panic.Store(true) }, logged: "panicked"},
		"pool empty": {breakIt: func(t *testing.T, w *world) {
			for range 3 {
				require.NotContains(t, w.browser().get("/").text, shownOwn)
			}
		}, logged: "every number is held"},
		"consent panics": {
			options: []option{siteOption(func(s *tracking.Site) {
				s.Consent = func(*http.Request) cookies.Consent { panic("a visitor's secret") }
			})},
			breakIt: func(*testing.T, *world) {}, logged: "bug",
		},
		"store closed": {breakIt: func(t *testing.T, w *world) {
			require.NoError(t, w.store.Store.(io.Closer).Close())
		}, logged: "the store fails"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, numberPage, c.options...)
			c.breakIt(t, w)
			a := w.browser().get(landing)
			require.Equal(t, http.StatusOK, a.StatusCode)
			require.Equal(t, numberPageText(shownOwn), a.text)
			require.Contains(t, w.log.String(), c.logged)
			require.NotContains(t, w.log.String(), "secret")
		})
	}
}

// TestPromise10KeysMissing: a vault that is gone while the server runs, or that
// appears later, costs numbers and never a page.
func TestPromise10KeysMissing(t *testing.T) {
	vault := &failingVault{Vault: retention.DirVault(filepath.Join(t.TempDir(), "vault"))}
	w := newWorld(t, numberPage, func(c *tracking.Config) { c.Vault = vault },
		siteOption(func(s *tracking.Site) { // begins within the test's lifetime
			s.Agreement = retention.OwnUse("Example", retention.DateOf(time.Now(), time.UTC).AddMonths(-1))
		}))
	require.Contains(t, w.browser().get("/").text, firstShown, "the keys are loaded")
	vault.err = errors.New("gone")
	require.NotContains(t, w.browser().get("/").text, shownOwn, "loaded keys stay")

	_, err := tracking.New(w.store, tracking.Config{Vault: vault, Sites: []tracking.Site{{
		Agreement: retention.OwnUse("Other", retention.Date{Year: 2020, Month: 1, Day: 1}), Profile: cookies.Strict,
		Pools: []tracking.Pool{{SwapTarget: ownNumber, Numbers: poolOf(1)}},
	}}})
	require.ErrorIs(t, err, vault.err, "an operator who starts the server hears of it")
}

// failingVault is a vault that can be gone.
type failingVault struct {
	retention.Vault
	err error
}

func (v *failingVault) SigningKeys(ctx context.Context, customer string) ([][]byte, error) {
	if v.err != nil {
		return nil, v.err
	}
	return v.Vault.SigningKeys(ctx, customer)
}

// TestPromise11NotAPerson: crawlers, prefetches and previews see the site's own
// number and take nothing.
func TestPromise11NotAPerson(t *testing.T) {
	for name, header := range map[string][]string{
		"crawler":         {"User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
		"no agent":        {"User-Agent", ""},
		"preview":         {"User-Agent", "WhatsApp/2.23.20.0"},
		"prefetch":        {"Sec-Purpose", "prefetch"},
		"prerender":       {"Sec-Purpose", "prefetch;prerender"},
		"old prefetch":    {"Purpose", "prefetch"},
		"firefox of old":  {"X-Moz", "prefetch"},
		"headless chrome": {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, numberPage)
			a := w.browser(header...).get(landing)
			require.Equal(t, numberPageText(shownOwn), a.text)
			require.Empty(t, a.Header["Set-Cookie"])
			require.Equal(t, "public, max-age=60", a.Header.Get("Cache-Control"))
			require.Zero(t, w.store.calls.Load())
		})
	}
}

// post sends a signed report to the world.
func post(t *testing.T, w *world, twilio carrier.Twilio, form url.Values) *http.Response {
	t.Helper()
	target := w.srv.URL + "/qooqie/calls/twilio"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Twilio-Signature", twilio.Sign(target, form))
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res
}
