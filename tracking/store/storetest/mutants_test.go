package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// mutant is a store with one fault, and the cases that must see it.
type mutant struct {
	name   string
	wrap   func(tracking.Store) tracking.Store
	caught []string
}

type (
	leaseFunc   = func(context.Context, numberpool.Lease) (numberpool.Lease, error)
	leasesFunc  = func([]numberpool.Lease, error) ([]numberpool.Lease, error)
	mergeFunc   = func(stored, event tracking.Call) tracking.Call
	callsFunc   = func([]tracking.Call, error) ([]tracking.Call, error)
	countsFunc  = func([]tracking.Counter, error) ([]tracking.Counter, error)
	counterList = []tracking.Counter
)

// faulty is a store whose methods can be replaced.
type faulty struct {
	tracking.Store
	pool    func(tracking.Store, context.Context, numberpool.PoolID, []numberpool.Number) ([]numberpool.Lease, error)
	grant   func(tracking.Store) leaseFunc
	renew   func(tracking.Store) leaseFunc
	release func(tracking.Store, context.Context, numberpool.PoolID, numberpool.Number, uint64, time.Time) error
	end     func(s tracking.Store, ctx context.Context, customer string, now, forget time.Time) error
	holders func(tracking.Store, context.Context, numberpool.PoolID, numberpool.Number, time.Time, time.Time) ([]numberpool.Lease, error)
	put     func(tracking.Store, context.Context, tracking.Call, mergeFunc) (tracking.Call, error)
	calls   func(s tracking.Store, ctx context.Context, customer string, since time.Time, limit int) ([]tracking.Call, error)
	forget  func(s tracking.Store, ctx context.Context, customer string, before time.Time) error
	add     func(s tracking.Store, ctx context.Context, customer string, list counterList) error
	counts  func(s tracking.Store, ctx context.Context, customer string, from retention.Date) (counterList, error)
	del     func(s tracking.Store, ctx context.Context, customer string, before retention.Date) error
}

// with returns a constructor for the faulty store.
func with(f faulty) func(tracking.Store) tracking.Store {
	return func(s tracking.Store) tracking.Store {
		bad := f // tests share the constructor
		bad.Store = s
		return bad
	}
}

func (f faulty) PoolLeases(ctx context.Context, p numberpool.PoolID, add []numberpool.Number) ([]numberpool.Lease, error) {
	if f.pool != nil {
		return f.pool(f.Store, ctx, p, add)
	}
	return f.Store.PoolLeases(ctx, p, add)
}

func (f faulty) GrantLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	if f.grant != nil {
		return f.grant(f.Store)(ctx, want)
	}
	return f.Store.GrantLease(ctx, want)
}

func (f faulty) RenewLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	if f.renew != nil {
		return f.renew(f.Store)(ctx, want)
	}
	return f.Store.RenewLease(ctx, want)
}

func (f faulty) ReleaseLease(ctx context.Context, p numberpool.PoolID, n numberpool.Number, generation uint64, at time.Time) error {
	if f.release != nil {
		return f.release(f.Store, ctx, p, n, generation, at)
	}
	return f.Store.ReleaseLease(ctx, p, n, generation, at)
}

func (f faulty) EndLeases(ctx context.Context, customer string, now, forget time.Time) error {
	if f.end != nil {
		return f.end(f.Store, ctx, customer, now, forget)
	}
	return f.Store.EndLeases(ctx, customer, now, forget)
}

func (f faulty) NumberHolders(ctx context.Context, p numberpool.PoolID, n numberpool.Number, from, at time.Time) ([]numberpool.Lease, error) {
	if f.holders != nil {
		return f.holders(f.Store, ctx, p, n, from, at)
	}
	return f.Store.NumberHolders(ctx, p, n, from, at)
}

func (f faulty) PutCall(ctx context.Context, c tracking.Call, merge func(stored, event tracking.Call) tracking.Call) (tracking.Call, error) {
	if f.put != nil {
		return f.put(f.Store, ctx, c, merge)
	}
	return f.Store.PutCall(ctx, c, merge)
}

func (f faulty) Calls(ctx context.Context, customer string, since time.Time, limit int) ([]tracking.Call, error) {
	if f.calls != nil {
		return f.calls(f.Store, ctx, customer, since, limit)
	}
	return f.Store.Calls(ctx, customer, since, limit)
}

func (f faulty) ForgetCallers(ctx context.Context, customer string, before time.Time) error {
	if f.forget != nil {
		return f.forget(f.Store, ctx, customer, before)
	}
	return f.Store.ForgetCallers(ctx, customer, before)
}

