package retention

import (
	"errors"
	"strings"
	"time"
)

// Record is what has to be known about stored data to decide about it: no values,
// and nothing that says whose it is.
type Record struct {
	// Class is the class of the data.
	Class Class
	// Customer is the customer whose data it is.
	Customer string
	// Agreement is the ID of the agreement under which it was stored. It may be
	// empty while the customer has one agreement, or one and what continues it.
	Agreement string
	// Stored is when the server stored it, by its own clock. Where Times has
	// what a sender wrote, no period begins later than Stored: a date in the
	// future keeps nothing. Zero means that all Times are the server's own.
	Stored time.Time
	// Times are the times from which rules count, by name.
	Times map[string]time.Time
	// Fields are the names of its fields that are not empty, as rules name them.
	Fields []string
	// Asked is when the person asked for its erasure (GDPR, article 17). Zero
	// means that nobody did.
	Asked time.Time
}

// LegalHold suspends the erasure of a customer's data, or of a part of it, from
// the beginning of one day until it is released. What is held is kept and not
// used (GDPR, article 18(2)). Clocks run on meanwhile: on release, what is due is
// due at once.
type LegalHold struct {
	// ID names the hold in decisions and documents. Required.
	ID string
	// Customer is the customer whose data is held. Required.
	Customer string
	// Agreement is the ID of the agreement under which the data was stored.
	// Empty means all data of the customer. A record that names no agreement is
	// held too: what was kept too long can still be erased.
	Agreement string
	// Class is the class that is held. Empty means all classes.
	Class Class
	// Authority is who ordered it. It is left out of decisions and errors.
	// Required.
	Authority string
	// Reason is the order or the law that requires it. Required; money that is
	// owed is refused, because no law makes a pledge of personal data (AEPD,
	// PS/00315/2020).
	Reason string
	// From is the first day of the hold. Required.
	From Date
	// Review is the day on which somebody looks at it again. It ends nothing by
	// itself. Required, not before From.
	Review Date
	// Released is the day from which it no longer holds. The zero Date means
	// that it does.
	Released Date
}

// debts are the words of reasons that speak of money, in English and Dutch.
var debts = []string{"invoice", "unpaid", "payment", "debt", "lien", "factuur", "facturen", "betaling", "betaald", "schuld", "incasso"}

// Validate reports all mistakes in the hold at once: nil, or an [errors.Join] of
// one [*FieldError] for each mistake.
func (h LegalHold) Validate() error {
	errs := []error{
		checkName("ID", h.ID, h.ID),
		checkName("Customer", h.Customer, h.Customer),
		checkName("Authority", h.Authority, ""),
		checkName("Reason", h.Reason, ""),
		h.checkDay("From", h.From, true),
		h.checkDay("Review", h.Review, true),
		h.checkDay("Released", h.Released, false),
	}
	reason := strings.ToLower(h.Reason)
	for _, word := range debts {
		if strings.Contains(reason, word) {
			errs = append(errs, &FieldError{Field: "Reason", Value: word, Reason: "data is no pledge for money that is owed"})
			break
		}
	}
	return errors.Join(errs...)
}

func (h LegalHold) checkDay(field string, d Date, required bool) error {
	reason := ""
	switch {
	case d.IsZero() && required:
		reason = missing
	case d.IsZero():
		return nil
	case !d.exists():
		reason = noSuchDay
	case d.Compare(h.From) < 0:
		reason = "before From " + h.From.String()
	default:
		return nil
	}
	return &FieldError{Field: field, Value: d.String(), Reason: reason}
}

// covers reports whether the hold speaks of a record that the agreement with the
// given ID governs.
func (h LegalHold) covers(rec Record, governing string) bool {
	return h.Customer == rec.Customer &&
		(h.Class == "" || h.Class == rec.Class) &&
		(h.Agreement == "" || rec.Agreement == "" || h.Agreement == rec.Agreement || h.Agreement == governing)
}
