package swap_test

import (
	"strings"
	"testing"

	"github.com/qooqie/qooqie/tracking/swap"
	"github.com/stretchr/testify/require"
)

// to makes a target with its replacements.
func to(number string, replacements ...string) swap.Target {
	return swap.Target{Number: number, Replacements: replacements}
}

// TestCompileErrors checks what Compile refuses, and that it names the number.
func TestCompileErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		targets []swap.Target
		want    error
		quotes  string
	}{
		{"empty", []swap.Target{to("")}, swap.ErrNumber, `""`},
		{"no plus", []swap.Target{to("31851234567")}, swap.ErrNumber, `"31851234567"`},
		{"national", []swap.Target{to("0851234567")}, swap.ErrNumber, `"0851234567"`},
		{"exit code", []swap.Target{to("0031851234567")}, swap.ErrNumber, `"0031851234567"`},
		{"spaces", []swap.Target{to("+31 85 1234567")}, swap.ErrNumber, `"+31 85 1234567"`},
		{"a new line", []swap.Target{to("+31851234567\n")}, swap.ErrNumber, `"+31851234567\n"`},
		{"too short", []swap.Target{to("+318512")}, swap.ErrNumber, `"+318512"`},
		{"too long", []swap.Target{to("+3185123456789012")}, swap.ErrNumber, `"+3185123456789012"`},
		{"a code that begins with zero", []swap.Target{to("+0851234567")}, swap.ErrNumber, `"+0851234567"`},
		{"a code of no country", []swap.Target{to("+9991234567")}, swap.ErrNumber, `"+9991234567"`},
		{"a replacement", []swap.Target{to("+31851234567", "085-7654321")}, swap.ErrNumber, `"085-7654321"`},
		{"a replacement of no country", []swap.Target{to("+31851234567", "+9991234567")}, swap.ErrNumber, `"+9991234567"`},
		{"the second target", []swap.Target{to("+31851234567"), to("085")}, swap.ErrNumber, `"085"`},
		{"two targets alike", []swap.Target{to("+31851234567"), to("+12125550123"), to("+31851234567")}, swap.ErrDuplicate, `"+31851234567"`},
		{"target and replacement alike", []swap.Target{to("+31851234567", "+31857654321", "+31851234567")}, swap.ErrDuplicate, `"+31851234567"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			plan, err := swap.Compile(c.targets...)
			require.Nil(t, plan)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.quotes)
			require.True(t, strings.HasPrefix(err.Error(), "swap: "), err)
		})
	}
}

// TestCompileAccepts checks what Compile takes although it looks like a mistake.
func TestCompileAccepts(t *testing.T) {
	for name, targets := range map[string][]swap.Target{
		"no targets":                   nil,
		"no replacements":              {to("+31851234567")},
		"a replacement listed twice":   {to("+31851234567", "+31857654321", "+31857654321")},
		"a replacement of two targets": {to("+31851234567", "+31857654321"), to("+31851234568", "+31857654321")},
		"targets that swap places":     {to("+31851234567", "+31857654321"), to("+31857654321", "+31851234567")},
		"one target begins another":    {to("+4930231250"), to("+493023125123")},
		"the same national number":     {to("+31851234567"), to("+49851234567")},
		"a number of no known shape":   {to("+31999999999999")},
		"an international service":     {to("+80012345678")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := swap.Compile(targets...)
			require.NoError(t, err)
		})
	}
}

// TestCountries checks how numbers of countries are written whose rules differ:
// no area codes, a trunk prefix that may be left out, or one that is no zero.
func TestCountries(t *testing.T) {
	for _, c := range []struct{ name, target, replacement, in, want string }{
		{"Italy has no trunk prefix", "+390612345678", "+390298765432", "06 1234 5678, +39 06 12345678", "02 9876 5432, +39 02 98765432"},
		{"Russia has an eight", "+74951234567", "+74957654321", "8 (495) 123-45-67", "8 (495) 765-43-21"},
		{"America has a one that may be left out", "+18005550199", "+12125550123", "1-800-555-0199 or 800-555-0199", "1-212-555-0123 or 212-555-0123"},
		{"Denmark has no area codes", "+4532123456", "+4587654321", "32 12 34 56", "87 65 43 21"},
		{"Hungary has two digits", "+3611234567", "+3617654321", "06 1 123 4567", "06 1 765 4321"},
		{"a prefix goes where the new number has none", "+61212345678", "+611300123456", "(02) 1234 5678", "1300 123 456"},
		{"a prefix that may be left out", "+611300123456", "+61212345678", "1300123456 or 01300123456", "0212345678 or 0212345678"},
		{"a prefix that may be left out, twice", "+611300123456", "+611800123456", "1300123456 or 01300123456", "1800123456 or 01800123456"},
		{"six digits with a prefix", "+611300123456", "+61131234", "1300123456 or 01300123456", "131234 or 0131234"},
		{"no shape of either is known", "+31999999999999", "+31999999999990", "0999 9999 99999", "0999 9999 99990"},
		{"a number without a prefix, as many digits", "+8223123456", "+8215881234", "02-312-3456, +82 2-312-3456", "1588-1234, +82 1588-1234"},
		{"no shape is known", "+31999999999999", "+31857654321", "0999999999999 of +31 999999999999", "0857654321 of +31 85 765 4321"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, rewrite(t, plan(t, c.target, c.replacement), c.replacement, c.in, 0))
		})
	}
}
