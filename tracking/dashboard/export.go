package dashboard

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/tracking"
)

// exportedCall is a call in a download. Its fields are in the order of the
// columns, and what each means is in the package comment. A field that is
// unknown is there all the same: a program need not ask whether it is.
type exportedCall struct {
	Dialled     string  `json:"dialled"`
	StartedAt   string  `json:"started_at"`
	Source      string  `json:"source"`
	Medium      string  `json:"medium"`
	Campaign    string  `json:"campaign"`
	Channel     string  `json:"channel"`
	Probability float64 `json:"probability"`
	Rung        string  `json:"rung"`
	Carrier     string  `json:"carrier"`
	CallID      string  `json:"call_id"`
	Pool        string  `json:"pool"`
	State       string  `json:"state"`
	Seconds     int64   `json:"duration_seconds"`
	Term        string  `json:"term"`
	Content     string  `json:"content"`
	Landing     string  `json:"landing"`
	Referrer    string  `json:"referrer"`
	CallerHint  string  `json:"caller_hint"`
}

// columns are the names of the columns of the CSV.
var columns = []string{
	"dialled", "started_at", "source", "medium", "campaign", "channel", "probability", "rung",
	"carrier", "call_id", "pool", "state", "duration_seconds",
	"term", "content", "landing", "referrer", "caller_hint",
}

// export returns the form of a call in a download. Of who called it has the
// hint alone, and of the customer nothing: a download is of one customer.
func export(c tracking.Call) exportedCall {
	return exportedCall{
		Dialled:     c.Dialled.E164(),
		StartedAt:   c.StartedAt.UTC().Format(time.RFC3339),
		Source:      c.Attribution.Source,
		Medium:      c.Attribution.Medium,
		Campaign:    c.Attribution.Name,
		Channel:     c.Attribution.Channel,
		Probability: c.Probability,
		Rung:        rungName(c.Rung),
		Carrier:     c.Carrier,
		CallID:      c.ID,
		Pool:        c.Pool,
		State:       stateName(c.State),
		Seconds:     int64(c.Duration / time.Second),
		Term:        c.Attribution.Term,
		Content:     c.Attribution.Content,
		Landing:     c.Attribution.Landing,
		Referrer:    c.Attribution.Referrer,
		CallerHint:  c.CallerHint,
	}
}

// cells returns the cells of the call in the CSV.
func (c exportedCall) cells() []string {
	return []string{
		guard(c.Dialled), c.StartedAt, guard(c.Source), guard(c.Medium), guard(c.Campaign), guard(c.Channel),
		strconv.FormatFloat(c.Probability, 'f', -1, 64), c.Rung,
		guard(c.Carrier), guard(c.CallID), guard(c.Pool), c.State, strconv.FormatInt(c.Seconds, 10),
		guard(c.Term), guard(c.Content), guard(c.Landing), guard(c.Referrer), guard(c.CallerHint),
	}
}

// writeJSON writes the calls of a report as an array, never as null.
func writeJSON(w io.Writer, report tracking.Report) error {
	calls := make([]exportedCall, len(report.Calls))
	for i, c := range report.Calls {
		calls[i] = export(c)
	}
	return json.NewEncoder(w).Encode(calls)
}

// writeCSV writes the calls of a report with a header. There is no byte order
// mark, because it would become part of the first column's name in most programs
// that are no spreadsheet.
func writeCSV(w io.Writer, report tracking.Report) error {
	out := csv.NewWriter(w)
	rows := [][]string{columns}
	for _, c := range report.Calls {
		rows = append(rows, export(c).cells())
	}
	return out.WriteAll(rows)
}

const (
	// formulas are what a formula begins with, the wide forms of East Asian
	// keyboards among them.
	formulas = "=+-@＝＋－＠"
	// blanks are what programs remove from the beginning of a cell to find a
	// formula behind it.
	blanks = "\t\r\n"
	// separators are what some program takes for the end of a cell. A Dutch
	// spreadsheet separates by semicolons, whatever the file does.
	separators = blanks + `,;|"`
)

// guard returns the cell with an apostrophe before everything in it that a
// spreadsheet might take for a formula: at its beginning, and after what could
// be taken for a separator. Bytes that are not UTF-8 are replaced. A number in
// E.164 stays as it is: a sign and digits are a number to a spreadsheet.
func guard(cell string) string {
	if _, err := numberpool.ParseNumber(cell); err == nil {
		return cell
	}
	var b strings.Builder
	begins := true // a cell may begin here
	for i, r := range cell {
		if begins && strings.ContainsRune(formulas, r) || i == 0 && strings.ContainsRune(blanks, r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		begins = strings.ContainsRune(separators, r) || begins && unicode.IsSpace(r)
	}
	return b.String()
}
