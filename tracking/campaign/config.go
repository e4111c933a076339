package campaign

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// validate returns all mistakes, joined.
func (cfg Config) validate() error {
	var errs []error
	add := func(field, value, reason string) {
		errs = append(errs, &ConfigError{Field: field, Value: value[:min(len(value), maxPair)], Reason: reason})
	}
	if len(cfg.Rules) > maxRules {
		add("Rules", fmt.Sprint(len(cfg.Rules)), fmt.Sprintf("at most %d", maxRules))
	}
	for i := range cfg.Rules {
		cfg.Rules[i].validate(func(field, value, reason string) {
			add(strings.TrimSuffix(fmt.Sprintf("Rules[%d].%s", i, field), "."), value, reason)
		})
	}
	for i, host := range cfg.Exclude {
		if !isHostName(strings.TrimPrefix(host, ".")) {
			add(fmt.Sprintf("Exclude[%d]", i), host, noHost)
		}
	}
	return errors.Join(errs...)
}

// noHost is what is wrong with a text that is no host.
const noHost = "must be the name of a host, with a dot in it and without scheme, port or path"

// validate adds what is wrong with a rule.
func (r *Rule) validate(add func(field, value, reason string)) {
	if r.Host == "" && r.Path == "" && r.Query == "" && r.Referrer == "" {
		add("", "", "needs Host, Path, Query or Referrer, or it matches every visit")
	}
	if r.Source == "" && r.Medium == "" && r.Name == "" && r.Term == "" && r.Content == "" {
		add("", "", "needs Source, Medium, Name, Term or Content, or it says nothing")
	}
	for _, f := range [...]struct{ name, value string }{{"Host", r.Host}, {"Referrer", r.Referrer}} {
		if f.value != "" && !isHostName(strings.TrimPrefix(f.value, ".")) {
			add(f.name, f.value, noHost)
		}
	}
	if r.Path != "" && r.Path[0] != '/' {
		add("Path", r.Path, "must begin with a slash")
	}
	if name, _, _ := strings.Cut(r.Query, "="); r.Query != "" && (name == "" || len(r.Query) >= maxPair) {
		add("Query", r.Query, fmt.Sprintf("must be a name, or a name and a value with = between, of less than %d bytes", maxPair))
	}
	for _, f := range [...]struct{ name, value string }{
		{"Source", r.Source}, {"Medium", r.Medium}, {"Name", r.Name}, {"Term", r.Term}, {"Content", r.Content},
	} {
		if !isClean(f.value) {
			add(f.name, f.value, "must be visible text of at most 255 characters without space at its ends, and no macro")
		}
	}
}

// isClean reports whether a text is a label as Parse would make it.
func isClean(s string) bool {
	if len(s) > maxRunes*utf8.UTFMax || !utf8.ValidString(s) {
		return false
	}
	b := appendClean(nil, []byte(s))
	return string(b) == s && !isPlaceholder(b)
}
