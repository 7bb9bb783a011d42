package secret

import (
	"os"
	"path/filepath"
)

// draft writes a file of a chance name into a folder, for its owner alone, and
// waits until the disk has it.
func draft(dir string, data []byte) (name string, err error) {
	f, err := os.CreateTemp(dir, ".editorial-tmp-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// replace puts a file in the place of another as a whole: whoever reads sees the
// one or the other, after a loss of power too.
func replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	name, err := draft(dir, data)
	if err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		_ = os.Remove(name)
		return err
	}
	flush(dir)
	return nil
}

// flush waits until the disk has the names of a folder. Not every system can.
func flush(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
