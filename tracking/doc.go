// Package tracking is middleware that shows each visitor a phone number of
// their own and credits a call on it to what brought that visitor.
//
// Begin with [New]. [Tracker.Handler] goes around the site, [Tracker.Routes]
// belongs at Config.Prefix, and [Tracker.Run] runs beside the server:
//
//	store, err := sqlite.Open(ctx, "qooqie.db")
//	…
//	t, err := tracking.New(store, tracking.Config{
//		Vault: retention.DirVault("vault"),
//		Sites: []tracking.Site{{
//			Agreement: retention.OwnUse("Your company", since),
//			Profile:   cookies.Netherlands,
//			Pools:     []tracking.Pool{{SwapTarget: "+31851234567", Numbers: numbers}},
//		}},
//	})
//	…
//	mux.Handle("/qooqie/", t.Routes())
//	mux.Handle("/", site)
//	server := http.Server{Handler: t.Handler(mux), ErrorLog: tracking.ErrorLog(logger)}
//
// A request works without Run; Run stores page views and forgets what is no
// longer needed. [Tracker.Decide] says what the Handler would do for a request,
// and why, and does none of it.
//
// # What is stored
//
// While an agreement is in force, and where the site's profile and the visitor
// allow it: the lease of a number, with a random session id that is taken off
// when the lease has ended; each call, with a copy of the attribution it is
// credited to; and daily counters of pages and campaigns. Nothing has an
// address, a user agent or a full referrer. A caller is a keyed pseudonym and
// the last two digits. Package cookies says what the two cookies hold.
//
// # When something fails
//
// The page is served with the site's own number: when the store fails or is
// slower than Config.StoreBudget, when every number is held, when the vault has
// no keys, and when there is a bug in this package. Without an agreement in
// force, nothing is stored and no cookie is set.
//
// # Concurrency
//
// A [Tracker] is safe for concurrent use, and any number of processes can share
// a store and a vault.
package tracking
