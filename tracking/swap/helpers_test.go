package swap_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// row is a row of testdata/swap.csv.
type row struct{ id, country, target, replacement, in, want, note string }

// rows reads testdata/swap.csv.
func rows(t testing.TB) []row {
	t.Helper()
	f, err := os.Open("testdata/swap.csv")
	require.NoError(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var list []row
	for _, r := range records[1:] {
		list = append(list, row{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
	}
	return list
}

// plan compiles one target with one replacement.
func plan(t testing.TB, target, replacement string) *swap.Plan {
	t.Helper()
	p, err := swap.Compile(swap.Target{Number: target, Replacements: []string{replacement}})
	require.NoError(t, err)
	return p
}

// rewrite passes a page through a Writer in pieces of the given size, 0 for one.
func rewrite(t testing.TB, p *swap.Plan, replacement, page string, size int) string {
	t.Helper()
	var out strings.Builder
	w := swap.NewWriter(&out, p, func(int) (string, bool) { return replacement, true })
	for rest := page; rest != ""; {
		n := len(rest)
		if size > 0 {
			n = min(n, size)
		}
		written, err := w.Write([]byte(rest[:n]))
		require.NoError(t, err)
		require.Equal(t, n, written)
		rest = rest[n:]
	}
	require.NoError(t, w.Close())
	return out.String()
}

// tree returns the document that a page is to a browser, written in one way.
func tree(t testing.TB, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, html.Render(&b, doc))
	return b.String()
}

// offTexts returns the texts of elements with data-qooqie="off", as a parser sees
// the page, and onTexts the others.
func offTexts(t testing.TB, page string) string {
	t.Helper()
	return texts(t, page, true)
}

// onTexts returns the texts of elements without data-qooqie="off".
func onTexts(t testing.TB, page string) string {
	t.Helper()
	return texts(t, page, false)
}

// texts returns the texts within or without elements that are off.
func texts(t testing.TB, page string, off bool) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	var b strings.Builder
	for n := range doc.Descendants() {
		isOff := false
		for parent := range n.Ancestors() {
			for _, a := range parent.Attr {
				isOff = isOff || a.Key == "data-qooqie" && strings.EqualFold(strings.TrimSpace(a.Val), "off")
			}
		}
		if n.Type == html.TextNode && isOff == off {
			b.WriteString(n.Data + "\n")
		}
	}
	return b.String()
}
