package swap_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// seed adds the pages of all tables and rows to the corpus.
func seed(f *testing.F, args ...any) {
	f.Helper()
	for _, page := range pages(f) {
		f.Add(append([]any{page}, args...)...)
	}
}

// FuzzSplit checks that a page leaves the same in whatever pieces it comes, and
// that no more is held back than promised.
func FuzzSplit(f *testing.F) {
	seed(f, []byte{1, 2, 7})
	f.Fuzz(func(t *testing.T, page string, cuts []byte) {
		for _, p := range pairs {
			whole := rewrite(t, p.plan(t), p.replacement, page, 0)
			require.Equal(t, whole, p.split(t, page, cuts))
			require.Equal(t, whole, p.bytewise(t, page))
		}
	})
}

// FuzzUntouched checks that a page without the digits of the target, whatever
// stands between them, leaves as it came.
func FuzzUntouched(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, page string) {
		if strings.Contains(page, "&#") || strings.Contains(page, "%") {
			return // digits may be written in other ways
		}
		if hasInOrder(page, "851234567") {
			return
		}
		for _, p := range []pair{nl, short} {
			require.Equal(t, page, rewrite(t, p.plan(t), p.replacement, page, 0))
		}
	})
}

// hasInOrder reports whether all digits stand in the page, one after another.
func hasInOrder(page, digits string) bool {
	for _, d := range digits {
		_, after, ok := strings.Cut(page, string(d))
		if !ok {
			return false
		}
		page = after
	}
	return true
}

// FuzzTree checks that a browser makes the same of a page but for the numbers in
// it: the same elements, attributes, comments and words.
func FuzzTree(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, page string) {
		for _, p := range []pair{nl, short} {
			require.Equal(t, skeleton(page), skeleton(rewrite(t, p.plan(t), p.replacement, page, 0)))
		}
	})
}

// numbers is what a number may be made of. Between the parts of one that is
// emptied nothing is left.
var numbers = regexp.MustCompile(`[0-9+()\s\x{a0}./\x{b7}\x{2000}-\x{200f}\x{2010}-\x{2015}\x{2022}\x{2027}\x{202f}\x{205f}` +
	`\x{2212}\x{2219}\x{22c5}\x{3000}\x{202a}-\x{202e}\x{2060}\x{2066}-\x{2069}\x{feff}\x{ad}\x{0}\x{fffd}-]`)

// encoded is a character of a URL, which may be one of a number.
var encoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// callURL is the URL of a call.
var callURL = regexp.MustCompile(`^(?i:\s*(tel|callto):)`)

// skeleton is what is left of the tree of a page without numbers. Content of
// scripts and styles is kept as it is, where there is no SVG or MathML, in which
// these are no scripts and styles.
func skeleton(page string) string {
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return "" // too deep
	}
	strict := !strings.Contains(strings.ToLower(page), "<svg") && !strings.Contains(strings.ToLower(page), "<math")
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if strict && slices.Contains([]string{"script", "style"}, n.Parent.Data) {
				b.WriteString(n.Data)
			} else {
				b.WriteString(numbers.ReplaceAllString(n.Data, ""))
			}
		case html.ElementNode:
			b.WriteString("\n<" + n.Data)
			for _, a := range n.Attr {
				if callURL.MatchString(a.Val) {
					a.Val = encoded.ReplaceAllString(a.Val, "")
				}
				b.WriteString("\n " + a.Key + "=" + numbers.ReplaceAllString(a.Val, ""))
			}
		case html.CommentNode, html.DoctypeNode:
			b.WriteString("\n<!--" + n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if n.Type == html.ElementNode {
			b.WriteString("\n</")
		}
	}
	walk(doc)
	return b.String()
}

// FuzzIdempotent checks that a page that was rewritten has no number to replace.
func FuzzIdempotent(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, page string) {
		for _, p := range pairs {
			once := rewrite(t, p.plan(t), p.replacement, page, 0)
			require.Equal(t, once, rewrite(t, p.plan(t), p.replacement, once, 0))
		}
	})
}
