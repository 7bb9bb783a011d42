package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"

	"editorial/pkg/publish/platform"
)

// Field is one field of a form. Type is that of its value, "" of plain text.
type Field struct{ Name, Value, Type string }

// File is one file of a form.
type File struct {
	// Field is the name of the field, Name that of the file.
	Field, Name, Type string
	Data              []byte
}

// Multipart returns a POST of a form with files. The boundary follows from the
// files, and their bytes are not copied.
func Multipart(address string, fields []Field, files []File) (Request, error) {
	boundary := sha256.New()
	for _, f := range files {
		boundary.Write(f.Data)
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.SetBoundary("editorial-" + hex.EncodeToString(boundary.Sum(nil))[:40]); err != nil {
		return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
	}
	for _, f := range fields {
		head := textproto.MIMEHeader{"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": f.Name})}}
		if f.Type != "" {
			head.Set("Content-Type", f.Type)
		}
		part, err := w.CreatePart(head)
		if err == nil {
			_, err = io.WriteString(part, f.Value)
		}
		if err != nil {
			return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
		}
	}
	var ends []int // where, in the form without them, the bytes of each file belong
	for _, f := range files {
		head := textproto.MIMEHeader{
			"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": f.Field, "filename": f.Name})},
			"Content-Type":        {f.Type},
		}
		if _, err := w.CreatePart(head); err != nil {
			return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
		}
		ends = append(ends, form.Len())
	}
	if err := w.Close(); err != nil {
		return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
	}
	var readers []io.Reader
	size, at := form.Len(), 0
	for i, f := range files {
		readers = append(readers, bytes.NewReader(form.Bytes()[at:ends[i]]), bytes.NewReader(f.Data))
		size, at = size+len(f.Data), ends[i]
	}
	return Request{
		Method: http.MethodPost, URL: address, Header: http.Header{"Content-Type": {w.FormDataContentType()}},
		Body: io.MultiReader(append(readers, bytes.NewReader(form.Bytes()[at:]))...), Size: int64(size),
	}, nil
}
