package campaign

// Touches are the first and the last campaign that brought a visitor. The zero
// Touches has none. Touches are comparable.
type Touches struct {
	// First is what brought the visitor the first time, as far as is known.
	First Campaign
	// Last is what brought the visitor last, direct visits left out.
	Last Campaign
}

// Add returns the touches after another visit. A direct visit changes nothing
// once there is a campaign (last non-direct): who types the address remembers it
// from somewhere. A first touch that is direct gives way to the first that says
// something. The same campaign once more, such as a page that is loaded again,
// keeps the landing page of the first time.
func (t Touches) Add(c Campaign) Touches {
	switch {
	case c.IsDirect():
		if t == (Touches{}) {
			t = Touches{First: c, Last: c}
		}
		return t
	case t.First.IsDirect():
		return Touches{First: c, Last: c}
	}
	if again := c; t.Last != again {
		again.Landing = t.Last.Landing
		if t.Last != again {
			t.Last = c
		}
	}
	return t
}
