package campaign_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// pageURL returns the URL of a page of the site of the tests.
func pageURL(tb testing.TB, page string) *url.URL {
	tb.Helper()
	u, err := url.Parse("https://www.example.nl" + page)
	require.NoError(tb, err)
	return u
}

// again returns a URL and a referrer that say what the campaign says.
func again(c campaign.Campaign) (*url.URL, string) {
	q := url.Values{}
	for key, v := range map[string]string{
		"utm_source": c.Source, "utm_medium": c.Medium, "utm_campaign": c.Name, "utm_term": c.Term, "utm_content": c.Content,
	} {
		if v != "" {
			q.Set(key, v)
		}
	}
	if c.ClickID != "" {
		q.Set(c.ClickID, "1")
	}
	referrer := ""
	if c.Referrer != "" {
		referrer = "https://" + c.Referrer + "/"
	}
	return &url.URL{Path: c.Landing, RawQuery: q.Encode()}, referrer
}

func FuzzParse(f *testing.F) {
	for _, seed := range [][3]string{
		{"/a", "utm_source=google&utm_medium=cpc&utm_campaign=Spring+sale", "https://www.google.nl/"},
		{"/", "gclid=x&gad_source=1&utm_term={keyword}", "android-app://com.google.android.gm/"},
		{"/\xff", "utm_source=%ff%zz%&utm_medium=a;b&amp;utm_content=%00", "https://u:p@EXAMPLE.org.:80/x?y"},
		{"*", "pk_campaign=%7B%7Bx%7D%7D&mtm_kwd=%E2%80%AEx&=&&=x", "http://[::1]/"},
		{"", "fbclid=1&utm_source=Facebook", "https://m.me/"},
		{"/" + strings.Repeat("é", 300), strings.Repeat("utm_term=+&", 200), "https://www.paypal.com/"},
		{"/ \u0085", "utm_source=%25%37b%25%37d&utm_medium=__&utm_campaign=[]", "https://a..b/"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, path, rawQuery, referrer string) {
		c := campaign.Parse(&url.URL{Path: path, RawQuery: rawQuery}, referrer, own)
		for _, v := range values(c) {
			requireClean(t, v)
		}
		require.NotEmpty(t, c.Channel)
		require.Equal(t, "/", c.Landing[:1])
		require.Equal(t, c.IsDirect(), c.Channel == "Direct")
		require.False(t, own(c.Referrer))
		u, ref := again(c)
		require.Equal(t, c, campaign.Parse(u, ref, own), "said again with %q and %q", u.RawQuery, ref)
	})
}

func FuzzRules(f *testing.F) {
	f.Add("folder.example.nl", "/actie", "bron=folder", ".partner.example", "folder", "bron=FOLDER&gclid=x", "https://a.partner.example/")
	f.Add("", "/", "a", "", "x", "a=%00&a=1", "http://192.0.2.1/")
	f.Add("x.nl", "", "=", ".", "\u202e", "%", "")
	f.Fuzz(func(t *testing.T, host, path, pair, from, label, rawQuery, referrer string) {
		rules, err := campaign.NewRules(campaign.Config{
			Rules:   []campaign.Rule{{Host: host, Path: path, Query: pair, Referrer: from, Source: label}},
			Exclude: []string{"excluded.example"},
		})
		if err != nil {
			return
		}
		u := &url.URL{Host: host, Path: path, RawQuery: rawQuery}
		c, without := rules.Parse(u, referrer, own), campaign.Parse(u, referrer, own)
		for _, v := range values(c) {
			requireClean(t, v)
		}
		require.Contains(t, []string{without.Source, label}, c.Source)
		require.Equal(t, without.ClickID, c.ClickID)
		b := c.Bucketed()
		require.Equal(t, b, b.Bucketed())
		campaign.DangerouslyReadClick(u)
	})
}

// requireClean fails the test if a value has anything that Parse takes out.
func requireClean(tb testing.TB, v string) {
	tb.Helper()
	require.True(tb, utf8.ValidString(v), "%q", v)
	require.LessOrEqual(tb, utf8.RuneCountInString(v), 255, "%q", v)
	require.Equal(tb, strings.TrimSpace(v), v)
	for _, r := range v {
		require.False(tb, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Bidi_Control), "%q", v)
	}
}
