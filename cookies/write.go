package cookies

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// SetSession adds the line to a response's header that sets qooqie_sid, in the
// place of an earlier one. Max-Age is what is left at now of the life that began
// at s.Issued. A session that [Codec.Read] would not take at now changes
// nothing: one without an id, one whose life is over, or one that was issued
// more than five minutes after now. Nor is an objection replaced that this
// response records.
//
// secure is false only on plain HTTP to this machine itself: browsers then
// refuse cookies with Secure.
func (c *Codec) SetSession(h http.Header, s Session, secure bool, now time.Time) {
	left := c.left(s.Issued.Truncate(time.Second), now)
	if s.ID == [16]byte{} || left <= 0 || objecting(h) {
		return
	}
	w := c.workers.Get().(*worker)
	defer c.workers.Put(w)
	message := appendSession(w.message[:0], &s)
	message = append(message, w.tag(w.sid[0], message)...)
	c.place.set(h, SIDName, encoding.AppendEncode(w.text[:0], message), left, secure)
}

// SetCampaign adds the line to a response's header that sets qooqie_campaign, in
// the place of an earlier one. Max-Age and secure are as in [Codec.SetSession].
// Where 512 bytes are not enough, the fields that say least about the campaign
// are left out first: landing page, content, referrer, term, and so on; a field
// too long to stand beside more useful ones is left out before them. A campaign
// that [Codec.Read] would not take, or without any field, changes nothing, and
// neither does one beside an objection that this response records.
func (c *Codec) SetCampaign(h http.Header, campaign Campaign, secure bool, now time.Time) {
	left := c.left(campaign.Issued.Truncate(time.Second), now)
	if left <= 0 || objecting(h) {
		return
	}
	w := c.workers.Get().(*worker)
	defer c.workers.Put(w)
	text, ok := appendCampaign(w.text[:0], &campaign)
	if !ok {
		return
	}
	tag := w.tag(w.campaign[0], text)
	text = encoding.AppendEncode(append(text, campaignSig...), tag)
	c.place.set(h, CampaignName, text, left, secure)
}

// End adds the lines to a response's header that end both cookies of the zero
// [Scope], in the place of earlier lines that set them. It does not see the
// request, so it ends an objection too: use [Scope.End] where there may be one.
// secure is as in [Codec.SetSession]: it has to be what the cookies were set
// with.
func End(h http.Header, secure bool) {
	place{}.end(h, nil, SIDName, secure)
	place{}.end(h, nil, CampaignName, secure)
}

// set puts the line that sets a cookie into a response's header, and takes out
// those that set it before. A cookie of the domain also ends the one of the host
// alone, which browsers would go on to send before it; the end comes first, as
// browsers that know no difference between the two take the last line (RFC 6265
// section 5.3).
func (p place) set(h http.Header, name string, value []byte, life time.Duration, secure bool) {
	if p.prefix && !secure && !p.loopback {
		return
	}
	if p.prefix && secure {
		name = hostPrefix + name
	}
	lines := without(h["Set-Cookie"], name)
	if p.domain != "" {
		lines = append(lines, setCookie(name, nil, 0, secure, ""))
	}
	h["Set-Cookie"] = append(lines, setCookie(name, value, life, secure, p.domain))
}

// end puts the lines that end a cookie into a response's header, in the place of
// those that set it before.
func (p place) end(h, request http.Header, name string, secure bool) {
	p.set(h, name, nil, 0, secure)
	p.endOther(h, request, name, secure)
}

// endOther adds the line that ends what came with the prefix where the place has
// none, or without it where the place has it: another configuration set it.
func (p place) endOther(h, request http.Header, name string, secure bool) {
	plain, prefixed := came(request, name)
	switch own := p.prefix && secure; {
	case own && plain:
		place{}.set(h, name, nil, 0, secure)
	case !own && prefixed:
		place{prefix: true}.set(h, name, nil, 0, true)
	}
}

// came reports whether a request's header has the cookie, without the prefix and
// with it.
func came(h http.Header, name string) (plain, prefixed bool) {
	s := scan(h)
	for f, ok := s.next(); ok; f, ok = s.next() {
		if f.name == name {
			plain, prefixed = plain || !f.prefixed, prefixed || f.prefixed
		}
	}
	return plain, prefixed
}

// without returns the lines that do not set the cookie. The slice is made anew:
// headers that were cloned shallowly share it.
func without(lines []string, name string) []string {
	kept := make([]string, 0, len(lines)+1)
	for _, line := range lines {
		set, _, _ := strings.Cut(line, "=")
		if trim(set) != name {
			kept = append(kept, line)
		}
	}
	return kept
}

// setCookie returns the line that sets a cookie. Lax, because a visitor comes
// from an advertisement by a navigation from another site, to which Strict
// cookies are not sent. Without Domain only the host that set it gets it back.
func setCookie(name string, value []byte, life time.Duration, secure bool, domain string) string {
	b := make([]byte, 0, maxValue+128)
	b = append(append(append(b, name...), '='), value...)
	b = append(b, "; Path=/; Max-Age="...)
	b = strconv.AppendInt(b, int64(life/time.Second), 10)
	if domain != "" {
		b = append(append(b, "; Domain="...), domain...)
	}
	b = append(b, "; HttpOnly"...)
	if secure {
		b = append(b, "; Secure"...)
	}
	return string(append(b, "; SameSite=Lax"...))
}
