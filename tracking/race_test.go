//go:build race

package tracking_test

// With the race detector sync.Pool drops values at random, so allocations can't
// be counted.
const raceEnabled = true
