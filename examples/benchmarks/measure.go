package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// contender is one way of doing the job.
type contender struct {
	name string
	// read does it once, and reports whether it found what it should have.
	read func() bool
	// gates says that the target holds for it.
	gates bool
}

// result is what a contender took.
type result struct {
	contender
	allocs float64
	// times are those of one read in nanoseconds, by round.
	times []float64
}

// measure lets all contenders take turns. The order changes from round to round,
// so that none always follows the same other one.
func measure(ctx context.Context, contenders []contender, rounds int, slice time.Duration) ([]result, error) {
	results := make([]result, len(contenders))
	for i, c := range contenders {
		if !c.read() {
			return nil, fmt.Errorf("%s: does not find what was written", c.name)
		}
		results[i] = result{contender: c, allocs: allocations(c.read)}
	}
	for round := range rounds {
		for i := range results {
			r := &results[(i+round)%len(results)]
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			r.times = append(r.times, turn(r.read, slice))
		}
	}
	return results, nil
}

// turn repeats a read for about the given time and returns what one took, in
// nanoseconds. The clock is asked once in a hundred reads.
func turn(read func() bool, slice time.Duration) float64 {
	const batch = 100
	start := time.Now()
	for n := 1; ; n++ {
		for range batch {
			read()
		}
		if took := time.Since(start); took >= slice {
			return float64(took.Nanoseconds()) / float64(n*batch)
		}
	}
}

// allocations returns how often a read allocates, on average.
func allocations(read func() bool) float64 {
	const reads = 1000
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range reads {
		read()
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / reads
}

// median returns the middle of values, which are not changed.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
