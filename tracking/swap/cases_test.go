package swap_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCases runs the rows of testdata/swap.csv, in one piece and byte by byte.
func TestCases(t *testing.T) {
	for _, r := range rows(t) {
		t.Run(r.id, func(t *testing.T) {
			p := plan(t, r.target, r.replacement)
			whole := rewrite(t, p, r.replacement, r.in, 0)
			require.Equal(t, tree(t, r.want), tree(t, whole), r.note)
			require.Equal(t, whole, rewrite(t, p, r.replacement, r.in, 1), "byte by byte")
			if r.in == r.want {
				require.Equal(t, r.in, whole, "untouched, byte for byte")
			}
		})
	}
}
