package cookies

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var issued = time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)

// textOf returns the readable form of a campaign.
func textOf(t testing.TB, c Campaign) string {
	t.Helper()
	c.Issued = issued
	text, ok := appendCampaign(nil, &c)
	require.True(t, ok)
	return string(text)
}

func TestCampaignText(t *testing.T) {
	t.Parallel()
	const head = "v=1&issued=2026-11-24T12:00:00Z"
	tests := []struct {
		name string
		c    Campaign
		want string
	}{
		{"one field", Campaign{Medium: "cpc"}, "&medium=cpc"},
		{"all", Campaign{
			Source: "a", Medium: "b", Name: "c", Channel: "d", ClickID: "e", Term: "f", Referrer: "g", Content: "h", Landing: "i",
		}, "&source=a&medium=b&campaign=c&channel=d&click=e&term=f&referrer=g&content=h&landing=i"},
		{"unreserved", Campaign{Name: "aZ09-._~/"}, "&campaign=aZ09-._~/"},
		{"reserved", Campaign{Name: `a b&c=d;e,f"g\h%i+j`}, "&campaign=a%20b%26c%3Dd%3Be%2Cf%22g%5Ch%25i%2Bj"},
		{"lines", Campaign{Name: "a\r\nSet-Cookie: x=y"}, "&campaign=a%0D%0ASet-Cookie%3A%20x%3Dy"},
		{"UTF-8", Campaign{Name: "één"}, "&campaign=%C3%A9%C3%A9n"},
		{"no UTF-8", Campaign{Name: "\xff\x00"}, "&campaign=%FF%00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := textOf(t, test.c)
			require.Equal(t, head+test.want, text)
			got, ok := parseCampaign(text)
			require.True(t, ok)
			test.c.Issued = issued
			require.Equal(t, test.c, got)
		})
	}
}

// What only somebody with the key could make is refused as well.
func TestParseCampaignRefuses(t *testing.T) {
	t.Parallel()
	const head = "v=1&issued=2026-11-24T12:00:00Z"
	_, ok := parseCampaign(head + "&source=a")
	require.True(t, ok)
	for _, text := range []string{
		"", "v=1", "v=1&issued=", head, head + "&", head + "source=a", "v=2" + head[3:] + "&source=a",
		"v=1&source=a&issued=2026-11-24T12:00:00Z",
		"v=1&issued=2026-11-24T12:00:00&source=a",
		"v=1&issued=2026-11-24T12:00:00.5Z&source=a",
		"v=1&issued=2026-11-24T12:00:00,0Z&source=a",
		"v=1&issued=2026-11-24T9:00:00Z&source=a",
		"v=1&issued=2026-02-30T12:00:00Z&source=a",
		"v=1&issued=2026-11-24T12:00:00+01:00&source=a",
		head + "&source=", head + "&source", head + "&source=a&", head + "&&source=a", head + "&source=a&&medium=b",
		head + "&medium=b&source=a", head + "&source=a&source=a", head + "&other=a", head + "&source=a&other=b",
		head + "&source=a=b", head + "&source=a b", head + "&source=a+b", head + "&source=%6", head + "&source=%",
		head + "&source=%2f", head + "&source=%61", head + "&source=%zz", head + "&source=%0d", head + "&source=é",
	} {
		_, ok := parseCampaign(text)
		require.False(t, ok, text)
	}
}

func TestCampaignLeavesOutTheLeastUseful(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct {
		name      string
		c         Campaign
		kept, out string
	}{
		{"landing first", Campaign{Source: long(200), Term: long(100), Content: long(100), Landing: long(100)},
			"source term content", "landing"},
		{"then content", Campaign{Source: long(200), Term: long(200), Content: long(100), Landing: long(100)},
			"source term", "content landing"},
		{"too long for itself", Campaign{Source: long(600), Medium: "cpc", Landing: "/"}, "medium landing", "source"},
		{"too long once escaped", Campaign{Source: strings.Repeat("é", 100), Medium: "cpc"}, "medium", "source"},
		{"a shorter one still fits", Campaign{Source: long(300), Term: long(200), Landing: "/"}, "source landing", "term"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := textOf(t, test.c)
			require.LessOrEqual(t, len(text)+sigLen, maxValue)
			for _, key := range strings.Fields(test.kept) {
				require.Contains(t, text, "&"+key+"=")
			}
			for _, key := range strings.Fields(test.out) {
				require.NotContains(t, text, "&"+key+"=")
			}
		})
	}
	exactly := Campaign{Source: long(maxValue - sigLen - len(campaignHead) - len(campaignTime) - len("&source="))}
	require.Len(t, textOf(t, exactly), maxValue-sigLen)
	exactly.Source += "x"
	for _, c := range []Campaign{{}, exactly} {
		_, ok := appendCampaign(nil, &c)
		require.False(t, ok)
	}
}

func TestCampaignRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		want := Campaign{Issued: issued, Medium: "cpc"}
		for _, field := range want.fields() {
			*field = string(rapid.SliceOfN(rapid.Byte(), 0, 12).Draw(rt, "field"))
		}
		text, ok := appendCampaign(nil, &want)
		got, parsed := parseCampaign(string(text))
		if ok != parsed || ok && got != want {
			rt.Fatalf("%q", text)
		}
	})
}

func FuzzParseCampaign(f *testing.F) {
	f.Add(textOf(f, Campaign{Source: "google", Medium: "cpc", Channel: "Paid Search", Landing: "/"}))
	f.Add(textOf(f, Campaign{Name: "één & twee", ClickID: "gclid", Referrer: "www.example.nl"}))
	f.Add("v=1&issued=2026-11-24T12:00:00Z&source=%0A")
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := parseCampaign(text)
		if !ok || len(text)+sigLen > maxValue {
			return
		}
		again, ok := appendCampaign(nil, &c)
		require.True(t, ok)
		require.Equal(t, text, string(again))
	})
}
