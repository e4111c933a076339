package tracking

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/retention"
	"github.com/stretchr/testify/require"
)

func TestCounters(t *testing.T) {
	s := &site{Site: Site{Agreement: retention.Agreement{Customer: "c"}}, name: "example.nl"}
	day := retention.Date{Year: 2026, Month: time.November, Day: 24}
	before := retention.Date{Year: 2026, Month: time.November, Day: 23}
	c := newCounters()
	c.add(s, day, PageViews, "/")
	c.add(s, day, PageViews, "/")
	c.add(s, before, PageViews, "/contact")
	c.add(s, day, PageViews, strings.Repeat("x", maxKey+1))

	stored := []Counter{{Day: day, Site: "example.nl", Kind: PageViews, Key: "/", Count: 5}}
	want := []Counter{
		{Day: day, Site: "example.nl", Kind: PageViews, Key: otherKey, Count: 1},
		{Day: day, Site: "example.nl", Kind: PageViews, Key: "/", Count: 7},
	}
	require.Equal(t, want, c.addTo(stored, "c", day), "the day before is out of the report")
	require.Empty(t, c.addTo(nil, "somebody else", day))

	taken := c.take()
	require.Len(t, taken["c"], 3)
	require.Empty(t, c.take(), "taken is forgotten")

	c.putBack("c", taken["c"])
	require.Equal(t, want, c.addTo(stored, "c", day), "what could not be stored is counted still")
}

// TestCountersAreBounded: a client that asks for a million paths costs no
// memory, and no view is lost.
func TestCountersAreBounded(t *testing.T) {
	s := &site{name: "example.nl"}
	c := newCounters()
	const views = maxCounters + 500
	for i := range views {
		c.add(s, retention.Date{}, PageViews, fmt.Sprint("/", i))
	}
	require.Len(t, c.counts, maxCounters+1)
	var sum int64
	for _, counter := range c.take()[""] {
		sum += counter.Count
	}
	require.EqualValues(t, views, sum)
}
