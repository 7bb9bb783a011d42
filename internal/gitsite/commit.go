package gitsite

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare fetches the branch and reads the files, so that what cannot be found
// or reached is known before the instant. It leaves nothing that Commit needs.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	w, err := said(job)
	if err != nil {
		return nil, err
	}
	return platform.Handle("{}"), p.locked(func() error {
		tip, err := p.fetch(ctx)
		if err != nil {
			return err
		}
		blobs, err := p.blobs(ctx, job, w)
		if err != nil {
			return err
		}
		return p.free(ctx, job, tip, blobs)
	})
}

// Commit makes the commit on what the branch is now, and pushes it. If the key
// is there already, that is its answer.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := said(job)
	if err != nil {
		return platform.Receipt{}, err
	}
	var r platform.Receipt
	err = p.locked(func() error {
		tip, err := p.fetch(ctx)
		if err != nil {
			return err
		}
		f, err := p.look(ctx, job, tip)
		if err != nil {
			return err
		}
		if f.Whether == platform.Found {
			r = f.Receipt
			return nil
		}
		blobs, err := p.blobs(ctx, job, w)
		if err != nil {
			return err
		}
		if err := p.free(ctx, job, tip, blobs); err != nil {
			return err
		}
		commit, err := p.commit(ctx, job, w, tip, blobs)
		if err != nil {
			return err
		}
		r = receipt(job, w, commit, platform.ByResponse)
		return p.push(ctx, commit)
	})
	if err != nil {
		return platform.Receipt{}, err
	}
	return r, nil
}

// blob is a file as git keeps it.
type blob struct{ path, object string }

