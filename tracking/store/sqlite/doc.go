// Package sqlite keeps leases, calls and counters in SQLite files on the local
// disk: the embedded store of package tracking. It is pure Go and needs no
// server. Begin with [Open].
//
// # Files
//
// For Open(ctx, "qooqie.db"):
//
//	qooqie.db                         which customer and pool has which number
//	qooqie.db.d/<customer>/calls.db    leases, past assignments, calls
//	qooqie.db.d/<customer>/counters.db daily counters
//
// <customer> is a hash of the customer's id. Every customer has files of their
// own, so that the end of an agreement is the end of those files. They are made
// by the first write that needs them; beside each file SQLite keeps a -wal and a
// -shm file while it is open. Directories have mode 0700 and files 0600.
//
// # Durability
//
// A write of leases and calls is on the disk when its method returns nil
// (synchronous=FULL). Counters may lose their last seconds in a power cut
// (synchronous=NORMAL), but are never damaged by one. Writers that come at the
// same time share one commit.
//
// # What a crash leaves
//
// A process that is killed, or a power cut, leaves each file with the commits
// that were reported and perhaps those that were being made, whole; SQLite
// recovers them from the log when the file is opened next. A file that was being
// made is not there or is complete. Numbers that were being added to a pool are
// the pool's, and get their rows from the next call. Erasures that had not
// returned have to be repeated.
//
// The disk has to keep what it has reported as synced. A drive that lies about
// that defeats every database.
//
// # Erasure
//
// Freed bytes are overwritten (secure_delete). Session ids stand in cells of a
// fixed size that are overwritten where they are, and EndLeases and
// ForgetCallers empty the write-ahead log, so that what they took away is in
// none of the files. If somebody reads at that moment, that part of the log is
// emptied by the next call or by Close.
//
// # Concurrency
//
// A Store is safe for concurrent use, and several processes can open the same
// files. They have to be on a local file system: SQLite's write-ahead log does
// not work over a network (https://sqlite.org/wal.html).
//
// # Compatibility
//
// Files of earlier versions are brought up to date when they are opened. There
// is no way back: an earlier version refuses the file with [ErrNewer].
package sqlite
