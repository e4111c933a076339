package bot_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/qooqie/qooqie/tracking/bot"
)

func Example() {
	page := func(_ http.ResponseWriter, r *http.Request) {
		if k := bot.Classify(r); k != bot.Person {
			fmt.Println("the site's own number, for a", k)
			return
		}
		fmt.Println("a number of their own, for a person")
	}
	for _, agent := range []string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"WhatsApp/2.23.20.0 A",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Header.Set("User-Agent", agent)
		page(nil, r)
	}
	// Output:
	// a number of their own, for a person
	// the site's own number, for a Crawler
	// the site's own number, for a Preview
}

// A browser that loads a page ahead of a click tells so. Nobody sees the page
// yet, perhaps nobody will.
func ExampleClassify_prefetch() {
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
	fmt.Println(bot.Classify(r))
	r.Header.Set("Sec-Purpose", "prefetch;prerender")
	fmt.Println(bot.Classify(r))
	// Output:
	// Person
	// Prefetch
}
