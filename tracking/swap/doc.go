// Package swap replaces telephone numbers in HTML while it streams.
//
// Use [Compile] once for the numbers of a site, and a [Writer] for each page:
//
//	plan, err := swap.Compile(swap.Target{
//		Number:       "+31851234567",
//		Replacements: []string{"+31850000001", "+31850000002"},
//	})
//	…
//	w := swap.NewWriter(out, plan, func(int) (string, bool) { return "+31850000002", true })
//	io.Copy(w, page)
//	err = w.Close()
//
// # What is found
//
// A number is found in all the ways people write it: within the country, with
// +31, 0031 or (0), with spaces, hyphens, dots, slashes and brackets, as
// characters or as references to them, across the tags of inline elements,
// comments and wbr. It is replaced in texts, in the tel: and callto: links, and in
// the attributes that people see or hear (alt, title, aria-label, the label of a
// button, data-tel). The new number is written as the old one was; where its
// digits don't fit there, the usual way (libphonenumber's).
//
// # What is left alone
//
// Whatever is for machines or is no telephone call: script, style, JSON-LD, meta,
// title, template, textarea, pre, code, the values of forms, other attributes and
// URLs, links to messengers and their texts; numbers that are part of something
// longer, such as an IBAN, a reference or a price; and an element with
// data-qooqie="off", with all that is in it. Every byte that is no part of a
// number leaves as it came: a page is never parsed into a tree and written anew.
//
// # Concurrency
//
// A Plan is safe for concurrent use, a Writer is not.
package swap
