package retention_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/qooqie/qooqie/retention"
)

// A site that tracks for itself.
func ExampleOwnUse() {
	config := struct{ Agreement retention.Agreement }{
		Agreement: retention.OwnUse("Your company", retention.Date{Year: 2026, Month: time.November, Day: 24}),
	}
	window, err := config.Agreement.Window()
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)
	fmt.Println(window.State(now), window.MayTrack(now))
	// Output: active true
}

// A processing agreement: 3 calendar months after its end the data falls due.
func ExampleAgreement() {
	config := struct{ Agreement retention.Agreement }{
		Agreement: retention.Agreement{ID: "2026-001", Customer: "acme", Controller: "Acme B.V.", Start: retention.Date{Year: 2026, Month: time.December, Day: 1}, End: retention.Date{Year: 2027, Month: time.November, Day: 30}, Choice: retention.Erase},
	}
	window, err := config.Agreement.Window()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("start", window.Start)
	fmt.Println("end  ", window.End)
	fmt.Println("due  ", window.Due)
	// Output:
	// start 2026-12-01 00:00:00 +0100 CET
	// end   2027-12-01 00:00:00 +0100 CET
	// due   2028-03-01 00:00:00 +0100 CET
}

// Every mistake is reported at once.
func ExampleAgreement_Validate() {
	err := retention.Agreement{
		ID:         "2026-001",
		Customer:   "acme",
		Controller: "Acme B.V.",
		Start:      retention.Date{Year: 2026, Month: time.December, Day: 1},
		End:        retention.Date{Year: 2026, Month: time.November, Day: 30},
		Zone:       "Local",
	}.Validate()
	fmt.Println(err)
	// Output:
	// retention: End "2026-11-30": before Start 2026-12-01
	// retention: Zone "Local": not an IANA name such as Europe/Amsterdam: differs from machine to machine
}

// A call is judged by when it began, not by when its webhook came.
func ExampleWindow_MayStoreCall() {
	end := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC)
	window := retention.Window{Start: end.AddDate(-1, 0, 0), End: end, Due: end.AddDate(0, 3, 0)}
	webhook := end.Add(10 * time.Minute)
	fmt.Println(window.MayStoreCall(end.Add(-time.Minute), webhook))
	fmt.Println(window.MayStoreCall(end.Add(time.Minute), webhook))
	// Output:
	// true
	// false
}

func ExampleDate_AddMonths() {
	end := retention.Date{Year: 2026, Month: time.November, Day: 30}
	fmt.Println(end.AddMonths(3))
	// Output: 2027-02-28
}

// A key that was destroyed does not come back.
func ExampleDirVault() {
	parent, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(parent) }()

	ctx := context.Background()
	vault := retention.DirVault(filepath.Join(parent, "vault"))
	first, err := vault.DataKey(ctx, "acme", "2026-001")
	fmt.Println(len(first), err)
	again, err := vault.DataKey(ctx, "acme", "2026-001")
	fmt.Println(bytes.Equal(first, again), err)

	fmt.Println(vault.DestroyDataKey(ctx, "acme", "2026-001"))
	_, err = vault.DataKey(ctx, "acme", "2026-001")
	fmt.Println(errors.Is(err, retention.ErrKeyDestroyed), err)
	// Output:
	// 32 <nil>
	// true <nil>
	// <nil>
	// true retention: data key: key destroyed
}

// Keys for different purposes don't follow from each other.
func ExampleDeriveKey() {
	secret := make([]byte, 32) // from a Vault
	cookie := retention.DeriveKey(secret, retention.ForCookies)
	seal := retention.DeriveKey(secret, retention.ForSealing)
	fmt.Println(len(cookie), len(seal), bytes.Equal(cookie, seal))
	// Output: 32 32 false
}
