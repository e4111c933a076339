package sqlite

import (
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/qooqie/qooqie/tracking"
)

// callColumns are the columns of a call, in the order of callArgs and scanCall.
const callColumns = `carrier, id, pool, dialled, caller, caller_hint, state, started_at, duration, received_at, ` +
	attributionColumns + `, probability, rung`

// PutCall implements tracking.CallStore. It runs merge while other writes of
// the customer wait, and at most once; merge must not call the store, which
// would wait for itself. If merge panics nothing is stored.
//
// The errors are those of [Store], or ctx's.
func (s *Store) PutCall(
	ctx context.Context, call tracking.Call, merge func(stored, event tracking.Call) tracking.Call,
) (tracking.Call, error) {
	c, err := s.enter(ctx, call.Customer)
	if err != nil {
		return tracking.Call{}, err
	}
	defer s.active.Done()
	call = storedCall(call)
	return write(ctx, c.calls, creates, func(c *conn) (tracking.Call, error) {
		return c.putCall(call, merge)
	})
}

// putCall carries out PutCall. Between reading the call and writing it nobody
// else writes, because the transaction began with BEGIN IMMEDIATE.
func (c *conn) putCall(
	call tracking.Call, merge func(stored, event tracking.Call) tracking.Call,
) (tracking.Call, error) {
	old, found, err := c.call(call.Customer, call.Carrier, call.ID)
	if err != nil {
		return tracking.Call{}, err
	}
	if found {
		merged := storedCall(merge(old, call))
		// What names a call is not merge's to change.
		merged.Customer, merged.Carrier, merged.ID = call.Customer, call.Carrier, call.ID
		if merged == old {
			return old, nil // carriers repeat themselves; that costs no write
		}
		call = merged
	}
	// One statement for both: a call that is there keeps its row, so that its
	// place in the file is overwritten and nothing of it is left elsewhere.
	_, err = c.exec(`INSERT INTO calls (`+callColumns+`)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
		ON CONFLICT (carrier, id) DO UPDATE SET (`+callColumns+`) =
		(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)`,
		callArgs(call)...)
	return call, err
}

// Calls implements tracking.CallStore. It returns an error of [Store], or ctx's,
// and no calls then.
func (s *Store) Calls(
	ctx context.Context, customer string, since time.Time, limit int,
) (calls []tracking.Call, err error) {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return nil, err
	}
	defer s.active.Done()
	err = c.calls.read(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) error {
			call, err := scanCall(s, customer)
			calls = append(calls, call)
			return err
		}, `SELECT `+callColumns+` FROM calls WHERE started_at >= ?
			ORDER BY started_at DESC, carrier, id LIMIT ?`, micros(since), int64(max(limit, 0)))
	})
	if err = unlessAbsent(err); err != nil {
		return nil, err
	}
	return calls, nil
}

// ForgetCallers implements tracking.CallStore. It also empties the log, in which
// the callers may stand as they were; see the package documentation.
//
// The errors are those of [Store], or ctx's. After an error some callers may be
// in the files still, and the call is to be repeated.
func (s *Store) ForgetCallers(ctx context.Context, customer string, before time.Time) error {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return err
	}
	defer s.active.Done()
	// The condition on the columns leaves rows alone that are empty already, so
	// that a sweep that finds nothing to do writes nothing.
	_, err = write(ctx, c.calls, erases, func(c *conn) (int64, error) {
		return c.exec(`UPDATE calls SET caller = '', caller_hint = ''
			WHERE started_at < ? AND (caller <> '' OR caller_hint <> '')`, micros(before))
	})
	return unlessAbsent(err)
}

// call returns the stored call, if there is one.
func (c *conn) call(customer, carrier, id string) (call tracking.Call, found bool, err error) {
	err = c.query(func(s *sqlite3.Stmt) error {
		found = true
		call, err = scanCall(s, customer)
		return err
	}, `SELECT `+callColumns+` FROM calls WHERE carrier = ? AND id = ?`, carrier, id)
	return call, found, err
}

// storedCall returns c in the precision of the store, before it is compared or
// stored: what is returned equals what a later read returns.
func storedCall(c tracking.Call) tracking.Call {
	c.StartedAt, c.ReceivedAt = stored(c.StartedAt), stored(c.ReceivedAt)
	c.Duration = c.Duration.Truncate(time.Microsecond)
	return c
}

// callArgs are the parameters for callColumns. The customer is none of them: the
// file is his.
func callArgs(c tracking.Call) []any {
	args := append(make([]any, 0, 21), c.Carrier, c.ID, c.Pool, digits(c.Dialled), c.Caller, c.CallerHint,
		int64(c.State), micros(c.StartedAt), c.Duration.Microseconds(), micros(c.ReceivedAt))
	return append(attributionArgs(args, c.Attribution), c.Probability, int64(c.Rung))
}

// scanCall reads callColumns.
func scanCall(s *sqlite3.Stmt, customer string) (tracking.Call, error) {
	dialled, err := number(s.ColumnInt64(3))
	return tracking.Call{
		Customer: customer, Carrier: s.ColumnText(0), ID: s.ColumnText(1), Pool: s.ColumnText(2),
		Dialled: dialled, Caller: s.ColumnText(4), CallerHint: s.ColumnText(5),
		State:       tracking.CallState(s.ColumnInt64(6)),
		StartedAt:   instant(s.ColumnInt64(7)),
		Duration:    time.Duration(s.ColumnInt64(8)) * time.Microsecond,
		ReceivedAt:  instant(s.ColumnInt64(9)),
		Attribution: scanAttribution(s, 10),
		Probability: s.ColumnFloat(19), Rung: tracking.Rung(s.ColumnInt64(20)),
	}, err
}
