// Package declaration writes the cookie declaration of a site: which cookies
// there are, under which of the three kinds, for what, for how long and for whom,
// and which article that relies on.
//
// Make it with [New] from the configuration that runs, so that what visitors
// read is what is done, and serve it:
//
//	d, err := declaration.New(declaration.Config{Controller: "Fietsen BV", Profile: site.Profile, Use: use})
//	…
//	d.WriteHTML(w, declaration.Language(r.Header["Accept-Language"]))
//
// The response varies by Accept-Language; [Declaration.MarshalJSON] has both
// languages. It is a package of its own because it is text for the most part, and
// a site without the page needs none of it.
//
// A declaration informs (Telecommunicatiewet, article 11.7a(1)(a); GDPR, article
// 13). It does not judge: it never says that something was approved or that
// consent was not needed, only on which article the site relies.
package declaration
