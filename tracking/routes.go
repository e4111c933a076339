package tracking

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/qooqie/qooqie/numberpool"
)

// maxReport is how long a carrier's report may be, in bytes.
const maxReport = 64 << 10

// reportTimeout is how long a carrier's report may wait for the store. A carrier
// is more patient than a visitor.
const reportTimeout = 5 * time.Second

// readyTimeout is how long Ready waits for the store.
const readyTimeout = time.Second

// minCredit is the least probability with which a call is credited.
const minCredit = 0.5

// Routes returns the handler of the tracker's own paths, to be mounted at
// Config.Prefix:
//
//	GET  healthz          whether the process is alive and Run is running, as JSON
//	POST calls/{carrier}  a carrier's report about a call
//
// A report is answered with 204 once it is stored, 400 if it can't be
// understood, 403 if its signature is wrong, 413 above 64 KiB, 422 if the
// dialled number is nobody's, and 503, so that the carrier tries again, if the
// store fails.
func (t *Tracker) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+t.snap.prefix+"healthz", t.healthz)
	mux.HandleFunc("POST "+t.snap.prefix+"calls/{carrier}", t.receiveCall)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// healthz answers without the store: a restart cures no database.
func (t *Tracker) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"status": "ok", "run": t.running.Load()})
}

// Ready returns a handler that answers 200 if every site can lease numbers: the
// store answers, the keys are there and Run is running. Otherwise it answers 503
// and says what is missing. It belongs on the operator's own listener.
func (t *Tracker) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		missing := t.missing(ctx)
		status := http.StatusOK
		if len(missing) > 0 {
			status = http.StatusServiceUnavailable
		}
		writeJSON(w, status, map[string]any{"ready": len(missing) == 0, "missing": missing})
	})
}

// missing says what keeps the tracker from leasing numbers.
func (t *Tracker) missing(ctx context.Context) []string {
	missing := []string{}
	if !t.running.Load() {
		missing = append(missing, "Run is not running")
	}
	now := t.now()
	for _, s := range t.snap.sites {
		if s.window.MayTrack(now) && s.keys.codec.Load() == nil {
			missing = append(missing, "the keys of "+s.name)
		}
		if _, err := s.pools[0].Leases(ctx); err != nil {
			missing = append(missing, "the store of "+s.name)
		}
	}
	return missing
}

// receiveCall takes a carrier's report.
func (t *Tracker) receiveCall(w http.ResponseWriter, r *http.Request) {
	carrier := t.snap.carriers[r.PathValue("carrier")]
	if carrier == nil {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxReport))
	if err != nil {
		status := http.StatusBadRequest
		if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, "the report can't be read", status)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), reportTimeout)
	defer cancel()
	status := t.storeReport(ctx, carrier, r, body)
	if status != http.StatusNoContent {
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.WriteHeader(status)
}

// storeReport verifies, credits and stores a report, and returns the status to
// answer with.
func (t *Tracker) storeReport(ctx context.Context, carrier Carrier, r *http.Request, body []byte) int {
	now := t.now()
	report, err := carrier.Parse(r, t.publicURL(r), body, now)
	switch {
	case errors.Is(err, ErrSignature):
		t.log.warn(ctx, now, "a call report has a wrong signature: is the token right, and PublicURL what the carrier posts to?",
			slog.String("carrier", carrier.Name()))
		return http.StatusForbidden
	case err != nil:
		t.log.warn(ctx, now, "a signed call report can't be understood",
			slog.String("carrier", carrier.Name()), slog.Any("error", err))
		return http.StatusBadRequest
	}
	where, known := t.whereDialled(report.Dialled)
	if !known {
		t.log.warn(ctx, now, "a call on a number that is nobody's was reported",
			slog.String("carrier", carrier.Name()), slog.Any("dialled", report.Dialled))
		if where.site == nil {
			return http.StatusUnprocessableEntity
		}
	}
	if !where.site.window.MayStoreCall(report.StartedAt, now) {
		return http.StatusNoContent
	}
	if err := t.storeCall(ctx, carrier.Name(), report, where, now); err != nil {
		t.log.LogAttrs(ctx, slog.LevelError, "a call could not be stored: the carrier is asked to report it again",
			slog.String("carrier", carrier.Name()), slog.Any("error", err))
		return http.StatusServiceUnavailable
	}
	return http.StatusNoContent
}

// whereDialled returns where a dialled number belongs. If all sites are one
// customer's, a number that no pool has is that customer's as well, so that no
// call is lost; known is false then.
func (t *Tracker) whereDialled(n numberpool.Number) (where dialled, known bool) {
	if where, known = t.snap.byNumber[n]; known {
		return where, true
	}
	if t.snap.oneCustomer() {
		return dialled{site: t.snap.sites[0]}, false
	}
	return dialled{}, false
}

// publicURL returns the URL that a carrier posted to.
func (t *Tracker) publicURL(r *http.Request) string {
	if t.snap.publicURL != "" {
		return t.snap.publicURL + r.RequestURI
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + r.RequestURI
}

// storeCall credits a call and stores it.
func (t *Tracker) storeCall(ctx context.Context, carrier string, rep CallReport, where dialled, now time.Time) error {
	call := Call{
		Customer:   where.site.customer(),
		Carrier:    carrier,
		ID:         rep.ID,
		Dialled:    rep.Dialled,
		State:      rep.State,
		StartedAt:  rep.StartedAt,
		Duration:   rep.Duration,
		ReceivedAt: now,
	}
	var err error
	if call.Caller, call.CallerHint, err = t.pseudonym(ctx, where.site, rep.Caller); err != nil {
		return err
	}
	if where.pool != nil {
		call.Pool, call.Rung = where.pool.ID().Name, Session
		holders, err := where.pool.Holders(ctx, rep.Dialled, rep.StartedAt)
		if err != nil {
			return err
		}
		call.Attribution, call.Probability, _ = numberpool.Resolve(holders, rep.StartedAt).Credit(minCredit)
	}
	_, err = t.store.PutCall(ctx, call, mergeCalls)
	return err
}

// writeJSON answers with a JSON value.
func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // the connection's errors are nobody's business here
}
