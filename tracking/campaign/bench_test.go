package campaign_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func BenchmarkParse(b *testing.B) {
	for _, bench := range []struct{ name, query, referrer string }{
		{"nothing", "page=2&sort=price&id=4711", ""},
		{"referrer", "", "https://www.google.nl/"},
		{"unknown referrer", "", "https://www.blog.example.org/"},
		{"tags", "utm_source=google&utm_medium=cpc&utm_campaign=spring&utm_term=used+cars&gclid=EAIaIQobChMI", "https://www.google.nl/"},
		{"hostile 64 KiB", strings.Repeat("utm_source=%00&", 64<<10/15), "https://" + strings.Repeat("a.", 120) + "nl/"},
		{"hostile 10000 parameters", strings.Repeat("a=b&", 10_000), ""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			u := &url.URL{Path: "/cars/used", RawQuery: bench.query}
			b.ReportAllocs()
			for b.Loop() {
				campaign.Parse(u, bench.referrer, own)
			}
		})
	}
}

func BenchmarkRulesParse(b *testing.B) {
	rules := newRules(b, siteRules)
	u := &url.URL{Path: "/cars/used", RawQuery: "page=2&sort=price&id=4711"}
	b.ReportAllocs()
	for b.Loop() {
		rules.Parse(u, "https://www.google.nl/", own)
	}
}

func BenchmarkBucketed(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		voorjaar.Bucketed()
	}
}
