package cookies_test

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// attacks holds, by id, what each row of testdata/attacks.csv demands of this
// package.
var attacks = map[string]func(t *testing.T, c *cookies.Codec){
	"CK-01": func(t *testing.T, c *cookies.Codec) {
		require.Zero(t, c.Read(http.Header{}, noon))
		h := http.Header{}
		c.SetSession(h, newSession(0), true, noon)
		c.SetSession(h, newSession(1), true, noon)
		require.Len(t, h["Set-Cookie"], 1)
	},
	"CK-03": func(t *testing.T, c *cookies.Codec) {
		session, campaign := read(c, request(
			sid(campaignValue(t, c, voorjaar)), camp(sidValue(t, c, newSession(1)))))
		require.False(t, session || campaign)
	},
	"CK-05": func(t *testing.T, c *cookies.Codec) {
		// What was planted for another site or customer is refused; what was
		// issued for this site shows the numbers that it was issued with.
		for _, elsewhere := range []*cookies.Codec{newCodec(t, "other", "k"), newCodec(t, "shop", "other")} {
			session, _ := read(c, request(sid(sidValue(t, elsewhere, newSession(1)))))
			require.False(t, session)
		}
		planted := request(sid(sidValue(t, c, newSession(2))))
		got, ok := c.Read(planted, noon).Session()
		require.True(t, ok)
		require.Equal(t, newSession(2), got)
		// With the prefix, which no other host can set, it is not even read.
		_, ok = newScoped(t, cookies.Scope{HostPrefix: true}).At("www.example.nl").Read(planted, noon).Session()
		require.False(t, ok)
	},
	"CK-07": func(t *testing.T, c *cookies.Codec) {
		for _, value := range []string{
			strings.Repeat("A", 100<<10), strings.Repeat("A", 513), "v=1&issued=" + strings.Repeat("9", 100<<10),
		} {
			h := request(sid(value), camp(value))
			session, campaign := read(c, h)
			require.False(t, session || campaign)
			require.True(t, c.Read(h, noon).Present())
		}
	},
	"CK-09": func(t *testing.T, c *cookies.Codec) {
		h := request(sid(sidValue(t, newCodec(t, "shop", "old"), newSession(1))))
		v := newCodec(t, "shop", "k", "old").Read(h, noon)
		_, ok := v.Session()
		require.True(t, ok)
		old, _ := v.Outdated()
		require.True(t, old, "it is to be issued again")
		session, _ := read(c, h)
		require.False(t, session)
	},
	"CK-11": func(t *testing.T, c *cookies.Codec) {
		h := request(sid(sidValue(t, c, newSession(1))), camp(campaignValue(t, c, voorjaar)))
		for now, want := range map[time.Time]bool{
			noon.AddDate(-10, 0, 0): false, noon.Add(-6 * time.Minute): false, noon.Add(-4 * time.Minute): true,
			noon.AddDate(0, 0, 31): false, noon.AddDate(56, 0, 0): false,
		} {
			v := c.Read(h, now)
			_, session := v.Session()
			_, campaign := v.Campaign()
			require.Equal(t, want, session, now)
			require.Equal(t, want, campaign, now)
		}
	},
	"CK-13": func(t *testing.T, _ *cookies.Codec) {
		// Tags are compared in one place.
		compared := 0
		files, err := os.ReadDir(".")
		require.NoError(t, err)
		for _, file := range files {
			if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(file.Name())
			require.NoError(t, err)
			compared += bytes.Count(text, []byte("hmac.Equal("))
			for _, line := range strings.Split(string(text), "\n") {
				if strings.Contains(line, "tag") && !strings.HasPrefix(strings.TrimSpace(line), "//") {
					require.NotContains(t, line, "bytes.Equal(")
					require.NotContains(t, line, "==")
				}
			}
		}
		require.Equal(t, 1, compared)
	},
	"CK-15": func(t *testing.T, c *cookies.Codec) {
		objection := http.Header{}
		cookies.Scope{}.Object(objection, visit("www.example.nl"), true, noon)
		lines := len(objection["Set-Cookie"])
		c.SetSession(objection, newSession(1), true, noon)
		c.SetCampaign(objection, voorjaar, true, noon)
		require.Len(t, objection["Set-Cookie"], lines)
		for _, profile := range []cookies.Profile{cookies.Netherlands, cookies.Strict} {
			require.False(t, cookies.Permit(profile, cookies.Refused, nil).Analytic)
			for _, signal := range []string{"Sec-GPC", "DNT"} {
				got := cookies.Permit(profile, cookies.Unknown, header(signal, "1"))
				require.Equal(t, profile == cookies.Netherlands, got.Analytic)
				require.False(t, got.Tracking)
			}
		}
	},
	"HH-03": func(t *testing.T, _ *cookies.Codec) {
		c := newScoped(t, cookies.Scope{CookieDomain: "auto"})
		for host, domain := range map[string]string{
			"": "", ":": "", ":443": "", "www.example.nl:8080": "example.nl", "münchen.example.nl": "",
			"xn--mnchen-3ya.de": "xn--mnchen-3ya.de", "foo_bar.example.nl": "example.nl",
			strings.Repeat("a", 300): "", strings.Repeat("a.", 150) + "nl": "", strings.Repeat("a", 64) + ".nl": "",
			"x; Domain=.nl": "", "x\r\nSet-Cookie: a=b.nl": "", "example.nl; Path=/x.nl": "", "a..nl": "", ".nl": "", "-": "",
		} {
			h := http.Header{}
			c.At(host).SetSession(h, newSession(1), true, noon)
			require.Len(t, h, 1)
			set := (&http.Response{Header: h}).Cookies()
			require.Equal(t, domain, set[len(set)-1].Domain, host)
			require.Equal(t, "/", set[len(set)-1].Path)
		}
	},
	"HH-01": func(t *testing.T, c *cookies.Codec) {
		campaign := voorjaar
		campaign.Name = "x\r\nSet-Cookie: planted=1; Domain=.example\r\n\r\n<html>"
		h := http.Header{}
		c.SetCampaign(h, campaign, true, noon)
		require.Len(t, h, 1)
		require.NotContains(t, h.Get("Set-Cookie"), "\r")
		require.NotContains(t, h.Get("Set-Cookie"), "\n")
		got, ok := c.Read(request(camp(onlyValue(t, h, cookies.CampaignName))), noon).Campaign()
		require.True(t, ok)
		require.Equal(t, campaign, got)
	},
}

func TestAttacks(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/attacks.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(attacks)+1)
	for _, row := range rows[1:] {
		attack := attacks[row[0]]
		require.NotNil(t, attack, row)
		t.Run(row[0], func(t *testing.T) {
			t.Parallel()
			attack(t, newCodec(t, "shop", "k"))
		})
	}
}
