package cookies

import (
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Visitor is what a request's cookies prove. The zero Visitor brought none.
type Visitor struct {
	present        bool
	objected       bool
	sid            Session
	sidOld         bool
	campaign       string // verified, without its signature
	campaignIssued time.Time
	campaignOld    bool
}

// Present reports whether the request brought cookies of ours that may have to
// be ended, valid or not. An objection is none of those.
func (v Visitor) Present() bool { return v.present }

// Objected reports whether the visitor objected. There is then neither a session
// nor a campaign, whatever else the request brought.
func (v Visitor) Objected() bool { return v.objected }

// Session returns the session of a valid qooqie_sid.
func (v Visitor) Session() (s Session, ok bool) {
	return v.sid, v.sid.ID != [16]byte{}
}

// Campaign returns the campaign of a valid qooqie_campaign. It allocates for
// fields with escaped characters.
func (v Visitor) Campaign() (c Campaign, ok bool) {
	return parseCampaign(v.campaign)
}

// CampaignText returns a valid qooqie_campaign as it is written, without the
// signature, or "". It is what the visitor sees in the browser.
func (v Visitor) CampaignText() string { return v.campaign }

// CampaignIssued returns when the campaign of a valid qooqie_campaign was first
// issued.
func (v Visitor) CampaignIssued() (issued time.Time, ok bool) {
	return v.campaignIssued, v.campaign != ""
}

// Outdated reports which of the valid cookies were signed with another key than
// the first. They are to be written again, with their Issued, before that key
// goes.
func (v Visitor) Outdated() (session, campaign bool) {
	return v.sidOld, v.campaignOld
}

// String hides what the cookies say.
func (v Visitor) String() string {
	switch {
	case v.objected:
		return "visitor who objected"
	case !v.present:
		return "visitor without cookies"
	case v.campaign == "":
		return "visitor with " + v.sid.String()
	}
	return "visitor with " + v.sid.String() + " and a campaign"
}

// LogValue is String.
func (v Visitor) LogValue() slog.Value { return slog.StringValue(v.String()) }

// Read reads both cookies from a request's header. Of several with one name the
// first that verifies counts. Whatever is forged, changed, older than its life,
// more than five minutes ahead of now or longer than 512 bytes is passed over,
// and so is everything beside an objection.
//
// It allocates nothing for valid cookies, and its time grows linearly with the
// length of the header.
func (c *Codec) Read(h http.Header, now time.Time) Visitor {
	var v Visitor
	s := scan(h)
	f, ok := s.next()
	if !ok {
		return v
	}
	w := c.workers.Get().(*worker)
	defer c.workers.Put(w)
	for ; ok; f, ok = s.next() {
		if f.objects() {
			v.objected = true
			continue
		}
		v.present = true
		switch {
		case len(f.value) > maxValue, !c.place.reads(f.prefixed):
		case f.name == SIDName && v.sid.ID == [16]byte{}:
			c.readSession(w, &v, f.value, now)
		case f.name == CampaignName && v.campaign == "":
			c.readCampaign(w, &v, f.value, now)
		}
	}
	if v.objected {
		return Visitor{present: v.present, objected: true}
	}
	return v
}

// readSession takes the value of a qooqie_sid if it is valid.
func (c *Codec) readSession(w *worker, v *Visitor, value string, now time.Time) {
	n := copy(w.text[:], value)
	n, ok := decode(w.message[:], w.text[:n])
	if !ok || n < tagSize {
		return
	}
	message, tag := w.message[:n-tagSize], w.message[n-tagSize:n]
	key, ok := w.verify(w.sid, message, tag)
	if !ok {
		return
	}
	var s Session
	if parseSession(message, &s) && c.live(s.Issued, now) {
		v.sid, v.sidOld = s, key > 0
	}
}

// readCampaign takes the value of a qooqie_campaign if it is valid.
func (c *Codec) readCampaign(w *worker, v *Visitor, value string, now time.Time) {
	at := len(value) - sigLen
	if at < 0 || !strings.HasPrefix(value[at:], campaignSig) {
		return
	}
	n := copy(w.text[:], value)
	var tag [tagSize]byte
	if _, ok := decode(tag[:], w.text[at+len(campaignSig):n]); !ok {
		return
	}
	key, ok := w.verify(w.campaign, w.text[:at], tag[:])
	if !ok {
		return
	}
	issued, _, ok := splitCampaign(value[:at])
	if ok && c.live(issued, now) {
		v.campaign, v.campaignIssued, v.campaignOld = value[:at], issued, key > 0
	}
}
