package cookies_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/cookies"
)

func TestSetLease(t *testing.T) {
	t.Parallel()
	lease := func(pool uint32, seconds int) cookies.Lease {
		return cookies.Lease{Pool: pool, Number: 31851234567, End: noon.Add(time.Duration(seconds) * time.Second)}
	}
	var s cookies.Session
	require.Empty(t, s.Leases())
	for pool := range uint32(4) {
		s.SetLease(lease(pool, 100-int(pool)))
	}
	require.Equal(t, []cookies.Lease{lease(0, 100), lease(1, 99), lease(2, 98), lease(3, 97)}, s.Leases())

	s.SetLease(lease(1, 5))
	require.Equal(t, []cookies.Lease{lease(0, 100), lease(1, 5), lease(2, 98), lease(3, 97)}, s.Leases(), "the same pool")
	s.SetLease(lease(9, 50))
	require.Equal(t, []cookies.Lease{lease(0, 100), lease(9, 50), lease(2, 98), lease(3, 97)}, s.Leases(), "a fifth pool")

	other := s
	other.SetLease(lease(0, 1))
	require.Equal(t, lease(0, 100), s.Leases()[0], "a copy is independent")
	_ = append(s.Leases()[:1:1], lease(7, 7))
	require.Len(t, s.Leases(), 4)
}

// drawSession returns any session that was issued within the last 29 days.
func drawSession(t *rapid.T) cookies.Session {
	var s cookies.Session
	copy(s.ID[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	s.ID[15] |= 1
	s.Issued = noon.Add(-time.Duration(rapid.Int64Range(-300, 29*86400).Draw(t, "age")) * time.Second)
	for range rapid.IntRange(0, 6).Draw(t, "leases") {
		s.SetLease(cookies.Lease{
			Pool:       rapid.Uint32().Draw(t, "pool"),
			Number:     rapid.Uint64().Draw(t, "number"),
			Generation: rapid.Uint64().Draw(t, "generation"),
			End:        time.Unix(rapid.Int64().Draw(t, "end"), 0).UTC(),
		})
	}
	return s
}

func TestSessionRoundTrip(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	rapid.Check(t, func(rt *rapid.T) {
		want := drawSession(rt)
		value := sidValue(t, c, want)
		if len(value) > 512 {
			rt.Fatalf("%d bytes", len(value))
		}
		got, ok := c.Read(request(sid(value)), noon).Session()
		if !ok || got != want {
			rt.Fatal("another session came back")
		}
	})
}

func TestSessionIsCutToSeconds(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	s := newSession(0)
	s.Issued = noon.Add(999 * time.Millisecond).In(time.FixedZone("", 3600))
	s.SetLease(cookies.Lease{Pool: 1, Number: 2, End: noon.Add(time.Minute - 1)})
	got, ok := c.Read(request(sid(sidValue(t, c, s))), noon).Session()
	require.True(t, ok)
	require.Equal(t, noon, got.Issued)
	require.Equal(t, noon.Add(59*time.Second), got.Leases()[0].End)
}
