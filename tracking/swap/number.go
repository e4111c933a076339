package swap

import (
	"fmt"
	"regexp"
	"strings"
)

// country is how numbers are written within one calling code. Countries that share
// a code, as those of North America do, write them the same way.
type country struct {
	trunk  string // digits that go before a number within the country
	usuals []usual
}

// usual is the usual way to write the numbers that its expressions match.
type usual struct {
	leading, pattern        string
	national, international string // formats, with $1 and on
}

// number is a telephone number with the ways to write it. They are made when a plan
// is compiled: a page only copies them.
type number struct {
	e164          string
	code          string // calling code
	significant   string // national significant number
	trunk         string // what goes before it within the country, or ""
	prefix        string // what may go before it within the country, or ""
	national      string // the usual way within the country
	international string // the usual way after the calling code
	groups        []string
}

// area is how many digits the area code has, 0 if there is none. It is what the
// usual way to write the number puts first.
func (n *number) area() int {
	if len(n.groups) < 2 {
		return 0
	}
	return len(n.groups[0])
}

// e164 is what a number looks like.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// numbers reads numbers. It compiles the expressions of a country once, and only
// those of countries that are asked for: the whole table has hundreds.
type numbers map[string]*regexp.Regexp

// parse reads a number in E.164.
func (c numbers) parse(text string) (*number, error) {
	if !e164.MatchString(text) {
		return nil, fmt.Errorf("swap: %q: %w", text, ErrNumber)
	}
	code := callingCode(text[1:])
	if code == "" {
		return nil, fmt.Errorf("swap: %q: %w: no country has this calling code", text, ErrNumber)
	}
	n := &number{e164: text, code: code, significant: text[1+len(code):]}
	c.shape(n, countries[code])
	return n, nil
}

// callingCode returns the calling code that digits begin with, or "". No code
// is the beginning of another.
func callingCode(digits string) string {
	for n := 1; n <= 3; n++ {
		if _, ok := countries[digits[:n]]; ok {
			return digits[:n]
		}
	}
	return ""
}

// shape fills in how n is written. The first of the country's ways that fits the
// number counts. If none does, which is no error since ranges are opened all the
// time, the number is written as one group of digits.
func (c numbers) shape(n *number, in country) {
	n.national, n.international = in.trunk+n.significant, n.significant
	for _, u := range in.usuals {
		if !c.matches("^(?:"+u.leading+")", n.significant) || !c.matches("^(?:"+u.pattern+")$", n.significant) {
			continue
		}
		pattern := c.expression("^(?:" + u.pattern + ")$")
		n.national = pattern.ReplaceAllString(n.significant, template(u.national))
		n.international = pattern.ReplaceAllString(n.significant, template(u.international))
		break
	}
	n.groups = strings.FieldsFunc(n.international, notDigit)
	switch {
	case in.trunk == "":
	case strings.HasPrefix(onlyDigits(n.national), in.trunk+n.significant):
		n.trunk = in.trunk
	default:
		n.prefix = in.trunk
	}
}

// matches reports whether the expression matches text.
func (c numbers) matches(expression, text string) bool {
	return c.expression(expression).MatchString(text)
}

// expression compiles an expression of the table.
func (c numbers) expression(text string) *regexp.Regexp {
	if c[text] == nil {
		c[text] = regexp.MustCompile(text)
	}
	return c[text]
}

// reference is a group in a format of the table.
var reference = regexp.MustCompile(`\$(\d)`)

// template turns a format of the table into one of package regexp, where "$12"
// would be group 12.
func template(format string) string { return reference.ReplaceAllString(format, "$${$1}") }

// notDigit reports whether r is no digit.
func notDigit(r rune) bool { return r < '0' || r > '9' }

// onlyDigits returns the digits of s.
func onlyDigits(s string) string { return strings.Join(strings.FieldsFunc(s, notDigit), "") }
