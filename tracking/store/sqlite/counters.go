package sqlite

import (
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// AddCounters implements tracking.ReportStore. Counters are the one thing that a
// power cut may take seconds of (synchronous=NORMAL): a page view is worth no
// fsync.
//
// The errors are those of [Store], or ctx's. A sum that does not fit into 64 bits
// is an error as well: SQLite makes it a floating-point number, which a STRICT
// table refuses. After an error nothing has been added.
func (s *Store) AddCounters(ctx context.Context, customer string, counters []tracking.Counter) error {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return err
	}
	defer s.active.Done()
	if len(counters) == 0 {
		return nil // without making a file for it
	}
	_, err = write(ctx, c.counters, creates, func(c *conn) (struct{}, error) {
		for _, n := range counters {
			_, err := c.exec(`INSERT INTO counters (day, site, kind, key, count) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (day, site, kind, key) DO UPDATE SET count = count + excluded.count`,
				day(n.Day), n.Site, string(n.Kind), n.Key, n.Count)
			if err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	return err
}

// Counters implements tracking.ReportStore. It returns an error of [Store], or
// ctx's, and no counters then.
func (s *Store) Counters(
	ctx context.Context, customer string, from retention.Date,
) (counters []tracking.Counter, err error) {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return nil, err
	}
	defer s.active.Done()
	err = c.counters.read(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) error {
			counters = append(counters, tracking.Counter{
				Day: date(s.ColumnInt64(0)), Site: s.ColumnText(1),
				Kind: tracking.CounterKind(s.ColumnText(2)), Key: s.ColumnText(3), Count: s.ColumnInt64(4),
			})
			return nil
		}, `SELECT day, site, kind, key, count FROM counters WHERE day >= ? ORDER BY day, site, kind, key`, day(from))
	})
	if err = unlessAbsent(err); err != nil {
		return nil, err
	}
	return counters, nil
}

// DeleteCounters implements tracking.ReportStore. Counters hold nothing of a
// person, so the log is not emptied for them. The errors are those of [Store],
// or ctx's.
func (s *Store) DeleteCounters(ctx context.Context, customer string, before retention.Date) error {
	c, err := s.enter(ctx, customer)
	if err != nil {
		return err
	}
	defer s.active.Done()
	_, err = write(ctx, c.counters, 0, func(c *conn) (int64, error) {
		return c.exec(`DELETE FROM counters WHERE day < ?`, day(before))
	})
	return unlessAbsent(err)
}

// day is a date as it is stored. The integer has the order of the dates, so that
// a range of days is a range of the primary key, and people who look into the
// file can read it.
func day(d retention.Date) int64 {
	return int64(d.Year)*10000 + int64(d.Month)*100 + int64(d.Day)
}

// date is the inverse of day.
func date(day int64) retention.Date {
	return retention.Date{Year: int(day / 10000), Month: time.Month(day / 100 % 100), Day: int(day % 100)}
}
