package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// readers are all, set up for the cookies of seeds.
var readers = map[string]consent.Reader{
	"Cookiebot":     consent.Cookiebot{},
	"OneTrust":      consent.OneTrust{Analytic: "C0002", Tracking: "C0004"},
	"Complianz":     consent.Complianz{PolicyID: "16"},
	"Klaro":         consent.Klaro{Analytic: "qooqie", Tracking: "calls"},
	"CookieConsent": consent.CookieConsent{Analytic: "analytics", Tracking: "ads"},
}

// seeds are consents to everything.
var seeds = map[string]string{
	"Cookiebot": cookiebot("true", "true", "%27explicit%27", noon),
	"OneTrust":  optanon("C0002:1,C0004:1") + "; OptanonAlertBoxClosed=2026-11-23T10:11:12.838Z",
	"Complianz": "cmplz_policy_id=16; cmplz_statistics=allow; cmplz_marketing=allow; cmplz_banner-status=dismissed",
	"Klaro":     `klaro={"qooqie":true,"calls":true}`,
	// The encoded form; the raw one is among the tables.
	"CookieConsent": strings.NewReplacer(`"`, "%22", "[", "%5B").Replace(bida(`"analytics","ads"`, "0", noon)),
}

// grants reports whether any purpose is granted.
func grants(c cookies.Consent) bool { return c.Analytic() == granted || c.Tracking() == granted }

// words are what a Cookie header must have at least for the reader to grant
// something. What the fuzzer makes without them is garbage.
var words = map[string][]string{
	"Cookiebot":     {"CookieConsent", "true", "explicit", "utc", "stamp"},
	"OneTrust":      {"OptanonConsent", "OptanonAlertBoxClosed", "groups", "1"},
	"Complianz":     {"cmplz_policy_id", "16", "allow", "dismissed"},
	"Klaro":         {"klaro", "true"},
	"CookieConsent": {"cc_cookie", "categories", "revision", "lastConsentTimestamp"},
}

func FuzzReaders(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed, "", int64(0))
		f.Add(seed, seed, int64(1000))
		f.Add(seed[:len(seed)/2], seed[len(seed)/2:], int64(-1))
	}
	f.Add("CookieConsent=-1; OptanonConsent=; cmplz_marketing=; klaro=%7B", "cc_cookie={}; CookieConsent=0", int64(1))
	f.Fuzz(func(t *testing.T, one, two string, seconds int64) {
		now := noon.Add(time.Duration(seconds%1e9) * time.Second)
		r := request(one, two)
		for name, reader := range readers {
			got := reader.Read(r, now)
			require.Equal(t, got, reader.Read(r, now), "pure")
			require.Equal(t, got, got.Analytic().WithTracking(got.Tracking()), "one of the nine")
			// An answer is never better for being given twice, or for a cookie
			// that can't be read beside it.
			twin := reader.Read(request(one, two, one, two), now)
			require.Equal(t, got, twin, "the same cookies again")
			if !grants(got) {
				continue
			}
			plain := strings.ToLower(unescaped(one + "\n" + two))
			for _, word := range words[name] {
				// JSON can write any letter with a backslash.
				require.True(t, strings.Contains(plain, strings.ToLower(word)) || strings.Contains(plain, `\`), name)
			}
			require.False(t, grants(reader.Read(request(one, two, broken(name)), now)), "a doubt is no consent")
		}
	})
}

// unescaped undoes percent-encoding, also where it is bad.
func unescaped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, low := strings.IndexByte(hex, text[i+1]|0x20), strings.IndexByte(hex, text[i+2]|0x20)
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

const hex = "0123456789abcdef"

// broken returns a cookie of the reader's name that nobody can read.
func broken(name string) string {
	return map[string]string{
		"Cookiebot": "CookieConsent={", "OneTrust": "OptanonConsent=%", "Complianz": "cmplz_policy_id=0",
		"Klaro": "klaro=[]", "CookieConsent": "cc_cookie=%",
	}[name]
}

func TestSeeds(t *testing.T) {
	t.Parallel()
	for name, reader := range readers {
		for other, seed := range seeds {
			want := unknown
			if name == other {
				want = granted
			}
			require.Equal(t, want, reader.Read(request(seed), noon), "%s reads %s", name, other)
		}
	}
}

// One changed byte never turns a refusal into a consent, whatever the byte is: the
// tables refuse one purpose, and the change may make that a doubt at most, unless
// it writes the very word of a consent.
func TestEveryChangedByte(t *testing.T) {
	t.Parallel()
	for name, seed := range map[string]string{
		"Cookiebot":     cookiebot("false", "false", "%27explicit%27", noon),
		"Complianz":     "cmplz_policy_id=16; cmplz_statistics=deny; cmplz_marketing=deny; cmplz_banner-status=dismissed",
		"Klaro":         `klaro={"qooqie":false,"calls":false}`,
		"CookieConsent": bida(`"necessary"`, "0", noon),
	} {
		for i := range seed {
			for b := range 256 {
				changed := seed[:i] + string([]byte{byte(b)}) + seed[i+1:]
				require.False(t, grants(readers[name].Read(request(changed), noon)), changed)
			}
		}
	}
}

func BenchmarkReaders(b *testing.B) {
	for name, reader := range readers {
		r := request("theme=dark; _ga=GA1.1.1; " + seeds[name])
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reader.Read(r, noon)
			}
		})
	}
}
