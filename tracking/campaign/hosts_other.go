package campaign

// mailSites are mailboxes in a browser or an app. They have no names for
// utm_source: who tags the links of a mail names the sender.
var mailSites = []entry{
	{"gmail", "mail.google.com com.google.android.gm"},
	{"outlook", "outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft com.microsoft.office.outlook"},
	{"yahoo mail", ".mail.yahoo.com com.yahoo.mobile.client.android.mail"},
	{"proton mail", "mail.proton.me ch.protonmail.android"},
	{"icloud mail", "icloud.com"},
	{"gmx", "gmx.net gmx.de gmx.com navigator.gmx.net bap.navigator.gmx.net"},
	{"web.de mail", "navigator.web.de bap.navigator.web.de deref-web.de"},
	{"gmx links", "deref-gmx.net deref-gmx.com"},
	{"aol mail", ".mail.aol.com"},
	{"zoho mail", "mail.zoho.com mail.zoho.eu"},
	{"fastmail", "app.fastmail.com"},
	{"tuta", "app.tuta.com mail.tutanota.com"},
	{"yandex mail", ".mail.yandex.*"},
	{"mail.ru mail", "e.mail.ru"},
	{"qq mail", "mail.qq.com"},
	{"orange mail", "messagerie.orange.fr mail.orange.fr"},
	{"free mail", "webmail.free.fr zimbra.free.fr"},
	{"t-online mail", "email.t-online.de"},
	{"telenet mail", "webmail.telenet.be"},
	{"proximus mail", "webmail.proximus.be"},
	{"xs4all mail", "webmail.xs4all.nl"},
	{"odido mail", "webmail.t-mobilethuis.nl"},
	{"transip mail", "webmail.transip.nl webmail.transip.email"},
	{"comcast mail", "mail.comcast.net"},
	{"superhuman", "mail.superhuman.com"},
	{"spark", "com.readdle.spark"},
	{"samsung mail", "com.samsung.android.email.provider"},
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
	{"target", "target .target.com"},
	{"rakuten", "rakuten .rakuten.com .rakuten.co.jp"},
	{"mercado libre", "mercadolibre mercadolivre .mercadolibre.com .mercadolivre.com.br"},
	{"allegro", "allegro .allegro.pl"},
	{"otto", "otto .otto.de"},
	{"kaufland", "kaufland .kaufland.de"},
	{"fnac", "fnac .fnac.com .fnac.be"},
	{"cdiscount", "cdiscount .cdiscount.com"},
	{"leboncoin", "leboncoin .leboncoin.fr"},
	{"kleinanzeigen", "kleinanzeigen .kleinanzeigen.de"},
	{"wehkamp", "wehkamp .wehkamp.nl"},
	{"coolblue", "coolblue .coolblue.nl .coolblue.be"},
	{"catawiki", "catawiki .catawiki.com"},
	{"vergelijk", "vergelijk .vergelijk.nl .vergelijk.be"},
	{"pricerunner", "pricerunner .pricerunner.com"},
	{"kelkoo", "kelkoo .kelkoo.*"},
	{"shein", "shein .shein.com"},
	{"wish", "wish .wish.com"},
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
	{"rumble", "rumble .rumble.com"},
	{"odysee", "odysee odysee.com"},
	{"bilibili", "bilibili .bilibili.com"},
	{"niconico", "niconico .nicovideo.jp"},
	{"wistia", "wistia .wistia.com fast.wistia.net"},
	{"ted", "ted .ted.com"},
	{"rutube", "rutube .rutube.ru"},
	{"disney plus", "disneyplus .disneyplus.com"},
	{"hulu", "hulu .hulu.com"},
	{"crunchyroll", "crunchyroll .crunchyroll.com"},
	{"videoland", "videoland .videoland.com"},
	{"kijk", "kijk .kijk.nl"},
	{"vrt max", "vrt max.vrt.be"},
}

// adSites serve display advertisements; who comes from one of them clicked an
// advertisement on a page that did not want to be named. They are no names that
// people write as utm_source.
var adSites = []entry{
	{"doubleclick", ".doubleclick.net .2mdn.net"},
	{"google ads", ".googlesyndication.com .googleadservices.com"},
	{"criteo", ".criteo.com .criteo.net"},
	{"taboola", ".taboola.com"},
	{"outbrain", ".outbrain.com"},
	{"xandr", ".adnxs.com"},
	{"the trade desk", ".adsrvr.org"},
	{"amazon ads", ".amazon-adsystem.com"},
	{"adform", ".adform.net"},
	{"teads", ".teads.tv"},
	{"magnite", ".rubiconproject.com"},
	{"pubmatic", ".pubmatic.com"},
	{"smart adserver", ".smartadserver.com"},
	{"ligatus", ".ligatus.com"},
	{"rtb house", ".creativecdn.com"},
	{"microsoft ads", "bat.bing.com ads.microsoft.com"},
}

// adSearchSites show the advertisements of a search engine to who searches on
// another site, and nothing else: such a visit was paid for.
var adSearchSites = []entry{
	{"google", "syndicatedsearch.goog adsensecustomsearchads.com"},
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
	{"tikkie", "tikkie.me"},
	{"sisow", ".sisow.nl"},
	{"cm.com", ".pay.cm.com"},
	{"payconiq", ".payconiq.com"},
	{"saferpay", ".saferpay.com"},
	{"checkout.com", ".checkout.com"},
	{"braintree", ".braintreegateway.com"},
	{"square", "checkout.square.site squareup.com"},
	{"revolut pay", "checkout.revolut.com"},
	{"sofort", ".sofort.com"},
	{"trustly", ".trustly.com"},
	{"card check", ".arcot.com .3dsecure.io .cardinalcommerce.com"},
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
	{"eherkenning", ".eherkenning.nl"},
	{"itsme", ".itsme.be .itsme-id.com"},
	{"auth0", ".auth0.com"},
	{"okta", ".okta.com .okta-emea.com"},
}
