package cookies_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// foreign are cookies of other makers, as sites have them.
var foreign = []string{
	"_ga=GA1.1.1234567890.1700000000", "_ga_ABCDEF1234=GS1.1.1700000000.3.1.1700000100.0.0.0",
	"CookieConsent={stamp:%27abc%27%2Cnecessary:true%2Cstatistics:true}", "PHPSESSID=0123456789abcdef0123456789",
	"theme=dark", "csrftoken=abcdefghijklmnopqrstuvwxyz",
}

// usual is the header of a visitor's next page.
func usual(t testing.TB, c *cookies.Codec) http.Header {
	t.Helper()
	pairs := append([]string{}, foreign[:3]...)
	pairs = append(pairs, sid(sidValue(t, c, newSession(1))), camp(campaignValue(t, c, voorjaar)))
	return request(append(pairs, foreign[3:]...)...)
}

func TestReadAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector changes what sync.Pool keeps")
	}
	c := newCodec(t, "shop", "k", "older")
	old := newCodec(t, "shop", "older")
	headers := map[string]http.Header{
		"usual":         usual(t, c),
		"older key":     usual(t, old),
		"another's":     usual(t, newCodec(t, "other", "k")),
		"foreign only":  request(foreign...),
		"four leases":   request(sid(sidValue(t, c, newSession(4)))),
		"oversized":     request(sid(strings.Repeat("A", 100<<10)), camp(strings.Repeat("A", 100<<10))),
		"several lines": {"Cookie": strings.Split(usual(t, c).Get("Cookie"), "; ")},
	}
	for name, h := range headers {
		leases := 0
		require.Zero(t, testing.AllocsPerRun(1000, func() {
			v := c.Read(h, noon)
			s, _ := v.Session()
			leases += len(s.Leases())
			_, _ = v.CampaignIssued()
			_ = v.CampaignText()
		}), name)
		session, _ := read(c, h)
		require.Equal(t, session, leases > 0, name)
	}
}

// Deciding scans the header for an objection, and must not cost more than that.
func TestPermitAllocatesNothing(t *testing.T) {
	h := usual(t, newCodec(t, "shop", "k"))
	h.Set("Sec-GPC", "0")
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		if !cookies.Permit(cookies.Netherlands, cookies.Unknown, h).Analytic {
			panic("refused")
		}
	}))
}

func BenchmarkPermit(b *testing.B) {
	h := usual(b, newCodec(b, "shop", "k"))
	b.ReportAllocs()
	for b.Loop() {
		cookies.Permit(cookies.Netherlands, cookies.Unknown, h)
	}
}

func BenchmarkAt(b *testing.B) {
	for name, scope := range map[string]cookies.Scope{
		"zero": {}, "domain": {CookieDomain: "example.nl"}, "auto": {CookieDomain: "auto"}, "prefix": {HostPrefix: true},
	} {
		c := newScoped(b, scope)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.At("www.example.nl")
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	c := newCodec(b, "shop", "k")
	forged := sid(sidValue(b, newCodec(b, "shop", "other"), newSession(0))) + "; "
	for name, h := range map[string]http.Header{
		"both among six":   usual(b, c),
		"six foreign":      request(foreign...),
		"64 KiB foreign":   request(strings.Repeat("name=value; ", 64<<10/12)),
		"64 KiB of forged": request(strings.Repeat(forged, 64<<10/len(forged))),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Read(h, noon)
			}
		})
	}
}

func BenchmarkCampaign(b *testing.B) {
	c := newCodec(b, "shop", "k")
	v := c.Read(usual(b, c), noon)
	b.ReportAllocs()
	for b.Loop() {
		v.Campaign()
	}
}

func BenchmarkSet(b *testing.B) {
	c := newCodec(b, "shop", "k")
	s := newSession(1)
	h := make(http.Header, 1)
	b.ReportAllocs()
	for b.Loop() {
		delete(h, "Set-Cookie")
		c.SetSession(h, s, true, noon)
		c.SetCampaign(h, voorjaar, true, noon)
	}
}

// BenchmarkCookiesNamed is net/http's way to the same two values, unverified.
func BenchmarkCookiesNamed(b *testing.B) {
	r := &http.Request{Header: usual(b, newCodec(b, "shop", "k"))}
	b.ReportAllocs()
	for b.Loop() {
		r.CookiesNamed(cookies.SIDName)
		r.CookiesNamed(cookies.CampaignName)
	}
}
