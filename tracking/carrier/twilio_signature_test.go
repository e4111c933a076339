package carrier_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
)

const (
	token   = "d41d8cd98f00b204e9800998ecf8427e"
	hookURL = "https://www.example.nl/qooqie/calls/twilio"
	form    = "application/x-www-form-urlencoded"
)

var (
	twilio = carrier.Twilio{AuthToken: token}
	now    = time.Date(2026, time.November, 24, 15, 0, 0, 0, time.UTC)
)

// fields returns a report of a ringing call, with some fields changed. A value
// of "-" takes a field out.
func fields(changes ...string) url.Values {
	f := url.Values{
		"AccountSid": {"AC00000000000000000000000000000000"},
		"CallSid":    {"CA00000000000000000000000000000001"},
		"CallStatus": {"ringing"},
		"Direction":  {"inbound"},
		"From":       {"+31612345678"},
		"To":         {"+31851234567"},
	}
	for i := 0; i < len(changes); i += 2 {
		if changes[i+1] == "-" {
			f.Del(changes[i])
			continue
		}
		f.Set(changes[i], changes[i+1])
	}
	return f
}

// request returns a request with the given headers.
func request(contentType string, signatures ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, hookURL, http.NoBody)
	r.Header.Set("Content-Type", contentType)
	r.Header["X-Twilio-Signature"] = signatures
	return r
}

// parse signs a form and parses it.
func parse(f url.Values) (tracking.CallReport, error) {
	return twilio.Parse(request(form, twilio.Sign(hookURL, f)), hookURL, []byte(f.Encode()), now)
}

// rawSignature is Twilio's scheme, written once more: URL and text in one go.
func rawSignature(key, text string) string {
	mac := hmac.New(sha1.New, []byte(key))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func TestTwilio_publishedVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/signatures.json")
	require.NoError(t, err)
	var vectors []struct {
		ID, Key, URL, Expected string
		Params                 map[string]string
	}
	require.NoError(t, json.Unmarshal(data, &vectors))

	tried := 0
	for _, v := range vectors {
		if !strings.HasPrefix(v.ID, "twilio-") {
			continue
		}
		tried++
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			f := url.Values{}
			for name, value := range v.Params {
				f.Set(name, value)
			}
			c := carrier.Twilio{AuthToken: v.Key}
			require.Equal(t, v.Expected, c.Sign(v.URL, f))
			_, err := c.Parse(request(form, v.Expected), v.URL, []byte(f.Encode()), now)
			require.NotErrorIs(t, err, tracking.ErrSignature)
		})
	}
	require.Equal(t, 2, tried)
}

