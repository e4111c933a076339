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
// more than five minutes after now.
//
// secure is false only on plain HTTP to this machine itself: browsers then
// refuse cookies with Secure.
func (c *Codec) SetSession(h http.Header, s Session, secure bool, now time.Time) {
	left := c.left(s.Issued.Truncate(time.Second), now)
	if s.ID == [16]byte{} || left <= 0 {
		return
	}
	w := c.workers.Get().(*worker)
	defer c.workers.Put(w)
	message := appendSession(w.message[:0], &s)
	message = append(message, w.tag(w.sid[0], message)...)
	setLine(h, SIDName, encoding.AppendEncode(w.text[:0], message), left, secure)
}

// SetCampaign adds the line to a response's header that sets qooqie_campaign, in
// the place of an earlier one. Max-Age and secure are as in [Codec.SetSession].
// Where 512 bytes are not enough, the fields that say least about the campaign
// are left out first: landing page, content, referrer, term, and so on; a field
// too long to stand beside more useful ones is left out before them. A campaign
// that [Codec.Read] would not take, or without any field, changes nothing.
func (c *Codec) SetCampaign(h http.Header, campaign Campaign, secure bool, now time.Time) {
	left := c.left(campaign.Issued.Truncate(time.Second), now)
	if left <= 0 {
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
	setLine(h, CampaignName, text, left, secure)
}

// End adds the lines to a response's header that end both cookies, in the place
// of earlier lines that set them. It needs no keys. secure is as in
// [Codec.SetSession]: it has to be what the cookies were set with.
func End(h http.Header, secure bool) {
	setLine(h, SIDName, nil, 0, secure)
	setLine(h, CampaignName, nil, 0, secure)
}

// setLine puts the line that sets a cookie into the header, and takes out those
// that set it before. The slice is made anew: headers that were cloned shallowly
// share it.
func setLine(h http.Header, name string, value []byte, life time.Duration, secure bool) {
	old := h["Set-Cookie"]
	lines := make([]string, 0, len(old)+1)
	for _, line := range old {
		if set, _, _ := strings.Cut(line, "="); trim(set) != name {
			lines = append(lines, line)
		}
	}
	h["Set-Cookie"] = append(lines, setCookie(name, value, life, secure))
}

// setCookie returns the line that sets a cookie. Lax, because a visitor comes
// from an advertisement by a navigation from another site, to which Strict
// cookies are not sent. No Domain: only the host that set it gets it back.
func setCookie(name string, value []byte, life time.Duration, secure bool) string {
	b := make([]byte, 0, maxValue+128)
	b = append(append(append(b, name...), '='), value...)
	b = append(b, "; Path=/; Max-Age="...)
	b = strconv.AppendInt(b, int64(life/time.Second), 10)
	b = append(b, "; HttpOnly"...)
	if secure {
		b = append(b, "; Secure"...)
	}
	return string(append(b, "; SameSite=Lax"...))
}
