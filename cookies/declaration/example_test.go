package declaration_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/cookies/declaration"
)

// Example serves the declaration of a site.
func Example() {
	d, err := declaration.New(declaration.Config{
		Controller: "Fietsen BV",
		Profile:    cookies.Netherlands,
		Use:        cookies.Use{VisitorNumbers: true, Campaigns: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	serve := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Vary", "Accept-Language")
		if err := d.WriteHTML(w, declaration.Language(r.Header["Accept-Language"])); err != nil {
			log.Print(err)
		}
	}

	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/qooqie/cookies", nil)
	r.Header.Set("Accept-Language", "en-GB,en;q=0.9")
	serve(w, r)
	for line := range strings.SplitSeq(w.Body.String(), "\n") {
		if strings.HasPrefix(line, "<dt>Life") {
			fmt.Println(line)
		}
	}
	// Output:
	// <dt>Life</dt><dd>13 calendar months, from the first time, not extended</dd>
	// <dt>Life</dt><dd>30 days, from the first time, not extended</dd>
	// <dt>Life</dt><dd>30 days, from the first time, not extended</dd>
}
