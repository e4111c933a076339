package main

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/examples/server/site"
)

// diskTest is a server whose disk becomes full. Pages are then served at once
// with the site's own number, calls are refused so that the carrier reports them
// again, and what was shown is still there.
type diskTest struct {
	t       *testing.T
	dir     string
	flags   []string
	server  *server
	holders map[string]*visitor // who was shown a number
	first   string              // the number of the first of them
}

// newDiskTest starts a server with its files in dir, and shows one number.
func newDiskTest(t *testing.T, dir string) *diskTest {
	t.Helper()
	d := &diskTest{t: t, dir: dir, holders: map[string]*visitor{}, flags: []string{
		"-numbers", numbersFrom(t, 200), "-twilio-token", token, "-dashboard-password", password,
	}}
	d.server = start(t, dir, d.flags...)
	d.first = d.visit()
	require.NotEqual(t, site.Number, d.first)
	return d
}

// visit shows a page to a new visitor and returns the number on it.
func (d *diskTest) visit() string {
	d.t.Helper()
	v := newVisitor(d.t)
	a := v.get(d.server.url + landing)
	require.Equal(d.t, http.StatusOK, a.StatusCode)
	number := shown(d.t, a.text)
	requireHome(d.t, a.text, number)
	if number != site.Number {
		require.NotContains(d.t, d.holders, number, "somebody else holds it")
		d.holders[number] = v
	}
	return number
}

// fill lets visitors come until the disk takes no more. The log says why.
func (d *diskTest) fill(why string) {
	d.t.Helper()
	for d.visit() != site.Number {
		require.Less(d.t, len(d.holders), 200, "the disk was full before the pool was empty")
	}
	d.server.await(d.server.log, regexp.MustCompile(`the store fails: visitors see the swap target.*`+why))
}

// requireServed checks what can be done while the disk is full.
func (d *diskTest) requireServed() {
	d.t.Helper()
	require.Equal(d.t, site.Number, d.visit())
	require.Equal(d.t, http.StatusServiceUnavailable, d.call(), "the carrier is to come again")
	for number, v := range d.holders {
		requireHome(d.t, v.get(d.server.url+"/").text, number)
	}
}

// requireKept checks that nothing was lost, now that there is room again.
func (d *diskTest) requireKept() {
	d.t.Helper()
	for number, v := range d.holders {
		requireHome(d.t, v.get(d.server.url+"/").text, number)
	}
	live := map[string]bool{}
	for _, lease := range storedLeases(d.t, d.dir) {
		if !lease.Session.IsZero() {
			live[lease.Number.E164()] = true
		}
	}
	for number := range d.holders {
		require.Contains(d.t, live, number, "it was shown")
	}
	require.Equal(d.t, http.StatusNoContent, d.call())
	requireCredit(d.t, d.server, d.first)
	require.NotEqual(d.t, site.Number, d.visit(), "there are numbers again")
}

// call reports a call on the first number.
func (d *diskTest) call() int {
	d.t.Helper()
	form := url.Values{"CallSid": {"CA1"}, "To": {d.first}, "From": {"+31612345678"}, "CallStatus": {"ringing"}}
	return report(d.t, d.server, form, twilio.Sign(d.server.url+twilioPath, form))
}
