package campaign_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// newRules returns the rules of a configuration without mistakes.
func newRules(tb testing.TB, cfg campaign.Config) *campaign.Rules {
	tb.Helper()
	r, err := campaign.NewRules(cfg)
	require.NoError(tb, err)
	return r
}

// siteRules are rules of all kinds.
var siteRules = campaign.Config{
	Rules: []campaign.Rule{
		{Host: "Folder.example.nl", Source: "folder", Medium: "print"},
		{Path: "/actie/", Query: "Bron=Huis aan huis", Source: "huis-aan-huis", Medium: "print", Name: "actie"},
		{Path: "/actie", Name: "actie"},
		{Query: "partner", Source: "partner", Medium: "affiliate"},
		{Referrer: ".partner.example", Source: "partner", Medium: "affiliate", Content: "blog"},
		{Referrer: "www.paypal.com", Source: "paypal", Medium: "partner"},
		{Host: ".sub.example.nl", Referrer: "www.google.nl", Term: "sub"},
	},
	Exclude: []string{"Betalen.bank.example", ".psp.example"},
}

func TestRules(t *testing.T) {
	t.Parallel()
	rules := newRules(t, siteRules)
	tests := []struct {
		name, url, referrer string
		want                []string // source, medium, name, term, content, channel, referrer
	}{
		{"host", "https://folder.example.nl:8443/", "", []string{"folder", "print", "", "", "", "Unassigned", ""}},
		{"a rule beats tags", "https://folder.example.nl/?utm_source=google&utm_medium=cpc&utm_campaign=x", "", []string{"folder", "print", "x", "", "", "Unassigned", ""}},
		{"a rule beats a referrer", "https://folder.example.nl/", "https://www.google.nl/", []string{"folder", "print", "", "", "", "Unassigned", "www.google.nl"}},
		{"no host in the URL of a request", "/?x=1", "", []string{"", "", "", "", "", "Direct", ""}},
		{"two conditions, folded and escaped", "/actie/1?a=b&BRON=huis%20aan+HUIS", "", []string{"huis-aan-huis", "print", "actie", "", "", "Unassigned", ""}},
		{"one of two conditions", "/actie/1?bron=flyer", "", []string{"", "", "actie", "", "", "Unassigned", ""}},
		{"path, rest from the referrer", "/actie", "https://www.google.nl/", []string{"google", "organic", "actie", "", "", "Organic Search", "www.google.nl"}},
		{"path, rest from the click id", "/actie?gclid=x", "", []string{"google", "cpc", "actie", "", "", "Paid Search", ""}},
		{"path is in whole parts", "/acties", "", []string{"", "", "", "", "", "Direct", ""}},
		{"parameter with any value", "/?amp;partner=7", "", []string{"partner", "affiliate", "", "", "", "Affiliates", ""}},
		{"parameter without value", "/?partner=&partner", "", []string{"", "", "", "", "", "Direct", ""}},
		{"parameter with a macro", "/?partner={id}", "", []string{"", "", "", "", "", "Direct", ""}},
		{"referrer below", "/", "https://blog.partner.example/x", []string{"partner", "affiliate", "", "", "blog", "Affiliates", "blog.partner.example"}},
		{"referrer itself", "/", "https://partner.example/", []string{"partner", "affiliate", "", "", "blog", "Affiliates", "partner.example"}},
		{"referrer beside", "/", "https://notpartner.example/", []string{"notpartner.example", "referral", "", "", "", "Referral", "notpartner.example"}},
		{"a payment page that a rule names", "/", "https://www.paypal.com/", []string{"paypal", "partner", "", "", "", "Unassigned", "www.paypal.com"}},
		{"host and referrer", "https://x.sub.example.nl/", "https://www.google.nl/", []string{"google", "organic", "", "sub", "", "Organic Search", "www.google.nl"}},
		{"excluded", "/", "https://betalen.bank.example/", []string{"", "", "", "", "", "Direct", ""}},
		{"beside excluded", "/", "https://www.bank.example/", []string{"bank.example", "referral", "", "", "", "Referral", "www.bank.example"}},
		{"below what is not excluded below", "/", "https://a.betalen.bank.example/", []string{"a.betalen.bank.example", "referral", "", "", "", "Referral", "a.betalen.bank.example"}},
		{"excluded below", "/", "https://a.psp.example/", []string{"", "", "", "", "", "Direct", ""}},
		{"self", "/", "https://www.example.nl/", []string{"", "", "", "", "", "Direct", ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			u, err := url.Parse(test.url)
			require.NoError(t, err)
			c := rules.Parse(u, test.referrer, own)
			require.Equal(t, test.want, []string{c.Source, c.Medium, c.Name, c.Term, c.Content, c.Channel, c.Referrer})
		})
	}
}

