package cli

import (
	"os"
	"path/filepath"
	"strings"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/office"
	"editorial/internal/secret"
	"editorial/pkg/problem"
)

// vault is that of the office: where its secrets are kept, EDITORIAL_SECRETS may
// say.
func (a *app) vault() (*secret.Vault, error) {
	abs, err := filepath.Abs(a.dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real // one office, by whatever name it is called
	}
	id, err := a.identity()
	if err != nil {
		return nil, err
	}
	var ring secret.Ring
	switch kind := a.getenv("EDITORIAL_SECRETS"); kind {
	case "":
		ring = secret.SystemRing(a.getenv)
	case string(secret.Keyring):
		if ring = secret.SystemRing(a.getenv); ring == nil {
			return nil, a.usage("connect.no-keyring", nil)
		}
	case string(secret.AgeFile):
	default:
		return nil, a.usage("connect.bad-place", problem.Params{"value": kind})
	}
	return secret.Open(secret.Options{
		Dir: filepath.Join(abs, office.StateDir), Office: abs, Ring: ring, Identity: id, Now: a.Now, Tell: a.redact.Add,
	}), nil
}

// identity is what opens the encrypted file: by default in the person's own
// folder for settings, outside every office.
func (a *app) identity() (secret.Identity, error) {
	id := secret.Identity{Path: a.getenv("EDITORIAL_IDENTITY_FILE"), Passphrase: a.getenv("EDITORIAL_IDENTITY_PASSPHRASE")}
	if name := a.getenv("EDITORIAL_IDENTITY_PASSPHRASE_FILE"); name != "" && id.Passphrase == "" {
		data, err := config.ReadSecretFile(name)
		if err != nil {
			return id, err
		}
		id.Passphrase = strings.TrimRight(string(data), "\r\n")
	}
	a.redact.Add(id.Passphrase)
	if id.Path != "" {
		return id, nil
	}
	dir := a.getenv("XDG_CONFIG_HOME")
	if dir == "" {
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return id, nil // a service without a home: it must be named
		}
	}
	id.Path = filepath.Join(dir, "editorial", "identity.txt")
	return id, nil
}

// book is the accounts of the office. It needs a sound configuration and no
// posts.
func (a *app) book() (*connections.Book, error) {
	c, _, problems, err := config.ReadDir(a.dir, a.configOptions(a.set))
	if err != nil {
		return nil, err
	}
	if problem.Errors(problems) > 0 {
		return nil, a.badConfig(problems)
	}
	a.redact.Add(connections.Secrets(c)...)
	v, err := a.vault()
	if err != nil {
		return nil, err
	}
	return connections.Open(c, v, a.Environ), nil
}

// openSecrets are the values of the environment that nobody may read.
func openSecrets(environ []string) []string {
	var all []string
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(name, config.Prefix) {
			continue
		}
		for _, end := range []string{"_TOKEN", "_PASSWORD", "_SECRET", "_PASSPHRASE"} {
			if strings.HasSuffix(name, end) {
				all = append(all, value)
			}
		}
	}
	return all
}
