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
// many processes, at the same time.
package retention
