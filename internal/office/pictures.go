package office

import (
	"image"
	_ "image/gif"  // for their sizes
	_ "image/jpeg" // for their sizes
	_ "image/png"  // for their sizes
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"editorial/pkg/content"
)

// headerBytes is how far into a file the size of its picture is looked for.
const headerBytes = 1 << 20

type size struct{ width, height int }

// measure reads the sizes of the pictures among the assets, by path. A file
// that is no picture, or cannot be read, has none: whoever copies it will say.
func measure(dir string, assets []content.Asset) map[string]size {
	sizes := map[string]size{}
	root, err := os.OpenRoot(filepath.Join(dir, ContentDir))
	if err != nil {
		return sizes
	}
	defer root.Close()
	for _, a := range assets {
		switch mimeType(a.Path) {
		case "image/png", "image/jpeg", "image/gif":
			if s, ok := sizeOf(root.FS(), a.Path); ok {
				sizes[a.Path] = s
			}
		}
	}
	return sizes
}

func sizeOf(files fs.FS, name string) (size, bool) {
	f, err := files.Open(name)
	if err != nil {
		return size{}, false
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(io.LimitReader(f, headerBytes))
	return size{c.Width, c.Height}, err == nil
}
