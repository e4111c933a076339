package tracking

import (
	"testing"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawReport draws one report of a call. Two reports with one start and one time
// of receipt are the same event, so what they were credited to is alike.
func drawReport(t *rapid.T) Call {
	base := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	start := rapid.IntRange(0, 3).Draw(t, "start")
	received := rapid.IntRange(0, 3).Draw(t, "received")
	c := Call{
		Carrier: "twilio", ID: "CA1",
		State:      CallState(rapid.IntRange(int(Ringing), int(Finished)).Draw(t, "state")),
		StartedAt:  base.Add(time.Duration(start) * time.Second),
		ReceivedAt: base.Add(time.Duration(received) * time.Second),
		Duration:   time.Duration(rapid.IntRange(0, 2).Draw(t, "duration")) * time.Minute,
	}
	c.Attribution = numberpool.Attribution{Source: string(rune('a' + 4*start + received))}
	c.Probability = float64(4*start+received) / 16
	if rapid.Bool().Draw(t, "caller") {
		c.Caller, c.CallerHint = "pseudonym", "78"
	}
	return c
}

// TestMergeCalls: reports may come in any order and be repeated.
func TestMergeCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawReport(t), drawReport(t), drawReport(t)
		require.Equal(t, a, mergeCalls(a, a), "a repeated report changes nothing")
		require.Equal(t, mergeCalls(a, b), mergeCalls(b, a), "the order does not matter")
		require.Equal(t, mergeCalls(mergeCalls(a, b), c), mergeCalls(a, mergeCalls(b, c)), "nor how they meet")
		merged := mergeCalls(a, b)
		require.GreaterOrEqual(t, merged.State, max(a.State, b.State), "a call never goes back")
		require.False(t, merged.StartedAt.After(a.StartedAt))
	})
}
