package bot

// agents finds what a User-Agent header tells.
var agents = newMatcher(patterns)

// patterns are the texts by which programs are known: names of products, then
// words that many share. None may be part of the agent of a browser, nor of a
// browser inside an app: WhatsApp/2.24 at the start is a preview, at the end it
// is a person who reads a page in WhatsApp.
var patterns = []pattern{
	{Agent, agentTexts},
	{Preview, previewTexts},
	{Monitor, monitorTexts},
	{Crawler, crawlerTexts},
	{Crawler, libraryTexts},
	{Crawler, commonTexts},
}

// agentTexts are assistants that fetch a page because their user asked. Their
// makers have other names for what they send to fill an index or a model.
var agentTexts = []string{
	"chatgpt-user", "claude-user", "perplexity-user", "mistralai-user", "-user/", "duckassistbot", "meta-externalfetcher",
	"gemini-deep-research", "google-notebooklm", "googleagent", "google-agent", "manus-user", "novaact", "kagi-fetcher", "devin/",
}

// previewTexts are what messengers and networks send for the card of a link.
var previewTexts = []string{
	"^whatsapp/", "facebookexternalhit", "facebookcatalog", "facebot", "twitterbot", "slackbot", "slack-imgproxy",
	"telegrambot", "discordbot", "linkedinbot", "pinterestbot", "^pinterest/", "skypeuripreview", "microsoftpreview",
	"microsoft office existence", "bingpreview", "google web preview", "google-pagerenderer", "redditbot", "vkshare",
	"viberbot", "^viber", "line-poker", "kakaotalk-scrap", "embedly", "iframely", "bitlybot", "^tumblr/", "^trello",
	"mastodon/", "pleroma", "misskey/", "akkoma", "cardyb", "nextcloud server", "synapse (bot", "mattermost-bot", "^rocket.chat",
	"xing-contenttabreceiver", "hubspot page fetcher", "link preview", "linkpreview", "link-preview", "url preview",
	"urlpreview", "url-preview",
}

// monitorTexts are what checks that a site is up, measures how fast it is, or
// drives a browser for a test.
var monitorTexts = []string{
	"pingdom", "statuscake", "better uptime", "betterstack", "better stack", "datadog", "site24x7", "newrelic", "uptime",
	"updown.io", "freshping", "hetrixtools", "zabbix", "nagios", "check_http", "kube-probe", "elb-healthchecker", "googlehc/",
	"googlestackdriver", "google-cloud-scheduler", "amazon-route53", "healthcheck", "health-check", "health check",
	"blackbox exporter", "blackbox-exporter", "prometheus/", "checkly", "catchpoint", "dynatrace", "ruxitsynthetic",
	"gomezagent", "jetmon", "montastic", "cloudflare-traffic", "lighthouse", "page speed", "pagespeed",
	"gtmetrix", "ptst/", "webpagetest", "yellowlab", "headless", "phantomjs", "slimerjs", "selenium", "playwright",
	"puppeteer", "cypress/", "k6/", "apachebench", "^siege", "loader.io", "monitor", "w3c_validator", "w3c-checklink",
	"w3c_css_validator", "validator.nu", "ohdear", "oh dear",
}

// crawlerTexts are the names of crawlers, readers of feeds and scanners that
// have none of the words of commonTexts.
var crawlerTexts = []string{
	"slurp", "ia_archiver", "mediapartners", "google-inspectiontool", "google-extended", "googleother", "apis-google",
	"feedfetcher", "google-safety", "google-site-verification", "google-read-aloud", "google favicon", "google-adwords",
	"google-firebase", "googleproducer", "google-xrawler", "duckduckgo-favicons", "yandeximages", "yandexmetrika", "yandexdirect",
	"meta-externalagent", "meta-externalads", "meta-webindexer", "anthropic-ai", "claude-web", "cohere-ai", "omgili",
	"webzio", "barkrowler", "ahrefs", "semrush", "screaming frog", "sitebulb", "botify", "netcraft", "censys", "zgrab",
	"nmap scripting", "masscan", "nikto", "sqlmap", "nessus", "nuclei", "wpscan", "acunetix", "qualys", "expanse, a",
	"internet-measurement", "feedly", "feedbin", "inoreader", "newsblur", "tiny tiny rss", "freshrss", "miniflux",
	"feedburner", "feedparser", "zapier", "ifttt", "postman", "^insomnia", "httrack", "prerender", "archive.org", "heritrix",
	"nutch", "^wordpress", "^mozilla/4.0 (compatible;)",
}

// libraryTexts are what programs send that their authors gave no name.
var libraryTexts = []string{
	"python", "aiohttp", "httpx", "scrapy", "go-http-client", "libwww-perl", "lwp::", "lwp-", "httpclient", "http-client",
	"http_client", "http client", "httpunit", "http.rb", "guzzle", "axios", "node-fetch", "node.js", "undici", "^got ",
	"reqwest", "rest-client", "restsharp", "faraday", "typhoeus", "mechanize", "winhttp", "urlgrabber", "pycurl",
	"libcurl", "powershell", "jakarta commons", "jersey/", "^ruby", "^java/", "^php", "^perl", "^okhttp", "^dart/",
}

// commonTexts are what most others have in common: a word for what they do, or
// where to complain about them.
var commonTexts = []string{
	"bot$", "robot", "crawl", "spider", "scraper", "fetcher", "indexer", "archiver", "downloader", "checker", "sitemap",
	"+http", "(http", "; http", "@gmail.",
	"link check", "linkcheck", "link_check",
}
