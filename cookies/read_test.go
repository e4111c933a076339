package cookies_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/cookies"
)

// read reports what a header proves at noon.
func read(c *cookies.Codec, h http.Header) (session, campaign bool) {
	v := c.Read(h, noon)
	_, session = v.Session()
	_, campaign = v.Campaign()
	return session, campaign
}

func TestReadWhatWasWritten(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	for leases := range 5 {
		want := newSession(leases)
		v := c.Read(request("a=b", sid(sidValue(t, c, want)), "c=d", camp(campaignValue(t, c, voorjaar))), noon)
		got, ok := v.Session()
		require.True(t, ok)
		require.Equal(t, want, got)
		require.Len(t, got.Leases(), leases)
		campaign, ok := v.Campaign()
		require.True(t, ok)
		require.Equal(t, voorjaar, campaign)
		issued, ok := v.CampaignIssued()
		require.True(t, ok)
		require.Equal(t, noon, issued)
		require.Equal(t, "v=1&issued=2026-11-24T12:00:00Z&source=google&medium=cpc&campaign=voorjaar"+
			"&channel=Paid%20Search&landing=/diensten", v.CampaignText())
	}
}

// The values must never change, or the cookies of running sites are lost. They were
// computed apart, with Python's hmac.
func TestValuesAreStable(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	const (
		stableSID      = "AQI_OvHs670UEKtBfsDSe7_LgPGrsA3A_-4AgIrt03YA8PKrsA3A_-4BgYrt03asAvDyq7ANNUBUOEMJQSjW3ZcUy5uVdg"
		stableCampaign = "v=1&issued=2026-11-24T12:00:00Z&source=google&medium=cpc&campaign=voorjaar" +
			"&channel=Paid%20Search&landing=/diensten&sig=HQV8hHqGAkHS1iXOrXafbw"
	)
	require.Equal(t, stableSID, sidValue(t, c, newSession(2)))
	require.Equal(t, stableCampaign, campaignValue(t, c, voorjaar))
}

func TestReadNothing(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	for _, h := range []http.Header{nil, {}, {"Cookie": nil}, {"Cookie": {""}}, request("a=b", "qooqie=x", "qooqie_sidx=y", "Qooqie_sid=z")} {
		v := c.Read(h, noon)
		require.Equal(t, cookies.Visitor{}, v)
		require.False(t, v.Present())
		require.False(t, cookies.Present(h))
		_, ok := v.Session()
		require.False(t, ok)
		campaign, ok := v.Campaign()
		require.False(t, ok)
		require.Zero(t, campaign)
		_, ok = v.CampaignIssued()
		require.False(t, ok)
	}
}

func TestEveryFlippedBit(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k", "older")
	for name, value := range map[string]string{
		cookies.SIDName:      sidValue(t, c, newSession(4)),
		cookies.CampaignName: campaignValue(t, c, voorjaar),
	} {
		for i := range value {
			for bit := range 8 {
				changed := []byte(value)
				changed[i] ^= 1 << bit
				session, campaign := read(c, request(name+"="+string(changed)))
				require.False(t, session || campaign, "%s: byte %d, bit %d", name, i, bit)
			}
			cut, longer := value[:i], value[:i]+"A"+value[i:]
			session, campaign := read(c, request(name+"="+cut, name+"="+longer))
			require.False(t, session || campaign, "%s: byte %d", name, i)
		}
	}
}

func TestOtherTextsOfTheSameBytes(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for leases := range 5 {
		value := sidValue(t, c, newSession(leases))
		last := strings.IndexByte(alphabet, value[len(value)-1])
		for i := range len(alphabet) {
			session, _ := read(c, request(sid(value[:len(value)-1]+alphabet[i:i+1])))
			require.Equal(t, i == last, session)
		}
		for _, other := range []string{value + "=", value + "==", value + "\n", value[:9] + "\r\n" + value[9:], " " + value} {
			session, _ := read(c, request(sid(other)))
			// Space around a cookie is no part of it.
			require.Equal(t, other == value+"\n", session, "%q", other)
		}
	}
	value := campaignValue(t, c, voorjaar)
	for _, other := range []string{
		strings.Replace(value, "%20", "+", 1),
		strings.Replace(value, "google", "%67oogle", 1),
		strings.Replace(value, "&sig", "&&sig", 1),
		strings.Replace(value, "/diensten", "%2Fdiensten", 1),
		value + "=", value + "&x=y", value[:len(value)-9] + "\n" + value[len(value)-9:],
		value[:len(value)-2] + "\r\n",
	} {
		require.NotEqual(t, value, other)
		_, campaign := read(c, request(camp(other)))
		require.False(t, campaign, other)
	}
}

