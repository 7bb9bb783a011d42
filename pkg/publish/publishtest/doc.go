// Package publishtest is the contract that every publisher passes, over a fake
// or a real server: whatever request goes wrong, in whatever way, the post is
// out once, or a person is told that nobody knows.
//
//	publishtest.Run(t, publishtest.Bench{
//		New:   func(via wire.Doer) platform.Publisher { return mastodon.New(account, via) },
//		Via:   server.Client(),
//		Count: func(t *testing.T, post platform.Post) int { return server.CountOf(post) },
//	})
package publishtest
