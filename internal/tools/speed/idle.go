package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"editorial/internal/tools/corpus"
)

// settled is how long a daemon has to let go of what it read at its start.
const settled = 150 * time.Second

// tick is what the system counts the time of processes in (USER_HZ of Linux on
// every machine that Go runs on).
const tick = 10 * time.Millisecond

// idle runs "editorial run" on an office with as many placements as posts, none
// of them due soon, and prints what it costs while nothing happens.
func (o options) idle(ctx context.Context, n int, out io.Writer) error {
	dir := filepath.Join(o.dir, "idle")
	if err := corpus.WriteAgreed(dir, n, o.seed, time.Now().Add(48*time.Hour)); err != nil {
		return err
	}
	program, err := filepath.Abs(o.editorial)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, program, "run")
	cmd.Dir, cmd.Stderr = dir, &said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	rest := func(d time.Duration) error {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case err := <-ended:
			return errors.Join(fmt.Errorf("editorial run ended: %s", said.Bytes()), err, ctx.Err())
		case <-timer.C:
			return nil
		}
	}
	if err := rest(settled); err != nil {
		return err
	}
	before, _, err := processNow(cmd.Process.Pid)
	if err != nil {
		return err
	}
	if err := rest(o.idleFor); err != nil {
		return err
	}
	after, memory, err := processNow(cmd.Process.Pid)
	if err != nil {
		return err
	}
	stop()
	<-ended
	_, err = fmt.Fprintf(out, "idle daemon, %d placements: %.2f %% of a core over %s, %d MB in memory\n",
		n, 100*(after-before).Seconds()/o.idleFor.Seconds(), o.idleFor, memory>>20)
	return err
}

// processNow returns the processor time that a process has used, and its memory in
// bytes, as Linux tells them.
func processNow(pid int) (cpu time.Duration, memory int64, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, fmt.Errorf("an idle daemon is measured on Linux alone: %w", err)
	}
	// The name of the program, in parentheses, may have blanks. proc(5), July 2026.
	const user, system, resident = 11, 12, 21
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var numbers [3]int64
	for i, at := range []int{user, system, resident} {
		if numbers[i], err = strconv.ParseInt(fields[at], 10, 64); err != nil {
			return 0, 0, err
		}
	}
	return time.Duration(numbers[0]+numbers[1]) * tick, numbers[2] * int64(os.Getpagesize()), nil
}
