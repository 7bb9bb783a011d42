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

// among looks for the film among the newest uploads of the channel, by what they
// say. whole tells whether all that can be it were seen.
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
	query := url.Values{"part": {"snippet,status"}, "playlistId": {channel.Items[0].Details.Playlists.Uploads}, "maxResults": {"50"}}
	for range maxPages {
		var page struct {
			Items []struct {
				Snippet struct {
					Title       string    `json:"title"`
					Description string    `json:"description"`
					At          time.Time `json:"publishedAt"`
					Resource    struct {
						Video string `json:"videoId"`
					} `json:"resourceId"`
				} `json:"snippet"`
				Status struct {
					Privacy string `json:"privacyStatus"`
				} `json:"status"`
			} `json:"items"`
			Next string `json:"nextPageToken"`
		}
		a, err := p.call(ctx, job.Now, http.MethodGet, "/youtube/v3/playlistItems", query, nil, &page)
		if err != nil {
			return "", "", false, err
		}
		since := wire.Since(job, a.At).Add(-lookBack)
		for _, i := range page.Items {
			if i.Snippet.At.Before(since) {
				return "", "", !wire.Blind(job), nil
			}
			if filmID(i.Snippet.Resource.Video) && !slices.Contains(job.Not, i.Snippet.Resource.Video) && same(i.Snippet.Title, v.Snippet.Title) && same(i.Snippet.Description, v.Snippet.Description) {
				return i.Snippet.Resource.Video, i.Status.Privacy, true, nil
			}
		}
		if page.Next == "" {
			return "", "", !wire.Blind(job), nil
		}
		query.Set("pageToken", page.Next)
	}
	return "", "", false, nil
}

// same compares texts but for space.
func same(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}
