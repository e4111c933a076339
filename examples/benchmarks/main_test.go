package main

import (
	"context"
	"flag"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRunPrintsRatios looks at the form of the table. How long anything takes is
// no business of a test.
func TestRunPrintsRatios(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(t.Context(), []string{"-rounds", "2", "-slice", "100us"}, &out))
	all, err := readers()
	require.NoError(t, err)
	for _, c := range all {
		row := regexp.MustCompile(`(?m)^ *\d+ +\d+ +\d+\.\d\d +\d+\.\d\d-\d+\.\d\d +` + regexp.QuoteMeta(c.name) + `$`)
		require.Regexp(t, row, out.String())
		if c.gates {
			require.Regexp(t, `target 1/15 of `+regexp.QuoteMeta(c.name)+`: 1/\d+\.\d, (not )?met`, out.String())
		}
	}
	require.Regexp(t, `(?m)^ *\d+ +\d+ +1\.00 +1\.00-1\.00 +qooqie: both cookies`, out.String(), "ours is the measure")
}

// TestContendersReadWhatIsThere holds that no contender is fast because it finds
// nothing.
func TestContendersReadWhatIsThere(t *testing.T) {
	all, err := readers()
	require.NoError(t, err)
	require.Equal(t, []string{"qooqie", "qooqie", "scs", "scs", "scs", "gorilla", "gorilla", "gorilla", "net"}, makers(all))
	for _, c := range all {
		for range 3 {
			require.True(t, c.read(), c.name)
		}
	}
	_, err = measure(t.Context(), []contender{{name: "blind", read: func() bool { return false }}}, 1, 1)
	require.EqualError(t, err, "blind: does not find what was written")
}

// makers returns what each name begins with.
func makers(all []contender) []string {
	var names []string
	for _, c := range all {
		names = append(names, regexp.MustCompile(`^\w+`).FindString(c.name))
	}
	return names
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{"-rounds", "0"}, {"-slice", "-1s"}} {
		require.ErrorContains(t, run(t.Context(), args, io.Discard), "above zero")
	}
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, io.Discard), flag.ErrHelp)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, nil, io.Discard), context.Canceled)
}

func TestMedian(t *testing.T) {
	require.InDelta(t, 2.0, median([]float64{3, 1, 2}), 0)
	require.InDelta(t, 2.5, median([]float64{4, 1, 2, 3}), 0)
}

func BenchmarkRead(b *testing.B) {
	all, err := readers()
	require.NoError(b, err)
	for _, c := range all {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.read()
			}
		})
	}
}
