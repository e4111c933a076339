// Package site is the demo site of the reference server: the few pages of De
// Kwikstaart, a bicycle repair shop that does not exist, in a town that does not
// exist either.
//
// It is a site as any other. Its telephone number is written into its pages, in
// all the ways in which people write a number, and it imports nothing that
// tracks calls: whatever a visitor sees in place of [Number] is the work of the
// middleware in front of [Handler]. Only the box at the bottom of each page, for
// those who try the demo, tells of it.
//
// The pages need no script, no font and no image from elsewhere, and work under
// a Content-Security-Policy that allows nothing but the stylesheet.
package site

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Number is the telephone number on the pages, in E.164. The pages have it in
// clear and don't read it from here: it is the swap target of a middleware that
// replaces it.
const Number = "+31851234567"

// policy is the Content-Security-Policy of all responses. A stylesheet of the
// site and an icon inside the page are all that a page loads.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// How long a copy may be used without asking: a page a minute, and a stylesheet
// as good as forever under an address that changes with its text (RFC 8246).
const (
	shortLife = "public, max-age=60"
	longLife  = "public, max-age=31536000, immutable"
)

// resource is something that the site serves, complete in memory.
type resource struct {
	path        string
	contentType string
	etag        string // strong: the text decides (RFC 9110 §8.8.3)
	version     string // the query that a long life is granted to; "" for none
	body        []byte
}

// handler is the site.
type handler struct {
	resources map[string]*resource // by path
	notFound  []byte
}

// Handler returns the site. The pages are rendered here, once, so that a request
// costs a lookup. It answers GET and HEAD only, sends an address that ends in
// too many slashes on to the page it means, and has a page of its own for what
// it does not have. It is safe for concurrent use.
func Handler() http.Handler { return build() }

// ServeHTTP answers a request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Alleen GET en HEAD zijn mogelijk.", http.StatusMethodNotAllowed)
		return
	}
	if res, ok := h.resources[r.URL.Path]; ok {
		res.serve(w, r)
		return
	}
	if res, ok := h.resources["/"+strings.Trim(r.URL.Path, "/")]; ok {
		res.redirect(w, r)
		return
	}
	h.serveNotFound(w, r)
}

// protect sets the headers that every response has.
func protect(header http.Header) {
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	header.Set("X-Content-Type-Options", "nosniff")
}

// serve answers with the resource, or with 304 if the client has it.
func (res *resource) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", res.contentType)
	header.Set("ETag", res.etag)
	header.Set("Cache-Control", res.life(r.URL.RawQuery))
	// There is no time of change: the tag says more, and it is the same on
	// every machine that was built from the same files.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(res.body))
}

// life is the Cache-Control for a query. A version that is not the present one
// gets the present text, which must not be kept long under that address.
func (res *resource) life(query string) string {
	if res.version != "" && query == res.version {
		return longLife
	}
	return shortLife
}

// redirect sends the client to the path of the resource, with its query, or else
// the campaign of a link with one slash too many would be lost. The target is
// ours and never taken from the request: //example.org is another site.
func (res *resource) redirect(w http.ResponseWriter, r *http.Request) {
	target := url.URL{Path: res.path, RawQuery: r.URL.RawQuery}
	w.Header().Set("Cache-Control", shortLife)
	http.Redirect(w, r, target.String(), http.StatusPermanentRedirect)
}

// serveNotFound answers with the page for addresses that don't exist. A cache
// has to ask again: tomorrow there may be something.
func (h *handler) serveNotFound(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", htmlType)
	header.Set("Content-Length", strconv.Itoa(len(h.notFound)))
	header.Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		// An error means that the client has gone, and nobody is left to tell.
		_, _ = w.Write(h.notFound)
	}
}
