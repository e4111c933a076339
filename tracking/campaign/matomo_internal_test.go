package campaign

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// format writes entries as a list has them.
func format(entries []listEntry) string {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s:\n  -\n", quote(e.name))
		for key, values := range map[string][]string{"urls": e.hosts, "params": e.params} {
			fmt.Fprintf(&b, "    %s:", key)
			if len(values) == 0 {
				b.WriteString(" []")
			}
			b.WriteByte('\n')
			for _, v := range values {
				fmt.Fprintf(&b, "      - %s\n", quote(v))
			}
		}
		b.WriteString("    backlink: '?q={k}'\n\n")
		if e.bare {
			b.WriteString("    hiddenkeyword:\n      - '/'\n")
		}
	}
	return b.String()
}

// TestListsAreReadAsWritten holds that parsing is the inverse of formatting.
func TestListsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`[a-z{][a-zA-Z0-9.{}' #:é-]{0,12}`)
	entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) listEntry {
		return listEntry{
			name:   text.Draw(t, "name"),
			hosts:  rapid.SliceOfN(text, 0, 3).Draw(t, "hosts"),
			params: rapid.SliceOfN(text, 0, 3).Draw(t, "params"),
			bare:   rapid.Bool().Draw(t, "bare"),
		}
	}), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		want := entries.Draw(t, "entries")
		got, err := parseList("x.yml", format(want))
		if err != nil || len(got) != len(want) {
			t.Fatalf("%q: got %d, want %d, %v", format(want), len(got), len(want), err)
		}
		for i := range want {
			if fmt.Sprint(got[i]) != fmt.Sprint(want[i]) {
				t.Fatalf("got %+v, want %+v", got[i], want[i])
			}
		}
	})
}
