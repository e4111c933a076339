// Minimal puts Qooqie in front of a directory of pages. It is the program of the
// README.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
)

func main() {
	store, openErr := sqlite.Open(context.Background(), "qooqie.db")
	t, err := tracking.New(store, tracking.Config{Vault: retention.DirVault("vault"), Sites: []tracking.Site{{
		Agreement: retention.OwnUse("Your company", retention.Date{Year: 2026, Month: 11, Day: 25}), Profile: cookies.Netherlands,
		Pools: []tracking.Pool{{SwapTarget: "+31851234567", Numbers: []string{"+31850000001", "+31850000002"}}},
	}}})
	if err := errors.Join(openErr, err); err != nil {
		log.Fatal(err)
	}
	go t.Run(context.Background())
	http.Handle("/qooqie/", t.Routes())
	http.Handle("/", http.FileServer(http.Dir("site")))
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", t.Handler(http.DefaultServeMux)))
}
