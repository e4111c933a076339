// Package numberpool leases tracking numbers to sessions and says who probably
// called one. Begin with [New]; the package example leases a number and credits
// a call.
//
// A pool is a group of numbers for one swap target. A session [Pool.Acquire]s a
// number, holds it alone until the lease's ExpiresAt, and keeps it afterwards
// until somebody else needs it. The store is the only truth: a grant is a
// conditional write on the number's generation and on its stored end, so two
// processes that share a store never give one number to two live leases. What a
// Pool remembers is a cache of those rows; when it is stale, a write is refused
// and the row comes back with the refusal.
//
// A call is matched by the moment it started: [Resolve] ranks the sessions that
// were shown the dialled number by how likely each is to call at that moment.
//
// # What is stored
//
// A row for each number: pool, generation, three instants, the attribution, and
// the session id while the lease is live. A number's past assignments are kept
// without session. Nothing else about a visitor reaches this package.
//
// # Concurrency
//
// A [Pool] and everything that it promises holds for any number of goroutines,
// Pools and processes on one [Store]. The package keeps no clock: now is a
// parameter. It knows no HTTP, no cookies and no database.
package numberpool
