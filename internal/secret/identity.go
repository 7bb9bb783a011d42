package secret

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"editorial/pkg/problem"
)

// Codes of identities. The parameter is the file.
const (
	// CodeNoIdentity: there are encrypted secrets, and not what opens them.
	CodeNoIdentity problem.Code = "secret-identity-missing"
	// CodePassphrase: the identity is encrypted, and its passphrase is not given
	// or another.
	CodePassphrase problem.Code = "secret-identity-passphrase"
	// CodeBadIdentity: the file is no identity of age.
	CodeBadIdentity problem.Code = "secret-identity-bad"
)

// maxIdentity is the most bytes of a file with an identity.
const maxIdentity = 64 << 10

// Identity is what opens the encrypted file: a file as age-keygen makes it, or
// one encrypted with a passphrase as age -p makes it.
type Identity struct {
	Path string
	// Passphrase is "" where the file stands open.
	Passphrase string
	// WorkFactor is the cost of a passphrase for a new identity, as a power of
	// two; 0: age's own.
	WorkFactor int
}

// key is an identity that was read.
type key struct {
	opens []age.Identity
	to    age.Recipient
}

// read returns the key. The error wraps fs.ErrNotExist where there is none.
func (i Identity) read() (key, error) {
	f, err := os.Open(i.Path)
	if err != nil {
		return key{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxIdentity))
	if err != nil {
		return key{}, err
	}
	if plain, err := i.decrypt(data); err != nil {
		return key{}, err
	} else if plain != nil {
		data = plain
	}
	all, err := age.ParseIdentities(bytes.NewReader(data))
	if err != nil || len(all) == 0 {
		return key{}, i.problem(CodeBadIdentity) // what is wrong with it may quote it
	}
	k := key{opens: all}
	switch first := all[0].(type) {
	case *age.HybridIdentity:
		k.to = first.Recipient()
	case *age.X25519Identity:
		k.to = first.Recipient()
	default:
		return key{}, i.problem(CodeBadIdentity)
	}
	return k, nil
}

// decrypt returns nil where the file is not encrypted.
func (i Identity) decrypt(data []byte) ([]byte, error) {
	var in io.Reader = bytes.NewReader(data)
	switch {
	case bytes.HasPrefix(data, []byte(armor.Header)):
		in = armor.NewReader(in)
	case !bytes.HasPrefix(data, []byte("age-encryption.org/")):
		return nil, nil
	}
	if i.Passphrase == "" {
		return nil, i.problem(CodePassphrase)
	}
	opener, err := age.NewScryptIdentity(i.Passphrase)
	if err != nil {
		return nil, i.problem(CodePassphrase)
	}
	out, err := age.Decrypt(in, opener)
	if err != nil {
		return nil, i.problem(CodePassphrase)
	}
	plain, err := io.ReadAll(io.LimitReader(out, maxIdentity))
	if err != nil {
		return nil, i.problem(CodeBadIdentity)
	}
	return plain, nil
}

// make begins an identity, for its owner alone. If somebody else just did, that
// one counts.
func (i Identity) make() (key, error) {
	if i.Path == "" {
		return key{}, Identity{Path: "EDITORIAL_IDENTITY_FILE"}.problem(CodeNoIdentity)
	}
	dir := filepath.Dir(i.Path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return key{}, fmt.Errorf("make identity: %w", err)
	}
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return key{}, fmt.Errorf("make identity: %w", err)
	}
	data, err := i.encrypt([]byte("# opens the secrets of editorial; keep it where others cannot read it\n" + id.String() + "\n"))
	if err != nil {
		return key{}, fmt.Errorf("make identity: %w", err)
	}
	name, err := draft(dir, data)
	if err != nil {
		return key{}, fmt.Errorf("make identity: %w", err)
	}
	defer os.Remove(name)
	if err := os.Link(name, i.Path); err != nil && !errors.Is(err, fs.ErrExist) {
		return key{}, fmt.Errorf("make identity: %w", err)
	}
	flush(dir)
	return i.read()
}

func (i Identity) encrypt(plain []byte) ([]byte, error) {
	if i.Passphrase == "" {
		return plain, nil
	}
	to, err := age.NewScryptRecipient(i.Passphrase)
	if err != nil {
		return nil, err
	}
	if i.WorkFactor > 0 {
		to.SetWorkFactor(i.WorkFactor)
	}
	return seal(plain, to)
}

func seal(plain []byte, to age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (i Identity) problem(code problem.Code) error {
	return problem.Problem{Code: code, Params: problem.Params{"file": strings.TrimSpace(i.Path)}}
}
