package retentiontest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qooqie/qooqie/retention"
)

// nobody stands for the customer and the controller of a case that names none.
const nobody = "customer"

// testCase is a case with the values that it speaks of.
type testCase struct {
	*caseFile
	// agreements, holds and records are in the order of the file.
	agreements []retention.Agreement
	holds      []retention.LegalHold
	records    []*caseRecord
	zone       *time.Location // of the first agreement
}

// caseRecord is a record with the timeline that the case expects.
type caseRecord struct {
	retention.Record
	// label is what stands behind the word record, for people.
	label string
	line  int
	// section is the index of the timeline, -1 if there is none.
	section int
	// want has the lines of the timeline.
	want []string
}

// readCases reads all files in dir whose name ends in .case. Mistakes are
// reported and their files left out.
func readCases(t T, dir string) []*testCase {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.case"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("retentiontest: no file *.case in %s", dir)
		return nil
	}
	var cases []*testCase
	for _, path := range paths {
		text, err := os.ReadFile(path) //nolint:gosec // the test names the directory
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		c, err := newCase(path, string(text))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		cases = append(cases, c)
	}
	return cases
}

// newCase reads the text of one case.
func newCase(path, text string) (*testCase, error) {
	f, err := parseCase(path, text)
	if err != nil {
		return nil, err
	}
	c := &testCase{caseFile: f}
	for _, kind := range strings.Fields(kinds) { // agreements first: they have the zone
		for i := range f.sections {
			if f.sections[i].kind != kind {
				continue
			}
			if err := c.take(i); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range c.records {
		if r.section < 0 {
			return nil, f.errorf(r.line, "no section -- timeline -- after this record; write it, and run the test with -update")
		}
	}
	if len(c.records) == 0 {
		return nil, f.errorf(0, "no section -- record --")
	}
	return c, nil
}

// take adds section i.
func (c *testCase) take(i int) error {
	s := &c.sections[i]
	// Every key has its place in a value, and the type of the place says how its
	// text is read.
	switch s.kind {
	case "agreement":
		a, err := c.agreement(s)
		if err != nil {
			return err
		}
		loc, err := a.Location()
		if err != nil {
			return c.errorf(s.line, "zone: %v", err)
		}
		if c.zone == nil {
			c.zone = loc
		}
		c.agreements = append(c.agreements, a)
	case "hold":
		h := retention.LegalHold{ID: s.label, Customer: nobody}
		c.holds = append(c.holds, h)
		p := &c.holds[len(c.holds)-1]
		return c.assign(s, nil, map[string]any{
			"customer": &p.Customer, "agreement": &p.Agreement, "class": (*string)(&p.Class), "authority": &p.Authority,
			"reason": &p.Reason, "from": &p.From, "review": &p.Review, "released": &p.Released,
		})
	case "record":
		r := &caseRecord{label: s.label, line: s.line, section: -1}
		r.Customer, r.Times = nobody, make(map[string]time.Time)
		c.records = append(c.records, r)
		return c.assign(s, r.Times, map[string]any{
			"class": (*string)(&r.Class), "customer": &r.Customer, "agreement": &r.Agreement,
			"stored": &r.Stored, "asked": &r.Asked, "fields": &r.Fields,
		})
	case "timeline":
		return c.timeline(i)
	}
	return nil
}

// agreement returns the agreement of a section. Whether it is valid is left to
// the policy's Terms, whose errors name the field.
func (c *testCase) agreement(s *section) (retention.Agreement, error) {
	var a retention.Agreement
	if s.has("own use") {
		a = retention.OwnUse(nobody, retention.Date{})
	}
	a.ID, a.Customer, a.Controller = s.label, nobody, nobody
	if a.ID == "" {
		a.ID = "agreement"
	}
	var ownUse string // read before, and only checked now
	err := c.assign(s, nil, map[string]any{
		"customer": &a.Customer, "controller": &a.Controller, "start": &a.Start, "end": &a.End, "zone": &a.Zone,
		"grace": &a.GraceMonths, "choice": &a.Choice, "policy": &a.PolicyHash, "continues": &a.Continues,
		"end entered": &a.EndEntered, "handed over": &a.HandedOver, "erase through": &a.EraseThrough, "own use": &ownUse,
	})
	if err == nil && s.has("own use") && ownUse != "yes" {
		err = c.errorf(s.line, "own use: must be yes; leave it out otherwise")
	}
	return a, err
}

// timeline takes the lines that belong to the record before section i. Only
// their instants are read; the rest is compared as text, so that a state that
// does not exist is a difference like any other.
func (c *testCase) timeline(i int) error {
	s := &c.sections[i]
	if i == 0 || c.sections[i-1].kind != "record" {
		return c.errorf(s.line, "a timeline stands after its record")
	}
	at := slices.IndexFunc(c.records, func(r *caseRecord) bool { return r.line == c.sections[i-1].line })
	c.records[at].section = i
	for _, e := range s.entries {
		if _, err := c.instant(strings.Fields(e.value)[0]); err != nil {
			return c.errorf(e.line, "%v", err)
		}
		c.records[at].want = append(c.records[at].want, e.value)
	}
	return nil
}

// assign writes the values of a section to their places, and those of other keys
// to times, if there are any.
func (c *testCase) assign(s *section, times map[string]time.Time, places map[string]any) error {
	for _, e := range s.entries {
		var err error
		switch place := places[e.key].(type) {
		case *string:
			*place = e.value
		case *[]string:
			*place = strings.Fields(e.value)
		case *retention.Date:
			*place, err = retention.ParseDate(e.value)
		case *retention.Choice:
			*place, err = retention.ParseChoice(e.value)
		case *int:
			if *place, err = strconv.Atoi(e.value); e.value == "none" {
				*place, err = retention.NoGrace, nil
			}
		case *time.Time:
			*place, err = c.instant(e.value)
		default:
			if err = errors.New("no such key"); times != nil {
				times[e.key], err = c.instant(e.value)
			}
		}
		if err != nil {
			return c.errorf(e.line, "%s: %v", e.key, err)
		}
	}
	return nil
}

// instant reads an instant: a date, which is the beginning of that day in the
// zone of the first agreement, or a time with its offset.
func (c *testCase) instant(value string) (time.Time, error) {
	if d, err := retention.ParseDate(value); err == nil && c.zone != nil {
		return d.Start(c.zone), nil
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return time.Time{}, errors.New("not a date such as 2026-11-24, nor a time such as 2026-11-24T15:04:05+01:00")
	}
	return t, nil
}
