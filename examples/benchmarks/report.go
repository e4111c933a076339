package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// report prints the table. The first result is what the others are compared with.
func report(w io.Writer, results []result, rounds int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Reading what belongs to a visitor, six foreign cookies beside; %d rounds, %s %s/%s.\n\n",
		rounds, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "median ns\tallocs\tx ours\trange\t ")
	gated := make(map[string]float64)
	for _, r := range results {
		ratios := make([]float64, len(r.times))
		for i := range r.times {
			ratios[i] = r.times[i] / results[0].times[i]
		}
		fmt.Fprintf(t, "%.0f\t%.0f\t%.2f\t%.2f-%.2f\t %s\n",
			median(r.times), r.allocs, median(ratios), slices.Min(ratios), slices.Max(ratios), r.name)
		if r.gates {
			gated[r.name] = median(ratios)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	b.WriteByte('\n')
	for _, r := range results {
		if ratio, ok := gated[r.name]; ok {
			verdict := "met"
			if ratio < target {
				verdict = "not met"
			}
			fmt.Fprintf(&b, "target 1/%d of %s: 1/%.1f, %s\n", target, r.name, ratio, verdict)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
