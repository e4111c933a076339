package numberpool

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestChoose(t *testing.T) {
	ended := func(seen time.Duration) row {
		return row{Lease: Lease{Generation: 1, SeenAt: noon.Add(-seen), ExpiresAt: noon}}
	}
	waiting := func(r row) row { r.pending = true; return r }
	live := row{Lease: Lease{Generation: 1, SeenAt: noon, ExpiresAt: noon.Add(1)}}
	free := row{}
	for name, c := range map[string]struct {
		rows []row
		want int
	}{
		"none":                              {nil, -1},
		"free before ended":                 {[]row{ended(time.Hour), free}, 1},
		"the first of those that are free":  {[]row{live, free, free}, 1},
		"longest unseen first":              {[]row{ended(time.Minute), ended(time.Hour), ended(time.Second)}, 1},
		"of equals the first":               {[]row{ended(time.Hour), ended(time.Hour)}, 0},
		"never a live one":                  {[]row{live, live}, -1},
		"an ended one among live ones":      {[]row{live, ended(0), live}, 1},
		"never a pending one":               {[]row{waiting(free), ended(0)}, 1},
		"pending counts for ended ones too": {[]row{waiting(ended(time.Hour)), ended(0)}, 1},
		"all pending":                       {[]row{waiting(free), waiting(live)}, -1},
		"an end is not part of a hold":      {[]row{ended(time.Minute)}, 0},
		"seen after its end, by a skew":     {[]row{ended(-time.Minute), ended(time.Minute)}, 1},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, choose(c.rows, noon)) })
	}
}

// TestChooseInvariants: what is chosen is free, and nobody free was seen earlier.
func TestChooseInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.Custom(func(t *rapid.T) row {
			seen := noon.Add(time.Duration(rapid.IntRange(-100, 0).Draw(t, "seen")) * time.Second)
			return row{
				Lease: Lease{
					Generation: uint64(rapid.IntRange(0, 2).Draw(t, "generation")),
					SeenAt:     seen,
					ExpiresAt:  seen.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hold")) * time.Second),
				},
				pending: rapid.Bool().Draw(t, "pending"),
			}
		})).Draw(t, "rows")
		got := choose(rows, noon)
		for i, r := range rows {
			switch {
			case r.pending || r.Live(noon):
				require.NotEqual(t, i, got)
			case got < 0:
				t.Fatalf("row %d is free and none was chosen", i)
			case rows[got].Generation > 0:
				require.NotZero(t, r.Generation, "a number that was never leased comes first")
				require.False(t, r.SeenAt.Before(rows[got].SeenAt))
			}
		}
	})
}
