package retention

import (
	"cmp"
	"fmt"
	"time"
)

// dateLayout is the only accepted way to write a date (RFC 3339, full-date).
const dateLayout = time.DateOnly

// Date is a day of the calendar, without a time and without a zone: what people
// write into an agreement. The zero Date is no date.
//
// The methods expect a day that exists, as [ParseDate] and [DateOf] return it;
// [Agreement.Validate] refuses others.
type Date struct {
	// Year is the year of the common era, 1 to 9999.
	Year int
	// Month is the month of the year, January to December.
	Month time.Month
	// Day is the day of the month, beginning with 1.
	Day int
}

// ParseDate reads a date written as 2006-01-02, and nothing else: no spaces, no
// missing zeros, no day that does not exist.
//
// Every error is a [*FieldError] with Field "date".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateLayout, s)
	if err != nil || t.Year() < 1 || t.Format(dateLayout) != s {
		return Date{}, &FieldError{
			Field:  "date",
			Value:  fmt.Sprintf("%.32s", s),
			Reason: "not a day of the calendar written as 2006-01-02",
		}
	}
	return DateOf(t, time.UTC), nil
}

// DateOf returns the local day in loc to which the instant t belongs. Like
// [time.Time.In] it panics if loc is nil.
func DateOf(t time.Time, loc *time.Location) Date {
	year, month, day := t.In(loc).Date()
	return Date{Year: year, Month: month, Day: day}
}

// String returns the date written as 2006-01-02, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText implements [encoding.TextMarshaler] with the form of
// [Date.String]. The error for a day that does not exist is a [*FieldError].
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && !d.exists() {
		return nil, &FieldError{Field: "date", Value: d.String(), Reason: noSuchDay}
	}
	return []byte(d.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]: an empty text is the
// zero Date, any other is read by [ParseDate] and has its errors.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// IsZero reports whether d is the zero Date, which is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1 if d is before other, 0 if they are the same day and +1 if
// d is after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(
		cmp.Compare(d.Year, other.Year),
		cmp.Compare(d.Month, other.Month),
		cmp.Compare(d.Day, other.Day),
	)
}

// AddMonths returns the day with the same number n calendar months later, or
// the last day of that month if it has no such day (Regulation 1182/71,
// article 3(2)(c)). n may be negative.
//
// Three days in November lead to 28 February, so the way back is lost: always
// count from the first date and never from the result of another AddMonths.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, last.Day())}
}

// Start returns the first instant of the local day d in loc. That is not
// always midnight: clocks may skip it, repeat it, or leave out a whole day,
// which then has the same Start and [Date.End]. Like [time.Time.In] it panics if
// loc is nil.
func (d Date) Start(loc *time.Location) time.Time {
	midnight := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	// No zone was ever a day away from UTC, so this is before the day begins.
	// From here each period with one offset is tried in turn; time.Date alone
	// does not promise which of two midnights it returns.
	for t := midnight.AddDate(0, 0, -1).In(loc); ; {
		from, until := t.ZoneBounds()
		_, offset := t.Zone()
		start := midnight.Add(-time.Duration(offset) * time.Second)
		if !from.IsZero() && start.Before(from) {
			start = from
		}
		if until.IsZero() || start.Before(until) {
			return start.In(loc)
		}
		t = until
	}
}

// End returns the first instant after the local day d in loc: the Start of the
// next day. Most days are 24 hours long, those on which the clocks change
// usually 23 or 25. Like [time.Time.In] it panics if loc is nil.
func (d Date) End(loc *time.Location) time.Time {
	next := time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, time.UTC)
	return DateOf(next, time.UTC).Start(loc)
}

// exists reports whether the calendar has such a day in the years that four
// digits can write.
func (d Date) exists() bool {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return d.Year >= 1 && d.Year <= 9999 && DateOf(t, time.UTC) == d
}
