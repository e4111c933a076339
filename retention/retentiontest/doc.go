// Package retentiontest is the unit-test harness for retention policies: cases
// are files that a privacy officer can read, and time travels.
//
// Begin with a directory of cases and a test of five lines:
//
//	func TestPolicy(t *testing.T) {
//		policy := retention.DefaultPolicy()
//		retentiontest.Run(t, policy, "testdata")
//		retentiontest.Coverage(t, policy, "testdata")
//		retentiontest.Mutate(t, policy, "testdata")
//	}
//
// [Run] compares the life of each record with the timeline in its file.
// [Coverage] says what no case reaches, and [Mutate] which change of a rule none
// of them would notice. [Canary] searches what a test left behind for values
// that must not be there.
//
// # Case files
//
// A file whose name ends in .case tells of one agreement and some of its data:
//
//	The caller is forgotten after 13 months, the call is not.
//
//	-- agreement 2026-001 --
//	start: 2024-05-01
//	end: 2028-11-30
//	choice: erase
//
//	-- record call --
//	class: call
//	started: 2026-11-20T16:00:00+01:00
//	fields: caller caller_hint
//
//	-- timeline --
//	2026-11-20T16:00:00+01:00 active
//	2027-12-21 active empty caller caller_hint
//	2028-12-01 grace
//	2029-03-01 due
//
// What stands before the first section is for people. Lines that begin with #
// and empty ones mean nothing. The sections are:
//
//   - agreement ID: start, end, zone, grace (months, or none), choice, policy,
//     continues, end entered, handed over, erase through, customer, controller;
//     or "own use: yes" and a start
//   - hold ID: authority, reason, from, review, released, agreement, class,
//     customer
//   - record, with any text: class, agreement, customer, stored, asked, fields;
//     every other key is a time from which a rule counts
//   - timeline, after its record: one line for each change
//
// Times are written as 2006-01-02T15:04:05+01:00, or as a date, which is the
// first instant of that day in the zone of the first agreement. A line of a
// timeline has the instant, the state, the fields that are emptied, and after a
// bar which rule decided and why; from the bar on it may be left out. The fields
// are emptied when the timeline says so, as a sweeper does, and its last line
// stays true for ever.
//
// With the flag -update, [Run] writes the timelines as they are now.
//
// # What is stored
//
// Nothing, but the case files themselves with -update.
//
// # Concurrency
//
// All functions may be called at the same time, except Run with -update on one
// directory.
//
// # Compatibility
//
// A case file that can be read goes on to be read. The words of a reason, after
// the bar, may change with a version; -update takes the new ones.
package retentiontest
