package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// curl is a browser: the program of that name with a file of cookies.
type curl struct{ path, jar string }

// newCurl returns a curl without cookies.
func newCurl(t *testing.T, path string) *curl {
	t.Helper()
	return &curl{path: path, jar: filepath.Join(t.TempDir(), "cookies.txt")}
}

// open runs curl.
func (c *curl) open(t *testing.T, url string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), c.path, "--disable", "--silent", "--show-error", "--noproxy", "*",
		"--max-time", "60", "--include", "--cookie", c.jar, "--cookie-jar", c.jar, url)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	header, html, found := strings.Cut(string(out), "\r\n\r\n")
	require.True(t, found, string(out))
	for line := range strings.SplitSeq(header, "\r\n") {
		if name, value, _ := strings.Cut(line, ": "); strings.EqualFold(name, "Set-Cookie") {
			require.Contains(t, value, "; Path=/")
			require.Contains(t, value, "; HttpOnly")
			require.Contains(t, value, "; SameSite=Lax")
		}
	}
	return html
}

// cookies reads the names in the file of cookies, of which the test's server is
// the only host.
func (c *curl) cookies(t *testing.T, _ string) []string {
	t.Helper()
	text, err := os.ReadFile(c.jar)
	require.NoError(t, err)
	var names []string
	for line := range strings.Lines(string(text)) {
		// Host, subdomains, path, secure, end, name, value.
		if fields := strings.Split(line, "\t"); len(fields) == 7 {
			names = append(names, fields[5])
		}
	}
	return names
}
