package campaign_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func TestParseFamilies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, query string
		want        campaign.Campaign
	}{
		{
			"matomo", "mtm_source=s&mtm_medium=m&mtm_campaign=n&mtm_kwd=t&mtm_content=c",
			campaign.Campaign{Source: "s", Medium: "m", Name: "n", Term: "t", Content: "c"},
		},
		{
			"matomo's other spelling", "matomo_campaign=n&mtm_keyword=t",
			campaign.Campaign{Name: "n", Term: "t"},
		},
		{
			"piwik", "pk_source=s&pk_medium=m&pk_campaign=n&pk_kwd=t&pk_content=c",
			campaign.Campaign{Source: "s", Medium: "m", Name: "n", Term: "t", Content: "c"},
		},
		{
			"piwik's first spelling", "piwik_campaign=n&piwik_kwd=t",
			campaign.Campaign{Name: "n", Term: "t"},
		},
		{
			"utm wins, in any order", "pk_campaign=p&mtm_campaign=m&utm_campaign=u&utm_source=s&mtm_source=x",
			campaign.Campaign{Source: "s", Name: "u"},
		},
		{
			"an empty utm wins nothing", "utm_campaign=&mtm_campaign=m&utm_source=%20",
			campaign.Campaign{Name: "m"},
		},
		{
			"the first value counts", "utm_source=a&utm_source=b",
			campaign.Campaign{Source: "a"},
		},
		{
			"the first value that says something", "utm_source={network}&utm_source=b&utm_source=c",
			campaign.Campaign{Source: "b"},
		},
		{
			"names in any case and escaped", "UTM_Source=a&utm%5Fmedium=b",
			campaign.Campaign{Source: "a", Medium: "b"},
		},
		{
			"copied out of a page's source", "a=b&amp;utm_source=s&amp;utm_medium=m",
			campaign.Campaign{Source: "s", Medium: "m"},
		},
		{
			"a semicolon is text", "utm_source=a;utm_medium=b",
			campaign.Campaign{Source: "a;utm_medium=b"},
		},
		{
			"names that only begin alike", "utm_sourced=a&utm_sourc=b&xutm_source=c&utm_source%00=d&utm_source",
			campaign.Campaign{},
		},
		{
			"a name that is too long when escaped", strings.Repeat("%75", 20) + "=x&" + strings.Repeat("u", 21) + "=y",
			campaign.Campaign{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := query(test.query, "")
			got.Channel, got.Landing = "", ""
			require.Equal(t, test.want, got)
		})
	}
}

func TestParseCleansLabels(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want string }{
		{"plain", "summer", "summer"},
		{"plus", "a+b", "a b"},
		{"escapes of either case", "%c3%A9", "é"},
		{"trimmed", "+%20 x%C2%A0%0a", "x"},
		{"controls", "a%00b%0D%0Ac%7f%1b[31m", "abc[31m"},
		{"next line and line separator", "a%C2%85b%E2%80%A8c%E2%80%A9d", "abcd"},
		{"bidi marks", "a%E2%80%AEgpj.exe%E2%80%AC%E2%81%A6b%E2%81%A9%E2%80%8F", "agpj.exeb"},
		{"zero width and byte order mark", "a%E2%80%8Bb%EF%BB%BFc%C2%ADd", "abcd"},
		{"tag characters", "a%F3%A0%81%81b", "ab"},
		{"not UTF-8", "a%FFb", "a\uFFFDb"},
		{"overlong", "%C0%AFx", "\uFFFD\uFFFDx"},
		{"half a pair of surrogates", "%ED%A0%80", "\uFFFD\uFFFD\uFFFD"},
		{"raw bytes that are not UTF-8", "a\xffb", "a\uFFFDb"},
		{"broken escapes are text", "100%&x=1", "100%"},
		{"broken escapes inside", "%zz%4", "%zz%4"},
		{"escaped once more", "a%2520b", "a%20b"},
		{"script", "<script>alert(1)</script>", "<script>alert(1)</script>"},
		{"only controls", "%00%01", ""},
		{"null", "null", ""},
		{"undefined", "Undefined", ""},
		{"not set", "(not+set)", ""},
		{"google's macro", "{campaignid}", ""},
		{"two macros", "{campaignid}-{adgroupid}", ""},
		{"macro with a default", "{keyword:used cars}", ""},
		{"meta's macro", "{{campaign.name}}", ""},
		{"macro escaped", "%7Bcampaignid%7D", ""},
		{"macro escaped twice", "%257bcampaignid%257D", ""},
		{"brackets", "[[campaign]]", ""},
		{"brackets escaped twice", "%255B%255Bcampaign%255D%255D", ""},
		{"the IAB's macro", "[CAMPAIGN_ID]", ""},
		{"brackets of a person", "[NL] spring [2026]", "[NL] spring [2026]"},
		{"words in brackets", "[spring sale]", "[spring sale]"},
		{"percent signs", "%%CAMPAIGN%%", ""},
		{"merge tag", "*|CAMPAIGN_UID|*", ""},
		{"underscores", "__CAMPAIGN_NAME__", ""},
		{"template", "<%25=campaign%25>", ""},
		{"shell", "${campaign}", ""},
		{"macro behind a control", "%00{campaignid}%00", ""},
		{"part of a macro", "spring-{adgroupid}", "spring-{adgroupid}"},
		{"null inside", "nullable", "nullable"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, query("utm_campaign="+test.raw, "").Name)
		})
	}
}

func TestParseBounds(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want string }{
		{"long", strings.Repeat("a", 1<<20), strings.Repeat("a", 255)},
		{"four bytes, escaped", strings.Repeat("%F0%9F%98%80", 300), strings.Repeat("😀", 255)},
		{"combining marks", "a" + strings.Repeat("%CC%81", 25_000), "a" + strings.Repeat("\u0301", 254)},
		{"space at the cut", strings.Repeat("a", 250) + strings.Repeat("+", 10) + "b", strings.Repeat("a", 250)},
		{"hidden runes do not count", strings.Repeat("%E2%80%8B", 300) + "x", "x"},
		{"nor are they searched for long", strings.Repeat("%E2%80%8B", 400) + "x", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := query("utm_campaign="+test.raw, "").Name
			require.Equal(t, test.want, got)
			require.LessOrEqual(t, utf8.RuneCountInString(got), 255)
		})
	}
}

func TestParseManyParameters(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("x=1&", 1000)
	require.Equal(t, "late", query(filler+"utm_source=late", "").Source, "within 16 KiB")
	require.Empty(t, query(strings.Repeat("x=1&", 5000)+"utm_source=late", "").Source, "beyond 16 KiB")
	require.Equal(t, "early", query("utm_source=early&"+strings.Repeat(filler, 20), "").Source)
}

func TestParseLanding(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, path, want string }{
		{"root", "/", "/"},
		{"none", "", "/"},
		{"not a path", "*", "/"},
		{"plain", "/a/b-c.html", "/a/b-c.html"},
		{"other scripts", "/café/ß", "/café/ß"},
		{"space inside", "/a b ", "/a b"},
		{"percent is text", "/100%25", "/100%25"},
		{"controls and bidi", "/a\r\nb\u202e\x00", "/ab"},
		{"not UTF-8", "/\xff", "/\uFFFD"},
		{"long", "/" + strings.Repeat("é", 5000), "/" + strings.Repeat("é", 254)},
		{"long and plain", "/" + strings.Repeat("a", 5000), "/" + strings.Repeat("a", 254)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := campaign.Parse(&url.URL{Path: test.path, RawQuery: "secret=1"}, "", own)
			require.Equal(t, test.want, c.Landing)
		})
	}
}
