//go:build race

package cookies_test

// With the race detector sync.Pool drops values at random, so allocations can't
// be counted.
const raceEnabled = true
