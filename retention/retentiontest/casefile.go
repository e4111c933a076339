package retentiontest

import (
	"fmt"
	"strings"
)

// caseFile is the text of a case in its parts.
type caseFile struct {
	path     string
	lines    []string // as they stand in the file
	sections []section
}

// section is what follows a line such as "-- hold H1 --".
type section struct {
	kind, label string // "hold", "H1"
	// line is where it begins, counted from 0 like all lines of the file.
	line    int
	entries []entry
	// last is the line after its last one that is not empty: what follows
	// separates it from the next section and stays where it is.
	last int
}

// entry is a line of a section. Lines of a timeline have no key.
type entry struct {
	key, value string
	line       int
}

// kinds are the sections that a case may have.
const kinds = "agreement hold record timeline"

// parseCase takes the text of a case apart. Before the first section stands what
// the case is about, in free words; empty lines and those that begin with # mean
// nothing. Errors begin with file and line.
func parseCase(path, text string) (*caseFile, error) {
	f := &caseFile{path: path, lines: strings.Split(strings.TrimRight(text, "\r\n\t "), "\n")}
	for i, line := range f.lines {
		line = strings.TrimSpace(line)
		if inner, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(inner, " --") {
			kind, label, _ := strings.Cut(strings.TrimSuffix(inner, " --"), " ")
			if !strings.Contains(" "+kinds+" ", " "+kind+" ") || kind == "" {
				return nil, f.errorf(i, "no section %q; there are %s", kind, kinds)
			}
			f.sections = append(f.sections, section{kind: kind, label: strings.TrimSpace(label), line: i, last: i + 1})
			continue
		}
		if len(f.sections) == 0 || line == "" {
			continue
		}
		s := &f.sections[len(f.sections)-1]
		s.last = i + 1
		if line[0] == '#' {
			continue
		}
		e := entry{value: line, line: i}
		if s.kind != "timeline" {
			var ok bool
			if e.key, e.value, ok = strings.Cut(line, ":"); !ok || e.key == "" {
				return nil, f.errorf(i, "%.40q is not written as key: value", line)
			}
			if e.value = strings.TrimSpace(e.value); s.has(e.key) {
				return nil, f.errorf(i, "%q stands there twice", e.key)
			}
		}
		s.entries = append(s.entries, e)
	}
	return f, nil
}

// has reports whether the section has the key.
func (s *section) has(key string) bool {
	for _, e := range s.entries {
		if e.key == key {
			return true
		}
	}
	return false
}

// errorf returns an error about a line, counted from 0.
func (f *caseFile) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", f.path, line+1, fmt.Sprintf(format, args...))
}

// replace returns the text of the file with other lines in its timelines, by
// section. Remarks between the old lines go with them.
func (f *caseFile) replace(timelines map[int][]string) string {
	var out []string
	next := 0
	for i, s := range f.sections {
		if lines, ok := timelines[i]; ok {
			out = append(out, f.lines[next:s.line+1]...)
			out = append(out, lines...)
			next = s.last
		}
	}
	return strings.Join(append(out, f.lines[next:]...), "\n") + "\n"
}
