package retention

// The bases that the default rules name. Which one applies is for the controller
// to say; a policy with other words is as good.
const (
	onInterest = "legitimate interest of the customer (GDPR, article 6(1)(f)); Telecommunicatiewet, article 11.7a(3)(b)"
	onConsent  = "consent of the visitor (GDPR, article 6(1)(a))"
	onContract = "performance of the processing agreement (GDPR, article 28(3))"
	onDuty     = "accountability (GDPR, articles 5(2) and 28(3)(h))"
)

// DefaultPolicy returns the policy of call tracking as it is meant to be used.
// Each call returns a new value, which may be changed before use:
//
//	class            from       kept              then
//	page view                   at once           becomes part of a counter
//	counter          day        25 months         erased
//	lease            expires    until then        empties session
//	lease            seen       30 days           erased
//	pool caller      called     30 days           erased
//	call             started    30 days           empties caller_number
//	call             started    13 months         empties caller, caller_hint
//	call                        agreement, grace  erased
//	visit            started    30 days           erased
//	visit page view  seen       30 days           erased
//	outbox           queued     7 days            erased
//	dead letter      queued     7 days            erased
//	export           made       24 hours          erased
//	why              made       10 minutes        erased, never on disk
//	evidence         made       5 years           erased; outlives the agreement
//
// The end of the agreement and its grace end all of them earlier, except
// evidence, which has no personal data.
func DefaultPolicy() Policy {
	p := Policy{Version: "2026-11", Notice: "7 days"}
	p.Rules = append(p.Rules, visitorRules()...)
	p.Rules = append(p.Rules, callRules()...)
	p.Rules = append(p.Rules, consentRules()...)
	p.Rules = append(p.Rules, houseRules()...)
	return p
}

// visitorRules are about what is counted and leased without consent.
func visitorRules() []Rule {
	return []Rule{{
		Name: "page-view", Class: "page view", Subject: "visitor",
		Purpose: "to count pages", Basis: onInterest, Keep: "at once",
		Reason: "a daily counter says what is asked for; the single view is not needed for it",
	}, {
		Name: "counter", Class: "counter", Subject: "visitor",
		Purpose: "to compare a month with the same month of the year before", Basis: onInterest,
		Keep: "25 months", From: "day",
		Reason: "two whole years and the month that is compared; the longest that CNIL accepts for audience measurement",
	}, {
		Name: "lease-session", Class: "lease", Subject: "visitor",
		Purpose: "to show one visitor the same number on each page", Basis: onInterest,
		Keep: "until then", From: "expires", Empties: []string{"session"},
		Reason: "only a live lease has to find its session",
	}, {
		Name: "lease-interval", Class: "lease", Subject: "visitor",
		Purpose: "to credit a call to the campaign whose number was shown", Basis: onInterest,
		Keep: "30 days", From: "seen",
		Reason: "after 30 days without a sign a lease no longer explains a call",
	}}
}

// callRules are about calls and those who make them.
func callRules() []Rule {
	return []Rule{{
		Name: "pool-caller", Class: "pool caller", Subject: "caller",
		Purpose: "to credit a second call to the same campaign as the first", Basis: onInterest,
		Keep: "30 days", From: "called",
		Reason: "as long as a lease may explain a call",
	}, {
		Name: "call-number", Class: "call", Subject: "caller",
		Purpose: "to call a missed caller back, where the customer switched it on", Basis: onInterest,
		Keep: "30 days", From: "started", Empties: []string{"caller_number"},
		Reason: "who was not called back within a month is not waiting any more",
	}, {
		Name: "call-caller", Class: "call", Subject: "caller",
		Purpose: "to tell new callers from those who called before", Basis: onInterest,
		Keep: "13 months", From: "started", Empties: []string{"caller", "caller_hint"},
		Reason: "one year, so that a yearly caller is known, and a month for the comparison",
	}, {
		Name: "call", Class: "call", Subject: "visitor",
		Purpose: "to report calls for each campaign", Basis: onContract, Keep: "agreement",
		Reason: "the customer is owed its report until the agreement and its grace are over",
	}}
}

// consentRules are about what is only stored with consent.
func consentRules() []Rule {
	return []Rule{{
		Name: "visit", Class: "visit", Subject: "visitor",
		Purpose: "to join a call with the visit before it", Basis: onConsent,
		Keep: "30 days", From: "started",
		Reason: "as long as a lease may explain a call",
	}, {
		Name: "visit-page-view", Class: "visit page view", Subject: "visitor",
		Purpose: "to show which pages came before a call", Basis: onConsent,
		Keep: "30 days", From: "seen",
		Reason: "as long as a lease may explain a call",
	}}
}

// houseRules are about what the software makes for itself.
func houseRules() []Rule {
	return []Rule{{
		Name: "outbox", Class: "outbox", Subject: "caller",
		Purpose: "to deliver events to the customer's systems", Basis: onContract,
		Keep: "7 days", From: "queued",
		Reason: "a system that is down for a week is not coming back for its events",
	}, {
		Name: "dead-letter", Class: "dead letter", Subject: "caller",
		Purpose: "to see why an event could not be delivered", Basis: onContract,
		Keep: "7 days", From: "queued",
		Reason: "a working week to look at it",
	}, {
		Name: "export", Class: "export", Subject: "caller",
		Purpose: "to give the customer its copy", Basis: onContract,
		Keep: "24 hours", From: "made",
		Reason: "a copy is fetched on the day it is asked for, and can be made again",
	}, {
		Name: "why", Class: "why", Subject: "visitor",
		Purpose: "to explain to an operator what a page was shown", Basis: onInterest,
		Keep: "10 minutes", From: "made",
		Reason: "long enough to look while it happens; in memory only",
	}, {
		Name: "evidence", Class: "evidence", Subject: "none",
		Purpose: "to show what was instructed and what was erased", Basis: onDuty,
		Keep: "5 years", From: "made", Outlives: true,
		Reason: "claims about an erasure lapse after five years (Burgerlijk Wetboek 3:310)",
	}}
}
