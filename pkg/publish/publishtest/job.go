package publishtest

import (
	"context"
	"testing"

	"editorial/pkg/publish/platform"
)

// Job is a post on its way, as the format says it, due when the post goes out.
// It has the files of [Album]; nobody keeps what it prepares.
func Job(t testing.TB, f platform.Format, p platform.Post) platform.Job {
	t.Helper()
	m, err := f.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	return platform.Job{Key: p.Key, Due: p.At, Now: Now(), Message: m, Files: Album()}
}

// KeptJob is the same, and what is kept of it.
func KeptJob(t testing.TB, f platform.Format, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	job, kept := Job(t, f, p), new(platform.Handle)
	job.Save = func(_ context.Context, h platform.Handle) error {
		*kept = append(platform.Handle(nil), h...)
		return nil
	}
	return job, kept
}
