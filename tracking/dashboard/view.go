package dashboard

// view is what the template shows: texts and figures that are ready, so that
// what must not be shown, such as a session id, is out of its reach.
type view struct {
	// Customer is the customer's id, "" if the report names none.
	Customer string
	// At is when the report was made.
	At moment
	// Zone is the name of the zone of all moments.
	Zone string
	// State says what the state of the agreement means.
	State string
	// Readable is whether it allows to look. If not, the rest is empty.
	Readable bool

	// Pools are the pools and their numbers.
	Pools []poolView
	// Live is how many sessions have a number now.
	Live int
	// Sessions and PageViews are the counters of the last 30 days.
	Sessions, PageViews counterTable
	// Calls are the latest calls, at most maxCalls.
	Calls []callRow
	// Known is how many calls the report has, and so the downloads.
	Known int
	// Credited is how many of those are credited to a visit.
	Credited int
}

// poolView is a pool and its numbers.
type poolView struct {
	// Name is "" if it says no more than SwapTarget.
	Name       string
	SwapTarget string
	Live       int
	Total      int
	// Crowded is how many live numbers are not yet many.
	Crowded int
	Numbers []numberRow
}

// numberRow is a number and what it is doing.
type numberRow struct {
	Number string
	Live   bool
	// Used is whether it has ever been leased. End is the end of that lease, past
	// or to come.
	Used bool
	End  moment
	// Credit is what brought the session that has it now.
	Credit credit
}

// credit is a source, medium and campaign.
type credit struct{ Source, Medium, Campaign string }

// None reports whether nothing is known.
func (c credit) None() bool { return c == credit{} }

// counterTable is the counters of one kind.
type counterTable struct {
	Rows []counterRow
	// Dropped is how many rows are not shown.
	Dropped int
	// Total is the sum of all rows, those that are not shown as well.
	Total int64
	// Most is the largest count that is shown: the length of a full bar.
	Most int64
	// Sites is whether there are several sites, so that each row says which.
	Sites bool
}

// counterRow is one counter. Path is that of page views, Credit that of sessions.
type counterRow struct {
	Day    moment
	Site   string
	Path   string
	Credit credit
	Count  int64
}

// callRow is a call. What is "" is unknown, or not so.
type callRow struct {
	Started moment
	Dialled string
	// Credited is whether the call goes to a visit. If not, Credit, Channel and
	// Probability are empty.
	Credited    bool
	Credit      credit
	Channel     string
	Probability string
	Rung        string
	State       string
	Duration    string
	CallerHint  string
}
