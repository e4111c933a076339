package site

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
)

// The types of what the site serves.
const (
	htmlType = "text/html; charset=utf-8"
	cssType  = "text/css; charset=utf-8"
)

// stylesheetPath is where the stylesheet is; pages add its version.
const stylesheetPath = "/assets/site.css"

// pageFiles are the templates of the pages, by path.
var pageFiles = map[string]string{
	"/":         "home.html",
	"/diensten": "diensten.html",
	"/contact":  "contact.html",
}

//go:embed pages
var templates embed.FS

//go:embed assets/site.css
var stylesheet []byte

// layout is what all pages have around their own part.
var layout = template.Must(template.ParseFS(templates, "pages/layout.html"))

// page is what a template may use.
type page struct {
	Path       string // of the page, to mark it in the menu; "" if it is in no menu
	Stylesheet string // address of the stylesheet, with its version
}

// build renders the site.
func build() *handler {
	css := newResource(stylesheetPath, cssType, stylesheet)
	css.version = "v=" + digest(stylesheet)
	address := css.path + "?" + css.version

	h := &handler{
		resources: map[string]*resource{css.path: css},
		notFound:  render("404.html", page{Stylesheet: address}),
	}
	for path, file := range pageFiles {
		body := render(file, page{Path: path, Stylesheet: address})
		h.resources[path] = newResource(path, htmlType, body)
	}
	return h
}

// newResource returns a resource of the body, tagged by its digest.
func newResource(path, contentType string, body []byte) *resource {
	return &resource{
		path:        path,
		contentType: contentType,
		etag:        `"` + digest(body) + `"`,
		body:        body,
	}
}

// digest is short enough for an address, and other texts have another one.
func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// render puts a page into the layout. The templates are part of the program and
// get no data from outside, so an error is a mistake in them that no request
// causes and every test meets: it panics, as template.Must does.
func render(file string, p page) []byte {
	t := template.Must(template.Must(layout.Clone()).ParseFS(templates, "pages/"+file))
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout.html", p); err != nil {
		panic(err)
	}
	return b.Bytes()
}
