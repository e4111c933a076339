package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/examples/server/site"
)

// TestBrokenDatabase: what is no database of ours is left as it is. The site is
// served without tracking, the log says why, and carriers are to come again.
func TestBrokenDatabase(t *testing.T) {
	garbage := []byte(strings.Repeat("this is no database\n", 500))
	for name, content := range map[string][]byte{"garbage": garbage, "short": []byte("x"), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "qooqie.db")
			require.NoError(t, os.WriteFile(path, content, 0o600))
			s := serveIn(t, dir, "-twilio-token", token, "-dashboard-password", password)
			a := newVisitor(t).get(s.url + landing)
			requireUntouched(t, a)
			require.Regexp(t, `level=ERROR msg="the database can't be used.*qooqie\.db`, s.log.String())

			form := url.Values{"CallSid": {"CA1"}, "To": {"+31850000001"}, "CallStatus": {"ringing"}}
			require.Equal(t, http.StatusServiceUnavailable, report(t, s, form, twilio.Sign(s.url+twilioPath, form)))
			require.Equal(t, http.StatusServiceUnavailable, newVisitor(t).get(s.url+"/dashboard/").StatusCode)
			require.NoError(t, s.interrupt())
			left, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, content, left, "it is somebody else's file")
		})
	}
}

// TestGeneratedPassword: without a flag there is a password that nobody could
// know before, and it is printed once.
func TestGeneratedPassword(t *testing.T) {
	seen := map[string]bool{}
	for range 2 {
		s := serveIn(t, t.TempDir())
		word := s.await(s.out, regexp.MustCompile(`user admin, password (\S{20,})`))[1]
		require.False(t, seen[word])
		seen[word] = true
		u, err := url.Parse(s.url)
		require.NoError(t, err)
		require.Equal(t, http.StatusUnauthorized, newVisitor(t).get(s.url+"/dashboard/").StatusCode)
		u.User = url.UserPassword("admin", "admin")
		require.Equal(t, http.StatusUnauthorized, newVisitor(t).get(u.String()+"/dashboard/").StatusCode)
		u.User = url.UserPassword("admin", word)
		require.Equal(t, http.StatusOK, newVisitor(t).get(u.String()+"/dashboard/").StatusCode)
		require.NoError(t, s.interrupt())
		require.Equal(t, 1, strings.Count(s.out.String()+s.log.String(), word))
	}
}

// TestHelp: -h explains each flag.
func TestHelp(t *testing.T) {
	var help strings.Builder
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, io.Discard, &help), flag.ErrHelp)
	for _, name := range []string{
		"addr", "db", "vault", "public-url", "upstream", "target", "numbers", "twilio-token",
		"dashboard-password", "agreement-start", "agreement-end", "agreement-choice",
	} {
		require.Regexp(t, `(?m)^  -`+name+` \S+\n    \t\S.{15}`, help.String(), "the flag, its value and what it is for")
	}
}

// TestMistakes: mistakes are told all at once, with field, value and reason.
func TestMistakes(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "qooqie.db")
	err := run(t.Context(), []string{
		"-addr", "127.0.0.1:0", "-db", db, "-target", "085-1234567", "-numbers", "+31850000001,085 0000002,+31850000001",
		"-public-url", "ftp://example.nl", "-upstream", "localhost", "-agreement-start", "2026-02-30",
		"-agreement-end", "31-12-2026", "-agreement-choice", "keep", "-dashboard-password", "admin", "-store-budget", "1h",
	}, io.Discard, io.Discard)
	require.Error(t, err)
	for _, mistake := range []string{
		`-upstream "localhost": must be a URL`,
		`-agreement-start "2026-02-30": .*not a day`,
		`-agreement-end "31-12-2026": .*2006-01-02`,
		`-agreement-choice "keep": .*must be "erase" or "handover"`,
		`-dashboard-password: .*at least 12 characters`,
		`PublicURL = "ftp://example\.nl": must be`,
		`SwapTarget = "085-1234567": not an E\.164 number`,
		`StoreBudget = "1h0m0s": must be`,
	} {
		require.Regexp(t, `(?m)^.*`+mistake, err.Error())
	}
	require.NotContains(t, err.Error(), `"admin"`, "a password is not repeated")

	err = run(t.Context(), []string{"-addr", "127.0.0.1:0", "-db", db, "-numbers", "+31850000001,+3185,+31850000001"}, io.Discard, io.Discard)
	require.ErrorContains(t, err, `Numbers = "+3185": not an E.164 number`)
	for _, args := range [][]string{{"-nonsense"}, {"serve"}, {"-addr", "127.0.0.1:99999"}, {"-numbers", ""}} {
		err = run(t.Context(), append([]string{"-db", db}, args...), io.Discard, io.Discard)
		require.Error(t, err, args)
		require.NotErrorIs(t, err, flag.ErrHelp)
	}
}

