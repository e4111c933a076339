package cookies_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

func TestProfile(t *testing.T) {
	for profile, name := range map[cookies.Profile]string{
		0: "", cookies.Netherlands: "Netherlands", cookies.Strict: "Strict", 9: "Profile(9)",
	} {
		require.Equal(t, name, profile.String())
		require.Equal(t, name == "Netherlands" || name == "Strict", profile.Valid())
	}
}

func TestConsent(t *testing.T) {
	t.Parallel()
	answers := []cookies.Consent{cookies.Unknown, cookies.Granted, cookies.Refused}
	seen := make(map[cookies.Consent]bool)
	for _, analytic := range answers {
		require.Equal(t, analytic, analytic.Analytic())
		require.Equal(t, analytic, analytic.Tracking(), "a constant answers both")
		for _, tracking := range answers {
			both := analytic.WithTracking(tracking)
			require.Equal(t, analytic, both.Analytic())
			require.Equal(t, tracking, both.Tracking())
			require.Equal(t, both, cookies.Refused.WithTracking(both).WithTracking(both)&0xf0|both&0x0f)
			require.Equal(t, analytic == tracking, both == analytic)
			seen[both] = true
		}
	}
	require.Len(t, seen, 9)
	require.Zero(t, cookies.Unknown, "the zero Consent is no answer")
	for c := range cookies.Consent(255) {
		require.Equal(t, seen[c], c == c.Analytic().WithTracking(c.Tracking()))
		if !seen[c] {
			require.True(t, c.Analytic() == cookies.Refused || c.Tracking() == cookies.Refused, "%x", uint8(c))
		}
	}
}

func TestConsentText(t *testing.T) {
	t.Parallel()
	for c, want := range map[cookies.Consent]string{
		cookies.Unknown: "unknown", cookies.Granted: "granted", cookies.Refused: "refused", 0xff: "refused",
		cookies.Granted.WithTracking(cookies.Refused): "analytic granted, tracking refused",
		cookies.Unknown.WithTracking(cookies.Granted): "analytic unknown, tracking granted",
	} {
		require.Equal(t, want, c.String())
	}
}
