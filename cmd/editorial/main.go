// Editorial is an editorial calendar and content pipeline in one program.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"editorial/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, cli.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ(), Now: time.Now,
	})
	stop()
	os.Exit(code)
}
