package tracking

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
)

// Config says what is tracked and how. The zero value of a field is the safe
// choice, or a mistake that New reports.
type Config struct {
	// Sites are the sites that are tracked, at least one.
	Sites []Site
	// Vault keeps the keys, apart from the data. Required; the usual one is
	// retention.DirVault("vault").
	Vault retention.Vault
	// Carriers report calls. Without any, calls are not recorded.
	Carriers []Carrier
	// Prefix is the path of Routes. "" means "/qooqie/"; it begins and ends
	// with "/".
	Prefix string
	// PublicURL is the scheme and host that carriers post to, such as
	// "https://www.example.nl", without path. It is part of what they sign. ""
	// means what the request says, which is wrong behind a proxy that ends TLS.
	PublicURL string
	// Hold is how long a lease is exclusive after the last sign of its
	// session. 0 means 2 minutes; less than 20 seconds is a mistake.
	Hold time.Duration
	// StoreBudget is how long one page may wait for the store, all its store
	// calls together. Past it the swap target is shown. 0 means 50 ms; more
	// than 10 seconds is a mistake.
	StoreBudget time.Duration
	// Logger takes what an operator should know. nil means slog.Default().
	// Nothing that is logged is personal data.
	Logger *slog.Logger
	// DangerouslyInsecureCookies sets cookies without Secure, so that they work
	// on plain HTTP beyond loopback. Anybody on the network can then read and
	// replay them.
	DangerouslyInsecureCookies bool
}

// Site is one site: its hosts, who may process its visitors' data, and its numbers.
type Site struct {
	// Hosts are the host names of the site, in lower case and without port. The
	// first one names it. Empty means every host, which only a Config with one
	// site may say.
	Hosts []string
	// Agreement is what the data is processed under. It has no default: use
	// retention.OwnUse, or the processing agreement that was signed.
	Agreement retention.Agreement
	// Profile says what is done without consent. It has no default: write down
	// cookies.Netherlands or cookies.Strict.
	Profile cookies.Profile
	// Pools are the site's swap targets with their numbers, one to four.
	Pools []Pool
	// Consent tells what a visitor has answered to the site's own question. nil
	// means that nobody was asked. It is called for each page, by many
	// goroutines at once, before the page is made.
	Consent func(*http.Request) cookies.Consent
}

// Pool is a swap target and the tracking numbers that may replace it.
type Pool struct {
	// Name names the pool among the customer's. "" means the swap target. A
	// pool that is renamed is another pool.
	Name string
	// SwapTarget is the site's own number as it stands on the pages, in E.164,
	// such as "+31851234567".
	SwapTarget string
	// Numbers are the tracking numbers, in E.164. A number is in one pool only.
	Numbers []string
}

// Defaults of Config.
const (
	defaultPrefix      = "/qooqie/"
	defaultStoreBudget = 50 * time.Millisecond
	maxStoreBudget     = 10 * time.Second
	// maxPools is how many leases qooqie_sid carries.
	maxPools = 4
)
