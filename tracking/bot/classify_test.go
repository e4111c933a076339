package bot_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking/bot"
)

// chrome is the agent of a browser.
const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

// lines returns the lines of a file of testdata that say something.
func lines(tb testing.TB, name string) []string {
	tb.Helper()
	f, err := os.Open("testdata/" + name)
	require.NoError(tb, err)
	defer func() { require.NoError(tb, f.Close()) }()
	var all []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// request returns a request with headers, given as names and values in turn.
func request(headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// classify returns the verdict on an agent alone.
func classify(agent string) bot.Kind { return bot.Classify(request("User-Agent", agent)) }

func TestClassifyPeople(t *testing.T) {
	t.Parallel()
	people := lines(t, "people.txt")
	require.Greater(t, len(people), 60)
	for _, agent := range people {
		t.Run(agent, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, bot.Person, classify(agent))
			require.Equal(t, bot.Person, classify(strings.ToUpper(agent)), "in capitals")
			require.Equal(t, bot.Person, classify(" "+strings.ToLower(agent)+" "), "in small letters")
		})
	}
}

func TestClassifyPrograms(t *testing.T) {
	t.Parallel()
	kinds := map[string]bot.Kind{}
	for _, k := range []bot.Kind{bot.Crawler, bot.Preview, bot.Agent, bot.Monitor} {
		kinds[k.String()] = k
	}
	seen := map[bot.Kind]int{}
	for _, line := range lines(t, "programs.tsv") {
		name, agent, found := strings.Cut(line, "\t")
		require.True(t, found, line)
		want, known := kinds[name]
		require.True(t, known, line)
		seen[want]++
		t.Run(agent, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, want, classify(agent))
			require.Equal(t, want, classify(strings.ToUpper(agent)), "in capitals")
		})
	}
	require.Len(t, seen, len(kinds))
}

func TestClassifyPosition(t *testing.T) {
	t.Parallel()
	const wv = "Mozilla/5.0 (Linux; Android 13; SM-G973F; wv) AppleWebKit/537.36 "
	for agent, want := range map[string]bot.Kind{
		"":                                      bot.Crawler,
		" \t ":                                  bot.Crawler,
		"WhatsApp/2.24.1.78":                    bot.Preview,
		" WhatsApp/2.24.1.78 A":                 bot.Preview,
		wv + "WhatsApp/2.24.1.78":               bot.Person,
		wv + "Tumblr/Android/33.5":              bot.Person,
		"Tumblr/14.0.835.186":                   bot.Preview,
		wv + "(CUBOT)":                          bot.Person,
		wv + "(CUBOTS)":                         bot.Person,
		wv + "(RECUBOT)":                        bot.Crawler,
		wv + "(recu-bot)":                       bot.Crawler,
		wv + "(bot)":                            bot.Crawler,
		wv + "(bots)":                           bot.Crawler,
		wv + "(bottom)":                         bot.Person,
		wv + "(botsen)":                         bot.Person,
		wv + "(abbot)":                          bot.Crawler,
		"Cubot":                                 bot.Crawler, // no browser is one word
		"cubot (Android)":                       bot.Person,
		"CUBOT Googlebot (Android)":             bot.Crawler,
		"curl/8.0 Googlebot":                    bot.Crawler,
		"libcurl/8.0 (x)":                       bot.Crawler,
		"mycurl/8.0":                            bot.Crawler,
		"Googlebot ChatGPT-User":                bot.Agent,
		"UptimeRobot facebookexternalhit":       bot.Preview,
		"crawl monitor":                         bot.Monitor,
		strings.Repeat(" ", 4096) + "Googlebot": bot.Crawler,
	} {
		t.Run(agent[:min(len(agent), 80)], func(t *testing.T) {
			t.Parallel()
			require.Equal(t, want, classify(agent))
		})
	}
}

func TestClassifyLongAgents(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		agent string
		want  bot.Kind
	}{
		"a browser with many add-ons": {chrome + strings.Repeat(" .NET CLR 3.5.30729;", 80), bot.Person},
		"at the limit":                {chrome + strings.Repeat("x", 2048-len(chrome)), bot.Person},
		"over the limit":              {chrome + strings.Repeat("x", 2049-len(chrome)), bot.Crawler},
		"a browser and space":         {chrome + strings.Repeat(" ", 2048-len(chrome)), bot.Person},
		"a crawler behind space":      {chrome + strings.Repeat(" ", 2048) + "Googlebot", bot.Crawler},
		"64 KiB of a browser":         {strings.Repeat(chrome+" ", 64<<10/len(chrome)), bot.Crawler},
		"64 KiB of beginnings":        {strings.Repeat("googlebo", 8<<10), bot.Crawler},
		"64 KiB of zeros":             {strings.Repeat("\x00", 64<<10), bot.Crawler},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, classify(test.agent))
		})
	}
}

