package consent

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Cookiebot reads the banner of Cookiebot by Usercentrics. Its "statistics" are
// analytic use, its "marketing" is tracking.
//
// The value "-1" means that the visitor's region asks for no consent; that is
// Unknown, as nobody consented. "0" is a refusal. Consent by another method than
// "explicit" does not count, nor does a stamp of "-1" or "0", which no visitor's
// answer has.
type Cookiebot struct {
	// MaxAge is how old a consent may be. Zero means six months, 183 days; more
	// than 13 months, 395 days, counts as that.
	MaxAge time.Duration
}

// Read returns the answer in the cookie CookieConsent.
func (c Cookiebot) Read(r *http.Request, now time.Time) cookies.Consent {
	return each(r, "CookieConsent", func(value string) cookies.Consent { return c.parse(value, now) })
}

// parse reads one value.
func (c Cookiebot) parse(value string, now time.Time) cookies.Consent {
	switch value {
	case "-1":
		return cookies.Unknown
	case "0":
		return cookies.Refused
	}
	fields, ok := literal(value)
	if !ok {
		return cookies.Unknown
	}
	answer := join(boolean(fields["statistics"]), boolean(fields["marketing"]))
	stamp := fields["stamp"]
	given, err := strconv.ParseInt(fields["utc"], 10, 64)
	if err != nil || !fresh(time.UnixMilli(given), now, c.MaxAge) ||
		fields["method"] != "'explicit'" || stamp == "" || stamp == "''" || stamp == "'-1'" || stamp == "'0'" {
		return withoutGrants(answer)
	}
	return answer
}

// boolean reads true and false.
func boolean(text string) cookies.Consent {
	switch text {
	case "true":
		return cookies.Granted
	case "false":
		return cookies.Refused
	}
	return cookies.Unknown
}

// literal reads an object literal of JavaScript, flat, with names without quotes
// and texts in single quotes: it is no JSON. Commas and quotes may be
// percent-encoded. Texts keep their quotes, so that 'true' is not true.
func literal(value string) (fields map[string]string, ok bool) {
	text, err := url.PathUnescape(value)
	if err != nil {
		return nil, false
	}
	text, opened := strings.CutPrefix(text, "{")
	text, closed := strings.CutSuffix(text, "}")
	if !opened || !closed {
		return nil, false
	}
	fields = make(map[string]string)
	for more := true; more; {
		var name, field string
		name, text, ok = strings.Cut(text, ":")
		if _, twice := fields[name]; !ok || twice || !isName(name) {
			return nil, false
		}
		field, text, more, ok = cutField(text)
		if !ok {
			return nil, false
		}
		fields[name] = field
	}
	return fields, true
}

// cutField takes a text in single quotes, or a word, off the front, with the
// comma behind it. A text has no escapes: what a backslash in it means is a doubt.
func cutField(text string) (field, rest string, more, ok bool) {
	quoted, isText := strings.CutPrefix(text, "'")
	if !isText {
		field, rest, more = strings.Cut(text, ",")
		return field, rest, more, isName(strings.TrimPrefix(field, "-"))
	}
	inner, rest, closed := strings.Cut(quoted, "'")
	rest, more = strings.CutPrefix(rest, ",")
	return "'" + inner + "'", rest, more, closed && (more || rest == "") && !strings.Contains(inner, `\`)
}

// isName reports whether a text has only letters, digits and underscores.
func isName(text string) bool {
	for i := range len(text) {
		b := text[i]
		if b != '_' && (b < '0' || b > '9') && (b|0x20 < 'a' || b|0x20 > 'z') {
			return false
		}
	}
	return text != ""
}
