package carrier_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
)

func TestTwilio_Parse(t *testing.T) {
	t.Parallel()
	report, err := parse(fields(
		"CallStatus", "completed", "CallDuration", "90", "Timestamp", "Tue, 24 Nov 2026 14:58:00 +0000"))
	require.NoError(t, err)
	require.Equal(t, "+31851234567", report.Dialled.E164())
	report.Dialled = tracking.CallReport{}.Dialled
	require.Equal(t, tracking.CallReport{
		ID:        "CA00000000000000000000000000000001",
		Caller:    "+31612345678",
		State:     tracking.Finished,
		StartedAt: time.Date(2026, time.November, 24, 14, 56, 30, 0, time.UTC),
		Duration:  90 * time.Second,
	}, report)
	require.Equal(t, "twilio", twilio.Name())
}

func TestTwilio_state(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]tracking.CallState{
		"queued":      tracking.Ringing,
		"initiated":   tracking.Ringing,
		"ringing":     tracking.Ringing,
		"in-progress": tracking.Answered,
		"answered":    tracking.Answered,
		"completed":   tracking.Finished,
		"busy":        tracking.Missed,
		"no-answer":   tracking.Missed,
		"failed":      tracking.Missed,
		"canceled":    tracking.Missed,
		"":            tracking.Ringing,
		"-":           tracking.Ringing,
		"teleported":  tracking.Ringing,
	} {
		report, err := parse(fields("CallStatus", status))
		require.NoError(t, err, status)
		require.Equal(t, want, report.State, status)
	}
}

// The call is in progress for Twilio as soon as <Dial> runs; whether a person
// answered is what the dialled leg says.
func TestTwilio_dialledLegCounts(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]tracking.CallState{
		"completed": tracking.Finished,
		"answered":  tracking.Answered,
		"busy":      tracking.Missed,
		"no-answer": tracking.Missed,
		"failed":    tracking.Missed,
		"canceled":  tracking.Missed,
	} {
		report, err := parse(fields("CallStatus", "in-progress", "CallDuration", "300",
			"DialCallStatus", status, "DialCallDuration", "60"))
		require.NoError(t, err, status)
		require.Equal(t, want, report.State, status)
		require.Equal(t, time.Minute, report.Duration, status)
		if want != tracking.Answered {
			require.Equal(t, now.Add(-time.Minute), report.StartedAt, status)
		}
	}
}

func TestTwilio_startedAt(t *testing.T) {
	t.Parallel()
	at := func(hour, minute, second int) time.Time {
		return time.Date(2026, time.November, 24, hour, minute, second, 0, time.UTC)
	}
	for name, test := range map[string]struct {
		status, timestamp, duration string
		want                        time.Time
	}{
		"ringing":              {"ringing", "Tue, 24 Nov 2026 14:50:00 +0000", "-", at(14, 50, 0)},
		"answered, no way to":  {"in-progress", "Tue, 24 Nov 2026 14:50:00 +0000", "30", at(14, 50, 0)},
		"finished":             {"completed", "Tue, 24 Nov 2026 14:50:00 +0000", "30", at(14, 49, 30)},
		"missed":               {"no-answer", "Tue, 24 Nov 2026 14:50:00 +0000", "0", at(14, 50, 0)},
		"in another zone":      {"ringing", "Tue, 24 Nov 2026 15:50:00 +0100", "-", at(14, 50, 0)},
		"GMT":                  {"ringing", "Tue, 24 Nov 2026 14:50:00 GMT", "-", at(14, 50, 0)},
		"UTC":                  {"ringing", "Tue, 24 Nov 2026 14:50:00 UTC", "-", at(14, 50, 0)},
		"UT":                   {"ringing", "Tue, 24 Nov 2026 14:50:00 UT", "-", at(14, 50, 0)},
		"without weekday":      {"ringing", "24 Nov 2026 14:50:00 +0000", "-", at(14, 50, 0)},
		"now":                  {"ringing", "Tue, 24 Nov 2026 15:00:00 +0000", "-", now},
		"one day ago":          {"ringing", "Mon, 23 Nov 2026 15:00:00 +0000", "-", now.Add(-24 * time.Hour)},
		"48 hours ago":         {"ringing", "Sun, 22 Nov 2026 15:00:00 +0000", "-", now.Add(-48 * time.Hour)},
		"longer ago":           {"ringing", "Sun, 22 Nov 2026 14:59:59 +0000", "-", now},
		"longer by duration":   {"completed", "Sun, 22 Nov 2026 15:00:00 +0000", "1", now},
		"one day of one digit": {"ringing", "Mon, 2 Nov 2026 15:00:00 +0000", "-", now},
		"in 1970":              {"completed", "Thu, 01 Jan 1970 00:00:00 +0000", "30", now},
		"in the future":        {"ringing", "Tue, 24 Nov 2026 15:00:01 +0000", "-", now},
		"finished in future":   {"completed", "Tue, 24 Nov 2026 15:00:01 +0000", "30", now},
		"far in the future":    {"completed", "Fri, 24 Nov 9999 15:00:01 +0000", "30", now},
		"a zone by name":       {"ringing", "Tue, 24 Nov 2026 09:50:00 EST", "-", now},
		"another format":       {"ringing", "2026-11-24T14:50:00Z", "-", now},
		"empty":                {"ringing", "", "-", now},
		"missing":              {"ringing", "-", "-", now},
		"finished, missing":    {"completed", "-", "30", now},
	} {
		report, err := parse(fields("CallStatus", test.status, "Timestamp", test.timestamp, "CallDuration", test.duration))
		require.NoError(t, err, name)
		require.Equal(t, test.want, report.StartedAt, name)
	}
}

