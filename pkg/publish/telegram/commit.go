package telegram

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Commit sends the message.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	var w frozen
	if err := json.Unmarshal(job.Message.Wire, &w); err != nil || len(job.Message.Parts) == 0 {
		return platform.Receipt{}, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	files, err := read(ctx, job)
	if err != nil {
		return platform.Receipt{}, err
	}
	text := job.Message.Parts[0].Text
	var sent message
	switch len(files) {
	case 0:
		body := map[string]any{"chat_id": p.account.Name, "text": text}
		if w.Silent {
			body["disable_notification"] = true
		}
		if w.Topic > 0 {
			body["message_thread_id"] = w.Topic
		}
		err = p.call(ctx, job.Now, "sendMessage", func(to string) (wire.Request, error) { return wire.JSON(http.MethodPost, to, body) }, &sent)
	case 1:
		err = p.one(ctx, job, w, text, files[0], &sent)
	default:
		sent, err = p.album(ctx, job, w, text, files)
	}
	if err != nil {
		return platform.Receipt{}, err
	}
	if sent.ID == 0 {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "no-id"}
	}
	r := sent.receipt()
	if kept, err := json.Marshal(r); err == nil {
		_ = job.Keep(ctx, kept) // it is out, whether that can be written down or not
	}
	return r, nil
}

// one sends a film or a picture with its text.
func (p *Publisher) one(ctx context.Context, job platform.Job, w frozen, text string, file media.Stream, sent *message) error {
	method, field, fields := "sendPhoto", "photo", append(p.fields(w), wire.Field{Name: "caption", Value: text})
	if m := job.Message.Media[0]; film(m.Type) {
		method, field = "sendVideo", "video"
		fields = append(fields, wire.Field{Name: "supports_streaming", Value: "true"})
		for _, known := range []struct {
			name string
			n    int
		}{{"width", m.Width}, {"height", m.Height}, {"duration", m.Seconds}} {
			if known.n > 0 {
				fields = append(fields, wire.Field{Name: known.name, Value: strconv.Itoa(known.n)})
			}
		}
	}
	return p.call(ctx, job.Now, method, func(to string) (wire.Request, error) {
		return wire.Multipart(to, fields, []wire.File{file.File(field)})
	}, sent)
}

// album sends several pictures, of which the first has the text.
func (p *Publisher) album(ctx context.Context, job platform.Job, w frozen, text string, files []media.Stream) (message, error) {
	type photo struct {
		Type    string `json:"type"`
		Media   string `json:"media"`
		Caption string `json:"caption,omitempty"`
	}
	var all []photo
	var parts []wire.File
	for i, file := range files {
		name := "file" + strconv.Itoa(i)
		parts = append(parts, file.File(name))
		all = append(all, photo{Type: "photo", Media: "attach://" + name})
	}
	all[0].Caption = text
	media, err := json.Marshal(all)
	if err != nil {
		return message{}, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	var sent []message
	fields := append(p.fields(w), wire.Field{Name: "media", Value: string(media)})
	err = p.call(ctx, job.Now, "sendMediaGroup", func(to string) (wire.Request, error) { return wire.Multipart(to, fields, parts) }, &sent)
	if err != nil || len(sent) == 0 {
		return message{}, err
	}
	return sent[0], nil
}

// fields are those that every call with pictures has.
func (p *Publisher) fields(w frozen) []wire.Field {
	fields := []wire.Field{{Name: "chat_id", Value: p.account.Name}}
	if w.Silent {
		fields = append(fields, wire.Field{Name: "disable_notification", Value: "true"})
	}
	if w.Topic > 0 {
		fields = append(fields, wire.Field{Name: "message_thread_id", Value: strconv.Itoa(w.Topic)})
	}
	return fields
}

// read reads the files of a job once, and returns how they are sent.
func read(ctx context.Context, job platform.Job) ([]media.Stream, error) {
	var files []media.Stream
	for _, m := range job.Message.Media {
		most := int64(maxPhoto)
		if film(m.Type) {
			most = maxFilm
		}
		file, err := media.NewStream(ctx, job.Files, m, most)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}
