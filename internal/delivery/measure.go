package delivery

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/platform"
)

// After how long platforms are asked what became of a post. Each time counts until
// the next one; the last counts as long again.
const (
	AfterDay   = 24 * time.Hour
	AfterWeek  = 7 * AfterDay
	AfterMonth = 30 * AfterDay
)

// measuredAtOnce is the most posts of one platform that are asked about in a row.
const measuredAtOnce = 50

// span is a time at which is asked, and until when that is better than nothing.
type span struct{ mark, until time.Duration }

func marks() []span {
	return []span{{AfterDay, AfterWeek}, {AfterWeek, AfterMonth}, {AfterMonth, 2 * AfterMonth}}
}

// Measure asks the platforms that can say it for the figures of what is out, and
// keeps them: after a day, a week and a month, each once. It changes no delivery.
//
// What a platform does not say of a post is noted in the log, and asked at the next
// time. One that cannot be asked at all now (away, its answer lost, too fast, an account
// that is refused) is asked again by the next call.
func (e *Engine) Measure(ctx context.Context) error {
	accounts := e.Everywhere()
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(accounts)) {
		if m, ok := accounts[name].Publisher.(platform.Meter); ok {
			errs = append(errs, e.measure(ctx, name, m))
		}
	}
	return errors.Join(errs...)
}

// measure asks one platform.
func (e *Engine) measure(ctx context.Context, name string, m platform.Meter) error {
	now, left := e.Now(), measuredAtOnce
	for _, s := range marks() {
		due, err := e.Store.Unmeasured(ctx, name, s.mark, now.Add(-s.until), now.Add(-s.mark))
		if err != nil {
			return err
		}
		for _, d := range due {
			if d.Receipt.ID == "" { // nobody knows which one it is there
				continue
			}
			if left--; left < 0 {
				return nil
			}
			if goes, err := e.measureOne(ctx, d, s.mark, m); !goes || err != nil {
				return err
			}
		}
	}
	return nil
}

// measureOne asks about one post. goes is false where the platform need not be
// asked about others now.
func (e *Engine) measureOne(ctx context.Context, d store.Delivery, mark time.Duration, m platform.Meter) (goes bool, err error) {
	within, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	figures, err := m.Metrics(within, d.Receipt)
	kept := store.Measure{Key: d.Key, Mark: mark, At: e.Now(), Figures: figures}
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		e.Log.Warn("figures", "key", string(d.Key), "platform", d.Platform, "error", e.Redact(err.Error()))
		switch platform.ClassOf(err) { // asking changes nothing: an answer that was lost is asked for again
		case platform.Temporary, platform.Uncertain, platform.Rate, platform.Quota, platform.Auth:
			return false, nil
		}
		kept.Figures, kept.Detail = nil, e.Redact(err.Error())
	} else if figures == nil {
		kept.Figures = map[string]int64{}
	}
	return true, e.Store.Write(ctx, func(tx *store.Tx) error { return tx.PutMeasure(ctx, kept) })
}
