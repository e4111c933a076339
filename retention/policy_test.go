package retention_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/retention"
)

// oneRule returns a policy with a single rule, without mistakes.
func oneRule(change func(*retention.Rule)) retention.Policy {
	r := retention.Rule{
		Name: "visit", Class: "visit", Subject: "visitor", Purpose: "to count", Basis: "consent",
		Keep: "30 days", From: "started", Reason: "long enough",
	}
	change(&r)
	return retention.Policy{Version: "1", Notice: "7 days", Rules: []retention.Rule{r}}
}

// TestDefaultPolicyHash fails when the default policy changes: everybody who
// signed it then sees a difference, so give it another version and say so in the
// changelog.
func TestDefaultPolicyHash(t *testing.T) {
	t.Parallel()
	p := retention.DefaultPolicy()
	require.NoError(t, p.Validate())
	require.Equal(t, "2026-11", p.Version)
	require.Equal(t, defaultHash, p.Hash())
	p.Rules[0].Keep = "changed"
	require.NoError(t, retention.DefaultPolicy().Validate(), "each call returns another value")
}

const defaultHash = "9c5a7e9d91758a2b21fc8a24d92a88d831f0a429fa1cd21596f661f907778a36"

func TestPolicyMistakes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*retention.Rule)
		want   []string
	}{
		"nothing wrong":     {func(*retention.Rule) {}, nil},
		"agreement":         {func(r *retention.Rule) { r.Keep, r.From = "agreement", "" }, nil},
		"at once":           {func(r *retention.Rule) { r.Keep, r.From = "at once", "" }, nil},
		"until then":        {func(r *retention.Rule) { r.Keep = "until then" }, nil},
		"no name":           {func(r *retention.Rule) { r.Name = "" }, []string{"rules[0].name"}},
		"capital in a name": {func(r *retention.Rule) { r.Name = "Visit" }, []string{"rules[0].name"}},
		"reserved name":     {func(r *retention.Rule) { r.Name = "legal-hold" }, []string{"rules[0].name"}},
		"no class":          {func(r *retention.Rule) { r.Class = "" }, []string{"rules[0].class"}},
		"no subject":        {func(r *retention.Rule) { r.Subject = "" }, []string{"rules[0].subject"}},
		"unknown subject":   {func(r *retention.Rule) { r.Subject = "everybody" }, []string{"rules[0].subject"}},
		"no reasons":        {func(r *retention.Rule) { r.Purpose, r.Basis, r.Reason = "", "", "" }, []string{"rules[0].purpose", "rules[0].basis", "rules[0].reason"}},
		"no period":         {func(r *retention.Rule) { r.Keep = "" }, []string{"rules[0].keep"}},
		"from missing":      {func(r *retention.Rule) { r.From = "" }, []string{"rules[0].from"}},
		"from without need": {func(r *retention.Rule) { r.Keep = "at once" }, []string{"rules[0].from"}},
		"agreement that empties": {
			func(r *retention.Rule) { r.Keep, r.From, r.Empties = "agreement", "", []string{"x"} },
			[]string{"rules[0].empties", "rules[0].class"},
		},
		"only empties":       {func(r *retention.Rule) { r.Empties = []string{"x"} }, []string{"rules[0].class"}},
		"empties twice":      {func(r *retention.Rule) { r.Empties = []string{"x", "x"} }, []string{"rules[0].empties", "rules[0].class"}},
		"empties no name":    {func(r *retention.Rule) { r.Empties = []string{"a b"} }, []string{"rules[0].empties", "rules[0].class"}},
		"person outlives":    {func(r *retention.Rule) { r.Outlives = true }, []string{"rules[0].outlives"}},
		"outlives for ever":  {func(r *retention.Rule) { r.Subject, r.Outlives, r.Keep, r.From = "none", true, "agreement", "" }, []string{"rules[0].outlives"}},
		"nobody's outlives":  {func(r *retention.Rule) { r.Subject, r.Outlives = "none", true }, nil},
		"line in the reason": {func(r *retention.Rule) { r.Reason = "a\nb" }, []string{"rules[0].reason"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := oneRule(test.change)
			require.Equal(t, test.want, mistakes(t, p.Validate()))
			require.Equal(t, test.want == nil, p.Hash() != "")
		})
	}
	require.Equal(t, []string{"version", "notice", "rules"}, mistakes(t, retention.Policy{}.Validate()))
	twice := oneRule(func(*retention.Rule) {})
	twice.Rules, twice.Notice = append(twice.Rules, twice.Rules[0]), "24 hours"
	require.Equal(t, []string{"notice", "rules[1].name"}, mistakes(t, twice.Validate()))
}

// TestPeriods has all that a period may look like, and what it may not.
func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, good := range []retention.Period{"1 year", "100 years", "1 month", "13 months", "1200 months", "1 day", "30 days", "9999 days", "1 hour", "24 hours", "1 minute", "10 minutes"} {
		require.NoError(t, oneRule(func(r *retention.Rule) { r.Keep = good }).Validate(), good)
	}
	for _, bad := range []retention.Period{
		"", "0 days", "-1 days", "+1 day", "01 day", "1 days", "2 day", "30", "days", "30days", "30  days", " 30 days", "30 days ",
		"101 years", "1201 months", "10000 days", "1.5 days", "30 Days", "1 week", "30 seconds", "never", "At once", "٣ days",
	} {
		require.Error(t, oneRule(func(r *retention.Rule) { r.Keep = bad }).Validate(), "%q", bad)
	}
}

