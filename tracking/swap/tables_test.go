package swap_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// example is a page before and after it was rewritten.
type example struct{ rule, in, want string }

// table has the examples of a topic for a pair.
type table struct {
	topic    string
	pair     pair
	examples []example
}

// same makes an example of a page that is left alone.
func same(rule, page string) example { return example{rule, page, page} }

// tables has all examples of this package.
func tables() []table {
	var list []table
	for _, topic := range [][]table{formats, lengths, kept, boundaries, links, elements, ends, markup} {
		list = append(list, topic...)
	}
	return list
}

// pages returns all pages of the tables and of testdata/swap.csv.
func pages(t testing.TB) []string {
	t.Helper()
	var list []string
	for _, table := range tables() {
		for _, e := range table.examples {
			list = append(list, e.in)
		}
	}
	for _, r := range rows(t) {
		list = append(list, r.in)
	}
	return list
}

// TestTables runs the examples: in one piece, byte by byte and in random pieces,
// and a second time over what has come out.
func TestTables(t *testing.T) {
	for _, table := range tables() {
		p := table.pair
		for _, e := range table.examples {
			t.Run(table.topic+"/"+e.rule, func(t *testing.T) {
				t.Parallel()
				require.Equal(t, e.want, rewrite(t, p.plan(t), p.replacement, e.in, 0))
				require.Equal(t, e.want, p.bytewise(t, e.in), "byte by byte")
				require.Equal(t, e.want, rewrite(t, p.plan(t), p.replacement, e.want, 0), "a second time")
				rapid.Check(t, func(rt *rapid.T) {
					require.Equal(rt, e.want, p.split(t, e.in, rapid.SliceOfN(rapid.ByteMax(40), 1, 6).Draw(rt, "cuts")))
				})
			})
		}
	}
}
