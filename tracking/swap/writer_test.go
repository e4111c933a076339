package swap_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"github.com/stretchr/testify/require"
)

// calls makes a resolve function that returns the numbers by target and keeps
// the targets that it is called with.
func calls(numbers ...string) (resolve func(int) (string, bool), asked *[]int) {
	asked = new([]int)
	return func(target int) (string, bool) {
		*asked = append(*asked, target)
		return numbers[target], numbers[target] != ""
	}, asked
}

// shop is a plan with three targets.
func shop(t testing.TB) *swap.Plan {
	t.Helper()
	plan, err := swap.Compile(
		to("+31851234567", "+31857654321", "+318001234"),
		to("+12125550123", "+16465550187"),
		to("+442079460123", "+442079460987"),
	)
	require.NoError(t, err)
	return plan
}

// shopPage has the targets of shop, the first one last.
const shopPage = "<a href='tel:+442079460123'>020 7946 0123</a><p title='212-555-0123'>085-1234567, 020-79460123, (212) 555-0123"

// run rewrites a page with the plan of shop.
func run(t testing.TB, page string, resolve func(int) (string, bool)) string {
	t.Helper()
	var out strings.Builder
	w := swap.NewWriter(&out, shop(t), resolve)
	_, err := io.WriteString(w, page)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.String()
}

// TestTargets checks that each target has its own replacement, and that resolve is
// called once for each, at its first match.
func TestTargets(t *testing.T) {
	resolve, asked := calls("+318001234", "+16465550187", "+442079460987")
	require.Equal(t, "<a href='tel:+442079460987'>020 7946 0987</a><p title='646-555-0187'>0800 1234, 020-79460987, (646) 555-0187",
		run(t, shopPage, resolve))
	require.Equal(t, []int{2, 1, 0}, *asked)
}

// TestTargetsStay checks that a target stays if resolve says so or returns a
// number that is none of its replacements, and that it is not asked again.
func TestTargetsStay(t *testing.T) {
	for name, numbers := range map[string][]string{
		"false":                           {"", "", ""},
		"a number of no plan":             {"+31850000000", "+12125550199", "+442079460000"},
		"a replacement of another target": {"+16465550187", "+442079460987", "+31857654321"},
		"the target itself":               {"+31851234567", "+12125550123", "+442079460123"},
		"a replacement written otherwise": {"085-7654321", "6465550187", "+44 20 7946 0987"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resolve, asked := calls(numbers...)
			require.Equal(t, shopPage, run(t, shopPage, resolve))
			require.Equal(t, []int{2, 1, 0}, *asked)
		})
	}
}

// TestResolveInTime checks that resolve is called before a byte of its number has
// left, and not for a page without a target.
func TestResolveInTime(t *testing.T) {
	var out strings.Builder
	p := nl.plan(t)
	called := false
	w := swap.NewWriter(&out, p, func(int) (string, bool) {
		called = true
		require.Equal(t, "<p>Bel ", out.String())
		return nl.replacement, true
	})
	for _, b := range []byte("<p>Bel (085) 1234567 ") {
		require.False(t, called)
		_, err := w.Write([]byte{b})
		require.NoError(t, err)
	}
	require.False(t, called, "more digits may follow")
	require.NoError(t, w.Close())
	require.True(t, called)

	w.Reset(io.Discard, p, func(int) (string, bool) { panic("called") })
	_, err := io.WriteString(w, "<p>085-1234568 NL36ABNA0851234567")
	require.NoError(t, err)
	require.NoError(t, w.Close())
}

// TestReset checks that a Writer serves one page after another, with other plans
// and whatever state it was in.
func TestReset(t *testing.T) {
	var w swap.Writer
	for _, before := range []string{
		"", "<script>", "<!-- ", "<div data-qooqie=off>", "<b title='", "085-123", "<svg>", "085-1234567", strings.Repeat("<b", 50<<10), "x<plaintext>",
	} {
		w.Reset(io.Discard, us.plan(t), func(int) (string, bool) { return us.replacement, true })
		_, err := io.WriteString(&w, before)
		require.NoError(t, err)

		var out strings.Builder
		w.Reset(&out, nl.plan(t), func(int) (string, bool) { return nl.replacement, true })
		_, err = io.WriteString(&w, "1234567 085-1234567</script>")
		require.NoError(t, err)
		require.NoError(t, w.Close())
		require.Equal(t, "1234567 085-7654321</script>", out.String(), "after %q", before[:min(len(before), 20)])

		w.Reset(nil, nil, nil)
		require.NoError(t, w.Close(), "it knows of no page")
	}
}

// TestClose checks that Close is called as often as one likes, and that nothing is
// written after it.
func TestClose(t *testing.T) {
	var out strings.Builder
	w := nl.writer(t, &out)
	_, err := io.WriteString(w, "085-1234567<b")
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, w.Close())
	for _, page := range []string{"x", ""} {
		n, err := io.WriteString(w, page)
		require.Zero(t, n)
		require.ErrorIs(t, err, swap.ErrClosed)
	}
	require.ErrorIs(t, w.Stop(), swap.ErrClosed)
	require.Equal(t, "085-7654321<b", out.String())
}

// TestStop checks that what is held back leaves as it is, and all that follows.
func TestStop(t *testing.T) {
	for _, before := range []string{"", "085-1234567 085-12", "<b title='085", "(", "<script></scr", "<!", strings.Repeat("<b ", 30<<10)} {
		var out strings.Builder
		w := nl.writer(t, &out)
		_, err := io.WriteString(w, before)
		require.NoError(t, err)
		require.NoError(t, w.Stop())
		require.Equal(t, strings.Replace(before, "085-1234567", "085-7654321", 1), out.String())

		out.Reset()
		n, err := io.WriteString(w, "34567 085-1234567")
		require.NoError(t, err)
		require.Equal(t, 17, n)
		require.NoError(t, w.Stop())
		require.NoError(t, w.Close())
		require.Equal(t, "34567 085-1234567", out.String())
		_, err = io.WriteString(w, "x")
		require.ErrorIs(t, err, swap.ErrClosed)
	}
}

// errBelow is the error of the writer below.
var errBelow = errors.New("gone")

// limited is a writer that takes n bytes. Then it fails, or takes less than it
// should and says nothing.
type limited struct {
	n    int
	err  error
	late int // calls after that
}

// Write takes what there is room for.
func (l *limited) Write(b []byte) (int, error) {
	if l.n == 0 {
		l.late++
	}
	if len(b) <= l.n {
		l.n -= len(b)
		return len(b), nil
	}
	n := l.n
	l.n = 0
	return n, l.err
}

// TestErrors checks that the error of the writer below is returned from then on,
// and that nothing is written after it.
func TestErrors(t *testing.T) {
	const page = "<p>Bel 085-1234567 of 085-1234567</p>"
	for _, c := range []struct{ below, want error }{{errBelow, errBelow}, {nil, io.ErrShortWrite}} {
		for n := range len(page) {
			for _, stop := range []bool{false, true} {
				below := &limited{n: n, err: c.below}
				w := nl.writer(t, below)
				if stop {
					require.NoError(t, w.Stop())
				}
				_, err := io.WriteString(w, page)
				if err == nil {
					err = w.Close()
				}
				require.ErrorIs(t, err, c.want, n)
				late := below.late
				_, err = io.WriteString(w, "x")
				require.ErrorIs(t, err, c.want)
				require.ErrorIs(t, w.Stop(), c.want)
				require.ErrorIs(t, w.Close(), c.want)
				require.Equal(t, late, below.late, "nothing more is written")
				require.LessOrEqual(t, late, 1)
			}
		}
	}
}
