package retention

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// The names that JSON may have, which are those of the types' tags.
var (
	policyNames = []string{"version", "notice", "rules"}
	ruleNames   = []string{"name", "class", "subject", "purpose", "basis", "keep", "from", "empties", "outlives", "reason"}
)

// policyText is Policy without its methods, for package json.
type policyText Policy

// MarshalJSON implements [encoding/json.Marshaler]. The error is that of
// [Policy.Validate]: only what can be read back is written.
func (p Policy) MarshalJSON() ([]byte, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return json.Marshal(policyText(p))
}

// UnmarshalJSON implements [encoding/json.Unmarshaler], so that
// [encoding/json.Unmarshal] reads a policy. It is strict: a field that is
// unknown, in other letters, null or there twice is a mistake, because the
// person who wrote it meant something by it.
//
// Mistakes in the text are a [*FieldError] with Field "policy", a value of the
// wrong kind is an error of package json, and for the rest there are those of
// [Policy.Validate]. p is left as it was then.
func (p *Policy) UnmarshalJSON(data []byte) error {
	if err := checkJSON(data); err != nil {
		return err
	}
	var text policyText
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("retention: policy: %w", err)
	}
	read := Policy(text)
	if err := read.Validate(); err != nil {
		return err
	}
	*p = read
	return nil
}

// checkJSON refuses what package json would pass over.
func checkJSON(data []byte) error {
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		return policyError("", err.Error()) // also what is nested too deeply to be read
	}
	d := json.NewDecoder(bytes.NewReader(data))
	return checkValue(d, policyNames, "")
}

// checkValue reads one value, whose names, if it has any, must be among those
// given.
func checkValue(d *json.Decoder, names []string, at string) error {
	token, err := d.Token()
	switch {
	case err != nil:
		return policyError(at, err.Error())
	case token == nil:
		return policyError(at, "null; leave the field out")
	case token == json.Delim('{'):
		return checkObject(d, names)
	case token == json.Delim('['):
		for d.More() {
			if err := checkValue(d, ruleNames, at); err != nil {
				return err
			}
		}
		_, err = d.Token()
		if err != nil {
			return policyError(at, err.Error())
		}
	}
	return nil
}

// checkObject reads the rest of an object.
func checkObject(d *json.Decoder, names []string) error {
	var seen []string
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return policyError("", err.Error())
		}
		name, ok := token.(string)
		if !ok || !slices.Contains(names, name) {
			return policyError(fmt.Sprint(token), "no such field")
		}
		if slices.Contains(seen, name) {
			return policyError(name, "stands there twice")
		}
		seen = append(seen, name)
		// No field of a rule is an object, so its names fit nowhere else.
		if err := checkValue(d, nil, name); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return policyError("", err.Error())
	}
	return nil
}

// policyError returns an error about the JSON of a policy.
func policyError(value, reason string) error {
	return &FieldError{Field: "policy", Value: fmt.Sprintf("%.32s", value), Reason: reason}
}
