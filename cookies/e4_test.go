package cookies_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/consent"
)

// outcome of a Permission, as the facts put it.
func outcome(p cookies.Permission) string {
	word := map[bool]string{true: "yes", false: "no"}
	return "analytic " + word[p.Analytic] + ", tracking " + word[p.Tracking]
}

// permits requires the same outcome from all banners.
func permits(t *testing.T, want string, got map[string]cookies.Permission) {
	t.Helper()
	require.Len(t, got, len(banners))
	for name, p := range got {
		require.Equal(t, want, outcome(p), "%s: %v", name, p.Reason)
	}
}

const (
	neither  = "analytic no, tracking no"
	analytic = "analytic yes, tracking no"
	tracking = "analytic yes, tracking yes"
)

// nl decides in the Dutch profile, for which the table of the facts is written.
func nl(c cookies.Consent, h http.Header) string {
	return outcome(cookies.Permit(cookies.Netherlands, c, h))
}

// consentRows holds, by id, what each row of testdata/consent.csv demands of this
// package. What happens to leases and rows is package tracking's.
var consentRows = map[string]func(t *testing.T, c *cookies.Codec){
	"C1": func(t *testing.T, _ *cookies.Codec) {
		require.Equal(t, analytic, nl(cookies.Unknown, http.Header{}))
		unanswered(t, "theme=dark")
	},
	"C2": func(t *testing.T, _ *cookies.Codec) {
		for _, marketing := range []bool{false, true} {
			permits(t, neither, answered(cookies.Netherlands, false, marketing, yesterday, "1"))
		}
	},
	"C3": func(t *testing.T, _ *cookies.Codec) {
		permits(t, analytic, answered(cookies.Netherlands, true, false, yesterday, "1"))
		permits(t, analytic, answered(cookies.Strict, true, false, yesterday, "1"))
	},
	"C4": func(t *testing.T, _ *cookies.Codec) {
		permits(t, tracking, answered(cookies.Netherlands, true, true, yesterday, "1"))
		permits(t, tracking, answered(cookies.Strict, true, true, yesterday, "1"))
	},
	"C5": func(t *testing.T, _ *cookies.Codec) {
		require.Equal(t, analytic, nl(cookies.Unknown, header("Sec-GPC", "1")))
	},
	"C6": func(t *testing.T, _ *cookies.Codec) {
		p := cookies.Permit(cookies.Netherlands, cookies.Granted, header("Sec-GPC", "1"))
		require.Equal(t, analytic, outcome(p))
		require.True(t, p.Conflict, "it can be logged and disclosed")
	},
	"C7": func(t *testing.T, _ *cookies.Codec) {
		for _, value := range []string{"0", "true", ""} {
			require.Equal(t, tracking, nl(cookies.Granted, header("Sec-GPC", value)))
		}
	},
	"C9": func(t *testing.T, _ *cookies.Codec) {
		require.Equal(t, analytic, nl(cookies.Unknown, header("DNT", "1")))
		require.Equal(t, analytic, nl(cookies.Granted, header("DNT", "1")))
	},
	"C10": func(t *testing.T, _ *cookies.Codec) {
		for _, scope := range []cookies.Scope{{}, {CookieDomain: "auto"}, {HostPrefix: true}} {
			set, ended, c := http.Header{}, http.Header{}, newScoped(t, scope).At("www.example.nl")
			c.SetSession(set, newSession(1), true, noon)
			c.SetCampaign(set, voorjaar, true, noon)
			r := visit("www.example.nl", strings.Split(banners["Klaro"].cookie(false, false, noon, "1"), "; ")...)
			require.Equal(t, neither, nl(banners["Klaro"].reader.Read(r, noon), r.Header))
			scope.End(ended, r, true)
			require.Equal(t, places(set), places(ended))
		}
	},
	"C11": func(t *testing.T, _ *cookies.Codec) {
		// The row of the call is stored under what is permitted by then.
		require.Equal(t, neither, nl(cookies.Refused, http.Header{}))
	},
	"C12": func(t *testing.T, c *cookies.Codec) {
		// A consent is in no cookie of ours, so it can't reach what came before.
		require.Equal(t, analytic, nl(cookies.Unknown, http.Header{}))
		require.Equal(t, tracking, nl(cookies.Granted, http.Header{}))
		require.Equal(t, []string{"ID", "Issued", "leases", "count"}, fieldsOf(reflect.TypeFor[cookies.Session]()))
	},
	"C13": func(t *testing.T, _ *cookies.Codec) {
		older := answered(cookies.Netherlands, true, true, yesterday, "0")
		delete(older, "Klaro") // has no revisions
		older["Klaro"] = older["Complianz"]
		permits(t, analytic, older)
	},
	"C14": func(t *testing.T, _ *cookies.Codec) {
		old := answered(cookies.Netherlands, true, true, noon.Add(-184*24*time.Hour), "1")
		old["Klaro"], old["Complianz"] = old["Cookiebot"], old["Cookiebot"] // have no dates
		permits(t, analytic, old)
	},
	"C15": func(t *testing.T, _ *cookies.Codec) {
		for value, want := range map[string]cookies.Consent{"-1": cookies.Unknown, "0": cookies.Refused} {
			require.Equal(t, want, banners["Cookiebot"].reader.Read(visit("", "CookieConsent="+value), noon))
		}
		r := visit("", banners["Cookiebot"].cookie(true, true, yesterday, "implied"))
		require.Equal(t, cookies.Unknown, banners["Cookiebot"].reader.Read(r, noon))
	},
	"C17": func(t *testing.T, _ *cookies.Codec) {
		for _, reader := range []consent.Reader{
			consent.OneTrust{}, consent.OneTrust{Analytic: "C9", Tracking: "C9"},
			consent.Klaro{}, consent.Klaro{Analytic: "x", Tracking: "y"},
			consent.CookieConsent{Revision: 1}, consent.CookieConsent{Revision: 1, Analytic: "x", Tracking: "y"},
		} {
			for _, name := range []string{"OneTrust", "Klaro", "CookieConsent"} {
				r := visit("", banners[name].cookie(true, true, yesterday, "1"))
				if reflect.TypeOf(reader) == reflect.TypeOf(banners[name].reader) {
					require.Equal(t, cookies.Refused, reader.Read(r, noon), "%#v", reader)
				}
			}
		}
	},
	"C18": func(t *testing.T, _ *cookies.Codec) {
		for _, name := range []string{"Klaro", "CookieConsent"} {
			r := visit("", banners[name].cookie(true, true, yesterday, "1"))
			require.Empty(t, r.Cookies(), "net/http drops it")
			require.Equal(t, cookies.Granted, banners[name].reader.Read(r, noon))
		}
	},
	"C20": func(t *testing.T, _ *cookies.Codec) {
		long := strings.Repeat("A", 64<<10)
		for _, name := range []string{"CookieConsent", "OptanonConsent", "cmplz_statistics", "klaro", "cc_cookie"} {
			for _, value := range []string{long, "{", "{" + long, "%", "%7B%22", `{"a":{"b":[`, "{stamp:'", "groups=", "\x00\xff"} {
				unanswered(t, name+"="+value)
			}
		}
	},
	"C21": func(t *testing.T, _ *cookies.Codec) {
		unanswered(t, "euconsent-v2=CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA")
	},
	"C22": func(t *testing.T, c *cookies.Codec) {
		// Deciding and reading set nothing: whoever calls neither Set is silent.
		h := request("qooqie_sid=x")
		before := h.Clone()
		cookies.Permit(cookies.Netherlands, cookies.Granted, h)
		c.Read(h, noon)
		require.Equal(t, before, h)
	},
	"C23": func(t *testing.T, c *cookies.Codec) {
		// A session has to be given an id to be set: none is made up or revived.
		h := http.Header{}
		c.SetSession(h, cookies.Session{Issued: noon}, true, noon)
		require.Empty(t, h)
	},
	"C24": func(t *testing.T, c *cookies.Codec) {
		value := sidValue(t, c, newSession(1))
		for _, bad := range []string{
			"forged", value[:len(value)-1] + "A", value + "A", strings.Repeat("A", 513), sidValue(t, newCodec(t, "shop", "other"), newSession(1)),
		} {
			session, _ := read(c, request(sid(bad)))
			require.False(t, session)
		}
	},
	"C26": func(t *testing.T, c *cookies.Codec) {
		other := newCodec(t, "shop", "other")
		here, there := sidValue(t, c, newSession(1)), sidValue(t, other, newSession(1))
		session, _ := read(other, request(sid(here)))
		require.False(t, session)
		require.NotEqual(t, here, there)
	},
	"C27": func(t *testing.T, _ *cookies.Codec) {
		class, _ := cookies.Classify(cookies.Use{Campaigns: true, UniqueLabels: true})
		require.Equal(t, cookies.Tracking, class)
		require.Error(t, cookies.Use{Campaigns: true, UniqueLabels: true}.Check(cookies.Analytic))
	},
	"C28": func(t *testing.T, c *cookies.Codec) {
		// The cookie has the kind of a click id and no place for the id itself.
		require.Equal(t, []string{"Source", "Medium", "Name", "Channel", "ClickID", "Term", "Referrer", "Content", "Landing", "Issued"},
			fieldsOf(reflect.TypeFor[cookies.Campaign]()))
		campaign := voorjaar
		campaign.ClickID = "gclid"
		require.Contains(t, campaignValue(t, c, campaign), "&click=gclid&")
	},
	"C29": func(t *testing.T, c *cookies.Codec) {
		const canary = "203.0.113.77"
		r := visit(canary, "qooqie_sid=x")
		for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip"} {
			r.Header.Set(name, canary)
		}
		r.RemoteAddr = canary + ":1234"
		h := http.Header{}
		for _, scope := range []cookies.Scope{{}, {CookieDomain: "auto"}, {HostPrefix: true}} {
			scope.Object(h, r, true, noon)
			scope.End(h, r, true)
			newScoped(t, scope).At(r.Host).SetSession(h, newSession(1), true, noon)
		}
		p := cookies.Permit(cookies.Netherlands, cookies.Unknown, r.Header)
		require.NotContains(t, fmt.Sprint(h, p, p.Reason, c.Read(r.Header, noon)), canary)
	},
	"C30": func(t *testing.T, _ *cookies.Codec) {
		unanswered(t, "_ga=GA1.1.1.1", "gcs=G111", "gcd=13l3l3l3l1l1")
	},
	"C31": func(t *testing.T, c *cookies.Codec) {
		got, ok := c.Read(request(sid(sidValue(t, c, newSession(1)))), noon).Session()
		require.True(t, ok)
		require.Equal(t, newSession(1).ID, got.ID)
	},
}

// TestPromise7Decision: what needs consent is not done without it, in the cases of
// the table.
func TestPromise7Decision(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/consent.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(consentRows)+1)
	for _, row := range rows[1:] {
		check := consentRows[row[0]]
		require.NotNil(t, check, row)
		t.Run(row[0], func(t *testing.T) {
			t.Parallel()
			check(t, newCodec(t, "shop", "k"))
		})
	}
}
