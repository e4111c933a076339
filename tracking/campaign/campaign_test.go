package campaign_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// own reports whether a host is the site of the tests.
func own(host string) bool { return host == "example.nl" || host == "www.example.nl" }

// parse parses a page of the site of the tests.
func parse(tb testing.TB, page, referrer string) campaign.Campaign {
	tb.Helper()
	u, err := url.Parse("https://www.example.nl" + page)
	require.NoError(tb, err)
	return campaign.Parse(u, referrer, own)
}

// query parses a raw query that net/url might refuse.
func query(raw, referrer string) campaign.Campaign {
	return campaign.Parse(&url.URL{Path: "/", RawQuery: raw}, referrer, own)
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, page, referrer string
		want                 campaign.Campaign
	}{
		{
			"all tags", "/a?utm_source=Google&utm_medium=CPC&utm_campaign=Spring+sale&utm_term=new%20car&utm_content=b", "",
			campaign.Campaign{
				Source: "Google", Medium: "CPC", Name: "Spring sale", Term: "new car", Content: "b",
				Channel: "Paid Search", Landing: "/a",
			},
		},
		{
			"nothing", "/", "",
			campaign.Campaign{Channel: "Direct", Landing: "/"},
		},
		{
			"no path", "", "",
			campaign.Campaign{Channel: "Direct", Landing: "/"},
		},
		{
			"tags beat the referrer, which is kept", "/?utm_source=news&utm_medium=email", "https://mail.google.com/mail/u/0/",
			campaign.Campaign{Source: "news", Medium: "email", Channel: "Email", Referrer: "mail.google.com", Landing: "/"},
		},
		{
			"search", "/x", "https://www.google.nl/",
			campaign.Campaign{Source: "google", Medium: "organic", Channel: "Organic Search", Referrer: "www.google.nl", Landing: "/x"},
		},
		{
			"any site", "/", "https://www.blog.example.org/2026/11/secret?q=1",
			campaign.Campaign{
				Source: "blog.example.org", Medium: "referral", Channel: "Referral",
				Referrer: "www.blog.example.org", Landing: "/",
			},
		},
		{
			"assistant", "/", "https://chatgpt.com/",
			campaign.Campaign{
				Source: "chatgpt.com", Medium: "ai-assistant", Channel: "AI Assistant",
				Referrer: "chatgpt.com", Landing: "/",
			},
		},
		{
			"assistant that tags its links", "/?utm_source=chatgpt.com", "",
			campaign.Campaign{Source: "chatgpt.com", Channel: "AI Assistant", Landing: "/"},
		},
		{
			"only a name, from a search engine", "/?utm_campaign=brand", "https://www.bing.com/",
			campaign.Campaign{
				Source: "bing", Medium: "organic", Name: "brand", Channel: "Organic Search",
				Referrer: "www.bing.com", Landing: "/",
			},
		},
		{
			"only a name, from nowhere", "/?utm_campaign=brand", "",
			campaign.Campaign{Name: "brand", Channel: "Unassigned", Landing: "/"},
		},
		{
			"only a medium, from a network", "/?utm_medium=cpm", "https://l.facebook.com/",
			campaign.Campaign{Source: "facebook", Medium: "cpm", Channel: "Paid Social", Referrer: "l.facebook.com", Landing: "/"},
		},
		{
			"from the site itself", "/b", "https://www.example.nl/a",
			campaign.Campaign{Channel: "Direct", Landing: "/b"},
		},
		{
			"tags on a link inside the site", "/b?utm_source=banner", "https://www.example.nl/a",
			campaign.Campaign{Source: "banner", Channel: "Unassigned", Landing: "/b"},
		},
		{
			"back from paying", "/thanks", "https://www.mollie.com/checkout",
			campaign.Campaign{Channel: "Direct", Landing: "/thanks"},
		},
		{
			"back from a bank", "/thanks", "https://betalen.rabobank.nl/",
			campaign.Campaign{Channel: "Direct", Landing: "/thanks"},
		},
		{
			"back from signing in", "/", "https://accounts.google.com/",
			campaign.Campaign{Channel: "Direct", Landing: "/"},
		},
		{
			"a payment provider that advertises", "/?utm_source=paypal&utm_medium=email", "https://www.paypal.com/",
			campaign.Campaign{Source: "paypal", Medium: "email", Channel: "Email", Landing: "/"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, parse(t, test.page, test.referrer))
		})
	}
}

