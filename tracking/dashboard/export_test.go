package dashboard_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/qooqie/qooqie/numberpool"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/stretchr/testify/require"
)

// columns are the names in both downloads, in their order.
var columns = []string{
	"dialled", "started_at", "source", "medium", "campaign", "channel", "probability", "rung", "carrier", "call_id",
	"pool", "state", "duration_seconds", "term", "content", "landing", "referrer", "caller_hint",
}

// readJSON reads calls.json.
func readJSON(t testing.TB, text string) []map[string]any {
	t.Helper()
	var calls []map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &calls))
	return calls
}

// readCSV reads calls.csv, header and all.
func readCSV(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return rows
}

func TestJSON(t *testing.T) {
	text := showing(t, fullReport(t)).get("/calls.json")
	require.Equal(t, []map[string]any{
		{
			"dialled": "+31850000001", "started_at": "2026-11-24T11:59:00Z",
			"source": "google", "medium": "cpc", "campaign": "voorjaar", "channel": "Paid Search",
			"probability": 0.873, "rung": "session", "carrier": "twilio", "call_id": "CA2", "pool": "balie",
			"state": "finished", "duration_seconds": 65.0, "term": "fiets", "content": "banner",
			"landing": "/diensten", "referrer": "www.google.com", "caller_hint": "07",
		},
		{
			"dialled": "+31851234567", "started_at": "2026-11-23T12:00:00Z",
			"source": "", "medium": "", "campaign": "", "channel": "",
			"probability": 0.0, "rung": "swap_target", "carrier": "twilio", "call_id": "CA1", "pool": "",
			"state": "missed", "duration_seconds": 0.0, "term": "", "content": "",
			"landing": "", "referrer": "", "caller_hint": "",
		},
	}, readJSON(t, text))
}

func TestCSV(t *testing.T) {
	text := showing(t, fullReport(t)).get("/calls.csv")
	require.Equal(t, strings.Join(columns, ",")+"\n"+
		"+31850000001,2026-11-24T11:59:00Z,google,cpc,voorjaar,Paid Search,0.873,session,twilio,CA2,"+
		"balie,finished,65,fiets,banner,/diensten,www.google.com,07\n"+
		"+31851234567,2026-11-23T12:00:00Z,,,,,0,swap_target,twilio,CA1,,missed,0,,,,,\n", text)
}

// TestDownloadsHaveTheSame: the columns of the CSV are the fields of the JSON, in
// the same order and with the same values.
func TestDownloadsHaveTheSame(t *testing.T) {
	b := showing(t, fullReport(t))
	fields := json.NewDecoder(strings.NewReader(b.get("/calls.json")))
	var names, values []string
	fields.UseNumber()
	for range 2 { // the array and its first object
		_, err := fields.Token()
		require.NoError(t, err)
	}
	for fields.More() {
		for _, into := range []*[]string{&names, &values} {
			token, err := fields.Token()
			require.NoError(t, err)
			if n, ok := token.(json.Number); ok {
				token = n.String()
			}
			text, ok := token.(string)
			require.True(t, ok)
			*into = append(*into, text)
		}
	}
	rows := readCSV(t, b.get("/calls.csv"))
	require.Equal(t, columns, names)
	require.Equal(t, columns, rows[0])
	require.Equal(t, values, rows[1])
}

func TestEmptyDownloads(t *testing.T) {
	b := showing(t, emptyReport(t))
	require.Equal(t, "[]\n", b.get("/calls.json"), "never null")
	require.Equal(t, strings.Join(columns, ",")+"\n", b.get("/calls.csv"))

	rep := emptyReport(t)
	rep.State = retention.Grace
	require.Equal(t, "[]\n", showing(t, rep).get("/calls.json"))
}

