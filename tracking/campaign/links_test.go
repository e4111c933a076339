package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/campaign"
)

// TestParseLinksOfTools has links as the tools of advertisers and senders write
// them, and the referrers that come along.
func TestParseLinksOfTools(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, page, referrer string
		want                 campaign.Campaign
	}{
		{
			"Google Ads, tagged by itself",
			"/autos?gad_source=1&gad_campaignid=21077483910&gbraid=0AAAAAC-x&gclid=CjwKCAjw_x-y_zEiwA",
			"https://www.google.com/",
			campaign.Campaign{
				Source: "google", Medium: "cpc", Channel: "Paid Search", ClickID: "gclid",
				Referrer: "www.google.com", Landing: "/autos",
			},
		},
		{
			"Google Ads in a browser that takes the ids out",
			"/autos?gad_source=1&gad_campaignid=21077483910",
			"https://www.google.com/",
			campaign.Campaign{
				Source: "google", Medium: "cpc", Channel: "Paid Search", ClickID: "gad_source",
				Referrer: "www.google.com", Landing: "/autos",
			},
		},
		{
			"Google Ads with a template for tags",
			"/?utm_source=google&utm_medium=cpc&utm_campaign=21077483910&utm_term=occasion%20kopen&utm_content={creative}&gclid=Cj0",
			"https://www.google.nl/",
			campaign.Campaign{
				Source: "google", Medium: "cpc", Name: "21077483910", Term: "occasion kopen", Channel: "Paid Search",
				ClickID: "gclid", Referrer: "www.google.nl", Landing: "/",
			},
		},
		{
			"Google Ads on a site with advertisements",
			"/?gclid=Cj0", "https://1a2b.safeframe.googlesyndication.com/",
			campaign.Campaign{
				Source: "google", Medium: "cpc", Channel: "Paid Search", ClickID: "gclid",
				Referrer: "1a2b.safeframe.googlesyndication.com", Landing: "/",
			},
		},
		{
			"a company's profile on Google",
			"/?utm_source=google&utm_medium=organic&utm_campaign=gmb", "https://www.google.com/",
			campaign.Campaign{
				Source: "google", Medium: "organic", Name: "gmb", Channel: "Organic Search",
				Referrer: "www.google.com", Landing: "/",
			},
		},
		{
			"a free listing in Google Shopping",
			"/p/1?srsltid=AfmBOoq", "https://www.google.com/",
			campaign.Campaign{
				Source: "google", Medium: "organic", Channel: "Organic Search", ClickID: "srsltid",
				Referrer: "www.google.com", Landing: "/p/1",
			},
		},
		{
			"Performance Max, named as Google advises",
			"/?utm_source=google&utm_medium=cpc&utm_campaign=nl_cross-network_q4", "",
			campaign.Campaign{
				Source: "google", Medium: "cpc", Name: "nl_cross-network_q4", Channel: "Cross-network", Landing: "/",
			},
		},
		{
			"Microsoft Advertising",
			"/?msclkid=8c9d&utm_source=bing&utm_medium=cpc&utm_campaign=Merk&utm_term=%7Bkeyword%7D", "https://www.bing.com/",
			campaign.Campaign{
				Source: "bing", Medium: "cpc", Name: "Merk", Channel: "Paid Search", ClickID: "msclkid",
				Referrer: "www.bing.com", Landing: "/",
			},
		},
		{
			"Meta, paid",
			"/?utm_source=ig&utm_medium=paid&utm_campaign=Voorjaar%7CNL&utm_content={{ad.name}}&fbclid=PAZ", "http://instagram.com/",
			campaign.Campaign{
				Source: "ig", Medium: "paid", Name: "Voorjaar|NL", Channel: "Paid Social", ClickID: "fbclid",
				Referrer: "instagram.com", Landing: "/",
			},
		},
		{
			"a post on Facebook",
			"/?fbclid=IwY2xjawF", "https://lm.facebook.com/",
			campaign.Campaign{
				Source: "facebook", Medium: "social", Channel: "Organic Social", ClickID: "fbclid",
				Referrer: "lm.facebook.com", Landing: "/",
			},
		},
		{
			"a post on Facebook whose link was copied into a mail",
			"/?fbclid=IwY2xjawF", "https://outlook.live.com/",
			campaign.Campaign{
				Source: "outlook", Medium: "email", Channel: "Email", ClickID: "fbclid",
				Referrer: "outlook.live.com", Landing: "/",
			},
		},
		{
			"LinkedIn Ads",
			"/?li_fat_id=8b1f", "https://www.linkedin.com/",
			campaign.Campaign{
				Source: "linkedin", Medium: "paid-social", Channel: "Paid Social", ClickID: "li_fat_id",
				Referrer: "www.linkedin.com", Landing: "/",
			},
		},
		{
			"TikTok with names that were not filled in",
			"/?utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_NAME__&ttclid=E.C.P", "",
			campaign.Campaign{Source: "tiktok", Medium: "paid", Channel: "Paid Social", ClickID: "ttclid", Landing: "/"},
		},
		{
			"Mailchimp",
			"/?utm_source=Klanten&utm_campaign=0a1b-NOV&utm_medium=email&utm_term=0_1d-%5BLIST_EMAIL_ID%5D&mc_cid=0a&mc_eid=%5BUNIQID%5D", "",
			campaign.Campaign{
				Source: "Klanten", Medium: "email", Name: "0a1b-NOV", Term: "0_1d-[LIST_EMAIL_ID]", Channel: "Email",
				ClickID: "mc_cid", Landing: "/",
			},
		},
		{
			"Mailchimp's number of a reader that was not filled in",
			"/?mc_eid=%5BUNIQID%5D", "",
			campaign.Campaign{Channel: "Direct", Landing: "/"},
		},
		{
			"HubSpot without tags",
			"/?_hsmi=3131&_hsenc=p2ANqtz", "https://mail.google.com/",
			campaign.Campaign{
				Source: "hubspot", Medium: "email", Channel: "Email", ClickID: "_hsenc",
				Referrer: "mail.google.com", Landing: "/",
			},
		},
		{
			"Matomo's builder of links",
			"/?mtm_campaign=Folder&mtm_source=partner&mtm_medium=affiliate&mtm_kwd=spaargeld&mtm_cid=99&mtm_group=x&mtm_placement=y", "",
			campaign.Campaign{
				Source: "partner", Medium: "affiliate", Name: "Folder", Term: "spaargeld", Channel: "Affiliates", Landing: "/",
			},
		},
		{
			"an answer of ChatGPT",
			"/prijzen?utm_source=chatgpt.com", "https://chatgpt.com/",
			campaign.Campaign{Source: "chatgpt.com", Channel: "AI Assistant", Referrer: "chatgpt.com", Landing: "/prijzen"},
		},
		{
			"a flyer with a code",
			"/?utm_source=flyer&utm_medium=print&utm_campaign=wijk%20oost", "",
			campaign.Campaign{Source: "flyer", Medium: "print", Name: "wijk oost", Channel: "Unassigned", Landing: "/"},
		},
		{
			"a redirect that escaped the tags again",
			"/?utm_source=news%2520letter&utm_medium=e-mail", "",
			campaign.Campaign{Source: "news%20letter", Medium: "e-mail", Channel: "Email", Landing: "/"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, parse(t, test.page, test.referrer))
		})
	}
}
