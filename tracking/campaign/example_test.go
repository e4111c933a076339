package campaign_test

import (
	"fmt"
	"log"
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

// A site knows best what its folder, its partners and its bank are.
func ExampleNewRules() {
	rules, err := campaign.NewRules(campaign.Config{
		Rules: []campaign.Rule{
			{Query: "bron=folder", Source: "folder", Medium: "print"},
			{Referrer: ".partner.example", Source: "partner", Medium: "affiliate"},
		},
		Exclude: []string{"betalen.bank.example"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, visit := range []struct{ url, referrer string }{
		{"https://www.example.nl/?bron=folder", ""},
		{"https://www.example.nl/", "https://blog.partner.example/"},
		{"https://www.example.nl/thanks", "https://betalen.bank.example/"},
	} {
		r := httptest.NewRequest(http.MethodGet, visit.url, http.NoBody)
		c := rules.Parse(r.URL, visit.referrer, func(host string) bool { return campaign.SameSite(host, "www.example.nl") })
		fmt.Printf("%s: %s / %s\n", c.Channel, c.Source, c.Medium)
	}
	// Output:
	// Unassigned: folder / print
	// Affiliates: partner / affiliate
	// Direct:  /
}

// A label that only one person got is an identifier.
func ExampleCampaign_Bucketed() {
	r := httptest.NewRequest(http.MethodGet, "https://www.example.nl/?utm_source=nieuwsbrief&utm_content=jan@example.org", http.NoBody)
	c := campaign.Parse(r.URL, "", nil).Bucketed()
	fmt.Println(c.Source, c.Content)
	// Output: nieuwsbrief (id)
}

// Whoever types the address next week still came by the newsletter.
func ExampleTouches_Add() {
	var t campaign.Touches
	t = t.Add(campaign.Campaign{Source: "google", Medium: "organic"})
	t = t.Add(campaign.Campaign{Source: "nieuwsbrief", Medium: "email"})
	t = t.Add(campaign.Campaign{Channel: "Direct"})
	fmt.Println(t.First.Source, t.Last.Source)
	// Output: google nieuwsbrief
}
