package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/problem"
)

// maxList is the most bytes of the list of files.
const maxList = 128 << 20

// maxCommit is how much of a commit is looked at for its first lines.
const maxCommit = 64 << 10

// entry is a regular file of the office in the repository.
type entry struct {
	name, hash string
	size       int64
}

// list lists the files below some paths of the office, and notes what is
// neither a file nor a folder.
func (g reader) list(ctx context.Context, r *Revision, prefix string, paths []string) ([]entry, error) {
	args := []string{"ls-tree", "-r", "-l", "-z", "--full-tree", r.Hash, "--"}
	for _, p := range paths {
		args = append(args, prefix+p)
	}
	var out, said bytes.Buffer
	cmd := g.Command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &limited{to: &out, left: maxList}, &limited{to: &said, left: maxCommit}
	if err := cmd.Run(); err != nil {
		if errors.Is(err, errFull) || out.Len() >= maxList {
			return nil, g.tooLarge(r)
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			exit.Stderr = said.Bytes()
		}
		return nil, g.refused(ctx, err)
	}
	var all []entry
	for line := range strings.SplitSeq(strings.TrimSuffix(out.String(), "\x00"), "\x00") {
		if line == "" {
			continue
		}
		e, mode, err := parseEntry(line)
		if err != nil {
			return nil, err
		}
		name, below := strings.CutPrefix(e.name, prefix)
		// A tree that somebody made by hand may hold any name.
		if !below || path.Clean("/" + name)[1:] != name {
			continue
		}
		e.name = name
		if mode != "100644" && mode != "100755" && mode != "100664" {
			r.Skipped = append(r.Skipped, name)
			continue
		}
		if all = append(all, e); len(all) > g.most.files {
			return nil, problem.Problem{Code: CodeTooMany, Params: problem.Params{"value": r.Name, "max": strconv.Itoa(g.most.files)}}
		}
	}
	return all, nil
}

// parseEntry reads "mode type hash size<tab>name".
func parseEntry(line string) (e entry, mode string, err error) {
	head, name, ok := strings.Cut(line, "\t")
	fields := strings.Fields(head)
	if !ok || len(fields) != 4 || !isHash(fields[2]) {
		return entry{}, "", fmt.Errorf("read revision: git lists %q", line)
	}
	e = entry{name: name, hash: fields[2]}
	if fields[3] != "-" {
		if e.size, err = strconv.ParseInt(fields[3], 10, 64); err != nil {
			return entry{}, "", fmt.Errorf("read revision: %w", err)
		}
	}
	return e, fields[0], nil
}

// read reads the commit and the files that count, all from one git.
func (g reader) read(ctx context.Context, r *Revision, entries []entry, text func(string) bool) error {
	var wanted []entry
	total := int64(0)
	for _, e := range entries {
		if !text(e.name) {
			r.Files[e.name] = nil
			continue
		}
		if total += e.size; e.size > g.most.file || total > g.most.bytes {
			return g.tooLarge(r)
		}
		wanted = append(wanted, e)
	}
	cmd := g.Command(ctx, "cat-file", "--batch")
	var ask bytes.Buffer
	ask.WriteString(r.Hash + "\n")
	for _, e := range wanted {
		ask.WriteString(e.hash + "\n")
	}
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = &ask, &limited{to: &said, left: maxCommit}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("read revision: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return g.refused(ctx, err)
	}
	err = r.take(bufio.NewReaderSize(out, 1<<16), wanted)
	if err != nil {
		// It may have more to say than anybody reads.
		_ = cmd.Process.Kill()
	}
	var exit *exec.ExitError
	if ended := cmd.Wait(); errors.As(ended, &exit) && (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) {
		exit.Stderr = said.Bytes()
		err = g.refused(ctx, exit) // why it said no more
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// take takes the answers of cat-file in the order of the questions.
func (r *Revision) take(in *bufio.Reader, wanted []entry) error {
	commit, err := object(in, "commit", maxCommit)
	if err != nil {
		return err
	}
	r.At, r.Subject = headOf(commit)
	for _, e := range wanted {
		data, err := object(in, "blob", MaxFile)
		if err != nil {
			return err
		}
		if int64(len(data)) != e.size {
			return fmt.Errorf("read revision: %s has %d bytes and not %d", e.name, len(data), e.size)
		}
		r.Files[e.name] = data
	}
	return nil
}

// object reads "hash kind size", the bytes and a line feed; no more than most
// of the bytes are kept.
func object(in *bufio.Reader, kind string, most int64) ([]byte, error) {
	head, err := in.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("read revision: %w", noEOF(err))
	}
	fields := strings.Fields(head)
	if len(fields) != 3 || fields[1] != kind {
		return nil, problem.Problem{Code: CodeRefused, Params: problem.Params{"detail": strings.TrimSpace(head)}}
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return nil, fmt.Errorf("read revision: git says %q", head)
	}
	data := make([]byte, min(size, most))
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, fmt.Errorf("read revision: %w", noEOF(err))
	}
	if _, err := io.CopyN(io.Discard, in, size-int64(len(data))+1); err != nil {
		return nil, fmt.Errorf("read revision: %w", noEOF(err))
	}
	return data, nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// headOf returns when a commit was made and the first line of its message.
func headOf(commit []byte) (at time.Time, subject string) {
	head, message, _ := strings.Cut(string(commit), "\n\n")
	for line := range strings.SplitSeq(head, "\n") {
		if rest, ok := strings.CutPrefix(line, "committer "); ok {
			fields := strings.Fields(rest[strings.LastIndexByte(rest, '>')+1:])
			if len(fields) > 0 {
				if seconds, err := strconv.ParseInt(fields[0], 10, 64); err == nil {
					at = time.Unix(seconds, 0).UTC()
				}
			}
			break
		}
	}
	subject, _, _ = strings.Cut(strings.TrimSpace(message), "\n")
	return at, strings.ToValidUTF8(subject, "\uFFFD")
}

// errFull says that there was more than is wanted.
var errFull = errors.New("too much output")

// limited takes so many bytes and refuses the rest.
type limited struct {
	to   *bytes.Buffer
	left int
}

// Write keeps p, if there is room for it.
func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, errFull
	}
	l.left -= len(p)
	return l.to.Write(p)
}
