// Package cookies issues and reads the two cookies of call tracking, decides what
// a visitor's choice and signals permit, and says of which class the cookies are.
//
// Begin with [NewCodec], one for each site. A page asks [Permit] first; if that
// allows it, [Codec.Read] reads what the browser sent, and [Codec.SetSession] and
// [Codec.SetCampaign] write. If it does not, [Scope.End] ends both cookies in the
// same response. [Scope.Object] records an objection.
//
// [Classify] derives the class of the cookies from what they are used for.
// Package consent reads what a visitor answered to a cookie banner, and package
// declaration tells visitors about the cookies.
//
// # What is stored
//
// qooqie_sid holds a random session id, the time of its first issue and up to
// four leases of tracking numbers: number, pool, generation and end. It has no
// address, no user agent and nothing derived from the device.
//
//	base64url( 1 | leases | id | issued | { pool | number | generation | end } | tag )
//
// qooqie_campaign says which campaign brought the visitor. It is readable, so
// that visitors can see what is kept about them:
//
//	v=1&issued=2026-11-24T15:03:02Z&source=google&medium=cpc&campaign=voorjaar&sig=…
//
// Both are at most 512 bytes, HttpOnly and SameSite=Lax, and belong to one host
// unless [Scope] says otherwise. A cookie lives for a fixed time from its first
// issue, which travels in the value: writing it again never extends it, and a
// browser that keeps it longer is not believed.
//
// After an objection, qooqie_sid is the word "objected" and nothing else, for
// 13 calendar months.
//
// # Authenticity
//
// A value ends in an HMAC-SHA256 tag, truncated to 128 bits (RFC 2104 section
// 5). The keys are derived by HKDF (RFC 5869) from the site's keys with the
// cookie's name, the version of its form and the site, so a value of one cookie,
// version, site or customer is worthless as any other. Every session and every
// campaign has exactly one encoding; all others are refused.
//
// A browser may send several cookies of one name, for example one that another
// host under the same domain planted. The first that verifies counts.
// A value that was validly issued to somebody else verifies too: whoever plants
// their own cookie in another browser shows it their number, and nothing more;
// with [Scope.HostPrefix] no other host can.
//
// # Concurrency
//
// A [Codec] and all functions are safe for concurrent use. A [Session] is a
// value: copies are independent.
//
// # Compatibility
//
// The names of the cookies are fixed. A new form of a value gets a new version,
// and the old one is then read until its longest life is over.
package cookies
