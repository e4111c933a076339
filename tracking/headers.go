package tracking

import (
	"mime"
	"net/http"
	"slices"
	"strings"
)

// verdict says what may be done with a response.
type verdict uint8

const (
	leave   verdict = iota // not a page: never touched
	sniff                  // the handler names no type: the first bytes tell
	rewrite                // a page
)

// judge says what may be done with a response of this status and these headers.
func judge(status int, h http.Header) verdict {
	switch {
	case status < 200, status == http.StatusNoContent, status == http.StatusPartialContent,
		status == http.StatusNotModified, h.Get("Content-Encoding") != "",
		h.Get("Content-Range") != "", hasToken(h["Cache-Control"], "no-transform"),
		strings.HasPrefix(strings.ToLower(h.Get("Content-Disposition")), "attachment"):
		return leave
	}
	types, given := h["Content-Type"]
	if !given {
		return sniff
	}
	if len(types) == 1 && isHTML(types[0]) {
		return rewrite
	}
	return leave
}

// isHTML reports whether a Content-Type is HTML in an encoding in which ASCII
// stands for itself.
func isHTML(contentType string) bool {
	if contentType == "text/html; charset=utf-8" || contentType == "text/html" {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "text/html" && kind != "application/xhtml+xml" {
		return false
	}
	charset := strings.ToLower(params["charset"])
	for _, wide := range []string{"utf-16", "utf-32", "ucs-", "utf-7", "iso-2022", "hz-gb"} {
		if strings.HasPrefix(charset, wide) {
			return false
		}
	}
	return true
}

// isRedirect reports whether a browser follows the Location of the status.
func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// makePrivate keeps a response out of shared caches (RFC 9111 §5.2.2), and
// makes browsers ask again before they show it once more.
func makePrivate(h http.Header) {
	control := "private, no-cache"
	if hasToken(h["Cache-Control"], "no-store") {
		control = "private, no-cache, no-store"
	}
	h.Set("Cache-Control", control)
	for name := range h {
		if forSharedCache(name) {
			delete(h, name)
		}
	}
	if !hasToken(h["Vary"], "cookie") && !hasToken(h["Vary"], "*") {
		h["Vary"] = append(slices.Clip(h["Vary"]), "Cookie") // a handler may share its slices
	}
}

// forSharedCache reports whether a header in canonical form tells caches how
// long a response lives, apart from Cache-Control: those of RFC 9111 and RFC
// 9213, and those of caching products.
func forSharedCache(name string) bool {
	switch name {
	case "Expires", "Age", "Surrogate-Control", "Edge-Control", "X-Accel-Expires":
		return true
	}
	return strings.HasSuffix(name, "Cdn-Cache-Control")
}

// dropValidators removes what describes bytes that are replaced: the length,
// digests, and validators, by which a stale number could be confirmed with 304.
func dropValidators(h http.Header) {
	for _, name := range []string{
		"Content-Length", "Etag", "Last-Modified", "Accept-Ranges",
		"Content-Md5", "Digest", "Content-Digest", "Repr-Digest",
	} {
		delete(h, name)
	}
}

// hasToken reports whether a comma-separated header has the token, in any case,
// with or without a value.
func hasToken(lines []string, token string) bool {
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			name, _, _ := strings.Cut(part, "=")
			if strings.EqualFold(strings.TrimSpace(name), token) {
				return true
			}
		}
	}
	return false
}
