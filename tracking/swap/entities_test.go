package swap_test

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReferencesWithin checks named references between two parts of a number:
// they mean what they do to a browser.
func TestReferencesWithin(t *testing.T) {
	for names, within := range map[string]bool{
		"nbsp NonBreakingSpace ensp emsp thinsp ThinSpace hairsp VeryThinSpace numsp puncsp emsp13 emsp14 MediumSpace Tab NewLine": true,
		"shy zwnj zwj lrm rlm ZeroWidthSpace NoBreak":                                            true,
		"hyphen dash ndash mdash minus horbar bull bullet middot centerdot CenterDot sol period": true,
		"plus num commat lowbar UnderBar equals comma colon euro pound dollar yen cent curren":   false,
		"amp lt gt quot apos rpar eacute Eacute Uuml frac12 szlig hearts nosuchreference x":      false,
	} {
		for name := range strings.FieldsSeq(names) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				page := "<p>085&" + name + ";1234567</p>"
				want := page
				if within {
					want = "<p>085&" + name + ";7654321</p>"
				}
				require.Equal(t, want, rewrite(t, nl.plan(t), nl.replacement, page, 0))
				require.Equal(t, want, nl.bytewise(t, page))
				// A reference and its character do the same.
				char := html.UnescapeString("&" + name + ";")
				if within && !strings.HasPrefix(char, "&") {
					require.Equal(t, "085"+char+"7654321", rewrite(t, nl.plan(t), nl.replacement, "085"+char+"1234567", 0))
				}
			})
		}
	}
}

// TestReferencesBeside checks named references before and after a number: those of
// letters and of what ties make it part of something longer.
func TestReferencesBeside(t *testing.T) {
	const number, swapped = "0851234567", "0857654321"
	for names, beside := range map[string]bool{
		"eacute Egrave ocirc Uuml ntilde ccedil aring Oslash scaron AElig oelig eth THORN szlig ordf sup1 frac34": false,
		"amp lt gt quot nbsp shy bull euro comma colon period rpar hearts laquo hellip copy nosuchreference ouch": true,
	} {
		for name := range strings.FieldsSeq(names) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				for _, page := range []string{"&" + name + ";" + number, number + "&" + name + ";"} {
					want := page
					if beside {
						want = strings.Replace(page, number, swapped, 1)
					}
					require.Equal(t, want, rewrite(t, nl.plan(t), nl.replacement, page, 0))
					require.Equal(t, want, nl.bytewise(t, page))
				}
			})
		}
	}
	for _, tie := range []string{"num", "commat", "lowbar", "equals", "hyphen", "sol"} {
		for _, page := range []string{"x&" + tie + ";" + number, number + "&" + tie + ";x"} {
			require.Equal(t, page, rewrite(t, nl.plan(t), nl.replacement, page, 0))
		}
	}
}

// TestCharactersWithin checks characters between two parts of a number.
func TestCharactersWithin(t *testing.T) {
	for chars, within := range map[string]bool{
		" \t\n\r\f\u00a0\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u3000":       true,
		"-./\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7\u2022\u2027\u22c5": true,
		"\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\ufeff":    true,
		"+#@_=,:;*~'\"!?&%$€x\u00e9\u0660\ufffd\u2016\x00\x7f":                  false,
	} {
		for _, char := range chars {
			page, want := "<p>085"+string(char)+"1234567</p>", "<p>085"+string(char)+"7654321</p>"
			if !within {
				want = page
			}
			require.Equal(t, want, rewrite(t, nl.plan(t), nl.replacement, page, 0), "%U", char)
			require.Equal(t, want, nl.bytewise(t, page), "%U", char)
		}
	}
}
