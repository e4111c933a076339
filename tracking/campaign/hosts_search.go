package campaign

// searchSites are search engines. Only the hosts on which people search are
// here: docs.google.com is not. A browser sends the host of a page on another
// site and nothing else (Referrer Policy, strict-origin-when-cross-origin), so
// what was searched for, and whether, can't be told from the rest of the URL.
var searchSites = []entry{
	{"google", "google google.* images.google.* syndicatedsearch.goog " +
		"com.google.android.googlequicksearchbox com.google.android.apps.searchlite"},
	{"bing", "bing bing.com cn.bing.com com.microsoft.bing"},
	{"duckduckgo", "duckduckgo ddg .duckduckgo.com com.duckduckgo.mobile.android"},
	{"ecosia", "ecosia .ecosia.org com.ecosia.android"},
	{"startpage", "startpage .startpage.com .startpage.nl"},
	{"yahoo", "yahoo yahoo.* search.yahoo.* .search.yahoo.com .search.yahoo.co.jp"},
	{"yandex", "yandex yandex.* ya.ru"},
	{"baidu", "baidu .baidu.com"},
	{"qwant", "qwant .qwant.com com.qwant.liberty"},
	{"brave", "brave search.brave.com"},
	{"kagi", "kagi kagi.com"},
	{"vinden", "vinden vinden.nl"},
	{"ilse", "ilse ilse.nl"},
	{"naver", "naver search.naver.com"},
	{"seznam", "seznam search.seznam.cz"},
	{"aol", "aol .search.aol.* aolsearch.com"},
	{"swisscows", "swisscows swisscows.com"},
	{"mojeek", "mojeek mojeek.com"},
	{"metager", "metager metager.org metager.de"},
}
