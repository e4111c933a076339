package retention_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// signed returns a processing agreement without mistakes.
func signed(tb testing.TB, start, end string) retention.Agreement {
	tb.Helper()
	return retention.Agreement{
		ID:         "2026-001",
		Customer:   "acme",
		Controller: "Acme B.V.",
		Start:      day(tb, start),
		End:        day(tb, end),
		Choice:     retention.Erase,
	}
}

// mistakes returns the fields that an error complains about, in order.
func mistakes(tb testing.TB, err error) []string {
	tb.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(tb, ok, "not joined: %v", err)
	var fields []string
	for _, err := range joined.Unwrap() {
		mistake := new(retention.FieldError)
		require.ErrorAs(tb, err, &mistake)
		require.NotEmpty(tb, mistake.Reason)
		fields = append(fields, mistake.Field)
	}
	return fields
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*retention.Agreement)
		want   []string
	}{
		{"nothing wrong", func(*retention.Agreement) {}, nil},
		{"a single day", func(a *retention.Agreement) { a.End = a.Start }, nil},
		{"no choice yet", func(a *retention.Agreement) { a.Choice = 0 }, nil},
		{"other zone", func(a *retention.Agreement) { a.Zone = "America/Aruba" }, nil},
		{"no grace", func(a *retention.Agreement) { a.GraceMonths = retention.NoGrace }, nil},
		{"longest grace", func(a *retention.Agreement) { a.GraceMonths = 120 }, nil},
		{"policy", func(a *retention.Agreement) { a.PolicyHash = strings.Repeat("0a", 32) }, nil},
		{"names with spaces and letters", func(a *retention.Agreement) { a.Controller, a.Customer = "Zoë & Söhne", "../x" }, nil},

		{"no names", func(a *retention.Agreement) { a.ID, a.Customer, a.Controller = "", "", "" }, []string{"ID", "Customer", "Controller"}},
		{"line in a name", func(a *retention.Agreement) { a.ID = "1\nlevel=ERROR" }, []string{"ID"}},
		{"space around a name", func(a *retention.Agreement) { a.Customer = "acme " }, []string{"Customer"}},
		{"no UTF-8", func(a *retention.Agreement) { a.Customer = "acm\xe9" }, []string{"Customer"}},
		{"long name", func(a *retention.Agreement) { a.ID = strings.Repeat("x", 201) }, []string{"ID"}},
		{"no start", func(a *retention.Agreement) { a.Start = retention.Date{} }, []string{"Start"}},
		{"no such start", func(a *retention.Agreement) { a.Start.Day = 31; a.Start.Month = 2 }, []string{"Start"}},
		{"start before 1970", func(a *retention.Agreement) { a.Start.Year = 1969 }, []string{"Start"}},
		{"no end", func(a *retention.Agreement) { a.End = retention.Date{} }, []string{"End"}},
		{"no such end", func(a *retention.Agreement) { a.End.Month = 13 }, []string{"End"}},
		{"end before start", func(a *retention.Agreement) { a.End = day(t, "2025-12-31") }, []string{"End"}},
		{"unknown zone", func(a *retention.Agreement) { a.Zone = "Europe/Atlantis" }, []string{"Zone"}},
		{"zone of the machine", func(a *retention.Agreement) { a.Zone = "Local" }, []string{"Zone"}},
		{"zone is a path", func(a *retention.Agreement) { a.Zone = "../../etc/passwd" }, []string{"Zone"}},
		{"negative grace", func(a *retention.Agreement) { a.GraceMonths = -2 }, []string{"GraceMonths"}},
		{"endless grace", func(a *retention.Agreement) { a.GraceMonths = 121 }, []string{"GraceMonths"}},
		{"unknown choice", func(a *retention.Agreement) { a.Choice = 3 }, []string{"Choice"}},
		{"policy in capitals", func(a *retention.Agreement) { a.PolicyHash = strings.Repeat("0A", 32) }, []string{"PolicyHash"}},
		{"policy too short", func(a *retention.Agreement) { a.PolicyHash = strings.Repeat("0a", 31) }, []string{"PolicyHash"}},
		{"policy no hexadecimal", func(a *retention.Agreement) { a.PolicyHash = strings.Repeat("zz", 32) }, []string{"PolicyHash"}},
		{
			"all at once",
			func(a *retention.Agreement) {
				*a = retention.Agreement{Zone: "x", GraceMonths: -9, Choice: 9, PolicyHash: "x"}
			},
			[]string{"ID", "Customer", "Controller", "Start", "End", "Zone", "GraceMonths", "Choice", "PolicyHash"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := signed(t, "2026-01-01", "2026-12-31")
			test.change(&a)
			err := a.Validate()
			require.Equal(t, test.want, mistakes(t, err))

			_, windowErr := a.Window()
			require.Equal(t, err, windowErr)
			if err != nil {
				require.Equal(t, retention.NotStarted, a.State(day(t, "2026-06-01").Start(time.UTC)), "fail closed")
			}
		})
	}
}