func TestRulesNeverMatchPagesOfTheSite(t *testing.T) {
	t.Parallel()
	rules := newRules(t, campaign.Config{Rules: []campaign.Rule{{Referrer: "www.example.nl", Source: "self"}}})
	require.True(t, rules.Parse(pageURL(t, "/"), "https://www.example.nl/", own).IsDirect())
}

func TestRulesAreThoseOfTheTime(t *testing.T) {
	t.Parallel()
	cfg := campaign.Config{Rules: []campaign.Rule{{Path: "/", Source: "kept"}}}
	rules := newRules(t, cfg)
	cfg.Rules[0].Source = "changed"
	require.Equal(t, "kept", rules.Parse(pageURL(t, "/x"), "", own).Source)
}

func TestNilRules(t *testing.T) {
	t.Parallel()
	var none *campaign.Rules
	for _, referrer := range []string{"", "https://www.google.nl/", "https://blog.example.org/"} {
		u := pageURL(t, "/?utm_source=x")
		require.Equal(t, campaign.Parse(u, referrer, own), none.Parse(u, referrer, own))
		require.Equal(t, campaign.Parse(u, referrer, own), newRules(t, campaign.Config{}).Parse(u, referrer, own))
	}
}

func TestNewRulesTellsAllMistakes(t *testing.T) {
	t.Parallel()
	_, err := campaign.NewRules(campaign.Config{
		Rules: []campaign.Rule{
			{Source: "a"},
			{Path: "/x"},
			{Host: "https://example.nl", Source: "a"},
			{Referrer: "localhost", Source: "a"},
			{Path: "x", Source: "a"},
			{Query: "=x", Source: "a"},
			{Query: strings.Repeat("x", 128), Source: "a"},
			{Path: "/", Source: " a"},
			{Path: "/", Medium: "{medium}"},
			{Path: "/", Name: "a\u202eb"},
			{Path: "/", Term: "a\xff"},
			{Path: "/", Content: strings.Repeat("x", 5000)},
		},
		Exclude: []string{"ok.example", "192.0.2.1", "x y"},
	})
	var got []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *campaign.ConfigError
		require.ErrorAs(t, e, &mistake)
		require.Less(t, len(mistake.Error()), 400)
		got = append(got, mistake.Field)
	}
	require.Equal(t, []string{
		"Rules[0]", "Rules[1]", "Rules[2].Host", "Rules[3].Referrer", "Rules[4].Path", "Rules[5].Query", "Rules[6].Query",
		"Rules[7].Source", "Rules[8].Medium", "Rules[9].Name", "Rules[10].Term", "Rules[11].Content", "Exclude[1]", "Exclude[2]",
	}, got)
	_, err = campaign.NewRules(campaign.Config{Rules: make([]campaign.Rule, 257)})
	var mistake *campaign.ConfigError
	require.ErrorAs(t, err, &mistake)
	require.EqualError(t, mistake, `campaign: Rules "257": at most 256`)
}

func TestRulesAllocateNothing(t *testing.T) {
	rules := newRules(t, siteRules)
	u := &url.URL{Path: "/cars/used", RawQuery: "page=2&sort=price&partner=3"}
	require.Zero(t, testing.AllocsPerRun(100, func() { rules.Parse(u, "https://www.google.nl/", own) }))
}

func TestManyRulesOnHostileQueries(t *testing.T) {
	t.Parallel()
	var cfg campaign.Config
	for range 256 {
		cfg.Rules = append(cfg.Rules, campaign.Rule{Path: "/never", Query: "a=b", Source: "x"})
	}
	rules := newRules(t, cfg)
	hostile := &url.URL{Path: "/", RawQuery: strings.Repeat("a=b&", 1<<20)}
	require.True(t, rules.Parse(hostile, "", own).IsDirect())
}