func TestTwilio_duration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"0":                    0,
		"59":                   59 * time.Second,
		"86400":                24 * time.Hour,
		"86401":                0,
		"4294967296":           0,
		"99999999999999999999": 0,
		"-5":                   0,
		"1.5":                  0,
		"":                     0,
		"-":                    0,
		"a minute":             0,
	} {
		report, err := parse(fields("CallStatus", "completed", "CallDuration", text))
		require.NoError(t, err, text)
		require.Equal(t, want, report.Duration, text)
	}
}

func TestTwilio_caller(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"+31612345678":         "+31612345678",
		"+3225551234":          "+3225551234",
		"anonymous":            "",
		"Anonymous":            "",
		"Restricted":           "",
		"+266696687":           "",
		"+7378742833":          "",
		"+2562533":             "",
		"+86282452253":         "",
		"+8656696":             "",
		"+7748283":             "",
		"":                     "",
		"-":                    "",
		"client:jan":           "",
		"sip:jan@example.nl":   "",
		"0612345678":           "",
		"+1":                   "",
		" 31612345678":         "",
		"+31 6 12345678":       "",
		"+3161234567890123456": "",
	} {
		report, err := parse(fields("From", from))
		require.NoError(t, err, from)
		require.Equal(t, want, report.Caller, from)
	}
}

func TestTwilio_refusesWhatIsNoCallOfAVisitor(t *testing.T) {
	t.Parallel()
	twice := func(field, other string) url.Values {
		f := fields(field, "one")
		f.Add(field, other)
		return f
	}
	for name, f := range map[string]url.Values{
		"two ids":               twice("CallSid", "CA2"),
		"one id, twice":         twice("CallSid", "one"),
		"two dialled numbers":   twice("To", "+31851234568"),
		"two callers":           twice("From", "+31612345679"),
		"two statuses":          twice("CallStatus", "completed"),
		"two directions":        twice("Direction", "inbound"),
		"two durations":         twice("CallDuration", "1"),
		"two instants":          twice("Timestamp", "1"),
		"two dial statuses":     twice("DialCallStatus", "busy"),
		"two dial durations":    twice("DialCallDuration", "busy"),
		"no id":                 fields("CallSid", "-"),
		"empty id":              fields("CallSid", ""),
		"id with a line end":    fields("CallSid", "CA1\n"),
		"id with a space":       fields("CallSid", "CA 1"),
		"id beyond ASCII":       fields("CallSid", "CAé"),
		"long id":               fields("CallSid", strings.Repeat("C", 129)),
		"no dialled number":     fields("To", "-"),
		"empty dialled number":  fields("To", ""),
		"dialled SIP address":   fields("To", "sip:+31851234567@example.nl"),
		"dialled client":        fields("To", "client:jan"),
		"dialled national":      fields("To", "0851234567"),
		"plus that is a space":  fields("To", " 31851234567"),
		"dialled with spaces":   fields("To", "+31 85 123 4567"),
		"second leg":            fields("Direction", "outbound-dial"),
		"made by the API":       fields("Direction", "outbound-api"),
		"another direction":     fields("Direction", "trunking-originating"),
		"a message, not a call": {"MessageSid": {"SM1"}, "From": {"+31612345678"}, "To": {"+31851234567"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := parse(f)
			require.ErrorIs(t, err, tracking.ErrReport)
			require.NotErrorIs(t, err, tracking.ErrSignature)
			require.Zero(t, report)
		})
	}
}

func TestTwilio_acceptsWhatItDoesNotUseTwice(t *testing.T) {
	t.Parallel()
	f := fields("CallSid", strings.Repeat("C", 128), "Direction", "-")
	f["SipHeader_X"] = []string{"b", "a", "b"}
	report, err := parse(f)
	require.NoError(t, err)
	require.Len(t, report.ID, 128)
}

