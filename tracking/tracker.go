package tracking

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
)

// Tracker tracks the sites of one Config. Its methods are safe for concurrent
// use.
type Tracker struct {
	store    Store
	vault    retention.Vault
	snap     *snapshot
	log      *throttledLog
	counters *counters
	running  atomic.Bool
}

// New returns a Tracker over the store. It loads, and at first use makes, the
// keys of the sites whose agreement is in force; it starts no goroutine and
// does not touch the store.
//
// The error joins a *ConfigError for every mistake, or wraps the vault's.
func New(store Store, c Config) (*Tracker, error) {
	snap, err := compile(store, c)
	if err != nil {
		return nil, err
	}
	logger := c.Logger
	if logger == nil {
		logger = slog.Default()
	}
	t := &Tracker{
		store:    store,
		vault:    c.Vault,
		snap:     snap,
		log:      newThrottledLog(logger),
		counters: newCounters(),
	}
	now := t.now()
	for _, s := range snap.sites {
		if s.window.MayTrack(now) {
			if err := t.loadCodec(context.Background(), s, now); err != nil {
				return nil, fmt.Errorf("tracking: the vault has no keys for site %s: %w", s.name, err)
			}
		}
	}
	if c.DangerouslyInsecureCookies {
		logger.LogAttrs(context.Background(), slog.LevelWarn,
			"cookies are set without Secure: anybody on the network can read and replay them")
	}
	return t, nil
}

// now is the package's only clock.
func (t *Tracker) now() time.Time {
	return time.Now() //nolint:forbidigo // this is that one place
}

// Report returns what the customer can look at. "" means the only customer of
// the configuration. While the agreement does not allow to look, and before it
// starts, the report has a State and nothing else.
//
// It returns ErrUnknownCustomer, or the store's error.
func (t *Tracker) Report(ctx context.Context, customer string) (Report, error) {
	s := t.snap.siteOfCustomer(customer)
	if s == nil {
		return Report{}, ErrUnknownCustomer
	}
	now := t.now()
	rep := Report{Customer: s.customer(), At: now, Zone: s.zone, State: s.window.State(now)}
	if !s.window.MayRead(now) {
		return rep, nil
	}
	monthAgo := retention.DateOf(now.Add(-numberpool.Window), s.zone)
	var errs [3]error
	rep.Pools, errs[0] = t.poolReports(ctx, s.customer(), now)
	rep.Counters, errs[1] = t.store.Counters(ctx, s.customer(), monthAgo)
	rep.Calls, errs[2] = t.store.Calls(ctx, s.customer(), time.Time{}, maxReportCalls)
	rep.Counters = t.counters.addTo(rep.Counters, s.customer(), monthAgo)
	return rep, errors.Join(errs[:]...)
}

// maxReportCalls is how many calls a Report has at most.
const maxReportCalls = 1000

// poolReports reports on the customer's pools.
func (t *Tracker) poolReports(ctx context.Context, customer string, now time.Time) ([]PoolReport, error) {
	var reports []PoolReport
	seen := make(map[*pool]bool)
	for _, s := range t.snap.sites {
		for _, p := range s.pools {
			if s.customer() != customer || seen[p] {
				continue
			}
			seen[p] = true
			leases, err := p.Leases(ctx)
			if err != nil {
				return nil, err
			}
			rep := PoolReport{Pool: p.ID().Name, SwapTarget: p.target.E164(), Leases: leases}
			for _, l := range leases {
				if l.Live(now) {
					rep.Live++
				}
			}
			reports = append(reports, rep)
		}
	}
	return reports, nil
}
