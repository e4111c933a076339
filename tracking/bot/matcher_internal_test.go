package bot

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// naive finds the heaviest kind by one search for each text.
func naive(patterns []pattern, s string) Kind {
	s = lower(s)
	best := Person
	for _, p := range patterns {
		for _, literal := range p.literals {
			if weight[p.kind] > weight[best] && occurs(s, literal) {
				best = p.kind
			}
		}
	}
	return best
}

// lower returns s with ASCII letters in lower case.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// occurs reports whether a literal with its marks is in s.
func occurs(s, literal string) bool {
	literal, atStart := strings.CutPrefix(literal, "^")
	literal, atWordEnd := strings.CutSuffix(literal, "$")
	if atStart {
		return strings.HasPrefix(s, literal)
	}
	for i := range len(s) {
		if !strings.HasPrefix(s[i:], literal) {
			continue
		}
		if !atWordEnd || endsWord(s, i+len(literal)) && !isCubot(s, i) {
			return true
		}
	}
	return false
}

func TestPatternsAreWellFormed(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range patterns {
		require.NotEqual(t, Person, p.kind)
		for _, literal := range p.literals {
			bare := strings.TrimSuffix(strings.TrimPrefix(literal, "^"), "$")
			require.GreaterOrEqual(t, len(bare), 3, literal)
			require.Less(t, len(bare), 256, literal)
			require.Equal(t, lower(literal), literal)
			require.NotContains(t, bare, "^", literal)
			require.False(t, strings.HasPrefix(literal, "^") && strings.HasSuffix(literal, "$"), literal)
			require.False(t, seen[literal], "%q stands there twice", literal)
			seen[literal] = true
		}
	}
	require.Len(t, agents.texts, len(seen)+1)
	require.Less(t, len(agents.found), 1<<16, "states are 16 bits")
	require.Less(t, agents.width, 256, "classes are 8 bits")
}

func TestEveryTextIsFound(t *testing.T) {
	t.Parallel()
	for _, p := range patterns {
		for _, literal := range p.literals {
			bare := strings.TrimSuffix(strings.TrimPrefix(literal, "^"), "$")
			require.GreaterOrEqual(t, weight[agents.find(bare)], weight[p.kind], literal)
			require.GreaterOrEqual(t, weight[agents.find(strings.ToUpper(bare)+" (x)")], weight[p.kind], literal)
		}
	}
}

func TestKindsHaveWeights(t *testing.T) {
	t.Parallel()
	require.Len(t, weight, len(kindNames))
	seen := map[uint8]bool{}
	for k, w := range weight {
		require.False(t, seen[w], "%s weighs as much as another", Kind(k))
		seen[w] = true
	}
}

// TestMatcherAgreesWithSearch draws texts and agents from few letters, so that
// texts overlap, contain and end in each other.
func TestMatcherAgreesWithSearch(t *testing.T) {
	t.Parallel()
	literal := rapid.StringMatching(`\^?[abc]{1,4}|[abc]{1,4}\$?`)
	rapid.Check(t, func(t *rapid.T) {
		some := []pattern{
			{Crawler, rapid.SliceOfN(literal, 0, 6).Draw(t, "crawlers")},
			{Preview, rapid.SliceOfN(literal, 0, 6).Draw(t, "previews")},
			{Agent, rapid.SliceOfN(literal, 0, 3).Draw(t, "agents")},
		}
		m := newMatcher(some)
		for _, s := range rapid.SliceOfN(rapid.StringMatching(`[abcABCsx ]{0,12}`), 1, 8).Draw(t, "agents") {
			if got, want := m.find(s), naive(some, s); got != want {
				t.Fatalf("%q: got %s, want %s", s, got, want)
			}
		}
	})
}

func TestEmptyMatcher(t *testing.T) {
	t.Parallel()
	require.Equal(t, Person, newMatcher(nil).find("Googlebot"))
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"", "Googlebot/2.1", "CUBOT Googlebots", "WhatsApp/2 WhatsApp/3", "ChatGPT-Use", "\xff\x00bot", "prerenderobot",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, agent string) {
		require.Equal(t, naive(patterns, agent), agents.find(agent))
	})
}
