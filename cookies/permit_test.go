package cookies_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// header returns a header with one field, whose name is written as on the wire.
func header(name string, values ...string) http.Header {
	h := http.Header{}
	for _, value := range values {
		h.Add(name, value)
	}
	return h
}

func TestPermit(t *testing.T) {
	t.Parallel()
	const (
		objected  = "the visitor objected"
		refused   = "the visitor refused"
		signal    = "the browser sends Sec-GPC or DNT"
		granted   = "the visitor consented"
		partly    = "the visitor consented to analytic use only"
		analytic  = "the profile permits analytic use without consent"
		noConsent = "the profile permits nothing without consent"
		noProfile = "the site has no profile"

		no, yes = false, true
	)
	type want struct {
		analytic, tracking, conflict bool
		reason                       string
	}
	var (
		nobody  = http.Header{}
		gpc     = header("Sec-GPC", "1")
		against = want{no, no, no, objected}
		denied  = want{no, no, no, refused}
		nothing = want{no, no, no, noProfile}

		statistics    = cookies.Granted.WithTracking(cookies.Refused)
		unasked       = cookies.Granted.WithTracking(cookies.Unknown)
		noMarketing   = cookies.Unknown.WithTracking(cookies.Refused)
		marketing     = cookies.Unknown.WithTracking(cookies.Granted)
		contradiction = cookies.Refused.WithTracking(cookies.Granted)
	)
	tests := []struct {
		name                string
		h                   http.Header
		consent             cookies.Consent
		netherlands, strict want
	}{
		{"no answer, no signal", nobody, cookies.Unknown, want{yes, no, no, analytic}, want{no, no, no, noConsent}},
		{"no header", nil, cookies.Unknown, want{yes, no, no, analytic}, want{no, no, no, noConsent}},
		{"refusal", nobody, cookies.Refused, denied, denied},
		{"consent", nobody, cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"GPC", gpc, cookies.Unknown, want{yes, no, no, signal}, want{no, no, no, signal}},
		{"GPC and consent", gpc, cookies.Granted, want{yes, no, yes, signal}, want{yes, no, yes, signal}},
		{"GPC and refusal", gpc, cookies.Refused, denied, denied},
		{"GPC is 0", header("Sec-GPC", "0"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"GPC is true", header("Sec-GPC", "true"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"GPC is empty", header("Sec-GPC", ""), cookies.Unknown, want{yes, no, no, analytic}, want{no, no, no, noConsent}},
		{"GPC is 1.0", header("Sec-GPC", "1.0"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"GPC is a list", header("Sec-GPC", "1, 0"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"GPC on several lines", header("sec-gpc", "0", "1"), cookies.Granted, want{yes, no, yes, signal}, want{yes, no, yes, signal}},
		{"DNT", header("DNT", "1"), cookies.Unknown, want{yes, no, no, signal}, want{no, no, no, signal}},
		{"DNT and consent", header("dnt", "1"), cookies.Granted, want{yes, no, yes, signal}, want{yes, no, yes, signal}},
		{"DNT is 0", header("DNT", "0"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"DNT is null", header("DNT", "null"), cookies.Granted, want{yes, yes, no, granted}, want{yes, yes, no, granted}},
		{"no known answer", nobody, cookies.Refused + 1, denied, denied},
		{"statistics, no marketing", nobody, statistics, want{yes, no, no, partly}, want{yes, no, no, partly}},
		{"statistics, marketing was not asked", nobody, unasked, want{yes, no, no, partly}, want{yes, no, no, partly}},
		{"statistics, no marketing, GPC", gpc, statistics, want{yes, no, no, signal}, want{yes, no, no, signal}},
		{"no marketing, statistics was not asked", nobody, noMarketing, want{yes, no, no, analytic}, want{no, no, no, noConsent}},
		{"marketing, statistics was not asked", nobody, marketing, want{yes, yes, no, granted}, want{no, no, no, noConsent}},
		{"marketing, statistics was not asked, GPC", gpc, marketing, want{yes, no, yes, signal}, want{no, no, yes, signal}},
		{"marketing, no statistics", nobody, contradiction, denied, denied},
		{"objection", request("qooqie_sid=objected"), cookies.Granted, against, against},
		{"objection among others", request("qooqie_sid=AQI", "a=b", "__Host-qooqie_sid=objected"), cookies.Granted, against, against},
		{"no objection", request("qooqie_campaign=objected", "qooqie_sid=objected2", "objected"), cookies.Granted,
			want{yes, yes, no, granted}, want{yes, yes, no, granted}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for profile, want := range map[cookies.Profile]want{
				cookies.Netherlands: test.netherlands, cookies.Strict: test.strict, 0: nothing, cookies.Strict + 1: nothing,
			} {
				if want == nothing && cookies.Objected(test.h) {
					want = against
				}
				got := cookies.Permit(profile, test.consent, test.h)
				require.Equal(t, want.analytic, got.Analytic, "analytic, profile %d", profile)
				require.Equal(t, want.tracking, got.Tracking, "tracking, profile %d", profile)
				require.Equal(t, want.conflict, got.Conflict, "conflict, profile %d", profile)
				require.Equal(t, want.reason, got.Reason.String(), "profile %d", profile)
			}
		})
	}
}

func FuzzPermit(f *testing.F) {
	f.Add(uint8(1), uint8(cookies.Granted), "1", "", "qooqie_sid=objected")
	f.Add(uint8(1), uint8(cookies.Granted), "1", "", "")
	f.Add(uint8(1), uint8(cookies.Granted), "true", "", "qooqie_sid=x")
	f.Add(uint8(2), uint8(cookies.Unknown), "", "1", "a=b")
	f.Add(uint8(2), uint8(cookies.Refused), "", "", "a=b")
	f.Fuzz(func(t *testing.T, profile, consent uint8, gpc, dnt, cookie string) {
		p, c := cookies.Profile(profile), cookies.Consent(consent)
		h := http.Header{"Sec-Gpc": {gpc}, "Dnt": {dnt}, "Cookie": {cookie}}
		got := cookies.Permit(p, c, h)
		unsignaled := cookies.Permit(p, c, http.Header{"Cookie": {cookie}})
		if got.Tracking {
			require.True(t, got.Analytic)
			require.Equal(t, cookies.Granted, c.Tracking())
			require.NotEqual(t, cookies.Refused, c.Analytic())
			require.False(t, gpc == "1" || dnt == "1")
		}
		if got.Analytic {
			require.False(t, cookies.Objected(h))
			require.NotEqual(t, cookies.Refused, c.Analytic())
			require.True(t, p == cookies.Netherlands || c.Analytic() == cookies.Granted)
		}
		require.Equal(t, unsignaled.Analytic, got.Analytic, "a signal is about tracking")
		require.Equal(t, got, cookies.Permit(p, c, h), "pure")
	})
}
