package dashboard

import (
	_ "embed" // for the page and the stylesheet
	"html/template"
	"io"

	"github.com/qooqie/qooqie/tracking"
)

//go:embed assets/dashboard.css
var stylesheet []byte

//go:embed assets/page.html
var pageText string

// page is the template of the page. It gets a view.
var page = template.Must(template.New("page").Parse(pageText))

// writePage writes the page that shows a report.
func writePage(w io.Writer, report tracking.Report) error {
	return page.Execute(w, viewOf(report))
}
