package swap_test

import (
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// pair is a target with the number that replaces it.
type pair struct {
	target, replacement string
	compiled            func() (*swap.Plan, error)
}

// pairOf makes a pair, which is compiled once.
func pairOf(target, replacement string) pair {
	return pair{target, replacement, sync.OnceValues(func() (*swap.Plan, error) {
		return swap.Compile(swap.Target{Number: target, Replacements: []string{replacement}})
	})}
}

// The pairs of the tables.
var (
	nl     = pairOf("+31851234567", "+31857654321")
	us     = pairOf("+12125550123", "+16465550187")
	es     = pairOf("+34810123456", "+34511234567")
	uk     = pairOf("+442079460123", "+442079460987")
	fr     = pairOf("+33199001234", "+33261919876")
	mobile = pairOf("+31612202412", "+31687654321") // reads as a date
	short  = pairOf("+31851234567", "+318001234")   // counts differ
	long   = pairOf("+3212345678", "+32450001234")  // counts differ
	area   = pairOf("+31118123456", "+31857654321") // area codes differ
	abroad = pairOf("+31851234567", "+12125550123") // countries differ
	pairs  = []pair{nl, us, short, long, area, abroad}
)

// plan returns the plan of the pair.
func (p pair) plan(t testing.TB) *swap.Plan {
	t.Helper()
	plan, err := p.compiled()
	require.NoError(t, err)
	return plan
}

// writer returns a Writer for the pair.
func (p pair) writer(t testing.TB, out io.Writer) *swap.Writer {
	t.Helper()
	return swap.NewWriter(out, p.plan(t), func(int) (string, bool) { return p.replacement, true })
}

// split rewrites a page in pieces of the given sizes, over and over.
func (p pair) split(t testing.TB, page string, sizes []byte) string {
	t.Helper()
	t.Helper()
	var out strings.Builder
	w := p.writer(t, &out)
	for i := 0; page != ""; i++ {
		n := len(page)
		if len(sizes) > 0 {
			n = min(n, 1+int(sizes[i%len(sizes)]))
		}
		_, err := io.WriteString(w, page[:n])
		require.NoError(t, err)
		page = page[n:]
	}
	require.NoError(t, w.Close())
	return out.String()
}

// maxHeld is how much may be held back beside a tag that has not ended.
const maxHeld = 300

// bytewise rewrites a page byte by byte and watches how much is held back.
func (p pair) bytewise(t testing.TB, page string) string {
	t.Helper()
	t.Helper()
	var out strings.Builder
	w := p.writer(t, &out)
	for i := range len(page) {
		_, err := w.Write([]byte(page[i : i+1]))
		require.NoError(t, err)
		// Nothing is shorter than it was by more than maxHeld, so a page that is held
		// back for longer is told from one whose numbers have become shorter.
		if held := i + 1 - out.Len(); held > maxHeld {
			unfinished := unfinishedTag(page[:i+1])
			left := p.sent(t, page[:i+1])
			require.LessOrEqual(t, held-left, maxHeld+unfinished, "after %q", page[:i+1])
		}
	}
	require.NoError(t, w.Close())
	return out.String()
}

// sent returns how many bytes shorter the page is when it ends here.
func (p pair) sent(t testing.TB, page string) int {
	t.Helper()
	return max(0, len(page)-len(rewrite(t, p.plan(t), p.replacement, page, 0)))
}

// unfinishedTag returns how long the tag is that a page ends within, as another
// tokenizer sees it.
func unfinishedTag(page string) int {
	z := html.NewTokenizer(strings.NewReader(page))
	done := 0
	for z.Next() != html.ErrorToken {
		done += len(z.Raw())
	}
	return len(page) - done
}
