package main

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// foreign are cookies of other makers, as sites have them.
var foreign = []string{
	"_ga=GA1.1.1234567890.1700000000", "_ga_ABCDEF1234=GS1.1.1700000000.3.1.1700000100.0.0.0",
	"CookieConsent={stamp:%27abc%27%2Cnecessary:true%2Cstatistics:true}", "PHPSESSID=0123456789abcdef0123456789",
	"theme=dark", "csrftoken=abcdefghijklmnopqrstuvwxyz",
}

// content is what a visitor's cookies say, by the names of its fields.
var content = map[string]string{
	"number": "31201234567", "generation": "42", "end": "1790000000",
	"source": "google", "medium": "cpc", "campaign": "voorjaar", "channel": "Paid Search",
	"click": "gclid", "term": "occasion", "landing": "/occasions",
}

// readers returns all contenders, ours first.
func readers() ([]contender, error) {
	var all []contender
	for _, group := range []func() ([]contender, error){ours, scsReaders, gorillaReaders, plainReaders} {
		contenders, err := group()
		if err != nil {
			return nil, err
		}
		all = append(all, contenders...)
	}
	return all, nil
}

// ours returns this library's reading of both cookies.
func ours() ([]contender, error) {
	codec, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{randomKey()}, Site: "shop"})
	if err != nil {
		return nil, err
	}
	now := time.Now()
	r := withCookies(ownCookies(codec, now))
	read := func() (cookies.Visitor, bool) {
		v := codec.Read(r.Header, now)
		s, ok := v.Session()
		return v, ok && len(s.Leases()) == 1 && v.CampaignText() != ""
	}
	return []contender{
		{name: "qooqie: both cookies read and verified", read: func() bool {
			_, ok := read()
			return ok
		}},
		{name: "qooqie: the same, and the campaign's fields", read: func() bool {
			v, ok := read()
			c, _ := v.Campaign()
			return ok && c.Channel == content["channel"]
		}},
	}, nil
}

// ownCookies returns qooqie_sid and qooqie_campaign of a visitor as pairs.
func ownCookies(codec *cookies.Codec, now time.Time) []string {
	s := cookies.Session{Issued: now}
	copy(s.ID[:], randomKey())
	s.SetLease(cookies.Lease{Pool: 7, Number: 31201234567, Generation: 42, End: now.Add(time.Minute)})
	h := http.Header{}
	codec.SetSession(h, s, true, now)
	codec.SetCampaign(h, cookies.Campaign{
		Source: content["source"], Medium: content["medium"], Name: content["campaign"], Channel: content["channel"],
		ClickID: content["click"], Term: content["term"], Landing: content["landing"], Issued: now,
	}, true, now)
	return pairs(h)
}

// pairs returns the cookies that a browser sends back after a response.
func pairs(h http.Header) []string {
	var out []string
	for _, line := range h["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		out = append(out, pair)
	}
	return out
}

// withCookies returns a request with cookies among the foreign ones.
func withCookies(own []string) *http.Request {
	all := append(append(append([]string{}, foreign[:3]...), own...), foreign[3:]...)
	return &http.Request{Method: http.MethodGet, Header: http.Header{"Cookie": {strings.Join(all, "; ")}}}
}

// randomKey returns 32 random bytes. It never fails (crypto/rand).
func randomKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return key
}
