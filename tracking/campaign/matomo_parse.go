package campaign

import "strings"

// listEntry is one block of a list: a name with hosts, and for a search engine
// what a referrer of it has.
type listEntry struct {
	name  string
	hosts []string
	// params are the names of parameters with a keyword. Expressions are left
	// out.
	params []string
	// bare says that referrers come without a keyword, and without path.
	bare bool
}

// listParser reads a list line by line. The files are made by hand and in two
// shapes only:
//
//	Name:                      Name:
//	  - host                     -
//	  - host                       urls:
//	                                 - host
//	                               params:
//	                                 - name
//	                               backlink: 'text'
//
// A parser for all of YAML would be twenty times as much code that every site
// links in, for features that would be mistakes here: anchors, types, tags.
type listParser struct {
	file    string
	line    int
	name    string
	entries []listEntry
	// list is the key of an engine whose items follow. It is empty for items
	// right below the name.
	list string
	// engine says that blocks with keys have come below the name, items that
	// plain items have.
	engine, items bool
}

// parseList returns the blocks of a list in its order.
func parseList(file, text string) ([]listEntry, error) {
	p := listParser{file: file}
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		p.line++
		if err := p.read(strings.TrimRight(line, " \r")); err != nil {
			return nil, err
		}
	}
	return p.entries, nil
}

// fail returns the error for the present line.
func (p *listParser) fail(reason string) error {
	return &ListError{File: p.file, Line: p.line, Reason: reason}
}

// read reads one line without space at its end.
func (p *listParser) read(line string) error {
	rest := strings.TrimLeft(line, " ")
	switch {
	case rest == "" || rest[0] == '#' || line == "---":
		return nil
	case strings.ContainsAny(line, "\t\r"):
		return p.fail("a tab")
	case len(rest) == len(line):
		return p.readName(line)
	case p.name == "":
		return p.fail("an item without a name above it")
	}
	item, isItem := strings.CutPrefix(rest, "-")
	if !isItem {
		return p.readKey(rest)
	}
	if item != "" && item[0] != ' ' {
		return p.fail("a dash without a space after it")
	}
	switch item = strings.TrimLeft(item, " "); {
	case item == "":
		return p.begin()
	case isKey(item):
		if err := p.begin(); err != nil {
			return err
		}
		return p.readKey(item)
	}
	return p.readItem(item)
}

// readName reads the name of what follows.
func (p *listParser) readName(line string) error {
	text, ok := strings.CutSuffix(line, ":")
	name, plain := scalar(text)
	if !ok || !plain || name == "" {
		return p.fail("a name must be followed by a colon and nothing else")
	}
	p.name, p.list, p.engine, p.items = name, "", false, false
	return nil
}

// begin begins a block with keys.
func (p *listParser) begin() error {
	if p.items {
		return p.fail("a block below a name that has plain items")
	}
	p.engine, p.list = true, ""
	p.entries = append(p.entries, listEntry{name: p.name})
	return nil
}

// listKeys are the keys of a block.
var listKeys = [...]string{"urls", "params", "hiddenkeyword", "charsets", "backlink"}

// isKey reports whether an item begins with one of the keys.
func isKey(item string) bool {
	for _, key := range listKeys {
		if rest, ok := strings.CutPrefix(item, key); ok && (rest == ":" || strings.HasPrefix(rest, ": ")) {
			return true
		}
	}
	return false
}

// readKey reads a key of a block, with or without its value.
func (p *listParser) readKey(text string) error {
	key, value, found := strings.Cut(text, ":")
	if !found || !p.engine {
		return p.fail("neither a name, an item nor a key of a block")
	}
	p.list = ""
	switch value = strings.TrimLeft(value, " "); {
	case !isKey(text):
		return p.fail("an unknown key")
	case value == "[]":
	case value == "":
		p.list = key
	case key != "backlink":
		return p.fail("a list is needed")
	default:
		if _, ok := scalar(value); !ok {
			return p.fail("a text with a sign that means more in YAML")
		}
	}
	return nil
}

// readItem reads one item of a list.
func (p *listParser) readItem(text string) error {
	value, ok := scalar(text)
	if !ok {
		return p.fail("a text with a sign that means more in YAML")
	}
	if p.engine && p.list == "" {
		return p.fail("an item without a key above it")
	}
	if !p.engine && !p.items {
		p.items = true
		p.entries = append(p.entries, listEntry{name: p.name})
	}
	e := &p.entries[len(p.entries)-1]
	switch p.list {
	case "", "urls":
		e.hosts = append(e.hosts, value)
	case "params":
		// What begins with a slash is an expression for a path.
		if value != "" && value[0] != '/' && value != " " {
			e.params = append(e.params, value)
		}
	case "hiddenkeyword":
		e.bare = e.bare || value == "/" || value == "/^$/" || value == "/.*/"
	}
	return nil
}

// scalar returns the text of a plain or quoted scalar, and whether it is one that
// means just that.
func scalar(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	switch quote := s[0]; quote {
	case '\'', '"':
		if len(s) < 2 || s[len(s)-1] != quote {
			return "", false
		}
		inner := s[1 : len(s)-1]
		if quote == '"' {
			return inner, !strings.ContainsAny(inner, `"\`)
		}
		text := strings.ReplaceAll(inner, "''", "\x00")
		return strings.ReplaceAll(text, "\x00", "'"), !strings.Contains(text, "'")
	}
	return s, !strings.ContainsRune("&*!|>%@`{[]},?:-#", rune(s[0])) &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":")
}
