package declaration_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/declaration"
)

// configs returns every combination of the uses under both profiles, each with
// some choice of the other settings.
func configs(yield func(declaration.Config) bool) {
	uses := reflect.TypeFor[cookies.Use]().NumField() - 1
	for bits := range 1 << uses {
		c := usual()
		c.Use = cookies.Use{}
		for i := range uses {
			reflect.ValueOf(&c.Use).Elem().Field(i).SetBool(bits>>i&1 == 1)
		}
		c.AddressCap, c.OtherOrigin = bits%3 == 0, bits%5 == 0
		c.Scope = []cookies.Scope{{}, {CookieDomain: "auto"}, {CookieDomain: "example.nl"}, {HostPrefix: true}}[bits*7/2%4]
		for _, c.Profile = range []cookies.Profile{cookies.Netherlands, cookies.Strict} {
			if !yield(c) {
				return
			}
		}
	}
}

// TestPromise12NoJudgement: no text of any configuration judges, says that the
// data is anonymous, or speaks to a reader in the other language.
func TestPromise12NoJudgement(t *testing.T) {
	t.Parallel()
	never := []string{
		"goedgekeurd", "niet nodig", "avg-proof", "avg proof", "approved", "not needed", "gdpr-proof", "compliant", "not required",
		"anoniem", "anonym", "toegestaan", "lawful", "rechtmatig",
		"<script", "<style", "style=", "onclick", "%!", "<no value>", "ZgotmplZ",
	}
	n := 0
	for c := range configs {
		n++
		d := declare(t, c)
		dutch, english, both := html(t, d, "nl"), html(t, d, "en"), text(t, d)
		lower := strings.ToLower(dutch + english + both)
		for _, word := range never {
			require.NotContains(t, lower, strings.ToLower(word))
		}
		require.NotContains(t, dutch, "Telecommunications Act")
		require.NotContains(t, english, "eerste lid")

		// The honest sentence, and the article that it relies on.
		require.Equal(t, c.Use.VisitorNumbers, strings.Contains(dutch, "geen uitspraak van een rechter of toezichthouder bekend"))
		require.Equal(t, c.Use.VisitorNumbers, strings.Contains(english, "no ruling of a court or regulator"))
		if c.Use.VisitorNumbers || c.Use.Campaigns {
			require.Contains(t, dutch, "gepseudonimiseerd")
			require.Contains(t, dutch, "artikel 11.7a")
			require.Contains(t, english, "article 11.7a")
			require.Contains(t, dutch, "Sec-GPC")
		}
		_, reasons := cookies.Classify(c.Use)
		for _, r := range reasons {
			require.Contains(t, unescaped(dutch), r.Dutch)
			require.Contains(t, unescaped(english), r.English)
			require.Contains(t, unescaped(dutch), r.Source)
		}
		for _, name := range []string{"Functionele cookies", "Analytische cookies", "Trackingcookies"} {
			require.Contains(t, dutch, name, "all three kinds are explained")
		}
		require.Equal(t, c.AddressCap, strings.Contains(dutch, "groep IP-adressen"))
		require.Equal(t, c.OtherOrigin, strings.Contains(english, "Safari"))
	}
	require.Equal(t, 1<<10, n)
}

// unescaped undoes what HTML does to the texts.
func unescaped(page string) string {
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&").Replace(page)
}

func TestJSON(t *testing.T) {
	t.Parallel()
	c := usual()
	c.Use.JoinCalls = true
	d := declare(t, c)
	var got struct {
		Controller, Profile, Class, ClassHash, Objection string
		Recipients                                       []string
		Kinds                                            []struct {
			Class string
			Text  declaration.Text
		}
		Cookies []struct {
			Name, Class, Value    string
			MaxAgeSeconds, Months int
			Refreshed             *bool
			Purposes, Fields      []declaration.Text
			OnlyWithConsent       []declaration.Text
			Hosts, Life           declaration.Text
		}
		Reasons []struct {
			Class, Source string
			Text          declaration.Text
		}
		Statements []declaration.Text
	}
	decoder := json.NewDecoder(strings.NewReader(text(t, d)))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&got))
	require.Equal(t, cookies.Tracking, d.Class())
	require.Equal(t, []string{"Fietsen & Zn.", "netherlands", "tracking", d.ClassHash(), "/qooqie/objection"},
		[]string{got.Controller, got.Profile, got.Class, got.ClassHash, got.Objection})
	require.Equal(t, []string{"Belmeting BV"}, got.Recipients)
	require.Len(t, got.Kinds, 3)
	require.Len(t, got.Cookies, 3)
	session, objection := got.Cookies[0], got.Cookies[2]
	require.Equal(t, []any{"qooqie_sid", "tracking", "", 2592000, 0}, []any{session.Name, session.Class, session.Value, session.MaxAgeSeconds, session.Months})
	require.Equal(t, []any{"qooqie_sid", "functional", "objected", 0, 13}, []any{objection.Name, objection.Class, objection.Value, objection.MaxAgeSeconds, objection.Months})
	require.Len(t, session.OnlyWithConsent, 1)
	require.Empty(t, objection.OnlyWithConsent)
	for _, cookie := range got.Cookies {
		require.NotNil(t, cookie.Refreshed)
		require.False(t, *cookie.Refreshed)
		for _, each := range append(append(cookie.Purposes, cookie.Fields...), cookie.Hosts, cookie.Life) {
			require.NotEmpty(t, each.Dutch)
			require.NotEmpty(t, each.English)
		}
	}
	require.Equal(t, "tracking", got.Reasons[0].Class)
	require.NotEmpty(t, got.Statements)

	c.Recipients = nil
	require.Contains(t, text(t, declare(t, c)), `"recipients":[]`)
	require.Contains(t, html(t, declare(t, c), "nl"), "Ontvangers: niemand anders")
}

func TestObjectionForm(t *testing.T) {
	t.Parallel()
	page := html(t, declare(t, usual()), "nl")
	require.Contains(t, page, `<form method="post" action="/qooqie/objection">`)
	require.Contains(t, page, `<button name="objection" value="object">Ik maak bezwaar</button>`)
	require.Contains(t, page, `<button name="objection" value="take-back">`)
	c := usual()
	c.Objection = ""
	require.NotContains(t, html(t, declare(t, c), "nl"), "<form")
}
