// Minimal mounts Qooqie in front of a site of one page. It is the program of
// the README.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
)

func main() {
	store, err := sqlite.Open(context.Background(), "qooqie.db")
	if err != nil {
		log.Fatal(err)
	}
	t, err := tracking.New(store, tracking.Config{Vault: retention.DirVault("vault"), Sites: []tracking.Site{{
		Agreement: retention.OwnUse("Your company", retention.Date{Year: 2026, Month: 11, Day: 24}),
		Profile:   cookies.Netherlands,
		Pools:     []tracking.Pool{{SwapTarget: "+31851234567", Numbers: []string{"+31850000001", "+31850000002"}}},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	go func() { log.Print(t.Run(context.Background())) }()
	mux := http.NewServeMux()
	mux.Handle("/qooqie/", t.Routes())
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`<p>Call <a href="tel:+31851234567">085 123 45 67</a></p>`))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", t.Handler(mux)))
}
