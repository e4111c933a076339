// Package retention says until when data may be processed and kept, and keeps
// the keys whose destruction makes an erasure final.
//
// Begin with an [Agreement]: a processing agreement between a customer and the
// party that tracks for it, or [OwnUse] for a site that tracks for itself. Its
// [Window] has the instants between which cookies, leases and calls are
// allowed; a [Vault] has the keys. Agreements and windows are plain values,
// every question takes the time as an argument, and nothing in this package
// reads a clock.
//
//	agreement := retention.OwnUse("Your company", retention.Date{Year: 2026, Month: time.November, Day: 24})
//	window, err := agreement.Window()
//	if err != nil {
//		log.Fatal(err)
//	}
//	if window.MayTrack(time.Now()) {
//		keys, err := retention.DirVault("vault").SigningKeys(ctx, agreement.Customer)
//		…
//	}
//
// # Policies
//
// A [Policy] has the rules for each class of data, [DefaultPolicy] those of call
// tracking. [Policy.Decide] says what is to be done with one [Record] at one
// time, and which rule says so:
//
//	decision, err := retention.DefaultPolicy().Decide(agreement, record, holds, now)
//	if err != nil {
//		log.Fatal(err)
//	}
//	fmt.Println(decision) // due | counter: 25 months from day 2024-10-07: until 2026-11-07
//
// Deciding does nothing: it neither reads nor erases. A policy is also strict
// JSON that people sign; its hash stands in their agreement. Package
// [github.com/qooqie/qooqie/retention/retentiontest] tests policies with cases
// that a privacy officer can read.
//
// # Dates
//
// People sign dates, so dates are what an agreement stores; instants are
// derived from them and from the agreement's zone when they are needed. A
// change of the zone's rules then moves the instant and not the agreement.
// Months are calendar months after Regulation (EEC, Euratom) 1182/71, article
// 3: a period ends with the local day that has the same number, or with the
// last day of the month when there is no such day. An agreement that ends on
// 30 November 2026 keeps its data until 28 February 2027, 24:00.
// [time.Time.AddDate] would say 2 March.
//
// # What is stored
//
// A [DirVault] stores random keys and, in the place of a destroyed key, a note
// that it was destroyed. Names of customers and agreements only become part of
// a file's name as their SHA-256. Nothing about visitors or callers reaches
// this package.
//
// # Concurrency
//
// Everything here may be used by many goroutines, and a vault's directory by
// many processes, at the same time. Policies and agreements are values: who
// shares one does not change it.
//
// # Compatibility
//
// A policy that can be read goes on to mean what it means; what is hashed begins
// with a version for the day on which that can't be. [DefaultPolicy] may change,
// with another Version, and then no longer has the hash that was signed.
package retention
