package campaign_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

func TestDangerouslyReadClick(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 512)
	tests := []struct{ name, query, id, value string }{
		{"as the platform wrote it", "utm_source=x&GCLID=Cj0KCQ_-aB&x=1", "gclid", "Cj0KCQ_-aB"},
		{"escaped", "fbclid=a%2Bb%3d", "fbclid", "a+b="},
		{"the most telling", "fbclid=1&gclid=2&gbraid=3", "gclid", "2"},
		{"the first of one name", "gclid=1&gclid=2", "gclid", "1"},
		{"the next if one is broken", "gclid={gclid}&msclkid=%00&fbclid=3", "fbclid", "3"},
		{"copied out of a page", "a=1&amp;gclid=2", "gclid", "2"},
		{"long", "ttclid=" + long, "ttclid", long},
		{"too long", "ttclid=" + long + "x", "", ""},
		{"far too long", "ttclid=" + strings.Repeat("%41", 1<<16), "", ""},
		{"space", "gclid=a+b", "", ""},
		{"line end", "gclid=a%0d%0aX:y", "", ""},
		{"other scripts", "gclid=%C3%A9", "", ""},
		{"empty", "gclid=&gclid", "", ""},
		{"recipients", "mc_eid=1&_hsenc=2&mkt_tok=3&_kx=4", "", ""},
		{"tags", "utm_source=gclid", "", ""},
		{"none", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, ok := campaign.DangerouslyReadClick(&url.URL{RawQuery: test.query})
			require.Equal(t, test.id != "", ok)
			require.Equal(t, []string{test.id, test.value}, []string{c.ID(), c.Value()})
		})
	}
}

// TestClickHidesItsValue holds that a value is only had by asking for it.
func TestClickHidesItsValue(t *testing.T) {
	t.Parallel()
	const secret = "MARKED0123456789"
	c, ok := campaign.DangerouslyReadClick(&url.URL{RawQuery: "gclid=" + secret})
	require.True(t, ok)
	type holder struct {
		Shown  campaign.Click
		hidden campaign.Click
		list   []*campaign.Click
	}
	h := holder{c, c, []*campaign.Click{&c}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+verb+verb+"\n", c, h, &h)
	}
	slog.New(slog.NewTextHandler(&out, nil)).InfoContext(t.Context(), "x", "click", c, "holder", h)
	slog.New(slog.NewJSONHandler(&out, nil)).InfoContext(t.Context(), "x", "click", c, "holder", h)
	require.NoError(t, json.NewEncoder(&out).Encode(h))
	require.Contains(t, out.String(), "gclid=…")
	require.NotContains(t, out.String(), secret)
	require.NotContains(t, out.String(), fmt.Sprintf("%x", secret))
	require.Equal(t, "no click id", campaign.Click{}.String())
	require.Empty(t, h.hidden.Value()[:0], len(h.list))
}
