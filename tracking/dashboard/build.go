package dashboard

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// How many rows a table has at most. Longer ones are not read but downloaded.
const (
	maxCalls    = 200
	maxCounters = 100
)

// viewOf returns what is shown of a report. If its state does not allow to look,
// that is the state, whatever else a Source has put into it.
func viewOf(rep tracking.Report) view {
	// A report that may not be looked at has little in it, and a Source of
	// another make may leave out more.
	zone := rep.Zone
	if zone == nil {
		zone = time.UTC
	}
	v := view{
		Customer: rep.Customer,
		At:       instant(rep.At, zone),
		Zone:     zone.String(),
		State:    agreementText(rep.State),
		Readable: mayRead(rep.State),
	}
	if !v.Readable {
		return v
	}
	v.Live = liveSessions(rep)
	for _, p := range rep.Pools {
		v.Pools = append(v.Pools, viewOfPool(p, rep.At, zone))
	}
	v.Sessions = tableOf(rep.Counters, tracking.Sessions)
	v.PageViews = tableOf(rep.Counters, tracking.PageViews)
	v.Known = len(rep.Calls)
	for i, c := range rep.Calls {
		row := viewOfCall(c, zone)
		if row.Credited {
			v.Credited++
		}
		if i < maxCalls {
			v.Calls = append(v.Calls, row)
		}
	}
	return v
}

// liveSessions counts the sessions with a live lease. One with a number in each
// of two pools is one session.
func liveSessions(rep tracking.Report) int {
	sessions := make(map[numberpool.SessionID]bool)
	for _, p := range rep.Pools {
		for _, l := range p.Leases {
			if l.Live(rep.At) && !l.Session.IsZero() {
				sessions[l.Session] = true
			}
		}
	}
	return len(sessions)
}

// viewOfPool returns what is shown of a pool.
func viewOfPool(p tracking.PoolReport, at time.Time, zone *time.Location) poolView {
	v := poolView{
		Name:       p.Pool,
		SwapTarget: p.SwapTarget,
		Live:       p.Live,
		Total:      len(p.Leases),
		// Above four fifths, visitors are soon shown the site's own number.
		Crowded: len(p.Leases) * 4 / 5,
	}
	if p.Pool == p.SwapTarget {
		v.Name = ""
	}
	for _, l := range p.Leases {
		row := numberRow{Number: l.Number.E164(), Live: l.Live(at), Used: l.Generation > 0}
		if row.Used || row.Live {
			row.End = instant(l.ExpiresAt, zone)
		}
		if row.Live {
			row.Credit = creditOf(l.Attribution)
		}
		v.Numbers = append(v.Numbers, row)
	}
	return v
}

// creditOf returns the part of an attribution that is shown in a few words.
func creditOf(a numberpool.Attribution) credit {
	return credit{Source: a.Source, Medium: a.Medium, Campaign: a.Name}
}

// tableOf returns the counters of one kind, the latest day first and on each day
// the largest first.
func tableOf(counters []tracking.Counter, kind tracking.CounterKind) counterTable {
	var table counterTable
	var shown []tracking.Counter
	for _, c := range counters {
		if c.Kind != kind {
			continue
		}
		shown = append(shown, c)
		table.Total += c.Count
		table.Sites = table.Sites || c.Site != shown[0].Site
	}
	// Stable, so that equal counts stay in the order of the keys and a page that
	// is loaded again looks the same.
	slices.SortStableFunc(shown, func(a, b tracking.Counter) int {
		return cmp.Or(b.Day.Compare(a.Day), cmp.Compare(b.Count, a.Count))
	})
	for _, c := range shown[:min(len(shown), maxCounters)] {
		row := counterRow{Day: day(c.Day), Site: c.Site, Count: c.Count}
		if kind == tracking.PageViews {
			row.Path = c.Key
		} else {
			row.Credit = creditOfKey(c.Key)
		}
		table.Most = max(table.Most, c.Count)
		table.Rows = append(table.Rows, row)
	}
	table.Dropped = len(shown) - len(table.Rows)
	return table
}

// creditOfKey returns the parts of "source / medium / campaign". A key of another
// form, as that of what was too much to count apart, is a source.
func creditOfKey(key string) credit {
	parts := strings.SplitN(key, " / ", 3)
	if len(parts) < 3 {
		return credit{Source: key}
	}
	return credit{Source: parts[0], Medium: parts[1], Campaign: parts[2]}
}

// viewOfCall returns what is shown of a call.
func viewOfCall(c tracking.Call, zone *time.Location) callRow {
	row := callRow{
		Started:    instant(c.StartedAt, zone),
		Dialled:    c.Dialled.E164(),
		Credited:   c.Attribution != numberpool.Attribution{},
		Credit:     creditOf(c.Attribution),
		Channel:    c.Attribution.Channel,
		Rung:       rungText(c.Rung),
		State:      stateText(c.State),
		Duration:   durationText(c.Duration),
		CallerHint: c.CallerHint,
	}
	if row.Credited {
		row.Probability = percentText(c.Probability)
	}
	return row
}
