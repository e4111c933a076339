package campaign

import (
	"net/url"
	"strings"
)

// Campaign says what brought a visitor. Empty fields are unknown. Campaigns are
// comparable. Every field is valid UTF-8 of at most 255 runes without control,
// format or bidi characters and without space at either end.
type Campaign struct {
	// Source is where the visitor came from, such as "google" or "example.org".
	Source string
	// Medium is the kind of source, such as "cpc" or "email".
	Medium string
	// Name is the campaign's name.
	Name string
	// Term is the search term or keyword.
	Term string
	// Content tells apart ads or links of one campaign.
	Content string
	// Channel is the channel group, such as "Paid Search"; the package
	// documentation lists them. Parse always sets it.
	Channel string
	// ClickID is the kind of click id that was present, such as "gclid"; never
	// its value.
	ClickID string
	// Referrer is the host of the referring page, without path, in lower case;
	// for an app on Android its package name. It is empty for referrers that are
	// no source.
	Referrer string
	// Landing is the path of the page, without query.
	Landing string
}

// Parse returns what brought the request for u with the given Referer header.
// It reads the first 16 KiB of the query only. Parse never fails: what it can't
// read it takes as text or leaves out.
//
// Self reports whether a host is the site itself; it is asked with a host name
// in lower case without port or trailing dot. A nil self means that none is.
func Parse(u *url.URL, referrer string, self func(host string) bool) Campaign {
	return (*Rules)(nil).Parse(u, referrer, self)
}

// fill sets what is still open: what the link says comes first, then where the
// visitor came from.
func (c *Campaign) fill(query string, from origin) {
	t := readTags(query)
	for f, text := range [fields]*string{
		fieldSource: &c.Source, fieldMedium: &c.Medium, fieldName: &c.Name, fieldTerm: &c.Term, fieldContent: &c.Content,
	} {
		if *text == "" {
			*text = t.value(field(f))
		}
	}
	if click := t.click; click != nil {
		c.ClickID = click.id
		switch {
		case c.Source == "" && (!click.shared || from.kind == unlisted):
			// A link that people share keeps its id: where it was clicked is
			// told better by a referrer that we know.
			from = origin{name: click.source, medium: click.medium}
		case c.Medium == "" && (!click.shared || strings.EqualFold(c.Source, click.source)):
			// The author named the source but not the medium. An id that nobody
			// passes on proves it; others do if they are of that source.
			c.Medium = click.medium
		}
	}
	if c.Source == "" {
		c.Source = from.name
		if c.Medium == "" {
			c.Medium = from.medium
		}
	}
}

// IsDirect reports whether nothing is known but the landing page: the visitor
// typed the address, used a bookmark, or came from the site itself. A direct
// visit is no reason to forget an earlier campaign.
func (c Campaign) IsDirect() bool {
	c.Channel, c.Landing = "", ""
	return c == Campaign{}
}

// origin is what a referrer says about the source.
type origin struct {
	name   string
	medium string
	kind   kind
}
