package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/bot"
)

func FuzzClassify(f *testing.F) {
	f.Add(chrome, "", "", "", "")
	f.Add("Googlebot/2.1", "prefetch", "", "", "")
	f.Add("", "", `"HeadlessChrome"`, "x", "y@z")
	f.Add(strings.Repeat("Cubot ", 400), "PREFETCH;prerender", "\x00", "", "")
	f.Add(chrome+strings.Repeat(" ", 2048-len(chrome)), "", "", "", "")
	f.Fuzz(func(t *testing.T, agent, purpose, brands, signer, from string) {
		r := &http.Request{Header: http.Header{
			"User-Agent": {agent}, "Sec-Purpose": {purpose}, "Sec-Ch-Ua": {brands}, "Signature-Agent": {signer}, "From": {from},
		}}
		k := bot.Classify(r)
		require.LessOrEqual(t, k, bot.Monitor)
		require.Equal(t, k, bot.Classify(r), "the same each time")
		if signer != "" || from != "" {
			require.NotEqual(t, bot.Person, k, "who says to be a program is one")
		}
		if k == bot.Person {
			r.Header.Set("Sec-Purpose", "prefetch")
			require.Equal(t, bot.Prefetch, bot.Classify(r))
			r.Header.Set("Sec-Purpose", "")
			r.Header.Set("User-Agent", agent+" Googlebot")
			require.NotEqual(t, bot.Person, bot.Classify(r))
		}
	})
}
