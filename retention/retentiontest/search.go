package retentiontest

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

const (
	// minPattern is the shortest pattern. Shorter ones are found by accident.
	minPattern = 6
	chunkSize  = 1 << 20
)

// searcher finds many patterns in one pass over a stream, so that a large
// database with many canaries is a matter of seconds.
type searcher struct {
	// starts tells which two bytes begin a pattern; most places are passed with
	// one look at it.
	starts [1 << 16]bool
	// patterns are by their first four bytes.
	patterns map[[4]byte][]named
	longest  int
}

// named is a pattern with the name of its form.
type named struct {
	pattern []byte
	form    string
}

// hit is a place where a pattern was found, the first for each form.
type hit struct {
	form   string
	offset int64
}

// newSearcher returns a searcher without patterns, which finds nothing.
func newSearcher() *searcher { return &searcher{patterns: make(map[[4]byte][]named)} }

// add adds a pattern of at least minPattern bytes.
func (s *searcher) add(pattern []byte, form string) {
	first := [4]byte(pattern)
	if slices.ContainsFunc(s.patterns[first], func(n named) bool { return bytes.Equal(n.pattern, pattern) }) {
		return
	}
	s.starts[int(pattern[0])<<8|int(pattern[1])] = true
	s.patterns[first] = append(s.patterns[first], named{pattern, form})
	s.longest = max(s.longest, len(pattern))
}

// search reads r to its end and returns the hits, and the error that ended it
// early.
func (s *searcher) search(r io.Reader) ([]hit, error) {
	var hits []hit
	seen := make(map[string]bool)
	buf := make([]byte, 0, chunkSize+s.longest)
	var base int64 // of buf[0] in the stream
	for {
		// A reader may return less than it is asked for, and an error of its own
		// that looks like an early end: io.ReadFull would hide it.
		var err error
		for full := len(buf) + chunkSize; len(buf) < full && err == nil; {
			var n int
			n, err = r.Read(buf[len(buf):full])
			buf = buf[:len(buf)+n]
		}
		for i := 0; i+minPattern <= len(buf); i++ {
			if !s.starts[int(buf[i])<<8|int(buf[i+1])] {
				continue
			}
			// Few places come this far: two bytes of 65,536 for each pattern.
			for _, p := range s.patterns[[4]byte(buf[i:])] {
				if bytes.HasPrefix(buf[i:], p.pattern) && !seen[p.form] {
					seen[p.form] = true
					hits = append(hits, hit{p.form, base + int64(i)})
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return hits, nil
		}
		if err != nil {
			return hits, err
		}
		// A pattern may lie across two chunks.
		keep := min(len(buf), s.longest-1)
		base += int64(len(buf) - keep)
		buf = append(buf[:0], buf[len(buf)-keep:]...)
	}
}
