package newsletter

import "editorial/pkg/publish"

// Write gives the sink the pages of the archive.
func (a *Archive) Write(s publish.Site, bodies publish.Bodies, sink publish.Sink) error {
	files, err := a.Files(s, bodies)
	return put(sink, files, err)
}

// Write gives the sink the files of the edition.
func (m *Mailing) Write(s publish.Site, bodies publish.Bodies, sink publish.Sink) error {
	files, err := m.Files(s, bodies)
	return put(sink, files, err)
}

func put(sink publish.Sink, files []publish.File, err error) error {
	for _, f := range files {
		if err != nil {
			break
		}
		err = sink.Put(f)
	}
	return err
}
