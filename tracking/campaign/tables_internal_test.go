package campaign

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tables are the tables of hosts by the name of their kind.
var tables = map[string][]entry{
	"search": searchSites, "social": socialSites, "video": videoSites, "shopping": shoppingSites,
	"assistant": assistantSites, "mail": mailSites, "ad server": adSites, "search ads": adSearchSites, "transit": transitSites,
}

func TestTablesAreWellFormed(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for kindName, entries := range tables {
		for _, e := range entries {
			require.NotEmpty(t, strings.Fields(e.known), e.name)
			require.Equal(t, e.name, label(strings.ReplaceAll(e.name, " ", "+")), "a name is a clean label")
			for _, key := range strings.Fields(e.known) {
				host := strings.TrimSuffix(strings.TrimPrefix(key, "."), "*")
				require.Equal(t, strings.ToLower(key), key)
				require.NotContains(t, host, "*", key)
				require.NotContains(t, host, "/", key)
				require.NotEmpty(t, host, key)
				require.Empty(t, seen[host], "%s is listed twice, now in %s", key, kindName)
				seen[host] = kindName + " " + e.name
			}
		}
	}
	require.Len(t, sites, len(seen))
}

func TestTablesAreFound(t *testing.T) {
	t.Parallel()
	for _, entries := range tables {
		for _, e := range entries {
			for _, key := range strings.Fields(e.known) {
				host, below := strings.CutPrefix(key, ".")
				stem, anywhere := strings.CutSuffix(host, "*")
				hosts := []string{host}
				if anywhere {
					hosts = []string{stem + "com", stem + "nl", stem + "co.uk", stem + "com.br"}
				}
				for _, h := range hosts {
					require.Equal(t, e.name, siteOf(h).name, h)
					if strings.Contains(h, ".") {
						require.Equal(t, e.name, siteOf("www."+h).name, "www."+h)
					}
					if below {
						require.Equal(t, e.name, siteOf("a.zz."+h).name, "below "+h)
					}
				}
			}
		}
	}
}

func TestParamsFitKey(t *testing.T) {
	t.Parallel()
	for key := range params {
		require.LessOrEqual(t, len(key), maxKey, key)
		require.Equal(t, strings.ToLower(key), key)
		got, ok := paramOf(key)
		require.True(t, ok, key)
		require.Equal(t, params[key], got)
	}
	want := len(clicks)
	for _, p := range labelParams {
		want += len(strings.Fields(p.names))
	}
	require.Len(t, params, want, "a name stands in two places")
}

func TestClicksAreKnown(t *testing.T) {
	t.Parallel()
	for _, c := range clicks {
		require.NotEmpty(t, c.source, c.id)
		require.NotEmpty(t, c.medium, c.id)
		require.NotEqual(t, "Unassigned", (*Rules)(nil).channelOf(&Campaign{Source: c.source, Medium: c.medium}), c.id)
	}
}

func TestMediumOfEveryKind(t *testing.T) {
	t.Parallel()
	for k := unlisted; k < transit; k++ {
		require.NotEmpty(t, mediumOf[k], k)
	}
}

func TestStemLen(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"google.nl": "google.", "google.com": "google.", "google.co.uk": "google.", "google.com.au": "google.",
		"www.google.co.uk": "www.google.", "co.uk": "co.", "com": "", "nl": "", "google.org": "", "": "",
		"google.info": "", "a.co": "a.", "google.org.uk": "google.org.",
	} {
		require.Equal(t, want, host[:stemLen(host)], host)
	}
}
