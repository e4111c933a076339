package dashboard

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/qooqie/qooqie/tracking"
)

// The types of the responses.
const (
	htmlType = "text/html; charset=utf-8"
	cssType  = "text/css; charset=utf-8"
	jsonType = "application/json"
	csvType  = "text/csv; charset=utf-8; header=present"
	textType = "text/plain; charset=utf-8"
)

// policy is the Content-Security-Policy: the stylesheet and nothing else.
const policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"

// What is said when there is nothing to show. None of it has a detail: that is
// for the log.
const (
	sayPassword = "Gebruikersnaam en wachtwoord zijn nodig."
	sayMethod   = "Alleen GET en HEAD zijn mogelijk."
	sayNotFound = "Deze pagina bestaat niet."
	sayCustomer = "Deze klant is hier niet bekend."
	saySource   = "De gegevens zijn nu niet te lezen. Het logboek van de server zegt waarom; probeer het later nog eens."
	sayBug      = "De gegevens zijn niet te tonen. Het logboek van de server zegt waarom."
)

// admin is the digest of the only user's name.
var admin = sha256.Sum256([]byte("admin"))

// handler is the dashboard.
type handler struct {
	source   Source
	customer string
	// password is a digest. It makes all passwords as long as each other, so
	// that comparing them tells nothing, and keeps the password out of memory
	// dumps as far as that goes.
	password [sha256.Size]byte
	log      *slog.Logger
}

// resource is something that is made from a report.
type resource struct {
	contentType string
	disposition string // Content-Disposition, "" for none
	always      bool   // it can be made in every state of the agreement
	write       func(io.Writer, tracking.Report) error
}

// resources are what there is, by path.
var resources = map[string]resource{
	"/":           {contentType: htmlType, always: true, write: writePage},
	"/calls.json": {contentType: jsonType, disposition: `inline; filename="calls.json"`, write: writeJSON},
	"/calls.csv":  {contentType: csvType, disposition: `attachment; filename="calls.csv"`, write: writeCSV},
}

// ServeHTTP answers a request. Who has no password does not even learn what
// exists.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	res, known := resources[r.URL.Path]
	switch {
	case !h.allowed(r):
		w.Header().Set("WWW-Authenticate", `Basic realm="Qooqie", charset="UTF-8"`)
		say(w, r, http.StatusUnauthorized, sayPassword)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		say(w, r, http.StatusMethodNotAllowed, sayMethod)
	case r.URL.Path == "/dashboard.css":
		answer(w, r, http.StatusOK, cssType, stylesheet)
	case known:
		h.serve(w, r, res)
	default:
		say(w, r, http.StatusNotFound, sayNotFound)
	}
}

// protect sets the headers that every response has.
func protect(header http.Header) {
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", policy)
	// A page elsewhere must not load a download with the password that the
	// browser remembers.
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Robots-Tag", "noindex")
}

// allowed reports whether the request has the user and the password. It takes as
// long for all that are wrong.
func (h *handler) allowed(r *http.Request) bool {
	name, word, ok := r.BasicAuth()
	user, password := sha256.Sum256([]byte(name)), sha256.Sum256([]byte(word))
	right := subtle.ConstantTimeCompare(user[:], admin[:]) &
		subtle.ConstantTimeCompare(password[:], h.password[:])
	return ok && right == 1
}

// serve answers with a resource. It is made as a whole before the first byte
// leaves, because half a list looks like a list.
func (h *handler) serve(w http.ResponseWriter, r *http.Request, res resource) {
	report, err := h.source.Report(r.Context(), h.customer)
	switch {
	case errors.Is(err, tracking.ErrUnknownCustomer):
		say(w, r, http.StatusNotFound, sayCustomer)
		return
	case err != nil:
		h.fail(r.Context(), "the dashboard can't read the data", err)
		say(w, r, http.StatusServiceUnavailable, saySource)
		return
	case !res.always && !mayRead(report.State):
		say(w, r, http.StatusForbidden, agreementText(report.State))
		return
	}
	var body bytes.Buffer
	if err := res.write(&body, report); err != nil {
		h.fail(r.Context(), "bug: the dashboard can't show the data", err)
		say(w, r, http.StatusInternalServerError, sayBug)
		return
	}
	if res.disposition != "" {
		w.Header().Set("Content-Disposition", res.disposition)
	}
	answer(w, r, http.StatusOK, res.contentType, body.Bytes())
}

// fail logs an error, unless it only says that the client has gone.
func (h *handler) fail(ctx context.Context, message string, err error) {
	if ctx.Err() == nil {
		h.log.LogAttrs(ctx, slog.LevelError, message, slog.Any("error", err))
	}
}

// say answers with a sentence.
func say(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	answer(w, r, status, textType, []byte(sentence+"\n"))
}

// answer answers with a body, or with its length alone to HEAD.
func answer(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // an error means that the client has gone
	}
}
