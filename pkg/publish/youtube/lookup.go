package youtube

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Lookup asks for the film by its id, or, where nobody knows the id any more,
// looks for it among the channel's uploads.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h := readHandle(job.Handle)
	v, err := thaw(job.Message)
	if err != nil {
		return platform.Finding{}, err
	}
	if h.Video == "" {
		id, privacy, whole, err := p.among(ctx, job, v)
		switch {
		case err != nil:
			return platform.Finding{}, err
		case id == "" && !whole:
			return platform.Finding{Whether: platform.Unknown}, nil
		case id == "":
			return platform.Finding{Whether: platform.NotFound}, nil
		}
		h.Video = id
		return h.finding(privacy, v, time.Time{}), nil
	}
	s, err := p.state(ctx, job.Now, h.Video, "status,snippet")
	if err != nil {
		return platform.Finding{}, err
	}
	if len(s.Items) == 0 {
		return platform.Finding{Whether: platform.NotFound}, nil
	}
	return h.finding(s.Items[0].Status.Privacy, v, s.Items[0].Snippet.At), nil
}

// finding is what the privacy of a film says.
func (h handle) finding(privacy string, v video, at time.Time) platform.Finding {
	if privacy != v.Status.Privacy {
		return platform.Finding{Whether: platform.NotFound, Handle: h.bytes()}
	}
	by := platform.ByLookup
	if h.Native {
		by = platform.ByNative
	}
	r := h.receipt(by)
	r.At = at
	return platform.Finding{Whether: platform.Found, Receipt: r, Handle: h.bytes()}
}

// among looks for the film among the newest uploads of the channel, by its mark.
// One of a message from before there were marks is known by what it says. whole
// tells whether all that can be it were seen.
func (p *Publisher) among(ctx context.Context, job platform.Job, v video) (id, privacy string, whole bool, err error) {
	var channel struct {
		Items []struct {
			Details struct {
				Playlists struct {
					Uploads string `json:"uploads"`
				} `json:"relatedPlaylists"`
			} `json:"contentDetails"`
		} `json:"items"`
	}
	if err := p.list(ctx, job.Now, "channels", url.Values{"part": {"contentDetails"}, "mine": {"true"}}, &channel); err != nil {
		return "", "", false, err
	}
	if len(channel.Items) == 0 || channel.Items[0].Details.Playlists.Uploads == "" {
		return "", "", false, platform.Refuse(platform.Permission, "no-channel", "")
	}
	query := url.Values{"part": {"snippet"}, "playlistId": {channel.Items[0].Details.Playlists.Uploads}, "maxResults": {"50"}}
	unsure := false
	for range maxPages {
		var page struct {
			Items []struct {
				Snippet struct {
					At       time.Time `json:"publishedAt"`
					Resource struct {
						Video string `json:"videoId"`
					} `json:"resourceId"`
				} `json:"snippet"`
			} `json:"items"`
			Next string `json:"nextPageToken"`
		}
		a, err := p.call(ctx, job.Now, http.MethodGet, "/youtube/v3/playlistItems", query, nil, &page)
		if err != nil {
			return "", "", false, err
		}
		since := wire.Since(job, a.At).Add(-lookBack)
		var ids []string
		end := page.Next == ""
		for _, i := range page.Items {
			if i.Snippet.At.Before(since) {
				end = true
				break
			}
			if id := i.Snippet.Resource.Video; filmID(id) && !slices.Contains(job.Not, id) {
				ids = append(ids, id)
			}
		}
		f, doubt, err := p.marked(ctx, job, v, ids)
		switch {
		case err != nil:
			return "", "", false, err
		case f.ID != "":
			return f.ID, f.Status.Privacy, true, nil
		case doubt:
			unsure = true
		}
		if end {
			return "", "", !unsure && !wire.Blind(job), nil
		}
		query.Set("pageToken", page.Next)
	}
	return "", "", false, nil
}

// marked returns the film of a job among those: the one with its mark. doubt says
// that one says the same and has no mark at all, as somebody took it away or put
// the film there by hand.
func (p *Publisher) marked(ctx context.Context, job platform.Job, v video, ids []string) (f video, doubt bool, err error) {
	if len(ids) == 0 {
		return video{}, false, nil
	}
	var said struct {
		Items []video `json:"items"`
	}
	if err := p.list(ctx, job.Now, "videos", url.Values{"part": {"snippet,status"}, "id": {strings.Join(ids, ",")}}, &said); err != nil {
		return video{}, false, err
	}
	old := !slices.Contains(v.Snippet.Tags, mark(job.Key)) // frozen before there were marks
	for _, f := range said.Items {
		if !slices.Contains(ids, f.ID) {
			continue
		}
		if slices.Contains(f.Snippet.Tags, mark(job.Key)) {
			return f, false, nil
		}
		other := slices.ContainsFunc(f.Snippet.Tags, isMark)
		if other || !same(f.Snippet.Title, v.Snippet.Title) || !same(f.Snippet.Description, v.Snippet.Description) {
			continue
		}
		if old {
			return f, false, nil
		}
		doubt = true
	}
	return video{}, doubt, nil
}

// same compares texts but for space.
func same(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}
