package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/qooqie/qooqie/numberpool"
)

// maxHolders is how many assignments NumberHolders returns. Beyond that the
// probability of the next one is lost in the noise.
const maxHolders = 200

// outcome is what came of a conditional write. A refusal is no failure: nothing
// has to be undone.
type outcome struct {
	lease   numberpool.Lease
	refusal error
}

// GrantLease implements numberpool.Store. A refusal is ErrLeaseTaken or
// ErrUnknownNumber of package numberpool; other errors are those of [Store], or
// ctx's. When it returns a lease without error, that lease survives a power cut.
func (s *Store) GrantLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	return s.changeLease(ctx, want, grant)
}

// RenewLease implements numberpool.Store. A refusal is ErrLeaseTaken or
// ErrUnknownNumber of package numberpool; other errors are those of [Store], or
// ctx's.
func (s *Store) RenewLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	return s.changeLease(ctx, want, renew)
}

// changeLease runs a conditional write of a lease. Condition and write are one
// transaction that no other process can come between: it began with BEGIN
// IMMEDIATE, see transact.
func (s *Store) changeLease(
	ctx context.Context, want numberpool.Lease, change func(*conn, numberpool.Lease) (outcome, error),
) (numberpool.Lease, error) {
	c, err := s.enter(ctx, want.Pool.Customer)
	if err != nil {
		return numberpool.Lease{}, err
	}
	defer s.active.Done()
	// Truncation comes before the comparison. It makes an end earlier, never
	// later, by less than a microsecond for all who look at it.
	want.Since, want.SeenAt, want.ExpiresAt = stored(want.Since), stored(want.SeenAt), stored(want.ExpiresAt)
	out, err := write(ctx, c.calls, 0, func(c *conn) (outcome, error) { return change(c, want) })
	if errors.Is(err, errAbsent) {
		return numberpool.Lease{}, numberpool.ErrUnknownNumber
	}
	if err != nil {
		return numberpool.Lease{}, err
	}
	return out.lease, out.refusal
}

// grant carries out GrantLease. The session's own row comes first, or a session
// whose two tabs reached two processes would have two numbers.
func grant(c *conn, want numberpool.Lease) (outcome, error) {
	own, found, err := c.rowOfSession(want.Pool, want.Session)
	if err != nil {
		return outcome{}, err
	}
	if found {
		return c.extend(own, want)
	}
	row, found, err := c.rowOfNumber(want.Pool, want.Number)
	if err != nil {
		return outcome{}, err
	}
	if !found {
		return outcome{refusal: numberpool.ErrUnknownNumber}, nil
	}
	if row.Generation+1 != want.Generation || row.ExpiresAt.After(want.Since) {
		return outcome{row.Lease, numberpool.ErrLeaseTaken}, nil
	}
	if row.Generation > 0 {
		if err := c.addInterval(row.Lease); err != nil {
			return outcome{}, err
		}
	}
	row.Lease = want
	return outcome{lease: row.Lease}, c.putRow(row)
}

// renew carries out RenewLease.
func renew(c *conn, want numberpool.Lease) (outcome, error) {
	row, found, err := c.rowOfNumber(want.Pool, want.Number)
	if err != nil {
		return outcome{}, err
	}
	if !found {
		return outcome{refusal: numberpool.ErrUnknownNumber}, nil
	}
	if row.Generation != want.Generation || row.Generation == 0 {
		return outcome{refusal: numberpool.ErrLeaseTaken}, nil
	}
	return c.extend(row, want)
}

// extend renews the assignment in row, or begins another one if it has another
// attribution.
func (c *conn) extend(row leaseRow, want numberpool.Lease) (outcome, error) {
	if want.Attribution != (numberpool.Attribution{}) && want.Attribution != row.Attribution {
		if err := c.addInterval(row.Lease); err != nil {
			return outcome{}, err
		}
		row.Since, row.Attribution = want.SeenAt, want.Attribution
	}
	row.Session, row.SeenAt = want.Session, want.SeenAt
	if want.ExpiresAt.After(row.ExpiresAt) {
		row.ExpiresAt = want.ExpiresAt
	}
	return outcome{lease: row.Lease}, c.putRow(row)
}

// ReleaseLease implements numberpool.Store. A lease whose session was seen after
// at is left alone: the release is then that of a grant that came too late for
// its own request, and a later request shows the number. The errors are those of
// [Store], or ctx's; then the stored end stands and passes.
func (s *Store) ReleaseLease(
	ctx context.Context, pool numberpool.PoolID, n numberpool.Number, generation uint64, at time.Time,
) error {
	c, err := s.enter(ctx, pool.Customer)
	if err != nil {
		return err
	}
	defer s.active.Done()
	at = stored(at)
	_, err = write(ctx, c.calls, 0, func(c *conn) (struct{}, error) {
		row, found, err := c.rowOfNumber(pool, n)
		if err != nil || !found || row.Generation != generation || !row.Live(at) || row.SeenAt.After(at) {
			return struct{}{}, err
		}
		row.Session, row.ExpiresAt = numberpool.SessionID{}, at
		return struct{}{}, c.putRow(row)
	})
	return unlessAbsent(err)
}

// EndLeases implements numberpool.Store. It also empties the log, in which
// session ids of leases that were released or granted anew may stand; see the
// package documentation.
//
// The errors are those of [Store], or ctx's. A crash before the commit leaves
// everything as it was, and one after it leaves the ids in the log until the
// next call or the next Close; either way the call is to be repeated.
func (s *Store) EndLeases(ctx context.Context, customer string, now, forget time.Time) error {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return err
	}
	defer s.active.Done()
	_, err = write(ctx, c.calls, erases, func(c *conn) (n int64, err error) {
		n, err = c.exec(`
			UPDATE sessions SET session = x'00000000000000000000000000000000'
			WHERE session <> x'00000000000000000000000000000000'
			AND slot IN (SELECT slot FROM numbers WHERE expires_at <= ?)`, micros(now))
		if err != nil {
			return n, err
		}
		return c.exec(`DELETE FROM intervals WHERE seen_at < ?`, micros(forget))
	})
	return unlessAbsent(err)
}

// NumberHolders implements numberpool.Store. It returns an error of [Store], or
// ctx's, and no holders then.
func (s *Store) NumberHolders(
	ctx context.Context, pool numberpool.PoolID, n numberpool.Number, from, at time.Time,
) ([]numberpool.Lease, error) {
	c, err := s.enter(ctx, pool.Customer)
	if err != nil {
		return nil, err
	}
	defer s.active.Done()
	var holders []numberpool.Lease
	err = c.calls.read(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) error {
			l, err := scanLease(s, pool.Customer)
			holders = append(holders, l)
			return err
		}, `
			-- The present assignment sorts after all past ones that began with it.
			SELECT `+leaseColumns+`, 0x7fffffffffffffff AS id FROM numbers
			WHERE number = ?1 AND pool = ?2 AND since <= ?3 AND seen_at >= ?4 AND generation <> 0
			UNION ALL
			SELECT `+leaseColumns+`, id FROM intervals
			WHERE number = ?1 AND pool = ?2 AND since <= ?3 AND seen_at >= ?4
			ORDER BY since DESC, generation DESC, id DESC LIMIT ?5`,
			digits(n), pool.Name, micros(at), micros(from), int64(maxHolders))
	})
	if err = unlessAbsent(err); err != nil {
		return nil, err
	}
	return holders, nil
}
