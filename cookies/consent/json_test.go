package consent_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies/consent"
)

func TestKlaro(t *testing.T) {
	t.Parallel()
	check(t, consent.Klaro{Analytic: "qooqie", Tracking: "qooqie-calls"}, []test{
		{"none", "a=b", unknown},
		{"all", "klaro=%7B%22qooqie%22%3Atrue%2C%22qooqie-calls%22%3Atrue%7D", granted},
		{"raw", `klaro={"qooqie":true,"qooqie-calls":true}`, granted},
		{"half encoded", `klaro={%22qooqie%22:true%2C%22qooqie-calls%22:true}`, granted},
		{"statistics", `klaro={"qooqie":true,"qooqie-calls":false,"youtube":true}`, statistics},
		{"marketing", `klaro={"qooqie":false,"qooqie-calls":true}`, marketing},
		{"a service is missing", `klaro={"qooqie":true}`, statistics},
		{"all are missing", `klaro={"youtube":true}`, refused},
		{"an empty object", `klaro={}`, refused},
		{"another case", `klaro={"Qooqie":true,"QOOQIE-CALLS":true}`, refused},
		{"a service twice", `klaro={"qooqie":false,"qooqie":true,"qooqie-calls":true}`, unknown},
		{"a text is not true", `klaro={"qooqie":"true","qooqie-calls":true}`, unknown},
		{"1 is not true", `klaro={"qooqie":1,"qooqie-calls":true}`, unknown},
		{"null", `klaro={"qooqie":null,"qooqie-calls":true}`, unknown},
		{"an object within", `klaro={"x":{"qooqie":true},"qooqie":true,"qooqie-calls":true}`, unknown},
		{"something behind", `klaro={"qooqie":true,"qooqie-calls":true}{}`, unknown},
		{"an array", `klaro=["qooqie","qooqie-calls"]`, unknown},
		{"true", `klaro=true`, unknown},
		{"cut", `klaro={"qooqie":true,"qooqie-calls":true`, unknown},
		{"a bad escape", `klaro={"qooqie":true,"qooqie-calls":true,"%":true}`, unknown},
		{"twice, and they disagree", `klaro={"qooqie":true,"qooqie-calls":true}; klaro={"qooqie":true,"qooqie-calls":false}`, statistics},
		{"twice, one is unreadable", `klaro={"qooqie":true,"qooqie-calls":true}; klaro=`, unknown},
		{"too long", `klaro={"qooqie":true,"qooqie-calls":true,"` + strings.Repeat("A", 4096) + `":true}`, unknown},
	})
	check(t, consent.Klaro{Analytic: "a", Cookie: "other"}, []test{
		{"another cookie", `klaro={"a":false}; other={"a":true}`, statistics},
	})
	check(t, consent.Klaro{}, []test{{"no names", `klaro={"":true}`, refused}})
}

// bida returns the cookie of Orest Bida's banner, raw.
func bida(categories, revision string, given time.Time) string {
	stamp := given.Format("2006-01-02T15:04:05.000Z")
	return fmt.Sprintf(`cc_cookie={"categories":[%s],"revision":%s,"data":null,"consentTimestamp":"2020-01-01T00:00:00.000Z",`+
		`"consentId":"7f3cf16d","services":{"necessary":[],"analytics":[]},"lastConsentTimestamp":%q}`, categories, revision, stamp)
}

func TestCookieConsent(t *testing.T) {
	t.Parallel()
	given := noon.Add(-time.Hour)
	const both = `"necessary","analytics","ads"`
	all := bida(both, "2", given)
	name, value, _ := strings.Cut(all, "=")
	check(t, consent.CookieConsent{Analytic: "analytics", Tracking: "ads", Revision: 2}, []test{
		{"none", "a=b", unknown},
		{"all, encoded", name + "=" + url.PathEscape(value), granted},
		{"all, raw", all, granted},
		{"statistics", bida(`"necessary","analytics"`, "2", given), statistics},
		{"marketing", bida(`"ads"`, "2", given), marketing},
		{"nothing", bida(`"necessary"`, "2", given), refused},
		{"no categories", bida(``, "2", given), refused},
		{"an earlier revision", bida(both, "1", given), unknown},
		{"an earlier revision, and refused", bida(`"analytics"`, "1", given), oldStatistics},
		{"a later revision", bida(both, "3", given), unknown},
		{"a revision that is a text", bida(both, `"2"`, given), unknown},
		{"a revision that is 2.0", bida(both, "2.0", given), unknown},
		{"no revision", strings.Replace(all, `"revision"`, `"revisions"`, 1), unknown},
		{"a revision twice", strings.Replace(all, `"data":null`, `"revision":2`, 1), unknown},
		{"an old consent", bida(both, "2", noon.Add(-184*24*time.Hour)), unknown},
		{"an old refusal", bida(`"analytics"`, "2", noon.Add(-184*24*time.Hour)), oldStatistics},
		{"a consent of the future", bida(both, "2", noon.Add(48*time.Hour)), unknown},
		{"no date", strings.Replace(all, "lastConsentTimestamp", "last", 1), unknown},
		{"a date that is null", strings.Replace(all, `"2026-11-24T11:00:00.000Z"`, "null", 1), unknown},
		{"a date that is a number", strings.Replace(all, `"2026-11-24T11:00:00.000Z"`, "1764068400000", 1), unknown},
		{"categories that are an object", strings.Replace(all, "["+both+"]", `{"analytics":true,"ads":true}`, 1), unknown},
		{"categories that are a text", strings.Replace(all, "["+both+"]", `"analytics,ads"`, 1), unknown},
		{"categories that are null", strings.Replace(all, "["+both+"]", `null`, 1), unknown},
		{"categories with a number", bida(`"analytics","ads",1`, "2", given), unknown},
		{"no categories at all", strings.Replace(all, "categories", "Categories", 1), unknown},
		{"another case", bida(`"Analytics","ADS"`, "2", given), refused},
		{"version 2", `cc_cookie={"categories":["analytics","ads"],"level":["analytics","ads"],"revision":2,"consent_date":"2026-11-24T11:00:00.000Z"}`, unknown},
		{"twice, and they disagree", all + "; " + bida(`"analytics"`, "2", given), statistics},
		{"twice, one is unreadable", all + "; cc_cookie={}", unknown},
		{"too long", bida(both+`,"`+strings.Repeat("A", 4096)+`"`, "2", given), unknown},
	})
	check(t, consent.CookieConsent{Analytic: "analytics", Tracking: "ads", Cookie: "other", MaxAge: 365 * 24 * time.Hour}, []test{
		{"another cookie", strings.Replace(bida(both, "0", noon.Add(-300*24*time.Hour)), name, "other", 1), granted},
		{"the usual cookie", bida(both, "0", given), unknown},
	})
	check(t, consent.CookieConsent{}, []test{{"no names", bida(`"","analytics"`, "0", given), refused}})
}
