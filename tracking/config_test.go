package tracking_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
	"github.com/stretchr/testify/require"
)

// goodConfig is a configuration without mistakes.
func goodConfig(t *testing.T) tracking.Config {
	t.Helper()
	return tracking.Config{
		Vault:  retention.DirVault(filepath.Join(t.TempDir(), "vault")),
		Logger: slog.New(slog.DiscardHandler),
		Sites: []tracking.Site{{
			Agreement: retention.OwnUse("Example", retention.Date{Year: 2020, Month: 1, Day: 1}),
			Profile:   cookies.Netherlands,
			Pools:     []tracking.Pool{{SwapTarget: ownNumber, Numbers: poolOf(2)}},
		}},
	}
}

// openStore returns a store of its own.
func openStore(t *testing.T) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qooqie.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store
}

// mistakes returns the fields of all mistakes in an error of New.
func mistakes(t *testing.T, err error) map[string]*tracking.ConfigError {
	t.Helper()
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok, "%v", err)
	fields := make(map[string]*tracking.ConfigError)
	for _, e := range joined.Unwrap() {
		var mistake *tracking.ConfigError
		require.ErrorAs(t, e, &mistake)
		fields[mistake.Field] = mistake
	}
	return fields
}

// TestConfigMistakes: each mistake is found, and named with its field.
func TestConfigMistakes(t *testing.T) {
	store := openStore(t)
	twilio := carrier.Twilio{AuthToken: "0123456789abcdef0123456789abcdef"}
	second := tracking.Site{
		Hosts: []string{"b.example"}, Agreement: retention.OwnUse("B", retention.Date{Year: 2020, Month: 1, Day: 1}),
		Profile: cookies.Strict, Pools: []tracking.Pool{{SwapTarget: "+31201234567", Numbers: []string{"+31201234568"}}},
	}
	for field, change := range map[string]func(*tracking.Config){
		"Vault":                     func(c *tracking.Config) { c.Vault = nil },
		"Sites":                     func(c *tracking.Config) { c.Sites = nil },
		"Prefix":                    func(c *tracking.Config) { c.Prefix = "qooqie" },
		"PublicURL":                 func(c *tracking.Config) { c.PublicURL = "www.example.nl" },
		"Hold":                      func(c *tracking.Config) { c.Hold = time.Second },
		"StoreBudget":               func(c *tracking.Config) { c.StoreBudget = -1 },
		"Carriers[0]":               func(c *tracking.Config) { c.Carriers = []tracking.Carrier{nil} },
		"Carriers[1]":               func(c *tracking.Config) { c.Carriers = []tracking.Carrier{twilio, twilio} },
		"Sites[0].Agreement":        func(c *tracking.Config) { c.Sites[0].Agreement = retention.Agreement{} },
		"Sites[0].Profile":          func(c *tracking.Config) { c.Sites[0].Profile = 0 },
		"Sites[0].Pools":            func(c *tracking.Config) { c.Sites[0].Pools = nil },
		"Sites[0].Hosts":            func(c *tracking.Config) { c.Sites[0].Hosts = []string{"www.Example.nl:80"} },
		"Sites[1].Hosts":            func(c *tracking.Config) { c.Sites[0].Hosts = []string{"b.example"}; c.Sites = append(c.Sites, second) },
		"Sites[0].Pools[0].Numbers": func(c *tracking.Config) { c.Sites[0].Pools[0].Numbers = []string{"085 123"} },
		"Sites[0].Pools[0].SwapTarget": func(c *tracking.Config) {
			c.Sites[0].Pools[0].SwapTarget = "0851234567"
		},
		"Sites[0].Pools[1].Numbers": func(c *tracking.Config) {
			c.Sites[0].Pools = append(c.Sites[0].Pools, tracking.Pool{SwapTarget: "+31201234567", Numbers: poolOf(1)})
		},
		"Sites[0].Pools[1]": func(c *tracking.Config) {
			c.Sites[0].Pools[0].Name = "sales"
			c.Sites[0].Pools = append(c.Sites[0].Pools, tracking.Pool{Name: "sales", SwapTarget: "+31201234567", Numbers: []string{"+31201234568"}})
		},
	} {
		t.Run(field, func(t *testing.T) {
			c := goodConfig(t)
			change(&c)
			_, err := tracking.New(store, c)
			require.Error(t, err)
			require.Contains(t, mistakes(t, err), field)
			require.ErrorContains(t, err, "tracking: Config."+field)
		})
	}
	_, err := tracking.New(store, goodConfig(t))
	require.NoError(t, err)
}

// TestConfigMistakesAtOnce: a new user who wrote nothing hears of everything, with
// the lines to add.
func TestConfigMistakesAtOnce(t *testing.T) {
	_, err := tracking.New(nil, tracking.Config{Sites: []tracking.Site{{}}})
	fields := mistakes(t, err)
	require.Len(t, fields, 5)
	require.Contains(t, fields["Sites[0].Profile"].Reason, "add: Profile: cookies.Netherlands")
	require.Contains(t, fields["Sites[0].Agreement"].Reason, "retention.OwnUse(")
	require.Contains(t, fields["Vault"].Reason, `add: Vault: retention.DirVault("vault")`)
	require.Contains(t, fields, "store")
	require.Contains(t, fields, "Sites[0].Pools")
}

// TestInsecureCookiesWarn: the dangerous switch is heard of.
func TestInsecureCookiesWarn(t *testing.T) {
	w := newWorld(t, numberPage, func(c *tracking.Config) { c.DangerouslyInsecureCookies = true })
	require.Contains(t, w.log.String(), "without Secure")
	for _, c := range w.browser("X-Forwarded-Proto", "https").get(landing).Cookies() {
		require.False(t, c.Secure)
	}
}

// TestSites: a request is its host's site's, and a report its customer's.
func TestSites(t *testing.T) {
	c := goodConfig(t)
	c.Sites[0].Hosts = []string{"a.example", "www.a.example"}
	c.Sites = append(c.Sites, tracking.Site{
		Hosts: []string{"b.example"}, Agreement: retention.OwnUse("B", retention.Date{Year: 2020, Month: 1, Day: 1}),
		Profile: cookies.Strict, Pools: []tracking.Pool{{SwapTarget: "+31201234567", Numbers: []string{"+31201234568"}}},
	})
	tracker, err := tracking.New(openStore(t), c)
	require.NoError(t, err)

	for host, track := range map[string]bool{
		"a.example": true, "WWW.A.Example.:8080": true, "b.example": false, "c.example": false, "": false,
	} {
		r := documentRequest(landing)
		r.Host = host
		d := tracker.Decide(r, time.Now())
		require.Equal(t, track, d.Track, "%q: %s", host, d.Reason)
	}
	for customer, want := range map[string]error{ownCustomer(): nil, "": tracking.ErrUnknownCustomer, "nobody": tracking.ErrUnknownCustomer} {
		_, err := tracker.Report(t.Context(), customer)
		require.ErrorIs(t, err, want, customer)
	}
}
