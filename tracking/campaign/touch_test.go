package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func TestTouches(t *testing.T) {
	t.Parallel()
	direct := campaign.Campaign{Channel: "Direct", Landing: "/start"}
	google := campaign.Campaign{Source: "google", Medium: "organic", Channel: "Organic Search", Landing: "/a"}
	again := google
	again.Landing = "/b"
	mail := campaign.Campaign{Source: "news", Medium: "email", Channel: "Email", Landing: "/c"}
	tests := []struct {
		name   string
		visits []campaign.Campaign
		want   campaign.Touches
	}{
		{"none", nil, campaign.Touches{}},
		{"direct", []campaign.Campaign{direct}, campaign.Touches{First: direct, Last: direct}},
		{"direct twice", []campaign.Campaign{direct, {Channel: "Direct", Landing: "/x"}}, campaign.Touches{First: direct, Last: direct}},
		{"a campaign", []campaign.Campaign{google}, campaign.Touches{First: google, Last: google}},
		{"a campaign after direct", []campaign.Campaign{direct, google}, campaign.Touches{First: google, Last: google}},
		{"direct after a campaign", []campaign.Campaign{google, direct}, campaign.Touches{First: google, Last: google}},
		{"two campaigns", []campaign.Campaign{google, mail}, campaign.Touches{First: google, Last: mail}},
		{"three, direct between", []campaign.Campaign{google, mail, direct, google, direct}, campaign.Touches{First: google, Last: google}},
		{"loaded again", []campaign.Campaign{google, again}, campaign.Touches{First: google, Last: google}},
		{"loaded again after another", []campaign.Campaign{google, mail, again}, campaign.Touches{First: google, Last: again}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got campaign.Touches
			for _, c := range test.visits {
				got = got.Add(c)
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestSameSite(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"www.example.nl", "www.example.nl", true},
		{"www.example.nl", "example.nl", true},
		{"www.example.nl", "betalen.example.nl", true},
		{"shop.example.co.uk", "example.co.uk", true},
		{"example.co.uk", "other.co.uk", false},
		{"a.github.io", "b.github.io", false},
		{"www.a.github.io", "a.github.io", true},
		{"github.io", "a.github.io", false},
		{"kobe.jp", "x.y.kobe.jp", false},
		{"example.nl", "notexample.nl", false},
		{"example.nl", "example.nl.evil.example", false},
		{"localhost", "localhost", true},
		{"localhost", "x.localhost", false},
		{"192.0.2.1", "1.192.0.2.1", false},
		{"", "", false},
		{"example.nl", "", false},
	} {
		require.Equal(t, test.want, campaign.SameSite(test.a, test.b), "%s %s", test.a, test.b)
		require.Equal(t, test.want, campaign.SameSite(test.b, test.a), "%s %s", test.b, test.a)
	}
}
