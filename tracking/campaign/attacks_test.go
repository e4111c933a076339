package campaign_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// attacks holds, by id, what each row of testdata/attacks.csv demands of this
// package.
var attacks = map[string]func(t *testing.T){
	"DA-01": func(t *testing.T) {
		c := query("utm_source="+strings.Repeat("ä", 1<<19)+"&utm_medium="+strings.Repeat("%F0%9F%98%80", 1<<16), "")
		require.Equal(t, 255, utf8.RuneCountInString(c.Source))
		require.True(t, utf8.ValidString(c.Source))
		many := "utm_campaign=kept&" + strings.Repeat("a=b&utm_campaign=other&", 10_000)
		require.Equal(t, campaign.Campaign{Name: "kept", Channel: "Unassigned", Landing: "/"}, query(many, ""))
		_, err := url.ParseQuery(many)
		require.Error(t, err, "net/url gives up where Parse goes on")
	},
	"DA-03": func(t *testing.T) {
		for raw, want := range map[string]string{
			"%":                                    "%",
			"%G1%1":                                "%G1%1",
			"%C1%9C":                               "\uFFFD\uFFFD",
			"%E0%80%AF":                            "\uFFFD\uFFFD\uFFFD",
			"a%00b":                                "ab",
			"%E2%80%AEcod.exe":                     "cod.exe",
			"%E2%81%A6x%E2%81%A9":                  "x",
			"z%E2%80%8Be%E2%80%8Cr%E2%80%8Do":      "zero",
			"o" + strings.Repeat("%CC%88", 25_000): "o" + strings.Repeat("\u0308", 254),
		} {
			requireClean(t, query("utm_term="+raw, "").Term)
			require.Equal(t, want, query("utm_term="+raw, "").Term, raw)
		}
	},
	"HH-01": func(t *testing.T) {
		c := query("utm_source=x%0d%0aSet-Cookie:+a=b%0D%0A%0D%0A<html>&utm_medium=%0A", "https://example.org%0d%0aX-A:b/")
		require.Equal(t, "xSet-Cookie: a=b<html>", c.Source)
		require.Empty(t, c.Medium)
		require.Empty(t, c.Referrer)
		w := httptest.NewRecorder()
		w.Header().Set("X-Source", c.Source)
		w.WriteHeader(http.StatusOK)
		require.Len(t, w.Result().Header, 1)
	},
}

func TestAttacks(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/attacks.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Len(t, rows[1:], len(attacks))
	for _, row := range rows[1:] {
		test, ok := attacks[row[0]]
		require.True(t, ok, row[0])
		t.Run(row[0], func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}