func (f faulty) AddCounters(ctx context.Context, customer string, list []tracking.Counter) error {
	if f.add != nil {
		return f.add(f.Store, ctx, customer, list)
	}
	return f.Store.AddCounters(ctx, customer, list)
}

func (f faulty) Counters(ctx context.Context, customer string, from retention.Date) ([]tracking.Counter, error) {
	if f.counts != nil {
		return f.counts(f.Store, ctx, customer, from)
	}
	return f.Store.Counters(ctx, customer, from)
}

func (f faulty) DeleteCounters(ctx context.Context, customer string, before retention.Date) error {
	if f.del != nil {
		return f.del(f.Store, ctx, customer, before)
	}
	return f.Store.DeleteCounters(ctx, customer, before)
}

// granting and renewing are stores that change what is asked before they pass
// it on.
func granting(change func(*numberpool.Lease)) func(tracking.Store) tracking.Store {
	return with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			change(&want)
			return s.GrantLease(ctx, want)
		}
	}})
}

func renewing(change func(*numberpool.Lease)) func(tracking.Store) tracking.Store {
	return with(faulty{renew: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			change(&want)
			return s.RenewLease(ctx, want)
		}
	}})
}

// holding is a store that changes what NumberHolders returns.
func holding(change leasesFunc) func(tracking.Store) tracking.Store {
	return with(faulty{holders: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, n numberpool.Number, from, at time.Time,
	) ([]numberpool.Lease, error) {
		return change(s.NumberHolders(ctx, p, n, from, at))
	}})
}

// row is the number's row, and whether there is one.
func row(ctx context.Context, s tracking.Store, p numberpool.PoolID, n numberpool.Number) (numberpool.Lease, bool) {
	rows, err := s.PoolLeases(ctx, p, nil)
	i := slices.IndexFunc(rows, func(l numberpool.Lease) bool { return l.Number == n })
	if err != nil || i < 0 {
		return numberpool.Lease{}, false
	}
	return rows[i], true
}

// mutants are all stores with a fault.
var mutants = slices.Concat(poolMutants, grantMutants, renewMutants, endMutants, holderMutants,
	callMutants, counterMutants, raceMutants, contextMutants)

var poolMutants = []mutant{
	{"returns only the numbers asked for", with(faulty{pool: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, add []numberpool.Number,
	) ([]numberpool.Lease, error) {
		rows, err := s.PoolLeases(ctx, p, add)
		return slices.DeleteFunc(rows, func(l numberpool.Lease) bool { return !slices.Contains(add, l.Number) }), err
	}}), []string{"PoolLeases/adds"}},
	{"loses the rows' order", with(faulty{pool: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, add []numberpool.Number,
	) ([]numberpool.Lease, error) {
		rows, err := s.PoolLeases(ctx, p, add)
		slices.Reverse(rows)
		return rows, err
	}}), []string{"PoolLeases/adds", "PoolLeases/keeps"}},
	{"adds what it can before it refuses", with(faulty{pool: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, add []numberpool.Number,
	) ([]numberpool.Lease, error) {
		for _, n := range add {
			if rows, err := s.PoolLeases(ctx, p, []numberpool.Number{n}); err != nil {
				return rows, err
			}
		}
		return s.PoolLeases(ctx, p, nil)
	}}), []string{"PoolLeases/owned"}},
	{"swallows errors", with(faulty{pool: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, add []numberpool.Number,
	) ([]numberpool.Lease, error) {
		rows, _ := s.PoolLeases(ctx, p, add)
		return rows, nil
	}}), []string{"PoolLeases/owned"}},
	{"fails where there is no data", with(faulty{forget: func(tracking.Store, context.Context, string, time.Time) error {
		return errors.New("no such customer")
	}}), []string{"PoolLeases/unknown"}},
}

