package retentiontest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
)

// Canary searches for values that must not be anywhere: addresses, user agents,
// numbers of callers, session ids. Give a test's requests values that occur
// nowhere else, run it, and search all that it left behind.
//
// A value is found as it is, in URLs and JSON, in capitals and in lower case, as
// UTF-16, in hexadecimal and base64 of either alphabet and any alignment, and
// reversed; a number also without its plus sign and as the integer of 6 or 8
// bytes that SQLite writes; an IP address also as the 16 bytes of net/netip.
// Then as its MD5, SHA-1, SHA-256 and SHA-512 and as its HMAC-SHA-256 with each
// of the keys, plain, in hexadecimal and in base64, also cut off after 8 bytes.
// Members of gzip and zip files are searched too.
//
// What was encrypted, hashed with a key or salt that is not given, or cut below
// 8 bytes is not found.
type Canary struct {
	// Values are what is searched for. One of less than 6 bytes is a mistake: it
	// would be found by accident.
	Values []string
	// Keys are the keys of which a HMAC may have been made.
	Keys [][]byte
}

// Search fails the test if a value is in data, which the text names: a log, an
// export, a response.
func (c Canary) Search(t T, name string, data []byte) {
	t.Helper()
	if s := c.searcher(t); s != nil {
		report(t, name, s, bytes.NewReader(data))
	}
}

// SearchFiles fails the test if a value is in one of the files, in a file below
// one of the directories, or in the name of one. What can't be read is a
// failure; links are searched as files if they lead to one.
func (c Canary) SearchFiles(t T, roots ...string) {
	t.Helper()
	s := c.searcher(t)
	if s == nil {
		return
	}
	for _, root := range roots {
		found := false
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			report(t, "a name in "+filepath.Dir(path), s, bytes.NewReader([]byte(entry.Name())))
			info, err := os.Stat(path)
			if err != nil || !info.Mode().IsRegular() {
				return err
			}
			found = true
			f, err := os.Open(path) //nolint:gosec // the test names the directory
			if err != nil {
				return err
			}
			defer f.Close()
			report(t, path, s, f)
			return nil
		})
		if err == nil && !found {
			err = errors.New("has no files, so nothing was searched")
		}
		if err != nil {
			t.Errorf("canary: %s: %v", root, err)
		}
	}
}

// SearchPanic calls f and fails the test if it panics with a value in what it
// panicked with or in the stack. Whether it panics otherwise does not matter.
func (c Canary) SearchPanic(t T, f func()) {
	t.Helper()
	s := c.searcher(t)
	if s == nil {
		return
	}
	// The stack has the arguments of calls as addresses, and what was panicked
	// with in its first line.
	defer func() {
		t.Helper()
		if p := recover(); p != nil {
			report(t, "a panic", s, bytes.NewReader(fmt.Appendf(nil, "%v\n%+v\n%s", p, p, debug.Stack())))
		}
	}()
	f()
}

// searcher returns what searches for the values, or nil after it has failed the
// test.
func (c Canary) searcher(t T) *searcher {
	t.Helper()
	if len(c.Values) == 0 {
		t.Fatalf("canary: no values to search for")
		return nil
	}
	// All forms of all values are searched for at once.
	s := newSearcher()
	for i, value := range c.Values {
		if len(value) < minPattern {
			t.Fatalf("canary: value %d has less than %d bytes", i, minPattern)
			return nil
		}
		for _, f := range formsOf(value, c.Keys) {
			s.add(f.pattern, fmt.Sprintf("value %d as %s", i, f.name))
		}
	}
	return s
}

// maxInflated bounds what is read of one compressed member.
const maxInflated = 1 << 30

// report fails the test for each form of a value that is in r. The text has no
// value: a log of a failed test is read by many. What begins like a gzip or zip
// file is read whole, searched as it is, and then opened.
func report(t T, name string, s *searcher, r io.Reader) {
	t.Helper()
	buffered := bufio.NewReader(r)
	magic, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Errorf("canary: %s: %v", name, err)
		return
	}
	var whole []byte
	if bytes.HasPrefix(magic, []byte("\x1f\x8b")) || bytes.HasPrefix(magic, []byte("PK\x03\x04")) {
		if whole, err = io.ReadAll(buffered); err != nil {
			t.Errorf("canary: %s: %v", name, err)
			return
		}
		buffered.Reset(bytes.NewReader(whole))
	}
	hits, err := s.search(buffered)
	for _, h := range hits {
		t.Errorf("canary: %s: %s at byte %d", name, h.form, h.offset)
	}
	if err != nil {
		t.Errorf("canary: %s: %v", name, err)
	}
	if whole != nil {
		inflate(t, name, s, whole)
	}
}

// inflate searches the members of a gzip or zip file. What only looks like one
// has been searched as it is.
func inflate(t T, name string, s *searcher, data []byte) {
	t.Helper()
	if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		report(t, name+", uncompressed", s, io.LimitReader(z, maxInflated))
		return
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return
	}
	for _, member := range archive.File {
		report(t, name+", the name of a member", s, bytes.NewReader([]byte(member.Name+member.Comment)))
		r, err := member.Open()
		if err != nil {
			t.Errorf("canary: %s: %s: %v", name, member.Name, err)
			continue
		}
		report(t, name+", "+member.Name, s, io.LimitReader(r, maxInflated))
		if err := r.Close(); err != nil {
			t.Errorf("canary: %s: %s: %v", name, member.Name, err)
		}
	}
}
