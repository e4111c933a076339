package campaign_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// tagged returns the channel of a link with the three tags that decide.
func tagged(source, medium, name string) string {
	q := url.Values{"utm_source": {source}, "utm_medium": {medium}, "utm_campaign": {name}}
	return query(q.Encode(), "").Channel
}

func TestChannels(t *testing.T) {
	t.Parallel()
	tests := []struct{ source, medium, name, want string }{
		// One of each rule, in the order of the rules.
		{"(direct)", "(none)", "", "Direct"},
		{"(direct)", "(not set)", "", "Direct"},
		{"google", "cpc", "x-cross-network-y", "Cross-network"},
		{"amazon", "cpc", "", "Paid Shopping"},
		{"news", "cpc", "eshop", "Paid Shopping"},
		{"google", "cpc", "", "Paid Search"},
		{"facebook", "paid", "", "Paid Social"},
		{"youtube", "cpv-cpc", "", "Paid Video"},
		{"dv360", "display", "", "Display"},
		{"adnetwork", "ppc", "", "Paid Other"},
		{"ebay", "", "", "Organic Shopping"},
		{"news", "x", "winter-shopping", "Organic Shopping"},
		{"facebook", "", "", "Organic Social"},
		{"club", "social media", "", "Organic Social"},
		{"vimeo", "", "", "Organic Video"},
		{"club", "in-video", "", "Organic Video"},
		{"chatgpt.com", "", "", "AI Assistant"},
		{"somebot", "ai-assistant", "(ai-assistant)", "AI Assistant"},
		{"bing", "", "", "Organic Search"},
		{"club", "organic", "", "Organic Search"},
		{"club", "referral", "", "Referral"},
		{"club", "app", "", "Referral"},
		{"club", "link", "", "Referral"},
		{"e-mail", "", "", "Email"},
		{"club", "e mail", "", "Email"},
		{"club", "affiliate", "", "Affiliates"},
		{"club", "audio", "", "Audio"},
		{"sms", "", "", "SMS"},
		{"club", "sms", "", "SMS"},
		{"club", "webpush", "", "Mobile Push Notifications"},
		{"club", "mobile-x", "", "Mobile Push Notifications"},
		{"club", "notification-1", "", "Mobile Push Notifications"},
		{"firebase", "", "", "Mobile Push Notifications"},
		{"club", "flyer", "", "Unassigned"},
		// Where two rules hold.
		{"facebook", "cpm", "", "Paid Social"},
		{"club", "cpm", "", "Display"},
		{"google", "cpm", "", "Paid Search"},
		{"google", "display", "", "Display"},
		{"google", "cpc", "shop", "Paid Shopping"},
		{"google", "cpc", "cross-network shopping", "Cross-network"},
		{"facebook", "email", "", "Organic Social"},
		{"email", "referral", "", "Referral"},
		{"google", "social", "", "Organic Social"},
		{"chatgpt.com", "organic", "", "AI Assistant"},
		{"chatgpt.com", "cpc", "", "Paid Other"},
		{"chatgpt.com", "referral", "", "AI Assistant"},
		// Case, hosts as sources, and near misses.
		{"GOOGLE", "Organic", "", "Organic Search"},
		{"M.Facebook.com", "x", "", "Organic Social"},
		{"google.nl", "x", "", "Organic Search"},
		{"ig", "x", "", "Organic Social"},
		{"facebookish", "x", "", "Unassigned"},
		{"google ", "cpc", "", "Paid Search"},
		{"club", "prepaid", "", "Unassigned"},
		{"club", "ppc2", "", "Unassigned"},
		{"club", "retargeting", "", "Paid Other"},
		{"club", "x", "workshop", "Unassigned"},
		{"club", "x", "webshop", "Unassigned"},
		{"club", "x", "web-shop", "Organic Shopping"},
		{"club", "x", "workshop and shop", "Organic Shopping"},
		{"club", "x", "3shop", "Organic Shopping"},
		{"club", "pusher", "", "Unassigned"},
	}
	for _, test := range tests {
		t.Run(strings.Join([]string{test.source, test.medium, test.name}, "|"), func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, tagged(test.source, test.medium, test.name))
		})
	}
}

// TestChannelsFollowExpressions holds the rules that are written out in code
// against the expressions that Google publishes.
func TestChannelsFollowExpressions(t *testing.T) {
	t.Parallel()
	paid := regexp.MustCompile(`^(.*cp.*|ppc|retargeting|paid.*)$`)
	shop := regexp.MustCompile(`^(.*(([^a-df-z]|^)shop|shopping).*)$`)
	text := rapid.StringMatching(`(c|p|cp|cpc|ppc|paid|retargeting|e|w|é| |-|7|s|sh|shop|ping|shopping){0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		medium := strings.TrimSpace(text.Draw(t, "medium"))
		name := strings.TrimSpace(text.Draw(t, "name"))
		want := "Unassigned"
		switch p, s := paid.MatchString(medium), shop.MatchString(name); {
		case p && s:
			want = "Paid Shopping"
		case p:
			want = "Paid Other"
		case s:
			want = "Organic Shopping"
		}
		if got := tagged("club", medium, name); got != want {
			t.Fatalf("%q %q: got %q, want %q", medium, name, got, want)
		}
	})
}
