package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/numberpool"
)

// childEnv says that this process is a child of a test, and which.
const childEnv = "QOOQIE_SQLITE_CHILD"

func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		if err := children[name](os.Args[1:], bufio.NewReader(os.Stdin)); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// children are what processes of a test do. They tell what they have done on
// standard output, one line for each.
var children map[string]func(args []string, in *bufio.Reader) error

func init() {
	children = map[string]func([]string, *bufio.Reader) error{
		"acquire": acquireChild, "grant": grantChild, "migrate": migrateChild, "open": openChild,
	}
}

// child is a running process of a test.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// start starts a child, which ends with the test at the latest.
func start(t *testing.T, name string, args ...string) *child {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), childEnv+"="+name)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return &child{cmd, in, bufio.NewScanner(out)}
}

// line waits for the next line of the child; "" is the end.
func (c *child) line() string {
	if !c.out.Scan() {
		return ""
	}
	return c.out.Text()
}

// begin lets the child go on.
func (c *child) begin(t *testing.T) {
	t.Helper()
	_, err := c.in.Write([]byte("go\n"))
	require.NoError(t, err)
}

// ready tells the test that a child can begin, and waits for its word, so that
// several do it at once.
func ready(in *bufio.Reader) error {
	fmt.Println("ready")
	_, err := in.ReadString('\n')
	return err
}

// noon is when these tests happen.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// testPool is the pool of these tests.
var testPool = numberpool.PoolID{Customer: "acme", Name: "main"}

// testNumbers returns n numbers.
func testNumbers(n int) []numberpool.Number {
	list := make([]numberpool.Number, n)
	for i := range list {
		var err error
		if list[i], err = numberpool.NumberFromDigits(31_850_000_000 + uint64(i)); err != nil {
			panic(err)
		}
	}
	return list
}

func testSession(i int) numberpool.SessionID {
	return numberpool.SessionID{0x51, byte(i >> 8), byte(i), 15: 0xff}
}

// acquireChild acquires numbers for sessions in a pool of a size.
func acquireChild(args []string, in *bufio.Reader) error {
	ctx := context.Background()
	s, err := Open(ctx, args[0])
	if err != nil {
		return err
	}
	defer s.Close()
	size, _ := strconv.Atoi(args[1])
	from, _ := strconv.Atoi(args[2])
	pool, err := numberpool.New(s, numberpool.Config{ID: testPool, Numbers: testNumbers(size)})
	if err != nil {
		return err
	}
	if err := ready(in); err != nil {
		return err
	}
	for i := range 8 {
		l, err := pool.Acquire(ctx, numberpool.Request{Session: testSession(from + i)}, noon)
		switch {
		case errors.Is(err, numberpool.ErrPoolExhausted):
			fmt.Println("none")
		case err != nil:
			return err
		default:
			fmt.Println("number", l.Number.Digits())
		}
	}
	return nil
}

// TestProcessesShareNumbers: four processes with eight visitors each share 16
// numbers: each number goes to one of them.
func TestProcessesShareNumbers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "qooqie.db")
	var all []*child
	for i := range 4 {
		all = append(all, start(t, "acquire", path, "16", strconv.Itoa(8*i)))
	}
	for _, c := range all {
		require.Equal(t, "ready", c.line())
	}
	for _, c := range all {
		c.begin(t)
	}
	got, none := make(map[string]bool), 0
	for _, c := range all {
		for line := c.line(); line != ""; line = c.line() {
			if line == "none" {
				none++
				continue
			}
			require.True(t, strings.HasPrefix(line, "number "), line)
			require.False(t, got[line], "a number was given twice: %s", line)
			got[line] = true
		}
		require.NoError(t, c.cmd.Wait())
	}
	require.Len(t, got, 16)
	require.Equal(t, 16, none)
}

// grantChild grants the same number anew and again, until it is killed.
func grantChild(args []string, _ *bufio.Reader) error {
	ctx := context.Background()
	s, err := Open(ctx, args[0])
	if err != nil {
		return err
	}
	rows, err := s.PoolLeases(ctx, testPool, testNumbers(1))
	if err != nil {
		return err
	}
	for generation := rows[0].Generation + 1; ; generation++ {
		at := noon.Add(time.Duration(generation) * time.Hour)
		l, err := s.GrantLease(ctx, numberpool.Lease{
			Pool: testPool, Number: testNumbers(1)[0], Generation: generation, Session: testSession(int(generation)),
			Since: at, SeenAt: at, ExpiresAt: at.Add(time.Minute),
		})
		if err != nil {
			return err
		}
		fmt.Println(l.Generation)
	}
}

// TestKilledProcess: what a process had reported before kill -9 is there, and
// the next process goes on without a word.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "qooqie.db")
	acked := 0
	for round := range 8 {
		c := start(t, "grant", path)
		for range 20 + 7*round {
			line := c.line()
			generation, err := strconv.Atoi(line)
			require.NoError(t, err, line)
			acked = generation
		}
		require.NoError(t, c.cmd.Process.Kill())
		for line := c.line(); line != ""; line = c.line() { // what was in the pipe
			if generation, err := strconv.Atoi(line); err == nil {
				acked = generation
			}
		}
		require.Error(t, c.cmd.Wait())

		s, err := Open(t.Context(), path)
		require.NoError(t, err)
		rows, err := s.PoolLeases(t.Context(), testPool, nil)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.GreaterOrEqual(t, int(rows[0].Generation), acked)
		require.LessOrEqual(t, int(rows[0].Generation), acked+1)
		require.Equal(t, testSession(int(rows[0].Generation)), rows[0].Session)
		require.NoError(t, s.Close())
	}
}

// openChild opens a store that is not there, and closes it.
func openChild(args []string, in *bufio.Reader) error {
	if err := ready(in); err != nil {
		return err
	}
	s, err := Open(context.Background(), args[0])
	if err != nil {
		return err
	}
	_, err = s.PoolLeases(context.Background(), testPool, testNumbers(3))
	return errors.Join(err, s.Close())
}

// TestProcessesMakeTheFile: processes that find no file make one.
func TestProcessesMakeTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for round := range 3 {
		path := filepath.Join(dir, strconv.Itoa(round)+".db")
		var all []*child
		for range 4 {
			c := start(t, "open", path)
			require.Equal(t, "ready", c.line())
			all = append(all, c)
		}
		for _, c := range all {
			c.begin(t)
		}
		for _, c := range all {
			require.Empty(t, c.line())
			require.NoError(t, c.cmd.Wait())
		}
		require.Equal(t, []string{
			filepath.Base(path), filepath.Base(path) + ".d",
		}, names(t, dir, filepath.Base(path)))
	}
}

// names lists the files of a directory that begin with a prefix.
func names(t *testing.T, dir, prefix string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var list []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			list = append(list, e.Name())
		}
	}
	return list
}
