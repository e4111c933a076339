package tracking

import (
	"bytes"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// logBuffer is a log that goroutines may write to at once.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestErrorLogKeepsNoValues(t *testing.T) {
	for in, want := range map[string]string{
		"http: TLS handshake error from 192.0.2.7:51234: EOF":                                                              "TLS handshake error",
		"http: panic serving [2001:db8::7]:51234: secret\ngoroutine 1 [running]:\nmain.f(0xc000)\n\t/src/main.go:12 +0x1d": "panic",
		"http: superfluous response.WriteHeader call from main.f (main.go:3)":                                              "superfluous response.WriteHeader call",
		"http: proxy error: dial tcp 192.0.2.7:80: connect: connection refused":                                            "proxy error",
		"192.0.2.7 did something":                                      "",
		"http: URL query contains semicolon, which is":                 "URL query contains semicolon, which is",
		"http: Accept error: accept tcp 127.0.0.1:80; retrying in 5ms": "Accept error",
	} {
		var out bytes.Buffer
		ErrorLog(slog.New(slog.NewTextHandler(&out, nil))).Print(in)
		require.Contains(t, out.String(), "http server: "+want, in)
		for _, secret := range []string{"192.0", "2001:db8", "51234", "secret", "0xc000"} {
			require.NotContains(t, out.String(), secret, in)
		}
		require.Equal(t, strings.Contains(in, "panic"), strings.Contains(out.String(), "main.go:12"), in)
	}
}

// TestErrorLogOnARealServer provokes what net/http logs an address for.
func TestErrorLogOnARealServer(t *testing.T) {
	var out logBuffer
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("a visitor's name")
	}))
	srv.Config.ErrorLog = ErrorLog(slog.New(slog.NewTextHandler(&out, nil)))
	srv.StartTLS()

	_, err := srv.Client().Get(srv.URL)
	require.Error(t, err)
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	require.NoError(t, err)
	address := conn.LocalAddr().String()
	_, err = io.WriteString(conn, "GET / HTTP/1.0\r\n\r\n") // no TLS
	require.NoError(t, err)
	_, _ = io.ReadAll(conn)
	require.NoError(t, conn.Close())
	_, err = tls.Dial("tcp", srv.Listener.Addr().String(), &tls.Config{}) // an unknown authority
	require.Error(t, err)
	srv.Close()

	require.Contains(t, out.String(), "http server: panic")
	require.Contains(t, out.String(), "http server: TLS handshake error")
	require.Contains(t, out.String(), "log_test.go:")
	require.NotContains(t, out.String(), address)
	require.NotContains(t, out.String(), "127.0.0.1")
	require.NotContains(t, out.String(), "a visitor's name")
}

func TestThrottledLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := newThrottledLog(slog.New(slog.NewTextHandler(&out, nil)))
		for range 100 {
			log.warn(t.Context(), time.Now(), "store down")
		}
		log.warn(t.Context(), time.Now(), "pool empty")
		require.Equal(t, 2, strings.Count(out.String(), "level=WARN"))
		time.Sleep(sayEvery)
		log.warn(t.Context(), time.Now(), "store down")
		require.Equal(t, 3, strings.Count(out.String(), "level=WARN"))
	})
}
