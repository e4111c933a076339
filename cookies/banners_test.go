package cookies_test

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// banner is one maker's banner: what a site configures, and the cookies in which
// a visitor's answer comes at noon.
type banner struct {
	reader consent.Reader
	cookie func(statistics, marketing bool, given time.Time, revision string) string
}

// banners are the banners that are read.
var banners = map[string]banner{
	"Cookiebot": {consent.Cookiebot{}, func(statistics, marketing bool, given time.Time, revision string) string {
		method := map[bool]string{true: "explicit", false: "implied"}[revision == "1"]
		return fmt.Sprintf("CookieConsent={stamp:%%27c3RhbXA=%%27%%2Cnecessary:true%%2Cpreferences:false%%2Cstatistics:%t%%2Cmarketing:%t"+
			"%%2Cmethod:%%27%s%%27%%2Cver:1%%2Cutc:%d%%2Cregion:%%27nl%%27}", statistics, marketing, method, given.UnixMilli())
	}},
	"OneTrust": {consent.OneTrust{Analytic: "C0002", Tracking: "C0004"}, func(statistics, marketing bool, given time.Time, revision string) string {
		digit := map[bool]int{true: 1}
		return fmt.Sprintf("OptanonConsent=isGpcEnabled=0&datestamp=Tue+Nov+24+2026&version=202501.2.0&hosts=&consentId=x&interactionCount=1"+
			"&landingPath=NotLandingPage&groups=C0001%%3A1%%2CC0002%%3A%d%%2CC0004%%3A%d&geolocation=NL%%3B&AwaitingReconsent=%t"+
			"; OptanonAlertBoxClosed=%s", digit[statistics], digit[marketing], revision != "1", given.Format("2006-01-02T15:04:05.000Z"))
	}},
	"Complianz": {consent.Complianz{PolicyID: "1"}, func(statistics, marketing bool, _ time.Time, revision string) string {
		state := map[bool]string{true: "allow", false: "deny"}
		return fmt.Sprintf(`cmplz_consented_services={"youtube":true}; cmplz_policy_id=%s; cmplz_statistics=%s; cmplz_marketing=%s; `+
			`cmplz_banner-status=dismissed`, revision, state[statistics], state[marketing])
	}},
	"Klaro": {consent.Klaro{Analytic: "counts", Tracking: "calls"}, func(statistics, marketing bool, _ time.Time, _ string) string {
		return fmt.Sprintf(`klaro={"counts":%t,"calls":%t}`, statistics, marketing)
	}},
	"CookieConsent": {consent.CookieConsent{Analytic: "analytics", Tracking: "ads", Revision: 1},
		func(statistics, marketing bool, given time.Time, revision string) string {
			categories := `"necessary"`
			if statistics {
				categories += `,"analytics"`
			}
			if marketing {
				categories += `,"ads"`
			}
			return fmt.Sprintf(`cc_cookie={"categories":[%s],"revision":%s,"data":null,"consentTimestamp":%q,"consentId":"x","services":{},`+
				`"lastConsentTimestamp":%[3]q}`, categories, revision, given.Format(time.RFC3339Nano))
		}},
}

// yesterday is when the visitors of these tests answered.
var yesterday = noon.Add(-24 * time.Hour)

// answered returns the permissions that each banner gives at noon.
func answered(p cookies.Profile, statistics, marketing bool, given time.Time, revision string) map[string]cookies.Permission {
	permissions := make(map[string]cookies.Permission)
	for name, b := range banners {
		r := visit("www.example.nl", "theme=dark", b.cookie(statistics, marketing, given, revision))
		permissions[name] = cookies.Permit(p, b.reader.Read(r, noon), r.Header)
	}
	return permissions
}

// unanswered requires that no banner finds an answer in a request.
func unanswered(t *testing.T, pairs ...string) {
	t.Helper()
	for name, b := range banners {
		require.Equal(t, cookies.Unknown, b.reader.Read(visit("www.example.nl", pairs...), noon), name)
	}
}

// fieldsOf returns the names of a struct's fields.
func fieldsOf(of reflect.Type) (names []string) {
	for i := range of.NumField() {
		names = append(names, of.Field(i).Name)
	}
	return names
}

// places returns what a browser takes to tell cookies apart, and Secure.
func places(h http.Header) map[string]bool {
	all := make(map[string]bool)
	for _, c := range (&http.Response{Header: h}).Cookies() {
		all[c.Name+" "+c.Domain+" "+c.Path] = c.Secure
	}
	return all
}
