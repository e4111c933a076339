package cookies_test

import (
	"crypto/sha256"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// noon is when the tests are played.
var noon = time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)

// key returns a fixed key that looks random.
func key(name string) []byte {
	sum := sha256.Sum256([]byte(name))
	return sum[:]
}

// newCodec returns a codec for the site with the named keys.
func newCodec(t testing.TB, site string, keys ...string) *cookies.Codec {
	t.Helper()
	cfg := cookies.Config{Site: site}
	for _, name := range keys {
		cfg.Keys = append(cfg.Keys, key(name))
	}
	c, err := cookies.NewCodec(cfg)
	require.NoError(t, err)
	return c
}

// newScoped returns a codec for the site "shop" with a scope.
func newScoped(t testing.TB, scope cookies.Scope) *cookies.Codec {
	t.Helper()
	c, err := cookies.NewCodec(cookies.Config{Site: "shop", Keys: [][]byte{key("k")}, Scope: scope})
	require.NoError(t, err)
	return c
}

// visit returns a request to a host that brings cookies.
func visit(host string, pairs ...string) *http.Request {
	return &http.Request{Host: host, Header: request(pairs...)}
}

// newSession returns a session that was issued at noon, with n leases.
func newSession(n int) cookies.Session {
	s := cookies.Session{ID: [16]byte(key("session")), Issued: noon}
	for i := range n {
		s.SetLease(cookies.Lease{
			Pool:       0xC0FFEE00 + uint32(i),
			Number:     31851234560 + uint64(i),
			Generation: uint64(i) * 300,
			End:        noon.Add(2 * time.Minute),
		})
	}
	return s
}

// voorjaar is a campaign that was issued at noon.
var voorjaar = cookies.Campaign{
	Source: "google", Medium: "cpc", Name: "voorjaar", Channel: "Paid Search", Landing: "/diensten", Issued: noon,
}

// sidValue returns the value that the codec gives a session at its first issue.
func sidValue(t testing.TB, c *cookies.Codec, s cookies.Session) string {
	t.Helper()
	h := http.Header{}
	c.SetSession(h, s, true, s.Issued)
	return onlyValue(t, h, cookies.SIDName)
}

// campaignValue returns the value that the codec gives a campaign at its first
// issue.
func campaignValue(t testing.TB, c *cookies.Codec, campaign cookies.Campaign) string {
	t.Helper()
	h := http.Header{}
	c.SetCampaign(h, campaign, true, campaign.Issued)
	return onlyValue(t, h, cookies.CampaignName)
}

// onlyValue returns the value of the one cookie that a header sets.
func onlyValue(t testing.TB, h http.Header, name string) string {
	t.Helper()
	set := (&http.Response{Header: h}).Cookies()
	require.Len(t, set, 1)
	require.Equal(t, name, set[0].Name)
	return set[0].Value
}

// request returns the header of a request with one line of cookies.
func request(pairs ...string) http.Header {
	return http.Header{"Cookie": {strings.Join(pairs, "; ")}}
}

// sid and camp are pairs of a Cookie header.
func sid(value string) string  { return cookies.SIDName + "=" + value }
func camp(value string) string { return cookies.CampaignName + "=" + value }

// newJar returns an empty cookie jar.
func newJar(t testing.TB) http.CookieJar {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return jar
}
