package cookies_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

func TestObject(t *testing.T) {
	t.Parallel()
	h := http.Header{"Set-Cookie": {"cart=7", "qooqie_sid=earlier", "qooqie_campaign=earlier"}}
	cookies.Scope{}.Object(h, visit("www.example.nl", "qooqie_sid=x", "qooqie_campaign=y"), true, noon)
	require.Equal(t, []string{
		"cart=7",
		"qooqie_sid=objected; Path=/; Max-Age=34128000; HttpOnly; Secure; SameSite=Lax",
		"qooqie_campaign=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
	}, h["Set-Cookie"])

	other := http.Header{}
	cookies.Scope{}.Object(other, visit("www.example.nl"), true, noon)
	require.Equal(t, h["Set-Cookie"][1:], other["Set-Cookie"], "the same for everybody")
}

func TestObjectionLastsThirteenCalendarMonths(t *testing.T) {
	t.Parallel()
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 23, 59, 59, 999, time.UTC)
	}
	for _, test := range []struct{ now, end time.Time }{
		{date(2026, time.November, 24), date(2027, time.December, 24)},
		{date(2026, time.January, 31), date(2027, time.February, 28)},
		{date(2027, time.January, 31), date(2028, time.February, 29)},
		{date(2026, time.February, 28), date(2027, time.March, 28)},
		{date(2027, time.July, 31), date(2028, time.August, 31)},
		{date(2026, time.December, 31), date(2028, time.January, 31)},
		{date(2026, time.March, 31).In(time.FixedZone("", 7200)), date(2027, time.April, 30)},
	} {
		h := http.Header{}
		cookies.Scope{}.Object(h, visit("www.example.nl"), false, test.now)
		set := (&http.Response{Header: h}).Cookies()
		require.Equal(t, int(test.end.Sub(test.now)/time.Second), set[0].MaxAge, test.now)
		require.LessOrEqual(t, set[0].MaxAge, 400*86400, "browsers cut the life there")
		require.False(t, set[0].Secure)
	}
}

func TestObjected(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	session, campaign := sid(sidValue(t, c, newSession(1))), camp(campaignValue(t, c, voorjaar))
	for name, test := range map[string]struct {
		pairs             []string
		objected, present bool
	}{
		"alone":                {[]string{"qooqie_sid=objected"}, true, false},
		"quoted":               {[]string{`a=b; qooqie_sid="objected"`}, true, false},
		"with the prefix":      {[]string{"__Host-qooqie_sid=objected"}, true, false},
		"after a session":      {[]string{session, "qooqie_sid=objected", campaign}, true, true},
		"before a session":     {[]string{"qooqie_sid=objected", session}, true, true},
		"beside a campaign":    {[]string{campaign, "qooqie_sid=objected"}, true, true},
		"another name":         {[]string{"qooqie_campaign=objected", "objected=1"}, false, true},
		"another value":        {[]string{"qooqie_sid=Objected", "qooqie_sid=objected=", "qooqie_sid=object%65d"}, false, true},
		"none":                 {[]string{"a=qooqie_sid=objected"}, false, false},
		"a session as it does": {[]string{session, campaign}, false, true},
	} {
		h := request(test.pairs...)
		require.Equal(t, test.objected, cookies.Objected(h), name)
		require.Equal(t, test.present, cookies.Present(h), name)
		v := c.Read(h, noon)
		require.Equal(t, test.objected, v.Objected(), name)
		require.Equal(t, test.present, v.Present(), name)
		if test.objected {
			session, campaign := read(c, h)
			require.False(t, session || campaign, name)
			require.Empty(t, v.CampaignText(), name)
			require.Equal(t, "visitor who objected", v.String())
		}
	}
	require.False(t, cookies.Objected(nil))
}

// host is where browsers are.
const host = "www.example.nl"

// browser plays a browser at one host: it keeps cookies.
type browser map[string]string

// do has a request answered, and keeps or drops what the response says.
func (b browser) do(serve func(h http.Header, r *http.Request)) {
	var pairs []string
	for name, value := range b {
		pairs = append(pairs, name+"="+value)
	}
	h, r := http.Header{}, visit(host, pairs...)
	serve(h, r)
	for _, set := range (&http.Response{Header: h}).Cookies() {
		if set.MaxAge < 0 {
			delete(b, set.Name)
		} else {
			b[set.Name] = set.Value
		}
	}
}

// An objection survives whatever a site does but the taking back.
func TestObjectionStays(t *testing.T) {
	t.Parallel()
	for name, scope := range map[string]cookies.Scope{
		"zero": {}, "auto": {CookieDomain: "auto"}, "prefix": {HostPrefix: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, b := newScoped(t, scope).At(host), browser{}
			page := func(h http.Header, r *http.Request) {
				if !cookies.Permit(cookies.Netherlands, cookies.Granted, r.Header).Analytic {
					scope.End(h, r, true)
					return
				}
				c.SetSession(h, newSession(1), true, noon)
				c.SetCampaign(h, voorjaar, true, noon)
			}
			b.do(page)
			require.Len(t, b, 2)

			b.do(func(h http.Header, r *http.Request) {
				scope.Object(h, r, true, noon)
				c.SetSession(h, newSession(1), true, noon)
				c.SetCampaign(h, voorjaar, true, noon)
			})
			require.Len(t, b, 1)
			for range 3 {
				b.do(page)
				require.Len(t, b, 1)
				for _, value := range b {
					require.Equal(t, "objected", value)
				}
			}

			b.do(func(h http.Header, r *http.Request) {
				scope.TakeBack(h, r, true)
				c.SetSession(h, newSession(1), true, noon)
			})
			require.Len(t, b, 1)
			b.do(page)
			require.Len(t, b, 2)
			b.do(func(h http.Header, r *http.Request) { scope.End(h, r, true) })
			require.Empty(t, b)
		})
	}
}

// The objection of another configuration is taken back as well, also where the
// response begins a session.
func TestTakeBackOfAnotherScope(t *testing.T) {
	t.Parallel()
	for name, scope := range map[string]cookies.Scope{"zero": {}, "prefix": {HostPrefix: true}} {
		for _, came := range []string{"qooqie_sid", "__Host-qooqie_sid"} {
			c, b := newScoped(t, scope).At(host), browser{came: "objected"}
			b.do(func(h http.Header, r *http.Request) {
				require.True(t, cookies.Objected(r.Header))
				scope.TakeBack(h, r, true)
				scope.TakeBack(h, r, true)
				require.LessOrEqual(t, len(h["Set-Cookie"]), 2, "no line twice")
				c.SetSession(h, newSession(1), true, noon)
			})
			require.Len(t, b, 1, "%s, %s", name, came)
			for _, value := range b {
				require.NotEqual(t, "objected", value)
			}
		}
	}
}

func TestTakeBackLeavesTheCampaign(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	cookies.Scope{}.TakeBack(h, visit("www.example.nl", "qooqie_sid=objected"), true)
	require.Equal(t, []string{"qooqie_sid=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"}, h["Set-Cookie"])
}
