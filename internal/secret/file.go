package secret

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"filippo.io/age"

	"editorial/pkg/problem"
)

// CodeBroken says that the encrypted file cannot be opened: it is not whole, or made for
// another identity. Parameter: file.
const CodeBroken problem.Code = "secret-file-broken"

// maxFile is the most bytes of an encrypted file.
const maxFile = 4 << 20

// file is an encrypted file as a place: all records in one, replaced as a whole.
type file struct {
	path  string
	id    Identity
	locks Locker

	mu  sync.Mutex
	key *key // once it was read: a passphrase takes a second to try
}

// content is what the file holds once it is open.
type content struct {
	Version  int                        `json:"version"`
	Accounts map[string]json.RawMessage `json:"accounts"`
}

func (*file) where() Where { return AgeFile }

func (f *file) get(_ context.Context, name string) (Record, error) {
	c, err := f.read()
	if err != nil {
		return Record{}, err
	}
	data, ok := c.Accounts[name]
	if !ok {
		return Record{}, errNone
	}
	return decode(data)
}

func (f *file) put(ctx context.Context, name string, r Record) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	return f.change(ctx, func(c *content) bool {
		c.Accounts[name] = data
		return true
	})
}

func (f *file) remove(ctx context.Context, name string) error {
	if _, err := os.Stat(f.path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return f.change(ctx, func(c *content) bool {
		_, ok := c.Accounts[name]
		delete(c.Accounts, name)
		return ok
	})
}

// change reads, changes and replaces the file while no other program does. A
// file that cannot be opened is never replaced.
func (f *file) change(ctx context.Context, do func(*content) bool) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	unlock, err := f.locks.Lock(ctx, "secrets.age")
	if err != nil {
		return err
	}
	defer func() { _ = unlock() }()
	c, err := f.read()
	if err != nil {
		return err
	}
	if !do(&c) {
		return nil
	}
	plain, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	k, err := f.open(true)
	if err != nil {
		return err
	}
	sealed, err := seal(plain, k.to)
	if err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	if err := replace(f.path, sealed); err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	return nil
}

// read returns what the file holds, nothing of one that is not there.
func (f *file) read() (content, error) {
	none := content{Version: 1, Accounts: map[string]json.RawMessage{}}
	info, err := os.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, nil
	case err != nil:
		return none, err
	case !info.Mode().IsRegular() || info.Size() > maxFile:
		return none, f.broken()
	}
	sealed, err := os.ReadFile(f.path)
	if err != nil {
		return none, err
	}
	k, err := f.open(false)
	if err != nil {
		return none, err
	}
	in, err := age.Decrypt(bytes.NewReader(sealed), k.opens...)
	if err != nil {
		return none, f.broken()
	}
	plain, err := io.ReadAll(io.LimitReader(in, maxFile))
	if err != nil {
		return none, f.broken()
	}
	var c content
	if json.Unmarshal(plain, &c) != nil || c.Version != 1 {
		return none, f.broken()
	}
	if c.Accounts == nil {
		c.Accounts = none.Accounts
	}
	return c, nil
}

// open reads the identity; begin makes one where there is none yet.
func (f *file) open(begin bool) (key, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.key != nil {
		return *f.key, nil
	}
	k, err := f.id.read()
	if errors.Is(err, fs.ErrNotExist) {
		if !begin {
			return key{}, f.id.problem(CodeNoIdentity)
		}
		k, err = f.id.make()
	}
	if err != nil {
		return key{}, err
	}
	f.key = &k
	return k, nil
}

func (f *file) broken() error {
	return problem.Problem{Code: CodeBroken, Params: problem.Params{"file": filepath.ToSlash(f.path)}}
}
