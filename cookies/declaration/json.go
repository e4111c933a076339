package declaration

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// document is the JSON of a declaration.
type document struct {
	Controller  string           `json:"controller"`
	Recipients  []string         `json:"recipients"`
	Profile     string           `json:"profile"`
	Class       string           `json:"class"`
	Kinds       []kindDocument   `json:"kinds"`
	Cookies     []cookieDocument `json:"cookies"`
	Reasons     []reasonDocument `json:"reasons"`
	Statements  []Text           `json:"statements"`
	Objection   string           `json:"objection,omitempty"`
	LegalReview *LegalReview     `json:"legalReview,omitempty"`
	ClassHash   string           `json:"classHash,omitempty"`
}

type kindDocument struct {
	Class string `json:"class"`
	Text  Text   `json:"text"`
}

type cookieDocument struct {
	Cookie
	Class     string `json:"class"`
	Hosts     Text   `json:"hosts"`
	Life      Text   `json:"life"`
	MaxAge    int64  `json:"maxAgeSeconds,omitempty"`
	Refreshed bool   `json:"refreshed"`
}

type reasonDocument struct {
	Class  string `json:"class,omitempty"`
	Source string `json:"source"`
	Text   Text   `json:"text"`
}

// MarshalJSON returns the declaration in both languages. Its error is always nil.
func (d Declaration) MarshalJSON() ([]byte, error) {
	doc := d.document()
	doc.ClassHash = d.hash
	if r, ok := d.LegalReview(); ok {
		doc.LegalReview = &r
	}
	return json.Marshal(doc)
}

// document returns all but the hash and the review.
func (d Declaration) document() document {
	doc := document{
		Controller: d.cfg.Controller,
		Recipients: append([]string{}, d.cfg.Recipients...),
		Profile:    word(d.cfg.Profile.String()),
		Class:      word(d.class.String()),
		Statements: d.statements,
		Objection:  d.cfg.Objection,
	}
	for _, k := range kinds {
		doc.Kinds = append(doc.Kinds, kindDocument{word(k.class.String()), k.text})
	}
	for _, c := range d.cookies {
		doc.Cookies = append(doc.Cookies, cookieDocument{
			Cookie: c, Class: word(c.Class.String()), Hosts: hosts(d.cfg.Scope), Life: c.life(),
			MaxAge: int64(c.MaxAge / time.Second),
		})
	}
	for _, r := range d.reasons {
		doc.Reasons = append(doc.Reasons, reasonDocument{word(r.Class.String()), r.Source, reasonText(r)})
	}
	return doc
}

// word is a name as JSON has it.
func word(name string) string { return strings.ToLower(name) }

// reasonText is a reason in both languages.
func reasonText(r cookies.ClassReason) Text { return Text{Dutch: r.Dutch, English: r.English} }
