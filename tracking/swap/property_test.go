package swap_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// fragments are what pages of the property tests are put together from: parts of
// numbers, and all that makes a tokenizer stumble.
var fragments = strings.Split(
	"085|1234567|123 45 67|-|/|.| |(|)|(0)|+31|+|0031|85|0851234567|085-1234567|(085) 1234567|+31 (0)85 123 45 67|012|34 56 78|"+
		"0118|123456|212|555|0123|(212) 555-0123|1-212-555-0123|&nbsp;|&nbsp|&#48;|&#x30;|&#43;|&plus;|&lpar;|&shy;|&|&#|;|\u00a0|\u2011|\u200b|x|,|:|#|@|=|€|\n|"+
		"<b>|</b>|<i class=x>|</i>|<wbr>|<br>|<p>|</p>|<div>|</div>|<span title='085-1234567'>|<span title=085-1234567>|</span>|"+
		"<a href='tel:+31851234567'>|<a href=tel:0851234567>|<a href='sms:+31851234567'>|<a href=\"tel:(085)1234567\" |</a>|"+
		"<!--|-->|--!>|<!-->|<!--->|<!x>|<?x>|</ x>|</>|<|>|</|<!|<!-|'|\"|/>| title=\"| alt='|"+
		"<script>|</script>|</script |<script |<style>|</style>|<textarea>|</textarea>|<title>|</title>|<pre>|</pre>|<code>|</code>|"+
		"<span data-qooqie=off>|<p data-qooqie=off>|<li data-qooqie=\"off\">|<li>|</ul>|<ul>|<table>|<tr>|<td data-qooqie=off>|<td>|</table>|"+
		"<select>|<option>|</select>|<template>|</template>|<noscript>|</noscript>|<math>|</math>|"+
		strings.Repeat(" ", 90)+"|<b title='"+strings.Repeat("x", 90)+"'>|"+"<svg>|<svg/>|</svg>|<![CDATA[|]]>|<title/>|<input type=button value=085-1234567>|<input value=085-1234567>", "|")

// page draws a page of fragments.
func page(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 24).Draw(t, "page"), "")
}

// TestSplit checks on pages of fragments that these leave the same in whatever
// pieces they come.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(pairs).Draw(rt, "pair")
		in := page(rt)
		whole := rewrite(t, p.plan(t), p.replacement, in, 0)
		cuts := rapid.SliceOfN(rapid.ByteMax(20), 1, 8).Draw(rt, "cuts")
		if got := p.split(t, in, cuts); got != whole {
			rt.Fatalf("%q\n in one piece: %q\n in pieces:    %q", in, whole, got)
		}
		if got := p.bytewise(t, in); got != whole {
			rt.Fatalf("%q\n in one piece: %q\n byte by byte: %q", in, whole, got)
		}
	})
}

// TestTree checks on pages of fragments what FuzzTree checks.
func TestTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom([]pair{nl, short}).Draw(rt, "pair")
		in := page(rt)
		out := rewrite(t, p.plan(t), p.replacement, in, 0)
		if want, got := skeleton(in), skeleton(out); want != got {
			require.Equal(rt, want, got, "%q became %q", in, out)
		}
		if again := rewrite(t, p.plan(t), p.replacement, out, 0); again != out {
			rt.Fatalf("%q\n became %q\n and then %q", in, out, again)
		}
	})
}
