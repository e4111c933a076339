package main

import (
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var killCount = flag.Int("kills", 5, "how often TestKill kills the server")

const (
	loadClients = 12
	// newcomers is how many visitors come without a cookie between two kills. So
	// each kill has grants under way, and the pool lasts.
	newcomers = 40
	// leaseMargin is how much longer than the cookie says the stored lease lasts.
	leaseMargin = 5 * time.Second
)

// TestKill kills the server with -9 again and again while visitors take numbers.
// Every lease that a response has shown is in the store afterwards, and no number
// was shown to two sessions at once. -kills sets how often.
func TestKill(t *testing.T) {
	// A number for each visitor; more don't fit into a command line.
	t.Run("many numbers", func(t *testing.T) { killAgainAndAgain(t, newcomers*min(*killCount+1, 200)) })
	// Most visitors get none, and the server that comes after a kill must not
	// give away what the one before it did.
	t.Run("few numbers", func(t *testing.T) { killAgainAndAgain(t, newcomers/2) })
}

// killAgainAndAgain is TestKill with a pool of some size.
func killAgainAndAgain(t *testing.T, numbers int) {
	t.Helper()
	dir := t.TempDir()
	flags := []string{"-numbers", numbersFrom(t, numbers)}
	l := &ledger{t: t, dir: dir}
	var loyal []*surfer // they come back after each kill
	for range loadClients {
		loyal = append(loyal, new(surfer))
	}
	for range *killCount {
		s := start(t, dir, flags...)
		l.check()
		l.load(s, loyal)
		s.kill()
	}
	s := start(t, dir, flags...)
	l.check()
	l.requireKept(s, loyal)
	require.NoError(t, s.interrupt())
	t.Logf("%d kills, %d responses with a number, %d cut off, %d leases shown to %d sessions; %d times a live lease was looked up after a kill: %d lost, %d numbers shown twice",
		*killCount, l.responses, l.cut, len(l.leases), l.sessions(), l.checked, l.lost, l.twice())
	require.Positive(t, l.checked)
	require.Zero(t, l.lost, "leases that a response had shown are lost")
	require.Zero(t, l.twice(), "numbers were shown to two sessions at once")
	require.Empty(t, l.wrong)
}
