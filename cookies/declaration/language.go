package declaration

import (
	"strconv"
	"strings"
)

// The languages of a declaration.
const (
	dutch   = "nl"
	english = "en"
)

// Language returns the language that the lines of an Accept-Language header
// prefer, "nl" or "en" (RFC 9110 section 12.5.4). Of two that are equally
// welcome it is the one that comes first. Who asks for neither gets English, and
// who asks for nothing Dutch, the language of the law that the declaration is
// about.
func Language(accept []string) string {
	weights := map[string]int{}
	first := ""
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			tag, params, _ := strings.Cut(part, ";")
			lang := primary(tag)
			if lang == "" {
				continue
			}
			if first == "" && (lang == dutch || lang == english) {
				first = lang
			}
			weights[lang] = max(weights[lang], quality(params))
		}
	}
	if len(weights) == 0 {
		return dutch
	}
	weigh := func(lang string) int {
		if q, named := weights[lang]; named {
			return q
		}
		return min(weights["*"], 1) // anything will do, after what is named
	}
	nl, en := weigh(dutch), weigh(english)
	if nl > en || nl == en && nl > 0 && first != english {
		return dutch
	}
	return english
}

// primary returns the first part of a language tag, in lower case: "nl" of
// "nl-BE".
func primary(tag string) string {
	lang, _, _ := strings.Cut(strings.TrimSpace(tag), "-")
	return strings.ToLower(lang)
}

// quality returns the weight of a preference in thousandths. One that can't be
// read does not count.
func quality(params string) int {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1000
	}
	text, isWeight := strings.CutPrefix(strings.ToLower(params), "q=")
	q, err := strconv.ParseFloat(text, 64)
	if !isWeight || err != nil || len(text) > len("0.000") || !(q >= 0 && q <= 1) {
		return 0
	}
	return int(q*1000 + 0.5)
}

// in returns the text in a language.
func (t Text) in(lang string) string {
	if lang == english {
		return t.English
	}
	return t.Dutch
}
