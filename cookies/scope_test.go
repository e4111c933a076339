package cookies_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// A browser's jar is the judge, over hosts and through a change of the scope.
func TestScopesInAJar(t *testing.T) {
	t.Parallel()
	const sister = "shop.example.nl"
	for name, test := range map[string]struct {
		before, after cookies.Scope
		sister        int // cookies that the sister host gets
	}{
		"host":           {},
		"domain":         {after: cookies.Scope{CookieDomain: "auto"}, before: cookies.Scope{CookieDomain: "auto"}, sister: 2},
		"host to domain": {after: cookies.Scope{CookieDomain: "example.nl"}, sister: 2},
		"prefix":         {before: cookies.Scope{HostPrefix: true}, after: cookies.Scope{HostPrefix: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			jar := newJar(t)
			at := &url.URL{Scheme: "https", Host: host, Path: "/"}
			send := func(h http.Header) {
				jar.SetCookies(at, (&http.Response{Header: h}).Cookies())
			}
			sent := func(to string) *http.Request {
				r := httptest.NewRequest(http.MethodGet, "https://"+to+"/", nil)
				for _, c := range jar.Cookies(&url.URL{Scheme: "https", Host: to, Path: "/"}) {
					r.AddCookie(c)
				}
				return r
			}
			now := time.Now().UTC().Truncate(time.Second)
			s, campaign := newSession(1), voorjaar
			s.Issued, campaign.Issued = now, now
			for i, scope := range []cookies.Scope{test.before, test.after} {
				h, c := http.Header{}, newScoped(t, scope).At(host)
				s.ID[0] = byte(i + 1)
				c.SetSession(h, s, true, now)
				c.SetCampaign(h, campaign, true, now)
				send(h)
				require.Len(t, sent(host).Cookies(), 2, "no twin is left")
				got, ok := c.Read(sent(host).Header, now).Session()
				require.True(t, ok)
				require.Equal(t, s, got)
			}
			require.Len(t, sent(sister).Cookies(), test.sister)

			h := http.Header{}
			test.after.End(h, sent(host), true)
			send(h)
			require.Empty(t, sent(host).Cookies())
			require.Empty(t, sent(sister).Cookies())
		})
	}
}

func TestHostPrefix(t *testing.T) {
	t.Parallel()
	prefix := newScoped(t, cookies.Scope{HostPrefix: true})
	plain := newCodec(t, "shop", "k")
	value := sidValue(t, plain, newSession(1))
	for _, test := range []struct {
		host            string
		secure          bool
		name            string // that is set
		prefixed, plain bool   // that are read
	}{
		{"www.example.nl", true, "__Host-qooqie_sid", true, false},
		{"www.example.nl", false, "", true, false},
		{"localhost:8080", false, "qooqie_sid", true, true},
		{"app.localhost", false, "qooqie_sid", true, true},
		{"127.0.0.1", false, "qooqie_sid", true, true},
		{"[::1]:80", false, "qooqie_sid", true, true},
		{"localhost", true, "__Host-qooqie_sid", true, true},
		{"127.example.nl", false, "", true, false},
		{"", true, "__Host-qooqie_sid", true, false},
	} {
		c, h := prefix.At(test.host), http.Header{}
		c.SetSession(h, newSession(1), test.secure, noon)
		if test.name == "" {
			require.Empty(t, h)
		} else {
			set := (&http.Response{Header: h}).Cookies()
			require.Len(t, set, 1)
			require.Equal(t, &http.Cookie{
				Name: test.name, Value: value, Path: "/", MaxAge: 30 * 86400, HttpOnly: true, Secure: test.secure,
				SameSite: http.SameSiteLaxMode, Raw: set[0].Raw,
			}, set[0], "no Domain: RFC 6265bis section 4.1.3.2")
		}
		got, _ := read(c, request("__Host-"+sid(value)))
		require.Equal(t, test.prefixed, got, test.host)
		got, _ = read(c, request(sid(value)))
		require.Equal(t, test.plain, got, test.host)
	}
	got, _ := read(plain, request("__Host-"+sid(value)))
	require.False(t, got, "a cookie of another configuration would hide the one that is set")
}

// Everything that came is ended with the attributes that it was set with.
func TestScopeEnd(t *testing.T) {
	t.Parallel()
	const attributes = "=; Path=/; Max-Age=0"
	const rest = "; HttpOnly; Secure; SameSite=Lax"
	for name, test := range map[string]struct {
		scope cookies.Scope
		came  string
		want  []string
	}{
		"zero": {cookies.Scope{}, "qooqie_sid=x", []string{"qooqie_sid", "qooqie_campaign"}},
		"zero, prefix came": {cookies.Scope{}, "__Host-qooqie_sid=x",
			[]string{"qooqie_sid", "__Host-qooqie_sid", "qooqie_campaign"}},
		"domain": {cookies.Scope{CookieDomain: "auto"}, "qooqie_sid=x",
			[]string{"qooqie_sid", "qooqie_sid Domain", "qooqie_campaign", "qooqie_campaign Domain"}},
		"prefix": {cookies.Scope{HostPrefix: true}, "__Host-qooqie_sid=x", []string{"__Host-qooqie_sid", "__Host-qooqie_campaign"}},
		"prefix, plain came": {cookies.Scope{HostPrefix: true}, "qooqie_campaign=x",
			[]string{"__Host-qooqie_sid", "__Host-qooqie_campaign", "qooqie_campaign"}},
		"objection":                       {cookies.Scope{}, "qooqie_sid=objected; qooqie_campaign=x", []string{"qooqie_campaign"}},
		"zero, objection with the prefix": {cookies.Scope{}, "__Host-qooqie_sid=objected", []string{"qooqie_campaign"}},
		"objection, domain":               {cookies.Scope{CookieDomain: "auto"}, "qooqie_sid=objected", []string{"qooqie_campaign", "qooqie_campaign Domain"}},
	} {
		h := http.Header{}
		test.scope.End(h, visit("www.example.nl", test.came), true)
		var want []string
		for _, line := range test.want {
			cookie, ofDomain := strings.CutSuffix(line, " Domain")
			domain := ""
			if ofDomain {
				domain = "; Domain=example.nl"
			}
			want = append(want, cookie+attributes+domain+rest)
		}
		require.Equal(t, want, h["Set-Cookie"], name)
	}
	h := http.Header{}
	cookies.Scope{HostPrefix: true}.End(h, visit("localhost"), false)
	require.Equal(t, []string{
		"qooqie_sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", "qooqie_campaign=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
	}, h["Set-Cookie"], "on plain HTTP to this machine the names have no prefix")
}

func TestAtSharesTheKeys(t *testing.T) {
	c := newCodec(t, "shop", "k")
	require.Same(t, c, c.At("www.example.nl"), "nothing to do for the zero Scope")
	scoped := newScoped(t, cookies.Scope{CookieDomain: "auto"})
	require.NotSame(t, scoped, scoped.At("www.example.nl"))
	value := sidValue(t, scoped, newSession(1))
	require.Equal(t, sidValue(t, c, newSession(1)), value)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { scoped.At("www.example.nl") }), 3.0)
}
