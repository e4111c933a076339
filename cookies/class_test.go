package cookies_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// uses returns every combination of the switches of a Use.
func uses(yield func(cookies.Use) bool) {
	fields := reflect.TypeFor[cookies.Use]().NumField() - 1 // the last is Life
	for bits := range 1 << fields {
		var u cookies.Use
		for i := range fields {
			reflect.ValueOf(&u).Elem().Field(i).SetBool(bits>>i&1 == 1)
		}
		if !yield(u) {
			return
		}
	}
}

func TestClassify(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for _, test := range []struct {
		name string
		use  cookies.Use
		want cookies.Class
		said []string // in the reasons
	}{
		{"nothing", cookies.Use{}, cookies.Functional, []string{"objects"}},
		{"session numbers", cookies.Use{VisitorNumbers: true}, cookies.Analytic, []string{"random code", "pseudonymised", "fixed time"}},
		{"campaigns", cookies.Use{Campaigns: true}, cookies.Analytic, []string{"whether that campaign worked", "pseudonymised"}},
		{"13 months", cookies.Use{Campaigns: true, Life: 395 * day}, cookies.Analytic, nil},
		{"more than 13 months", cookies.Use{Campaigns: true, Life: 396 * day}, cookies.Tracking, []string{"longer than 13 months"}},
		{"click ids", cookies.Use{Campaigns: true, ClickIDs: true}, cookies.Tracking, []string{"advertising network"}},
		{"join", cookies.Use{VisitorNumbers: true, JoinCalls: true}, cookies.Tracking, []string{"joined to a telephone call"}},
		{"uploads", cookies.Use{Uploads: true}, cookies.Tracking, []string{"third parties"}},
		{"personalisation", cookies.Use{Personalise: true}, cookies.Tracking, []string{"treated differently"}},
		{"unique labels", cookies.Use{UniqueLabels: true}, cookies.Tracking, []string{"one recipient"}},
		{"several sites", cookies.Use{Shared: true}, cookies.Tracking, []string{"several sites"}},
		{"one site", cookies.Use{VisitorNumbers: true}, cookies.Analytic, []string{"on this site only"}},
		{"callers in clear", cookies.Use{VisitorNumbers: true, CallersInClear: true}, cookies.Analytic, []string{"call them back"}},
		{"callers in clear alone", cookies.Use{CallersInClear: true}, cookies.Functional, []string{"no cookie is used"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			class, reasons := cookies.Classify(test.use)
			require.Equal(t, test.want, class)
			var all []string
			for _, r := range reasons {
				all = append(all, r.English)
			}
			for _, text := range test.said {
				require.Contains(t, strings.Join(all, "\n"), text)
			}
		})
	}
}

func TestClassifyEveryUse(t *testing.T) {
	t.Parallel()
	n := 0
	for u := range uses {
		n++
		class, reasons := cookies.Classify(u)
		again, same := cookies.Classify(u)
		require.Equal(t, class, again)
		require.Equal(t, reasons, same)
		require.NotEmpty(t, reasons)
		heaviest := cookies.Functional
		for _, r := range reasons {
			heaviest = max(heaviest, r.Class)
			require.NotEmpty(t, r.Source)
			require.NotEmpty(t, r.English)
			require.NotEmpty(t, r.Dutch)
			require.NotContains(t, strings.ToLower(r.Dutch), "anoniem", "it is pseudonymous")
			require.NotContains(t, strings.ToLower(r.English), "anonym")
		}
		require.Equal(t, heaviest, class)
		require.Equal(t, class, reasons[0].Class, "the weightiest comes first, unless it is about no cookie")
		for _, r := range reasons {
			require.False(t, u.Shared && strings.Contains(r.English, "on this site only"), "no reason contradicts a switch")
		}
		tracks := u.ClickIDs || u.JoinCalls || u.Uploads || u.Personalise || u.UniqueLabels || u.Shared
		require.Equal(t, tracks, class == cookies.Tracking, "%+v", u)

		for _, declared := range []cookies.Class{0, cookies.Functional, cookies.Analytic, cookies.Tracking} {
			err := u.Check(declared)
			if declared == 0 || declared == class {
				require.NoError(t, err)
				continue
			}
			var mistake *cookies.ConfigError
			require.ErrorAs(t, err, &mistake)
			require.Equal(t, "Class", mistake.Field)
			require.Equal(t, declared.String(), mistake.Value)
			require.Contains(t, mistake.Reason, "the configuration is "+class.String()+": "+reasons[0].English)
		}
	}
	require.Equal(t, 1<<9, n)
}

// No switch makes a use lighter, so that nobody can hide one behind another.
func TestClassifyIsMonotone(t *testing.T) {
	t.Parallel()
	for u := range uses {
		class, reasons := cookies.Classify(u)
		v := reflect.ValueOf(&u).Elem()
		for i := range v.NumField() - 1 {
			before := v.Field(i).Bool()
			v.Field(i).SetBool(true)
			heavier, more := cookies.Classify(u)
			require.GreaterOrEqual(t, heavier, class)
			if !before {
				require.NotEqual(t, reasons, more, "each switch has its reason: %s", v.Type().Field(i).Name)
			}
			v.Field(i).SetBool(before)
		}
	}
}

func TestClassText(t *testing.T) {
	t.Parallel()
	for class, want := range map[cookies.Class]string{
		0: "", cookies.Functional: "Functional", cookies.Analytic: "Analytic", cookies.Tracking: "Tracking", 9: "Class(9)",
	} {
		require.Equal(t, want, class.String())
	}
	require.Equal(t, 30*24*time.Hour, cookies.Use{}.CookieLife())
	require.Equal(t, time.Hour, cookies.Use{Life: time.Hour}.CookieLife())
}
