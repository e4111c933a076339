package retentiontest_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention/retentiontest"
)

const (
	canaryNumber = "+31612345678"
	canaryIP     = "203.0.113.77"
	canaryIPv6   = "2001:db8::7:1"
	canaryAgent  = `Mozilla/5.0 (Canary; "x" 7)`
)

var (
	canaryKey = bytes.Repeat([]byte{7}, 32)
	canary    = retentiontest.Canary{
		Values: []string{canaryNumber, canaryIP, canaryIPv6, canaryAgent},
		Keys:   [][]byte{canaryKey},
	}
)

func mac(s string) []byte {
	m := hmac.New(sha256.New, canaryKey)
	m.Write([]byte(s))
	return m.Sum(nil)
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// hiding has a place for each form in which a value may survive.
func hiding() map[string][]byte {
	sha := sha256.Sum256([]byte(canaryNumber))
	sha512sum, sha1sum, md5sum := sha512.Sum512([]byte(canaryIP)), sha1.Sum([]byte(canaryIP)), md5.Sum([]byte(canaryIP))
	address, address6 := netip.MustParseAddr(canaryIP).As16(), netip.MustParseAddr(canaryIPv6).As16()
	bare := sha256.Sum256([]byte("31612345678"))
	number := binary.BigEndian.AppendUint64(nil, 31612345678)
	all := map[string][]byte{
		"text": []byte(canaryAgent), "lower case": []byte(strings.ToLower(canaryAgent)), "JSON": fmt.Appendf(nil, "%q", canaryAgent),
		"URL": []byte(url.QueryEscape(canaryAgent)), "path": []byte(url.PathEscape(canaryAgent)), "UTF-16": utf16le(canaryAgent),
		"no plus": []byte("31612345678"), "two zeros": []byte("0031612345678"),
		"integer of 8": number, "integer of 6": number[2:],
		"hex": []byte(hex.EncodeToString([]byte(canaryIP))), "HEX": []byte(strings.ToUpper(hex.EncodeToString([]byte(canaryIP)))),
		"binary address": address[:], "binary IPv6": address6[:], "long IPv6": []byte("2001:0db8:0000:0000:0000:0000:0007:0001"),
		"SHA-256": sha[:], "SHA-256 of the digits": bare[:], "SHA-1": sha1sum[:], "MD5": []byte(hex.EncodeToString(md5sum[:])),
		"SHA-512": []byte(base64.StdEncoding.EncodeToString(sha512sum[:])),
		"HMAC":    []byte(hex.EncodeToString(mac(canaryNumber))), "HMAC of 16": []byte(base64.RawURLEncoding.EncodeToString(mac(canaryNumber)[:16])),
		"HMAC of 8": mac(canaryNumber)[:8],
	}
	for shift := range 4 {
		around := append(bytes.Repeat([]byte("y"), shift), canaryNumber+"zz"...)
		all[fmt.Sprintf("base64 at %d", shift)] = []byte(base64.StdEncoding.EncodeToString(around))
		all[fmt.Sprintf("base64url at %d", shift)] = []byte(base64.RawURLEncoding.EncodeToString(around))
	}
	return all
}

func TestCanaryFindsEachForm(t *testing.T) {
	t.Parallel()
	for name, data := range hiding() {
		for _, around := range []string{"", "x", "some text before and behind it "} {
			got := record(func(t retentiontest.T) { canary.Search(t, "the log", []byte(around+string(data)+around)) })
			require.NotEmpty(t, got.failures, name)
			require.Contains(t, got.text(), "canary: the log: value ")
			for _, value := range canary.Values {
				require.NotContains(t, got.text(), value, "the text of a failure is no place for it")
			}
		}
	}
}

func TestCanaryFindsNothingElse(t *testing.T) {
	t.Parallel()
	random := make([]byte, 8<<20)
	source := rand.NewChaCha8([32]byte{1})
	_, _ = source.Read(random)
	for name, data := range map[string][]byte{
		"random": random, "nothing": nil, "short": []byte("abc"),
		"nearly": []byte("+3161234567 203.0.113.7 203.0.113.70 2001:db8::7 Mozilla/5.0 (Canary"),
		"base32": []byte(base32.StdEncoding.EncodeToString([]byte(canaryNumber))), // not promised
	} {
		require.Empty(t, record(func(t retentiontest.T) { canary.Search(t, "x", data) }).failures, name)
	}
}

// TestCanaryAcrossChunks puts a value on both sides of each place where a stream
// is cut.
func TestCanaryAcrossChunks(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 1<<20 - 12, 1<<20 - 6, 1<<20 - 1, 1 << 20, 2<<20 - 3, 3<<20 - 12} {
		data := bytes.Repeat([]byte{'.'}, 3<<20)
		copy(data[at:], canaryNumber)
		got := record(func(t retentiontest.T) { canary.Search(t, "x", data) })
		require.Contains(t, got.text(), fmt.Sprintf("as text at byte %d", at))
	}
}

func TestCanaryFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	write("clean.db", []byte("nothing to see"))
	require.Empty(t, record(func(t retentiontest.T) { canary.SearchFiles(t, dir) }).failures)

	write("a/b/data.db-wal", []byte("x"+canaryIP))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("calls\n" + canaryNumber + "\n"))
	require.NoError(t, z.Close())
	write("export.csv.gz", packed.Bytes())
	write("cut.gz", packed.Bytes()[:packed.Len()-6])
	var archive bytes.Buffer
	zw := zip.NewWriter(&archive)
	w, err := zw.Create("calls.csv")
	require.NoError(t, err)
	_, _ = w.Write([]byte(canaryAgent))
	w, err = zw.Create("inner.gz")
	require.NoError(t, err)
	_, _ = w.Write(packed.Bytes())
	require.NoError(t, zw.Close())
	write("copy.zip", archive.Bytes())
	write("for "+canaryIP+".txt", nil)

	got := record(func(t retentiontest.T) { canary.SearchFiles(t, dir) })
	for _, want := range []string{
		"data.db-wal: value 1", "export.csv.gz, uncompressed: value 0", "copy.zip, calls.csv: value 3",
		"copy.zip, inner.gz, uncompressed: value 0", "a name in " + dir + ": value 1", "cut.gz, uncompressed: unexpected EOF",
	} {
		require.Contains(t, got.text(), want)
	}

	for name, root := range map[string]string{"missing": filepath.Join(dir, "missing"), "empty": t.TempDir()} {
		require.NotEmpty(t, record(func(t retentiontest.T) { canary.SearchFiles(t, root) }).failures, "%s: nothing was searched", name)
	}
	require.Contains(t, record(func(t retentiontest.T) { canary.SearchFiles(t, filepath.Join(dir, "a/b/data.db-wal")) }).text(), "value 1")
}

func TestCanaryPanics(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{
		"text": "no route to " + canaryIP, "error": fmt.Errorf("call: %w", errors.New(canaryNumber)),
		"struct": struct{ Remote string }{canaryIP}, "bytes": "x" + hex.EncodeToString([]byte(canaryIP)),
	} {
		got := record(func(t retentiontest.T) { canary.SearchPanic(t, func() { panic(value) }) })
		require.Contains(t, got.text(), "canary: a panic: value ", name)
	}
	require.Empty(t, record(func(t retentiontest.T) { canary.SearchPanic(t, func() { panic("something else") }) }).failures)
	require.Empty(t, record(func(t retentiontest.T) { canary.SearchPanic(t, func() {}) }).failures)
}

// TestCanaryInALog shows what net/http writes when a handler panics.
func TestCanaryInALog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("x") }))
	srv.Config.ErrorLog = log.New(&out, "", 0)
	srv.Start()
	resp, err := http.Get(srv.URL) //nolint:noctx // it has no answer
	if err == nil {
		_ = resp.Body.Close()
	}
	srv.Close()
	c := retentiontest.Canary{Values: []string{"127.0.0.1"}}
	require.Contains(t, record(func(t retentiontest.T) { c.Search(t, "http.Server.ErrorLog", out.Bytes()) }).text(), "value 0 as text")
}

func TestCanaryMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []retentiontest.Canary{{}, {Values: []string{"1.1.1"}}, {Values: []string{canaryIP, ""}}} {
		require.True(t, record(func(t retentiontest.T) { c.Search(t, "x", nil) }).fatal)
		require.True(t, record(func(t retentiontest.T) { c.SearchFiles(t, ".") }).fatal)
		require.True(t, record(func(t retentiontest.T) { c.SearchPanic(t, func() {}) }).fatal)
	}
}

func BenchmarkCanary(b *testing.B) {
	data := make([]byte, 64<<20)
	_, _ = rand.NewChaCha8([32]byte{2}).Read(data)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		canary.Search(b, "x", data)
	}
}
