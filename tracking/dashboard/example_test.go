package dashboard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/dashboard"
)

// oneCall is a source; a program gives its *tracking.Tracker.
type oneCall struct{}

// Report has one call, which a newsletter brought.
func (oneCall) Report(context.Context, string) (tracking.Report, error) {
	dialled, err := numberpool.ParseNumber("+31850000001")
	return tracking.Report{
		State: retention.Active,
		Calls: []tracking.Call{{
			Dialled:     dialled,
			StartedAt:   time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC),
			State:       tracking.Missed,
			Attribution: numberpool.Attribution{Source: "nieuwsbrief", Medium: "email", Channel: "Email"},
			Probability: 0.97,
			Rung:        tracking.Session,
		}},
	}, err
}

func Example() {
	board, err := dashboard.New(dashboard.Config{Source: oneCall{}, Password: "made with crypto/rand.Text"})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("/dashboard/", http.StripPrefix("/dashboard", board))

	r := httptest.NewRequest(http.MethodGet, "/dashboard/calls.csv", http.NoBody)
	for _, password := range []string{"guessed", "made with crypto/rand.Text"} {
		r.SetBasicAuth("admin", password)
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, r)
		fmt.Print(rec.Code, "\n", rec.Body)
	}
	// Output:
	// 401
	// Gebruikersnaam en wachtwoord zijn nodig.
	// 200
	// dialled,started_at,source,medium,campaign,channel,probability,rung,carrier,call_id,pool,state,duration_seconds,term,content,landing,referrer,caller_hint
	// +31850000001,2026-11-24T12:00:00Z,nieuwsbrief,email,,Email,0.97,session,,,,missed,0,,,,,
}

// A password that can be guessed is a mistake, and there is no default.
func ExampleNew_incorrect() {
	_, err := dashboard.New(dashboard.Config{Source: oneCall{}, Password: "admin"})
	fmt.Println(err)
	// Output: dashboard: Config.Password: must have at least 12 characters
}
