package bot

// Kind is what made a request.
type Kind uint8

// The kinds of client. The zero Kind is a person: what is not known to be a
// program is treated as one.
const (
	// Person is somebody with a browser, or nobody we know better.
	Person Kind = iota
	// Crawler is a program that reads pages for an index, a model, a feed or an
	// attack, or that says nothing of itself.
	Crawler
	// Preview fetches a page to show what a link in a message leads to.
	Preview
	// Prefetch is a browser that loads a page before anybody asked for it. Its
	// user may still come to see the page.
	Prefetch
	// Agent is an assistant that browses because a person asked it to.
	Agent
	// Monitor is a program that measures or tests the site.
	Monitor
)

// kindNames are the names of the kinds.
var kindNames = [...]string{
	Person: "Person", Crawler: "Crawler", Preview: "Preview",
	Prefetch: "Prefetch", Agent: "Agent", Monitor: "Monitor",
}

// String returns the name of the constant, or "Unknown".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "Unknown"
}
