package swap_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"golang.org/x/net/html"
)

// benchPage makes a page of about the size, as sites serve them: menus, cards
// with classes and links, a script, and the number three times.
func benchPage(size int) []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Voorbeeld</title>` +
		`<link rel="stylesheet" href="/assets/site.css?v=20261124"><script>window.dataLayer=[{"id":851234567}];</script></head><body>` +
		`<header><a href="tel:+31851234567" class="phone" aria-label="Bel 085 123 45 67">085 123 45 67</a></header><main>`)
	for i := 0; b.Len() < size-200; i++ {
		fmt.Fprintf(&b, `<article class="card card--wide mt-4 p-2" id="c%d"><h2 class="card__title"><a href="/dienst/%d?ref=lijst">Dienst %d</a></h2>`+
			"\n<p>Wij komen binnen 24 uur bij u langs, ook op zaterdag. Vanaf &euro; %d,95 per uur, zonder voorrijkosten. "+
			`Lees <em>meer</em> in onze <a class="link" href="/voorwaarden#a%d">voorwaarden</a>.</p>`+
			`<img src="/img/%d.webp" alt="Foto %d" width="320" height="200" loading="lazy"></article>`+"\n", i, i, i, 20+i%70, i, i, i)
	}
	b.WriteString(`</main><footer>Bel <b>085</b>-1234567</footer></body></html>`)
	return []byte(b.String())
}

func BenchmarkWriter(b *testing.B) {
	const replacement = "+31857654321"
	p := plan(b, "+31851234567", replacement)
	resolve := func(int) (string, bool) { return replacement, true }
	for _, size := range []int{100 << 10, 1 << 20} {
		page := benchPage(size)
		b.Run(fmt.Sprintf("swap/%dKB", size>>10), func(b *testing.B) {
			var w swap.Writer
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				w.Reset(io.Discard, p, resolve)
				for rest := page; len(rest) > 0; rest = rest[min(len(rest), 32<<10):] {
					_, _ = w.Write(rest[:min(len(rest), 32<<10)])
				}
				_ = w.Close()
			}
		})
		b.Run(fmt.Sprintf("x-net-html/%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				z := html.NewTokenizer(bytes.NewReader(page))
				for z.Next() != html.ErrorToken {
					_, _ = io.Discard.Write(z.Raw())
				}
			}
		})
		b.Run(fmt.Sprintf("bytes.Index/%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			needle := []byte("0857654321")
			for b.Loop() {
				if bytes.Contains(page, needle) {
					b.Fatal("found")
				}
			}
		})
	}
}
