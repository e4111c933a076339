package dashboard_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements returns the elements of a page with the tag, or all for 0.
func elements(t testing.TB, text string, tag atom.Atom) []*html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	return below(doc, tag)
}

// below returns the elements below a node with the tag, or all for 0.
func below(n *html.Node, tag atom.Atom) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (tag == 0 || d.DataAtom == tag) {
			found = append(found, d)
		}
	}
	return found
}

// attribute returns an attribute of an element, "" if it has none.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf returns the text in a node, with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// table returns the cells of the table whose caption begins with the given words.
func table(t testing.TB, text, caption string) [][]string {
	t.Helper()
	for _, tab := range elements(t, text, atom.Table) {
		if !strings.HasPrefix(textOf(below(tab, atom.Caption)[0]), caption) {
			continue
		}
		var rows [][]string
		for _, tr := range below(tab, atom.Tr) {
			var row []string
			for _, c := range below(tr, 0) {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					row = append(row, textOf(c))
				}
			}
			rows = append(rows, row)
		}
		return rows
	}
	require.Fail(t, "no such table", caption)
	return nil
}

// cell returns the cell of a table's first row under a header. It counts from
// the end, behind the cells that span others.
func cell(t testing.TB, text, caption, column string) string {
	t.Helper()
	rows := table(t, text, caption)
	i := slices.Index(rows[0], column)
	require.GreaterOrEqual(t, i, 0)
	if i == 0 {
		return rows[1][0]
	}
	return rows[1][len(rows[1])-(len(rows[0])-i)]
}

// links returns what a page refers to.
func links(t testing.TB, text string) []string {
	t.Helper()
	var found []string
	for _, n := range elements(t, text, 0) {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				found = append(found, a.Val)
			}
		}
	}
	return found
}

// requireAccessible checks what a screen reader needs.
func requireAccessible(t testing.TB, text string) {
	t.Helper()
	require.True(t, strings.HasPrefix(strings.TrimSpace(text), "<!DOCTYPE html>"))
	require.Equal(t, "nl", attribute(elements(t, text, atom.Html)[0], "lang"))
	require.NotEmpty(t, textOf(elements(t, text, atom.Title)[0]))
	require.Len(t, elements(t, text, atom.H1), 1)
	require.Len(t, elements(t, text, atom.Main), 1)
	ids := make(map[string]bool)
	for _, n := range elements(t, text, 0) {
		if id := attribute(n, "id"); id != "" {
			require.False(t, ids[id], "two elements are %q", id)
			ids[id] = true
		}
	}
	for _, n := range elements(t, text, 0) {
		if id := attribute(n, "aria-labelledby"); id != "" {
			require.True(t, ids[id], "nothing is %q", id)
		}
		if target, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok {
			require.True(t, ids[target], "nothing is %q", target)
		}
	}
	for _, tab := range elements(t, text, atom.Table) {
		require.Len(t, below(tab, atom.Caption), 1)
		for _, th := range below(tab, atom.Th) {
			require.Contains(t, []string{"col", "row"}, attribute(th, "scope"))
		}
		requireRectangular(t, tab)
	}
	for _, m := range elements(t, text, atom.Meter) {
		named := attribute(m, "aria-labelledby") != "" || attribute(m, "aria-hidden") == "true"
		require.True(t, named, "a meter without a name")
	}
}

// requireRectangular checks that all rows of a table are as wide as its header.
func requireRectangular(t testing.TB, tab *html.Node) {
	t.Helper()
	rows := below(tab, atom.Tr)
	want := len(below(rows[0], atom.Th))
	for _, tr := range rows[1:] {
		width := 0
		for _, c := range append(below(tr, atom.Td), below(tr, atom.Th)...) {
			switch attribute(c, "colspan") {
			case "":
				width++
			case "3":
				width += 3
			case "4":
				width += 4
			}
		}
		require.Equal(t, want, width, textOf(tr))
		require.Equal(t, "row", attribute(below(tr, atom.Th)[0], "scope"))
	}
}

func TestAccessible(t *testing.T) {
	text := showing(t, fullReport(t)).get("/")
	requireAccessible(t, text)
	require.Len(t, elements(t, text, atom.Table), 4)
	requireAccessible(t, showing(t, hostileReport(t)).get("/"))
}

// TestNothingForThePolicyToBlock: the page asks for nothing but the stylesheet,
// so that the strictest policy breaks nothing.
func TestNothingForThePolicyToBlock(t *testing.T) {
	for name, b := range map[string]*board{
		"empty":   showing(t, emptyReport(t)),
		"full":    showing(t, fullReport(t)),
		"hostile": showing(t, hostileReport(t)),
	} {
		t.Run(name, func(t *testing.T) {
			text := b.get("/")
			for _, n := range elements(t, text, 0) {
				require.NotContains(t, []string{"script", "style", "img", "iframe", "object", "form", "base", "svg"}, n.Data)
				for _, a := range n.Attr {
					require.NotEqual(t, "style", a.Key)
					require.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
				}
			}
			for _, link := range links(t, text) {
				if !strings.HasPrefix(link, "#") {
					require.Contains(t, []string{"dashboard.css", "calls.csv", "calls.json"}, link)
				}
			}
			require.NotContains(t, text, "<script")
		})
	}
	css := showing(t, emptyReport(t)).get("/dashboard.css")
	require.NotContains(t, css, "url(")
	require.NotContains(t, css, "@import")
	require.Contains(t, css, "prefers-color-scheme: dark")
}

// TestHostileValuesAreText: what stands in a link is read on the page as it is.
func TestHostileValuesAreText(t *testing.T) {
	b := showing(t, hostileReport(t))
	text := b.get("/")
	rows := table(t, text, callsTable)[1:]
	require.Len(t, rows, len(hostile))
	for i, row := range rows {
		if !utf8.ValidString(hostile[i]) {
			continue // the page has replacement characters
		}
		want := strings.Join(strings.Fields(hostile[i]), " ")
		for _, column := range []int{2, 3, 4, 5} {
			require.Equal(t, want, row[column])
		}
	}
	require.Equal(t, http.StatusOK, b.do(http.MethodGet, "/").Code)
	require.Empty(t, b.log.String())
}
