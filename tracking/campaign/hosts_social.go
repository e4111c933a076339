package campaign

// socialSites are social networks, messengers and forums. Facebook has a search
// box too, and public lists call it a search engine; its visitors come from a
// post.
var socialSites = []entry{
	{"facebook", "facebook fb .facebook.com .fb.com fb.me m.me .messenger.com com.facebook.katana com.facebook.orca"},
	{"instagram", "instagram ig .instagram.com com.instagram.android"},
	{"threads", "threads .threads.net .threads.com com.instagram.barcelona"},
	{"whatsapp", "whatsapp .whatsapp.com wa.me com.whatsapp com.whatsapp.w4b"},
	{"linkedin", "linkedin .linkedin.com lnkd.in com.linkedin.android linkedin.android"},
	{"x", "x twitter t.co x.com .twitter.com com.twitter.android"},
	{"tiktok", "tiktok .tiktok.com com.zhiliaoapp.musically com.ss.android.ugc.trill"},
	{"pinterest", "pinterest .pinterest.* pin.it com.pinterest"},
	{"reddit", "reddit .reddit.com redd.it com.reddit.frontpage"},
	{"snapchat", "snapchat .snapchat.com com.snapchat.android"},
	{"bluesky", "bluesky bsky.app go.bsky.app xyz.blueskyweb.app"},
	{"mastodon", "mastodon mastodon.social mastodon.nl mastodon.online org.joinmastodon.android"},
	{"telegram", "telegram t.me web.telegram.org org.telegram.messenger"},
	{"discord", "discord .discord.com com.discord"},
	{"nextdoor", "nextdoor .nextdoor.* com.nextdoor"},
	{"tumblr", "tumblr .tumblr.com com.tumblr"},
	{"quora", "quora .quora.com com.quora.android"},
	{"hacker news", "news.ycombinator.com"},
	{"tweakers", "gathering.tweakers.net"},
	{"xing", "xing .xing.com"},
	{"vk", "vk .vk.com"},
	{"linktree", "linktree linktr.ee"},
}
