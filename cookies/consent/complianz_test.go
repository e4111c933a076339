package consent_test

import (
	"strings"
	"testing"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

func TestComplianz(t *testing.T) {
	t.Parallel()
	const all = `cmplz_consented_services={"youtube":true}; cmplz_policy_id=16; cmplz_functional=allow; cmplz_preferences=deny; ` +
		`cmplz_statistics=allow; cmplz_marketing=allow; cmplz_banner-status=dismissed`
	with := func(old, other string) string { return strings.Replace(all, old, other, 1) }
	const policy, statisticsAllow, marketingAllow = "cmplz_policy_id=16", "cmplz_statistics=allow", "cmplz_marketing=allow"
	check(t, consent.Complianz{PolicyID: "16"}, []test{
		{"none", "a=b", unknown},
		{"all", all, granted},
		{"statistics", with(marketingAllow, "cmplz_marketing=deny"), statistics},
		{"marketing", with(statisticsAllow, "cmplz_statistics=deny"), marketing},
		{"nothing", "cmplz_statistics=deny; cmplz_marketing=deny", refused},
		{"marketing only, statistics was not asked", with(statisticsAllow, "x=y"), cookies.Unknown.WithTracking(cookies.Granted)},
		{"an earlier policy", with(policy, "cmplz_policy_id=15"), unknown},
		{"a longer policy", with(policy, "cmplz_policy_id=160"), unknown},
		{"no policy", with(policy, "x=y"), unknown},
		{"an earlier policy, and refused", "cmplz_policy_id=15; cmplz_statistics=allow; cmplz_marketing=deny", oldStatistics},
		{"two policies", all + "; cmplz_policy_id=15", unknown},
		{"the banner is still there", with("dismissed", "show"), unknown},
		{"no state of the banner", with("cmplz_banner-status=dismissed", "x=y"), unknown},
		{"a state that is none", with(statisticsAllow, "cmplz_statistics=Allow"), cookies.Unknown.WithTracking(cookies.Granted)},
		{"an empty state", with(marketingAllow, "cmplz_marketing="), cookies.Granted.WithTracking(cookies.Unknown)},
		{"twice", all + "; " + all, granted},
		{"twice, and they disagree", "cmplz_marketing=deny; " + all, statistics},
		{"twice, one is unreadable", all + "; cmplz_marketing=%61llow", cookies.Granted.WithTracking(cookies.Unknown)},
		{"anonymous statistics are another category", with(statisticsAllow, "cmplz_statistics-anonymous=allow"), cookies.Unknown.WithTracking(cookies.Granted)},
		{"another prefix", strings.ReplaceAll(all, "cmplz_", "x_"), unknown},
	})
	check(t, consent.Complianz{PolicyID: "16", Prefix: "x_"}, []test{{"own prefix", strings.ReplaceAll(all, "cmplz_", "x_"), granted}})
	check(t, consent.Complianz{}, []test{
		{"no policy is named", all, unknown},
		{"no policy is named, and none came", with(policy, "cmplz_policy_id="), unknown},
		{"no policy is named, and refused", with(statisticsAllow, "cmplz_statistics=deny"), oldMarketing},
	})
}
