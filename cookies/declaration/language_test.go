package declaration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies/declaration"
)

func TestLanguage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		accept []string
		want   string
	}{
		{nil, "nl"},
		{[]string{""}, "nl"},
		{[]string{" , ;q=1,"}, "nl"},
		{[]string{"nl"}, "nl"},
		{[]string{"nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7"}, "nl"},
		{[]string{"en-US,en;q=0.9,nl;q=0.8"}, "en"},
		{[]string{"en;q=0.8,nl;q=0.9"}, "nl"},
		{[]string{"en;q=0.8", "nl;q=0.9"}, "nl"},
		{[]string{"NL-be"}, "nl"},
		{[]string{"EN"}, "en"},
		{[]string{"de"}, "en"},
		{[]string{"de,nl;q=0.1"}, "nl"},
		{[]string{"de-DE,de;q=0.9,fr;q=0.5"}, "en"},
		{[]string{"en,nl"}, "en"},
		{[]string{"nl,en"}, "nl"},
		{[]string{"nl;q=0,en;q=0.001"}, "en"},
		{[]string{"nl;q=0"}, "en"},
		{[]string{"en;q=0, *"}, "nl"},
		{[]string{"*"}, "nl"},
		{[]string{"en, *;q=0.5"}, "en"},
		{[]string{"en;q=0.5, *;q=1"}, "en"},
		{[]string{"de, *;q=0.5"}, "nl"},
		{[]string{"*;q=0"}, "en"},
		{[]string{"nl;q=0, *"}, "en"},
		{[]string{"nl-BE;q=0.2, en;q=0.5, nl;q=0.8"}, "nl"},
		{[]string{"nl ; q=0.3 , en ; q=0.4"}, "en"},
		{[]string{"nl;q=2,en;q=0.1"}, "en"},
		{[]string{"nl;q=-1,en;q=0.1"}, "en"},
		{[]string{"nl;q=NaN,en;q=0.1"}, "en"},
		{[]string{"nl;q=0.12345,en;q=0.1"}, "en"},
		{[]string{"nl;level=1,en;q=0.1"}, "en"},
		{[]string{"nl;Q=0.9,en;q=0.1"}, "nl"},
		{[]string{"nlx,english"}, "en"},
		{[]string{"x-nl"}, "en"},
	} {
		require.Equal(t, test.want, declaration.Language(test.accept), "%q", test.accept)
	}
}

func TestWriteHTMLTakesAnyLanguage(t *testing.T) {
	t.Parallel()
	d := declare(t, usual())
	require.Contains(t, html(t, d, "en"), `<html lang="en">`)
	require.Contains(t, html(t, d, "nl"), `<html lang="nl">`)
	require.Equal(t, html(t, d, "nl"), html(t, d, `"><script>`))
}

func FuzzLanguage(f *testing.F) {
	f.Add("en-US,en;q=0.9,nl;q=0.8", "*")
	f.Add("nl;q=0.1;q=1", ",;,")
	f.Fuzz(func(t *testing.T, one, two string) {
		got := declaration.Language([]string{one, two})
		require.Contains(t, []string{"nl", "en"}, got)
		require.Equal(t, got, declaration.Language([]string{one + "," + two}), "lines join with a comma (RFC 9110 section 5.3)")
	})
}
