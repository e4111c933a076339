package sqlite

import (
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/qooqie/qooqie/numberpool"
)

// attributionColumns are the columns of an attribution in all tables, in the
// order of attributionArgs and scanAttribution.
const attributionColumns = `source, medium, name, term, content, channel, click_id, referrer, landing`

// leaseColumns are the columns of a lease, in the order of scanLease.
const leaseColumns = `number, pool, generation, since, seen_at, expires_at, ` + attributionColumns

// micros is an instant as it is stored, truncated towards the past. Even the
// zero Time has one.
func micros(t time.Time) int64 { return t.UnixMicro() }

// instant is the inverse of micros.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// stored returns t in the precision of the store.
func stored(t time.Time) time.Time { return instant(micros(t)) }

// digits is a number as it is stored; 0 is none.
func digits(n numberpool.Number) int64 { return int64(n.Digits()) }

// number is the inverse of digits. A value that is no number is an error of the
// file, and its text does not tell it.
func number(digits int64) (numberpool.Number, error) {
	if digits == 0 {
		return numberpool.Number{}, nil
	}
	return numberpool.NumberFromDigits(uint64(digits))
}

// attributionArgs appends the parameters for attributionColumns. A field that is
// added to numberpool.Attribution needs a migration, and its place here and in
// scanAttribution; the suite compares with every field set.
func attributionArgs(args []any, a numberpool.Attribution) []any {
	return append(args, a.Source, a.Medium, a.Name, a.Term, a.Content, a.Channel, a.ClickID, a.Referrer, a.Landing)
}

// scanAttribution reads attributionColumns, the first of which is column i.
func scanAttribution(s *sqlite3.Stmt, i int) numberpool.Attribution {
	return numberpool.Attribution{
		Source: s.ColumnText(i), Medium: s.ColumnText(i + 1), Name: s.ColumnText(i + 2),
		Term: s.ColumnText(i + 3), Content: s.ColumnText(i + 4), Channel: s.ColumnText(i + 5),
		ClickID: s.ColumnText(i + 6), Referrer: s.ColumnText(i + 7), Landing: s.ColumnText(i + 8),
	}
}

// leaseArgs are the parameters for leaseColumns.
func leaseArgs(l numberpool.Lease) []any {
	return attributionArgs(append(make([]any, 0, 16),
		digits(l.Number), l.Pool.Name, int64(l.Generation),
		micros(l.Since), micros(l.SeenAt), micros(l.ExpiresAt)), l.Attribution)
}

// scanLease reads leaseColumns from the first columns of a row.
func scanLease(s *sqlite3.Stmt, customer string) (numberpool.Lease, error) {
	n, err := number(s.ColumnInt64(0))
	return numberpool.Lease{
		Pool:       numberpool.PoolID{Customer: customer, Name: s.ColumnText(1)},
		Number:     n,
		Generation: uint64(s.ColumnInt64(2)),
		Since:      instant(s.ColumnInt64(3)), SeenAt: instant(s.ColumnInt64(4)), ExpiresAt: instant(s.ColumnInt64(5)),
		Attribution: scanAttribution(s, 6),
	}, err
}

// leaseRow is a row of numbers with its session. The two are in two tables, see
// callsSchema.
type leaseRow struct {
	numberpool.Lease
	slot int64 // where the session is
}

// rowColumns are the columns of a leaseRow.
const rowColumns = leaseColumns + `, slot, session`

// scanRow reads rowColumns.
func scanRow(s *sqlite3.Stmt, customer string) (leaseRow, error) {
	l, err := scanLease(s, customer)
	row := leaseRow{Lease: l, slot: s.ColumnInt64(15)}
	copy(row.Session[:], s.ColumnRawBlob(16))
	return row, err
}

// rowOfNumber returns the number's row, if the pool has one.
func (c *conn) rowOfNumber(pool numberpool.PoolID, n numberpool.Number) (row leaseRow, found bool, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		found = true
		row, err = scanRow(s, pool.Customer)
		return err
	}, `SELECT `+rowColumns+` FROM numbers JOIN sessions USING (slot) WHERE number = ? AND pool = ?`,
		digits(n), pool.Name)
	return row, found, err
}

// rowOfSession returns the row that the session has in the pool, if any; of
// several the one that ends last. The first byte finds a few rows in the index,
// and the comparison of all 16 the one among them; see callsSchema for why the
// index has no more. CROSS JOIN keeps SQLite from beginning with numbers.
func (c *conn) rowOfSession(pool numberpool.PoolID, id numberpool.SessionID) (row leaseRow, found bool, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		found = true
		row, err = scanRow(s, pool.Customer)
		return err
	}, `SELECT `+rowColumns+` FROM sessions CROSS JOIN numbers USING (slot)
		WHERE substr(session, 1, 1) = substr(?1, 1, 1) AND session = ?1
		AND session <> x'00000000000000000000000000000000' AND pool = ?2
		ORDER BY expires_at DESC, number LIMIT 1`, id[:], pool.Name)
	return row, found, err
}

// putRow stores a row that is there already. A session that stays the same is
// not written again, which spares a page of the log for each renewal.
func (c *conn) putRow(row leaseRow) error {
	_, err := c.exec(`
		UPDATE numbers SET (`+leaseColumns+`) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
		WHERE number = ?1`, leaseArgs(row.Lease)...)
	if err != nil {
		return err
	}
	_, err = c.exec(`UPDATE sessions SET session = ? WHERE slot = ? AND session <> ?1`, row.Session[:], row.slot)
	return err
}

// addInterval keeps a past assignment, without its session.
func (c *conn) addInterval(l numberpool.Lease) error {
	_, err := c.exec(`INSERT INTO intervals (`+leaseColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, leaseArgs(l)...)
	return err
}
