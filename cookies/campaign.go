package cookies

import (
	"strings"
	"time"
)

const (
	// campaignHead begins a qooqie_campaign: the version, and the first issue.
	campaignHead = "v=1&issued="
	// campaignSig stands before the tag, which is what ends the value.
	campaignSig = "&sig="
	// campaignTime is how the first issue is written, always in UTC.
	campaignTime = "2006-01-02T15:04:05Z"

	upperHex = "0123456789ABCDEF"
)

// sigLen is the length of the signature's pair. 16 bytes are 22 characters.
const sigLen = len(campaignSig) + (tagSize*8+5)/6

// Campaign is what qooqie_campaign says: what brought the visitor. Empty fields
// are unknown.
type Campaign struct {
	// Source is where the visitor came from, such as "google".
	Source string
	// Medium is the kind of source, such as "cpc" or "email".
	Medium string
	// Name is the campaign's name.
	Name string
	// Channel is the channel group, such as "Paid Search".
	Channel string
	// ClickID is the kind of click id that was present, such as "gclid"; its
	// value does not belong here.
	ClickID string
	// Term is the search term or keyword.
	Term string
	// Referrer is the host of the referring page, without path.
	Referrer string
	// Content tells apart ads or links of one campaign.
	Content string
	// Landing is the path of the first page, without query.
	Landing string
	// Issued is when the campaign was first issued, in whole seconds. It must
	// be kept when the same campaign is written again.
	Issued time.Time
}

// campaignKeys are the names of the fields in the value, in its order: the most
// useful first.
var campaignKeys = [...]string{
	"source", "medium", "campaign", "channel", "click", "term", "referrer", "content", "landing",
}

// fields returns the fields in the order of campaignKeys.
func (c *Campaign) fields() [len(campaignKeys)]*string {
	return [...]*string{
		&c.Source, &c.Medium, &c.Name, &c.Channel, &c.ClickID, &c.Term, &c.Referrer, &c.Content, &c.Landing,
	}
}

// appendCampaign appends the readable form of a campaign without its signature,
// and reports whether it says anything. A field that does not fit beside the
// more useful ones before it is left out: a label that was cut would be another
// label.
func appendCampaign(dst []byte, c *Campaign) ([]byte, bool) {
	const room = maxValue - sigLen
	dst = append(dst, campaignHead...)
	dst = c.Issued.UTC().AppendFormat(dst, campaignTime)
	head := len(dst)
	for i, field := range c.fields() {
		if *field == "" || len(*field) > room {
			continue
		}
		before := len(dst)
		dst = append(append(append(dst, '&'), campaignKeys[i]...), '=')
		dst = appendEscaped(dst, *field)
		if len(dst) > room {
			dst = dst[:before]
		}
	}
	return dst, len(dst) > head
}

// splitCampaign takes apart what appendCampaign makes and refuses everything
// else. The fields are still escaped; it allocates nothing.
func splitCampaign(text string) (issued time.Time, escaped [len(campaignKeys)]string, ok bool) {
	text, ok = strings.CutPrefix(text, campaignHead)
	if !ok {
		return issued, escaped, false
	}
	stamp, rest, _ := strings.Cut(text, "&")
	issued, err := time.Parse(campaignTime, stamp)
	// Parse reads fractions of a second as well, and we write none.
	if err != nil || len(stamp) != len(campaignTime) || rest == "" {
		return issued, escaped, false
	}
	for i, key := range campaignKeys {
		name, after, found := strings.Cut(rest, "=")
		if !found || name != key {
			continue
		}
		escaped[i], rest, found = strings.Cut(after, "&")
		if !wellEscaped(escaped[i]) || found && rest == "" {
			return issued, escaped, false
		}
	}
	return issued, escaped, rest == ""
}

// parseCampaign is the inverse of appendCampaign.
func parseCampaign(text string) (Campaign, bool) {
	issued, escaped, ok := splitCampaign(text)
	if !ok {
		return Campaign{}, false
	}
	c := Campaign{Issued: issued}
	for i, field := range c.fields() {
		*field = unescape(escaped[i])
	}
	return c, true
}

// plain reports whether a byte stands for itself: the unreserved characters of
// RFC 3986 section 2.3, and the slash, so that paths are readable. All of them
// are allowed in a cookie's value (RFC 6265 section 4.1.1).
func plain(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' ||
		b == '-' || b == '.' || b == '_' || b == '~' || b == '/'
}

// appendEscaped appends a text with every other byte as "%" and two digits.
func appendEscaped(dst []byte, text string) []byte {
	for i := range len(text) {
		if b := text[i]; plain(b) {
			dst = append(dst, b)
		} else {
			dst = append(dst, '%', upperHex[b>>4], upperHex[b&15])
		}
	}
	return dst
}

// wellEscaped reports whether appendEscaped made the text, from something.
func wellEscaped(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			if !plain(text[i]) {
				return false
			}
			continue
		}
		if len(text)-i < 3 {
			return false
		}
		high, low := strings.IndexByte(upperHex, text[i+1]), strings.IndexByte(upperHex, text[i+2])
		if high < 0 || low < 0 || plain(byte(high<<4|low)) {
			return false
		}
		i += 2
	}
	return text != ""
}

// unescape is the inverse of appendEscaped for a text that is wellEscaped.
func unescape(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b = append(b, text[i])
			continue
		}
		high, low := strings.IndexByte(upperHex, text[i+1]), strings.IndexByte(upperHex, text[i+2])
		b = append(b, byte(high<<4|low))
		i += 2
	}
	return string(b)
}
