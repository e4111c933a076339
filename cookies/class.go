package cookies

import (
	"strconv"
	"time"
)

// Class is what a cookie or a use of it is in law. The zero Class is not
// declared.
type Class uint8

const (
	_ Class = iota
	// Functional is strictly necessary for what the visitor asked
	// (Telecommunicatiewet, article 11.7a(3)(b), first half).
	Functional
	// Analytic is only used to learn how good or effective the site is, with no
	// or little effect on privacy (article 11.7a(3)(b), second half).
	Analytic
	// Tracking is all else, and needs consent (article 11.7a(1)).
	Tracking
)

// String returns the class's name, "" for the zero Class.
func (c Class) String() string {
	switch c {
	case 0:
		return ""
	case Functional:
		return "Functional"
	case Analytic:
		return "Analytic"
	case Tracking:
		return "Tracking"
	default:
		return "Class(" + strconv.Itoa(int(c)) + ")"
	}
}

// Use is what a configuration does with cookies and with what they tell. Each
// switch is off in the zero Use, which is Functional.
type Use struct {
	// VisitorNumbers gives each session a number of its own: qooqie_sid.
	VisitorNumbers bool
	// Campaigns keeps what brought the visitor: qooqie_campaign.
	Campaigns bool
	// ClickIDs keeps the ids that advertising networks give to a click.
	ClickIDs bool
	// JoinCalls joins a call to the session of the caller.
	JoinCalls bool
	// Uploads sends rows about single visitors or calls to third parties.
	Uploads bool
	// Personalise chooses what a visitor sees by campaign or session, other than
	// the telephone number.
	Personalise bool
	// UniqueLabels keeps campaign labels that few visitors share, such as those
	// of one recipient's mail.
	UniqueLabels bool
	// Shared reads the cookies of one site on another, or for another customer.
	Shared bool
	// CallersInClear keeps the numbers of callers, to call them back. It is no
	// use of cookies, so it has a reason of its own and no class.
	CallersInClear bool
	// Life is how long a cookie lives from its first issue, as in [Config]. Zero
	// means 30 days.
	Life time.Duration
}

// CookieLife returns Life, or the 30 days that zero means.
func (u Use) CookieLife() time.Duration {
	if u.Life == 0 {
		return 30 * 24 * time.Hour
	}
	return u.Life
}

// Classify derives the class of a use, and gives the reasons: one for each of its
// switches, the weightiest first. The class is that of the weightiest. It is
// pure, so that a change of the configuration that changes the class can be seen
// in a test.
func Classify(u Use) (Class, []ClassReason) {
	var reasons []ClassReason
	for _, rule := range classRules {
		if rule.applies(u) {
			reasons = append(reasons, rule.ClassReason)
		}
	}
	class := Functional
	for _, r := range reasons {
		class = max(class, r.Class)
	}
	return class, reasons
}

// Check returns a [*ConfigError] if the use is not of the class that a site
// declares: its visitors would be told something else than what is done. The
// zero Class declares nothing and is never wrong.
func (u Use) Check(declared Class) error {
	class, reasons := Classify(u)
	if declared == 0 || declared == class {
		return nil
	}
	because := ""
	for _, r := range reasons {
		if r.Class == class {
			because = ": " + r.English
			break
		}
	}
	return &ConfigError{
		Field:  "Class",
		Value:  declared.String(),
		Reason: "the configuration is " + class.String() + because,
	}
}

// ClassReason is why a use is of a class.
type ClassReason struct {
	// Class is what this reason alone would make of the use. It is zero for what
	// has to be told and needs no cookie.
	Class Class
	// Source is what it rests on: an article, or the guidance of a regulator.
	Source string
	// English and Dutch say it in words for visitors.
	English, Dutch string
}
