package site

import (
	"strconv"
	"sync"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// voice says the words of one language. Several goroutines may ask.
type voice struct {
	words *words.Words

	mu sync.RWMutex
	// said are answers to keys without parameters, days the dates as people
	// write them: pages ask for few of both, and very often.
	said map[string]string
	days map[civil.Date]string
}

func newVoice(l words.Lang) *voice {
	return &voice{words: words.New(l), said: map[string]string{}, days: map[civil.Date]string{}}
}

// say words a key; params are names and values in turn.
func (v *voice) say(key string, params ...string) string {
	if len(params) > 0 {
		m := problem.Params{}
		for i := 0; i+1 < len(params); i += 2 {
			m[params[i]] = params[i+1]
		}
		return v.words.Say("site."+key, m)
	}
	return remember(&v.mu, v.said, key, func() string { return v.words.Say("site."+key, nil) })
}

// day words a date.
func (v *voice) day(d civil.Date) string {
	return remember(&v.mu, v.days, d, func() string {
		key := "date"
		if d.Day == 1 {
			key = "date-first"
		}
		return v.say(key, "day", strconv.Itoa(d.Day), "month", v.say("month-"+strconv.Itoa(int(d.Month))), "year", strconv.Itoa(d.Year))
	})
}

// remember returns the value of a key, made where it is not there yet.
func remember[K comparable](mu *sync.RWMutex, known map[K]string, key K, find func() string) string {
	mu.RLock()
	s, ok := known[key]
	mu.RUnlock()
	if !ok {
		s = find()
		mu.Lock()
		known[key] = s
		mu.Unlock()
	}
	return s
}

// voice returns that of the language of a page: its own, or the site's.
func (b *build) voice(lang string) *voice {
	l, ok := words.Parse(lang)
	if !ok {
		l, _ = words.Parse(b.site.Lang)
	}
	if v := b.voices[l]; v != nil {
		return v
	}
	return b.voices[words.English]
}

// langName is the name of a language in that language, or its tag; key is
// "lang" where it stands alone, "lang-in" within a sentence.
func (b *build) langName(tag, key string) string {
	if _, ok := words.Parse(tag); ok {
		return b.voice(tag).say(key)
	}
	return publish.Line(tag)
}

// date is an instant as a page shows it.
type date struct{ Text, ISO string }

func (b *build) date(lang string, t time.Time) date {
	return date{b.voice(lang).day(b.site.Zone.Date(t)), b.iso(t)}
}

func (b *build) iso(t time.Time) string { return t.In(b.site.Zone.Location()).Format(time.RFC3339) }
