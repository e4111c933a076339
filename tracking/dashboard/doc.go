// Package dashboard shows the data of a tracker to the people it belongs to: one
// page, in Dutch, and the calls as JSON and CSV. Begin with [New]:
//
//	board, err := dashboard.New(dashboard.Config{Source: tracker, Password: password})
//	if err != nil {
//		return err
//	}
//	mux.Handle("/dashboard/", http.StripPrefix("/dashboard", board))
//
// Mount it at a path that ends in a slash: its links are relative. Serve it over
// HTTPS, because HTTP Basic sends the password with each request.
//
// # What is shown
//
// The page, at /, has how full each pool is and what each number is doing, the
// sessions by day and campaign, the page views by day and path, and the latest
// calls with what they are credited to and how sure that is. All of it comes
// from one tracking.Report. No session id is shown anywhere, and no caller
// beyond the last two digits. The pseudonym of a caller is left out as well: it
// would link the calls of one person in a file that outlives the agreement.
//
// While the agreement does not allow to look, the page says so and has nothing
// else, and the downloads answer 403.
//
// # The downloads
//
// calls.json is an array with an object for each call, the latest first, at most
// as many as a Report has. calls.csv has the same in the same order, with a
// header, in UTF-8 without byte order mark, separated by commas:
//
//	dialled           the number that was called, E.164
//	started_at        RFC 3339, UTC
//	source            "" if unknown; likewise medium, campaign, channel,
//	                  term, content, landing and referrer
//	probability       that the credit is right, 0 to 1; 0 if it goes to nobody
//	rung              "session" or "swap_target"
//	carrier, call_id  to reconcile with the carrier's bill
//	pool              "" if no pool has the number
//	state             "ringing", "answered", "missed" or "finished"
//	duration_seconds  how long it was answered; 0 while unknown
//	caller_hint       the last two digits of the number that called, or ""
//
// What visitors wrote into a campaign link is text in every cell of the CSV: a
// spreadsheet that would take it for a formula finds an apostrophe before it.
// Numbers such as +31851234567 are written as they are, since a sign and digits
// can't be more than a number. The JSON has all values unchanged.
//
// # Who may look
//
// The user "admin" with the password of the Config. There is no default
// password, and nothing counts attempts, because that would take addresses: a
// password has to be too long to guess, such as that of crypto/rand.Text.
// Nothing may be stored by a browser or a cache, no page may frame another, and
// no script runs.
//
// # Concurrency
//
// The handler has no state and is safe for concurrent use.
package dashboard
