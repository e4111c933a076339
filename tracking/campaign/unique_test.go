package campaign_test

import (
	"math/rand/v2"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func TestLooksUnique(t *testing.T) {
	t.Parallel()
	for _, label := range []string{
		// E-mail addresses.
		"jan@example.nl", "Jan.de.Vries+x@mail.example.co.uk", "nieuwsbrief jan@example.nl", "jan%40example.nl", "a@b.nl", "2x@example.nl",
		"x@2x.png a@b.nl", "jan@example.nl.", "josé@voorbeeld.nl",
		// UUIDs and other long identifiers.
		"7d5e1c1a-93b4-4b1c-8f2d-0a1b2c3d4e5f", "id=7D5E1C1A-93B4-4B1C-8F2D-0A1B2C3D4E5F", "d41d8cd98f00b204e9800998ecf8427e",
		"507f1f77bcf86cd799439011", "0a1b2c3d4e5f6a7b", "01J9Z3NDEKTSV4RRFFQ69G5FAV", "clh3k2j9x0000v8l4g5h6k7j8",
		"am9obkBleGFtcGxlLmNvbQ", "xK9f2QpL7mZ4rT8wB1vN", "voorjaar-xK9f2QpL7mZ4rT8wB1vN", "mail_507f1f77bcf86cd799439011_b",
		// Telephone numbers.
		"+31612345678", "+31 6 12 34 56 78", "0612345678", "06-12345678", "020-1234567", "(020) 123 45 67", "0031612345678", "+1 (212) 555-0123",
		// Numbers of readers.
		"0_0a1b2c3d4e-5f6a7b8c9d-123456789", "klant-10293", "Klantnummer 10293", "user_84213", "nieuwsbrief-subscriber:123456", "uid84213", "actie|eid=55555",
	} {
		require.True(t, campaign.LooksUnique(label), label)
	}
}

// TestLooksUniqueIsCareful has labels that many share, as advertisers and senders
// in two languages write them.
func TestLooksUniqueIsCareful(t *testing.T) {
	t.Parallel()
	for _, label := range []string{
		"", "(id)", "google", "Voorjaarsactie 2026", "voorjaarsactie2026", "VoorjaarsActieZomerSaleHerfstKorting2026", "BlackFriday2026NL50procent",
		"spring sale", "Spring_Sale_2026_Q2_NL_BE", "NL | Search | Brand | Exact", "nl_cross-network_q4", "Q4NLBESearchBrandExact2026",
		"winterbanden 195/65R15", "195x65R15winterbandenset", "iPhone 16 Pro Max 256GB", "iPhone16ProMax1TB", "SamsungGalaxyS24Ultra5G256GB",
		"MacBookPro14M3Pro18GB", "audi-a3-s3-rs3", "300x250_banner_v2", "banner@2x.png", "header@3x.jpg", "sale @ Utrecht", "@qooqie", "jan@kantoor",
		"arbeidsongeschiktheidsverzekering", "hottentottententententoonstelling", "kindercarnavalsoptochtvoorbereidingswerkzaamheden",
		"aansprakelijkheidsverzekering2026", "angstschreeuw", "internationalization-and-accessibility",
		"21077483910", "120210987654321098", "612345678901", "1234567890", "20261123", "2026-11-23", "23-11-2026", "01-12-2026 10", "2026-11-23 09:00",
		"week 48", "w48-2026", "nieuwsbrief-48", "newsletter 2026/11", "0a1b2c3d4e-NOV", "0a1b2c3d4e-EMAIL_CAMPAIGN_2026_11_01_10_00", "0_1d-[LIST_EMAIL_ID]",
		"lead-2026", "klant-2026", "customer 2026", "users 1000", "superuser123456", "member day", "klantendag 2026", "contact-12345", "user",
		"facade2026decade", "decade", "cafe-babe", "AB", "0900-1234", "0800 1234", "112", "14024", "1 2 3 4 5 6 7 8 9 0", "50% korting", "2e gratis",
		"DSA_NL_nonbrand_B2B_tCPA", "PMax: Occasions (NL)", "RLSA-90d-v3", "ROAS400_T1_kw_bmm", "kerst2x1gratis3e4u", "TV-commercial 20s RTL4", "3FM", "NPO Radio 2",
		"a1", "v2.1.3", "10.000 euro", "1.234.567,89", "+20%", "+1", "0", "00", "(0", "(", "+",
	} {
		require.False(t, campaign.LooksUnique(label), label)
	}
}

// TestLooksUniqueFindsRandomText holds how much of what generators write is
// found. What is missed by chance looks like words and numbers.
func TestLooksUniqueFindsRandomText(t *testing.T) {
	t.Parallel()
	const hex, small = "0123456789abcdef", "0123456789abcdefghijklmnopqrstuvwxyz"
	const all = small + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	random := rand.New(rand.NewPCG(1, 2))
	for _, test := range []struct {
		alphabet    string
		length, min int // of 1000
	}{{hex, 16, 850}, {hex, 32, 990}, {all, 22, 750}, {all, 43, 850}, {small, 25, 300}} {
		found := 0
		for range 1000 {
			b := make([]byte, test.length)
			for i := range b {
				b[i] = test.alphabet[random.IntN(len(test.alphabet))]
			}
			if campaign.LooksUnique(string(b)) {
				found++
			}
		}
		require.GreaterOrEqual(t, found, test.min, "%d characters of %d", test.length, len(test.alphabet))
	}
}

func TestBucketed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		got, want campaign.Campaign
	}{
		{"ordinary", voorjaar, voorjaar},
		{
			"each label",
			campaign.Campaign{Source: "jan@example.nl", Medium: "0612345678", Name: "klant 10293", Term: "0a1b2c3d4e5f6a7b", Content: "user_84213", Channel: "Email"},
			campaign.Campaign{Source: "(id)", Medium: "(id)", Name: "(id)", Term: "(id)", Content: "(id)", Channel: "Email"},
		},
		{
			"hosts",
			campaign.Campaign{Source: "0a1b2c3d4e5f6a7b8c.ads.example.org", Referrer: "0a1b2c3d4e5f6a7b8c.ads.example.org"},
			campaign.Campaign{Source: "ads.example.org", Referrer: "ads.example.org"},
		},
		{
			"two labels, and the site's own name",
			campaign.Campaign{Referrer: "a.0a1b2c3d4e5f6a7b8c.0a1b2c3d4e5f6a7b.example"},
			campaign.Campaign{Referrer: "0a1b2c3d4e5f6a7b.example"},
		},
		{
			"paths",
			campaign.Campaign{Landing: "/afmelden/jan@example.nl/7d5e1c1a-93b4-4b1c-8f2d-0a1b2c3d4e5f"},
			campaign.Campaign{Landing: "/afmelden/(id)/(id)"},
		},
		{
			"numbers of products in paths",
			campaign.Campaign{Landing: "/p/0612345678/user-84213/9200000012345678/"},
			campaign.Campaign{Landing: "/p/0612345678/user-84213/9200000012345678/"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, test.got.Bucketed())
			require.Equal(t, test.want, test.want.Bucketed(), "once more")
		})
	}
}

