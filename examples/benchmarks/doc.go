// Command benchmarks measures what a request pays for Qooqie beside what it pays
// for packages that do a similar job, in one run:
//
//	cd examples/benchmarks && go run .
//
// It prints a table: the median time of each contender, its allocations, and how
// many times ours it takes. All contenders take turns in every round, because a
// machine that slows down for some seconds would otherwise spoil the comparison;
// a ratio is the median of the ratios of the rounds. Times differ from machine to
// machine, ratios much less. More rounds and longer ones narrow the range:
//
//	go run . -rounds 51 -slice 50ms
//
// # What is compared
//
// Every request has six cookies of other makers beside ours. Ours are two cookies,
// both verified, with a session, a lease and a campaign of seven fields. Peers are
// measured with a single short value in their session, the least they can be asked
// for, and with the same content as ours.
//
//   - scs keeps the session in its memory and a token in the cookie.
//   - gorilla/sessions keeps the session in one signed cookie.
//   - securecookie is what gorilla/sessions signs with; without its encoding of
//     values it only verifies one cookie of 32 bytes.
//   - net/http splits the header and verifies nothing.
//
// This module is apart from the library's, so that the peers stay out of what a
// site that mounts Qooqie downloads.
package main
