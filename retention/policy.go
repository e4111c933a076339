package retention

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Class names a kind of data that is kept alike, such as "call": as a rule that
// of one table. [DefaultPolicy] lists the classes of call tracking; a policy may
// have others.
type Class string

// Policy says how long each class of data is kept, and why. It is a plain value;
// as strict JSON it is what people sign, and [Policy.Hash] is what their
// [Agreement] names. The zero Policy is refused by [Policy.Validate].
type Policy struct {
	// Version names this text, for people: "2026-11". Required.
	Version string `json:"version"`
	// Notice is how long data is kept, and not used, that was overdue already
	// when the end of its agreement was entered. It has days, months or years.
	// Required.
	Notice Period `json:"notice"`
	// Rules are the rules. Their order decides which of two is named when both
	// end at the same instant. A class without rules is not kept at all.
	Rules []Rule `json:"rules"`
}

// Rule says until when the records of a class, or some of their fields, are
// kept. Where several rules speak of one class, each counts for itself and the
// one that ends first wins.
type Rule struct {
	// Name names the rule in decisions and documents: lower-case letters, digits
	// and hyphens. Required, once in a policy.
	Name string `json:"name"`
	// Class is the class that the rule speaks of. Required.
	Class Class `json:"class"`
	// Subject says whose data it is: "visitor", "caller", or "none" for what is
	// no personal data. Required.
	Subject string `json:"subject"`
	// Purpose says what the data is for (GDPR, article 5(1)(b)). Required.
	Purpose string `json:"purpose"`
	// Basis says what makes it lawful (GDPR, article 6). Required.
	Basis string `json:"basis"`
	// Keep is how long the data is kept. Required.
	Keep Period `json:"keep"`
	// From names the time of the record at which Keep begins, such as "started".
	// Required for a period with a number and for "until then"; others have
	// none.
	From string `json:"from,omitempty"`
	// Empties names the fields that are emptied at the end of Keep. Without
	// any, the whole record is erased.
	Empties []string `json:"empties,omitempty"`
	// Outlives keeps the records after the end of the agreement and through a
	// person's request. Only what is no personal data may, and only if all
	// rules of its class say so.
	Outlives bool `json:"outlives,omitempty"`
	// Reason says why it is kept for so long and no longer (GDPR, article
	// 5(1)(e)). Required.
	Reason string `json:"reason"`
}

// hashPrefix begins what is hashed. A change of what the words mean changes it.
const hashPrefix = "qooqie policy 1\n"

// Hash returns the SHA-256 of the policy, in lower-case hexadecimal. It is taken
// over the line "qooqie policy 1" and the JSON as [encoding/json.Marshal] writes
// it: without spaces, the fields in the order of the types, empty optional ones
// left out. So it does not change with the layout of a file, and with
// everything else.
//
// It returns "" for a policy that is not valid.
func (p Policy) Hash() string {
	text, err := p.MarshalJSON()
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append([]byte(hashPrefix), text...))
	return hex.EncodeToString(sum[:])
}

// Signed compares the policy with the one that the agreement was signed with.
// It returns nil if they are the same or the agreement names none; otherwise a
// [*FieldError] with Field "PolicyHash", whose text has both hashes. What was
// signed goes on to apply, so look for the policy with that hash; [Policy.Diff]
// says what changed.
func (p Policy) Signed(a Agreement) error {
	hash := p.Hash()
	if a.PolicyHash == "" || a.PolicyHash == hash {
		return nil
	}
	return &FieldError{Field: "PolicyHash", Value: a.PolicyHash, Reason: fmt.Sprintf("not the policy in use, %q with hash %q", p.Version, hash)}
}

// Diff returns what is different in p from the policy that was signed, one line
// for each difference, or nil if both have one hash:
//
//	version: 2026-11 -> 2027-02
//	rule call-caller: keep: 13 months -> 6 months
//	rule visits: removed
func (p Policy) Diff(signed Policy) []string {
	var d diff
	d.line("version", signed.Version, p.Version)
	d.line("notice", string(signed.Notice), string(p.Notice))
	for _, old := range signed.Rules {
		if i := p.index(old.Name); i >= 0 {
			d.rule(old, p.Rules[i])
		} else {
			d = append(d, "rule "+old.Name+": removed")
		}
	}
	for _, r := range p.Rules {
		if signed.index(r.Name) < 0 {
			d = append(d, "rule "+r.Name+": added: "+string(r.Class)+": "+string(r.Keep))
		}
	}
	if len(d) == 0 && !slices.EqualFunc(p.Rules, signed.Rules, func(a, b Rule) bool { return a.Name == b.Name }) {
		d = append(d, "rules: in another order")
	}
	return d
}

// index returns where the rule of that name stands, or -1.
func (p Policy) index(name string) int {
	return slices.IndexFunc(p.Rules, func(r Rule) bool { return r.Name == name })
}

// diff collects lines about differences.
type diff []string

func (d *diff) line(what, was, is string) {
	if was != is {
		*d = append(*d, what+": "+was+" -> "+is)
	}
}

func (d *diff) rule(was, is Rule) {
	prefix := "rule " + is.Name + ": "
	d.line(prefix+"class", string(was.Class), string(is.Class))
	d.line(prefix+"subject", was.Subject, is.Subject)
	d.line(prefix+"purpose", was.Purpose, is.Purpose)
	d.line(prefix+"basis", was.Basis, is.Basis)
	d.line(prefix+"keep", string(was.Keep), string(is.Keep))
	d.line(prefix+"from", was.From, is.From)
	d.line(prefix+"empties", strings.Join(was.Empties, " "), strings.Join(is.Empties, " "))
	d.line(prefix+"outlives", fmt.Sprint(was.Outlives), fmt.Sprint(is.Outlives))
	d.line(prefix+"reason", was.Reason, is.Reason)
}

// Decide reports what the policy demands for one record at the time now, under
// one agreement and the legal holds that were placed. It is a pure function: it
// reads neither a clock nor a store, and equal arguments give equal decisions.
// [Terms.Decide] says how; code that decides about many records makes the
// [Terms] once.
//
// The error is that of [Policy.Terms]; there is no decision then, and nothing is
// to be done.
func (p Policy) Decide(a Agreement, rec Record, holds []LegalHold, now time.Time) (Decision, error) {
	t, err := p.Terms([]Agreement{a}, holds)
	if err != nil {
		return Decision{}, err
	}
	return t.Decide(rec, now), nil
}
