package main

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/examples/server/site"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
)

// surfer is a visitor under load. Only one client uses it at a time.
type surfer struct{ cookie string }

// promise is a lease as a cookie has told it.
type promise struct {
	lease    cookies.Lease
	session  [16]byte
	received time.Time // when the first cookie that told it came
}

// ledger remembers what the responses have shown.
type ledger struct {
	t     *testing.T
	dir   string
	codec *cookies.Codec

	mu        sync.Mutex
	leases    []*promise // the latest of each number, session and generation
	responses int        // that showed a tracking number
	cut       int        // that the kill cut off after their headers
	wrong     []string   // pages that don't fit their cookie

	checked, lost int
}

// openCodec returns what reads the server's cookies.
func (l *ledger) openCodec() *cookies.Codec {
	l.t.Helper()
	if l.codec != nil {
		return l.codec
	}
	ring, err := retention.DirVault(filepath.Join(l.dir, "qooqie.vault")).SigningKeys(l.t.Context(), customer())
	require.NoError(l.t, err)
	keys := make([][]byte, len(ring))
	for i, secret := range ring {
		keys[i] = retention.DeriveKey(secret, retention.ForCookies)
	}
	l.codec, err = cookies.NewCodec(cookies.Config{Keys: keys, Site: "*"})
	require.NoError(l.t, err)
	return l.codec
}

// load lets visitors open pages until a random one of them has been answered,
// and kills the server while the others wait.
func (l *ledger) load(s *server, loyal []*surfer) {
	codec := l.openCodec()
	transport := &http.Transport{MaxIdleConnsPerHost: loadClients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: patience}
	ctx, cancel := context.WithCancel(l.t.Context())
	defer cancel()

	left := make(chan struct{}, newcomers)
	for range newcomers {
		left <- struct{}{}
	}
	answered := make(chan struct{})
	var wg sync.WaitGroup
	for i := range loadClients {
		wg.Go(func() {
			for n := 0; ; n++ {
				visitor := loyal[i]
				select {
				case <-left:
					visitor = new(surfer)
				default:
				}
				if n%4 == 0 {
					visitor = loyal[i]
				}
				if err := l.visit(ctx, client, codec, s.url, visitor); err != nil {
					return // the server is dead
				}
				select {
				case answered <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	for range 1 + rand.IntN(2*newcomers) {
		select {
		case <-answered:
		case <-s.ended:
			require.Fail(l.t, "the server has ended by itself", "%v\n%s", s.err, s.log)
		}
	}
	s.kill()
	cancel()
	wg.Wait()
}

// visit opens a page and remembers what it showed. It returns an error if no
// response came.
func (l *ledger) visit(ctx context.Context, client *http.Client, codec *cookies.Codec, url string, v *surfer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+landing, nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", chrome)
	req.Header.Set("Accept", "text/html")
	if v.cookie != "" {
		req.Header.Set("Cookie", v.cookie)
		req.URL.RawQuery = ""
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	// From here on the visitor's browser has the cookie, whatever becomes of
	// the rest.
	for _, c := range res.Cookies() {
		if c.Name == cookies.SIDName {
			v.cookie = c.Name + "=" + c.Value
		}
	}
	held := l.remember(codec, v.cookie, time.Now())
	html, err := io.ReadAll(res.Body)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.cut++
		return err
	}
	match := link.FindStringSubmatch(string(html))
	switch {
	case match == nil || res.StatusCode != http.StatusOK:
		l.wrong = append(l.wrong, res.Status)
	case match[1] == site.Number:
	case match[1] == held:
		l.responses++
	default:
		l.wrong = append(l.wrong, "the page shows "+match[1]+", the cookie says "+held)
	}
	return nil
}

// remember notes the lease in a cookie, if any, and returns its number.
func (l *ledger) remember(codec *cookies.Codec, cookie string, now time.Time) string {
	s, ok := codec.Read(http.Header{"Cookie": {cookie}}, now).Session()
	if !ok || len(s.Leases()) == 0 {
		return ""
	}
	lease := s.Leases()[0]
	number, err := numberpool.NumberFromDigits(lease.Number)
	if err != nil {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.leases {
		if p.lease.Number == lease.Number && p.lease.Generation == lease.Generation && p.session == s.ID {
			if lease.End.After(p.lease.End) {
				p.lease.End = lease.End
			}
			return number.E164()
		}
	}
	l.leases = append(l.leases, &promise{lease: lease, session: s.ID, received: now})
	return number.E164()
}

// check looks up each lease that was shown and has not ended. It does so as a
// process of its own, while the server runs.
func (l *ledger) check() {
	l.t.Helper()
	rows := make(map[uint64]numberpool.Lease)
	for _, row := range storedLeases(l.t, l.dir) {
		rows[row.Number.Digits()] = row
	}
	now := time.Now()
	for _, p := range l.leases {
		if !p.lease.End.After(now) {
			continue
		}
		l.checked++
		row := rows[p.lease.Number]
		if row.Session != numberpool.SessionID(p.session) || row.Generation != p.lease.Generation ||
			row.ExpiresAt.Before(p.lease.End.Add(leaseMargin)) {
			l.lost++
		}
	}
}

// twice counts the numbers that were shown to a session while another one's
// lease had not ended.
func (l *ledger) twice() (n int) {
	for i, a := range l.leases {
		for _, b := range l.leases[:i] {
			if a.lease.Number != b.lease.Number || a.session == b.session {
				continue
			}
			first, second := b, a
			if a.received.Before(b.received) {
				first, second = a, b
			}
			if second.received.Before(first.lease.End) {
				n++
			}
		}
	}
	return n
}

// sessions counts the sessions that were shown a number.
func (l *ledger) sessions() int {
	ids := make(map[[16]byte]bool)
	for _, p := range l.leases {
		ids[p.session] = true
	}
	return len(ids)
}

// requireKept checks that those who came back all the time see the number that
// they had.
func (l *ledger) requireKept(s *server, loyal []*surfer) {
	l.t.Helper()
	for _, v := range loyal {
		had := l.remember(l.codec, v.cookie, time.Now())
		if had == "" {
			continue
		}
		page := newVisitor(l.t, "Cookie", v.cookie).get(s.url + "/")
		require.Equal(l.t, had, shown(l.t, page.text))
	}
}
