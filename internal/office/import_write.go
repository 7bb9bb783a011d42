package office

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/importer"
	"editorial/pkg/problem"
)

// write writes the files of a post, then the post. A file that is there with
// other bytes stays: the post is not written then, for it would show another
// picture than it did.
func (s *settler) write(p importer.Post, post *content.Post, src []byte, fsys fs.FS, done *Imported) (bool, error) {
	for _, file := range p.Files {
		to := ContentDir + "/" + file.To
		if slices.Contains(done.Files, to) || !safeName(file.To) {
			continue
		}
		created, same, err := s.copy(fsys, file.From, to)
		if err != nil {
			return false, err
		}
		if !created && !same {
			s.find(done, p.At, problem.Error, CodeImportTaken, problem.Params{"path": to})
			return false, nil
		}
		if created {
			done.Files = append(done.Files, to)
		}
	}
	if s.dry {
		return true, nil
	}
	created, err := s.out.create(ContentDir+"/"+post.Path, src)
	if err != nil {
		return false, fmt.Errorf("write %s: %w", ContentDir+"/"+post.Path, err)
	}
	if !created {
		s.find(done, p.At, problem.Error, CodeImportTaken, problem.Params{"path": ContentDir + "/" + post.Path})
	}
	return created, nil
}

// copy copies a file of the source to where nothing is.
func (s *settler) copy(fsys fs.FS, from, to string) (created, same bool, err error) {
	in, err := fsys.Open(from)
	if err != nil {
		return false, false, err
	}
	defer in.Close()
	if s.dry {
		return !s.names[folded(strings.TrimPrefix(to, ContentDir+"/"))], true, nil
	}
	if created, err = s.out.createFrom(to, in); err != nil || created {
		return created, false, wrapWrite(to, err)
	}
	again, err := fsys.Open(from)
	if err != nil {
		return false, false, err
	}
	defer again.Close()
	dir, base, err := s.out.at(to)
	if err != nil {
		return false, false, err
	}
	defer dir.Close()
	same, err = holds(dir, base, again)
	return false, same, err
}

func wrapWrite(name string, err error) error {
	if err != nil {
		err = fmt.Errorf("write %s: %w", name, err)
	}
	return err
}
