package cookies

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// scanned returns the values of one name, which may have the prefix, as the
// scanner finds them, but for those that net/http drops because of a byte that no
// value of ours has.
func scanned(lines []string, name string) []string {
	name, prefixed := strings.CutPrefix(name, hostPrefix)
	var values []string
	s := scan(http.Header{"Cookie": lines})
	for {
		f, ok := s.next()
		if !ok {
			return values
		}
		odd := func(r rune) bool { return r < ' ' || r >= 0x7f || r == '"' || r == ';' || r == '\\' }
		if f.name == name && f.prefixed == prefixed && strings.IndexFunc(f.value, odd) < 0 {
			values = append(values, f.value)
		}
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"none", nil, nil},
		{"alone", []string{"qooqie_sid=a"}, []string{"a"}},
		{"among others", []string{"a=b; qooqie_sid=c; d=e"}, []string{"c"}},
		{"several lines", []string{"qooqie_sid=a; x=y", "", "qooqie_sid=b"}, []string{"a", "b"}},
		{"no space, many spaces", []string{"x=y;qooqie_sid=a;  \t qooqie_sid=b  ;"}, []string{"a", "b"}},
		{"space before the sign", []string{"qooqie_sid =a"}, []string{"a"}},
		{"space after the sign", []string{"qooqie_sid= a"}, []string{" a"}},
		{"quotes", []string{`qooqie_sid="a"; qooqie_sid=""; qooqie_sid="`}, []string{"a", ""}},
		{"no sign", []string{"qooqie_sid"}, []string{""}},
		{"sign in the value", []string{"qooqie_sid=a=b"}, []string{"a=b"}},
		{"prefixes", []string{"__Host-qooqie_sid=a; __Secure-qooqie_sid=b; __host-qooqie_sid=c; __Host-__Host-qooqie_sid=d; qooqie_sid=e"},
			[]string{"e"}},
		{"other names", []string{"xqooqie_sid=a; qooqie_sidx=b; qooqie=c; QOOQIE_SID=d; x=qooqie_sid=e"}, nil},
		{"raw JSON beside", []string{`c={"a":1,"b":"x"}; qooqie_sid=a; d="`}, []string{"a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, scanned(test.lines, SIDName))
		})
	}
}

func TestPresent(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"": false, "a=b": false, "qooqie_sid": true, "qooqie_sid=": true, `a=b; qooqie_campaign="\`: true, "qooqie=1": false,
		"__Host-qooqie_sid=a": true, "__Host-=a": false,
		"qooqie_sid=objected": false, "__Host-qooqie_sid=objected": false, `qooqie_sid="objected"`: false,
		"qooqie_sid=objected; qooqie_campaign=a": true, "qooqie_campaign=objected": true, "qooqie_sid=objected; qooqie_sid=a": true,
	} {
		require.Equal(t, want, Present(http.Header{"Cookie": {"x=y", line}}), line)
	}
}

func FuzzScan(f *testing.F) {
	f.Add("a=b; qooqie_sid=c; qooqie_campaign=v=1&sig=x", "qooqie_sid=\"d\"")
	f.Add("qooqie_sid =a;qooqie_sid= b;\tqooqie_sid", "qooqie_sid=\xff; =; ;; qooqie_campaign=\"a;b\"")
	f.Add("__Host-qooqie_sid=a; __Host- qooqie_sid=b", "__Host-qooqie_campaign=c; qooqie_sid=objected")
	f.Add("\r\n qooqie_campaign=a \n", "\x00qooqie_sid=a; qooqie_sid\v=b; qooqie_sid=c\v")
	f.Fuzz(func(t *testing.T, one, two string) {
		lines := []string{one, two}
		if strings.Count(one+two, ";") > 2900 {
			return // net/http then reads no cookie at all
		}
		r := &http.Request{Header: http.Header{"Cookie": lines}}
		for _, name := range []string{SIDName, CampaignName, hostPrefix + SIDName, hostPrefix + CampaignName} {
			var want []string
			for _, c := range r.CookiesNamed(name) {
				want = append(want, c.Value)
			}
			require.Equal(t, want, scanned(lines, name))
		}
	})
}
