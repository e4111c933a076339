package tracking

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJudge(t *testing.T) {
	html := func(more ...string) http.Header {
		h := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
		for i := 0; i < len(more); i += 2 {
			h.Set(more[i], more[i+1])
		}
		return h
	}
	for name, c := range map[string]struct {
		status int
		header http.Header
		want   verdict
	}{
		"a page":                      {200, html(), rewrite},
		"an error page":               {404, html(), rewrite},
		"a page in capitals":          {200, html("Content-Type", "Text/HTML; Charset=UTF-8"), rewrite},
		"xhtml":                       {200, html("Content-Type", "application/xhtml+xml"), rewrite},
		"a page in Latin 1":           {200, html("Content-Type", "text/html; charset=iso-8859-1"), rewrite},
		"no type":                     {200, http.Header{}, sniff},
		"a type that is switched off": {200, http.Header{"Content-Type": nil}, leave},
		"json":                        {200, html("Content-Type", "application/json"), leave},
		"events":                      {200, html("Content-Type", "text/event-stream"), leave},
		"plain text":                  {200, html("Content-Type", "text/plain"), leave},
		"nonsense":                    {200, html("Content-Type", "text/html;;=;"), leave},
		"utf-16":                      {200, html("Content-Type", "text/html; charset=UTF-16LE"), leave},
		"gzip":                        {200, html("Content-Encoding", "gzip"), leave},
		"a part":                      {206, html("Content-Range", "bytes 0-1/9"), leave},
		"not modified":                {304, html(), leave},
		"no content":                  {204, html(), leave},
		"a download":                  {200, html("Content-Disposition", "Attachment; filename=a.html"), leave},
		"shown in the browser":        {200, html("Content-Disposition", "inline"), rewrite},
		"no-transform":                {200, html("Cache-Control", "public, No-Transform"), leave},
		"switching protocols":         {101, html(), leave},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, judge(c.status, c.header)) })
	}
}

// TestMakePrivate holds the header part of promise 5.
func TestMakePrivate(t *testing.T) {
	h := http.Header{
		"Cache-Control":                {"public, max-age=60, s-maxage=600, stale-while-revalidate=30"},
		"Cdn-Cache-Control":            {"max-age=600"},
		"Cloudflare-Cdn-Cache-Control": {"max-age=600"},
		"Surrogate-Control":            {"max-age=600"},
		"X-Accel-Expires":              {"600"},
		"Expires":                      {"Thu, 01 Dec 2026 16:00:00 GMT"},
		"Age":                          {"12"},
		"Vary":                         {"Accept-Language"},
		"Etag":                         {`"v1"`},
		"X-Site":                       {"kept"},
	}
	makePrivate(h)
	require.Equal(t, http.Header{
		"Cache-Control": {"private, no-cache"},
		"Vary":          {"Accept-Language", "Cookie"},
		"Etag":          {`"v1"`},
		"X-Site":        {"kept"},
	}, h)

	for _, vary := range []string{"*", "cookie", "Accept, Cookie"} {
		h := http.Header{"Vary": {vary}, "Cache-Control": {"no-store"}}
		makePrivate(h)
		require.Equal(t, []string{vary}, h["Vary"])
		require.Equal(t, "private, no-cache, no-store", h.Get("Cache-Control"))
	}
}

func TestDropValidators(t *testing.T) {
	h := http.Header{}
	for _, name := range []string{
		"Content-Length", "ETag", "Last-Modified", "Accept-Ranges", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest",
	} {
		h.Set(name, "x")
	}
	h.Set("Content-Language", "nl")
	dropValidators(h)
	require.Equal(t, http.Header{"Content-Language": {"nl"}}, h)
}

func TestWantsDocument(t *testing.T) {
	for name, c := range map[string]struct {
		method string
		header map[string]string
		want   bool
	}{
		"a browser":           {"GET", map[string]string{"Accept": "text/html,application/xhtml+xml", "Sec-Fetch-Dest": "document"}, true},
		"curl":                {"GET", map[string]string{"Accept": "*/*"}, true},
		"no headers":          {"GET", nil, true},
		"a form":              {"POST", nil, false},
		"head":                {"HEAD", nil, false},
		"an image":            {"GET", map[string]string{"Sec-Fetch-Dest": "image", "Accept": "*/*"}, false},
		"json":                {"GET", map[string]string{"Accept": "application/json"}, false},
		"a websocket":         {"GET", map[string]string{"Upgrade": "websocket"}, false},
		"a frame of the site": {"GET", map[string]string{"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}, true},
		"a frame elsewhere":   {"GET", map[string]string{"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest(c.method, "http://example.nl/", nil)
			require.NoError(t, err)
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			require.Equal(t, c.want, wantsDocument(r))
		})
	}
}

func TestHostname(t *testing.T) {
	for in, want := range map[string]string{
		"www.example.nl": "www.example.nl", "WWW.Example.NL:8080": "www.example.nl", "example.nl.": "example.nl",
		"[::1]": "[::1]", "[::1]:8080": "[::1]", "127.0.0.1:80": "127.0.0.1", "": "", "example.nl.:80": "example.nl",
	} {
		require.Equal(t, want, hostname(in), in)
	}
}

func TestSecure(t *testing.T) {
	for name, c := range map[string]struct {
		host, proto string
		insecure    bool
		want        bool
	}{
		"a site":                  {host: "www.example.nl", want: true},
		"loopback":                {host: "127.0.0.1:8080"},
		"localhost":               {host: "LOCALHOST:8080"},
		"loopback, IPv6":          {host: "[::1]:8080"},
		"loopback behind a proxy": {host: "127.0.0.1:8080", proto: "https", want: true},
		"not quite loopback":      {host: "localhost.example.nl", want: true},
		"dangerously":             {host: "www.example.nl", insecure: true},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest(http.MethodGet, "http://"+c.host+"/", nil)
			require.NoError(t, err)
			if c.proto != "" {
				r.Header.Set("X-Forwarded-Proto", c.proto)
			}
			tracker := &Tracker{snap: &snapshot{insecure: c.insecure}}
			require.Equal(t, c.want, tracker.secure(r))
		})
	}
}
