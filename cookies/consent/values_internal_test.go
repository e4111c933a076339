package consent

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// kept returns the values that net/http would keep.
func kept(lines []string, name string) []string {
	var values []string
	odd := func(r rune) bool { return r < ' ' || r >= 0x7f || r == '"' || r == ';' || r == '\\' }
	for value := range raw(http.Header{"Cookie": lines}, name) {
		if strings.IndexFunc(value, odd) < 0 {
			values = append(values, value)
		}
	}
	return values
}

func TestRaw(t *testing.T) {
	t.Parallel()
	lines := []string{`a="x"; b={"c":1,"d":[2,3]}; a=`, "", ` a = y;a;c="a=z`, `a="`}
	require.Equal(t, []string{"x", "", " y", "", `"`}, slices.Collect(raw(http.Header{"Cookie": lines}, "a")))
	require.Equal(t, []string{`{"c":1,"d":[2,3]}`}, slices.Collect(raw(http.Header{"Cookie": lines}, "b")), "net/http drops it")
	for range raw(http.Header{"Cookie": lines}, "a") {
		break // leaving the loop early is no mistake
	}
}

func FuzzRaw(f *testing.F) {
	f.Add("a=b; klaro=c; klaro =d", `klaro="e"; klaro=f=g`)
	f.Add("klaro", "\tklaro=\xff; klaro=\"; ;;")
	f.Fuzz(func(t *testing.T, one, two string) {
		lines := []string{one, two}
		if strings.Count(one+two, ";") > 2900 {
			return // net/http then reads no cookie at all
		}
		var want []string
		for _, c := range (&http.Request{Header: http.Header{"Cookie": lines}}).CookiesNamed("klaro") {
			want = append(want, c.Value)
		}
		require.Equal(t, want, kept(lines, "klaro"))
	})
}

// Nothing but an object of JSON with different names is one.
func TestObject(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{}`: true, `{"a":true}`: true, ` { "a" : [1, {"a":2}] , "b":null } `: true, `%7B%22a%22%3A1%7D`: true, `{"\u0061":1}`: true,
		``: false, `{`: false, `{}}`: false, `{}x`: false, `{"a":1,}`: false, `{"a"}`: false, `{a:1}`: false, `{'a':1}`: false,
		`{"a":1,"a":1}`: false, `{"\u0061":1,"a":2}`: false, `[]`: false, `1`: false, `"a"`: false, `null`: false, `{"a":01}`: false, `%`: false,
	} {
		_, ok := object(text)
		require.Equal(t, want, ok, text)
	}
}

func TestLiteral(t *testing.T) {
	t.Parallel()
	fields, ok := literal(`{a:true,b_1:'x,y:z',c:-1,d:''}`)
	require.True(t, ok)
	require.Equal(t, map[string]string{"a": "true", "b_1": "'x,y:z'", "c": "-1", "d": "''"}, fields)
	for _, text := range []string{
		``, `{`, `}`, `{}`, `{a}`, `{a:}`, `{:1}`, `{a:1,}`, `{,a:1}`, `{a:1,a:1}`, `{a:'}`, `{a:'x}`, `{a:'x'y}`, `{a:'x''y'}`, `{a:'x',}`,
		`{a:x'y'}`, `{a:{b:1}}`, `{a:[1]}`, `{a: 1}`, `{ a:1}`, `{a:1};`, `{a:"x"}`, `{a:--1}`, `{a:'\'}`, `{a:é}`, `a:1`,
	} {
		_, ok := literal(text)
		require.False(t, ok, text)
	}
}
