package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// optanon returns the cookie of OneTrust with other groups.
func optanon(groups string) string {
	return "OptanonConsent=isGpcEnabled=0&datestamp=Tue+Nov+24+2026+12%3A35%3A32+GMT%2B0100+(Central+European+Standard+Time)" +
		"&version=202501.2.0&browserGpcFlag=0&isIABGlobal=false&hosts=&consentId=7f3cf16d&interactionCount=1&isAnonUser=1" +
		"&landingPath=NotLandingPage&groups=" + groups + "&geolocation=NL%3BZH&AwaitingReconsent=false"
}

func TestOneTrust(t *testing.T) {
	t.Parallel()
	const closed = "; OptanonAlertBoxClosed=2026-11-23T10:11:12.838Z"
	const groups = "C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A1"
	all := optanon(groups)
	some := optanon(strings.Replace(groups, "C0004%3A1", "C0004%3A0", 1))
	uncounted := strings.Replace(all, "&interactionCount=1", "", 1)
	unused := func(cookie string) string {
		return strings.Replace(cookie, "interactionCount=1", "interactionCount=0", 1)
	}
	check(t, consent.OneTrust{Analytic: "C0002", Tracking: "C0004"}, []test{
		{"none", "a=b" + closed, unknown},
		{"all", all + closed, granted},
		{"raw colons and commas", optanon("C0001:1,C0002:1,C0004:1") + closed, granted},
		{"another order", "OptanonConsent=groups=C0004:1,C0002:1&interactionCount=12&hosts=" + closed, granted},
		{"closed first", closed[2:] + "; " + all, granted},
		{"statistics", some + closed, statistics},
		{"marketing", optanon("C0002:0,C0004:1") + closed, marketing},
		{"a group is missing", optanon("C0001:1,C0002:1") + closed, statistics},
		{"both are missing", optanon("1:1,STACK42:1") + closed, refused},
		{"nobody answered yet", unused(all), unknown},
		{"nobody answered yet, all off", unused(optanon("C0002:0,C0004:0")), unknown},
		{"closed is no consent", unused(all) + closed, unknown},
		{"closed is a refusal", unused(some) + closed, oldStatistics},
		{"a version that does not count", uncounted + closed, granted},
		{"a version that does not count, not closed", uncounted, unknown},
		{"a count that is none", strings.Replace(all, "interactionCount=1", "interactionCount=-1", 1) + closed, unknown},
		{"a count that is empty", strings.Replace(all, "interactionCount=1", "interactionCount=", 1) + closed, unknown},
		{"not closed: OneTrust asks again", all, unknown},
		{"not closed, and refused", some, oldStatistics},
		{"awaiting", strings.Replace(all, "AwaitingReconsent=false", "AwaitingReconsent=true", 1) + closed, unknown},
		{"awaiting something", strings.Replace(all, "AwaitingReconsent=false", "AwaitingReconsent=", 1) + closed, unknown},
		{"awaiting, and refused", strings.Replace(some, "AwaitingReconsent=false", "AwaitingReconsent=true", 1) + closed, oldStatistics},
		{"awaiting is missing", strings.Replace(all, "&AwaitingReconsent=false", "", 1) + closed, granted},
		{"an old consent", all + "; OptanonAlertBoxClosed=2026-01-01T00:00:00.000Z", unknown},
		{"an old refusal", some + "; OptanonAlertBoxClosed=2024-01-01T00:00:00.000Z", oldStatistics},
		{"closed in the future", all + "; OptanonAlertBoxClosed=2027-01-01T00:00:00.000Z", unknown},
		{"closed without a date", all + "; OptanonAlertBoxClosed=true", unknown},
		{"closed, encoded", all + "; OptanonAlertBoxClosed=2026-11-23T10%3A11%3A12.838Z", granted},
		{"closed twice", all + closed + "; OptanonAlertBoxClosed=2026-01-01T00:00:00.000Z", unknown},
		{"twice", all + closed + "; " + all, granted},
		{"twice, and they disagree", all + closed + "; " + some, statistics},
		{"twice, one is unreadable", all + closed + "; OptanonConsent=", unknown},
		{"groups twice", all + "&groups=C0002:1" + closed, unknown},
		{"a group twice", optanon("C0002:1,C0002:1,C0004:1") + closed, unknown},
		{"a state that is none", optanon("C0002:1,C0004:2") + closed, unknown},
		{"a state is missing", optanon("C0002:1,C0004") + closed, unknown},
		{"an empty group", optanon("C0002:1,,C0004:1") + closed, unknown},
		{"the empty id", optanon("C0002:1,:1,C0004:1") + closed, unknown},
		{"no groups", optanon("") + closed, unknown},
		{"a bad escape", strings.Replace(all, "%2B", "%2x", 1) + closed, unknown},
		{"too long", all + "&x=" + strings.Repeat("A", 4096) + closed, unknown},
		{"spaces are no ids", optanon("C0002+:1,C0004:1") + closed, cookies.Refused.WithTracking(cookies.Granted)},
	})
	check(t, consent.OneTrust{Analytic: "C0002", Tracking: "C0004", MaxAge: 395 * 24 * time.Hour}, []test{
		{"older, as the site allows", all + "; OptanonAlertBoxClosed=2026-01-01T00:00:00.000Z", granted},
	})
	check(t, consent.OneTrust{Analytic: "C0002"}, []test{{"no id for tracking", all + closed, statistics}})
	check(t, consent.OneTrust{}, []test{{"no ids", all + closed, refused}, {"no ids, no cookie", "a=b", unknown}})
}
