package numberpool

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseNumber(t *testing.T) {
	for _, good := range []string{"+31851234567", "+1234567", "+123456789012345", "+12025550123"} {
		n, err := ParseNumber(good)
		require.NoError(t, err, good)
		require.Equal(t, good, n.E164())
		require.False(t, n.IsZero())
	}
	for _, bad := range []string{
		"", "+", "31851234567", "+0851234567", "+123456", "+1234567890123456",
		"+31 85 1234567", "+3185123456a", "++3185123456", "+31851234567 ", "tel:+31851234567", "+٣١٨٥١٢٣٤٥٦٧",
	} {
		_, err := ParseNumber(bad)
		require.ErrorIs(t, err, ErrNumber, bad)
	}
}

func TestNumberFromDigits(t *testing.T) {
	n, err := NumberFromDigits(31851234567)
	require.NoError(t, err)
	require.Equal(t, "+31851234567", n.E164())
	for _, bad := range []uint64{0, 999_999, 1_000_000_000_000_000, 1 << 63} {
		_, err := NumberFromDigits(bad)
		require.ErrorIs(t, err, ErrNumber)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"+31851234567", "+1234567", "+0123456789", "0851234567", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseNumber(text)
		if err != nil {
			require.ErrorIs(t, err, ErrNumber)
			require.True(t, n.IsZero())
			return
		}
		require.Equal(t, text, n.E164(), "exactly one spelling of each number")
		back, err := NumberFromDigits(n.Digits())
		require.NoError(t, err)
		require.Equal(t, n, back)
	})
}

// FuzzNumberFromDigits: both ways to a Number agree, and their inverses as well.
func FuzzNumberFromDigits(f *testing.F) {
	for _, seed := range []uint64{0, minNumber - 1, minNumber, 31851234567, maxNumber, maxNumber + 1, 1 << 63} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, digits uint64) {
		n, err := NumberFromDigits(digits)
		parsed, parseErr := ParseNumber(fmt.Sprintf("+%d", digits))
		require.Equal(t, parsed, n)
		if err != nil {
			require.ErrorIs(t, err, ErrNumber)
			require.ErrorIs(t, parseErr, ErrNumber)
			return
		}
		require.NoError(t, parseErr)
		require.Equal(t, digits, n.Digits())
	})
}

// TestErrorsTellNoNumber: no error of this package has a whole number or a
// session in its text, whatever the store does.
func TestErrorsTellNoNumber(t *testing.T) {
	const digits, mark = "31857654321", "cafebabe"
	n, err := ParseNumber("+" + digits)
	require.NoError(t, err)
	id := SessionID{0xca, 0xfe, 0xba, 0xbe}
	errs := []error{ErrNumber, ErrNoSession, ErrPoolExhausted, ErrLeaseTaken, ErrUnknownNumber, ErrNumberOwned, errAbandoned}
	_, err = ParseNumber("+" + digits + "x")
	errs = append(errs, err)
	_, err = New(&script{}, Config{Numbers: []Number{n, n}, Hold: 1})
	errs = append(errs, err)
	s := &script{grant: func(context.Context, Lease) (Lease, error) { panic(fmt.Sprint(digits, mark)) }}
	p, err := New(s, Config{ID: PoolID{"c", "p"}, Numbers: []Number{n}})
	require.NoError(t, err)
	_, err = p.Acquire(t.Context(), Request{Session: id}, noon)
	errs = append(errs, err)
	for _, err := range errs {
		require.Error(t, err)
		require.NotContains(t, err.Error(), digits[2:])
		require.NotContains(t, err.Error(), mark)
	}
}

// TestTypesRedact holds that neither a log nor an error nor a %v tells whose
// number it is.
func TestTypesRedact(t *testing.T) {
	n, err := ParseNumber("+31851234567")
	require.NoError(t, err)
	id := SessionID{0xca, 0xfe, 0xba, 0xbe}
	lease := Lease{Number: n, Session: id}

	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, nil))
	log.Info("lease", "number", n, "session", id)
	fmt.Fprintf(&out, "%v %s %v %s %v", n, n, id, id, lease)

	log.Info("lease", "lease", lease) // which is JSON of a struct
	fmt.Fprintf(&out, "%#v %#v %x %q %+v %#v", n, id, id, n, lease, lease)

	require.NotContains(t, out.String(), "851234567")
	require.NotContains(t, out.String(), fmt.Sprintf("%x", n.Digits()))
	require.NotContains(t, out.String(), "cafe")
	require.NotContains(t, out.String(), "202 254") // %v of the bytes
	require.NotContains(t, out.String(), "202,254") // JSON of the bytes
	require.NotContains(t, out.String(), "0xca, 0xfe")
	require.Contains(t, out.String(), "+31…67")
	require.Equal(t, "none", Number{}.String())
	require.Equal(t, "none", SessionID{}.String())
	require.Empty(t, Number{}.E164())
}

func ExampleParseNumber() {
	n, err := ParseNumber("+31851234567")
	fmt.Println(n.E164(), err)
	_, err = ParseNumber("085 123 45 67")
	fmt.Println(err)
	// Output:
	// +31851234567 <nil>
	// not an E.164 number, such as "+31851234567"
}
