package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

// target is how many times ours a peer's read has to take at least.
const target = 15

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

// run measures and prints. Its errors are those of the flags, of the contenders,
// of w, and of a context that ends.
func run(ctx context.Context, args []string, w io.Writer) error {
	flags := flag.NewFlagSet("benchmarks", flag.ContinueOnError)
	rounds := flags.Int("rounds", 21, "how many times each contender takes its turn")
	slice := flags.Duration("slice", 20*time.Millisecond, "how long a turn takes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *slice <= 0 {
		return fmt.Errorf("-rounds %d -slice %v: both must be above zero", *rounds, *slice)
	}
	contenders, err := readers()
	if err != nil {
		return err
	}
	results, err := measure(ctx, contenders, *rounds, *slice)
	if err != nil {
		return err
	}
	return report(w, results, *rounds)
}