// The signatures are those that twilio-go's own tests expect of the same fields.
func TestTwilio_port(t *testing.T) {
	t.Parallel()
	f := url.Values{
		"Digits": {"1234"}, "CallSid": {"CA1234567890ABCDE"}, "To": {"+18005551212"},
		"Caller": {"+14158675309"}, "From": {"+14158675309"},
	}
	const path = "/myapp.php?foo=1&bar=2"
	for _, test := range []struct{ name, url, signature string }{
		{"as given", "https://mycompany.com" + path, "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
		{"signed with 443, posted without", "https://mycompany.com" + path, "kvajT1Ptam85bY51eRf/AJRuM3w="},
		{"signed without, posted with 443", "https://mycompany.com:443" + path, "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
		{"signed without, posted with another port", "https://mycompany.com:1234" + path, "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
		{"http as given", "http://mycompany.com" + path, "0ZXoZLH/DfblKGATFgpif+LLRf4="},
		{"http signed with its port", "http://mycompany.com:1234" + path, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := carrier.Twilio{AuthToken: "12345"}
			report, err := c.Parse(request(form, test.signature), test.url, []byte(f.Encode()), now)
			require.NoError(t, err)
			require.Equal(t, "CA1234567890ABCDE", report.ID)
		})
	}
}

func TestTwilio_portIsFoundInTheHostOnly(t *testing.T) {
	t.Parallel()
	for posted, signed := range map[string]string{
		"http://a.nl/x":             "http://a.nl:80/x",
		"http://a.nl":               "http://a.nl:80",
		"https://a.nl?q=1:2":        "https://a.nl:443?q=1:2",
		"https://a.nl/p:8/x":        "https://a.nl:443/p:8/x",
		"https://u:p@a.nl/x":        "https://u:p@a.nl:443/x",
		"https://u:p@a.nl:443/x":    "https://u:p@a.nl/x",
		"https://[2001:db8::1]/x":   "https://[2001:db8::1]:443/x",
		"https://[2001:db8::1]:9/x": "https://[2001:db8::1]/x",
		"a.nl/x":                    "a.nl/x",
	} {
		f := fields()
		_, err := twilio.Parse(request(form, twilio.Sign(signed, f)), posted, []byte(f.Encode()), now)
		require.NoError(t, err, posted)
	}
}

func TestTwilio_signsFieldsAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		form url.Values
		text string
	}{
		"none":                    {url.Values{}, ""},
		"empty values":            {url.Values{"b": {""}, "a": {""}}, "ab"},
		"upper case first":        {url.Values{"a": {"1"}, "B": {"2"}}, "B2a1"},
		"a name that begins one":  {url.Values{"AB": {"c"}, "A": {"z"}}, "AzABc"},
		"text beyond ASCII":       {url.Values{"Naam": {"Zoë + 東京 &=%"}}, "NaamZoë + 東京 &=%"},
		"spaces at the ends":      {url.Values{"a": {" 1 "}}, "a 1 "},
		"a name that occurs more": {url.Values{"a": {"2", "1", "2"}}, "a1a2"},
	} {
		require.Equal(t, rawSignature(token, hookURL+test.text), twilio.Sign(hookURL, test.form), name)
		_, err := twilio.Parse(request(form, twilio.Sign(hookURL, test.form)), hookURL, []byte(test.form.Encode()), now)
		require.ErrorIs(t, err, tracking.ErrReport, name)
	}
}

func TestTwilio_refusesWhatIsNotSigned(t *testing.T) {
	t.Parallel()
	f := fields()
	body, good := f.Encode(), twilio.Sign(hookURL, f)
	// The last character has two bits that lie beyond the 20 bytes.
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	written := good[:26] + string(alphabet[strings.IndexByte(alphabet, good[26])^1]) + "="
	for name, test := range map[string]struct {
		contentType, url, body string
		signatures             []string
	}{
		"no header":               {form, hookURL, body, nil},
		"empty header":            {form, hookURL, body, []string{""}},
		"twice":                   {form, hookURL, body, []string{good, good}},
		"wrong and right":         {form, hookURL, body, []string{"x", good}},
		"truncated":               {form, hookURL, body, []string{good[:27]}},
		"longer":                  {form, hookURL, body, []string{good + "A"}},
		"not base64":              {form, hookURL, body, []string{strings.Repeat("*", 28)}},
		"of 21 bytes":             {form, hookURL, body, []string{strings.Repeat("A", 28)}},
		"written otherwise":       {form, hookURL, body, []string{written}},
		"another key":             {form, hookURL, body, []string{carrier.Twilio{AuthToken: "x"}.Sign(hookURL, f)}},
		"a field more":            {form, hookURL, body + "&x=", []string{good}},
		"a field changed":         {form, hookURL, fields("To", "+31851234568").Encode(), []string{good}},
		"a field less":            {form, hookURL, fields("Direction", "-").Encode(), []string{good}},
		"another path":            {form, hookURL + "x", body, []string{good}},
		"a query":                 {form, hookURL + "?a=1", body, []string{good}},
		"another scheme":          {form, strings.Replace(hookURL, "https", "http", 1), body, []string{good}},
		"another host":            {form, strings.Replace(hookURL, "www", "ww", 1), body, []string{good}},
		"no form":                 {form, hookURL, "%zz=1", []string{good}},
		"a semicolon":             {form, hookURL, strings.ReplaceAll(body, "&", ";"), []string{good}},
		"JSON":                    {"application/json", hookURL, body, []string{good}},
		"multipart":               {"multipart/form-data; boundary=x", hookURL, body, []string{good}},
		"no content type":         {"", hookURL, body, []string{good}},
		"malformed content type":  {"application/x-www-form-urlencoded; =", hookURL, body, []string{good}},
		"no body":                 {form, hookURL, "", []string{good}},
		"the URL's signature":     {form, hookURL, body, []string{twilio.Sign(hookURL, nil)}},
		"query that is malformed": {"application/json", hookURL + "?%zz", body, []string{good}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := twilio.Parse(request(test.contentType, test.signatures...), test.url, []byte(test.body), now)
			require.ErrorIs(t, err, tracking.ErrSignature)
			require.NotErrorIs(t, err, tracking.ErrReport)
			require.Zero(t, report)
		})
	}
}