var grantMutants = []mutant{
	{"forgets the hold", granting(func(l *numberpool.Lease) { l.Since = l.Since.Add(time.Hour) }),
		[]string{"GrantLease/stores", "GrantLease/held", "RenewLease/extends"}},
	{"loses microseconds", granting(func(l *numberpool.Lease) {
		l.Since, l.ExpiresAt = l.Since.Truncate(time.Millisecond), l.ExpiresAt.Truncate(time.Millisecond)
	}), []string{"GrantLease/stores", "GrantLease/held"}},
	{"ignores the generation of a grant", with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			if r, ok := row(ctx, s, want.Pool, want.Number); ok {
				want.Generation = r.Generation + 1
			}
			return s.GrantLease(ctx, want)
		}
	}}), []string{"GrantLease/generation"}},
	{"hands out twice", with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			l, err := s.GrantLease(ctx, want)
			if errors.Is(err, numberpool.ErrLeaseTaken) {
				return want, nil
			}
			return l, err
		}
	}}), []string{"GrantLease/held", "concurrent/one winner", "concurrent/pool", "concurrent/visitors"}},
	{"grants numbers that it has not", with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			if _, err := s.PoolLeases(ctx, want.Pool, []numberpool.Number{want.Number}); err != nil {
				return numberpool.Lease{}, err
			}
			return s.GrantLease(ctx, want)
		}
	}}), []string{"GrantLease/unknown"}},
	{"gives a session two rows", granting(func(l *numberpool.Lease) {
		l.Session[14] = byte(l.Number.Digits())
	}), []string{"GrantLease/session", "concurrent/session"}},
	{"takes the row off a session whose lease has ended", with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			if err := s.EndLeases(ctx, want.Pool.Customer, want.Since, time.Time{}); err != nil {
				return numberpool.Lease{}, err
			}
			return s.GrantLease(ctx, want)
		}
	}}), []string{"GrantLease/ended session"}},
	{"looks for the session in one pool only", with(faulty{grant: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			rows, err := s.PoolLeases(ctx, pool, nil)
			for _, r := range rows {
				if r.Session == want.Session && want.Pool != pool {
					return r, err
				}
			}
			return s.GrantLease(ctx, want)
		}
	}}), []string{"GrantLease/session elsewhere"}},
}

var renewMutants = []mutant{
	{"does not extend", renewing(func(l *numberpool.Lease) { l.ExpiresAt = time.Time{} }), []string{"RenewLease/extends"}},
	{"extends backwards", with(faulty{renew: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			l, err := s.RenewLease(ctx, want)
			if err == nil {
				l.ExpiresAt = kept(want).ExpiresAt
			}
			return l, err
		}
	}}), []string{"RenewLease/never back"}},
	{"refuses renewals after the end", with(faulty{renew: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			if r, ok := row(ctx, s, want.Pool, want.Number); ok && !r.Live(want.SeenAt) {
				return numberpool.Lease{}, numberpool.ErrLeaseTaken
			}
			return s.RenewLease(ctx, want)
		}
	}}), []string{"RenewLease/after the end"}},
	{"does not set the session again", renewing(func(l *numberpool.Lease) { l.Session = numberpool.SessionID{} }),
		[]string{"RenewLease/session"}},
	{"ignores the generation of a renewal", with(faulty{renew: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			if r, ok := row(ctx, s, want.Pool, want.Number); ok {
				want.Generation = r.Generation
			}
			return s.RenewLease(ctx, want)
		}
	}}), []string{"RenewLease/generation", "RenewLease/after the end"}},
	{"calls an unknown number taken", with(faulty{renew: func(s tracking.Store) leaseFunc {
		return func(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
			l, err := s.RenewLease(ctx, want)
			if errors.Is(err, numberpool.ErrUnknownNumber) {
				err = numberpool.ErrLeaseTaken
			}
			return l, err
		}
	}}), []string{"RenewLease/unknown"}},
	{"keeps the first attribution", renewing(func(l *numberpool.Lease) { l.Attribution = numberpool.Attribution{} }),
		[]string{"RenewLease/attribution"}},
}

var endMutants = []mutant{
	{"does not release", with(faulty{release: func(
		tracking.Store, context.Context, numberpool.PoolID, numberpool.Number, uint64, time.Time,
	) error {
		return nil
	}}), []string{"ReleaseLease/ends"}},
	{"releases any generation", with(faulty{release: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, n numberpool.Number, _ uint64, at time.Time,
	) error {
		r, _ := row(ctx, s, p, n)
		return s.ReleaseLease(ctx, p, n, r.Generation, at)
	}}), []string{"ReleaseLease/nothing"}},
	{"releases what a later request relies on", with(faulty{release: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, n numberpool.Number, generation uint64, at time.Time,
	) error {
		if r, ok := row(ctx, s, p, n); ok && r.SeenAt.After(at) {
			at = r.SeenAt
		}
		return s.ReleaseLease(ctx, p, n, generation, at)
	}}), []string{"ReleaseLease/seen since"}},
	{"loses the removal of sessions", with(faulty{end: func(
		s tracking.Store, ctx context.Context, customer string, _, forget time.Time,
	) error {
		return s.EndLeases(ctx, customer, time.Time{}, forget)
	}}), []string{"EndLeases/sessions"}},
	{"ends leases a moment early", with(faulty{end: func(
		s tracking.Store, ctx context.Context, customer string, now, forget time.Time,
	) error {
		return s.EndLeases(ctx, customer, now.Add(time.Microsecond), forget)
	}}), []string{"EndLeases/sessions"}},
	{"forgets no interval", with(faulty{end: func(
		s tracking.Store, ctx context.Context, customer string, now, _ time.Time,
	) error {
		return s.EndLeases(ctx, customer, now, time.Time{})
	}}), []string{"EndLeases/forgets"}},
	{"ends everybody's leases", with(faulty{end: func(
		s tracking.Store, ctx context.Context, _ string, now, forget time.Time,
	) error {
		return errors.Join(s.EndLeases(ctx, pool.Customer, now, forget), s.EndLeases(ctx, foreign.Customer, now, forget))
	}}), []string{"EndLeases/customer"}},
}