// voorjaar is a campaign as many have it.
var voorjaar = campaign.Campaign{
	Source: "google", Medium: "cpc", Name: "Voorjaar 2026", Term: "occasion kopen", Content: "banner-b", Channel: "Paid Search",
	ClickID: "gclid", Referrer: "www.google.nl", Landing: "/occasions/audi-a3",
}

func TestBucketedAllocatesNothing(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() { voorjaar.Bucketed() }))
}

// TestBucketedIsClean holds what callers rely on: labels stay clean, nothing
// unique is left, and once is enough.
func TestBucketedIsClean(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{
		"a@b.nl", "/", ".", "nl", "voorjaar", "0a1b2c3d4e5f6a7b", "0612345678", "user-", "84213", "@", "%40", "é", "-", "www.", "klant ",
		"7d5e1c1a-93b4-4b1c-8f2d-0a1b2c3d4e5f",
	})
	label := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for range rapid.IntRange(0, 8).Draw(t, "parts") {
			s += part.Draw(t, "part")
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		u := &url.URL{}
		u.Path = "/" + label.Draw(t, "path")
		u.RawQuery = "utm_source=" + label.Draw(t, "source") + "&utm_term=" + label.Draw(t, "term")
		c := campaign.Parse(u, "https://"+label.Draw(t, "host"), own)
		b := c.Bucketed()
		for _, v := range values(b) {
			if len([]rune(v)) > 255 {
				t.Fatalf("%q", v)
			}
		}
		if campaign.LooksUnique(b.Source) || campaign.LooksUnique(b.Term) || b.Bucketed() != b || b.Channel != c.Channel {
			t.Fatalf("%+v became %+v", c, b)
		}
	})
}
