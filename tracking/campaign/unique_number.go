package campaign

import "strings"

// isPhone reports whether a whole text is a telephone number as people write it:
// + and 9 to 15 digits (ITU-T E.164), 00 and as many, or the ten digits of a
// Dutch number and those of its neighbors, with a 0 in front. Digits alone
// without either are some platform's id. A date has fewer digits.
func isPhone(s string) bool {
	digits, marks := 0, 0
	for i := range len(s) {
		switch b := s[i]; {
		case isDigit(b):
			digits++
		case b == '+' && i == 0:
		case b == ' ' || b == '-' || b == '.' || b == '(' || b == ')' || b == '/':
			marks++
		default:
			return false
		}
	}
	if marks > 5 || digits == 0 {
		return false
	}
	switch {
	case s[0] == '+':
		return digits >= 9 && digits <= 15
	case strings.HasPrefix(s, "00"):
		return digits >= 11 && digits <= 17
	case strings.TrimLeft(s, "(")[0] == '0':
		return digits == 10 && !startsWithDate(s)
	}
	return false
}

// startsWithDate reports whether a text begins as 01-12-2026 does, in front of
// an hour.
func startsWithDate(s string) bool {
	return len(s) >= 10 && s[2] == s[5] && !isDigit(s[2]) && (s[6:8] == "19" || s[6:8] == "20")
}

// isReader reports whether a text is what Mailchimp writes as utm_term: 0_, its
// list and its campaign in ten hexadecimal digits each, and the number of the
// reader.
func isReader(s string) bool {
	const head, part = "0_", 10
	if len(s) < len(head)+2*(part+1)+1 || s[:len(head)] != head {
		return false
	}
	s = s[len(head):]
	for i := range 2 * (part + 1) {
		if dash := i%(part+1) == part; dash != (s[i] == '-') || !dash && unhex(s[i]) == 16 {
			return false
		}
	}
	for _, b := range []byte(s[2*(part+1):]) {
		if !isDigit(b) {
			return false
		}
	}
	return true
}

// people are words that a tool writes in front of the number of one of them, in
// Dutch and English. Words that name kinds of campaign as well, such as lead or
// contact, are not here.
var people = [...]string{
	"abonnee", "abonneeid", "customer", "customerid", "eid", "emailid", "klant", "klantid", "klantnr", "klantnummer",
	"lidnummer", "member", "memberid", "ontvanger", "recipient", "recipientid", "relatienr", "relatienummer",
	"subscriber", "subscriberid", "uid", "user", "userid",
}

// hasNumberedPerson reports whether one of people stands in a text with five
// digits or more behind it, such as klant-10293. A year has four.
func hasNumberedPerson(s string) bool {
	for start := 0; start < len(s); {
		if !isAlnum(s[start]) {
			start++
			continue
		}
		word := start
		for word < len(s) && isAlnum(s[word]) && !isDigit(s[word]) {
			word++
		}
		number := word
		if number < len(s) && !isDigit(s[number]) {
			number++ // one sign between them
		}
		end := number
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		if end-number >= 5 && isPeople(s[start:word]) {
			return true
		}
		start = max(word, start+1)
	}
	return false
}

// isPeople reports whether a word is one of people, in any case.
func isPeople(word string) bool {
	for _, p := range people {
		if len(p) == len(word) && strings.EqualFold(p, word) {
			return true
		}
	}
	return false
}

// hasRandom reports whether a text has a run of letters and digits that looks
// random.
func hasRandom(s string) bool {
	for start := 0; start < len(s); {
		end := start
		for end < len(s) && isAlnum(s[end]) {
			end++
		}
		if end-start >= minRandom && isRandom(s[start:end]) {
			return true
		}
		start = end + 1
	}
	return false
}

const (
	// minRandom is the length of the shortest random text: 64 bits in
	// hexadecimal. What is shorter could be the code of a campaign.
	minRandom = 16
	// minMixed is the same for letters beyond f, among which words are harder to
	// tell apart.
	minMixed = 20
)

// isRandom reports whether letters and digits look random: hexadecimal with
// letters and several numbers, or more pieces than words and numbers have. A piece is a
// number, or letters of which only the first may be a capital, or capitals. In
// VoorjaarsActie2026 pieces have six characters on average, in names of models
// such as MacBookPro14M3Pro18GB still 2.3, in random ones 1.9.
func isRandom(s string) bool {
	digits, hex, pieces, numbers := 0, 0, 0, 0
	for i := range len(s) {
		b := s[i]
		if unhex(b) < 16 {
			hex++
		}
		if isDigit(b) {
			digits++
			if i == 0 || !isDigit(s[i-1]) {
				pieces++
				numbers++
			}
			continue
		}
		upper := b < 'a'
		switch {
		case i == 0 || isDigit(s[i-1]):
			pieces++
		case upper && s[i-1] >= 'a':
			pieces++
		case !upper && i >= 2 && s[i-1] < 'a' && !isDigit(s[i-2]) && s[i-2] < 'a':
			pieces++ // the last of several capitals begins this piece
		}
	}
	if hex == len(s) {
		return numbers >= 3 && len(s)-digits >= 3
	}
	return len(s) >= minMixed && digits > 0 && (100*len(s) < 225*pieces || numbers >= 6)
}
