package main

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/http/httptest"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"github.com/qooqie/qooqie/cookies"
)

// one is the least that a session can hold.
var one = map[string]string{"campaign": content["campaign"]}

// scsReaders returns ways to read a session of scs with its in-memory store.
func scsReaders() ([]contender, error) {
	manager := scs.New()
	manager.Store = memstore.NewWithCleanupInterval(0) // nothing runs besides
	small, err := scsRequest(manager, one)
	if err != nil {
		return nil, err
	}
	full, err := scsRequest(manager, content)
	if err != nil {
		return nil, err
	}
	return []contender{
		{name: "scs: Load, one value", read: func() bool {
			c, err := small.Cookie(manager.Cookie.Name)
			if err != nil {
				return false
			}
			ctx, err := manager.Load(small.Context(), c.Value)
			return err == nil && manager.GetString(ctx, "campaign") == content["campaign"]
		}},
		{name: "scs: LoadAndSave, one value", gates: true, read: scsMiddleware(manager, small)},
		{name: "scs: LoadAndSave, the same content", gates: true, read: scsMiddleware(manager, full)},
	}, nil
}

// scsRequest returns a request whose session has values.
func scsRequest(manager *scs.SessionManager, values map[string]string) (*http.Request, error) {
	ctx, err := manager.Load(context.Background(), "")
	if err != nil {
		return nil, err
	}
	for key, value := range values {
		manager.Put(ctx, key, value)
	}
	token, _, err := manager.Commit(ctx)
	return withCookies([]string{manager.Cookie.Name + "=" + token}), err
}

// scsMiddleware returns a read through the middleware of scs, as sites use it.
func scsMiddleware(manager *scs.SessionManager, r *http.Request) func() bool {
	var found string
	w := nullWriter{}
	handler := manager.LoadAndSave(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		found = manager.GetString(r.Context(), "campaign")
	}))
	return func() bool {
		found = ""
		clear(w)
		handler.ServeHTTP(w, r)
		return found == content["campaign"]
	}
}

// nullWriter is a response that nobody reads.
type nullWriter http.Header

func (w nullWriter) Header() http.Header       { return http.Header(w) }
func (nullWriter) Write(b []byte) (int, error) { return len(b), nil }
func (nullWriter) WriteHeader(int)             {}

// gorillaReaders returns ways to read a signed cookie of gorilla's.
func gorillaReaders() ([]contender, error) {
	key := randomKey()
	store := sessions.NewCookieStore(key)
	small, err := gorillaRequest(store, one)
	if err != nil {
		return nil, err
	}
	full, err := gorillaRequest(store, content)
	if err != nil {
		return nil, err
	}
	codec := securecookie.New(key, nil).SetSerializer(securecookie.NopEncoder{})
	text, err := codec.Encode("bare", randomKey())
	if err != nil {
		return nil, err
	}
	bare := withCookies([]string{"bare=" + text})
	return []contender{
		{name: "gorilla/sessions: cookie store, one value", gates: true, read: gorillaReader(store, small)},
		{name: "gorilla/sessions: cookie store, the same content", gates: true, read: gorillaReader(store, full)},
		{name: "gorilla/securecookie: one cookie, no values decoded", read: func() bool {
			c, err := bare.Cookie("bare")
			if err != nil {
				return false
			}
			var b []byte
			return codec.Decode("bare", c.Value, &b) == nil && len(b) == len(key)
		}},
	}, nil
}

// gorillaName is the name of the cookie.
const gorillaName = "session"

// gorillaRequest returns a request whose session has values.
func gorillaRequest(store *sessions.CookieStore, values map[string]string) (*http.Request, error) {
	session, err := store.New(withCookies(nil), gorillaName)
	if err != nil {
		return nil, err
	}
	for key, value := range values {
		session.Values[key] = value
	}
	w := httptest.NewRecorder()
	err = session.Save(withCookies(nil), w)
	return withCookies(pairs(w.Header())), err
}

// gorillaReader returns a read of a session. Get remembers the session with the
// request, so that each read has a request of its own.
func gorillaReader(store *sessions.CookieStore, r *http.Request) func() bool {
	return func() bool {
		next := *r
		session, err := store.Get(&next, gorillaName)
		return err == nil && session.Values["campaign"] == content["campaign"]
	}
}

// plainReaders returns the standard library's way, which verifies nothing.
func plainReaders() ([]contender, error) {
	r := withCookies([]string{cookies.SIDName + "=" + hex.EncodeToString(randomKey()), cookies.CampaignName + "=x"})
	return []contender{{name: "net/http: CookiesNamed twice, nothing verified", read: func() bool {
		return len(r.CookiesNamed(cookies.SIDName)) == 1 && len(r.CookiesNamed(cookies.CampaignName)) == 1
	}}}, nil
}
