package declaration_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/declaration"
)

// usual is the configuration of a Dutch site.
func usual() declaration.Config {
	return declaration.Config{
		Controller: "Fietsen & Zn.", Recipients: []string{"Belmeting BV"}, Profile: cookies.Netherlands,
		Use: cookies.Use{VisitorNumbers: true, Campaigns: true}, Objection: "/qooqie/objection",
	}
}

// declare returns the declaration of a configuration.
func declare(t testing.TB, c declaration.Config) declaration.Declaration {
	t.Helper()
	d, err := declaration.New(c)
	require.NoError(t, err)
	return d
}

// html returns the page in a language.
func html(t testing.TB, d declaration.Declaration, lang string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, d.WriteHTML(&b, lang))
	return b.String()
}

// text returns the JSON.
func text(t testing.TB, d declaration.Declaration) string {
	t.Helper()
	b, err := json.Marshal(d)
	require.NoError(t, err)
	return string(b)
}

func TestNewReportsEveryMistake(t *testing.T) {
	t.Parallel()
	_, err := declaration.New(declaration.Config{
		Use: cookies.Use{Life: 396 * 24 * time.Hour}, Recipients: []string{"Belmeting BV", "AVG-proof BV"}, LegalReview: declaration.LegalReview{By: "mr. X, Goedgekeurd", Date: "toestemming niet nodig"},
	})
	require.Error(t, err)
	var fields []string
	for _, one := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *cookies.ConfigError
		require.ErrorAs(t, one, &mistake)
		require.NotEmpty(t, mistake.Reason)
		fields = append(fields, mistake.Field)
	}
	require.Equal(t, []string{"Controller", "Profile", "Use.Life", "Recipients", "LegalReview.By", "LegalReview.Date"}, fields)
}

func TestCookiesAreUnderTheirKind(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		use  cookies.Use
		want map[string]cookies.Class
	}{
		"nothing":      {cookies.Use{}, map[string]cookies.Class{"qooqie_sid objected": cookies.Functional}},
		"source level": {cookies.Use{Campaigns: true}, map[string]cookies.Class{"qooqie_campaign ": cookies.Analytic, "qooqie_sid objected": cookies.Functional}},
		"sessions": {cookies.Use{VisitorNumbers: true, Campaigns: true}, map[string]cookies.Class{
			"qooqie_sid ": cookies.Analytic, "qooqie_campaign ": cookies.Analytic, "qooqie_sid objected": cookies.Functional}},
		"personalised": {cookies.Use{VisitorNumbers: true, Personalise: true}, map[string]cookies.Class{
			"qooqie_sid ": cookies.Tracking, "qooqie_sid objected": cookies.Functional}},
	} {
		c := usual()
		c.Use = test.use
		got := make(map[string]cookies.Class)
		for _, cookie := range declare(t, c).Cookies() {
			got[cookie.Name+" "+cookie.Value] = cookie.Class
			require.NotEmpty(t, cookie.Purposes)
			require.NotEmpty(t, cookie.Fields)
			require.Equal(t, cookie.Class == cookies.Tracking, len(cookie.Consented) > 0)
		}
		require.Equal(t, test.want, got, name)
	}
	c := usual()
	c.Scope.HostPrefix = true
	require.Equal(t, "__Host-qooqie_sid", declare(t, c).Cookies()[0].Name)
}

// TestPromise12Lifetimes: what is declared is what browsers are told, through
// calendar months of every length.
func TestPromise12Lifetimes(t *testing.T) {
	t.Parallel()
	key := sha256.Sum256([]byte("k"))
	day := 24 * time.Hour
	for _, life := range []time.Duration{0, time.Second, 1500 * time.Millisecond, 90 * time.Minute, 30 * day, 392 * day, 393*day + time.Hour, 394 * day, 395 * day} {
		c := usual()
		c.Use.Life = life
		declared := declare(t, c).Cookies()
		require.Len(t, declared, 3)
		codec, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{key[:]}, Site: "shop", Life: life})
		require.NoError(t, err)
		for days := range 800 {
			now := time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days)
			session, objection := http.Header{}, http.Header{}
			codec.SetSession(session, cookies.Session{ID: [16]byte{1}, Issued: now}, true, now)
			codec.SetCampaign(session, cookies.Campaign{Source: "google", Issued: now}, true, now)
			cookies.Scope{}.Object(objection, &http.Request{}, true, now)
			set := append((&http.Response{Header: session}).Cookies(), (&http.Response{Header: objection}).Cookies()[0])
			for i, cookie := range declared {
				require.Equal(t, cookie.Name, set[i].Name)
				require.Equal(t, promised(cookie, now), time.Duration(set[i].MaxAge)*time.Second, "%s, %v, %v", cookie.Name, life, now)
				if cookie.Value != "" {
					require.Equal(t, cookie.Value, set[i].Value)
				}
			}
		}
	}
}

