package retention

import (
	"strconv"
	"strings"
	"time"
)

// Period is how long a [Rule] keeps data, in words that need no programmer:
//
//	"5 years"     calendar years, months and days: until the end of the local
//	"13 months"   day that has the same number, or of the last day of its month;
//	"30 days"     the day from which they count is not counted itself
//	"24 hours"    hours and minutes of a clock, from one instant to another
//	"at once"     not at all
//	"until then"  until the rule's time itself, which may lie ahead
//	"agreement"   as long as the agreement and its grace
//
// The number is 1 to 9999 without a leading zero; "1 month" is written without
// s. A zero Period is refused: how long is never decided by leaving it out.
type Period string

const (
	atOnce    Period = "at once"
	untilThen Period = "until then"
	byTerms   Period = "agreement"

	maxCount = 9999
	// maxYears keeps the years of dates within four digits, and typing mistakes
	// out.
	maxYears = 100
)

// span is a parsed Period that counts. At most one of its fields is set.
type span struct {
	months, days int
	exact        time.Duration
}

// counts reports whether the period is one with a number.
func (p Period) counts() bool { return p != atOnce && p != untilThen && p != byTerms }

// anchored reports whether the period needs a time of the record.
func (p Period) anchored() bool { return p.counts() || p == untilThen }

// parse returns the period's span, which is zero for one that does not count,
// and whether it is a Period at all.
func (p Period) parse() (span, bool) {
	if !p.counts() {
		return span{}, true
	}
	number, unit, _ := strings.Cut(string(p), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxCount || strconv.Itoa(n) != number {
		return span{}, false
	}
	singular := strings.TrimSuffix(unit, "s")
	if (n == 1) != (singular == unit) {
		return span{}, false
	}
	switch singular {
	case "year":
		return span{months: 12 * n}, n <= maxYears
	case "month":
		return span{months: n}, n <= 12*maxYears
	case "day":
		return span{days: n}, true
	case "hour":
		return span{exact: time.Duration(n) * time.Hour}, true
	case "minute":
		return span{exact: time.Duration(n) * time.Minute}, true
	}
	return span{}, false
}

// end returns the first instant after the span that begins at from, counted in
// one step, never from the result of another count (Regulation (EEC, Euratom)
// 1182/71, article 3(1) and (2)).
func (s span) end(from time.Time, loc *time.Location) time.Time {
	if s.exact > 0 {
		return from.Add(s.exact)
	}
	return s.lastDay(DateOf(from, loc)).End(loc)
}

// lastDay returns the last day of a span of calendar days that begins on d.
func (s span) lastDay(d Date) Date { return d.addDays(s.days).AddMonths(s.months) }

// cutoff returns the earliest instant from which a span has not ended at the
// time now: whatever is earlier is due.
func (s span) cutoff(now time.Time, loc *time.Location) time.Time {
	if s.exact > 0 {
		return now.Add(-s.exact + 1)
	}
	today := DateOf(now, loc)
	first := today.addDays(-s.days).AddMonths(-s.months)
	// Going back from the 31st ends on a day whose own way forward may be
	// shorter, so at most three days more are due.
	for s.lastDay(first).Compare(today) < 0 {
		first = first.addDays(1)
	}
	return first.Start(loc)
}

// addDays returns the day that is n days later, or earlier if n is negative.
func (d Date) addDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}