func TestClassifyHeaders(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, header, value string
		want                bot.Kind
	}{
		{"prefetch", "Sec-Purpose", "prefetch", bot.Prefetch},
		{"prerender", "Sec-Purpose", "prefetch;prerender", bot.Prefetch},
		{"private prefetch proxy", "Sec-Purpose", "prefetch;anonymous-client-ip", bot.Prefetch},
		{"in capitals", "Sec-Purpose", "PREFETCH", bot.Prefetch},
		{"another purpose", "Sec-Purpose", "reading", bot.Person},
		{"no purpose", "Sec-Purpose", "", bot.Person},
		{"purpose far away", "Sec-Purpose", strings.Repeat(" ", 4096) + "prefetch", bot.Person},
		{"Chrome of old", "Purpose", "prefetch", bot.Prefetch},
		{"Safari's top sites", "X-Purpose", "preview", bot.Prefetch},
		{"Firefox of old", "X-Moz", "prefetch", bot.Prefetch},
		{"Firefox, something else", "X-Moz", "livebookmarks", bot.Person},
		{"an agent that signs", "Signature-Agent", `"https://chatgpt.com"`, bot.Agent},
		{"a robot's mailbox", "From", "crawler@example.org", bot.Crawler},
		{"an empty mailbox", "From", "", bot.Person},
		{"client hints without a window", "Sec-Ch-Ua", `"HeadlessChrome";v="142", "Not_A Brand";v="99"`, bot.Monitor},
		{"client hints", "Sec-Ch-Ua", `"Chromium";v="142", "Google Chrome";v="142"`, bot.Person},
		{"Firefox over HTTP/2", "TE", "trailers", bot.Person},
		{"consent signals", "Sec-GPC", "1", bot.Person},
		{"an address says nothing", "X-Forwarded-For", "66.249.66.1", bot.Person},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, bot.Classify(request("User-Agent", chrome, test.header, test.value)))
		})
	}
}

func TestClassifySeveralHeaders(t *testing.T) {
	t.Parallel()
	require.Equal(t, bot.Prefetch,
		bot.Classify(request("User-Agent", chrome, "Sec-Purpose", "x", "Sec-Purpose", "prefetch")), "second line")
	require.Equal(t, bot.Prefetch,
		bot.Classify(request("User-Agent", "Googlebot/2.1", "Purpose", "prefetch")), "before the agent")
	require.Equal(t, bot.Crawler,
		bot.Classify(request("User-Agent", "Googlebot/2.1", "Signature-Agent", `"https://google.com"`)), "a named crawler")
	require.Equal(t, bot.Agent,
		bot.Classify(request("User-Agent", chrome, "Signature-Agent", "x", "From", "y")))
	require.Equal(t, bot.Crawler, bot.Classify(&http.Request{}), "no headers")
}

// TestClassifyIgnoresAddress holds that the client's address changes nothing.
func TestClassifyIgnoresAddress(t *testing.T) {
	t.Parallel()
	r := request("User-Agent", chrome)
	for _, addr := range []string{"", "66.249.66.1:443", "127.0.0.1:1", "[2001:db8::1]:80"} {
		r.RemoteAddr = addr
		require.Equal(t, bot.Person, bot.Classify(r))
	}
}

func TestClassifyDoesNotAllocate(t *testing.T) {
	for name, r := range map[string]*http.Request{
		"person":  request("User-Agent", chrome, "Sec-Ch-Ua", `"Chromium";v="142"`),
		"crawler": request("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
		"64 KiB":  request("User-Agent", strings.Repeat("GoogleBo ", 7<<10), "Sec-Purpose", strings.Repeat("Pre", 20<<10)),
	} {
		require.Zero(t, testing.AllocsPerRun(100, func() { bot.Classify(r) }), name)
	}
}

func TestKindString(t *testing.T) {
	t.Parallel()
	for k, want := range []string{"Person", "Crawler", "Preview", "Prefetch", "Agent", "Monitor", "Unknown"} {
		require.Equal(t, want, bot.Kind(k).String())
	}
	require.Equal(t, "Unknown", bot.Kind(255).String())
	var zero bot.Kind
	require.Equal(t, bot.Person, zero)
}
