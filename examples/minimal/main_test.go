package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the directory of the README.
const root = "../.."

// readme returns the README.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	return string(text)
}

// TestReadmeProgram: the program of the README is this one, which the compiler
// has just accepted, and it is short.
func TestReadmeProgram(t *testing.T) {
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	_, program, ok := strings.Cut(string(source), "// README.\n")
	require.True(t, ok)
	require.Contains(t, readme(t), "```go\n"+program+"```\n")

	lines := 0
	for line := range strings.Lines(program) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	require.LessOrEqual(t, lines, 25)
}

// TestReadmeIsShort: a README is read if it is.
func TestReadmeIsShort(t *testing.T) {
	require.LessOrEqual(t, strings.Count(readme(t), "\n"), 250)
}

// TestReadmeNames: the tests that the README cites exist, and so do the files it
// links to.
func TestReadmeNames(t *testing.T) {
	var tests strings.Builder
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	}))
	names := regexp.MustCompile(`\b(Test|Benchmark)[A-Z]\w+`).FindAllString(readme(t), -1)
	require.NotEmpty(t, names)
	for _, name := range names {
		require.Contains(t, tests.String(), "func "+name)
	}
	for _, link := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(readme(t), -1) {
		_, err := os.Stat(filepath.Join(root, link[1]))
		require.NoError(t, err)
	}
}
