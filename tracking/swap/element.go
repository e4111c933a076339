package swap

import "strings"

// element is an element's name, as the FNV-1a hash of its lower-case form. That
// needs no memory for names of any length. If another name had the hash of one in
// the table, it would be taken for that: none of HTML's does.
type element uint32

// nameOf returns the element of a name in a page. Case does not matter.
func nameOf(name []byte) element {
	h := uint32(2166136261)
	for _, c := range name {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return element(h)
}

// traits are what matters about an element.
type traits uint16

const (
	inline  traits = 1 << iota // it does not part words
	void                       // it has no content and no end tag
	raw                        // its content is no markup
	still                      // nothing in it is changed
	machine                    // its attributes are for machines
	closes                     // it may end without an end tag, where another of its kind begins
	block                      // it ends a paragraph
	foreign                    // it holds SVG or MathML
	term                       // dt or dd
	cell                       // of a table
	row                        // of a table
	rows                       // of a table
	bound                      // end tags of elements around it do nothing in it
)

// traitsByName has the elements that matter. Others part words.
var traitsByName = map[traits]string{
	inline:                "a abbr acronym b bdi bdo big cite data dfn em font i mark nobr small span strong time tspan tt u",
	void:                  "area base basefont bgsound br col embed frame img input keygen param source track",
	inline | void:         "wbr",
	void | block:          "hr",
	void | machine:        "link meta",
	raw | still | machine: "script style",
	raw | still:           "iframe noembed noframes plaintext textarea title",
	raw | still | block:   "xmp",
	still:                 "code datalist select",
	still | bound:         "template",
	still | block:         "pre",
	closes:                "optgroup option",
	closes | bound:        "caption",
	closes | block:        "li p",
	closes | block | term: "dd dt",
	closes | bound | cell: "td th",
	closes | row:          "tr",
	closes | rows:         "tbody tfoot thead",
	block: "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol search section summary ul",
	bound:   "applet marquee object table", // in old pages, a table stands within a paragraph
	foreign: "math svg",
}

// traitTable has the traits of elements at the place of their hash, or at the
// next one that was free.
var traitTable = func() (table [256]struct {
	element element
	traits  traits
}) {
	for t, names := range traitsByName {
		for name := range strings.FieldsSeq(names) {
			e := nameOf([]byte(name))
			i := e.place()
			for ; table[i].element != 0; i++ {
			}
			table[i].element, table[i].traits = e, t
		}
	}
	return table
}()

// place is where an element is looked for first.
func (e element) place() uint8 { return uint8(e ^ e>>8 ^ e>>16) }

// traits returns what matters about an element: nothing, for a block.
func (e element) traits() traits {
	for i := e.place(); traitTable[i].element != 0; i++ {
		if traitTable[i].element == e {
			return traitTable[i].traits
		}
	}
	return 0
}

// Elements with rules of their own.
var (
	elementA         = nameOf([]byte("a"))
	elementArea      = nameOf([]byte("area"))
	elementInput     = nameOf([]byte("input"))
	elementOptgroup  = nameOf([]byte("optgroup"))
	elementOption    = nameOf([]byte("option"))
	elementP         = nameOf([]byte("p"))
	elementTable     = nameOf([]byte("table"))
	elementPlaintext = nameOf([]byte("plaintext"))
	elementScript    = nameOf([]byte("script"))
)
