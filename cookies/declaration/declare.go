package declaration

import (
	"fmt"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

const (
	// longestLife is what package cookies allows.
	longestLife = 395 * 24 * time.Hour
	// shortestMonths is what 13 calendar months are at least: a longer life may
	// be cut by them.
	shortestMonths = 393 * 24 * time.Hour
)

// declare returns the cookies of a configuration.
func declare(c Config) []Cookie {
	class, _ := cookies.Classify(c.Use)
	consented := consentedUses(c.Use)
	life, months := c.Use.CookieLife().Truncate(time.Second), 0
	if life > shortestMonths {
		months = 13
	}
	var all []Cookie
	add := func(on bool, one Cookie) {
		if !on {
			return
		}
		one.Class, one.MaxAge, one.Months, one.Consented = class, life, months, consented
		all = append(all, one)
	}
	add(c.Use.VisitorNumbers, Cookie{Name: name(c.Scope, cookies.SIDName), Purposes: sidPurposes, Fields: sidFields})
	add(c.Use.Campaigns, Cookie{Name: name(c.Scope, cookies.CampaignName), Purposes: campaignPurposes, Fields: campaignFields})
	return append(all, Cookie{
		Name: name(c.Scope, cookies.SIDName), Class: cookies.Functional, Value: "objected",
		Purposes: objectionPurposes, Fields: objectionFields, Months: 13,
	})
}

// name returns the name that a cookie has in browsers.
func name(s cookies.Scope, name string) string {
	if s.HostPrefix {
		return "__Host-" + name
	}
	return name
}

// consentedUses returns what is done only with consent.
func consentedUses(u cookies.Use) []Text {
	_, reasons := cookies.Classify(u)
	var texts []Text
	for _, r := range reasons {
		if r.Class == cookies.Tracking {
			texts = append(texts, reasonText(r))
		}
	}
	return texts
}

// state returns the sentences that a configuration calls for.
func state(c Config) []Text {
	texts := []Text{noAddress}
	class, _ := cookies.Classify(c.Use)
	used := c.Use.VisitorNumbers || c.Use.Campaigns
	for _, s := range []struct {
		on   bool
		text Text
	}{
		{used && c.Profile == cookies.Netherlands, basisNetherlands},
		{used && c.Profile == cookies.Strict, basisStrict},
		{class == cookies.Tracking, basisTracking},
		{c.Use.VisitorNumbers && c.Profile == cookies.Netherlands, noRulingNetherlands},
		{c.Use.VisitorNumbers && c.Profile == cookies.Strict, noRulingStrict},
		{used && c.Profile == cookies.Netherlands, signalsNetherlands},
		{used && c.Profile == cookies.Strict, signalsStrict},
		{c.AddressCap, addressCap},
		{c.OtherOrigin, otherOrigin},
	} {
		if s.on {
			texts = append(texts, s.text)
		}
	}
	return texts
}

// hosts says which hosts get the cookies.
func hosts(s cookies.Scope) Text {
	switch s.CookieDomain {
	case "":
		return Text{"alleen de host die u bezoekt", "only the host that you visit"}
	case "auto":
		return Text{"de domeinnaam van deze site, met alles wat daaronder valt", "the domain name of this site, with all below it"}
	default:
		return Text{s.CookieDomain + " en alles wat daaronder valt", s.CookieDomain + " and all below it"}
	}
}

// life says how long a cookie lives.
func (c Cookie) life() Text {
	fixed := Text{Dutch: "vanaf de eerste keer, wordt niet verlengd", English: "from the first time, not extended"}
	age := span(c.MaxAge)
	months := Text{fmt.Sprintf("%d kalendermaanden", c.Months), fmt.Sprintf("%d calendar months", c.Months)}
	switch {
	case c.Months == 0:
	case c.MaxAge == 0:
		age = months
	default:
		age.Dutch += ", maar nooit langer dan " + months.Dutch
		age.English += ", but never longer than " + months.English
	}
	return Text{age.Dutch + ", " + fixed.Dutch, age.English + ", " + fixed.English}
}

// span writes a time in the largest unit that divides it.
func span(d time.Duration) Text {
	for _, unit := range []struct {
		length    time.Duration
		one, many Text
	}{
		{24 * time.Hour, Text{"dag", "day"}, Text{"dagen", "days"}},
		{time.Hour, Text{"uur", "hour"}, Text{"uur", "hours"}},
		{time.Minute, Text{"minuut", "minute"}, Text{"minuten", "minutes"}},
		{time.Second, Text{"seconde", "second"}, Text{"seconden", "seconds"}},
	} {
		n := d / unit.length
		if n == 0 || d%unit.length != 0 && unit.length > time.Second {
			continue
		}
		name := unit.many
		if n == 1 {
			name = unit.one
		}
		return Text{fmt.Sprintf("%d %s", n, name.Dutch), fmt.Sprintf("%d %s", n, name.English)}
	}
	return Text{}
}
