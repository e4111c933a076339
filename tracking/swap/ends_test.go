package swap_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// off makes an example of a page whose first number is left alone: it stands in an
// element with data-qooqie="off". Its last one does not.
func off(rule, page string) example {
	const from, to = "085-1234567", "085-7654321"
	i := strings.LastIndex(page, from)
	return example{rule, page, page[:i] + to + page[i+len(from):]}
}

// ends has the ways in which an element that is left alone ends.
var ends = []table{
	{"off", nl, []example{
		off("a span", "<span data-qooqie=off>085-1234567 <b>085-1234567</b></span> 085-1234567"),
		off("capitals and spaces", `<SPAN DATA-QOOQIE=" Off ">085-1234567</SPAN> 085-1234567`),
		off("its attributes", `<i title=085-1234567 data-qooqie=off></i>085-1234567`),
		off("elements of the same name", "<div data-qooqie=off><div></div>085-1234567</div>085-1234567"),
		off("void elements", "<div data-qooqie=off><br><img><input><hr/>085-1234567</div>085-1234567"),
		off("an element that is void itself", "<img data-qooqie=off alt=085-1234567>085-1234567"),
		off("a slash means nothing in HTML", "<div data-qooqie=off><i/>085-1234567</i></div>085-1234567"),
		off("in SVG it does", "<svg data-qooqie=off><g/><g>085-1234567</g></svg>085-1234567"),
		off("an empty SVG", "<svg data-qooqie=off /><p>085-1234567"),
		off("a script in it", "<div data-qooqie=off><script>'</div>'</script>085-1234567</div>085-1234567"),
		off("a comment in it", "<div data-qooqie=off><!-- </div> -->085-1234567</div>085-1234567"),
		off("the first of two counts", "<b data-qooqie=off data-qooqie=on>085-1234567</b> 085-1234567"),
		off("the second of two does not", "<b data-qooqie=on data-qooqie=off>085-1234567</b>"),
		off("another value", "<b data-qooqie=of>085-1234567</b>"),
		off("a value with a slash", "<b data-qooqie=off/>085-1234567</b>"),
		off("within a number", "<p>085<b data-qooqie=off></b>1234567 085-1234567"),
		off("two of them", "<b data-qooqie=off>085-1234567</b><b data-qooqie=off>085-1234567</b> 085-1234567"),
		same("never closed", "<div data-qooqie=off>085-1234567</section><p>085-1234567"),
		same("deeper than is followed", "<div data-qooqie=off>"+strings.Repeat("<b>", 64)+strings.Repeat("</b>", 64)+"</div>085-1234567"),
	}},
	{"implied ends", nl, []example{
		off("a paragraph by a paragraph", "<p data-qooqie=off>085-1234567<p>085-1234567"),
		off("a paragraph by a block", "<p data-qooqie=off>085-1234567<div>085-1234567</div>"),
		off("a paragraph by a list", "<p data-qooqie=off>085-1234567<ul><li>085-1234567</ul>"),
		off("a paragraph by the element around it", "<div><p data-qooqie=off>085-1234567</div>085-1234567"),
		off("a paragraph with an inline element", "<p data-qooqie=off><b>085-1234567</p>085-1234567"),
		off("not by an inline element", "<p data-qooqie=off><b></b><i></i>085-1234567</p>085-1234567"),
		off("a paragraph in it", "<div data-qooqie=off><p>a<p>b<div>c</div>085-1234567</div>085-1234567"),
		off("a list item", "<ul><li data-qooqie=off>085-1234567<li>085-1234567</ul>"),
		off("a list item at the end of the list", "<ul><li data-qooqie=off>085-1234567</ul>085-1234567"),
		off("a list in a list", "<ul><li data-qooqie=off><ul><li>1<li>2</ul>085-1234567<li>085-1234567"),
		off("a stray end of a paragraph", "<ul><li data-qooqie=off></p>085-1234567<li>085-1234567"),
		off("stray ends of inline and void elements", "<ul><li data-qooqie=off></b></br></script>085-1234567<li>085-1234567"),
		off("a term", "<dl><dt data-qooqie=off>085-1234567<dd>085-1234567</dl>"),
		off("a description", "<dl><dd data-qooqie=off>085-1234567<dt>085-1234567</dl>"),
		off("a cell", "<table><tr><td data-qooqie=off>085-1234567<td>085-1234567</table>"),
		off("a cell by a heading", "<table><tr><td data-qooqie=off>085-1234567<th>085-1234567</table>"),
		off("a cell by a row", "<table><tr><td data-qooqie=off>085-1234567<tr><td>085-1234567</table>"),
		off("a cell by a body", "<table><tr><td data-qooqie=off>085-1234567<tbody><tr><td>085-1234567</table>"),
		off("a cell by the end of the table", "<table><tr><td data-qooqie=off>085-1234567</table>085-1234567"),
		off("a row", "<table><tr data-qooqie=off><td>085-1234567<td>085-1234567<tr><td>085-1234567</table>"),
		off("a body", "<table><tbody data-qooqie=off><tr><td>1<tr><td>085-1234567<tbody><tr><td>085-1234567</table>"),
		off("a table in a cell", "<table><tr><td data-qooqie=off><table><tr><td>1<td>2</table>085-1234567<td>085-1234567"),
		off("a stray end tag in a cell", "<table><tr><td data-qooqie=off></div>085-1234567<td>085-1234567</table>"),
		off("a stray end tag in a cell within", "<div data-qooqie=off><table><tr><td></div>085-1234567</table></div>085-1234567"),
		off("the end of the table in a cell within", "<div data-qooqie=off><table><tr><td></table>085-1234567</div>085-1234567"),
		off("an option", "<div data-qooqie=off><select><option>1<option>2<optgroup><option>3</select>085-1234567</div>085-1234567"),
	}},
}

// TestEnds checks what the tables say about ends against a parser: a number that
// changes stands in no element that is left alone, and the other way round.
func TestEnds(t *testing.T) {
	for _, table := range ends {
		for _, e := range table.examples {
			if strings.HasPrefix(e.rule, "never") || strings.HasPrefix(e.rule, "deeper") {
				continue // more is left alone than has to be
			}
			t.Run(e.rule, func(t *testing.T) {
				t.Parallel()
				require.Equal(t, offTexts(t, e.in), offTexts(t, e.want), "in elements that are off")
				require.Zero(t, strings.Count(onTexts(t, e.want), "085-1234567"), "elsewhere")
			})
		}
	}
}