// blobs puts the text and the files into our repository, with no filter.
func (p *Publisher) blobs(ctx context.Context, job platform.Job, w words) ([]blob, error) {
	put := func(at string, data []byte) (blob, error) {
		object, err := p.git(ctx, call{args: []string{"hash-object", "-w", "--stdin", "--no-filters"}, stdin: data})
		return blob{at, object}, err
	}
	first, err := put(w.Path, w.Text)
	if err != nil {
		return nil, err
	}
	all := []blob{first}
	for i, m := range job.Message.Media {
		data, err := media.Read(ctx, job.Files, m, media.MaxWhole)
		if err != nil {
			return nil, err
		}
		b, err := put(w.Files[i], data)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// free refuses to write over a file that is not this post's: one that others
// made, or another post; and where a file stands in place of a folder, or a
// folder in place of the file.
func (p *Publisher) free(ctx context.Context, job platform.Job, tip string, blobs []blob) error {
	if tip == "" {
		return nil
	}
	var asked strings.Builder
	var places []string
	for _, b := range blobs {
		for at := b.path; at != "."; at = path.Dir(at) {
			places = append(places, at)
			asked.WriteString(tip + ":" + at + "\n")
		}
	}
	out, err := p.git(ctx, call{args: []string{"cat-file", "--batch-check=%(objecttype) %(objectname)"}, stdin: []byte(asked.String())})
	if err != nil {
		return err
	}
	there := map[string]string{} // "blob OBJECT", or "… missing", by place
	for i, line := range strings.Split(out, "\n") {
		if i < len(places) {
			there[places[i]] = line
		}
	}
	if len(there) != len(unique(places)) {
		return &platform.Error{Class: platform.Temporary, Code: "git-cat-file"}
	}
	for _, b := range blobs {
		for at := path.Dir(b.path); at != "."; at = path.Dir(at) {
			if has := there[at]; !strings.HasPrefix(has, "tree ") && !strings.HasSuffix(has, " missing") {
				return platform.Refuse(platform.Invalid, "path-taken", at)
			}
		}
		if err := p.own(ctx, job, tip, b, there[b.path]); err != nil {
			return err
		}
	}
	return nil
}

func unique(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// own refuses a place where something stands that this post did not put there.
func (p *Publisher) own(ctx context.Context, job platform.Job, tip string, b blob, has string) error {
	kind, object, _ := strings.Cut(has, " ")
	if strings.HasSuffix(has, " missing") || kind == "blob" && object == b.object {
		return nil
	}
	if kind == "blob" {
		post, _, _ := strings.Cut(string(job.Key), "#")
		keys, err := p.git(ctx, call{args: []string{"log", "-1", "--format=%(trailers:key=" + trailer + ",valueonly,unfold)", tip, "--", ":(literal,top)" + b.path}})
		if err != nil {
			return err
		}
		if strings.HasPrefix(keys, post+"#") {
			return nil
		}
	}
	return platform.Refuse(platform.Invalid, "path-taken", b.path)
}

// commit makes a commit on another, of nothing but what it is told: the same
// placement on the same commit is the same commit on every machine.
func (p *Publisher) commit(ctx context.Context, job platform.Job, w words, tip string, blobs []blob) (string, error) {
	file := filepath.Join(p.dir, index)
	defer os.Remove(file)
	_ = os.Remove(file) // of a program that was killed
	env := []string{"GIT_INDEX_FILE=" + file}
	if tip != "" {
		if _, err := p.git(ctx, call{args: []string{"read-tree", tip}, env: env}); err != nil {
			return "", err
		}
	}
	var lines strings.Builder
	for _, b := range blobs {
		fmt.Fprintf(&lines, "100644 %s\t%s\x00", b.object, b.path)
	}
	if _, err := p.git(ctx, call{args: []string{"update-index", "-z", "--index-info"}, stdin: []byte(lines.String()), env: env}); err != nil {
		return "", err
	}
	tree, err := p.git(ctx, call{args: []string{"write-tree"}, env: env})
	if err != nil {
		return "", err
	}
	args := []string{"commit-tree", tree, "-F", "-"}
	if tip != "" {
		args = append(args, "-p", tip)
	}
	return p.git(ctx, call{args: args, stdin: []byte(w.Subject + "\n\n" + trailer + ": " + mark(job.Key) + "\n"), env: p.person(job)})
}

// person is who commits, and when: at the instant of the placement.
func (p *Publisher) person(job platform.Job) []string {
	name, email := p.account.Options["name"], p.account.Options["email"]
	if name == "" {
		name = "editorial"
	}
	if email == "" {
		email = "editorial@localhost"
	}
	at := strconv.FormatInt(job.Due.Unix(), 10) + " +0000"
	var all []string
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		all = append(all, "GIT_"+who+"_NAME="+name, "GIT_"+who+"_EMAIL="+email, "GIT_"+who+"_DATE="+at)
	}
	return all
}

// push moves the branch from the commit below ours to ours, or not at all.
func (p *Publisher) push(ctx context.Context, commit string) error {
	out, said, err := p.run(ctx, call{away: true, args: []string{"push", "--porcelain", "--no-verify", "--", p.account.Server, commit + ":" + p.ref()}})
	for line := range strings.Lines(string(out)) {
		// "FLAG\tFROM:TO\tSUMMARY (REASON)", git-push(1), "OUTPUT".
		fields := strings.SplitN(strings.TrimRight(line, "\n"), "\t", 3)
		if len(fields) != 3 || !strings.HasSuffix(fields[1], ":"+p.ref()) {
			continue
		}
		return pushed(fields[0], fields[2], said, err)
	}
	return &platform.Error{Class: platform.Uncertain, Code: "push", Detail: wire.Cut(string(said)), Err: err}
}

// pushed is what git reports of the branch. What it says was rejected was surely
// not done.
func pushed(flag, summary string, said []byte, err error) error {
	if flag != "!" {
		return nil // also where git failed afterwards
	}
	e := &platform.Error{Class: platform.Temporary, Code: "moved-on", Detail: wire.Cut(summary + " " + string(said)), Err: err}
	switch {
	case strings.HasPrefix(summary, "[remote rejected]") && strings.Contains(summary, "declined"):
		e.Class, e.Code = platform.Permission, "remote-declined" // a hook, a branch that is protected
	case strings.HasPrefix(summary, "[remote rejected]"):
		e.Code = "remote-rejected" // somebody else was moving it
	case strings.HasPrefix(summary, "[rejected]"):
	default: // "[remote failure]": it did not report
		e.Class, e.Code = platform.Uncertain, "push"
	}
	return e
}
