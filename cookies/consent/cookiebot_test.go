package consent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies/consent"
)

// cookiebot returns a cookie as Cookiebot sets it.
func cookiebot(statistics, marketing, method string, given time.Time) string {
	return fmt.Sprintf("CookieConsent={stamp:%%27c3RhbXA+/A==%%27%%2Cnecessary:true%%2Cpreferences:false%%2Cstatistics:%s"+
		"%%2Cmarketing:%s%%2Cmethod:%s%%2Cver:1%%2Cutc:%d%%2Cregion:%%27nl%%27}", statistics, marketing, method, given.UnixMilli())
}

func TestCookiebot(t *testing.T) {
	t.Parallel()
	given := noon.Add(-time.Hour)
	const explicit = "%27explicit%27"
	all := cookiebot("true", "true", explicit, given)
	raw := strings.NewReplacer("%27", "'", "%2C", ",").Replace(all)
	day := 24 * time.Hour
	check(t, consent.Cookiebot{}, []test{
		{"none", "a=b", unknown},
		{"all", all, granted},
		{"raw commas and quotes", raw, granted},
		{"encoded commas in lower case", strings.ReplaceAll(all, "%2C", "%2c"), granted},
		{"all of it encoded", strings.NewReplacer("{", "%7B", "}", "%7D", ":", "%3A").Replace(all), granted},
		{"in quotes", strings.Replace(raw, "={", `="{`, 1) + `"`, granted},
		{"statistics", cookiebot("true", "false", explicit, given), statistics},
		{"marketing", cookiebot("false", "true", explicit, given), marketing},
		{"nothing", cookiebot("false", "false", explicit, given), refused},
		{"no consent asked in the region", "CookieConsent=-1", unknown},
		{"refused", "CookieConsent=0", refused},
		{"one", "CookieConsent=1", unknown},
		{"implied", cookiebot("true", "true", "%27implied%27", given), unknown},
		{"implied, and refused", cookiebot("false", "true", "%27implied%27", given), oldMarketing},
		{"method without quotes", cookiebot("true", "true", "explicit", given), unknown},
		{"method is missing", strings.Replace(all, "%2Cmethod:%27explicit%27", "", 1), unknown},
		{"stamp is -1", strings.Replace(all, "c3RhbXA+/A==", "-1", 1), unknown},
		{"stamp is 0", strings.Replace(all, "c3RhbXA+/A==", "0", 1), unknown},
		{"stamp is empty", strings.Replace(all, "c3RhbXA+/A==", "", 1), unknown},
		{"stamp is missing", strings.Replace(all, "stamp:%27c3RhbXA+/A==%27%2C", "", 1), unknown},
		{"date is missing", strings.Replace(all, "%2Cutc:", "%2Cutd:", 1), unknown},
		{"date is a text", strings.Replace(all, "utc:", "utc:%27", 1), unknown},
		{"six months", cookiebot("true", "true", explicit, noon.Add(-183*day)), granted},
		{"more than six months", cookiebot("true", "true", explicit, noon.Add(-183*day-time.Millisecond)), unknown},
		{"an old refusal", cookiebot("true", "false", explicit, noon.Add(-400*day)), oldStatistics},
		{"tomorrow", cookiebot("true", "true", explicit, noon.Add(day)), granted},
		{"the day after tomorrow", cookiebot("true", "true", explicit, noon.Add(day+time.Millisecond)), unknown},
		{"the year 0", strings.Replace(all, "%2Cutc:1", "%2Cutc:-1", 1), unknown},
		{"a text is not true", cookiebot("%27true%27", "%27true%27", explicit, given), unknown},
		{"1 is not true", cookiebot("1", "TRUE", explicit, given), unknown},
		{"twice", all + "; " + all, granted},
		{"twice, and they disagree", all + "; " + cookiebot("true", "false", explicit, given), statistics},
		{"twice, one is unreadable", all + "; CookieConsent={", unknown},
		{"twice, one is a refusal", all + "; CookieConsent=0", refused},
		{"a field twice", strings.Replace(all, "marketing:true", "marketing:false%2Cmarketing:true", 1), unknown},
		{"a text that looks like fields", strings.Replace(cookiebot("false", "false", explicit, given), "region:%27nl", "region:%27,statistics:true", 1), refused},
		{"a text with a backslash", strings.Replace(raw, "c3Rh", `\'`, 1), unknown},
		{"JSON", `CookieConsent={"statistics":true,"marketing":true}`, unknown},
		{"cut", all[:len(all)-9], unknown},
		{"a bad escape", strings.Replace(all, "%27", "%2", 1), unknown},
		{"an empty object", "CookieConsent={}", unknown},
		{"empty", "CookieConsent=", unknown},
		{"no sign", "CookieConsent", unknown},
		{"too long", strings.Replace(all, "stamp:%27", "stamp:%27"+strings.Repeat("A", 4096), 1), unknown},
		{"another name", "x" + all, unknown},
		{"another case", strings.Replace(all, "CookieConsent", "cookieconsent", 1), unknown},
	})
}

func TestMaxAge(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for _, maxAge := range []time.Duration{day, 395 * day} {
		reader := consent.Cookiebot{MaxAge: maxAge}
		check(t, reader, []test{
			{maxAge.String(), cookiebot("true", "true", "%27explicit%27", noon.Add(-maxAge)), granted},
			{maxAge.String() + " and more", cookiebot("true", "true", "%27explicit%27", noon.Add(-maxAge-time.Millisecond)), unknown},
		})
	}
	check(t, consent.Cookiebot{MaxAge: 9999 * day}, []test{
		{"never longer than 13 months", cookiebot("true", "true", "%27explicit%27", noon.Add(-396*day)), unknown},
	})
	check(t, consent.Cookiebot{MaxAge: -1}, []test{
		{"negative", cookiebot("true", "true", "%27explicit%27", noon), unknown},
	})
}
