package cookies_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

func TestScopeMistakes(t *testing.T) {
	t.Parallel()
	for domain, right := range map[string]bool{
		"": true, "auto": true, "example.nl": true, "shop.example.nl": true, "example.co.uk": true, "shop.github.io": true,
		"Example.nl": false, ".example.nl": false, "example.nl.": false, "example.nl:443": false, "https://example.nl": false,
		"nl": false, "co.uk": false, "github.io": false, "localhost": false, "127.0.0.1": false, "[::1]": false, "::1": false,
		"example.nl; Secure": false, "münchen.de": false, "exa mple.nl": false, "*.example.nl": false, "AUTO": false,
	} {
		_, err := cookies.NewCodec(cookies.Config{Site: "shop", Keys: [][]byte{key("k")}, Scope: cookies.Scope{CookieDomain: domain}})
		invalid := cookies.Scope{CookieDomain: domain}.Validate()
		if right {
			require.NoError(t, err, domain)
			require.NoError(t, invalid, domain)
			continue
		}
		require.Equal(t, invalid.Error(), err.Error(), domain)
		var mistake *cookies.ConfigError
		require.ErrorAs(t, err, &mistake, domain)
		require.Equal(t, "CookieDomain", mistake.Field)
		require.Equal(t, domain, mistake.Value)
	}
	_, err := cookies.NewCodec(cookies.Config{
		Site: "shop", Keys: [][]byte{key("k")}, Scope: cookies.Scope{CookieDomain: "auto", HostPrefix: true},
	})
	var mistake *cookies.ConfigError
	require.ErrorAs(t, err, &mistake)
	require.Equal(t, "HostPrefix", mistake.Field)
}

func TestCookieDomain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ configured, host, want string }{
		{"", "www.example.nl", ""},
		{"auto", "www.example.nl", "example.nl"},
		{"auto", "example.nl", "example.nl"},
		{"auto", "a.b.c.example.co.uk", "example.co.uk"},
		{"auto", "WWW.Example.NL", "example.nl"},
		{"auto", "www.example.nl:8443", "example.nl"},
		{"auto", "www.example.nl.", "example.nl"},
		{"auto", "www.example.nl.:443", "example.nl"},
		{"auto", "shop.github.io", "shop.github.io"},
		{"auto", "deep.shop.github.io", "shop.github.io"},
		{"auto", "github.io", ""},
		{"auto", "co.uk", ""},
		{"auto", "localhost:8080", ""},
		{"auto", "app.localhost", "app.localhost"},
		{"auto", "127.0.0.1:80", ""},
		{"auto", "192.0.2.7", ""},
		{"auto", "192.0.2.7.", ""},
		{"auto", "0x7f.1", ""},
		{"auto", "a.1", ""},
		{"auto", "[2001:db8::1]:443", ""},
		{"auto", "2001:db8::1", ""},
		{"auto", "[::1", ""},
		{"auto", "intranet", ""},
		{"auto", "", ""},
		{"example.nl", "example.nl", "example.nl"},
		{"example.nl", "WWW.example.nl:80", "example.nl"},
		{"example.nl", "notexample.nl", ""},
		{"example.nl", "example.nl.evil.example", ""},
		{"example.nl", "localhost", ""},
		{"shop.example.nl", "example.nl", ""},
		{"shop.example.nl", "www.shop.example.nl", "shop.example.nl"},
	} {
		c := newScoped(t, cookies.Scope{CookieDomain: test.configured}).At(test.host)
		h := http.Header{}
		c.SetSession(h, newSession(0), true, noon)
		c.SetCampaign(h, voorjaar, true, noon)
		for _, line := range h["Set-Cookie"] {
			set, err := http.ParseSetCookie(line)
			require.NoError(t, err)
			require.NoError(t, set.Valid())
			if set.MaxAge > 0 {
				require.Equal(t, test.want, set.Domain, "%q at %q", test.configured, test.host)
			} else {
				require.Empty(t, set.Domain, "the cookie of the host alone is ended")
				require.NotEmpty(t, test.want)
			}
		}
	}
}

func FuzzCookieDomain(f *testing.F) {
	for _, host := range []string{"www.example.nl:80", "[::1]:80", "127.0.0.1", "github.io", "a..b", "x; Domain=y.nl", "EXAMPLE.nl.", "0x7f.1"} {
		f.Add(host)
	}
	c := newScoped(f, cookies.Scope{CookieDomain: "auto"})
	f.Fuzz(func(t *testing.T, host string) {
		h := http.Header{}
		c.At(host).SetSession(h, newSession(0), true, noon)
		set := (&http.Response{Header: h}).Cookies()
		last := set[len(set)-1]
		require.NoError(t, last.Valid())
		require.Equal(t, cookies.SIDName, last.Name)
		require.Equal(t, "/", last.Path)
		require.True(t, last.Secure && last.HttpOnly && len(last.Unparsed) == 0)
		if last.Domain != "" {
			require.Contains(t, strings.ToLower(host), last.Domain)
			require.Contains(t, last.Domain, ".")
		}
	})
}
