// Package campaign finds out what brought a visitor to a page, from the page's
// URL and its referrer alone. Use [Parse]:
//
//	c := campaign.Parse(r.URL, r.Referer(), func(host string) bool {
//		return host == "www.example.nl"
//	})
//
// # What decides
//
// In this order: the site's own [Rules], tags in the query (utm_…, then mtm_…,
// then pk_… and matomo_…), the kind of click id that an advertiser's link carries
// (gclid, msclkid, …), the referrer's host. What a stronger sign leaves open, a weaker
// one fills in: a link with a gclid and only a utm_campaign has the source
// google. Of a tag that is there twice the first value that says something
// counts, as URLSearchParams.get of a page's script would have it.
//
// A referrer that is the site itself, a payment page or a sign-in page sends a
// visitor back; it is no source. Neither is an IP address. [SameSite] tells
// whether a host is of the site itself.
//
// Hosts are known from the package's own tables, which have the common ones, and
// from the public lists that [LoadMatomo] reads. [Touches] keep the first and the
// last campaign over several visits.
//
// # Channels
//
// Campaign.Channel is the default channel group of Google Analytics 4 for
// traffic without advertising data, evaluated in its order and with its quirks
// (Analytics Help, "Default channel group"): Direct, Cross-network, Paid
// Shopping, Paid Search, Paid Social, Paid Video, Display, Paid Other, Organic
// Shopping, Organic Social, Organic Video, AI Assistant, Organic Search,
// Referral, Email, Affiliates, Audio, SMS, Mobile Push Notifications or
// Unassigned. Google has not published where AI Assistant stands nor its hosts;
// here it comes right before Organic Search.
//
// # What is stored
//
// Nothing, and nothing is logged. A Campaign holds neither the value of a click id, nor a referrer's
// path, nor the landing page's query. Its labels are what a link's author
// wrote; they can be anything, an email address too. [Campaign.Bucketed] takes out
// what looks unique to one recipient; where visitors did not consent, store that
// and nothing else. The value of a click id is had from [DangerouslyReadClick]
// alone.
//
// # Concurrency
//
// The package has no state that changes. Parse is safe for concurrent use,
// and so is everything else here.
package campaign
