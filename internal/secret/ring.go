package secret

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/zalando/go-keyring"

	"editorial/pkg/problem"
)

// CodeKeyring says that the keyring of the system does not answer. Parameter: detail.
const CodeKeyring problem.Code = "secret-keyring"

// service is the name under which the keyring keeps our records.
const service = "editorial"

// Ring is a keyring: [keyring.Keyring], or one of a test.
type Ring interface {
	Set(service, user, password string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// SystemRing returns the keyring of the system, or nil where there is surely
// none: on a server nobody has opened one, and asking would start a session bus.
func SystemRing(getenv func(string) string) Ring {
	switch runtime.GOOS {
	case "darwin", "windows":
		return systemRing{}
	}
	if getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return systemRing{}
	}
	if dir := getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); err == nil {
			return systemRing{}
		}
	}
	return nil
}

type systemRing struct{}

func (systemRing) Set(service, user, password string) error {
	return keyring.Set(service, user, password)
}
func (systemRing) Get(service, user string) (string, error) { return keyring.Get(service, user) }
func (systemRing) Delete(service, user string) error        { return keyring.Delete(service, user) }

// ring is a keyring as a place. office is the folder's path: two offices on one
// machine may have a platform of one name.
type ring struct {
	of     Ring
	office string
}

func (ring) where() Where { return Keyring }

func (r ring) user(name string) string { return name + " " + r.office }

func (r ring) get(ctx context.Context, name string) (Record, error) {
	var text string
	err := ask(ctx, func() (err error) {
		text, err = r.of.Get(service, r.user(name))
		return err
	})
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return Record{}, errNone
	case err != nil:
		return Record{}, ringError(err)
	}
	return decode([]byte(text))
}

func (r ring) put(ctx context.Context, name string, rec Record) error {
	data, err := rec.encode()
	if err != nil {
		return err
	}
	if err := ask(ctx, func() error { return r.of.Set(service, r.user(name), string(data)) }); err != nil {
		return ringError(err)
	}
	return nil
}

func (r ring) remove(ctx context.Context, name string) error {
	err := ask(ctx, func() error { return r.of.Delete(service, r.user(name)) })
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return ringError(err)
	}
	return nil
}

// ask waits for a keyring no longer than the context lasts: one that is locked
// asks a person, who may not be there. The question itself cannot be taken
// back.
func ask(ctx context.Context, question func() error) error {
	answer := make(chan error, 1)
	go func() { answer <- question() }()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func ringError(err error) error {
	return problem.Problem{Code: CodeKeyring, Params: problem.Params{"detail": err.Error()}, Cause: err}
}
