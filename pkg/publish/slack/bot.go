package slack

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// metadata is what a message carries and readers do not see.
type metadata struct {
	Type    string            `json:"event_type"`
	Payload map[string]string `json:"event_payload"`
}

func marked(key platform.Key) metadata {
	return metadata{Type: event, Payload: map[string]string{name: key.Token(40)}}
}

// call calls a method, and reads its answer into a value.
func (p *Publisher) call(ctx context.Context, now time.Time, method string, body, into any) (wire.Answer, error) {
	r, err := wire.JSON(http.MethodPost, p.server+"/api/"+method, body)
	if err != nil {
		return wire.Answer{}, err
	}
	return p.send(ctx, now, r.With("Content-Type", "application/json; charset=utf-8"), into)
}

func (p *Publisher) send(ctx context.Context, now time.Time, r wire.Request, into any) (wire.Answer, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := wire.Do(ctx, p.via, r.Bearer(token.Access))
	a = a.Hush(token.Access)
	if err != nil {
		return a, wire.Hush(err, token.Access)
	}
	var said struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(a.Body, &said) == nil && said.OK != nil && !*said.OK {
		return a, word(a, said.Error, now)
	}
	if e := a.Refused(now); e != nil {
		return a, e
	}
	if said.OK == nil {
		return a, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-answer"}
	}
	return a, a.Decode(into)
}

// Commit posts the message.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	var w frozen
	if err := json.Unmarshal(job.Message.Wire, &w); err != nil || w.Text == "" {
		return platform.Receipt{}, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	if !p.bot {
		return p.drop(ctx, job, w)
	}
	if err := p.channel(); err != nil {
		return platform.Receipt{}, err
	}
	body := struct {
		Channel string `json:"channel"`
		frozen
		Metadata metadata `json:"metadata"`
	}{p.account.Name, w, marked(job.Key)}
	var sent struct{ TS string }
	if _, err := p.call(ctx, job.Now, "chat.postMessage", body, &sent); err != nil {
		return platform.Receipt{}, err
	}
	if sent.TS == "" {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "no-ts"}
	}
	return p.receipt(open(job.Handle), sent.TS, platform.ByResponse), nil
}

// history is a page of a channel, the newest first.
type history struct {
	Messages []struct {
		TS       string   `json:"ts"`
		Metadata metadata `json:"metadata"`
	} `json:"messages"`
	More bool `json:"has_more"`
	Next struct {
		Cursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

// Lookup reads the channel back to before the first attempt. Where the bot may
// not, or by webhook, only a person can tell.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	if !p.bot {
		return platform.Finding{Whether: platform.Unknown}, nil
	}
	oldest := func(at time.Time) string { return strconv.FormatInt(wire.Since(job, at).Unix(), 10) }
	query := url.Values{
		"channel": {p.account.Name}, "limit": {strconv.Itoa(perPage)}, "include_all_metadata": {"true"},
		"oldest": {oldest(time.Time{})},
	}
	want := marked(job.Key)
	for n := range maxPages {
		var page history
		a, err := p.send(ctx, job.Now, wire.Get(p.server+"/api/conversations.history?"+query.Encode()), &page)
		switch {
		case platform.ClassOf(err) == platform.Permission && err != nil:
			return platform.Finding{Whether: platform.Unknown}, nil
		case err != nil:
			return platform.Finding{}, wire.Harmless(err)
		}
		if from := oldest(a.At); n == 0 && from != query.Get("oldest") { // its clock is behind ours
			query.Set("oldest", from)
			continue
		}
		for _, m := range page.Messages {
			if m.Metadata.Type == want.Type && m.Metadata.Payload[name] == want.Payload[name] {
				return platform.Finding{Whether: platform.Found, Receipt: p.receipt(open(job.Handle), m.TS, platform.ByLookup)}, nil
			}
		}
		if !page.More && page.Next.Cursor == "" && !wire.Blind(job) {
			return platform.Finding{Whether: platform.NotFound}, nil
		}
		if page.Next.Cursor == "" { // there is more, and no way to it
			break
		}
		query.Set("cursor", page.Next.Cursor)
	}
	return platform.Finding{Whether: platform.Unknown}, nil
}

// at is the time that the id of a message is.
func at(ts string) time.Time {
	s, err := strconv.ParseFloat(ts, 64)
	if err != nil || math.IsNaN(s) || s <= 0 || s > 1e11 {
		return time.Time{}
	}
	return time.Unix(int64(s), 0).UTC()
}

// Check says who the bot is, and which scopes it lacks. Of a webhook it knows the
// shape alone.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	if !p.bot {
		_, err := p.hook(ctx)
		return s, err
	}
	if err := p.channel(); err != nil {
		return s, err
	}
	var me identity
	a, err := p.call(ctx, time.Time{}, "auth.test", struct{}{}, &me)
	if err != nil {
		return s, wire.Harmless(err)
	}
	s.Account = wire.Cut(me.User + ", " + me.Team)
	granted := strings.FieldsFunc(a.Header.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(granted) == 0 {
		return s, nil
	}
	for _, scope := range needed() {
		if !slices.Contains(granted, scope) {
			s.Missing = append(s.Missing, scope)
		}
	}
	if !slices.ContainsFunc(historied(), func(scope string) bool { return slices.Contains(granted, scope) }) {
		s.Missing = append(s.Missing, historied()[0])
	}
	return s, nil
}
