package retention_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// Environment of a helper process: this test binary, started again.
const (
	helperVault = "RETENTION_TEST_VAULT"
	helperJob   = "RETENTION_TEST_JOB"
)

func TestMain(m *testing.M) {
	job := os.Getenv(helperJob)
	if job == "" {
		os.Exit(m.Run())
	}
	if err := runHelper(context.Background(), retention.DirVault(os.Getenv(helperVault)), job); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// helper returns a process that does the job with the vault.
func helper(t *testing.T, v retention.DirVault, job string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), helperVault+"="+string(v), helperJob+"="+job)
	cmd.Stderr = t.Output()
	return cmd
}

// runHelper is the main function of a helper process.
func runHelper(ctx context.Context, v retention.DirVault, job string) error {
	switch job {
	case "create": // once stdin is closed, so that all processes begin together
		if _, err := io.ReadAll(os.Stdin); err != nil {
			return err
		}
		for i := range 20 {
			if err := printKeys(ctx, v, "customer "+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	case "for ever": // until it is killed
		for i := 0; ; i++ {
			if err := printKeys(ctx, v, "customer "+strconv.Itoa(i)); err != nil {
				return err
			}
		}
	case "full":
		return fullDisk(ctx, v)
	case "few files":
		return fewFiles(ctx, v)
	}
	return fmt.Errorf("unknown job %q", job)
}

// printKeys prints a line with the customer and its keys, after they were made.
func printKeys(ctx context.Context, v retention.DirVault, customer string) error {
	ring, err := v.SigningKeys(ctx, customer)
	if err != nil {
		return err
	}
	key, err := v.DataKey(ctx, customer, "one")
	if err != nil {
		return err
	}
	fmt.Printf("%s: %x %x\n", customer, ring, key)
	return nil
}

// TestProcessesCreate starts several processes that make the same keys at the
// same moment. They must agree on all of them.
func TestProcessesCreate(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	const processes = 4
	var cmds [processes]*exec.Cmd
	var start [processes]io.Closer
	var outs [processes]strings.Builder
	for i := range processes {
		cmds[i] = helper(t, v, "create")
		cmds[i].Stdout = &outs[i]
		stdin, err := cmds[i].StdinPipe()
		require.NoError(t, err)
		start[i] = stdin
		require.NoError(t, cmds[i].Start())
	}
	for i := range processes {
		require.NoError(t, start[i].Close())
	}
	for i := range processes {
		require.NoError(t, cmds[i].Wait(), outs[i].String())
	}
	require.Equal(t, 20, strings.Count(outs[0].String(), "\n"))
	for i := range processes {
		require.Equal(t, outs[0].String(), outs[i].String())
	}
	require.Len(t, files(t, v), 40, "two keys for each customer and no temporary files")
}

// TestKilledProcesses kills processes while they make keys. Every key that was
// printed must be there afterwards, and no other customer may be stuck.
func TestKilledProcesses(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	printed := make(map[string]string)
	for round := range 10 {
		cmd := helper(t, v, "for ever")
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		// The rounds go further each time, so all but the last lines are of
		// customers that an earlier process was working on when it was killed.
		for range 4 * (round + 1) {
			require.True(t, lines.Scan(), "helper ended: %v", lines.Err())
			check(t, printed, lines.Text())
		}
		require.NoError(t, cmd.Process.Kill())
		for lines.Scan() { // what it printed before the kill reached it
			check(t, printed, lines.Text())
		}
		require.Error(t, cmd.Wait(), "it was killed")
	}
	require.GreaterOrEqual(t, len(printed), 40)
	for customer, line := range printed {
		ring, key := signingKeys(t, v, customer), dataKey(t, v, customer, "one")
		require.Equal(t, line, fmt.Sprintf("%s: %x %x", customer, ring, key))
	}
}

// check compares a line with what was printed for the same customer before.
func check(t *testing.T, printed map[string]string, line string) {
	t.Helper()
	customer, _, ok := strings.Cut(line, ": ")
	require.True(t, ok, line)
	if before, ok := printed[customer]; ok {
		require.Equal(t, before, line)
	}
	printed[customer] = line
}
