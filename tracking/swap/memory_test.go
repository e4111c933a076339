package swap_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"github.com/stretchr/testify/require"
)

// big is how much a page of TestMemory has between its beginning and its end.
const big = 5 << 20

// maxMemory is how much a Writer may allocate for any page.
const maxMemory = 512 << 10

// TestMemory checks that pages with something very long in them need little
// memory, leave as they came and do what they should at their end.
func TestMemory(t *testing.T) {
	for _, c := range []struct{ name, begin, part, end, want string }{
		{"an attribute", "<img src='", "085-1234567", "'>085-1234567", "'>085-7654321"},
		{"an attribute without quotes", "<img src=", "085-1234567'\"", ">085-1234567", ">085-7654321"},
		{"a name", "<img ", "x", ">085-1234567", ">085-7654321"},
		{"a tag's name", "<b", "=", " =x>085-1234567", " =x>085-7654321"},
		{"many attributes", "<b ", `title = "> 085-1234567 " x y= z/ `, ">085-1234567", ">085-7654321"},
		{"an end tag", "<b></b ", "x ", ">085-1234567", ">085-7654321"},
		{"an element that is off", "<b data-qooqie=off title='", "x", "'>085-1234567</b> 085-1234567", "'>085-1234567</b> 085-7654321"},
		{"an empty element of SVG", "<svg><style x='", "x", "'/>085-1234567", "'/>085-7654321"},
		{"an element of SVG with a slash", "<svg><style x=", "x", "/>085-1234567", "/>085-1234567"},
		{"a comment", "<!-- ", "085-1234567> -", "-->085-1234567", "-->085-7654321"},
		{"a bogus comment", "<?", "085-1234567 ", ">085-1234567", ">085-7654321"},
		{"CDATA", "<svg><![CDATA[", "085-1234567 ]>", "]]>085-1234567", "]]>085-7654321"},
		{"a script", "<script>", "085-1234567 <a>", "</script>085-1234567", "</script>085-7654321"},
		{"a script with comments", "<script>", "<!-- <script ></script> -->", "</script>085-1234567", "</script>085-7654321"},
		{"a script that has left", "<script>", "<!-- </scrip", "t>085-1234567", "t>085-7654321"},
		{"digits", "", "0851234567", " 085-1234567", " 085-7654321"},
		{"digits apart", "", "0 8 5 1 2 3 4 5 6 8 ", "085-1234567", "085-7654321"},
		{"brackets", "", "(+&", " 085-1234567", " 085-7654321"},
		{"half a number and spaces", "085", " ", "085-1234567", "085-7654321"},
		{"less-than signs", "", "<", " 085-1234567", " 085-7654321"},
		{"tags", "x ", "<b>", "085-1234567", "085-7654321"},
		{"tags that are off", "<p data-qooqie=off>", "<b>", "085-1234567", "085-1234567"},
		{"references", "", "&#0", " 085-1234567", " 085-7654321"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, want := sha256.New(), sha256.New()
			p := nl.plan(t)
			part := []byte(strings.Repeat(c.part, 32<<10/len(c.part)))
			used := allocated(func() {
				w := swap.NewWriter(got, p, func(int) (string, bool) { return nl.replacement, true })
				_, _ = io.WriteString(w, c.begin)
				for n := 0; n < big; n += len(part) {
					_, _ = w.Write(part)
				}
				_, _ = io.WriteString(w, c.end)
				_ = w.Close()
			})
			_, _ = io.WriteString(want, c.begin)
			for n := 0; n < big; n += len(part) {
				_, _ = want.Write(part)
			}
			_, _ = io.WriteString(want, c.want)
			require.Equal(t, fmt.Sprintf("%x", want.Sum(nil)), fmt.Sprintf("%x", got.Sum(nil)))
			require.Less(t, used, uint64(maxMemory))
		})
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestManyNumbers checks that a page that is all numbers needs little memory.
func TestManyNumbers(t *testing.T) {
	for _, p := range []pair{nl, short, area} {
		part := []byte(strings.Repeat("<p title='085-1234567'>(085) 1234567, <i>+31</i> 118 123 456 ", 500))
		w := p.writer(t, io.Discard)
		used := allocated(func() {
			for n := 0; n < big; n += len(part) {
				_, _ = w.Write(part)
			}
			_ = w.Close()
		})
		require.Less(t, used, uint64(maxMemory))
	}
}

// TestAllocations checks that a Writer that has served a page serves the next ones
// without any allocation.
func TestAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	var page []byte
	for _, p := range pages(t) {
		page = append(append(page, p...), "</script></title></textarea></select></svg>-->\n"...)
	}
	for _, p := range pairs {
		plan := p.plan(t)
		resolve := func(int) (string, bool) { return p.replacement, true }
		var w swap.Writer
		require.Zero(t, testing.AllocsPerRun(20, func() {
			w.Reset(io.Discard, plan, resolve)
			for rest := page; len(rest) > 0; rest = rest[min(len(rest), 1000):] {
				_, _ = w.Write(rest[:min(len(rest), 1000)])
			}
			_ = w.Close()
		}), p.target)
	}
}

// TestLongTag checks that of a tag that is too long the beginning counts and no
// more, in whatever pieces it comes.
func TestLongTag(t *testing.T) {
	filler := " class='" + strings.Repeat("x", 64<<10) + "'"
	const off, text = " data-qooqie=off", ">085-1234567</b>"
	for _, c := range []struct{ name, page, want string }{
		{"off at its beginning", "<b" + off + filler + text, "<b" + off + filler + text},
		{"off at its end", "<b" + filler + off + text, "<b" + filler + off + ">085-7654321</b>"},
		{"an attribute at its beginning", "<b title=085-1234567" + filler + text, "<b title=085-1234567" + filler + ">085-7654321</b>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{0, 997, 16<<10 - 1, 64<<10 + 1} {
				require.Equal(t, c.want, rewrite(t, nl.plan(t), nl.replacement, c.page, size))
			}
		})
	}
}