// TestNamesInDownloads: the names that programs compare.
func TestNamesInDownloads(t *testing.T) {
	for _, c := range []struct {
		name  string
		call  tracking.Call
		field string
		want  any
	}{
		{"session", tracking.Call{Rung: tracking.Session}, "rung", "session"},
		{"swap target", tracking.Call{Rung: tracking.SwapTarget}, "rung", "swap_target"},
		{"unknown rung", tracking.Call{Rung: 99}, "rung", "unknown"},
		{"ringing", tracking.Call{State: tracking.Ringing}, "state", "ringing"},
		{"answered", tracking.Call{State: tracking.Answered}, "state", "answered"},
		{"missed", tracking.Call{State: tracking.Missed}, "state", "missed"},
		{"finished", tracking.Call{State: tracking.Finished}, "state", "finished"},
		{"unknown state", tracking.Call{}, "state", "unknown"},
		{"whole seconds", tracking.Call{Duration: 2999 * time.Millisecond}, "duration_seconds", 2.0},
		{"no number", tracking.Call{}, "dialled", ""},
		{"utc", tracking.Call{StartedAt: at.In(amsterdam(t))}, "started_at", "2026-11-24T12:00:00Z"},
		{"small", tracking.Call{Probability: 1e-9}, "probability", 1e-9},
	} {
		t.Run(c.name, func(t *testing.T) {
			rep := emptyReport(t)
			rep.Calls = []tracking.Call{c.call}
			require.Equal(t, c.want, readJSON(t, showing(t, rep).get("/calls.json"))[0][c.field])
		})
	}
}

// TestFormulas: what a visitor wrote is never a formula.
func TestFormulas(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"plain", "voorjaar", "voorjaar"},
		{"a sign inside", "1+1=2", "1+1=2"},
		{"an address", "jan@example.nl", "jan@example.nl"},
		{"a hyphen", "black-friday", "black-friday"},
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+1+1", "'+1+1"},
		{"minus", "-1+1", "'-1+1"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"wide equals", "＝1+1", "'＝1+1"},
		{"tab", "\t=1", "'\t'=1"},
		{"carriage return", "\r1", "'\r1"},
		{"line", "\n1", "'\n1"},
		{"spaces", "  =1", "  '=1"},
		{"no-break space", "\u00a0=1", "\u00a0'=1"},
		{"second line", "x\n=1", "x\n'=1"},
		{"where semicolons separate", "x;=1", "x;'=1"},
		{"semicolon and space", "x; =1", "x; '=1"},
		{"where tabs separate", "x\t-1", "x\t'-1"},
		{"comma and quote", `x,"=1`, `x,"'=1`},
		{"a number in E.164", "+31851234567", "+31851234567"},
		{"a number and more", "+31851234567;=1", "'+31851234567;'=1"},
		{"not UTF-8", "x\xff", "x\ufffd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rep := emptyReport(t)
			rep.Calls = []tracking.Call{{
				Carrier: c.value, ID: c.value, Pool: c.value, CallerHint: c.value, StartedAt: at,
				Attribution: numberpool.Attribution{
					Source: c.value, Medium: c.value, Name: c.value, Term: c.value, Content: c.value,
					Channel: c.value, Referrer: c.value, Landing: c.value,
				},
			}}
			// A reader of CSV takes CR LF for LF; there is none in these values.
			row := readCSV(t, showing(t, rep).get("/calls.csv"))[1]
			for i, column := range columns {
				switch column {
				case "dialled", "started_at", "probability", "rung", "state", "duration_seconds":
				default:
					require.Equal(t, c.want, row[i], column)
				}
			}
		})
	}
}

// TestHostileDownloads: hostile values change neither the form of a download nor,
// in JSON, themselves.
func TestHostileDownloads(t *testing.T) {
	b := showing(t, hostileReport(t))
	text := b.get("/calls.csv")
	require.True(t, utf8.ValidString(text))
	rows := readCSV(t, text)
	require.Len(t, rows, 1+len(hostile))
	for _, row := range rows {
		require.Len(t, row, len(columns))
		for _, c := range row {
			if _, err := numberpool.ParseNumber(c); err != nil {
				require.NotContains(t, "=+-@\t\r\n", (c + "x")[:1])
			}
		}
	}
	text = b.get("/calls.json")
	require.NotContains(t, text, "<script>", "not even where a browser takes it for a page")
	calls := readJSON(t, text)
	require.Len(t, calls, len(hostile))
	for i, c := range calls {
		require.Equal(t, strings.ToValidUTF8(hostile[i], "\ufffd\ufffd"), c["campaign"])
		require.Equal(t, c["campaign"], c["landing"])
		require.Len(t, c, len(columns))
	}
}