func TestDomainSeparation(t *testing.T) {
	t.Parallel()
	home := newCodec(t, "shop", "k")
	for name, other := range map[string]*cookies.Codec{
		"other customer's key": newCodec(t, "shop", "other"),
		"other site":           newCodec(t, "shop2", "k"),
		"site with a NUL":      newCodec(t, "\x00shop", "k"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session, campaign := read(home, request(
				sid(sidValue(t, other, newSession(1))), camp(campaignValue(t, other, voorjaar))))
			require.False(t, session)
			require.False(t, campaign)
		})
	}
	t.Run("other cookie's name", func(t *testing.T) {
		t.Parallel()
		session, campaign := read(home, request(
			camp(sidValue(t, home, newSession(1))), sid(campaignValue(t, home, voorjaar))))
		require.False(t, session)
		require.False(t, campaign)
	})
}

func TestKeyRotation(t *testing.T) {
	t.Parallel()
	before, during, after := newCodec(t, "shop", "a"), newCodec(t, "shop", "b", "a"), newCodec(t, "shop", "b")
	oldest := newCodec(t, "shop", "b", "c", "a")
	h := request(sid(sidValue(t, before, newSession(1))), camp(campaignValue(t, before, voorjaar)))

	for _, c := range []*cookies.Codec{during, oldest} {
		v := c.Read(h, noon)
		s, ok := v.Session()
		require.True(t, ok)
		sessionOld, campaignOld := v.Outdated()
		require.True(t, sessionOld)
		require.True(t, campaignOld)

		again := request(sid(sidValue(t, c, s)), camp(campaignValue(t, before, voorjaar)))
		sessionOld, campaignOld = c.Read(again, noon).Outdated()
		require.False(t, sessionOld)
		require.True(t, campaignOld)
		session, campaign := read(after, again)
		require.True(t, session)
		require.False(t, campaign)
	}
	session, campaign := read(after, h)
	require.False(t, session)
	require.False(t, campaign)
	sessionOld, campaignOld := before.Read(h, noon).Outdated()
	require.False(t, sessionOld || campaignOld)
}

func TestFirstThatVerifiesCounts(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	first, second, expired := newSession(1), newSession(2), newSession(3)
	expired.Issued = noon.Add(-30 * 24 * time.Hour)
	foreign := sidValue(t, newCodec(t, "shop", "other"), newSession(4))
	pairs := []string{
		sid("forged"), sid(""), sid(foreign), sid(sidValue(t, c, expired)), sid(strings.Repeat("A", 100<<10)),
		sid(`"` + sidValue(t, c, first) + `"`), sid(sidValue(t, c, second)),
	}
	for name, h := range map[string]http.Header{
		"one line":      request(pairs...),
		"several lines": {"Cookie": pairs},
		"empty parts":   {"Cookie": {";;", strings.Join(pairs, ";;; ;") + ";"}},
	} {
		got, ok := c.Read(h, noon).Session()
		require.True(t, ok, name)
		require.Equal(t, first, got, name)
	}
	other := voorjaar
	other.Name = "najaar"
	h := request(camp("v=1"), camp(campaignValue(t, c, other)), camp(campaignValue(t, c, voorjaar)))
	got, ok := c.Read(h, noon).Campaign()
	require.True(t, ok)
	require.Equal(t, "najaar", got.Name)
}

func TestReadManyForgedCookies(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k", "l")
	forged := sid(sidValue(t, newCodec(t, "shop", "other"), newSession(0)))
	lines := strings.Repeat(forged+"; ", 64<<10/len(forged))
	s, ok := c.Read(request(lines, sid(sidValue(t, c, newSession(1)))), noon).Session()
	require.True(t, ok)
	require.Equal(t, newSession(1), s)
}

func TestReadConcurrently(t *testing.T) {
	t.Parallel()
	c := newCodec(t, "shop", "k")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			want, campaign := newSession(i%5), voorjaar
			want.ID[0], campaign.Name = byte(i+1), fmt.Sprint("campaign ", i)
			for range 200 {
				h := http.Header{}
				c.SetSession(h, want, true, noon)
				c.SetCampaign(h, campaign, true, noon)
				var pairs []string
				for _, set := range (&http.Response{Header: h}).Cookies() {
					pairs = append(pairs, set.Name+"="+set.Value)
				}
				v := c.Read(request(pairs...), noon)
				if got, _ := v.Session(); got != want {
					t.Error("another session came back")
				}
				if got, _ := v.Campaign(); got != campaign {
					t.Error("another campaign came back")
				}
			}
		})
	}
	wg.Wait()
}
