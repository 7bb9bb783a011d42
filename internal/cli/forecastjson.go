package cli

import (
	"math"
	"time"

	"editorial/internal/office"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/civil"
)

// JSON shape of "editorial forecast --json"; docs/json.md is its reference.

type jsonForecast struct {
	Version int                 `json:"version"`
	Now     time.Time           `json:"now"`
	Zone    string              `json:"zone"`
	First   civil.Week          `json:"first_week"`
	Last    civil.Week          `json:"last_week"`
	Verdict string              `json:"verdict"`
	Counts  *forecastCounts     `json:"counts"` // null where there are no chances
	History jsonHistory         `json:"history"`
	Slots   []jsonForecastSlot  `json:"slots"`
	Starts  []jsonForecastStart `json:"starts"`
	Took    []jsonTook          `json:"took"`
	Score   *jsonScore          `json:"score"` // null where there is too little to score
}

type jsonHistory struct {
	Detail   string     `json:"detail,omitempty"`
	Shallow  bool       `json:"shallow"`
	Cut      bool       `json:"cut"`
	Since    *time.Time `json:"since"`
	Versions int        `json:"versions"`
	Posts    int        `json:"posts"`
	Finished int        `json:"finished"`
	Needed   int        `json:"needed"`
}

type jsonForecastSlot struct {
	Platform string             `json:"platform"`
	At       time.Time          `json:"at"`
	Due      time.Time          `json:"due"`
	Week     civil.Week         `json:"week"`
	Least    int                `json:"least"`
	Outlook  office.Outlook     `json:"outlook"`
	Chance   *float64           `json:"chance"`
	Posts    []jsonForecastPost `json:"posts"`
	Others   []jsonForecastPost `json:"others"`
}

type jsonForecastPost struct {
	Key     string         `json:"key"`
	Post    *jsonPost      `json:"post"`
	Outlook office.Outlook `json:"outlook"`
	Chance  *float64       `json:"chance"`
	Done    string         `json:"done,omitempty"`
}

type jsonForecastStart struct {
	jsonForecastPost
	Platform string    `json:"platform"`
	At       time.Time `json:"at"`
	Due      time.Time `json:"due"`
	By       *string   `json:"by"`
	Late     bool      `json:"late"`
}

type jsonTook struct {
	Format   string          `json:"format,omitempty"`
	Pillar   string          `json:"pillar,omitempty"`
	Finished int             `json:"finished"`
	Open     int             `json:"open"`
	Half     *int            `json:"half_hours"`
	Most     *int            `json:"most_hours"`
	Stages   []jsonTookStage `json:"stages"`
	Logged   int             `json:"logged"`
	LogHalf  int             `json:"logged_minutes"`
	PlanHalf int             `json:"planned_minutes"`
}

type jsonTookStage struct {
	Stage forecast.Stage `json:"stage"`
	Left  int            `json:"left"`
	Half  *int           `json:"half_hours"`
}

type jsonScore struct {
	Cases    int       `json:"cases"`
	Posts    int       `json:"posts"`
	Instants int       `json:"instants"`
	Brier    float64   `json:"brier"`
	Base     float64   `json:"base"`
	Bins     []jsonBin `json:"bins"`
}

type jsonBin struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Cases    int     `json:"cases"`
	Said     float64 `json:"said"`
	CameTrue int     `json:"came_true"`
}

func forecastJSON(v *forecastView) jsonForecast {
	o, f := v.office, v.forecast
	doc := jsonForecast{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), First: v.first, Last: v.last, Verdict: forecastVerdict(f),
		History: jsonHistory{
			Detail: f.Past.Detail, Shallow: f.Past.Shallow, Cut: f.Past.Cut, Versions: f.Past.Changes,
			Posts: f.Posts, Finished: f.Finished, Needed: f.Needed,
		},
		Slots: []jsonForecastSlot{}, Starts: []jsonForecastStart{}, Took: []jsonTook{},
	}
	if !f.Past.Since.IsZero() {
		since := f.Past.Since.In(o.Zone.Location())
		doc.History.Since = &since
	}
	slots := v.slots()
	if f.Enough {
		n := countSlots(slots)
		doc.Counts = &n
	}
	for _, s := range slots {
		doc.Slots = append(doc.Slots, jsonForecastSlot{
			Platform: s.Platform, At: s.At, Due: s.Due.In(o.Zone.Location()), Week: civil.WeekOf(o.Zone.Date(s.At)), Least: s.Least,
			Outlook: s.Outlook, Chance: chanceJSON(f, s.Outlook, s.Chance), Posts: forecastPosts(f, s.Posts), Others: forecastPosts(f, s.Others),
		})
	}
	for _, s := range v.starts() {
		j := jsonForecastStart{
			jsonForecastPost: forecastPost(f, s.ForecastPost), Platform: s.Key.Platform, At: s.At, Due: s.Due.In(o.Zone.Location()), Late: s.Late,
		}
		if !s.By.IsZero() {
			by := s.By.String()
			j.By = &by
		}
		doc.Starts = append(doc.Starts, j)
	}
	for _, t := range f.Took {
		doc.Took = append(doc.Took, tookJSON(t))
	}
	if f.Enough && f.Score.Cases >= forecast.Cases {
		doc.Score = scoreJSON(f.Score)
	}
	return doc
}

func forecastPosts(f *office.Forecast, all []office.ForecastPost) []jsonForecastPost {
	out := make([]jsonForecastPost, 0, len(all))
	for _, p := range all {
		out = append(out, forecastPost(f, p))
	}
	return out
}

func forecastPost(f *office.Forecast, p office.ForecastPost) jsonForecastPost {
	j := jsonForecastPost{Key: p.Key.String(), Post: postJSON(p.Post), Outlook: p.Outlook, Chance: chanceJSON(f, p.Outlook, p.Chance)}
	if !p.Done.IsZero() {
		j.Done = p.Done.String()
	}
	return j
}

// chanceJSON is a chance to four places, or nil where there is none.
func chanceJSON(f *office.Forecast, o office.Outlook, chance float64) *float64 {
	if !f.Enough || o == office.OutlookUnknown {
		return nil
	}
	chance = places(chance)
	return &chance
}

// places rounds to four decimal places.
func places(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func tookJSON(t office.ForecastTook) jsonTook {
	j := jsonTook{
		Format: t.Format, Pillar: t.Pillar, Finished: t.Finished, Open: t.Open, Half: wholeHours(t.Half), Most: wholeHours(t.Most),
		Stages: []jsonTookStage{}, Logged: t.Logged, LogHalf: t.LoggedHalf, PlanHalf: t.PlannedHalf,
	}
	for _, s := range t.Stages {
		j.Stages = append(j.Stages, jsonTookStage{s.Stage, s.Left, wholeHours(s.Half)})
	}
	return j
}

// wholeHours is a time in hours, or nil for one that is not known.
func wholeHours(d time.Duration) *int {
	if d == 0 {
		return nil
	}
	n := int(d / time.Hour)
	return &n
}

func scoreJSON(s forecast.Score) *jsonScore {
	j := &jsonScore{Cases: s.Cases, Posts: s.Posts, Instants: s.Instants, Brier: places(s.Brier), Base: places(s.Base)}
	for _, b := range s.Bins {
		j.Bins = append(j.Bins, jsonBin{b.From, b.To, b.Cases, places(b.Said), b.CameTrue})
	}
	return j
}