func TestValidateLeavesControllerOut(t *testing.T) {
	t.Parallel()
	a := signed(t, "2026-01-01", "2026-12-31")
	a.Controller = " Jan Jansen\n"
	err := a.Validate()
	require.ErrorContains(t, err, "Controller")
	require.NotContains(t, err.Error(), "Jansen")
}

func TestFieldErrorText(t *testing.T) {
	t.Parallel()
	a := signed(t, "2026-12-31", "2026-01-01")
	a.ID = ""
	require.EqualError(t, a.Validate(), "retention: ID: missing\n"+
		`retention: End "2026-01-01": before Start 2026-12-31`)
}

// TestZeroAgreement checks that the lines printed for a beginner are Go that
// compiles: the examples contain them word for word.
func TestZeroAgreement(t *testing.T) {
	t.Parallel()
	err := retention.Agreement{}.Validate()
	mistake, ok := errors.AsType[*retention.FieldError](err)
	require.True(t, ok)
	require.Equal(t, "Agreement", mistake.Field)

	examples, readErr := os.ReadFile("example_test.go")
	require.NoError(t, readErr)
	lines := regexp.MustCompile(`(?m)^\tAgreement: .*,$`).FindAllString(err.Error(), -1)
	require.Len(t, lines, 2)
	for _, line := range lines {
		require.Contains(t, string(examples), "\t"+line+"\n")
	}
}

func TestOwnUse(t *testing.T) {
	t.Parallel()
	since := day(t, "2026-11-24")
	a := retention.OwnUse("Your company", since)
	require.NoError(t, a.Validate())
	require.True(t, a.IsOwnUse())
	require.False(t, signed(t, "2026-01-01", "2026-12-31").IsOwnUse())
	require.Equal(t, "own-3b8edbf66988a959", a.Customer)
	require.Equal(t, a.Customer+"-use", a.ID)

	same := retention.OwnUse("  YOUR\tcompany", since)
	require.Equal(t, a.Customer, same.Customer, "spelling does not make another customer")
	require.NotEqual(t, a.Customer, retention.OwnUse("Your company B.V.", since).Customer)
	require.Equal(t, a.ID, retention.OwnUse("Your company", day(t, "2020-01-01")).ID, "a corrected date keeps the keys")

	w, err := a.Window()
	require.NoError(t, err)
	require.True(t, w.End.IsZero())
	require.True(t, w.Due.IsZero())
	require.Equal(t, retention.NotStarted, a.State(w.Start.Add(-1)))
	require.Equal(t, retention.Active, a.State(w.Start))
	require.Equal(t, retention.Active, a.State(w.Start.AddDate(1000, 0, 0)))

	a.Zone = "America/Aruba"
	require.NoError(t, a.Validate())
	a.End, a.GraceMonths, a.Choice = since, 3, retention.HandOver
	require.Equal(t, []string{"End", "GraceMonths", "Choice"}, mistakes(t, a.Validate()))
	require.Equal(t, []string{"Controller"}, mistakes(t, retention.OwnUse("", since).Validate()))
	require.Equal(t, []string{"Start"}, mistakes(t, retention.OwnUse("x", retention.Date{}).Validate()))
}

func TestChoice(t *testing.T) {
	t.Parallel()
	for _, choice := range []retention.Choice{retention.Erase, retention.HandOver} {
		back, err := retention.ParseChoice(choice.String())
		require.NoError(t, err)
		require.Equal(t, choice, back)
	}
	for _, s := range []string{"", "none", "Erase", "hand over", "erase ", "Choice(3)"} {
		choice, err := retention.ParseChoice(s)
		mistake := new(retention.FieldError)
		require.ErrorAs(t, err, &mistake, "%q", s)
		require.Zero(t, choice)
	}
	require.Equal(t, "none", retention.Choice(0).String())
	require.Equal(t, "Choice(7)", retention.Choice(7).String())
}

func TestLocation(t *testing.T) {
	loc, err := retention.Agreement{}.Location()
	require.NoError(t, err)
	require.Equal(t, "Europe/Amsterdam", loc.String())
	loc, err = retention.Agreement{Zone: "America/Aruba"}.Location()
	require.NoError(t, err)
	require.Equal(t, "America/Aruba", loc.String())
	for _, bad := range []string{"Local", "Mars/Olympus", "../etc/passwd"} {
		_, err := retention.Agreement{Zone: bad}.Location()
		require.Error(t, err, bad)
	}
}
