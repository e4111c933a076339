package numberpool

import (
	"errors"
	"fmt"
	"time"
)

// Config describes a pool.
type Config struct {
	// ID names the pool. Both parts are required.
	ID PoolID
	// Numbers are the pool's tracking numbers, at least one, each once.
	Numbers []Number
	// Hold is how long a lease is exclusive after the last sign of its session,
	// so that no two visitors look at one number at the same moment. 0 means
	// [DefaultHold]; less than 20 seconds is a mistake. A longer hold needs a
	// larger pool and makes no call surer: [Resolve] looks at all holders.
	Hold time.Duration
}

// DefaultHold is the hold of a Config that names none.
const DefaultHold = 2 * time.Minute

// minHold leaves room for the margins that callers keep before the end: what a
// cookie promises ends some seconds before the stored end, so that clocks that
// differ and answers that are slow never show a number that is somebody else's.
const minHold = 20 * time.Second

// validate returns all mistakes of c, each a *ConfigError.
func (c Config) validate() error {
	var errs []error
	mistake := func(field, value, reason string) {
		errs = append(errs, &ConfigError{Field: field, Value: value, Reason: reason})
	}
	if c.ID.Customer == "" || c.ID.Name == "" {
		mistake("ID", fmt.Sprintf("%s/%s", c.ID.Customer, c.ID.Name), "customer and name are required")
	}
	if len(c.Numbers) == 0 {
		mistake("Numbers", "", "a pool needs at least one number")
	}
	first := make(map[Number]int, len(c.Numbers))
	for i, n := range c.Numbers {
		if n.IsZero() {
			mistake("Numbers", n.String(), fmt.Sprintf("element %d is the zero Number", i))
			continue
		}
		if j, ok := first[n]; ok {
			// The places tell which one it is, for the text shows only its ends.
			mistake("Numbers", n.String(), fmt.Sprintf("elements %d and %d are the same number", j, i))
			continue
		}
		first[n] = i
	}
	if c.Hold != 0 && c.Hold < minHold {
		mistake("Hold", c.Hold.String(), "must be 0 (2 minutes) or at least 20 seconds")
	}
	return errors.Join(errs...)
}
