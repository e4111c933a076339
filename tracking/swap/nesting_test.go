package swap_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// author writes valid HTML: any of its elements may be off, and end tags that HTML
// lets people leave out are left out now and then.
type author struct {
	t    *rapid.T
	b    strings.Builder
	open int // where an element was left open last
}

// coin is true now and then.
func (a *author) coin() bool { return rapid.IntRange(0, 3).Draw(a.t, "coin") == 0 }

// element writes an element, and its end tag if that is not left out.
func (a *author) element(name string, mayLeaveOut bool, content func()) {
	a.b.WriteString("<" + name)
	if a.coin() {
		a.b.WriteString(" data-qooqie=off")
	}
	a.b.WriteString(">")
	content()
	if !mayLeaveOut || a.coin() {
		a.b.WriteString("</" + name + ">")
	} else {
		a.open = a.b.Len()
	}
}

// several writes content a few times.
func (a *author) several(content func()) {
	for range rapid.IntRange(1, 3).Draw(a.t, "n") {
		content()
	}
}

// phrase writes text, inline elements and void ones.
func (a *author) phrase(depth int) {
	switch rapid.IntRange(0, 7+min(depth, 0)).Draw(a.t, "phrase") {
	case 7:
		a.element(rapid.SampledFrom([]string{"span", "b", "i", "label", "q-x"}).Draw(a.t, "name"), false, func() { a.phrase(depth - 1) })
	case 6:
		a.b.WriteString("<svg><g/><text>085-1234567</text><path/></svg>")
	case 5:
		a.b.WriteString("<br>")
	case 4:
		a.b.WriteString("<!-- </div></p></li></table> -->")
	default:
		a.b.WriteString(" 085-1234567 ")
	}
}

// flow writes blocks with what is in them. A paragraph may be left open, as they
// end it.
func (a *author) flow(depth int) {
	phrases := func() { a.several(func() { a.phrase(depth - 1) }) }
	blocks := func() { a.several(func() { a.flow(depth - 1) }) }
	kind := rapid.IntRange(0, 8).Draw(a.t, "flow")
	if depth <= 0 {
		kind = min(kind, 1)
	}
	switch kind {
	case 0, 1:
		a.element("p", true, phrases)
	case 2:
		a.element("h2", false, phrases)
	case 3, 4:
		a.element(rapid.SampledFrom([]string{"div", "section", "blockquote"}).Draw(a.t, "name"), false, blocks)
	case 5:
		a.element("ul", false, func() { a.several(func() { a.element("li", true, blocks) }) })
	case 6:
		a.element("dl", false, func() {
			a.several(func() { a.element("dt", true, phrases); a.element("dd", true, blocks) })
		})
	default:
		if a.open == a.b.Len() {
			a.b.WriteString("</p>") // a table ends a paragraph in new pages only
		}
		a.element("table", false, func() {
			a.several(func() {
				a.element("tbody", true, func() {
					a.several(func() {
						a.element("tr", true, func() { a.several(func() { a.element("td", true, blocks) }) })
					})
				})
			})
		})
	}
}

// TestNesting checks on valid pages that numbers change exactly where no element
// around them is off, as a parser sees it.
func TestNesting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := author{t: rt}
		a.b.WriteString("<!DOCTYPE html>")
		a.several(func() { a.flow(3) })
		in := a.b.String()
		out := rewrite(t, nl.plan(t), nl.replacement, in, 0)
		if offTexts(t, in) != offTexts(t, out) {
			rt.Fatalf("changed where it is off: %q\n%q", in, out)
		}
		if onTexts(t, out) != strings.ReplaceAll(onTexts(t, in), "085-1234567", "085-7654321") {
			rt.Fatalf("not changed: %q\n%q", in, out)
		}
	})
}
