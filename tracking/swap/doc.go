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
// # How the new number is written
//
// If both numbers have as many digits and area codes of one length, the new digits
// take the places of the old ones, and all between them stays: "(085) - 123 45 67"
// becomes "(085) - 765 43 21". If only the area codes differ in length, these and
// what follows change places: "0118-123456" becomes "085-7654321". Otherwise the
// number is written as is usual in its country; one without separators, and one in
// a link, gets none. A number from abroad gets its calling code.
//
// A number that stands in several elements goes into the first of them as a whole
// if its digits don't fit. The elements stay, and may be empty then.
//
// # What is HTML
//
// Tags, comments, references and the content of scripts are read as the HTML
// standard tells browsers to, mistakes included. What is left alone depends on
// which element ends where, and so the end tags that people may leave out are
// known. Elsewhere no tree is needed and none is built. If the end of an element
// that is left alone isn't clear, more is left alone and not less.
//
// # Limits
//
// A number that takes more than about 200 bytes from its first to its last digit,
// tags included, is not found. Neither are those in attributes of a tag longer
// than 64 KB, nor in more than twelve attributes of a tag. At most 300 bytes and
// the tag that has not ended are held back, and the memory that a Writer needs
// does not depend on the page.
//
// # Concurrency
//
// A Plan is safe for concurrent use, a Writer is not.
package swap
