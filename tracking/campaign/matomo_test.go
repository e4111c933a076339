package campaign_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// withLists returns rules with the lists of the tests.
func withLists(tb testing.TB) *campaign.Rules {
	tb.Helper()
	lists, err := campaign.LoadMatomo(os.DirFS("testdata/matomo"))
	require.NoError(tb, err)
	return newRules(tb, campaign.Config{Lists: lists})
}

func TestLoadMatomo(t *testing.T) {
	t.Parallel()
	rules := withLists(t)
	tests := []struct{ name, referrer, source, medium string }{
		{"assistant", "https://answers.example/", "answers+", "ai-assistant"},
		{"assistant, below", "https://a.answers.example/", "a.answers.example", "referral"},
		{"quotes inside a name", "https://everyone.example/", `ask "everyone"`, "ai-assistant"},
		{"our own table first", "https://grok.com/", "grok.com", "ai-assistant"},
		{"social", "https://badoo.com/", "badoo", "social"},
		{"social, below", "https://nl.badoo.com/", "badoo", "social"},
		{"quoted name", "https://www.friendsreunited.com/", "friends reunited", "social"},
		{"escaped name", "https://plus.google.com/", "google+", "social"},
		{"app", "android-app://com.google.android.apps.plus/", "google+", "social"},
		{"app with its scheme", "android-app://org.example.telegram", "telegram", "social"},
		{"space at the end", "https://orkut.com/", "orkut", "social"},
		{"three spaces in front", "https://vk.example/", "vkontakte", "social"},
		{"a network in both files, as search", "https://badoo.com/?q=x", "badoo", "social"},
		{"facebook is social", "https://www.facebook.com/?q=x", "facebook", "social"},
		{"a search engine that hides the keyword", "https://safesearch.bluebird.example/", "bluebird safesearch", "organic"},
		{"a search engine that shows it, without", "https://1.cz/", "1.cz", "referral"},
		{"with", "https://1.cz/?x=1&q=a#q=b", "1.cz", "organic"},
		{"with an empty one", "https://1.cz/?q=&x=1", "1.cz", "referral"},
		{"with one behind the fragment", "https://1.cz/#?q=1", "1.cz", "referral"},
		{"www. in the list alone", "https://118700.example/?q=1", "118 700", "organic"},
		{"a host that says search", "https://suche.yellow.example/", "yellow", "organic"},
		{"a search engine without parameter", "https://yellow.example/?q=1", "yellow.example", "referral"},
		{"entries with a path", "https://apollo.example/?q=1", "apollo.example", "referral"},
		{"country in the middle", "https://images.nl.askme.example/", "ask me", "organic"},
		{"country in front", "https://nl.askme.example/", "ask me", "organic"},
		{"no country", "https://askme.example/", "askme.example", "referral"},
		{"three letters are none", "https://abc.askme.example/", "abc.askme.example", "referral"},
		{"the second block", "https://askme-news.example/?q=1", "ask me", "organic"},
		{"no parameters", "https://find.disconnect.example/", "disconnect", "organic"},
		{"country at the end", "https://coc.nl/", "cốc cốc two", "organic"},
		{"country with a second part", "https://www.coc.co.uk/", "cốc cốc two", "organic"},
		{"no country at the end", "https://coc.info/", "coc.info", "referral"},
		{"not quoted", "https://yabs.coc.de/", "cốc cốc two", "organic"},
		{"m. in the list", "https://m.sp.coc.example/", "cốc cốc two", "organic"},
		{"other scripts", "https://kwzf.example/?search=1", "묻지마 검색", "organic"},
		{"not listed", "https://blog.example.org/", "blog.example.org", "referral"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := rules.Parse(pageURL(t, "/"), test.referrer, own)
			require.Equal(t, []string{test.source, test.medium}, []string{c.Source, c.Medium})
		})
	}
	for source, want := range map[string]string{
		"Badoo": "Paid Social", "badoo.com": "Paid Social", "1.cz": "Paid Search", "answers+": "Paid Other", "club": "Paid Other",
	} {
		u := pageURL(t, "/?utm_medium=cpc&utm_source="+strings.ReplaceAll(source, "+", "%2B"))
		require.Equal(t, want, rules.Parse(u, "", own).Channel, source)
	}
}

func TestLoadMatomoErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		search string
		line   int
	}{
		"item before a name":        {"  - a.example", 1},
		"tab":                       {"A:\n\t- a.example", 2},
		"name with a value":         {"A: b", 1},
		"name without colon":        {"A", 1},
		"name that is an anchor":    {"&a:", 1},
		"key without a block":       {"A:\n  urls:", 2},
		"unknown key":               {"A:\n  -\n    host:", 3},
		"item without a key":        {"A:\n  -\n    - a.example", 3},
		"list with a value":         {"A:\n  -\n    urls: a.example", 3},
		"flow":                      {"A:\n  -\n    urls: [a.example]", 3},
		"block text":                {"A:\n  -\n    backlink: |", 3},
		"alias":                     {"A:\n  - *a", 2},
		"map as an item":            {"A:\n  - a: b", 2},
		"comment behind an item":    {"A:\n  - a.example # why", 2},
		"open quote":                {"A:\n  - 'a.example", 2},
		"quote inside":              {"A:\n  - 'a'b'", 2},
		"escape":                    {"A:\n  - \"a\\n\"", 2},
		"dash without space":        {"A:\n  -a.example", 2},
		"items and then a block":    {"A:\n  - a.example\n  -\n    urls:", 3},
		"items and then a block, 2": {"A:\n  - a.example\n  - urls:\n", 3},
	} {
		_, err := campaign.LoadMatomo(fstest.MapFS{
			"Socials.yml": {}, "SearchEngines.yml": {Data: []byte(test.search)},
		})
		var bad *campaign.ListError
		require.ErrorAs(t, err, &bad, name)
		require.Equal(t, []any{"SearchEngines.yml", test.line}, []any{bad.File, bad.Line}, name)
		require.Contains(t, bad.Error(), "campaign: SearchEngines.yml:", name)
	}
	_, err := campaign.LoadMatomo(fstest.MapFS{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = campaign.LoadMatomo(fstest.MapFS{"Socials.yml": {Data: make([]byte, 4<<20+1)}})
	require.ErrorContains(t, err, "Socials.yml:1: the file is larger")
	_, err = campaign.LoadMatomo(fstest.MapFS{"Socials.yml": {Mode: fs.ModeDir}})
	require.Error(t, err)
}

func TestListsAllocateNothing(t *testing.T) {
	rules := withLists(t)
	u := pageURL(t, "/")
	for _, referrer := range []string{"https://images.nl.askme.example/", "https://www.blog.example.org/", "https://1.cz/?q=x"} {
		require.Zero(t, testing.AllocsPerRun(100, func() { rules.Parse(u, referrer, own) }), referrer)
	}
}

// TestRealLists reads the real lists if they are there.
func TestRealLists(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("QOOQIE_MATOMO_LISTS")
	if dir == "" {
		t.Skip("QOOQIE_MATOMO_LISTS names no directory with Matomo's lists")
	}
	lists, err := campaign.LoadMatomo(os.DirFS(dir))
	require.NoError(t, err)
	rules := newRules(t, campaign.Config{Lists: lists})
	for referrer, want := range map[string]string{
		"https://www.facebook.com/": "Organic Social", "https://badoo.com/": "Organic Social",
		"https://yandex.nl/": "Organic Search", "https://search.lilo.org/": "Organic Search",
		"https://www.sm.de/": "Referral", "https://www.sm.de/?q=x": "Organic Search", "https://iask.ai/": "AI Assistant",
	} {
		require.Equal(t, want, rules.Parse(pageURL(t, "/"), referrer, own).Channel, referrer)
	}
}

func FuzzLoadMatomo(f *testing.F) {
	for _, name := range []string{"AIAssistants.yml", "Socials.yml", "SearchEngines.yml"} {
		text, err := os.ReadFile("testdata/matomo/" + name)
		require.NoError(f, err)
		f.Add(string(text), "https://nl.askme.example/?q=1")
	}
	f.Add("A:\n  - {}.b\n  - '{}'\n  - b.{}\n", "https://nl.b.co.uk/")
	f.Fuzz(func(t *testing.T, text, referrer string) {
		lists, err := campaign.LoadMatomo(fstest.MapFS{
			"Socials.yml": {Data: []byte(text)}, "SearchEngines.yml": {Data: []byte(text)},
		})
		if err != nil {
			var bad *campaign.ListError
			require.ErrorAs(t, err, &bad)
			return
		}
		c := newRules(t, campaign.Config{Lists: lists}).Parse(pageURL(t, "/"), referrer, own)
		for _, v := range values(c) {
			requireClean(t, v)
		}
	})
}
