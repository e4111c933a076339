package numberpool

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A visitor is shown a number, somebody calls it, and the call is credited. The
// store of this example keeps everything in memory; a site takes one of
// tracking/store.
func Example() {
	ctx := context.Background()
	first, _ := ParseNumber("+31851234560")
	second, _ := ParseNumber("+31851234561")
	pool, err := New(newLedger(), Config{
		ID:      PoolID{Customer: "acme", Name: "sales"},
		Numbers: []Number{first, second},
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	lease, err := pool.Acquire(ctx, Request{
		Session:     SessionID{1}, // 16 random bytes, as cookies has them
		Attribution: Attribution{Source: "google", Medium: "cpc"},
	}, now)
	if err != nil {
		fmt.Println(err) // the page keeps the site's own number
		return
	}
	fmt.Println("shown:", lease.Number.E164(), "until", lease.ExpiresAt.Format(time.TimeOnly))

	call := now.Add(3 * time.Minute)
	holders, err := pool.Holders(ctx, lease.Number, call)
	if err != nil {
		fmt.Println(err)
		return
	}
	credit, p, ok := Resolve(holders, call).Credit(0.5)
	fmt.Printf("call: %s / %s with %.2f, %v\n", credit.Source, credit.Medium, p, ok)
	// Output:
	// shown: +31851234560 until 12:02:00
	// call: google / cpc with 1.00, true
}

// A session asks as often as it likes, and holds one number. When all are held,
// there is none for the others.
func ExamplePool_Acquire() {
	ctx, now := context.Background(), time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	number, _ := ParseNumber("+31851234560")
	pool, err := New(newLedger(), Config{ID: PoolID{"acme", "sales"}, Numbers: []Number{number}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, request := range []struct {
		session SessionID
		after   time.Duration
	}{
		{SessionID{1}, 0},
		{SessionID{1}, time.Minute},     // the same visitor, another page
		{SessionID{2}, 2 * time.Minute}, // somebody else
		{SessionID{2}, 3 * time.Minute}, // when the first has gone
	} {
		lease, err := pool.Acquire(ctx, Request{Session: request.session}, now.Add(request.after))
		if errors.Is(err, ErrPoolExhausted) {
			fmt.Println("every number is held")
			continue
		}
		fmt.Println("generation", lease.Generation, "until", lease.ExpiresAt.Format(time.TimeOnly))
	}
	// Output:
	// generation 1 until 12:02:00
	// generation 1 until 12:03:00
	// every number is held
	// generation 2 until 12:05:00
}

// New reports every mistake at once.
func ExampleConfigError() {
	_, err := New(newLedger(), Config{ID: PoolID{Customer: "acme"}, Hold: time.Second})
	fmt.Println(err)
	var first *ConfigError
	fmt.Println(errors.As(err, &first), first.Field)
	// Output:
	// numberpool: Config.ID = "acme/": customer and name are required
	// numberpool: Config.Numbers = "": a pool needs at least one number
	// numberpool: Config.Hold = "1s": must be 0 (2 minutes) or at least 20 seconds
	// true ID
}
