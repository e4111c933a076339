package campaign_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func TestParseReferrer(t *testing.T) {
	t.Parallel()
	tests := []struct{ referrer, host, source, channel string }{
		// Search: only where people search.
		{"https://www.google.com/", "www.google.com", "google", "Organic Search"},
		{"https://www.google.co.uk/", "www.google.co.uk", "google", "Organic Search"},
		{"https://google.com.br", "google.com.br", "google", "Organic Search"},
		{"https://images.google.be/imgres?x=1", "images.google.be", "google", "Organic Search"},
		{"android-app://com.google.android.googlequicksearchbox/", "com.google.android.googlequicksearchbox", "google", "Organic Search"},
		{"android-app//com.google.android.googlequicksearchbox", "com.google.android.googlequicksearchbox", "google", "Organic Search"},
		{"https://docs.google.com/", "docs.google.com", "docs.google.com", "Referral"},
		{"https://google.example.org/", "google.example.org", "google.example.org", "Referral"},
		{"https://notgoogle.nl/", "notgoogle.nl", "notgoogle.nl", "Referral"},
		{"https://www.google.xyz/", "www.google.xyz", "google.xyz", "Referral"},
		{"https://duckduckgo.com/", "duckduckgo.com", "duckduckgo", "Organic Search"},
		{"https://www.startpage.com/", "www.startpage.com", "startpage", "Organic Search"},
		{"https://nl.search.yahoo.com/", "nl.search.yahoo.com", "yahoo", "Organic Search"},
		{"https://yandex.com.tr/", "yandex.com.tr", "yandex", "Organic Search"},
		{"https://search.brave.com/", "search.brave.com", "brave", "Organic Search"},
		{"https://www.ecosia.org/", "www.ecosia.org", "ecosia", "Organic Search"},
		// Social: Facebook is no search engine.
		{"https://www.facebook.com/", "www.facebook.com", "facebook", "Organic Social"},
		{"https://www.facebook.com/search?q=x", "www.facebook.com", "facebook", "Organic Social"},
		{"http://m.facebook.com", "m.facebook.com", "facebook", "Organic Social"},
		{"https://lm.facebook.com/l.php?u=x", "lm.facebook.com", "facebook", "Organic Social"},
		{"https://m.me/x", "m.me", "facebook", "Organic Social"},
		{"android-app://com.reddit.frontpage", "com.reddit.frontpage", "reddit", "Organic Social"},
		{"android-app://com.linkedin.android/", "com.linkedin.android", "linkedin", "Organic Social"},
		{"https://nl.pinterest.com/", "nl.pinterest.com", "pinterest", "Organic Social"},
		{"https://t.co/abc", "t.co", "x", "Organic Social"},
		{"https://foo.t.co/", "foo.t.co", "foo.t.co", "Referral"},
		{"https://out.reddit.com/", "out.reddit.com", "reddit", "Organic Social"},
		// Assistants.
		{"https://chatgpt.com/", "chatgpt.com", "chatgpt.com", "AI Assistant"},
		{"https://gemini.google.com/app", "gemini.google.com", "gemini.google.com", "AI Assistant"},
		{"https://www.perplexity.ai/", "www.perplexity.ai", "perplexity.ai", "AI Assistant"},
		{"https://copilot.microsoft.com/", "copilot.microsoft.com", "copilot.microsoft.com", "AI Assistant"},
		// Mailboxes, shops, video.
		{"https://mail.google.com/mail/u/0/#inbox", "mail.google.com", "gmail", "Email"},
		{"android-app://com.google.android.gm/", "com.google.android.gm", "gmail", "Email"},
		{"https://outlook.live.com/", "outlook.live.com", "outlook", "Email"},
		{"https://webmail.ziggo.nl/", "webmail.ziggo.nl", "ziggo mail", "Email"},
		{"https://www.marktplaats.nl/v/x", "www.marktplaats.nl", "marktplaats", "Organic Shopping"},
		{"https://www.bol.com/", "www.bol.com", "bol", "Organic Shopping"},
		{"https://smile.amazon.co.uk/", "smile.amazon.co.uk", "amazon", "Organic Shopping"},
		{"https://m.youtube.com/", "m.youtube.com", "youtube", "Organic Video"},
		{"https://youtu.be/x", "youtu.be", "youtube", "Organic Video"},
		// Other spellings of a host.
		{"HTTPS://User:Pass@WWW.Example.ORG:8443/x", "www.example.org", "example.org", "Referral"},
		{"https://a@b@example.org./", "example.org", "example.org", "Referral"},
		{"https://xn--caf-dma.example/", "xn--caf-dma.example", "xn--caf-dma.example", "Referral"},
		{"https://my_blog.example.org?x", "my_blog.example.org", "my_blog.example.org", "Referral"},
		{`https://example.org\@google.com/`, "example.org", "example.org", "Referral"},
		{"https://www.example.org", "www.example.org", "example.org", "Referral"},
		{"android-app://org.example.reader/https/x", "org.example.reader", "org.example.reader", "Referral"},
	}
	for _, test := range tests {
		t.Run(test.referrer, func(t *testing.T) {
			t.Parallel()
			c := parse(t, "/", test.referrer)
			require.Equal(t, []string{test.host, test.source, test.channel}, []string{c.Referrer, c.Source, c.Channel})
		})
	}
}

func TestParseNoReferrer(t *testing.T) {
	t.Parallel()
	direct := campaign.Campaign{Channel: "Direct", Landing: "/"}
	for name, referrer := range map[string]string{
		"self":              "https://www.example.nl/a",
		"self, spelled odd": "http://WWW.EXAMPLE.NL.:8080",
		"transit below":     "https://checkout.pay.nl/x",
		"transit, country":  "https://accounts.google.co.uk/",
		"transit, wide":     "https://payments.amazon.de/",
		"localhost":         "http://localhost:8080/",
		"one label":         "https://intranet/",
		"IPv4":              "http://192.0.2.1/admin",
		"IPv4 in hex":       "http://192.0.2.0x1/",
		"IPv4 with dot":     "http://192.0.2.1./",
		"IPv6":              "http://[2001:db8::1]:80/",
		"IPv6 with IPv4":    "http://[::ffff:192.0.2.1]/",
		"no scheme":         "www.google.com",
		"relative":          "//www.google.com/",
		"about":             "about:blank",
		"data":              "data:text/html,x",
		"mail":              "mailto:somebody@example.org",
		"file":              "file:///home/somebody/x.html",
		"no host":           "https:///path",
		"empty label":       "https://a..example.org/",
		"leading dot":       "https://.example.org/",
		"escaped":           "https://%67oogle.com/",
		"control":           "https://goo\x00gle.com/",
		"raw other script":  "https://café.example/",
		"long name":         "https://" + strings.Repeat("a.", 127) + "nl/",
		"endless":           "https://" + strings.Repeat("a", 1<<16) + ".nl/",
		"endless user":      "https://" + strings.Repeat("u", 1<<16) + "@example.org/",
		"scheme alone":      "https://",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, direct, parse(t, "/", referrer))
		})
	}
}

func TestParseAsksSelfForHost(t *testing.T) {
	t.Parallel()
	var asked []string
	self := func(host string) bool {
		asked = append(asked, host)
		return false
	}
	u := pageURL(t, "/")
	campaign.Parse(u, "https://User@Sub.Example.ORG.:99/path?q#f", self)
	campaign.Parse(u, "http://192.0.2.1/", self)
	campaign.Parse(u, "", self)
	require.Equal(t, []string{"sub.example.org"}, asked)
}
