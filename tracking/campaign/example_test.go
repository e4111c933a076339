package campaign_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func Example() {
	page := func(_ http.ResponseWriter, r *http.Request) {
		c := campaign.Parse(r.URL, r.Referer(), func(host string) bool { return host == "www.example.nl" })
		if c.IsDirect() {
			fmt.Println("direct")
			return
		}
		fmt.Printf("%s from %s / %s\n", c.Channel, c.Source, c.Medium)
	}
	for _, visit := range []struct{ url, referrer string }{
		{"https://www.example.nl/used?utm_source=google&utm_medium=cpc", ""},
		{"https://www.example.nl/used?gclid=EAIaIQ", "https://www.google.com/"},
		{"https://www.example.nl/used", "https://www.facebook.com/"},
		{"https://www.example.nl/used", "https://chatgpt.com/"},
		{"https://www.example.nl/thanks", "https://www.mollie.com/"},
	} {
		r := httptest.NewRequest(http.MethodGet, visit.url, http.NoBody)
		r.Header.Set("Referer", visit.referrer)
		page(nil, r)
	}
	// Output:
	// Paid Search from google / cpc
	// Paid Search from google / cpc
	// Organic Social from facebook / social
	// AI Assistant from chatgpt.com / ai-assistant
	// direct
}

// A click id shows which platform was paid. Its value would point to a person,
// so it is not kept.
func ExampleParse_clickID() {
	r := httptest.NewRequest(http.MethodGet, "https://www.example.nl/?msclkid=7d5e&utm_campaign=brand", http.NoBody)
	c := campaign.Parse(r.URL, r.Referer(), nil)
	fmt.Println(c.ClickID, c.Source, c.Medium, c.Name)
	// Output: msclkid bing cpc brand
}

func ExampleCampaign_IsDirect() {
	fmt.Println(campaign.Campaign{Landing: "/", Channel: "Direct"}.IsDirect())
	fmt.Println(campaign.Campaign{Landing: "/", Source: "google"}.IsDirect())
	// Output:
	// true
	// false
}