func TestParseClickIDs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, query, referrer                   string
		id, source, medium, campaignName, group string
	}{
		{"alone", "gclid=Cj0KCQ", "", "gclid", "google", "cpc", "", "Paid Search"},
		{"beats the referrer", "gclid=x", "https://news.example.org/", "gclid", "google", "cpc", "", "Paid Search"},
		{"no gclid on an iPhone", "gad_source=1&gbraid=0A", "", "gbraid", "google", "cpc", "", "Paid Search"},
		{"the campaign's number alone", "gad_campaignid=123", "", "gad_campaignid", "google", "cpc", "", "Paid Search"},
		{"with a campaign", "gclid=x&utm_campaign=brand", "", "gclid", "google", "cpc", "brand", "Paid Search"},
		{"with a source", "gclid=x&utm_source=google", "", "gclid", "google", "cpc", "", "Paid Search"},
		{"with a medium", "gclid=x&utm_medium=ppc", "", "gclid", "google", "ppc", "", "Paid Search"},
		{"tags win", "gclid=x&utm_source=news&utm_medium=email", "", "gclid", "news", "email", "", "Email"},
		{"microsoft", "msclkid=1", "https://www.bing.com/", "msclkid", "bing", "cpc", "", "Paid Search"},
		{"display", "dclid=1", "", "dclid", "dfa", "display", "", "Display"},
		{"facebook is not paid", "fbclid=IwAR", "", "fbclid", "facebook", "social", "", "Organic Social"},
		{"facebook, paid by its tags", "fbclid=1&utm_source=fb&utm_medium=cpc", "", "fbclid", "fb", "cpc", "", "Paid Social"},
		{"facebook, with its source", "fbclid=1&utm_source=Facebook", "", "fbclid", "Facebook", "social", "", "Organic Social"},
		{"a mailed link shared on facebook", "fbclid=1&utm_source=news", "", "fbclid", "news", "", "", "Unassigned"},
		{"instagram adds fbclid", "fbclid=1", "https://l.instagram.com/", "fbclid", "instagram", "social", "", "Organic Social"},
		{"fbclid on a blog", "fbclid=1", "https://blog.example.org/", "fbclid", "facebook", "social", "", "Organic Social"},
		{"free listing", "srsltid=Af", "", "srsltid", "google", "organic", "", "Organic Search"},
		{"tiktok", "ttclid=1", "", "ttclid", "tiktok", "paid-social", "", "Paid Social"},
		{"capitals", "ScCid=1", "", "ScCid", "snapchat", "paid-social", "", "Paid Social"},
		{"other capitals", "GCLID=1", "", "gclid", "google", "cpc", "", "Paid Search"},
		{"native", "obclid=1", "", "obclid", "outbrain", "cpc", "", "Paid Other"},
		{"affiliate", "awc=1_2", "", "awc", "awin", "affiliate", "", "Affiliates"},
		{"mail, with a source", "mc_eid=1&utm_source=nieuwsbrief", "", "mc_eid", "nieuwsbrief", "email", "", "Email"},
		{"paid beats free", "fbclid=1&gclid=2", "", "gclid", "google", "cpc", "", "Paid Search"},
		{"no value", "gclid=&x=1", "", "", "", "", "", "Direct"},
		{"not expanded", "gclid={gclid}&msclkid=%20", "", "", "", "", "", "Direct"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := query(test.query, test.referrer)
			require.Equal(t, []string{test.id, test.source, test.medium, test.campaignName, test.group},
				[]string{got.ClickID, got.Source, got.Medium, got.Name, got.Channel})
		})
	}
}

func TestParseKeepsNoClickValue(t *testing.T) {
	t.Parallel()
	const secret = "MARKED0123456789"
	for _, id := range []string{"gclid", "fbclid", "mc_eid", "_hsenc", "gad_campaignid", "unknown"} {
		c := query(id+"="+secret, "https://t.co/"+secret+"?gclid="+secret)
		for _, v := range values(c) {
			require.NotContains(t, v, secret, id)
		}
	}
}

func TestIsDirect(t *testing.T) {
	t.Parallel()
	require.True(t, campaign.Campaign{}.IsDirect())
	require.True(t, campaign.Campaign{Landing: "/a", Channel: "Direct"}.IsDirect())
	for _, c := range []campaign.Campaign{
		{Source: "x"}, {Medium: "x"}, {Name: "x"}, {Term: "x"}, {Content: "x"}, {ClickID: "gclid"}, {Referrer: "x.nl"},
	} {
		require.False(t, c.IsDirect(), "%+v", c)
	}
}

func TestParseWithoutSelf(t *testing.T) {
	t.Parallel()
	c := campaign.Parse(&url.URL{Path: "/"}, "https://www.example.nl/", nil)
	require.Equal(t, "example.nl", c.Source)
}

func TestParseAllocations(t *testing.T) {
	plain := &url.URL{Path: "/cars/used", RawQuery: "page=2&sort=price&filter%5Bcolor%5D=red&id=4711"}
	none := testing.AllocsPerRun(100, func() { campaign.Parse(plain, "", own) })
	require.Zero(t, none, "nothing known")
	hostile := &url.URL{Path: "/", RawQuery: strings.Repeat("utm_source=%zz%00&gclid=&a;b=c&", 4000)}
	many := testing.AllocsPerRun(10, func() { campaign.Parse(hostile, "https://www.google.nl/", own) })
	require.LessOrEqual(t, many, 4.0, "hostile")
}

// values returns the texts of a campaign.
func values(c campaign.Campaign) []string {
	return []string{
		c.Source, c.Medium, c.Name, c.Term, c.Content, c.Channel, c.ClickID, c.Referrer, c.Landing,
	}
}
