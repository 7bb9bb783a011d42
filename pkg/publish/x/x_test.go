package x

import (
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContract(t *testing.T) {
	f, via, account, _ := newFake(t)
	publishtest.Run(t, publishtest.Bench{
		New: func(via wire.Doer) platform.Publisher { return New(account, via) }, Via: via,
		Count: func(t *testing.T, p platform.Post) int { return f.count(t, p, nil) },
	})
}

func TestPublisher_keepsTheContractForFilms(t *testing.T) {
	f, via, account, _ := newFake(t)
	f.slow = 2
	film := publishtest.Film().Media()
	film.Seconds = 140
	publishtest.Run(t, publishtest.Bench{
		New: func(via wire.Doer) platform.Publisher { return New(account, via) }, Via: via,
		Media: []platform.Media{publishtest.Picture().Media(), film},
		Count: func(t *testing.T, p platform.Post) int { return f.count(t, p, nil) },
	})
}
