package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/bot"
)

func BenchmarkClassify(b *testing.B) {
	for _, bench := range []struct{ name, agent string }{
		{"person", chrome},
		{"crawler", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
		{"64 KiB", strings.Repeat("GoogleBo", 8<<10)},
		{"2 KiB", strings.Repeat("GoogleBo", 256)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := request("User-Agent", bench.agent)
			b.ReportAllocs()
			for b.Loop() {
				bot.Classify(r)
			}
		})
	}
}

// BenchmarkClassifyMixed takes people and programs in turn, one each time.
func BenchmarkClassifyMixed(b *testing.B) {
	var requests []*http.Request
	for _, agent := range lines(b, "people.txt") {
		requests = append(requests, request("User-Agent", agent))
	}
	for _, line := range lines(b, "programs.tsv") {
		_, agent, _ := strings.Cut(line, "\t")
		requests = append(requests, request("User-Agent", agent))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		bot.Classify(requests[i%len(requests)])
	}
}
