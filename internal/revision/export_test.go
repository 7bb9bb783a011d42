package revision

import "context"

// Object is for tests.
var Object = object

// ReadWithin is [Read] with other bounds.
func ReadWithin(ctx context.Context, req Request, file, bytes int64, files int) (*Revision, error) {
	return readWithin(ctx, req, limits{file, bytes, files})
}
