package sqlite

// schema describes one kind of file.
type schema struct {
	// id is the application_id in the header, which tells our files apart from
	// others and from each other.
	id int32
	// synchronous is the pragma's value.
	synchronous string
	// migrations are applied in order; user_version counts those that were.
	// New ones are appended, old ones never changed.
	migrations []string
}

// Instants are microseconds since 1970 in UTC. No statement of this package
// asks SQL for the time.

// indexSchema is the guard that no number is in two pools or at two customers.
var indexSchema = schema{id: 0x51716978, synchronous: "FULL", migrations: []string{`
	CREATE TABLE numbers (
		number   INTEGER PRIMARY KEY CHECK (number BETWEEN 1000000 AND 999999999999999),
		customer TEXT NOT NULL,
		pool     TEXT NOT NULL
	) STRICT;
`}}

// callsSchema holds a customer's leases and calls.
//
// The sessions are apart from the numbers: all rows of that table have one size
// and none is deleted or inserted between others, so SQLite overwrites an id in
// its place and never copies it to another page, where it would stay behind.
// For the same reason the index has no more of an id than its first byte.
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
// integer 20261231.
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
