package cookies

import (
	"encoding/binary"
	"fmt"
	"log/slog"
	"time"
)

const (
	// sessionVersion is the first byte of a qooqie_sid.
	sessionVersion = 1
	// maxLeases is how many leases a session carries.
	maxLeases = 4
)

// Session is what qooqie_sid says: one browser on one site, with the tracking
// numbers that are leased to it. The zero Session is none.
type Session struct {
	// ID is random and never derived from the device.
	ID [16]byte
	// Issued is when the session was first issued, in whole seconds. It must be
	// kept when the session is written again: its life counts from here.
	Issued time.Time

	leases [maxLeases]Lease
	count  uint8
}

// Lease is one tracking number's lease, as far as the browser proves it. The
// cookie is a cache: the store has the truth.
type Lease struct {
	// Pool tells apart the pools of a site: a hash of the pool's name.
	Pool uint32
	// Number has the digits of the E.164 number, without "+".
	Number uint64
	// Generation counts the grants of the number.
	Generation uint64
	// End is when the lease stops being exclusive, in whole seconds.
	End time.Time
}

// Leases returns the session's leases, at most four, one for each pool. The
// slice is the session's own: it changes with [Session.SetLease].
func (s *Session) Leases() []Lease { return s.leases[:s.count:s.count] }

// SetLease puts a lease into the session, in the place of that of the same pool.
// A fifth pool takes the place of the lease that ends first.
func (s *Session) SetLease(l Lease) {
	at := 0
	for i, held := range s.Leases() {
		if held.Pool == l.Pool {
			s.leases[i] = l
			return
		}
		if held.End.Before(s.leases[at].End) {
			at = i
		}
	}
	if s.count < maxLeases {
		at = int(s.count)
		s.count++
	}
	s.leases[at] = l
}

// String says how many leases there are. It hides the id and the numbers, which
// together point at a visitor, so that no log or error has them by accident.
func (s Session) String() string {
	if s.ID == [16]byte{} {
		return "no session"
	}
	return fmt.Sprintf("session (leases: %d)", s.count)
}

// LogValue is String.
func (s Session) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String hides the number.
func (l Lease) String() string { return "lease" }

// LogValue is String.
func (l Lease) LogValue() slog.Value { return slog.StringValue(l.String()) }

// appendSession appends the form of a session without its tag. Any times fit,
// cut to whole seconds.
func appendSession(dst []byte, s *Session) []byte {
	dst = append(dst, sessionVersion, s.count)
	dst = append(dst, s.ID[:]...)
	dst = binary.AppendVarint(dst, s.Issued.Unix())
	for _, l := range s.Leases() {
		dst = binary.BigEndian.AppendUint32(dst, l.Pool)
		dst = binary.AppendUvarint(dst, l.Number)
		dst = binary.AppendUvarint(dst, l.Generation)
		dst = binary.AppendVarint(dst, l.End.Unix())
	}
	return dst
}

// parseSession is the inverse of appendSession. It refuses everything that
// appendSession does not make.
func parseSession(b []byte, s *Session) bool {
	const head = 2 + len(s.ID)
	if len(b) < head || b[0] != sessionVersion || b[1] > maxLeases {
		return false
	}
	*s = Session{ID: [16]byte(b[2:head]), count: b[1]}
	r := reader{rest: b[head:]}
	s.Issued = r.time()
	for i := range s.Leases() {
		s.leases[i] = Lease{Pool: r.uint32(), Number: r.uvarint(), Generation: r.uvarint(), End: r.time()}
	}
	return !r.failed && len(r.rest) == 0 && s.ID != [16]byte{}
}

// reader takes fields off the front. After a failure it returns zeros.
type reader struct {
	rest   []byte
	failed bool
}

// uint32 takes four bytes.
func (r *reader) uint32() uint32 {
	if r.failed || len(r.rest) < 4 {
		r.failed = true
		return 0
	}
	n := binary.BigEndian.Uint32(r.rest)
	r.rest = r.rest[4:]
	return n
}

// uvarint takes a varint in its shortest form; a longer one ends in a zero.
func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.rest)
	if r.failed || size <= 0 || size > 1 && r.rest[size-1] == 0 {
		r.failed = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// time takes an instant in whole seconds, written as a signed varint.
func (r *reader) time() time.Time {
	zigzag := r.uvarint()
	return time.Unix(int64(zigzag>>1)^-int64(zigzag&1), 0).UTC()
}