var holderMutants = []mutant{
	{"invents a holder", holding(func(l []numberpool.Lease, err error) ([]numberpool.Lease, error) {
		return append(l, numberpool.Lease{}), err
	}), []string{"NumberHolders/never", "NumberHolders/range", "PoolLeases/unknown"}},
	{"loses past holders", holding(func(l []numberpool.Lease, err error) ([]numberpool.Lease, error) {
		return l[:min(len(l), 1)], err
	}), []string{"GrantLease/interval", "NumberHolders/range", "RenewLease/attribution"}},
	{"shows sessions of holders", holding(func(l []numberpool.Lease, err error) ([]numberpool.Lease, error) {
		for i := range l {
			l[i].Session = session(1)
		}
		return l, err
	}), []string{"GrantLease/interval", "RenewLease/attribution"}},
	{"returns the oldest holders", holding(func(l []numberpool.Lease, err error) ([]numberpool.Lease, error) {
		slices.Reverse(l)
		return l, err
	}), []string{"NumberHolders/limit", "NumberHolders/range"}},
	{"takes holders of other pools", with(faulty{holders: func(
		s tracking.Store, ctx context.Context, _ numberpool.PoolID, n numberpool.Number, from, at time.Time,
	) ([]numberpool.Lease, error) {
		return s.NumberHolders(ctx, pool, n, from, at)
	}}), []string{"NumberHolders/apart"}},
}

var callMutants = []mutant{
	{"loses the probability of a call", with(faulty{put: func(
		s tracking.Store, ctx context.Context, c tracking.Call, merge mergeFunc,
	) (tracking.Call, error) {
		c.Probability = 0
		return s.PutCall(ctx, c, merge)
	}}), []string{"PutCall/stores"}},
	{"merges twice", with(faulty{put: func(
		s tracking.Store, ctx context.Context, c tracking.Call, merge mergeFunc,
	) (tracking.Call, error) {
		return s.PutCall(ctx, c, func(stored, event tracking.Call) tracking.Call {
			return merge(merge(stored, event), event)
		})
	}}), []string{"PutCall/merges"}},
	{"replaces instead of merging", with(faulty{put: func(
		s tracking.Store, ctx context.Context, c tracking.Call, _ mergeFunc,
	) (tracking.Call, error) {
		return s.PutCall(ctx, c, func(_, event tracking.Call) tracking.Call { return event })
	}}), []string{"PutCall/merges", "PutCall/unchanged"}},
	{"takes an id for another carrier's", with(faulty{put: func(
		s tracking.Store, ctx context.Context, c tracking.Call, merge mergeFunc,
	) (tracking.Call, error) {
		c.Carrier = "twilio"
		return s.PutCall(ctx, c, merge)
	}}), []string{"PutCall/key"}},
	{"returns the oldest calls first", with(faulty{calls: func(
		s tracking.Store, ctx context.Context, customer string, since time.Time, limit int,
	) ([]tracking.Call, error) {
		list, err := s.Calls(ctx, customer, since, limit)
		slices.Reverse(list)
		return list, err
	}}), []string{"Calls/range", "PutCall/stores"}},
	{"returns more calls than asked for", with(faulty{calls: func(
		s tracking.Store, ctx context.Context, customer string, since time.Time, _ int,
	) ([]tracking.Call, error) {
		return s.Calls(ctx, customer, since, 1000)
	}}), []string{"Calls/range"}},
	{"forgets callers a moment early", with(faulty{forget: func(
		s tracking.Store, ctx context.Context, customer string, before time.Time,
	) error {
		return s.ForgetCallers(ctx, customer, before.Add(time.Microsecond))
	}}), []string{"ForgetCallers"}},
	{"never forgets callers", with(faulty{forget: func(tracking.Store, context.Context, string, time.Time) error {
		return nil
	}}), []string{"ForgetCallers"}},
}

