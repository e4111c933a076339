package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
	"github.com/qooqie/qooqie/examples/server/site"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/carrier"
)

// demoNumbers are the tracking numbers of the demo. Nobody answers them.
const demoNumbers = "+31850000001,+31850000002,+31850000003,+31850000004," +
	"+31850000005,+31850000006,+31850000007,+31850000008"

// controller is who tracks in the demo.
const controller = "Qooqie reference server"

// options is what the flags say.
type options struct {
	addr, db, vault string
	publicURL       string
	upstream        *url.URL // nil for the demo site
	target          string
	numbers         []string
	twilioToken     string
	password        string
	generated       bool // password is not from the flag
	budget          time.Duration
	agreement       retention.Agreement
	start, end      retention.Date
	choice          retention.Choice
	numbersText     string
	mistakes        []error // in the flags, to be told with those of the configuration
}

// parseFlags reads the flags. It returns flag.ErrHelp after -h, and an error for
// what is no flag. Values that are wrong are in mistakes.
func parseFlags(args []string, stderr io.Writer) (*options, error) {
	o := &options{choice: retention.Erase}
	f := flag.NewFlagSet("server", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "`host:port` to listen on")
	f.StringVar(&o.db, "db", "qooqie.db", "`path` of the database; the data is in a directory of its own beside it")
	f.StringVar(&o.vault, "vault", "", "`directory` of the keys, to be kept apart from the data's backups (default: beside -db, ending in .vault)")
	f.StringVar(&o.publicURL, "public-url", "", "scheme and host that carriers post to, such as https://www.example.nl (default: what the request says)")
	o.value(f, "upstream", "`URL` of a site to sit in front of, instead of the demo site; it gets no visitor's address", o.parseUpstream)
	f.StringVar(&o.target, "target", site.Number, "swap target: the site's own `number`, in E.164")
	f.StringVar(&o.numbersText, "numbers", demoNumbers, "tracking `numbers` in E.164, separated by commas")
	f.StringVar(&o.twilioToken, "twilio-token", "", "auth `token` that Twilio signs its reports with; they go to /qooqie/calls/twilio")
	f.StringVar(&o.password, "dashboard-password", "", "`password` of the user admin at /dashboard/, 12 characters or more (default: made and printed at start)")
	f.DurationVar(&o.budget, "store-budget", 50*time.Millisecond, "`time` that a page may wait for the database; past it the swap target is shown")
	o.value(f, "agreement-start", "first `day` of the agreement, YYYY-MM-DD (default: today, or a year before its end)", func(s string) (err error) {
		o.start, err = retention.ParseDate(s)
		return err
	})
	o.value(f, "agreement-end", "last `day` of the processing agreement, YYYY-MM-DD; after it nothing is tracked (default: own use, without an end)", func(s string) (err error) {
		o.end, err = retention.ParseDate(s)
		return err
	})
	o.value(f, "agreement-choice", "what becomes of the data at the agreement's end: `erase|handover` (default erase)", func(s string) (err error) {
		o.choice, err = retention.ParseChoice(s)
		return err
	})
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q: flags begin with -", f.Arg(0))
	}
	return o, o.complete(time.Now())
}

// value adds a flag whose mistakes wait until all flags are read.
func (o *options) value(f *flag.FlagSet, name, usage string, set func(string) error) {
	f.Func(name, usage, func(s string) error {
		if err := set(s); err != nil {
			o.mistakes = append(o.mistakes, fmt.Errorf("-%s %q: %w", name, s, err))
		}
		return nil
	})
}

// parseUpstream reads the URL of the site to sit in front of.
func (o *options) parseUpstream(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("must be a URL such as http://127.0.0.1:3000")
	}
	o.upstream = u
	return nil
}

// complete derives what the flags leave open.
func (o *options) complete(now time.Time) error {
	o.numbers = strings.FieldsFunc(o.numbersText, func(r rune) bool { return r == ',' || r == ' ' })
	if o.vault == "" {
		o.vault = strings.TrimSuffix(o.db, ".db") + ".vault"
	}
	return o.agree(now)
}

// agree makes the agreement. Both kinds are one customer's, so that a change of
// flags finds the same data.
func (o *options) agree(now time.Time) error {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return err
	}
	if o.start.IsZero() {
		o.start = retention.DateOf(now, zone)
		if year := o.end.AddMonths(-12); !o.end.IsZero() && year.Compare(o.start) < 0 {
			o.start = year
		}
	}
	own := retention.OwnUse(controller, o.start)
	if o.agreement = own; !o.end.IsZero() {
		o.agreement = retention.Agreement{
			ID: own.ID, Customer: own.Customer, Controller: controller,
			Start: o.start, End: o.end, Choice: o.choice,
		}
	}
	return nil
}

// config returns the tracker's configuration.
func (o *options) config(logger *slog.Logger) tracking.Config {
	c := tracking.Config{
		Vault:       retention.DirVault(o.vault),
		PublicURL:   o.publicURL,
		StoreBudget: o.budget,
		Logger:      logger,
		Sites: []tracking.Site{{
			Agreement: o.agreement,
			Profile:   cookies.Netherlands,
			Pools:     []tracking.Pool{{SwapTarget: o.target, Numbers: o.numbers}},
		}},
	}
	if o.twilioToken != "" {
		c.Carriers = []tracking.Carrier{carrier.Twilio{AuthToken: o.twilioToken}}
	}
	return c
}

// addressHeaders are where proxies in front of this server put the visitor's
// address, beside those that net/http/httputil removes.
var addressHeaders = []string{
	"X-Real-Ip", "X-Client-Ip", "X-Cluster-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "Fastly-Client-Ip",
}

// site returns the handler of the site that is tracked.
func (o *options) site(logger *slog.Logger) (http.Handler, error) {
	if o.upstream == nil {
		return site.Handler(), nil
	}
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, errors.New("http.DefaultTransport has been replaced")
	}
	transport = transport.Clone()
	transport.DisableCompression = true // a page stays as the site encodes it
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(o.upstream)
			r.Out.Header.Set("X-Forwarded-Host", r.In.Host)
			for _, name := range addressHeaders {
				r.Out.Header.Del(name)
			}
		},
		Transport: transport,
		ErrorLog:  tracking.ErrorLog(logger),
	}, nil
}
