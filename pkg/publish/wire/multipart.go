package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"

	"editorial/pkg/publish/platform"
)

// Field is one field of a form. Type is that of its value, "" of plain text.
type Field struct{ Name, Value, Type string }

// File is one file of a form: the bytes of Data or, where there are too many to
// hold, the first Size bytes of From, which are read while they are sent. If From
// is an io.Closer, it is closed with the body of the request.
type File struct {
	// Field is the name of the field, Name that of the file.
	Field, Name, Type string
	Data              []byte
	From              io.Reader
	Size              int64
	// Sum tells the bytes of From from all others: a hash of them.
	Sum string
}

// Multipart returns a POST of a form with files (RFC 7578), fields and files in
// the order given. The boundary follows from what is sent: the same form has the
// same bytes, and none of them is chance. The bytes of files are not copied.
func Multipart(address string, fields []Field, files []File) (Request, error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.SetBoundary(boundary(fields, files)); err != nil {
		return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
	}
	for _, f := range fields {
		part, err := w.CreatePart(head(fmt.Sprintf("form-data; name=%q", f.Name), f.Type))
		if err == nil {
			_, err = io.WriteString(part, f.Value)
		}
		if err != nil {
			return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
		}
	}
	var ends []int // where, in the form without them, the bytes of each file belong
	for _, f := range files {
		if _, err := w.CreatePart(head(multipart.FileContentDisposition(f.Field, f.Name), f.Type)); err != nil {
			return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
		}
		ends = append(ends, form.Len())
	}
	if err := w.Close(); err != nil {
		return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
	}
	var readers []io.Reader
	var whole body
	size, at := int64(form.Len()), 0
	for i, f := range files {
		data, n := f.bytes()
		readers = append(readers, bytes.NewReader(form.Bytes()[at:ends[i]]), data)
		size, at = size+n, ends[i]
		if c, ok := f.From.(io.Closer); ok {
			whole.closers = append(whole.closers, c)
		}
	}
	whole.Reader = io.MultiReader(append(readers, bytes.NewReader(form.Bytes()[at:]))...)
	return Request{
		Method: http.MethodPost, URL: address, Header: http.Header{"Content-Type": {w.FormDataContentType()}},
		Body: whole, Size: size,
	}, nil
}

// body is a form that is read piece by piece, and closes its files.
type body struct {
	io.Reader
	closers []io.Closer
}

// Close closes the files of the form.
func (b body) Close() error {
	var all []error
	for _, c := range b.closers {
		all = append(all, c.Close())
	}
	return errors.Join(all...)
}

// boundary stands in nothing that is sent: who would write it into a text or a
// file has changed it by that.
func boundary(fields []Field, files []File) string {
	h := sha256.New()
	for _, f := range fields {
		fmt.Fprintf(h, "%q\n", []string{f.Name, f.Type, f.Value})
	}
	for _, f := range files {
		fmt.Fprintf(h, "%q\n%d\n", []string{f.Field, f.Name, f.Type, f.Sum}, len(f.Data))
		h.Write(f.Data)
	}
	return "editorial-" + hex.EncodeToString(h.Sum(nil))[:40]
}

// head is what stands before the bytes of a part.
func head(disposition, kind string) textproto.MIMEHeader {
	h := textproto.MIMEHeader{"Content-Disposition": {disposition}}
	if kind != "" {
		h.Set("Content-Type", kind)
	}
	return h
}

// bytes are those of the file, and how many there are.
func (f File) bytes() (io.Reader, int64) {
	if f.From != nil {
		return io.LimitReader(f.From, f.Size), f.Size
	}
	return bytes.NewReader(f.Data), int64(len(f.Data))
}