// TestFiveGigabytes: a body of 5 GB is refused before more than the buffers of
// the network were read, wherever it goes, and the server lives.
func TestFiveGigabytes(t *testing.T) {
	s := serveIn(t, t.TempDir(), "-twilio-token", token)
	t.Run("to", func(t *testing.T) {
		for name, c := range map[string]struct {
			request string
			status  int
		}{
			"report":         {"POST " + twilioPath, http.StatusRequestEntityTooLarge},
			"other carrier":  {"POST /qooqie/calls/other", http.StatusNotFound},
			"healthz":        {"POST /qooqie/healthz", http.StatusMethodNotAllowed},
			"page":           {"POST /", http.StatusMethodNotAllowed},
			"page with body": {"GET /", http.StatusOK},
			"dashboard":      {"POST /dashboard/", http.StatusUnauthorized},
		} {
			for _, chunked := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/chunked=%v", name, chunked), func(t *testing.T) {
					t.Parallel()
					const buffers = 32 << 20 // the kernel's and net/http's, by far
					status, sent := sendTooMuch(t, s, c.request, chunked)
					require.Equal(t, c.status, status)
					require.Less(t, sent, int64(buffers))
				})
			}
		}
	})
	require.NotEqual(t, site.Number, shown(t, newVisitor(t).get(s.url+landing).text), "the server lives")
}

// sendTooMuch sends a request with a body of 5 GB until the server hangs up. It
// returns the status, and how many bytes went on their way.
func sendTooMuch(t *testing.T, s *server, request string, chunked bool) (status int, sent int64) {
	t.Helper()
	const size = 5 << 30
	length, part := fmt.Sprintf("Content-Length: %d", int64(size)), strings.Repeat("a", 0x8000)
	if chunked {
		length, part = "Transfer-Encoding: chunked", "8000\r\n"+part+"\r\n"
	}
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: example.nl\r\nUser-Agent: %s\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\n"+
		"X-Twilio-Signature: 0/KCTR6DLpKmkAf8muzZqo1nDgQ=\r\n%s\r\n\r\n", request, chrome, length)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for sent < size {
			n, err := io.WriteString(conn, part)
			sent += int64(n)
			if err != nil {
				return // the server has hung up
			}
		}
	}()
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	_, _ = io.Copy(io.Discard, res.Body) // the server may hang up meanwhile
	_ = res.Body.Close()
	<-done
	return res.StatusCode, sent
}

// TestShutdown: Ctrl-C lets a request come to its end, and stores its page view.
func TestShutdown(t *testing.T) {
	asked, finish := make(chan struct{}), make(chan struct{})
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(asked)
		<-finish
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<a class="call" href="tel:+31851234567">Bel ons</a>`)
	}))
	defer upstream.Close()
	dir := t.TempDir()
	s := start(t, dir, "-upstream", upstream.URL)
	var page answer
	answered := make(chan error, 1)
	v := newVisitor(t)
	go func() {
		var err error
		page, err = v.try(http.MethodGet, s.url+"/traag", nil)
		answered <- err
	}()
	<-asked
	s.stop()
	awaitRefusal(t, strings.TrimPrefix(s.url, "http://"))
	close(finish)
	require.NoError(t, <-answered)
	require.Equal(t, http.StatusOK, page.StatusCode)
	require.NotEqual(t, site.Number, shown(t, page.text))
	<-s.ended
	require.NoError(t, s.err, "exit code 0\n%s", s.log)
	requirePageView(t, dir, "/traag")
}

// awaitRefusal waits until nobody listens at the address any more.
func awaitRefusal(t *testing.T, addr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		if err != nil {
			require.NotErrorIs(t, err, context.DeadlineExceeded, "the server takes new connections")
			return
		}
		require.NoError(t, conn.Close())
	}
}
