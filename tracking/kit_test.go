package tracking_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/stretchr/testify/require"
)

// The site of these tests.
const (
	ownNumber  = "+31851234567"
	shownOwn   = "085 123 45 67"
	firstShown = "085 000 00 01" // the first of the pool, as the page writes it
	firefox    = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
	landing    = "/?utm_source=google&utm_medium=cpc&utm_campaign=voorjaar"
)

// poolOf returns n tracking numbers, +31850000001 and on.
func poolOf(n int) []string {
	numbers := make([]string, n)
	for i := range numbers {
		digits, _ := numberpool.NumberFromDigits(31850000001 + uint64(i))
		numbers[i] = digits.E164()
	}
	return numbers
}

// poolID names the pool of these tests.
func poolID() numberpool.PoolID {
	return numberpool.PoolID{Customer: ownCustomer(), Name: ownNumber}
}

// world is a tracked site with a store of its own.
type world struct {
	t       testing.TB
	dir     string
	store   *countingStore
	tracker *tracking.Tracker
	log     *syncBuffer
	srv     *httptest.Server
}

// option changes the configuration of a world.
type option func(*tracking.Config)

// siteOption changes its only site.
func siteOption(f func(*tracking.Site)) option {
	return func(c *tracking.Config) { f(&c.Sites[0]) }
}

// newWorld starts a server with the tracker around site.
func newWorld(t testing.TB, site http.Handler, options ...option) *world {
	t.Helper()
	return newWorldIn(t, t.TempDir(), site, options...)
}

// newWorldIn is newWorld in a directory that another world may share.
func newWorldIn(t testing.TB, dir string, site http.Handler, options ...option) *world {
	t.Helper()
	w := newStoppedWorld(t, dir, options...)
	mux := http.NewServeMux()
	mux.Handle("/qooqie/", w.tracker.Routes())
	mux.Handle("/", site)
	w.srv = httptest.NewServer(w.tracker.Handler(mux))
	t.Cleanup(w.srv.Close)
	return w
}

// newStoppedWorld is newWorldIn without a server.
func newStoppedWorld(t testing.TB, dir string, options ...option) *world {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "qooqie.db"))
	require.NoError(t, err)
	w := &world{t: t, dir: dir, store: &countingStore{Store: db}, log: new(syncBuffer)}
	config := tracking.Config{
		Vault:       retention.DirVault(filepath.Join(dir, "vault")),
		Logger:      slog.New(slog.NewTextHandler(w.log, nil)),
		StoreBudget: 10 * time.Second, // most tests are not about how soon
		Sites: []tracking.Site{{
			Agreement: retention.OwnUse("Example", retention.Date{Year: 2000, Month: 1, Day: 1}),
			Profile:   cookies.Netherlands,
			Pools:     []tracking.Pool{{SwapTarget: ownNumber, Numbers: poolOf(3)}},
		}},
	}
	for _, o := range options {
		o(&config)
	}
	w.tracker, err = tracking.New(w.store, config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return w
}

// page returns a handler that serves a page as most sites do.
func page(html string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "public, max-age=60")
		w.Header().Set("ETag", `"v1"`)
		_, _ = io.WriteString(w, html)
	})
}

// numberPage has the number once.
var numberPage = page("<p>Bel " + shownOwn + "</p>")

// browser is a visitor: it keeps cookies.
type browser struct {
	t      testing.TB
	base   string
	client *http.Client
	header http.Header
}

// browser returns a new visitor.
func (w *world) browser(headers ...string) *browser {
	jar, err := cookiejar.New(nil)
	require.NoError(w.t, err)
	client := *w.srv.Client()
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b := &browser{t: w.t, base: w.srv.URL, client: &client, header: http.Header{
		"User-Agent": {firefox}, "Accept": {"text/html,application/xhtml+xml,*/*;q=0.8"},
		"Sec-Fetch-Dest": {"document"},
	}}
	for i := 0; i < len(headers); i += 2 {
		b.header.Set(headers[i], headers[i+1])
	}
	return b
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	text string
}

// get asks for a path.
func (b *browser) get(path string) answer { return b.do(http.MethodGet, path) }

// do asks for a path with a method.
func (b *browser) do(method, path string) answer {
	b.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, b.base+path, nil)
	require.NoError(b.t, err)
	req.Header = b.header.Clone()
	res, err := b.client.Do(req)
	require.NoError(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(b.t, err)
	return answer{res, string(body)}
}

// countingStore counts the calls that a request makes, and can be broken.
type countingStore struct {
	tracking.Store
	calls atomic.Int64
	err   atomic.Pointer[error] // what every call of a request returns
	delay atomic.Int64          // how long every call of a request takes, in ns
	panic atomic.Bool
}

// enter is called by every counted method.
func (s *countingStore) enter(ctx context.Context) error {
	s.calls.Add(1)
	if s.panic.Load() {
		panic("a visitor's secret")
	}
	if d := time.Duration(s.delay.Load()); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := s.err.Load(); err != nil {
		return *err
	}
	return nil
}

func (s *countingStore) PoolLeases(ctx context.Context, p numberpool.PoolID, add []numberpool.Number) ([]numberpool.Lease, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	return s.Store.PoolLeases(ctx, p, add)
}

func (s *countingStore) GrantLease(ctx context.Context, l numberpool.Lease) (numberpool.Lease, error) {
	if err := s.enter(ctx); err != nil {
		return numberpool.Lease{}, err
	}
	return s.Store.GrantLease(ctx, l)
}

func (s *countingStore) RenewLease(ctx context.Context, l numberpool.Lease) (numberpool.Lease, error) {
	if err := s.enter(ctx); err != nil {
		return numberpool.Lease{}, err
	}
	return s.Store.RenewLease(ctx, l)
}

func (s *countingStore) NumberHolders(ctx context.Context, p numberpool.PoolID, n numberpool.Number, from, at time.Time) ([]numberpool.Lease, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	return s.Store.NumberHolders(ctx, p, n, from, at)
}

func (s *countingStore) PutCall(ctx context.Context, c tracking.Call, merge func(a, b tracking.Call) tracking.Call) (tracking.Call, error) {
	if err := s.enter(ctx); err != nil {
		return tracking.Call{}, err
	}
	return s.Store.PutCall(ctx, c, merge)
}

func (s *countingStore) AddCounters(ctx context.Context, customer string, c []tracking.Counter) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	return s.Store.AddCounters(ctx, customer, c)
}

// syncBuffer is a log that goroutines may write to at once.
type syncBuffer struct {
	mu  sync.Mutex
	buf []byte
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return string(b.buf)
}

// errDisk is what a broken disk says.
var errDisk error = errors.New("disk I/O error")

// ownCustomer is the customer of the tests' agreement.
func ownCustomer() string { return retention.OwnUse("Example", retention.Date{}).Customer }

// amsterdam is the zone of the tests' agreement.
func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	return zone
}

// mustURL parses a URL.
func mustURL(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	require.NoError(t, err)
	return u
}

// exampleConfig is a Config as short as it gets.
func exampleConfig() tracking.Config {
	dir, err := os.MkdirTemp("", "qooqie-example-")
	if err != nil {
		panic(err)
	}
	return tracking.Config{
		Vault:  retention.DirVault(dir),
		Logger: slog.New(slog.DiscardHandler),
		Sites: []tracking.Site{{
			Agreement: retention.OwnUse("Example", retention.Date{Year: 2026, Month: 11, Day: 24}),
			Profile:   cookies.Netherlands,
			Pools:     []tracking.Pool{{SwapTarget: ownNumber, Numbers: poolOf(1)}},
		}},
	}
}