var counterMutants = []mutant{
	{"replaces a counter instead of adding", with(faulty{add: func(
		s tracking.Store, ctx context.Context, customer string, list counterList,
	) error {
		for _, n := range list {
			if err := s.DeleteCounters(ctx, customer, n.Day); err != nil {
				return err
			}
		}
		return s.AddCounters(ctx, customer, list[:min(len(list), 1)])
	}}), []string{"AddCounters/adds"}},
	{"adds counters one by one", with(faulty{add: func(
		s tracking.Store, ctx context.Context, customer string, list counterList,
	) error {
		for _, n := range list {
			if err := s.AddCounters(ctx, customer, counterList{n}); err != nil {
				return err
			}
		}
		return nil
	}}), []string{"AddCounters/all or none"}},
	{"sorts counters by key alone", with(faulty{counts: func(
		s tracking.Store, ctx context.Context, customer string, from retention.Date,
	) (counterList, error) {
		list, err := s.Counters(ctx, customer, from)
		slices.SortFunc(list, func(a, b tracking.Counter) int { return len(a.Key) - len(b.Key) })
		return list, err
	}}), []string{"Counters/order"}},
	{"returns the counters of all days", with(faulty{counts: func(
		s tracking.Store, ctx context.Context, customer string, _ retention.Date,
	) (counterList, error) {
		return s.Counters(ctx, customer, retention.Date{})
	}}), []string{"Counters/from"}},
	{"deletes the given day as well", with(faulty{del: func(
		s tracking.Store, ctx context.Context, customer string, before retention.Date,
	) error {
		before.Day++
		return s.DeleteCounters(ctx, customer, before)
	}}), []string{"DeleteCounters"}},
	{"keeps one set of counters for all", with(faulty{counts: func(
		s tracking.Store, ctx context.Context, _ string, from retention.Date,
	) (counterList, error) {
		return s.Counters(ctx, pool.Customer, from)
	}}), []string{"AddCounters/apart"}},
}

// late is a store that reads, lets others go first, and then writes.
type late struct {
	tracking.Store
	mu   sync.Mutex
	seen map[string]tracking.Call
	sums map[string]int64
}

func newLate(s tracking.Store) tracking.Store {
	return &late{Store: s, seen: make(map[string]tracking.Call), sums: make(map[string]int64)}
}

// PutCall merges with the first call that it has seen.
func (l *late) PutCall(ctx context.Context, c tracking.Call, merge func(stored, event tracking.Call) tracking.Call) (tracking.Call, error) {
	l.mu.Lock()
	first, ok := l.seen[c.ID]
	if !ok {
		l.seen[c.ID] = c
	}
	l.mu.Unlock()
	if ok {
		c = merge(first, c)
	}
	return l.Store.PutCall(ctx, c, func(_, event tracking.Call) tracking.Call { return event })
}

// AddCounters loses every second sum.
func (l *late) AddCounters(ctx context.Context, customer string, list []tracking.Counter) error {
	l.mu.Lock()
	l.sums[customer]++
	lost := l.sums[customer]%2 == 0
	l.mu.Unlock()
	if lost {
		return nil
	}
	return l.Store.AddCounters(ctx, customer, list)
}

var raceMutants = []mutant{
	{"merges with what is no longer stored", newLate, []string{"concurrent/calls"}},
	{"loses counts", newLate, []string{"concurrent/counters"}},
	{"doubles rows", with(faulty{pool: func(
		s tracking.Store, ctx context.Context, p numberpool.PoolID, add []numberpool.Number,
	) ([]numberpool.Lease, error) {
		rows, err := s.PoolLeases(ctx, p, add)
		return append(rows, rows...), err
	}}), []string{"concurrent/add", "concurrent/owner"}},
}

// deaf is a store that does not listen to contexts.
type deaf struct{ tracking.Store }

func (d deaf) GrantLease(ctx context.Context, want numberpool.Lease) (numberpool.Lease, error) {
	return d.Store.GrantLease(context.WithoutCancel(ctx), want)
}

// hasty is a store that reports the end of a context and writes all the same.
type hasty struct{ tracking.Store }

func (h hasty) AddCounters(ctx context.Context, customer string, list []tracking.Counter) error {
	return errors.Join(h.Store.AddCounters(context.WithoutCancel(ctx), customer, list), ctx.Err())
}

var contextMutants = []mutant{
	{"ignores the context", func(s tracking.Store) tracking.Store { return deaf{s} },
		[]string{"context/canceled", "context/deadline"}},
	{"writes after the context has ended", func(s tracking.Store) tracking.Store { return hasty{s} },
		[]string{"context/canceled", "context/deadline"}},
}
