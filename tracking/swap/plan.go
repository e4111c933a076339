package swap

import "fmt"

// Target is a number that stands on pages, and those that may replace it.
type Target struct {
	// Number is the site's own number, in E.164.
	Number string
	// Replacements are the numbers that may stand in its place, in E.164.
	Replacements []string
}

// Plan finds the numbers of some targets in a page, however they are written. It
// never changes and is safe for concurrent use.
//
// It is a tree of digits, so that a page with many targets takes no longer than one
// with a single target, and nearly all digits of a page are done with at the first
// step.
type Plan struct {
	targets []planned
	nodes   []node
	starts  [256]bool // bytes that a number may begin with, without a plus
	plus    [256]bool // those after a plus
}

// planned is a Target with the ways to write its numbers.
type planned struct {
	number       *number
	replacements map[string]*number
}

// node is a node of the tree of digits that numbers are made of.
type node struct {
	next   [10]int32 // 0 means none
	trunk  bool      // "(0)" may follow
	vanity bool      // letters may stand for digits from here on
	whole  bool      // the digits up to here are a target
	match  form
}

// form is a way to write a target.
type form struct {
	target        int
	lead          int  // how many digits stand before the significant number
	international bool // with a calling code
}

// areaDigits is the length of an area code in North America, where letters may
// stand for the digits after it (ITU-T E.161).
const areaDigits = 3

// Roots of the tree.
const (
	rootPlain = 0 // a number that begins with a digit
	rootPlus  = 1 // a number that begins with a plus
)

// Compile makes the plan for the targets of a page; their order numbers them.
//
// The error wraps ErrNumber or ErrDuplicate and quotes the number.
func Compile(targets ...Target) (*Plan, error) {
	p := &Plan{nodes: make([]node, 2)}
	known := make(numbers)
	for i, t := range targets {
		n, err := known.parse(t.Number)
		if err != nil {
			return nil, err
		}
		entry := planned{number: n, replacements: make(map[string]*number, len(t.Replacements))}
		for _, text := range t.Replacements {
			r, err := known.parse(text)
			if err != nil {
				return nil, err
			}
			if r.e164 == n.e164 {
				return nil, fmt.Errorf("swap: %q: %w, as a target and as its replacement", text, ErrDuplicate)
			}
			entry.replacements[text] = r
		}
		p.targets = append(p.targets, entry)
		if !p.grow(n, i) {
			return nil, fmt.Errorf("swap: %q: %w as a target", t.Number, ErrDuplicate)
		}
	}
	return p, nil
}

// grow adds the forms of a target to the tree. It reports false if they are
// there already.
//
// Without its calling code, a number of one country may look like one of another.
// Then it belongs to the target that came first. "00" stands for the exit code of
// all countries: others are rare on pages, as these are read at home.
func (p *Plan) grow(n *number, target int) bool {
	international := form{target: target, lead: len(n.code), international: true}
	exit := international
	exit.lead += len("00")
	isNew := p.add(rootPlus, n.code, n, international)
	p.add(rootPlain, "00"+n.code, n, exit)
	p.add(rootPlain, n.trunk, n, form{target: target, lead: len(n.trunk)})
	if n.prefix != "" {
		p.add(rootPlain, n.prefix, n, form{target: target, lead: len(n.prefix)})
	}
	for d := range 10 {
		p.starts['0'+d] = p.nodes[rootPlain].next[d] != 0
		p.plus['0'+d] = p.nodes[rootPlus].next[d] != 0
	}
	return isNew
}

// add adds one form: the digits lead, then those of the significant number. It
// reports false if another target has it.
func (p *Plan) add(root int32, lead string, n *number, f form) bool {
	at := root
	for i, d := range []byte(lead + n.significant) {
		if i == len(lead) && f.international && n.trunk == "0" {
			p.nodes[at].trunk = true
		}
		if n.code == "1" && i >= len(lead)+areaDigits {
			p.nodes[at].vanity = true
		}
		next := p.nodes[at].next[d-'0']
		if next == 0 {
			next = int32(len(p.nodes))
			p.nodes = append(p.nodes, node{})
			p.nodes[at].next[d-'0'] = next
		}
		at = next
	}
	if p.nodes[at].whole {
		return false
	}
	p.nodes[at].whole, p.nodes[at].match = true, f
	return true
}

// step returns the node that a digit leads to, or a letter where one may stand for
// a digit, 0 if there is none.
func (p *Plan) step(at int32, r rune) int32 {
	if !isDigit(r) {
		r = rune(keypad[r-'A'])
	}
	return p.nodes[at].next[r-'0']
}
