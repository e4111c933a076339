package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/examples/server/site"
	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
)

// What the tests say to the server, and it to them.
const (
	landing  = "/?utm_source=google&utm_medium=cpc&utm_campaign=voorjaar"
	chrome   = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
	token    = "0123456789abcdef0123456789abcdef"
	password = "een lang wachtwoord"
	patience = time.Minute // how long a test waits for anything at all
)

// serverEnv makes the test binary the server itself, so that a test can kill it.
const serverEnv = "QOOQIE_TEST_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(serverEnv) != "" {
		limitFileSize()
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// server is a reference server that runs, as a process of its own or in this one.
type server struct {
	t    testing.TB
	url  string
	dir  string
	out  *output // standard output
	log  *output // standard error
	stop func()  // asks it to end, as Ctrl-C does
	kill func()  // ends it at once

	ended chan struct{} // closed when it has ended
	err   error         // what run returned, or the process's exit error
}

// newServer describes a server that is not running yet. Its database is in dir.
func newServer(t testing.TB, dir string) *server {
	t.Helper()
	return &server{t: t, dir: dir, out: newOutput(), log: newOutput(), ended: make(chan struct{})}
}

// args are the flags of a server, the test's own last, so that they win.
func (s *server) args(own []string) []string {
	return append([]string{
		"-addr", "127.0.0.1:0", "-db", filepath.Join(s.dir, "qooqie.db"),
		// The tests are about what happens, on whatever machine, and not about
		// how soon.
		"-store-budget", "10s",
	}, own...)
}

// serveIn runs a server in this process until the test ends.
func serveIn(t testing.TB, dir string, flags ...string) *server {
	t.Helper()
	s := newServer(t, dir)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	s.stop = cancel
	go func() {
		s.err = run(ctx, s.args(flags), s.out, s.log)
		close(s.ended)
	}()
	t.Cleanup(func() {
		cancel()
		<-s.ended
	})
	s.awaitAddress()
	return s
}

// start runs a server as a process of its own, and kills it when the test ends.
func start(t testing.TB, dir string, flags ...string) *server {
	t.Helper()
	return startWith(t, nil, dir, flags...)
}

// startWith is start with more environment.
func startWith(t testing.TB, env []string, dir string, flags ...string) *server {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	s := newServer(t, dir)
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), exe, s.args(flags)...)
	cmd.Env = append(append(os.Environ(), serverEnv+"=1"), env...)
	cmd.Stdout, cmd.Stderr = s.out, s.log
	require.NoError(t, cmd.Start())
	go func() {
		s.err = cmd.Wait()
		close(s.ended)
	}()
	s.stop = func() { _ = cmd.Process.Signal(os.Interrupt) } // it may have ended already
	s.kill = func() {
		_ = cmd.Process.Kill()
		<-s.ended
	}
	t.Cleanup(func() {
		s.kill()
		require.NotContains(t, s.log.String(), "DATA RACE", "in the server's process")
	})
	s.awaitAddress()
	return s
}

// address is where a server says what to open.
var address = regexp.MustCompile(`Site\S*(?: without tracking:)? +(http://[^/\s]+)/`)

// awaitAddress waits until the server listens.
func (s *server) awaitAddress() {
	s.t.Helper()
	s.url = s.await(s.out, address)[1]
}

// await waits for a text in what the server prints.
func (s *server) await(o *output, text *regexp.Regexp) []string {
	s.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		match, more := o.find(text)
		if match != nil {
			return match
		}
		select {
		case <-more:
		case <-s.ended:
			if match, _ = o.find(text); match == nil {
				require.Fail(s.t, "the server has ended", "%v\n%s", s.err, s.log)
			}
			return match
		case <-late.C:
			require.Fail(s.t, "the server does not say it", "%v\n%s%s", text, s.out, s.log)
		}
	}
}

// interrupt presses Ctrl-C and returns what the server made of it.
func (s *server) interrupt() error {
	s.t.Helper()
	s.stop()
	select {
	case <-s.ended:
	case <-time.After(patience):
		require.Fail(s.t, "the server does not end", "%s", s.log)
	}
	return s.err
}

// output is what a server prints. Its readers can wait for more.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed by the next Write
}

func newOutput() *output { return &output{more: make(chan struct{})} }

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.more)
	o.more = make(chan struct{})
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// find returns the first match of text, or a channel that says when to try again.
func (o *output) find(text *regexp.Regexp) ([]string, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return text.FindStringSubmatch(o.text.String()), o.more
}

// numbersFrom returns n tracking numbers, +31850000001 and on, as the flag takes them.
func numbersFrom(t testing.TB, n int) string {
	t.Helper()
	numbers := make([]string, n)
	for i := range numbers {
		number, err := numberpool.NumberFromDigits(31850000001 + uint64(i))
		require.NoError(t, err)
		numbers[i] = number.E164()
	}
	return strings.Join(numbers, ",")
}

// customer is whose data the server keeps.
func customer() string { return retention.OwnUse(controller, retention.Date{}).Customer }

// openStore opens a server's database as another process would.
func openStore(t testing.TB, dir string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "qooqie.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store
}

// storedLeases returns the leases of the server's pool.
func storedLeases(t testing.TB, dir string) []numberpool.Lease {
	t.Helper()
	store := openStore(t, dir)
	leases, err := store.PoolLeases(t.Context(), numberpool.PoolID{Customer: customer(), Name: site.Number}, nil)
	require.NoError(t, err)
	return leases
}

// program finds a program that a test drives. If there is none, the test is
// skipped, or fails where QOOQIE_REQUIRE has the first name.
func program(t testing.TB, install string, names ...string) string {
	t.Helper()
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err == nil {
			return path
		}
		if !errors.Is(err, exec.ErrNotFound) {
			require.NoError(t, err)
		}
	}
	missing := fmt.Sprintf("no %s on this machine; install it: %s", names[0], install)
	if slices.Contains(strings.Split(os.Getenv("QOOQIE_REQUIRE"), ","), names[0]) {
		require.Fail(t, missing)
	}
	t.Skip(missing)
	return ""
}
