// Server is the reference server of Qooqie: a demo site, or with -upstream
// another site, whose visitors see a telephone number of their own.
//
//	go run ./examples/server
//
// It has flags and wiring only; whatever it does, the library does.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/qooqie/qooqie/tracking"
	"github.com/qooqie/qooqie/tracking/dashboard"
	"github.com/qooqie/qooqie/tracking/store/sqlite"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first Ctrl-C ends the server in good order, the second at once.
	context.AfterFunc(ctx, stop)

	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. It returns flag.ErrHelp after -h, an error that
// says what to change if the flags or the address are wrong, and otherwise what
// kept it from storing everything at the end.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	site, err := o.site(logger)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	defer listener.Close()

	store, err := sqlite.Open(ctx, o.db)
	if err != nil {
		if len(o.mistakes) > 0 {
			return errors.Join(append(o.mistakes, err)...)
		}
		logger.ErrorContext(ctx, "the database can't be used: the site is served with its own number, and nothing is tracked", slog.Any("error", err))
		fmt.Fprintf(stdout, "Site, without tracking:  http://%s/\n", listener.Addr())
		return serve(ctx, o.server(untracked(site), logger), listener)
	}
	tracker, handler, err := o.tracked(store, site, logger)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	o.greet(stdout, listener.Addr())
	return errors.Join(track(ctx, tracker, o.server(handler, logger), listener), store.Close())
}

// track serves, with the tracker running, until ctx ends. Requests come to their
// end first, then the tracker stores what they left.
func track(ctx context.Context, t *tracking.Tracker, srv *http.Server, l net.Listener) error {
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stopped := make(chan error, 1)
	go func() { stopped <- t.Run(background) }()
	err := serve(ctx, srv, l)
	cancel()
	return errors.Join(err, <-stopped)
}

// serve answers requests until ctx ends, and lets those that run come to their end.
func serve(ctx context.Context, srv *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

// tracked puts a tracker in front of the site, and the dashboard beside it. The
// error has all mistakes in the flags.
func (o *options) tracked(store tracking.Store, site http.Handler, logger *slog.Logger) (*tracking.Tracker, http.Handler, error) {
	if o.password == "" {
		o.password, o.generated = rand.Text(), true
	}
	t, err := tracking.New(store, o.config(logger))
	o.mistakes = append(o.mistakes, err)
	board, err := dashboard.New(dashboard.Config{Source: t, Password: o.password, Logger: logger})
	if err != nil {
		o.mistakes = append(o.mistakes, fmt.Errorf("-dashboard-password: %w", err))
	}
	if err := errors.Join(o.mistakes...); err != nil {
		return nil, nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", t.Handler(site))
	mux.Handle("/qooqie/", t.Routes())
	mux.Handle("/dashboard/", http.StripPrefix("/dashboard", board))
	return t, mux, nil
}

// untracked serves the site while there is no store. Carriers are asked to come
// back with their calls.
func untracked(site http.Handler) http.Handler {
	unavailable := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the database can't be used; the log says why", http.StatusServiceUnavailable)
	}
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.HandleFunc("/qooqie/", unavailable)
	mux.HandleFunc("/dashboard/", unavailable)
	return mux
}

// server returns the HTTP server. Requests to the demo are short; those to
// another site may be downloads.
func (o *options) server(h http.Handler, logger *slog.Logger) *http.Server {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          tracking.ErrorLog(logger),
	}
	if o.upstream == nil {
		srv.ReadTimeout, srv.WriteTimeout = 15*time.Second, 30*time.Second
	}
	return srv
}

// greet prints where things are. A generated password is shown here and nowhere
// else.
func (o *options) greet(w io.Writer, addr net.Addr) {
	fmt.Fprintf(w, "Site:       http://%s/?utm_source=google&utm_medium=cpc&utm_campaign=voorjaar\n", addr)
	fmt.Fprintf(w, "Dashboard:  http://%s/dashboard/\n", addr)
	if o.generated {
		fmt.Fprintf(w, "            user admin, password %s (made for this run)\n", o.password)
	}
	if o.twilioToken == "" {
		fmt.Fprintln(w, "Calls:      not recorded; give -twilio-token to take Twilio's reports")
	}
}
