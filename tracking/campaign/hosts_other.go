package campaign

// mailSites are mailboxes in a browser or an app. They have no names for
// utm_source: who tags the links of a mail names the sender.
var mailSites = []entry{
	{"gmail", "mail.google.com com.google.android.gm"},
	{"outlook", "outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft com.microsoft.office.outlook"},
	{"yahoo mail", ".mail.yahoo.com com.yahoo.mobile.client.android.mail"},
	{"proton mail", "mail.proton.me ch.protonmail.android"},
	{"icloud mail", "icloud.com"},
	{"gmx", "gmx.net gmx.de gmx.com"},
	{"kpn mail", "webmail.kpnmail.nl webmail.kpn.com"},
	{"ziggo mail", "webmail.ziggo.nl"},
}

// shoppingSites are shops and market places on which others sell, and sites that
// compare prices.
var shoppingSites = []entry{
	{"bol", "bol .bol.com com.bol.shop"},
	{"marktplaats", "marktplaats .marktplaats.nl nl.marktplaats.android"},
	{"2dehands", "2dehands .2dehands.be .2ememain.be"},
	{"amazon", "amazon .amazon.* com.amazon.mshop.android.shopping"},
	{"ebay", "ebay .ebay.* com.ebay.mobile"},
	{"etsy", "etsy .etsy.com com.etsy.android"},
	{"vinted", "vinted .vinted.*"},
	{"beslist", "beslist .beslist.nl .beslist.be"},
	{"kieskeurig", "kieskeurig .kieskeurig.nl"},
	{"tweakers pricewatch", "pricewatch.tweakers.net"},
	{"google shopping", "shopping.google.*"},
	{"idealo", "idealo .idealo.*"},
	{"aliexpress", "aliexpress .aliexpress.com .aliexpress.us"},
	{"temu", "temu .temu.com"},
	{"zalando", "zalando .zalando.*"},
	{"walmart", "walmart .walmart.com"},
	{"shopify", "shopify .myshopify.com shop.app"},
}

// videoSites are sites on which people watch. YouTube is one of them for Google,
// and no search engine or network.
var videoSites = []entry{
	{"youtube", "youtube .youtube.com youtu.be .youtube-nocookie.com com.google.android.youtube"},
	{"vimeo", "vimeo .vimeo.com"},
	{"twitch", "twitch .twitch.tv tv.twitch.android.app"},
	{"dailymotion", "dailymotion .dailymotion.com"},
	{"dumpert", "dumpert .dumpert.nl"},
	{"npo", "npo .npo.nl"},
	{"netflix", "netflix .netflix.com"},
}

// transitSites are pages for paying and signing in. Who comes back from them was
// on the site already, and what brought them there must not be forgotten. Of a
// bank only the hosts for paying are here: its other pages may well have a link.
// Tags still count, since a payment provider may advertise too.
var transitSites = []entry{
	{"paypal", ".paypal.com"},
	{"mollie", ".mollie.com .mollie.nl"},
	{"ideal", ".ideal.nl ideal.ing.nl ideal.rabobank.nl betalen.rabobank.nl ideal.abnamro.nl ideal.snsbank.nl " +
		"ideal.asnbank.nl ideal.regiobank.nl ideal.knab.nl ideal.triodos.nl ideal.bunq.com"},
	{"wero", ".wero-wallet.eu"},
	{"adyen", ".adyen.com"},
	{"stripe", "checkout.stripe.com hooks.stripe.com pay.stripe.com buy.stripe.com"},
	{"klarna", ".klarna.com"},
	{"multisafepay", ".multisafepay.com"},
	{"buckaroo", ".buckaroo.nl"},
	{"pay.nl", ".pay.nl"},
	{"bancontact", ".bancontact.com .bancontact.be"},
	{"worldline", ".worldline-solutions.com .ogone.com"},
	{"riverty", ".riverty.com .afterpay.nl"},
	{"in3", ".payin3.nl"},
	{"amazon pay", ".payments.amazon.*"},
	{"google sign-in", "accounts.google.* pay.google.com"},
	{"microsoft sign-in", "login.microsoftonline.com login.live.com"},
	{"apple sign-in", "appleid.apple.com"},
	{"digid", ".digid.nl"},
}
