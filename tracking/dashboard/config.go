package dashboard

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qooqie/qooqie/tracking"
)

// Source is where the data comes from: a *tracking.Tracker, as a rule.
type Source interface {
	// Report returns what the customer can look at, "" being the only customer.
	// It is called for each page and download, by many goroutines at once.
	//
	// An error that wraps tracking.ErrUnknownCustomer is answered with 404, any
	// other with 503. The text of the others goes to the log, so it must have
	// no personal data in it.
	Report(ctx context.Context, customer string) (tracking.Report, error)
}

// Config says whose data is shown, and to whom.
type Config struct {
	// Source is where the data comes from. Required.
	Source Source
	// Customer is whose data is shown. "" means the only customer of Source. A
	// customer that Source does not know is answered with 404.
	Customer string
	// Password is what the user "admin" has to give, at least 12 characters and
	// no control characters. Required; there is no default.
	Password string `json:"-"`
	// Logger takes the errors of Source. nil means slog.Default(). Nothing that
	// is logged is personal data, and no password is.
	Logger *slog.Logger
}

// Format prints the type alone, whatever the verb, so that no log has a password.
func (Config) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "dashboard.Config") // fmt keeps what it prints in memory
}

// minPassword is the length at which guessing over a network is hopeless if the
// characters are random.
const minPassword = 12

// validate returns all mistakes of c, each a *ConfigError.
func (c Config) validate() error {
	var errs []error
	mistake := func(field, reason string) {
		errs = append(errs, &ConfigError{Field: field, Reason: reason})
	}
	if c.Source == nil {
		mistake("Source", "required; give the *tracking.Tracker")
	}
	switch {
	case c.Password == "":
		mistake("Password", "required; there is no default")
	case utf8.RuneCountInString(c.Password) < minPassword:
		mistake("Password", fmt.Sprintf("must have at least %d characters", minPassword))
	}
	// Browsers can't send them (RFC 7617, section 2). The usual one is the end
	// of the line of the file that the password was read from.
	if strings.ContainsFunc(c.Password, unicode.IsControl) {
		mistake("Password", "must have no control characters, such as an end of line")
	}
	return errors.Join(errs...)
}

// New returns the dashboard. It answers GET and HEAD, and asks Source anew each
// time.
//
// The error joins a *ConfigError for every mistake in c.
func New(c Config) (http.Handler, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	h := &handler{
		source:   c.Source,
		customer: c.Customer,
		password: sha256.Sum256([]byte(c.Password)),
		log:      c.Logger,
	}
	if h.log == nil {
		h.log = slog.Default()
	}
	return h, nil
}
