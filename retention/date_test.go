package retention_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// day reads a date that the test knows to be good.
func day(tb testing.TB, s string) retention.Date {
	tb.Helper()
	d, err := retention.ParseDate(s)
	require.NoError(tb, err)
	return d
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(tb, err)
	return loc
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	good := map[string]retention.Date{
		"2026-11-24": {Year: 2026, Month: time.November, Day: 24},
		"2024-02-29": {Year: 2024, Month: time.February, Day: 29},
		"2000-02-29": {Year: 2000, Month: time.February, Day: 29},
		"0001-01-01": {Year: 1, Month: time.January, Day: 1},
		"9999-12-31": {Year: 9999, Month: time.December, Day: 31},
	}
	for s, want := range good {
		d, err := retention.ParseDate(s)
		require.NoError(t, err, s)
		require.Equal(t, want, d)
		require.Equal(t, s, d.String())
	}
	bad := []string{
		"", " ", "2026", "2026-11", "2026-11-24 ", " 2026-11-24", "2026-11-24T00:00:00Z",
		"2026-1-24", "2026-01-4", "26-01-04", "2026/01/04", "20260104", "24-11-2026",
		"2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-10", "2026-10-00", "2026-10-32",
		"0000-01-01", "-001-01-01", "+2026-01-01", "12026-01-01", "２０２６-11-24", "2026-11-24\n", "2026-11-24.5",
	}
	for _, s := range bad {
		_, err := retention.ParseDate(s)
		mistake := new(retention.FieldError)
		require.ErrorAs(t, err, &mistake, "%q", s)
		require.Equal(t, "date", mistake.Field)
		require.Equal(t, s, mistake.Value)
		require.Contains(t, err.Error(), "2006-01-02")
	}
}

func TestParseDateRepeatsOnlyTheBeginning(t *testing.T) {
	t.Parallel()
	_, err := retention.ParseDate(string(make([]byte, 1<<20)))
	require.Error(t, err)
	require.Less(t, len(err.Error()), 300)
}

func TestDateText(t *testing.T) {
	t.Parallel()
	type pair struct{ Start, End retention.Date }
	data, err := json.Marshal(pair{Start: day(t, "2026-11-30")})
	require.NoError(t, err)
	require.JSONEq(t, `{"Start":"2026-11-30","End":""}`, string(data))

	back := pair{End: day(t, "2020-01-01")}
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, pair{Start: day(t, "2026-11-30")}, back)

	mistake := new(retention.FieldError)
	require.ErrorAs(t, json.Unmarshal([]byte(`{"End":"2026-02-30"}`), &back), &mistake)
	require.True(t, back.End.IsZero(), "a refused text changes nothing")

	_, err = retention.Date{Year: 2026, Month: time.February, Day: 30}.MarshalText()
	require.ErrorAs(t, err, &mistake)
	require.Equal(t, "2026-02-30", mistake.Value)
	_, err = retention.Date{Year: 10000, Month: time.January, Day: 1}.MarshalText()
	require.ErrorAs(t, err, &mistake)
}

func TestDateCompare(t *testing.T) {
	t.Parallel()
	sorted := []string{"2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2027-01-01"}
	for i, a := range sorted {
		for j, b := range sorted {
			want := 0
			if i != j {
				want = map[bool]int{true: -1, false: 1}[i < j]
			}
			require.Equal(t, want, day(t, a).Compare(day(t, b)), "%s %s", a, b)
		}
	}
}

func TestDateOf(t *testing.T) {
	t.Parallel()
	instant := time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"UTC": "2026-06-30", "Europe/Amsterdam": "2026-07-01", "America/Aruba": "2026-06-30", "Pacific/Kiritimati": "2026-07-01",
	} {
		require.Equal(t, want, retention.DateOf(instant, zone(t, name)).String(), name)
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-11-29", 3, "2027-02-28"},
		{"2026-11-28", 3, "2027-02-28"},
		{"2026-11-27", 3, "2027-02-27"},
		{"2023-11-30", 3, "2024-02-29"},
		{"2099-11-30", 3, "2100-02-28"},
		{"2025-12-31", 3, "2026-03-31"},
		{"2025-12-29", 3, "2026-03-29"},
		{"2026-07-01", 3, "2026-10-01"},
		{"2026-08-31", 3, "2026-11-30"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-01-31", 3, "2026-04-30"},
		{"2026-02-28", 12, "2027-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-03-31", -13, "2025-02-28"},
		{"2026-05-31", 0, "2026-05-31"},
	} {
		require.Equal(t, test.want, day(t, test.from).AddMonths(test.n).String(), "%s %+d", test.from, test.n)
	}
}

// TestAddMonthsIsNotChained shows why: a month that is short once makes every
// later one short.
func TestAddMonthsIsNotChained(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-01-31")
	require.Equal(t, "2026-03-31", d.AddMonths(2).String())
	require.Equal(t, "2026-03-28", d.AddMonths(1).AddMonths(1).String())
}

func TestStartAndEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, zone, day, start, end string
	}{
		{"winter", "Europe/Amsterdam", "2027-02-28", "2027-02-27T23:00:00Z", "2027-02-28T23:00:00Z"},
		{"clocks go forward", "Europe/Amsterdam", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"clocks go back", "Europe/Amsterdam", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"no summer time", "America/Aruba", "2026-03-29", "2026-03-29T04:00:00Z", "2026-03-30T04:00:00Z"},
		{"a quarter of an hour", "Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z", "2026-01-01T18:15:00Z"},
		{"midnight skipped", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"ends where midnight is skipped", "America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"},
		{"an hour before midnight twice", "America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},
		{"midnight twice", "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"},
		{"a minute of the day, then back", "America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
		{"half an hour", "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"},
		{"day left out", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"before the day left out", "Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"day had twice", "Pacific/Kwajalein", "1969-09-30", "1969-09-29T13:00:00Z", "1969-10-01T12:00:00Z"},
		{"mean time", "Asia/Manila", "1844-06-01", "1844-06-01T15:56:08Z", "1844-06-02T15:56:08Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			loc, d := zone(t, test.zone), day(t, test.day)
			require.Equal(t, test.start, d.Start(loc).UTC().Format(time.RFC3339Nano))
			require.Equal(t, test.end, d.End(loc).UTC().Format(time.RFC3339Nano))
		})
	}
}

// TestStartAgainstMinutes compares Start with the slow answer: try every minute
// until the local date is reached.
func TestStartAgainstMinutes(t *testing.T) {
	t.Parallel()
	for name, days := range map[string][]string{
		"Europe/Amsterdam":   {"2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26"},
		"America/Havana":     {"2026-03-08", "2026-11-01"},
		"America/St_Johns":   {"2010-03-14", "2010-11-06", "2010-11-07", "2010-11-08"},
		"America/Sao_Paulo":  {"2018-02-18", "2018-11-04"},
		"Africa/Cairo":       {"2023-04-28", "2023-10-27", "2024-04-26"},
		"Asia/Beirut":        {"2022-03-27", "2022-10-30"},
		"Pacific/Apia":       {"2011-12-29", "2011-12-30", "2011-12-31"},
		"Pacific/Kwajalein":  {"1993-08-20", "1993-08-21", "1993-08-22"},
		"Pacific/Kiritimati": {"1994-12-31", "1995-01-01"},
		"Antarctica/Troll":   {"2026-03-29", "2026-10-25"},
		"Asia/Tehran":        {"2022-03-22", "2022-09-22"},
	} {
		loc := zone(t, name)
		for _, s := range days {
			d := day(t, s)
			slow := time.Date(d.Year, d.Month, d.Day, -30, 0, 0, 0, time.UTC)
			for retention.DateOf(slow, loc).Compare(d) < 0 {
				slow = slow.Add(time.Minute)
			}
			require.True(t, slow.Equal(d.Start(loc)), "%s %s: %s, slowly %s", name, s, d.Start(loc), slow.In(loc))
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-24", "2024-02-29", "0001-01-01", "9999-12-31", "2026-02-30", "x", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := retention.ParseDate(s)
		if err != nil {
			require.True(t, d.IsZero())
			return
		}
		require.Equal(t, s, d.String(), "format gives back what was parsed")
		require.Equal(t, d, retention.DateOf(d.Start(time.UTC), time.UTC))
		text, err := d.MarshalText()
		require.NoError(t, err)
		var back retention.Date
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, d, back)
	})
}

func FuzzAddMonths(f *testing.F) {
	f.Add(uint32(20787), uint32(1), int16(3))
	f.Add(uint32(0), uint32(31), int16(-1))
	f.Add(uint32(19782), uint32(366), int16(12))
	f.Fuzz(func(t *testing.T, epochDay, later uint32, n int16) {
		a := retention.DateOf(time.Unix(int64(epochDay%2_000_000)*86400, 0), time.UTC)
		b := retention.DateOf(a.Start(time.UTC).AddDate(0, 0, int(later%1000)), time.UTC)
		months, sum := int(n), a.AddMonths(int(n))
		require.LessOrEqual(t, sum.Compare(b.AddMonths(months)), 0, "monotone: a later day never leads to an earlier one")
		require.Equal(t, a.Year*12+int(a.Month)+months, sum.Year*12+int(sum.Month), "exactly n months on")
		require.LessOrEqual(t, sum.Day, a.Day, "never longer than the same number")
		if sum.Day < a.Day {
			next := retention.DateOf(sum.End(time.UTC), time.UTC)
			require.Equal(t, 1, next.Day, "clamped only to the last day of the month")
		}
	})
}
