package cookies_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

func TestNewCodecReportsEveryMistake(t *testing.T) {
	t.Parallel()
	marked := []byte("marked-and-too-short")
	_, err := cookies.NewCodec(cookies.Config{
		Keys: [][]byte{key("good"), marked, make([]byte, 32)},
		Life: 396 * 24 * time.Hour,
	})
	require.Error(t, err)
	var fields []string
	for _, one := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *cookies.ConfigError
		require.ErrorAs(t, one, &mistake)
		require.NotEmpty(t, mistake.Reason)
		require.Contains(t, err.Error(), mistake.Error())
		fields = append(fields, mistake.Field+" "+mistake.Value)
	}
	require.Equal(t, []string{"Keys[1] 20 bytes", "Keys[2] 32 bytes", "Site ", "Life 9504h0m0s"}, fields)
	require.NotContains(t, err.Error(), "marked")

	_, err = cookies.NewCodec(cookies.Config{Site: "shop"})
	var mistake *cookies.ConfigError
	require.ErrorAs(t, err, &mistake)
	require.Equal(t, "Keys", mistake.Field)
	require.Equal(t, "cookies: Config.Keys: at least one key of 32 random bytes is needed", mistake.Error())
}

func TestNewCodecKeys(t *testing.T) {
	t.Parallel()
	counting := make([]byte, 32)
	for i := range counting {
		counting[i] = byte(3*i + 250)
	}
	refused := map[string][]byte{
		"nil":            nil,
		"31 bytes":       key("k")[:31],
		"zero":           make([]byte, 64),
		"one byte":       bytes.Repeat([]byte{0x0b}, 32),
		"few bytes":      []byte("abcabdacbdabcdabccbaabcdabdcbadc"),
		"counting":       counting,
		"alphabet":       []byte("abcdefghijklmnopqrstuvwxyz012345"),
		"digits":         []byte("0123456789abcdef0123456789ABCDEF"),
		"block":          bytes.Repeat([]byte("Xk2!pQ9z"), 5),
		"gorilla readme": []byte("something-very-secret-something!"),
		"csrf readme":    []byte("32-byte-long-auth-key-0000000000"),
		"placeholder":    []byte("ChangeMe_8d7fa98sdf7aYUIa8s7df6a"),
		"sentence":       []byte("the passphrase which is Password1"),
	}
	for name, k := range refused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{k}, Site: "shop"})
			var mistake *cookies.ConfigError
			require.ErrorAs(t, err, &mistake)
			require.Equal(t, "Keys[0]", mistake.Field)
			require.Equal(t, fmt.Sprintf("%d bytes", len(k)), mistake.Value)
			if len(k) > 0 {
				require.NotContains(t, err.Error(), string(k[:8]))
			}
		})
	}
	for range 2000 {
		random := make([]byte, 32)
		rand.Read(random)
		for _, k := range [][]byte{
			random, []byte(hex.EncodeToString(random)), []byte(hex.EncodeToString(random[:16])),
			[]byte(base64.StdEncoding.EncodeToString(random)),
		} {
			_, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{k}, Site: "shop"})
			require.NoError(t, err)
		}
	}
}

func TestNewCodecDoesNotKeepTheKeys(t *testing.T) {
	t.Parallel()
	cfg := cookies.Config{Site: "shop", Keys: [][]byte{key("k")}}
	c, err := cookies.NewCodec(cfg)
	require.NoError(t, err)
	clear(cfg.Keys[0])
	require.Equal(t, sidValue(t, newCodec(t, "shop", "k"), newSession(1)), sidValue(t, c, newSession(1)))
}

func TestLife(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 9, 0, 0, 0, time.UTC)
	}
	tests := []struct {
		name   string
		life   time.Duration
		issued time.Time
		end    time.Time
	}{
		{"default", 0, noon, noon.Add(30 * day)},
		{"shortest", time.Second, noon, noon.Add(time.Second)},
		{"own", 7 * day, noon, noon.Add(7 * day)},
		{"395 days are less than 13 months", 395 * day, date(2026, time.July, 1), date(2027, time.July, 31)},
		{"13 months are less than 395 days", 395 * day, date(2026, time.February, 1), date(2027, time.March, 1)},
		{"the month is shorter", 395 * day, date(2026, time.January, 31), date(2027, time.February, 28)},
		{"the month is shorter in a leap year", 395 * day, date(2027, time.January, 30), date(2028, time.February, 29)},
		{"exactly 393 days", 393 * day, date(2026, time.February, 1), date(2027, time.March, 1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{key("k")}, Site: "shop", Life: test.life})
			require.NoError(t, err)
			s, campaign := newSession(2), voorjaar
			s.Issued, campaign.Issued = test.issued, test.issued
			h := request(sid(sidValue(t, c, s)), camp(campaignValue(t, c, campaign)))
			live := func(now time.Time) bool {
				v := c.Read(h, now)
				_, session := v.Session()
				_, campaign := v.Campaign()
				require.Equal(t, session, campaign)
				require.True(t, v.Present())
				return session
			}
			require.False(t, live(test.issued.Add(-5*time.Minute-1)))
			require.True(t, live(test.issued.Add(-5*time.Minute)))
			require.True(t, live(test.issued))
			require.True(t, live(test.end.Add(-1)))
			require.False(t, live(test.end))
			require.False(t, live(test.end.Add(10*365*day)))

			set := http.Header{}
			c.SetSession(set, s, true, test.issued)
			age := int(test.end.Sub(test.issued) / time.Second)
			require.Equal(t, age, (&http.Response{Header: set}).Cookies()[0].MaxAge)
		})
	}
	for _, life := range []time.Duration{-1, 1, time.Second - 1, 395*day + 1} {
		_, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{key("k")}, Site: "shop", Life: life})
		var mistake *cookies.ConfigError
		require.ErrorAs(t, err, &mistake, life)
		require.Equal(t, "Life", mistake.Field)
	}
}

func TestTextsHideWhatTheyAreAbout(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	s := newSession(2)
	v := c.Read(request(sid(sidValue(t, c, s)), camp(campaignValue(t, c, voorjaar))), noon)
	for text, value := range map[string]interface{ String() string }{
		"no session":              cookies.Session{},
		"session (leases: 2)":     s,
		"lease":                   s.Leases()[0],
		"visitor without cookies": cookies.Visitor{},
		"visitor with session (leases: 2) and a campaign": v,
		"visitor with no session":                         c.Read(request(sid("forged")), noon),
	} {
		require.Equal(t, text, value.String())
		for _, verb := range []string{"%v", "%+v", "%s", "%q"} {
			printed := fmt.Sprintf(verb, value)
			require.Equal(t, text, strings.Trim(printed, `"`))
		}
	}
	require.Equal(t, s.String(), s.LogValue().String())
	require.Equal(t, v.String(), v.LogValue().String())
	require.Equal(t, "lease", s.Leases()[0].LogValue().String())
}
