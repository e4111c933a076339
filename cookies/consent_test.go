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
		refused   = "the visitor refused"
		signal    = "the browser sends Sec-GPC or DNT"
		granted   = "the visitor consented"
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
		denied  = want{no, no, no, refused}
		nothing = want{no, no, no, noProfile}
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
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for profile, want := range map[cookies.Profile]want{
				cookies.Netherlands: test.netherlands, cookies.Strict: test.strict, 0: nothing, cookies.Strict + 1: nothing,
			} {
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
	f.Add(uint8(1), uint8(1), "1", "")
	f.Add(uint8(2), uint8(0), "", "1")
	f.Fuzz(func(t *testing.T, profile, consent uint8, gpc, dnt string) {
		p, c := cookies.Profile(profile), cookies.Consent(consent)
		h := http.Header{"Sec-Gpc": {gpc}, "Dnt": {dnt}}
		got, unsignaled := cookies.Permit(p, c, h), cookies.Permit(p, c, nil)
		if got.Tracking {
			require.True(t, got.Analytic)
			require.Equal(t, cookies.Granted, c)
			require.False(t, gpc == "1" || dnt == "1")
		}
		if got.Analytic && c != cookies.Granted {
			require.Equal(t, cookies.Netherlands, p)
			require.Equal(t, cookies.Unknown, c)
		}
		require.Equal(t, unsignaled.Analytic, got.Analytic, "a signal is about tracking")
	})
}

func TestProfile(t *testing.T) {
	for profile, name := range map[cookies.Profile]string{
		0: "", cookies.Netherlands: "Netherlands", cookies.Strict: "Strict", 9: "Profile(9)",
	} {
		require.Equal(t, name, profile.String())
		require.Equal(t, name == "Netherlands" || name == "Strict", profile.Valid())
	}
}
