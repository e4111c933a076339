package campaign

// searchSites are search engines. Only the hosts on which people search are
// here: docs.google.com is not. A browser sends the host of a page on another
// site and nothing else (Referrer Policy, strict-origin-when-cross-origin), so
// what was searched for, and whether, can't be told from the rest of the URL.
var searchSites = []entry{
	{"google", "google google.* images.google.* cse.google.* " +
		"com.google.android.googlequicksearchbox com.google.android.apps.searchlite"},
	{"bing", "bing bing.com cn.bing.com com.microsoft.bing"},
	{"duckduckgo", "duckduckgo ddg .duckduckgo.com com.duckduckgo.mobile.android"},
	{"ecosia", "ecosia .ecosia.org com.ecosia.android"},
	{"startpage", "startpage .startpage.com .startpage.nl"},
	{"yahoo", "yahoo yahoo.* search.yahoo.* .search.yahoo.com .search.yahoo.co.jp"},
	{"yandex", "yandex yandex.* ya.ru clck.yandex.* images.yandex.*"},
	{"baidu", "baidu .baidu.com"},
	{"qwant", "qwant .qwant.com com.qwant.liberty"},
	{"brave", "brave search.brave.com"},
	{"kagi", "kagi kagi.com"},
	{"vinden", "vinden vinden.nl"},
	{"ilse", "ilse ilse.nl"},
	{"naver", "naver search.naver.com"},
	{"daum", "daum search.daum.net"},
	{"seznam", "seznam search.seznam.cz"},
	{"sogou", "sogou .sogou.com"},
	{"360 search", "so.com so.360.cn"},
	{"coc coc", "coccoc coccoc.com"},
	{"mail.ru", "go.mail.ru"},
	{"rambler", "nova.rambler.ru"},
	{"aol", "aol .search.aol.* .aolsearch.com"},
	{"ask", "ask .ask.com"},
	{"dogpile", "dogpile dogpile.com"},
	{"webcrawler", "webcrawler webcrawler.com"},
	{"lycos", "lycos search.lycos.com"},
	{"web.de", "suche.web.de"},
	{"t-online", "suche.t-online.de"},
	{"gmx search", "suche.gmx.net search.gmx.com"},
	{"avira", "search.avira.com safesearch.avira.com"},
	{"zapmeta", "zapmeta zapmeta.*"},
	{"gibiru", "gibiru gibiru.com"},
	{"lilo", "lilo search.lilo.org"},
	{"presearch", "presearch presearch.com"},
	{"karma", "karmasearch karmasearch.org"},
	{"ocean hero", "oceanhero oceanhero.today"},
	{"swisscows", "swisscows swisscows.com"},
	{"mojeek", "mojeek mojeek.com"},
	{"metager", "metager metager.org metager.de"},
}
