package campaign

import "strings"

// maxKey is at least the length of the longest name of a parameter.
const maxKey = 20

// param is what a parameter of a query stands for: a click id, or a label of
// a family of tags with that rank.
type param struct {
	click *click
	field field
	rank  uint8
}

// labelParams are the parameters that set a label. Where a link has tags of
// several families, the first listed here wins: Google's, which nearly every
// tool writes, then those of Matomo, which was Piwik before. Matomo allows its
// tags after "#" too, where no server sees them.
var labelParams = [...]struct {
	field field
	names string
}{
	{fieldSource, "utm_source mtm_source matomo_source pk_source"},
	{fieldMedium, "utm_medium mtm_medium matomo_medium pk_medium"},
	{fieldName, "utm_campaign mtm_campaign matomo_campaign pk_campaign piwik_campaign"},
	{fieldTerm, "utm_term mtm_keyword mtm_kwd matomo_keyword matomo_kwd pk_keyword pk_kwd piwik_keyword piwik_kwd"},
	{fieldContent, "utm_content mtm_content matomo_content pk_content"},
}

// click is a kind of click id. Its value is opaque, often personal, and never
// looked at.
type click struct {
	// id is the name of the parameter as its platform writes it. Names are
	// compared in lower case: redirects and mail gateways change them.
	id string
	// source and medium are what the id stands for.
	source, medium string
	// shared says that links keep the id when people pass them on, or that the
	// platform adds it to clicks of all kinds.
	shared bool
	// rank is the place in the table. Where a link has several ids, as Google's
	// links have, the first of the table is the one that is kept.
	rank int
}

// clicks are the kinds of click id, the most telling first. The ids of mail
// tools often name the recipient; they are here for the medium they imply.
// fbclid is on free and on paid clicks, so it never says paid; srsltid is on
// Google's free listings.
var clicks = [...]click{
	// Google Ads: gbraid and wbraid stand for many clicks at once, on iPhones
	// whose users refused tracking; gad_source and gad_campaignid are the same
	// for all visitors and stay when a browser takes the others out.
	{id: "gclid", source: "google", medium: "cpc"},
	{id: "gbraid", source: "google", medium: "cpc"},
	{id: "wbraid", source: "google", medium: "cpc"},
	{id: "dclid", source: "dfa", medium: "display"},
	{id: "gad_source", source: "google", medium: "cpc"},
	{id: "gad_campaignid", source: "google", medium: "cpc"},
	// Other search engines.
	{id: "msclkid", source: "bing", medium: "cpc"},
	{id: "yclid", source: "yandex", medium: "cpc"},
	// Networks that put the id on paid clicks alone.
	{id: "ttclid", source: "tiktok", medium: "paid-social"},
	{id: "li_fat_id", source: "linkedin", medium: "paid-social"},
	{id: "twclid", source: "x", medium: "paid-social"},
	{id: "rdt_cid", source: "reddit", medium: "paid-social"},
	{id: "ScCid", source: "snapchat", medium: "paid-social"},
	// Articles that are advertisements.
	{id: "tblci", source: "taboola", medium: "cpc"},
	{id: "dicbo", source: "outbrain", medium: "cpc"},
	{id: "obclid", source: "outbrain", medium: "cpc"},
	// Networks of affiliates, who are paid by the sale.
	{id: "irclickid", source: "impact", medium: "affiliate"},
	{id: "cjevent", source: "cj", medium: "affiliate"},
	{id: "awc", source: "awin", medium: "affiliate"},
	// Mail tools.
	{id: "mc_cid", source: "mailchimp", medium: "email"},
	{id: "mc_eid", source: "mailchimp", medium: "email"},
	{id: "_hsenc", source: "hubspot", medium: "email"},
	{id: "_hsmi", source: "hubspot", medium: "email"},
	{id: "mkt_tok", source: "marketo", medium: "email"},
	{id: "_kx", source: "klaviyo", medium: "email"},
	{id: "ck_subscriber_id", source: "kit", medium: "email"},
	{id: "vero_id", source: "vero", medium: "email"},
	{id: "ml_subscriber", source: "mailerlite", medium: "email"},
	{id: "bsft_uid", source: "blueshift", medium: "email"},
	// Free listings, search results and posts.
	{id: "srsltid", source: "google", medium: "organic", shared: true},
	{id: "ysclid", source: "yandex", medium: "organic", shared: true},
	{id: "fbclid", source: "facebook", medium: "social", shared: true},
	{id: "igshid", source: "instagram", medium: "social", shared: true},
	{id: "igsh", source: "instagram", medium: "social", shared: true},
	{id: "epik", source: "pinterest", medium: "social", shared: true},
}

// params finds a parameter by its name in lower case.
var params = compileParams()

// compileParams returns the tables above as a map.
func compileParams() map[string]param {
	m := make(map[string]param, 64)
	for _, p := range labelParams {
		for rank, key := range strings.Fields(p.names) {
			m[key] = param{field: p.field, rank: uint8(rank)}
		}
	}
	for i := range clicks {
		clicks[i].rank = i
		m[strings.ToLower(clicks[i].id)] = param{click: &clicks[i]}
	}
	return m
}
