package declaration

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Config is what the running configuration does that has to be told.
type Config struct {
	// Controller is who decides what the data is used for, as visitors know them.
	// Required (GDPR, article 13(1)(a)).
	Controller string
	// Recipients are who else gets the data, such as the processor (article
	// 13(1)(e)).
	Recipients []string
	// Profile is what the site does without consent. Required.
	Profile cookies.Profile
	// Use is what the cookies are used for, with their life.
	Use cookies.Use
	// Scope says which hosts get the cookies.
	Scope cookies.Scope
	// Objection is the path that takes objections by POST, with the field
	// "objection" as "object" or "take-back". "" leaves the form out.
	Objection string
	// AddressCap says that requests are counted by a part of the visitor's
	// address, in memory only.
	AddressCap bool
	// OtherOrigin says that the script is loaded from another host of the site's
	// domain, where Safari cuts the life of cookies to 7 days.
	OtherOrigin bool
	// LegalReview is printed while it is about this very declaration.
	LegalReview LegalReview
}

// LegalReview says that somebody looked at a declaration, not what they found.
type LegalReview struct {
	// By is who looked at it.
	By string `json:"by"`
	// Date is when, such as "2026-11-24".
	Date string `json:"date"`
	// ClassHash is what [Declaration.ClassHash] returned then.
	ClassHash string `json:"classHash"`
}

// Text is the same in the two languages.
type Text struct {
	Dutch   string `json:"nl"`
	English string `json:"en"`
}

// Cookie is a cookie in one of its uses: qooqie_sid is declared twice, as the
// session and as the objection.
type Cookie struct {
	Name  string        `json:"name"`
	Class cookies.Class `json:"-"`
	// Value is the fixed value, or "" if values differ.
	Value string `json:"value,omitempty"`
	// Purposes are what it is for, Consented what it is for only with consent.
	Purposes  []Text `json:"purposes"`
	Consented []Text `json:"onlyWithConsent,omitempty"`
	// Fields are what it holds.
	Fields []Text `json:"fields"`
	// MaxAge is its life from the first issue, and Months the calendar months
	// that it never exceeds. Either may be 0, for none.
	MaxAge time.Duration `json:"-"`
	Months int           `json:"months,omitempty"`
}

// Declaration is what a site tells about its cookies. It is made by [New], does
// not change and is safe for concurrent use.
type Declaration struct {
	cfg        Config
	class      cookies.Class
	cookies    []Cookie
	reasons    []cookies.ClassReason
	statements []Text
	hash       string
}

// New returns the declaration of a configuration.
//
// The error joins a [*cookies.ConfigError] for each mistake: no Controller, no
// Profile, a life that cookies can't have, or a text that judges.
func New(c Config) (Declaration, error) {
	if err := c.validate(); err != nil {
		return Declaration{}, err
	}
	d := Declaration{cfg: c, cookies: declare(c), statements: state(c)}
	d.class, d.reasons = cookies.Classify(c.Use)
	whole, err := json.Marshal(d.document())
	if err != nil {
		return Declaration{}, err
	}
	sum := sha256.Sum256(whole)
	d.hash = hex.EncodeToString(sum[:])
	return d, nil
}

// judging are words that a declaration never has: nobody approves cookies, and
// whether consent is needed is for a court to say.
var judging = []string{"goedgekeurd", "niet nodig", "avg-proof"}

// validate returns all mistakes, joined.
func (c Config) validate() error {
	var errs []error
	if c.Controller == "" {
		errs = append(errs, &cookies.ConfigError{Field: "Controller", Reason: "visitors have a right to know who it is (GDPR, article 13)"})
	}
	if !c.Profile.Valid() {
		errs = append(errs, &cookies.ConfigError{Field: "Profile", Value: c.Profile.String(), Reason: "a profile is needed"})
	}
	if life := c.Use.Life; life != 0 && (life < time.Second || life > longestLife) {
		errs = append(errs, &cookies.ConfigError{Field: "Use.Life", Value: life.String(), Reason: "no cookie is set with this life"})
	}
	for _, given := range []struct{ field, text string }{
		{"Controller", c.Controller}, {"Recipients", strings.Join(c.Recipients, ", ")}, {"Objection", c.Objection},
		{"LegalReview.By", c.LegalReview.By}, {"LegalReview.Date", c.LegalReview.Date},
	} {
		for _, word := range judging {
			if strings.Contains(strings.ToLower(given.text), word) {
				errs = append(errs, &cookies.ConfigError{
					Field: given.field, Value: given.text, Reason: "a declaration informs and does not judge",
				})
			}
		}
	}
	return errors.Join(errs...)
}

// Class returns the class of the configuration.
func (d Declaration) Class() cookies.Class { return d.class }

// Cookies returns the cookies that are declared. They are the declaration's own
// and must not be changed.
func (d Declaration) Cookies() []Cookie { return d.cookies }

// ClassHash returns a hash of all that is declared, in both languages, but for
// the review itself. Any change of the configuration or of a text changes it.
func (d Declaration) ClassHash() string { return d.hash }

// LegalReview returns the review, if it was about this declaration.
func (d Declaration) LegalReview() (r LegalReview, ok bool) {
	r = d.cfg.LegalReview
	if r.By == "" || r.Date == "" || r.ClassHash != d.hash {
		return LegalReview{}, false
	}
	return r, true
}