// Every error is made with marked values, and none may show a mark.
func TestTwilio_errorsCarryNoPersonalData(t *testing.T) {
	t.Parallel()
	marks := []string{"31612345678", "31851234567", "geheim", token}
	twice := fields("From", "+31612345678")
	twice.Add("From", "+31612345678geheim")
	for _, f := range []url.Values{
		twice,
		fields("CallSid", "geheim\n"),
		fields("To", "sip:+31851234567@geheim"),
		fields("Direction", "geheim"),
	} {
		_, err := parse(f)
		require.Error(t, err)
		for _, mark := range marks {
			require.NotContains(t, err.Error(), mark)
		}
	}
	signature := twilio.Sign(hookURL, fields())
	for _, body := range []string{"From=+31612345678&To=%geheim", "From=%2B31612345678"} {
		for _, contentType := range []string{form, "geheim", "application/json"} {
			_, err := twilio.Parse(request(contentType, signature), hookURL+"?geheim", []byte(body), now)
			require.ErrorIs(t, err, tracking.ErrSignature)
			for _, mark := range append(marks, signature) {
				require.NotContains(t, err.Error(), mark)
			}
		}
	}
}

func TestTwilio_tokenIsNeverPrinted(t *testing.T) {
	t.Parallel()
	c := carrier.Twilio{AuthToken: token, PreviousToken: token}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb, c)
		fmt.Fprintf(&out, verb, &c)
		fmt.Fprintf(&out, verb, []tracking.Carrier{c})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("text", "carrier", c)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("json", "carrier", c)
	require.NoError(t, json.NewEncoder(&out).Encode(c))
	require.NotContains(t, out.String(), token)
	require.NotContains(t, out.String(), fmt.Sprintf("%x", token))
	require.Contains(t, out.String(), "carrier.Twilio")
}

func FuzzTwilio_Parse(f *testing.F) {
	for _, seed := range []url.Values{
		fields(),
		fields("CallStatus", "completed", "CallDuration", "90", "Timestamp", "Tue, 24 Nov 2026 14:58:00 +0000"),
		fields("DialCallStatus", "busy", "From", "anonymous"),
		{"CallSid": {"A", "B"}},
	} {
		f.Add(form, twilio.Sign(hookURL, seed), hookURL, seed.Encode())
	}
	f.Add("application/json", twilio.Sign(hookURL, nil), hookURL+"?bodySHA256=00", "{}")
	f.Add("", "", "://[:", "%")
	f.Fuzz(func(t *testing.T, contentType, signature, postedTo, body string) {
		// Whatever is in the header, without a valid signature nothing comes out.
		report, err := twilio.Parse(request(contentType, signature), postedTo, []byte(body), now)
		values, formErr := url.ParseQuery(body)
		if err == nil {
			require.NoError(t, formErr)
			require.Contains(t, acceptable(postedTo, values), signature)
		} else {
			require.Zero(t, report)
		}
		if formErr != nil {
			return
		}
		// With a valid one the report is sound, or the error says what it is.
		report, err = twilio.Parse(request(form, twilio.Sign(postedTo, values)), postedTo, []byte(body), now)
		if err != nil {
			require.ErrorIs(t, err, tracking.ErrReport)
			return
		}
		require.NotEmpty(t, report.ID)
		require.False(t, report.Dialled.IsZero())
		require.False(t, report.StartedAt.After(now))
		require.LessOrEqual(t, now.Sub(report.StartedAt), 48*time.Hour)
		require.GreaterOrEqual(t, report.Duration, time.Duration(0))
		require.LessOrEqual(t, report.Duration, 24*time.Hour)
	})
}

// acceptable returns the signatures that the URL may have: as it is, with the
// port of its scheme, and without one.
func acceptable(postedTo string, values url.Values) []string {
	signatures := []string{twilio.Sign(postedTo, values)}
	u, err := url.Parse(postedTo)
	if err != nil {
		return signatures
	}
	for _, port := range []string{"", ":443", ":80"} {
		if old := u.Port(); old != "" || port != "" {
			other := strings.Replace(postedTo, u.Host, strings.TrimSuffix(u.Host, ":"+old)+port, 1)
			signatures = append(signatures, twilio.Sign(other, values))
		}
	}
	return signatures
}

func BenchmarkTwilio_Parse(b *testing.B) {
	f := fields("CallStatus", "completed", "CallDuration", "90", "Timestamp", "Tue, 24 Nov 2026 14:58:00 +0000")
	r, body := request(form, twilio.Sign(hookURL, f)), []byte(f.Encode())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := twilio.Parse(r, hookURL, body, now); err != nil {
			b.Fatal(err)
		}
	}
}
