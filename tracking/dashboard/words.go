package dashboard

import (
	"fmt"
	"math"
	"time"

	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
)

// mayRead reports whether an agreement in this state allows to look at data, as
// retention.Window.MayRead does. A state that is not known here does not.
func mayRead(s retention.State) bool { return s == retention.Active || s == retention.Grace }

// agreementText says to a reader what the state of the agreement means.
func agreementText(s retention.State) string {
	switch s {
	case retention.NotStarted:
		return "De overeenkomst is nog niet ingegaan. Er wordt nog niets vastgelegd, dus er is niets te zien."
	case retention.Active:
		return "De overeenkomst is van kracht."
	case retention.Grace:
		return "De overeenkomst is afgelopen. Er komt niets meer bij; wat er is, kunt u nog inzien en downloaden " +
			"totdat het wordt gewist."
	case retention.Due:
		return "De bewaartermijn is voorbij. De gegevens mogen niet meer worden ingezien."
	}
	return "De overeenkomst staat nu niet toe dat de gegevens worden ingezien."
}

// unknown is the name of what this version of the package does not know.
const unknown = "unknown"

// rungName is the name of a rung in the downloads, which programs compare: it
// does not change.
func rungName(r tracking.Rung) string {
	switch r {
	case tracking.SwapTarget:
		return "swap_target"
	case tracking.Session:
		return "session"
	}
	return unknown
}

// rungText says to a reader who was shown the number.
func rungText(r tracking.Rung) string {
	switch r {
	case tracking.SwapTarget:
		return "iedereen"
	case tracking.Session:
		return "één sessie"
	}
	return "onbekend"
}

// stateName is the name of a call's state in the downloads. It does not change
// either.
func stateName(s tracking.CallState) string {
	switch s {
	case tracking.Ringing:
		return "ringing"
	case tracking.Answered:
		return "answered"
	case tracking.Missed:
		return "missed"
	case tracking.Finished:
		return "finished"
	}
	return unknown
}

// stateText says to a reader how far a call came.
func stateText(s tracking.CallState) string {
	switch s {
	case tracking.Ringing:
		return "gaat over"
	case tracking.Answered:
		return "in gesprek"
	case tracking.Missed:
		return "gemist"
	case tracking.Finished:
		return "gesproken"
	}
	return "onbekend"
}

// percentText returns a probability in whole percent. Only what is certain is
// 100 %, and only what is impossible 0 %.
func percentText(p float64) string {
	percent := math.Round(100 * p)
	switch {
	case p < 1 && percent >= 100:
		percent = 99
	case p > 0 && percent <= 0:
		percent = 1
	}
	return fmt.Sprintf("%.0f %%", percent)
}

// durationText returns how long a call was answered, or "" if it was not or it
// is not known.
func durationText(d time.Duration) string {
	seconds := int(d / time.Second)
	switch {
	case seconds <= 0:
		return ""
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 3600:
		return fmt.Sprintf("%d min %02d s", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d u %02d min", seconds/3600, seconds/60%60)
}

// months are the Dutch short names of the months.
var months = [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

// moment is a day or an instant, for machines and for people.
type moment struct{ Machine, Text string }

// instant returns the instant in the zone, to the second.
func instant(t time.Time, zone *time.Location) moment {
	t = t.In(zone)
	text := fmt.Sprintf("%d %s %d %s", t.Day(), months[t.Month()-1], t.Year(), t.Format(time.TimeOnly))
	return moment{Machine: t.Format(time.RFC3339), Text: text}
}

// day returns a day of the calendar. A day that does not exist is shown as it is.
func day(d retention.Date) moment {
	m := moment{Machine: d.String(), Text: d.String()}
	if d.Month >= time.January && d.Month <= time.December {
		m.Text = fmt.Sprintf("%d %s %d", d.Day, months[d.Month-1], d.Year)
	}
	return m
}
