package campaign_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// channelRows are the rows of Google's table of default channels in its order,
// each with every way to meet its condition. AI Assistant has the place that this
// package gives it, before Organic Search.
var channelRows = []struct {
	channel string
	met     [][3]string // source, medium, campaign
}{
	{"Direct", [][3]string{{"(direct)", "(none)"}, {"(direct)", "(not set)"}, {}}},
	{"Cross-network", [][3]string{{"club", "x", "cross-network"}, {"google", "cpc", "NL Cross-Network 1"}}},
	{"Paid Shopping", [][3]string{{"amazon", "cpc"}, {"bol.com", "paid"}, {"club", "ppc", "shop"}, {"club", "retargeting", "shopping"}}},
	{"Paid Search", [][3]string{{"google", "cpc"}, {"bing", "ppc"}, {"duckduckgo", "retargeting"}, {"ecosia", "paidsearch"}}},
	{"Paid Social", [][3]string{{"facebook", "cpc"}, {"linkedin", "paid-social"}, {"tiktok", "cpm"}}},
	{"Paid Video", [][3]string{{"youtube", "cpc"}, {"vimeo.com", "paid video"}}},
	{"Display", [][3]string{{"club", "display"}, {"club", "banner"}, {"club", "expandable"}, {"club", "interstitial"}, {"club", "cpm"}}},
	{"Paid Other", [][3]string{{"club", "cpc"}, {"club", "ppc"}, {"club", "retargeting"}, {"club", "paid"}, {"club", "xcpx"}}},
	{"Organic Shopping", [][3]string{{"ebay", "x"}, {"club", "x", "e-shop"}, {"club", "email", "shopping"}}},
	{"Organic Social", [][3]string{
		{"instagram", "x"}, {"club", "social"}, {"club", "social-network"}, {"club", "social-media"}, {"club", "sm"},
		{"club", "social network"}, {"club", "social media"},
	}},
	{"Organic Video", [][3]string{{"youtube", "referral"}, {"club", "video"}, {"club", "xvideox"}}},
	{"AI Assistant", [][3]string{{"club", "ai-assistant"}, {"chatgpt.com", ""}, {"claude", "referral"}, {"perplexity", "organic"}}},
	{"Organic Search", [][3]string{{"google", "x"}, {"startpage.com", ""}, {"club", "organic"}}},
	{"Referral", [][3]string{{"club", "referral"}, {"club", "app"}, {"club", "link"}}},
	{"Email", [][3]string{
		{"email", "x"}, {"e-mail", ""}, {"e_mail", ""}, {"e mail", ""}, {"club", "email"}, {"club", "e-mail"}, {"club", "e_mail"}, {"club", "e mail"},
	}},
	{"Affiliates", [][3]string{{"club", "affiliate"}}},
	{"Audio", [][3]string{{"club", "audio"}}},
	{"SMS", [][3]string{{"sms", "x"}, {"club", "sms"}}},
	{"Mobile Push Notifications", [][3]string{{"club", "xpush"}, {"club", "xmobilex"}, {"club", "notifications"}, {"firebase", "x"}}},
	{"Unassigned", [][3]string{{"club", "x"}, {"club", "affiliates"}, {"club", "pushx"}, {"club", "videx"}, {"", "x"}, {"", "", "x"}}},
}

func TestEveryChannelOfGoogle(t *testing.T) {
	t.Parallel()
	require.Len(t, channelRows, 20)
	for i, row := range channelRows {
		for _, met := range row.met {
			t.Run(fmt.Sprintf("%02d %s %q", i+1, row.channel, met), func(t *testing.T) {
				t.Parallel()
				require.Equal(t, row.channel, tagged(met[0], met[1], met[2]))
			})
		}
	}
}

// TestAdServers holds where advertisements that others show belong.
func TestAdServers(t *testing.T) {
	t.Parallel()
	for referrer, want := range map[string][3]string{
		"https://googleads.g.doubleclick.net/":              {"doubleclick", "display", "Display"},
		"https://1a2b.safeframe.googlesyndication.com/":     {"google ads", "display", "Display"},
		"https://syndicatedsearch.goog/":                    {"google", "cpc", "Paid Search"},
		"https://www.adsensecustomsearchads.com/":           {"google", "cpc", "Paid Search"},
		"https://it.images.search.yahoo.com/":               {"yahoo", "organic", "Organic Search"},
		"https://www.aolsearch.com/":                        {"aol", "organic", "Organic Search"},
		"https://lnk.bio/":                                  {"lnk.bio", "social", "Organic Social"},
		"https://character.ai/":                             {"character.ai", "ai-assistant", "AI Assistant"},
		"https://bap.navigator.gmx.net/":                    {"gmx", "email", "Email"},
		"https://notebooklm.google.com/":                    {"notebooklm.google.com", "ai-assistant", "AI Assistant"},
		"https://checkout.trustly.com/":                     {"", "", "Direct"},
		"android-app://com.samsung.android.email.provider/": {"samsung mail", "email", "Email"},
	} {
		c := query("", referrer)
		require.Equal(t, want, [3]string{c.Source, c.Medium, c.Channel}, referrer)
	}
}
