package campaign_test

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// pairs draws parameters of a query: known and unknown, whole and broken.
var pairs = rapid.SliceOfN(rapid.OneOf(
	rapid.StringMatching(`(utm|mtm|pk)_(source|medium|campaign|keyword|kwd|term|content)=(a|B|%20|%zz|\{x\}|facebook|cpc|email){0,3}`),
	rapid.SampledFrom([]string{"gclid=1", "fbclid=2", "mc_eid=3", "msclkid=", "srsltid=5", "ttclid={x}"}),
), 0, 6)

// referrers draws Referer headers of all kinds.
var referrers = rapid.SampledFrom([]string{
	"", "https://www.google.nl/", "https://l.instagram.com/x", "https://example.org/", "https://www.mollie.com/",
	"http://192.0.2.1/", "https://www.example.nl/a", "https://mail.google.com/", "about:blank",
})

// unknown draws parameters that mean nothing.
var unknown = rapid.SliceOfN(rapid.StringMatching(`[a-z_%;]{0,8}(=[a-z0-9%&]{0,6})?`), 0, 4)

func TestUnknownParametersChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		known, referrer := pairs.Draw(t, "pairs"), referrers.Draw(t, "referrer")
		var mixed []string
		for _, p := range known {
			for _, u := range unknown.Draw(t, "unknown") {
				mixed = append(mixed, "x"+u)
			}
			mixed = append(mixed, p)
		}
		want := query(strings.Join(known, "&"), referrer)
		if got := query(strings.Join(mixed, "&"), referrer); got != want {
			t.Fatalf("%q: got %+v, want %+v", mixed, got, want)
		}
	})
}

func TestRepetitionChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw, referrer := strings.Join(pairs.Draw(t, "pairs"), "&"), referrers.Draw(t, "referrer")
		if got, want := query(raw+"&"+raw, referrer), query(raw, referrer); got != want {
			t.Fatalf("%q: got %+v, want %+v", raw, got, want)
		}
	})
}

func TestSelfIsLikeNoReferrer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw, referrer := strings.Join(pairs.Draw(t, "pairs"), "&"), referrers.Draw(t, "referrer")
		u := &url.URL{Path: "/", RawQuery: raw}
		got := campaign.Parse(u, referrer, func(string) bool { return true })
		if want := campaign.Parse(u, "", nil); got != want {
			t.Fatalf("%q, %q: got %+v, want %+v", raw, referrer, got, want)
		}
	})
}

// TestTagsAreNeverOverruled holds that whatever a link says of its source and
// medium stays, whatever else there is.
func TestTagsAreNeverOverruled(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := "utm_source=club&utm_medium=flyer&" + strings.Join(pairs.Draw(t, "pairs"), "&")
		c := query(raw, referrers.Draw(t, "referrer"))
		if c.Source != "club" || c.Medium != "flyer" {
			t.Fatalf("%q: got %+v", raw, c)
		}
	})
}

// TestEscapingChangesNothing holds that a link with every byte escaped says what
// it says without.
func TestEscapingChangesNothing(t *testing.T) {
	t.Parallel()
	const digits = "0123456789abcdef"
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[a-zA-Z0-9é😀._ -]{0,20}`).Draw(t, "value")
		var escaped strings.Builder
		for i := range len(value) {
			escaped.Write([]byte{'%', digits[value[i]>>4], digits[value[i]&15]})
		}
		plain := strings.ReplaceAll(value, " ", "+")
		if got, want := query("utm_term="+escaped.String(), ""), query("utm_term="+plain, ""); got != want {
			t.Fatalf("%q: got %+v, want %+v", value, got, want)
		}
	})
}
