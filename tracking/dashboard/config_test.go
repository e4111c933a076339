package dashboard_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"github.com/qooqie/qooqie/tracking/dashboard"
	"github.com/stretchr/testify/require"
)

func TestNewRefuses(t *testing.T) {
	source := &fakeSource{}
	for name, c := range map[string]struct {
		config dashboard.Config
		fields []string
	}{
		"nothing":                        {dashboard.Config{}, []string{"Source", "Password"}},
		"no source":                      {dashboard.Config{Password: password}, []string{"Source"}},
		"no password":                    {dashboard.Config{Source: source}, []string{"Password"}},
		"eleven characters":              {dashboard.Config{Source: source, Password: "s3kr1t-1234"}, []string{"Password"}},
		"eleven characters, more bytes":  {dashboard.Config{Source: source, Password: "s3kr1t-éééé"}, []string{"Password"}},
		"the end of a line":              {dashboard.Config{Source: source, Password: "s3kr1t-1234567\n"}, []string{"Password"}},
		"short, with the end of a line":  {dashboard.Config{Source: source, Password: "s3kr1t\n"}, []string{"Password", "Password"}},
		"all at once":                    {dashboard.Config{Password: "s3kr1t", Customer: "x"}, []string{"Source", "Password"}},
		"a zero byte in a long password": {dashboard.Config{Source: source, Password: "s3kr1t-1234567\x00"}, []string{"Password"}},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := dashboard.New(c.config)
			require.Nil(t, h)
			joined, ok := err.(interface{ Unwrap() []error })
			require.True(t, ok)
			var fields []string
			for _, e := range joined.Unwrap() {
				var mistake *dashboard.ConfigError
				require.ErrorAs(t, e, &mistake)
				require.NotEmpty(t, mistake.Reason)
				require.ErrorContains(t, e, "dashboard: Config."+mistake.Field+": "+mistake.Reason)
				fields = append(fields, mistake.Field)
			}
			require.Equal(t, c.fields, fields)
			require.NotContains(t, err.Error(), "s3kr1t")
			require.NotContains(t, fmt.Sprintf("%+v %#v", err, err), "s3kr1t")
		})
	}
}

func TestNewAccepts(t *testing.T) {
	for name, word := range map[string]string{
		"twelve characters": "123456789012",
		"a sentence":        "een wachtwoord: met dubbele punten en spaties",
		"other letters":     "wáchtwóórd-€-🚲",
	} {
		t.Run(name, func(t *testing.T) {
			h, err := dashboard.New(dashboard.Config{Source: &fakeSource{report: emptyReport(t)}, Password: word})
			require.NoError(t, err)
			b := &board{Handler: h, t: t}
			require.Equal(t, http.StatusOK, b.do(http.MethodGet, "/", credentials("admin", word)).Code)
			require.Equal(t, http.StatusUnauthorized, b.do(http.MethodGet, "/").Code)
		})
	}
}

// TestConfigIsNotPrinted: a Config that ends up in a log does not bring its
// password along.
func TestConfigIsNotPrinted(t *testing.T) {
	c := dashboard.Config{Password: password, Customer: "kwikstaart"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		require.Equal(t, "dashboard.Config", fmt.Sprintf(verb, c))
		require.NotContains(t, fmt.Sprintf(verb, &c), password)
	}
	text, err := json.Marshal(c)
	require.NoError(t, err)
	require.NotContains(t, string(text), password)

	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("text", slog.Any("config", c))
	slog.New(slog.NewJSONHandler(&log, nil)).Info("json", slog.Any("config", c))
	require.Contains(t, log.String(), "dashboard.Config")
	require.NotContains(t, log.String(), password)
}

// TestDefaultLogger: without a logger, the program's own is told.
func TestDefaultLogger(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	h, err := dashboard.New(dashboard.Config{Source: &fakeSource{err: errDisk}, Password: password})
	require.NoError(t, err)
	b := &board{Handler: h, t: t}
	require.Equal(t, http.StatusServiceUnavailable, b.do(http.MethodGet, "/").Code)
	require.Contains(t, log.String(), errDisk.Error())
}

// TestCustomer: the source is asked for the customer of the Config and for no
// other, whatever a request says.
func TestCustomer(t *testing.T) {
	for _, customer := range []string{"", "kwikstaart"} {
		source := &fakeSource{report: emptyReport(t)}
		h, err := dashboard.New(dashboard.Config{Source: source, Password: password, Customer: customer})
		require.NoError(t, err)
		b := &board{Handler: h, t: t}
		for _, path := range dataPaths {
			b.get(path + "?customer=buizerd")
		}
		require.Equal(t, []string{customer, customer, customer}, source.asked)
	}
}
