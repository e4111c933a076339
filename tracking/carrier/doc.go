// Package carrier reads the call reports that telephony providers post, and
// brings them into the form that package tracking stores. [Twilio] goes into
// tracking.Config.Carriers:
//
//	Carriers: []tracking.Carrier{carrier.Twilio{AuthToken: token}},
//
// # What is kept
//
// Of a report only the fields of tracking.CallReport are used. Nothing else of
// the body is stored or logged, and no error repeats any part of it.
//
// # Concurrency
//
// Carriers are values without state. They are safe for concurrent use.
package carrier
