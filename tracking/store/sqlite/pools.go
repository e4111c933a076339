package sqlite

import (
	"cmp"
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/qooqie/qooqie/numberpool"
)

// PoolLeases implements numberpool.Store. A number of another customer or pool
// is ErrNumberOwned of package numberpool; other errors are those of [Store], or
// ctx's.
//
// A call that adds nothing only reads: a pool asks whenever it is exhausted.
func (s *Store) PoolLeases(
	ctx context.Context, pool numberpool.PoolID, add []numberpool.Number,
) (leases []numberpool.Lease, err error) {
	c, err := s.enter(ctx, pool.Customer)
	if err != nil {
		return nil, err
	}
	defer s.active.Done()
	err = c.calls.read(ctx, func(c *conn) (err error) {
		leases, err = c.poolLeases(pool)
		return err
	})
	if err = unlessAbsent(err); err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(slices.Clone(add), func(n numberpool.Number) bool {
		_, found := slices.BinarySearchFunc(leases, n, func(l numberpool.Lease, n numberpool.Number) int {
			return cmp.Compare(l.Number.Digits(), n.Digits())
		})
		return found
	})
	if len(missing) == 0 {
		return leases, nil
	}
	// Two files can't change in one transaction in this mode (in WAL mode,
	// "transactions that involve changes against multiple ATTACHed databases
	// are atomic for each individual database, but are not atomic across all
	// databases as a set", https://sqlite.org/wal.html), so the order does it.
	// First the guard: whoever is in the index may have a row. If this process
	// ends in between, the number is the pool's without a row, which no grant
	// finds, and the next call adds the row. The other order could leave one
	// number with rows at two customers.
	_, err = write(ctx, s.index, creates, func(c *conn) (struct{}, error) {
		return struct{}{}, c.claim(pool, missing)
	})
	if err != nil {
		return nil, err
	}
	return write(ctx, c.calls, creates, func(c *conn) ([]numberpool.Lease, error) {
		if err := c.addNumbers(pool, missing); err != nil {
			return nil, err
		}
		return c.poolLeases(pool)
	})
}

// poolLeases reads the rows of a pool.
func (c *conn) poolLeases(pool numberpool.PoolID) ([]numberpool.Lease, error) {
	var leases []numberpool.Lease
	err := c.query(func(s *sqlite3.Stmt) error {
		row, err := scanRow(s, pool.Customer)
		leases = append(leases, row.Lease)
		return err
	}, `SELECT `+rowColumns+` FROM numbers JOIN sessions USING (slot) WHERE pool = ? ORDER BY number`, pool.Name)
	return leases, err
}

// claim enters numbers into the index for a pool, or none of them if one is
// another's.
func (c *conn) claim(pool numberpool.PoolID, numbers []numberpool.Number) error {
	for _, n := range numbers {
		added, err := c.exec(`INSERT INTO numbers (number, customer, pool) VALUES (?, ?, ?)
			ON CONFLICT (number) DO UPDATE SET pool = pool WHERE customer = excluded.customer AND pool = excluded.pool`,
			digits(n), pool.Customer, pool.Name)
		if err != nil {
			return err
		}
		if added == 0 {
			return numberpool.ErrNumberOwned
		}
	}
	return nil
}

// addNumbers adds rows for those numbers that have none. Each gets a slot in
// sessions for good, filled with zeros; see callsSchema.
func (c *conn) addNumbers(pool numberpool.PoolID, numbers []numberpool.Number) error {
	for _, n := range numbers {
		_, found, err := c.rowOfNumber(pool, n)
		if err != nil {
			return err
		}
		if found {
			continue
		}
		if _, err := c.exec(`INSERT INTO sessions (session) VALUES (zeroblob(16))`); err != nil {
			return err
		}
		never := numberpool.Lease{Pool: pool, Number: n}
		_, err = c.exec(`INSERT INTO numbers (`+leaseColumns+`, slot)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append(leaseArgs(never), c.LastInsertRowID())...)
		if err != nil {
			return err
		}
	}
	return nil
}
