package office

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
)

// CodeChangedMeanwhile says that a file is no longer the one that was read.
const CodeChangedMeanwhile problem.Code = "changed-meanwhile"

// ApprovalWanted is the value of a post's approval while nobody gave it; any
// other value that is none of this text's does the same.
const ApprovalWanted = "wanted"

// sumLength is how many hexadecimal digits of a text's hash an approval has.
const sumLength = 16

// Approval is one line of approval: who, and of which text.
type Approval struct{ Person, Sum string }

// Approvals reads the value of a post's approval: "awa:0123456789abcdef, leo:…".
func Approvals(value string) []Approval {
	var all []Approval
	for _, s := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' }) {
		if person, sum, ok := strings.Cut(s, ":"); ok && person != "" && len(sum) == sumLength {
			all = append(all, Approval{person, sum})
		}
	}
	return all
}

// TextSum is the hash of all that a post's file says, but for its approval: any
// edit changes it.
func TextSum(src []byte) (string, error) {
	blank, err := content.Set(src, []string{"approval"}, content.Text(""))
	if err != nil {
		return "", fmt.Errorf("approval: %w", err)
	}
	sum := sha256.Sum256(blank)
	return hex.EncodeToString(sum[:])[:sumLength], nil
}

// unapproved says why a post must not be sent, though it is ready: too few
// approved this very text, or it was changed too short a while ago.
func (o *Office) unapproved(p *content.Post, now time.Time) (why journal.Reason, detail string, again time.Time) {
	policy := o.Config.Policy
	wanted := policy.Approvals
	if p.Approval != "" {
		wanted = max(wanted, 1)
	}
	if wanted > 0 {
		src, err := o.sourceOf(p)
		if err != nil {
			return journal.NotApproved, "", time.Time{}
		}
		if n := o.approvedBy(p, src); len(n) < wanted {
			return journal.NotApproved, fmt.Sprintf("%d/%d", len(n), wanted), time.Time{}
		}
	}
	if rest := time.Duration(elapsed(policy.CoolOff)) * time.Minute; rest > 0 {
		written, err := o.writtenAt(p)
		if err != nil {
			return journal.NotReady, "no-post", time.Time{}
		}
		if end := written.Add(rest); end.After(now) {
			return journal.CoolOff, "", end
		}
	}
	return "", "", time.Time{}
}

// writtenAt is when the file of a post was written last.
func (o *Office) writtenAt(p *content.Post) (time.Time, error) {
	fsys, done, err := o.contentFS()
	if err != nil {
		return time.Time{}, err
	}
	defer done()
	info, err := fs.Stat(fsys, p.Path)
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

// approvedBy returns who approved this very text, each person once.
func (o *Office) approvedBy(p *content.Post, src []byte) []string {
	sum, err := TextSum(src)
	if err != nil {
		return nil
	}
	var who []string
	for _, a := range Approvals(p.Approval) {
		if a.Sum == sum && !slices.Contains(who, a.Person) && o.mayApprove(p, a.Person) == nil {
			who = append(who, a.Person)
		}
	}
	return who
}

// Errors of approving.
var (
	ErrNobody  = errors.New("no such person")
	ErrOwnWork = errors.New("nobody approves their own work")
)

// mayApprove says why a person cannot approve a post.
func (o *Office) mayApprove(p *content.Post, person string) error {
	known := false
	for _, x := range o.Config.People {
		known = known || x.ID == person
	}
	switch {
	case !known:
		return ErrNobody
	case o.Config.Policy.FourEyes && (person == p.Assignee || slices.Contains(p.Authors, person) || slices.Contains(p.Authors, o.PersonName(person))):
		return ErrOwnWork
	}
	return nil
}

// sourceOf reads the file of a post as it was when the office was loaded.
func (o *Office) sourceOf(p *content.Post) ([]byte, error) {
	f, err := openFolder(o.Dir, publicFile, publicDir)
	if err != nil {
		return nil, err
	}
	defer f.close()
	src, err := f.read(ContentDir + "/" + p.Path)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(src) != p.Sum {
		return nil, fmt.Errorf("%s was changed meanwhile", p.Path)
	}
	return src, nil
}

// Approved is what approving a post did.
type Approved struct {
	Post *content.Post
	// By are those who approve this very text now; Wanted is how many have to.
	By     []string
	Wanted int
}

// Approve writes into a post's file that a person approves its text as it is now,
// or, with withdraw, no longer does. Approvals of other texts are taken out. No
// other byte of the file changes.
func (o *Office) Approve(p *content.Post, person string, withdraw bool) (Approved, error) {
	done := Approved{Post: p, Wanted: max(1, o.Config.Policy.Approvals)}
	if err := o.mayApprove(p, person); err != nil {
		return done, err
	}
	f, err := openFolder(o.Dir, publicFile, publicDir)
	if err != nil {
		return done, err
	}
	defer f.close()
	f.sync = true
	name := ContentDir + "/" + p.Path
	src, err := f.read(name)
	if err != nil {
		return done, fmt.Errorf("approve: %w", err)
	}
	if sha256.Sum256(src) != p.Sum {
		return done, problem.Problem{Position: problem.Position{File: name}, Code: CodeChangedMeanwhile}
	}
	sum, err := TextSum(src)
	if err != nil {
		return done, err
	}
	for _, who := range o.approvedBy(p, src) {
		if who != person {
			done.By = append(done.By, who)
		}
	}
	if !withdraw {
		done.By = append(done.By, person)
	}
	slices.Sort(done.By)
	value := ApprovalWanted
	for i, who := range done.By {
		if i == 0 {
			value = who + ":" + sum
		} else {
			value += ", " + who + ":" + sum
		}
	}
	out, err := content.Set(src, []string{"approval"}, content.Text(value))
	if err != nil {
		return done, fmt.Errorf("approve: %s: %w", name, err)
	}
	if again, err := TextSum(out); err != nil || again != sum {
		return done, fmt.Errorf("approve: %s: the front matter cannot take an approval", name)
	}
	_, err = f.replace(name, out)
	return done, f.told(err, name)
}
