package dashboard_test

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/qooqie/qooqie/retention"
	"github.com/stretchr/testify/require"
)

// everything returns all that a dashboard says: each path with and without the
// password, with each method, headers included, and the log.
func everything(t testing.TB, b *board) string {
	t.Helper()
	var all bytes.Buffer
	for _, path := range append(allPaths, "/missing") {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			for _, option := range []func(*http.Request){
				func(*http.Request) {}, noCredentials, credentials("admin", password+"x"),
			} {
				rec := b.do(method, path, option)
				require.NoError(t, rec.Header().Write(&all))
				all.Write(rec.Body.Bytes())
			}
		}
	}
	all.WriteString(b.log.String())
	return all.String()
}

// spellings are the ways in which bytes are written.
func spellings(secret []byte) map[string]string {
	return map[string]string{
		"raw":        string(secret),
		"hex":        hex.EncodeToString(secret),
		"base64":     base64.RawStdEncoding.EncodeToString(secret),
		"base64 url": base64.RawURLEncoding.EncodeToString(secret),
		"base32":     base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret),
		"readable":   "S3SS10N-ID",
	}
}

// boards are dashboards in all sorts of states.
func boards(t testing.TB) map[string]*board {
	t.Helper()
	due := fullReport(t)
	due.State = retention.Due
	return map[string]*board{
		"empty":   showing(t, emptyReport(t)),
		"full":    showing(t, fullReport(t)),
		"hostile": showing(t, hostileReport(t)),
		"due":     showing(t, due),
		"broken":  newBoard(t, &fakeSource{report: fullReport(t), err: errDisk}),
	}
}

// TestNoSessionID: a live lease is shown, and its session is not, in no spelling.
func TestNoSessionID(t *testing.T) {
	for name, b := range boards(t) {
		t.Run(name, func(t *testing.T) {
			said := everything(t, b)
			for how, secret := range spellings(session[:]) {
				require.NotContains(t, said, secret, how)
				require.NotContains(t, strings.ToLower(said), strings.ToLower(secret), how)
			}
		})
	}
	require.Contains(t, everything(t, showing(t, fullReport(t))), "bezet tot", "the lease is there")
}

// TestNoPassword: the password goes in and never comes out.
func TestNoPassword(t *testing.T) {
	for name, b := range boards(t) {
		t.Run(name, func(t *testing.T) {
			said := everything(t, b)
			require.NotContains(t, said, password)
			require.NotContains(t, said, "geheim-4711")
			for how, secret := range map[string]string{
				"hex":    hex.EncodeToString([]byte(password)),
				"base64": base64.StdEncoding.EncodeToString([]byte("admin:" + password)),
			} {
				require.NotContains(t, said, secret, how)
			}
		})
	}
}

// TestNoCaller: of who called there are two digits.
func TestNoCaller(t *testing.T) {
	said := everything(t, showing(t, fullReport(t)))
	require.Contains(t, said, "…07")
	require.NotContains(t, said, "deadbeef")
}

// TestLogHasNoData: the log says what failed, and nothing of what was to be shown
// or of who asked.
func TestLogHasNoData(t *testing.T) {
	b := newBoard(t, &fakeSource{report: fullReport(t), err: errDisk})
	for _, path := range dataPaths {
		b.do(http.MethodGet, path+"?secret=visitor", func(r *http.Request) {
			r.RemoteAddr = "203.0.113.9:4711"
			r.Header.Set("User-Agent", "Visitor/1.0")
			r.Header.Set("X-Forwarded-For", "203.0.113.9")
		})
	}
	log := b.log.String()
	require.Equal(t, 3, strings.Count(log, errDisk.Error()))
	for _, secret := range []string{"203.0.113.9", "Visitor", "visitor", "google", "+3185", "31850000001", "kwikstaart", "deadbeef"} {
		require.NotContains(t, log, secret)
	}
}
