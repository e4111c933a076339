package sqlite

// schema describes one kind of file.
type schema struct {
	// id is the application_id in the header, which tells our files apart from
	// others and from each other: a file that was copied to the wrong place is
	// refused. It is "Qq" and two letters for the kind.
	id int32
	// synchronous is the pragma's value: FULL syncs each commit, NORMAL only
	// each checkpoint.
	synchronous string
	// migrations are applied in order; user_version counts those that were.
	// New ones are appended, old ones never changed: somewhere there is a file
	// of each version.
	migrations []string
}

// Instants are microseconds since 1970 in UTC: integers compare as instants do,
// and every store has the same precision. No statement of this package asks SQL
// for the time.
//
// Tables are STRICT (https://sqlite.org/stricttables.html), so a mistake in a
// type is an error and not a value of another type. No column is NULL: what is
// unknown is the empty text or 0, as in the Go types.

// indexSchema is the guard that no number is in two pools or at two customers:
// the number is the primary key. The CHECK is the range of numberpool.Number.
// It holds nothing about visitors and is the only file that customers share.
var indexSchema = schema{id: 0x51716978, synchronous: "FULL", migrations: []string{`
	CREATE TABLE numbers (
		number   INTEGER PRIMARY KEY CHECK (number BETWEEN 1000000 AND 999999999999999),
		customer TEXT NOT NULL,
		pool     TEXT NOT NULL
	) STRICT;
`}}

// callsSchema holds a customer's leases and calls.
//
// numbers has a row for each number, with the present or last assignment;
// intervals has the assignments before it, without session; calls has a copy of
// the attribution that a call was credited to, and nothing that leads back to a
// lease.
//
// The sessions are apart from the numbers: all rows of that table have one size
// and none is deleted or inserted between others, so SQLite overwrites an id in
// its place and never copies it to another page, where it would stay behind.
// For the same reason the index has no more of an id than its first byte: keys
// are moved between the pages of an index, and secure_delete does not reach the
// copies that a page keeps in its unused part while it lives. Of one byte there
// is nothing to learn. Ended sessions are zeros and left out of the index.
//
// The indexes are for the reads by number and time, numbers_pool for the rows of
// a pool, intervals_seen_at and calls_started_at for the sweeps as well.
var callsSchema = schema{id: 0x5171636c, synchronous: "FULL", migrations: []string{`
	CREATE TABLE numbers (
		number     INTEGER PRIMARY KEY,
		pool       TEXT NOT NULL,
		slot       INTEGER NOT NULL UNIQUE,
		generation INTEGER NOT NULL,
		since      INTEGER NOT NULL,
		seen_at    INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		source     TEXT NOT NULL,
		medium     TEXT NOT NULL,
		name       TEXT NOT NULL,
		term       TEXT NOT NULL,
		content    TEXT NOT NULL,
		channel    TEXT NOT NULL,
		click_id   TEXT NOT NULL,
		referrer   TEXT NOT NULL,
		landing    TEXT NOT NULL
	) STRICT;
	CREATE INDEX numbers_pool ON numbers (pool);

	CREATE TABLE sessions (
		slot    INTEGER PRIMARY KEY,
		session BLOB NOT NULL CHECK (length(session) = 16)
	) STRICT;
	CREATE INDEX sessions_held ON sessions (substr(session, 1, 1))
		WHERE session <> x'00000000000000000000000000000000';

	CREATE TABLE intervals (
		id         INTEGER PRIMARY KEY,
		number     INTEGER NOT NULL,
		pool       TEXT NOT NULL,
		generation INTEGER NOT NULL,
		since      INTEGER NOT NULL,
		seen_at    INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		source     TEXT NOT NULL,
		medium     TEXT NOT NULL,
		name       TEXT NOT NULL,
		term       TEXT NOT NULL,
		content    TEXT NOT NULL,
		channel    TEXT NOT NULL,
		click_id   TEXT NOT NULL,
		referrer   TEXT NOT NULL,
		landing    TEXT NOT NULL
	) STRICT;
	CREATE INDEX intervals_number ON intervals (number, since, generation);
	CREATE INDEX intervals_seen_at ON intervals (seen_at);

	CREATE TABLE calls (
		row         INTEGER PRIMARY KEY,
		carrier     TEXT NOT NULL,
		id          TEXT NOT NULL,
		pool        TEXT NOT NULL,
		dialled     INTEGER NOT NULL,
		caller      TEXT NOT NULL,
		caller_hint TEXT NOT NULL,
		state       INTEGER NOT NULL,
		started_at  INTEGER NOT NULL,
		duration    INTEGER NOT NULL, -- microseconds
		received_at INTEGER NOT NULL,
		source      TEXT NOT NULL,
		medium      TEXT NOT NULL,
		name        TEXT NOT NULL,
		term        TEXT NOT NULL,
		content     TEXT NOT NULL,
		channel     TEXT NOT NULL,
		click_id    TEXT NOT NULL,
		referrer    TEXT NOT NULL,
		landing     TEXT NOT NULL,
		probability REAL NOT NULL,
		rung        INTEGER NOT NULL,
		UNIQUE (carrier, id)
	) STRICT;
	CREATE INDEX calls_started_at ON calls (started_at);
`}}

// countersSchema holds a customer's daily counters. A day is written as the
// integer 20261231. The table is its own index (WITHOUT ROWID), in the order in
// which counters are read.
var countersSchema = schema{id: 0x51716374, synchronous: "NORMAL", migrations: []string{`
	CREATE TABLE counters (
		day   INTEGER NOT NULL,
		site  TEXT NOT NULL,
		kind  TEXT NOT NULL,
		key   TEXT NOT NULL,
		count INTEGER NOT NULL,
		PRIMARY KEY (day, site, kind, key)
	) STRICT, WITHOUT ROWID;
`}}
