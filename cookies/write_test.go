package cookies_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

func TestAttributes(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	for _, secure := range []bool{true, false} {
		h := http.Header{}
		c.SetSession(h, newSession(1), secure, noon.Add(time.Hour))
		c.SetCampaign(h, voorjaar, secure, noon.Add(time.Hour+time.Millisecond))
		set := (&http.Response{Header: h}).Cookies()
		require.Len(t, set, 2)
		for i, name := range []string{cookies.SIDName, cookies.CampaignName} {
			require.NoError(t, set[i].Valid())
			require.Empty(t, set[i].Unparsed)
			require.LessOrEqual(t, len(set[i].Value), 512)
			require.Equal(t, &http.Cookie{
				Name: name, Value: set[i].Value, Path: "/", MaxAge: 30*86400 - 3600 - i,
				HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, Raw: set[i].Raw,
			}, set[i])
		}
	}
}

func TestLifeIsNeverExtended(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	s, last := newSession(1), 30*86400
	for now := noon; ; now = now.Add(17 * time.Hour) {
		h := http.Header{}
		c.SetSession(h, s, true, now)
		if len(h) == 0 {
			require.Greater(t, now, noon.Add(30*24*time.Hour-18*time.Hour))
			return
		}
		set := (&http.Response{Header: h}).Cookies()[0]
		require.Equal(t, int(noon.Add(30*24*time.Hour).Sub(now)/time.Second), set.MaxAge)
		require.LessOrEqual(t, set.MaxAge, last)
		last = set.MaxAge
		var ok bool
		s, ok = c.Read(request(sid(set.Value)), now).Session()
		require.True(t, ok)
	}
}

func TestMaxAgeOfACookieFromTheFuture(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	h := http.Header{}
	c.SetSession(h, newSession(0), true, noon.Add(-5*time.Minute))
	require.Equal(t, 30*86400, (&http.Response{Header: h}).Cookies()[0].MaxAge)
}

func TestWhatCanNotBeReadIsNotWritten(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	for _, issued := range []time.Time{
		{}, noon.Add(5*time.Minute + time.Second), noon.Add(-30 * 24 * time.Hour), noon.Add(-30*24*time.Hour + time.Millisecond),
		noon.AddDate(10, 0, 0), noon.AddDate(9000, 0, 0), time.Unix(1<<62, 0), time.Unix(-1<<62, 0),
	} {
		s, campaign := newSession(1), voorjaar
		s.Issued, campaign.Issued = issued, issued
		h := http.Header{}
		c.SetSession(h, s, true, noon)
		c.SetCampaign(h, campaign, true, noon)
		require.Empty(t, h, issued)
	}
	h := http.Header{"Set-Cookie": {"qooqie_sid=earlier", "qooqie_campaign=earlier"}}
	want := maps.Clone(h)
	c.SetSession(h, cookies.Session{Issued: noon}, true, noon)
	c.SetCampaign(h, cookies.Campaign{Issued: noon}, true, noon)
	require.Equal(t, want, h)
}

func TestSetReplacesOnlyOurs(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	others := []string{"a=b; Path=/", "qooqie_sidx=1", "xqooqie_sid=1", "Qooqie_sid=1", "a=qooqie_sid=1", "qooqie=1", ""}
	shared := append(append([]string{"qooqie_sid=1"}, others...), " qooqie_sid =2; Path=/x", "qooqie_campaign=3")
	h := http.Header{"Set-Cookie": shared, "X": {"y"}}
	clone := maps.Clone(h)

	c.SetSession(h, newSession(1), true, noon)
	lines := h["Set-Cookie"]
	require.Equal(t, append(others, "qooqie_campaign=3"), lines[:len(lines)-1])
	require.True(t, strings.HasPrefix(lines[len(lines)-1], "qooqie_sid="))

	c.SetCampaign(h, voorjaar, true, noon)
	cookies.End(h, true)
	const attributes = "=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"
	require.Equal(t, append(others, "qooqie_sid"+attributes, "qooqie_campaign"+attributes), h["Set-Cookie"])
	require.Equal(t, []string{"y"}, h["X"])
	require.Equal(t, "qooqie_sid=1", clone["Set-Cookie"][0], "a shallow clone is not changed")
	require.Len(t, clone["Set-Cookie"], len(others)+3)
}

// A browser's jar is the judge of what ends a cookie.
func TestEndEndsBoth(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	s, campaign := newSession(1), voorjaar
	s.Issued = time.Now()
	campaign.Issued = s.Issued
	var present []bool
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		present = append(present, cookies.Present(r.Header))
		switch r.URL.Path {
		case "/set":
			c.SetSession(w.Header(), s, true, s.Issued)
			c.SetCampaign(w.Header(), campaign, true, s.Issued)
		case "/deep/end":
			cookies.End(w.Header(), true)
		}
	}))
	t.Cleanup(server.Close)
	client := server.Client()
	client.Jar = newJar(t)
	for _, path := range []string{"/set", "/deep/end", "/after"} {
		response, err := client.Get(server.URL + path)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
	}
	require.Equal(t, []bool{false, true, false}, present)
}