func TestTwilio_formWithCharset(t *testing.T) {
	t.Parallel()
	f := fields()
	r := request("application/x-www-form-urlencoded; charset=UTF-8", twilio.Sign(hookURL, f))
	_, err := twilio.Parse(r, hookURL, []byte(f.Encode()), now)
	require.NoError(t, err)
}

// The hash and both signatures are those of twilio-go's own tests.
func TestTwilio_bodyThatIsNoForm(t *testing.T) {
	t.Parallel()
	const (
		body = `{"property": "value", "boolean": true}`
		hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	)
	sum := sha256.Sum256([]byte("x"))
	c := carrier.Twilio{AuthToken: "12345"}
	for name, test := range map[string]struct {
		url, body, signature string
		want                 error
	}{
		"signed":             {"https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=" + hash, body, "a9nBmqA0ju/hNViExpshrM61xv4=", tracking.ErrReport},
		"signed, hash alone": {"https://mycompany.com/myapp.php?bodySHA256=" + hash, body, "y77kIzt2vzLz71DgmJGsen2scGs=", tracking.ErrReport},
		"another body":       {"https://mycompany.com/myapp.php?bodySHA256=" + hash, body + " ", "y77kIzt2vzLz71DgmJGsen2scGs=", tracking.ErrSignature},
		"another hash": {
			"https://mycompany.com/myapp.php?bodySHA256=" + hex.EncodeToString(sum[:]), "x",
			"y77kIzt2vzLz71DgmJGsen2scGs=", tracking.ErrSignature,
		},
		"no hash":    {"https://mycompany.com/?bodySHA256=", "", c.Sign("https://mycompany.com/?bodySHA256=", nil), tracking.ErrSignature},
		"two hashes": {"https://a.nl/?bodySHA256=" + hash + "&bodySHA256=" + hash, body, c.Sign("https://a.nl/?bodySHA256="+hash+"&bodySHA256="+hash, nil), tracking.ErrSignature},
	} {
		_, err := c.Parse(request("application/json", test.signature), test.url, []byte(test.body), now)
		require.ErrorIs(t, err, test.want, name)
	}
}

func TestTwilio_tokenIsReplaced(t *testing.T) {
	t.Parallel()
	f := fields()
	body := []byte(f.Encode())
	ring := carrier.Twilio{AuthToken: "the new token", PreviousToken: token}
	for name, test := range map[string]struct {
		signer carrier.Twilio
		want   error
	}{
		"new":     {carrier.Twilio{AuthToken: "the new token"}, nil},
		"old":     {twilio, nil},
		"another": {carrier.Twilio{AuthToken: "another"}, tracking.ErrSignature},
	} {
		_, err := ring.Parse(request(form, test.signer.Sign(hookURL, f)), hookURL, body, now)
		require.ErrorIs(t, err, test.want, name)
	}
}

// HMAC has a value for an empty key as well: nothing may be signed with it.
func TestTwilio_withoutTokenNothingIsSigned(t *testing.T) {
	t.Parallel()
	f := fields()
	require.Empty(t, carrier.Twilio{}.Sign(hookURL, f))
	forged := rawSignature("", hookURL+"AccountSidAC00000000000000000000000000000000"+
		"CallSidCA00000000000000000000000000000001CallStatusringingDirectioninboundFrom+31612345678To+31851234567")
	for name, c := range map[string]carrier.Twilio{
		"zero":            {},
		"previous only":   {PreviousToken: token},
		"no previous one": {AuthToken: "another"},
	} {
		for _, signature := range []string{forged, "", twilio.Sign(hookURL, f)} {
			_, err := c.Parse(request(form, signature), hookURL, []byte(f.Encode()), now)
			require.ErrorIs(t, err, tracking.ErrSignature, name)
		}
	}
}
