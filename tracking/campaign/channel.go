package campaign

import "strings"

// channelOf returns the channel of a campaign. The conditions stand in the order
// of Google's table; the first that holds wins.
func (r *Rules) channelOf(c *Campaign) string {
	if c.IsDirect() {
		return "Direct"
	}
	source, medium, name := strings.ToLower(c.Source), strings.ToLower(c.Medium), strings.ToLower(c.Name)
	from := r.kindOf(source)
	switch paid, shop := isPaid(medium), from == shopping || isShop(name); {
	case strings.Contains(name, "cross-network"):
		return "Cross-network"
	case paid:
		return paidChannel(from, shop, medium)
	case isDisplay(medium):
		return "Display"
	case shop:
		return "Organic Shopping"
	}
	return organicChannel(from, source, medium)
}

// paidChannel returns the channel of a visit that was paid for. Display is asked
// late, so that cpm from a social network is Paid Social.
func paidChannel(from kind, shop bool, medium string) string {
	switch {
	case shop:
		return "Paid Shopping"
	case from == search:
		return "Paid Search"
	case from == social:
		return "Paid Social"
	case from == video:
		return "Paid Video"
	case isDisplay(medium):
		return "Display"
	}
	return "Paid Other"
}

// organicChannel returns the channel of a visit that nobody paid for. Copies of
// Google's table differ in whether Referral comes before Email; here it does, so
// that source email with medium referral is Referral.
func organicChannel(from kind, source, medium string) string {
	switch {
	case from == social || isSocial(medium):
		return "Organic Social"
	case from == video || strings.Contains(medium, "video"):
		return "Organic Video"
	case from == assistant || medium == mediumOf[assistant]:
		return "AI Assistant"
	case from == search || medium == "organic":
		return "Organic Search"
	case medium == "referral" || medium == "app" || medium == "link":
		return "Referral"
	case isEmail(source) || isEmail(medium):
		return "Email"
	case medium == "affiliate":
		return "Affiliates"
	case medium == "audio":
		return "Audio"
	case source == "sms" || medium == "sms":
		return "SMS"
	case isPush(medium) || source == "firebase":
		return "Mobile Push Notifications"
	}
	return "Unassigned"
}

// isPaid is ^(.*cp.*|ppc|retargeting|paid.*)$.
func isPaid(medium string) bool {
	return strings.Contains(medium, "cp") || medium == "ppc" || medium == "retargeting" ||
		strings.HasPrefix(medium, "paid")
}

// isShop is ^(.*(([^a-df-z]|^)shop|shopping).*)$: the word shop may follow an
// "e" or anything but a letter, so eshop is one and workshop is none.
func isShop(name string) bool {
	if strings.Contains(name, "shopping") {
		return true
	}
	for at := 0; ; at++ {
		i := strings.Index(name[at:], "shop")
		if i < 0 {
			return false
		}
		if at += i; at == 0 || name[at-1] == 'e' || name[at-1] < 'a' || name[at-1] > 'z' {
			return true
		}
	}
}

// isDisplay reports whether a medium is one of Google's for display. Of these cpm
// is also paid, the others are not.
func isDisplay(medium string) bool {
	switch medium {
	case "display", "banner", "expandable", "interstitial", "cpm":
		return true
	}
	return false
}

// isSocial reports whether a medium is one of Google's for social.
func isSocial(medium string) bool {
	switch medium {
	case "social", "social-network", "social-media", "sm", "social network", "social media":
		return true
	}
	return false
}

// isEmail reports whether a source or medium is a spelling of email.
func isEmail(s string) bool {
	switch s {
	case "email", "e-mail", "e_mail", "e mail":
		return true
	}
	return false
}

// isPush reports whether a medium is a message on a phone: one that ends in push
// or has mobile or notification in it.
func isPush(medium string) bool {
	return strings.HasSuffix(medium, "push") || strings.Contains(medium, "mobile") ||
		strings.Contains(medium, "notification")
}