// promised is the life that a declared cookie has from now. Months are counted
// here in another way than in package cookies: from the last of them backwards.
func promised(c declaration.Cookie, now time.Time) time.Duration {
	if c.Months == 0 {
		return c.MaxAge
	}
	day := now.Day()
	end := time.Date(now.Year(), now.Month()+time.Month(c.Months), day, 12, 0, 0, 0, time.UTC)
	for want := (int(now.Month())-1+c.Months)%12 + 1; int(end.Month()) != want; day-- {
		end = time.Date(now.Year(), now.Month()+time.Month(c.Months), day-1, 12, 0, 0, 0, time.UTC)
	}
	if c.MaxAge != 0 {
		return min(c.MaxAge, end.Sub(now))
	}
	return end.Sub(now)
}

func TestLifeInWords(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for life, want := range map[time.Duration][2]string{
		0:                 {"30 dagen, vanaf", "30 days, from"},
		day:               {"1 dag, vanaf", "1 day, from"},
		90 * time.Minute:  {"90 minuten, vanaf", "90 minutes, from"},
		12 * time.Hour:    {"12 uur, vanaf", "12 hours, from"},
		time.Second:       {"1 seconde, vanaf", "1 second, from"},
		1500e6:            {"1 seconde, vanaf", "1 second, from"},
		393 * day:         {"393 dagen, vanaf", "393 days, from"},
		395 * day:         {"395 dagen, maar nooit langer dan 13 kalendermaanden", "395 days, but never longer than 13 calendar months"},
		time.Hour + 36e11: {"2 uur, vanaf", "2 hours, from"},
	} {
		c := usual()
		c.Use.Life = life
		d := declare(t, c)
		require.Contains(t, html(t, d, "nl"), want[0])
		require.Contains(t, html(t, d, "en"), want[1])
		require.Contains(t, html(t, d, "nl"), "<dd>13 kalendermaanden, vanaf", "the objection's")
		require.Contains(t, text(t, d), want[1])
	}
}

func TestLegalReviewIsPrintedWhileItIsAboutThis(t *testing.T) {
	t.Parallel()
	c := usual()
	hash := declare(t, c).ClassHash()
	require.Len(t, hash, 64)
	c.LegalReview = declaration.LegalReview{By: "mr. A. Jansen", Date: "2026-11-24", ClassHash: hash}
	d := declare(t, c)
	require.Equal(t, hash, d.ClassHash(), "the review is no part of what is reviewed")
	got, ok := d.LegalReview()
	require.True(t, ok)
	require.Equal(t, c.LegalReview, got)
	require.Contains(t, html(t, d, "nl"), "Juridisch bekeken door: mr. A. Jansen, 2026-11-24")
	require.Contains(t, text(t, d), `"legalReview":{"by":"mr. A. Jansen","date":"2026-11-24","classHash":"`+hash+`"}`)

	for name, change := range map[string]func(*declaration.Config){
		"use":        func(c *declaration.Config) { c.Use.Personalise = true },
		"a caller":   func(c *declaration.Config) { c.Use.CallersInClear = true },
		"life":       func(c *declaration.Config) { c.Use.Life = time.Hour },
		"profile":    func(c *declaration.Config) { c.Profile = cookies.Strict },
		"scope":      func(c *declaration.Config) { c.Scope.CookieDomain = "auto" },
		"prefix":     func(c *declaration.Config) { c.Scope.HostPrefix = true },
		"recipients": func(c *declaration.Config) { c.Recipients = nil },
		"controller": func(c *declaration.Config) { c.Controller = "Other" },
		"addresses":  func(c *declaration.Config) { c.AddressCap = true },
		"origin":     func(c *declaration.Config) { c.OtherOrigin = true },
		"hash":       func(c *declaration.Config) { c.LegalReview.ClassHash = "" },
		"by":         func(c *declaration.Config) { c.LegalReview.By = "" },
		"date":       func(c *declaration.Config) { c.LegalReview.Date = "" },
	} {
		changed := c
		change(&changed)
		d := declare(t, changed)
		_, ok := d.LegalReview()
		require.False(t, ok, name)
		require.NotContains(t, html(t, d, "nl")+html(t, d, "en")+text(t, d), "Jansen", name)
	}
}

func TestWriteHTMLReturnsTheWritersError(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	gone := errors.New("gone")
	require.NoError(t, r.CloseWithError(gone))
	require.ErrorIs(t, declare(t, usual()).WriteHTML(w, "nl"), gone)
}

func TestConfigIsEscaped(t *testing.T) {
	t.Parallel()
	c := usual()
	c.Controller, c.Recipients, c.Objection = "<script>alert(1)</script>", []string{`"><img src=x>`}, "javascript:alert(1)"
	page := html(t, declare(t, c), "en")
	require.NotContains(t, page, "<script")
	require.NotContains(t, page, "<img")
	require.NotContains(t, page, "javascript:")
	require.True(t, strings.HasPrefix(page, "<!DOCTYPE html>\n<html lang=\"en\">"))
}
