package tracking

import (
	"net/http"
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

// Carrier reads the call reports of one telephony provider. Package carrier has
// implementations.
type Carrier interface {
	// Name is the carrier's name, and the last element of the path that its
	// reports are posted to. It consists of a-z, 0-9 and "-".
	Name() string

	// Parse verifies a report's signature and brings it into normal form. url
	// is the public URL that the report was posted to, body its whole body, at
	// most 64 KiB, and now the time it came. Parse is safe for concurrent use.
	// An error wraps ErrSignature if the report is not the carrier's, and
	// ErrReport if it is but can't be understood; its text has no caller.
	Parse(r *http.Request, url string, body []byte, now time.Time) (CallReport, error)
}

// CallReport is one report of a carrier about a call. A carrier sends several,
// in any order, and repeats them.
type CallReport struct {
	// ID is the carrier's id of the call.
	ID string
	// Dialled is the number that was called.
	Dialled numberpool.Number
	// Caller is the number that called in E.164, or "" if it is withheld. It is
	// turned into a pseudonym before anything is stored.
	Caller string
	// State is how far the call came.
	State CallState
	// StartedAt is when the call started, as far as the report tells.
	StartedAt time.Time
	// Duration is how long the call was answered, 0 if the report does not tell.
	Duration time.Duration
}
