//go:build race

package swap_test

// With the race detector the runtime allocates for itself, so allocations can't
// be counted.
const raceEnabled = true
