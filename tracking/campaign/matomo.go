package campaign

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"
)

// The files of Matomo's list.
const (
	fileSearch    = "SearchEngines.yml"
	fileSocial    = "Socials.yml"
	fileAssistant = "AIAssistants.yml"
	// maxList is the size of the largest file that is read.
	maxList = 4 << 20
)

// Lists are public lists of search engines, social networks and assistants, made
// by [LoadMatomo]. They do not change and are safe for concurrent use. Nil Lists
// are empty.
type Lists struct {
	// hosts finds a site by its host, with "{}" for the code of a country.
	hosts map[string]listed
	// names finds the kind of a site by its name in lower case.
	names map[string]kind
}

// listed is one host of a list.
type listed struct {
	site
	// params are the parameters that a referrer must have one of. Empty means
	// that the host alone is enough.
	params []string
}

// LoadMatomo reads the lists that Matomo keeps (matomo-org/
// searchengine-and-social-list, in the public domain as CC0 1.0):
// SearchEngines.yml, Socials.yml and, since 2025, AIAssistants.yml, which may be
// missing. They stand in the root of fsys. Give the result to [Config.Lists].
//
// The package's own tables come before them. Of a host that stands in several
// files the first counts, in this order: assistants, networks, search engines;
// for Facebook is in both of the latter. A search engine counts by its host alone
// where the list says that its referrers come without a keyword, or where the
// host itself says search; others, among them newspapers with a search box, only
// if the referrer has a parameter that the list names. Entries with a path are
// left out, since browsers send none.
//
// The files are read as what they are, a small part of YAML; anything else is a
// [*ListError] with its line. Other errors are those of fsys, wrapped.
func LoadMatomo(fsys fs.FS) (*Lists, error) {
	l := &Lists{hosts: make(map[string]listed), names: make(map[string]kind)}
	for _, file := range [...]struct {
		name string
		kind kind
	}{{fileAssistant, assistant}, {fileSocial, social}, {fileSearch, search}} {
		text, err := readList(fsys, file.name)
		if file.kind == assistant && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		entries, err := parseList(file.name, text)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			l.add(e, file.kind)
		}
	}
	return l, nil
}

// readList returns the text of a file.
func readList(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", fmt.Errorf("campaign: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("campaign: %s: %w", name, err)
	}
	if len(text) > maxList {
		return "", &ListError{File: name, Line: 1, Reason: "the file is larger than 4 MiB"}
	}
	return string(text), nil
}

// add adds the hosts of an entry that are not there yet.
func (l *Lists) add(e listEntry, k kind) {
	// Names are partly escaped, as Google%2B is.
	name := e.name
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	name = strings.ToLower(string(appendClean(nil, []byte(name))))
	if name == "" {
		return
	}
	if _, ok := l.names[name]; !ok {
		l.names[name] = k
	}
	for _, raw := range e.hosts {
		host, ok := listHost(raw)
		if !ok {
			continue
		}
		if _, ok := l.hosts[host]; ok {
			continue
		}
		entry := listed{site: site{name: name, kind: k, below: k == social}}
		if k == search && !e.bare && !saysSearch(host) {
			if entry.params = e.params; len(entry.params) == 0 {
				continue
			}
		}
		l.hosts[host] = entry
	}
}

// listHost returns a host of a list in lower case, and whether it is one.
func listHost(raw string) (string, bool) {
	host := strings.ToLower(raw)
	for _, front := range [...]string{"android-app://", "android-app//", "www."} {
		host = strings.TrimPrefix(host, front)
	}
	// The code of a country is a name of two letters.
	return host, isHostName(strings.ReplaceAll(host, country, "xx"))
}

// country stands in a list for the code of any country. At the end of a host it
// stands for those with a second part, such as co.uk, too.
const country = "{}"

// saysSearch reports whether a host begins with a word for searching, so that
// its pages are results.
func saysSearch(host string) bool {
	first, _, _ := strings.Cut(host, ".")
	switch first {
	case "search", "websearch", "isearch", "suche", "zoek", "zoeken", "recherche", "busca", "buscador", "pesquisa",
		"ricerca", "szukaj", "hledani":
		return true
	}
	return false
}
