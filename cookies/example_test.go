package cookies_test

import (
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/qooqie/qooqie/cookies"
)

// Example follows a visitor over two pages. Keys and times are fixed here, so
// that the output is; a site has random keys and a clock.
func Example() {
	codec, err := cookies.NewCodec(cookies.Config{Keys: [][]byte{key("k")}, Site: "shop"})
	if err != nil {
		log.Fatal(err)
	}
	now := time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)

	// The first page: no cookies yet.
	response := http.Header{}
	if cookies.Permit(cookies.Netherlands, cookies.Unknown, http.Header{}).Analytic {
		session := cookies.Session{ID: [16]byte(key("random")), Issued: now}
		session.SetLease(cookies.Lease{Pool: 1, Number: 31851234567, Generation: 1, End: now.Add(2 * time.Minute)})
		codec.SetSession(response, session, true, now)
		codec.SetCampaign(response, cookies.Campaign{Source: "google", Medium: "cpc", Name: "voorjaar", Issued: now}, true, now)
	}

	// A minute later the browser sends them back.
	request := http.Header{}
	for _, line := range response["Set-Cookie"] {
		pair, attributes, _ := strings.Cut(line, "; ")
		request.Add("Cookie", pair)
		fmt.Println(attributes)
	}
	visitor := codec.Read(request, now.Add(time.Minute))
	session, ok := visitor.Session()
	fmt.Println(session, ok, session.Leases()[0].Number)
	fmt.Println(visitor.CampaignText())
	// Output:
	// Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax
	// Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax
	// session (leases: 1) true 31851234567
	// v=1&issued=2026-11-24T12:00:00Z&source=google&medium=cpc&campaign=voorjaar
}

func ExampleNewCodec_errors() {
	_, err := cookies.NewCodec(cookies.Config{
		Keys: [][]byte{[]byte("super-secret-key-that-nobody-knows")},
		Life: 400 * 24 * time.Hour,
	})
	fmt.Println(err)
	// Output:
	// cookies: Config.Keys[0] "34 bytes": this looks like a key from an example; use 32 bytes from crypto/rand
	// cookies: Config.Site: a name is needed, so that no other site's cookies are read
	// cookies: Config.Life "9600h0m0s": must be from 1s to 9480h (395 days, 13 months), or 0 for 30 days
}

func ExamplePermit() {
	signal := http.Header{}
	signal.Set("Sec-GPC", "1")
	for _, p := range []cookies.Permission{
		cookies.Permit(cookies.Netherlands, cookies.Unknown, http.Header{}),
		cookies.Permit(cookies.Strict, cookies.Unknown, http.Header{}),
		cookies.Permit(cookies.Strict, cookies.Granted, signal),
	} {
		fmt.Printf("analytic %t, tracking %t: %v\n", p.Analytic, p.Tracking, p.Reason)
	}
	// Output:
	// analytic true, tracking false: the profile permits analytic use without consent
	// analytic false, tracking false: the profile permits nothing without consent
	// analytic true, tracking false: the browser sends Sec-GPC or DNT
}

func ExampleScope_Object() {
	scope := cookies.Scope{}
	request := &http.Request{Host: "www.example.nl", Header: http.Header{}}
	request.Header.Set("Cookie", "qooqie_campaign=v=1")
	response := http.Header{}
	scope.Object(response, request, true, time.Date(2026, time.January, 31, 12, 0, 0, 0, time.UTC))
	fmt.Println(strings.Join(response["Set-Cookie"], "\n"))

	// With every request the browser now says so.
	request.Header.Set("Cookie", "qooqie_sid=objected")
	fmt.Println(cookies.Permit(cookies.Netherlands, cookies.Granted, request.Header).Reason)
	// Output:
	// qooqie_sid=objected; Path=/; Max-Age=33955200; HttpOnly; Secure; SameSite=Lax
	// qooqie_campaign=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
	// the visitor objected
}

func ExampleClassify() {
	use := cookies.Use{VisitorNumbers: true, Campaigns: true, Personalise: true}
	class, reasons := cookies.Classify(use)
	fmt.Println(class, "by", reasons[0].Source)
	fmt.Println(use.Check(cookies.Analytic))
	// Output:
	// Tracking by Telecommunicatiewet, art. 11.7a(1); Autoriteit Persoonsgegevens, analytische cookies
	// cookies: Config.Class "Analytic": the configuration is Tracking: Visitors are treated differently by what the cookies tell about them.
}

func ExampleScope_End() {
	response := http.Header{}
	response.Add("Set-Cookie", "cart=7")
	response.Add("Set-Cookie", "qooqie_sid=earlier")
	request := &http.Request{Host: "www.example.nl:443"}
	cookies.Scope{CookieDomain: "auto"}.End(response, request, true)
	fmt.Println(strings.Join(response["Set-Cookie"], "\n"))
	// Output:
	// cart=7
	// qooqie_sid=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
	// qooqie_sid=; Path=/; Max-Age=0; Domain=example.nl; HttpOnly; Secure; SameSite=Lax
	// qooqie_campaign=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
	// qooqie_campaign=; Path=/; Max-Age=0; Domain=example.nl; HttpOnly; Secure; SameSite=Lax
}

func ExampleEnd() {
	response := http.Header{}
	response.Add("Set-Cookie", "cart=7")
	response.Add("Set-Cookie", "qooqie_sid=earlier")
	cookies.End(response, true)
	fmt.Println(strings.Join(response["Set-Cookie"], "\n"))
	// Output:
	// cart=7
	// qooqie_sid=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
	// qooqie_campaign=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
}
