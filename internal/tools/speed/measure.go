package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"editorial/internal/tools/corpus"
)

// program is a way to do a workload.
type program struct {
	name string
	args []string
	// out is the folder that is removed before each run; "" leaves what the
	// program before it made, so that nothing has changed.
	out string
	// touch is a post that is changed before each run, or "".
	touch string
}

// result is what a program took: medians of all runs.
type result struct {
	program   string
	wall, cpu time.Duration
	memory    int64 // the most bytes that the process had at a time
}

// measure makes an office of n posts and prints its lines of the table.
func (o options) measure(ctx context.Context, n int, self string, out io.Writer) error {
	dir := filepath.Join(o.dir, strconv.Itoa(n))
	if err := corpus.Write(dir, n, o.seed); err != nil {
		return err
	}
	workloads, err := o.workloads(dir, self)
	if err != nil {
		return err
	}
	for _, w := range workloads {
		results, err := o.alternate(ctx, w.programs)
		if err != nil {
			return err
		}
		fmt.Fprint(out, row{n, w.name, w.programs[0].name, results})
	}
	return nil
}

type workload struct {
	name string
	// programs do the same work; the first is the limit.
	programs []program
}

// workloads are the lines of the table for the office in dir.
func (o options) workloads(dir, self string) ([]workload, error) {
	content := filepath.Join(dir, "content")
	least := func(newest int) program {
		name := "limit, " + strconv.Itoa(newest) + " rendered"
		if newest == 0 {
			name = "limit, all rendered"
		}
		return program{name: name, args: []string{self, "limit", content, filepath.Join(dir, "limit.xml"), strconv.Itoa(newest)}}
	}
	post, err := middle(content)
	if err != nil {
		return nil, err
	}
	build := func(set ...string) []program {
		args := []string{o.editorial, "build", "-C", dir, "--now", corpus.Now, "--out", filepath.Join(dir, "out")}
		for _, s := range set {
			args = append(args, "--set", s)
		}
		return []program{
			{name: "editorial", args: args, out: filepath.Join(dir, "out")},
			{name: "editorial, nothing changed", args: args},
			{name: "editorial, one post touched", args: args, touch: post},
		}
	}
	all := []workload{
		{"feeds of the newest 20", append([]program{least(20)}, build("site.pages=false")...)},
		{"feeds of all posts", append([]program{least(0)}, build("site.pages=false", "feeds.window.count=0", "feeds.by_lang=false")...)},
		{"site, feeds of the newest 20", append([]program{least(0)}, build()...)},
	}
	if o.hugo == "" {
		return all, nil
	}
	for i, site := range []bool{false, false, true} {
		p, err := o.hugoProgram(dir, i, site)
		if err != nil {
			return nil, err
		}
		all[i].programs = append(all[i].programs, p)
	}
	return all, nil
}

// middle returns the post in the middle of the folder's list.
func middle(dir string) (string, error) {
	var posts []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			posts = append(posts, name)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return posts[len(posts)/2], nil
}

// touch makes a post longer by a word, as somebody does who writes.
func touch(name string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("\nEncore.\n")
	return errors.Join(err, f.Close())
}

// alternate runs the programs in turn, o.runs times, so that whatever else the
// machine does meets all of them, and returns medians.
func (o options) alternate(ctx context.Context, programs []program) ([]result, error) {
	walls, cpus, memories := make([][]time.Duration, len(programs)), make([][]time.Duration, len(programs)), make([][]int64, len(programs))
	for range o.runs {
		for i, p := range programs {
			r, err := once(ctx, p)
			if err != nil {
				return nil, err
			}
			walls[i], cpus[i], memories[i] = append(walls[i], r.wall), append(cpus[i], r.cpu), append(memories[i], r.memory)
		}
	}
	results := make([]result, len(programs))
	for i, p := range programs {
		results[i] = result{p.name, median(walls[i]), median(cpus[i]), median(memories[i])}
	}
	return results, nil
}

// once runs a program as a process of its own.
func once(ctx context.Context, p program) (result, error) {
	if p.out != "" {
		if err := os.RemoveAll(p.out); err != nil {
			return result{}, err
		}
	}
	if p.touch != "" {
		if err := touch(p.touch); err != nil {
			return result{}, err
		}
	}
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Env = append(slices.Clone(os.Environ()), "LANG=C.UTF-8")
	cmd.Stdout, cmd.Stderr = &said, &said
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return result{}, fmt.Errorf("%s: %w\n%s", p.name, err, said.Bytes())
	}
	return result{
		wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), memory: peak(cmd.ProcessState),
	}, nil
}