func TestPolicyJSON(t *testing.T) {
	t.Parallel()
	p := retention.DefaultPolicy()
	data, err := json.MarshalIndent(p, "", "\t")
	require.NoError(t, err)
	var back retention.Policy
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, p, back)
	require.Equal(t, p.Hash(), back.Hash(), "layout does not change the hash")

	var nested struct{ Policy retention.Policy }
	require.NoError(t, json.Unmarshal([]byte(`{"Policy":`+string(data)+`}`), &nested))
	require.Equal(t, p, nested.Policy)
	_, err = json.Marshal(retention.Policy{})
	require.ErrorContains(t, err, "version: missing")
}

// TestPolicyJSONIsStrict has texts that package json would have taken.
func TestPolicyJSONIsStrict(t *testing.T) {
	t.Parallel()
	whole, err := json.Marshal(oneRule(func(r *retention.Rule) { r.Keep = "1 day" }))
	require.NoError(t, err)
	text := string(whole)
	for name, bad := range map[string]string{
		"unknown field":         strings.Replace(text, `"notice"`, `"x":1,"notice"`, 1),
		"unknown field of rule": strings.Replace(text, `"keep"`, `"x":1,"keep"`, 1),
		"field of the other":    strings.Replace(text, `"keep"`, `"version":"1","keep"`, 1),
		"capital":               strings.Replace(text, `"keep"`, `"Keep"`, 1),
		"twice":                 strings.Replace(text, `"keep"`, `"keep":"9 days","keep"`, 1),
		"null":                  strings.Replace(text, `"from":"started"`, `"from":null`, 1),
		"null flag":             strings.Replace(text, `"keep"`, `"outlives":null,"keep"`, 1),
		"null policy":           `null`,
		"object in a string":    strings.Replace(text, `"started"`, `{"name":"started"}`, 1),
		"number":                strings.Replace(text, `"1 day"`, `1`, 1),
		"more":                  text + text,
		"cut off":               text[:len(text)-1],
		"list":                  "[" + text + "]",
		"text":                  `"policy"`,
		"empty":                 ``,
		"deep":                  strings.Repeat(`[`, 1_000_000),
	} {
		was := retention.DefaultPolicy()
		require.Error(t, json.Unmarshal([]byte(bad), &was), name)
		require.Error(t, was.UnmarshalJSON([]byte(bad)), name)
		require.Equal(t, defaultHash, was.Hash(), "%s: left as it was", name)
	}
}

func TestPolicyDiff(t *testing.T) {
	t.Parallel()
	signed, now := retention.DefaultPolicy(), retention.DefaultPolicy()
	require.Nil(t, now.Diff(signed))
	now.Notice = "14 days"
	now.Rules = slices.Delete(now.Rules, 0, 1)
	now.Rules[0].Keep, now.Rules[1].Empties = "13 months", []string{"session", "landing"}
	now.Rules = append(now.Rules, oneRule(func(r *retention.Rule) { r.Name = "new" }).Rules...)
	require.Equal(t, []string{
		"notice: 7 days -> 14 days",
		"rule page-view: removed",
		"rule counter: keep: 25 months -> 13 months",
		"rule lease-session: empties: session -> session landing",
		"rule new: added: visit: 30 days",
	}, now.Diff(signed))
	order := retention.DefaultPolicy()
	slices.Reverse(order.Rules)
	require.Equal(t, []string{"rules: in another order"}, order.Diff(signed))
	require.NotEqual(t, signed.Hash(), order.Hash())
	require.NoError(t, order.Signed(retention.Agreement{}), "nothing was signed")
}

func FuzzPolicyJSON(f *testing.F) {
	data, err := json.Marshal(oneRule(func(*retention.Rule) {}))
	require.NoError(f, err)
	f.Add(data)
	for _, s := range []string{`{}`, `[]`, `{"version":"1","notice":"7 days","rules":[{}]}`, `{"rules":[[[{"name":"x"}]]]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p retention.Policy
		if err := json.Unmarshal(data, &p); err != nil {
			require.Zero(t, p)
			return
		}
		out, err := json.Marshal(p)
		require.NoError(t, err)
		var back retention.Policy
		require.NoError(t, json.Unmarshal(out, &back))
		require.Equal(t, p.Hash(), back.Hash())
		require.Empty(t, back.Diff(p))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.True(t, bytes.Equal(out, again), "one text for one policy")
	})
}

// TestDefaultPeriods has the periods as they were agreed, so that a change of one
// is seen by name.
func TestDefaultPeriods(t *testing.T) {
	t.Parallel()
	want := map[string]retention.Period{
		"page-view": "at once", "counter": "25 months", "lease-session": "until then", "lease-interval": "30 days",
		"pool-caller": "30 days", "call-number": "30 days", "call-caller": "13 months", "call": "agreement",
		"visit": "30 days", "visit-page-view": "30 days", "outbox": "7 days", "dead-letter": "7 days",
		"export": "24 hours", "why": "10 minutes", "evidence": "5 years",
	}
	got := make(map[string]retention.Period)
	for _, r := range retention.DefaultPolicy().Rules {
		got[r.Name] = r.Keep
		require.Equal(t, r.Name == "evidence", r.Outlives, "the agreement ends all but evidence")
	}
	require.Equal(t, want, got)
}
