// Package youtube publishes films on YouTube by its Data API v3
// (developers.google.com/youtube/v3, as of October 2026).
//
// What it does: the film is uploaded in pieces, as a private one, in a session
// whose address is kept before a byte leaves. After a crash the session says how
// much it has: nothing is sent twice, and the end that nobody heard of is found.
// When YouTube has worked the film up, making it public is one call by its id.
//
// What it guarantees: exactly once. Making public can be repeated, and the film's
// own status says whether it was. A film whose id was lost (a restored backup) is
// found among the channel's uploads by a tag of ours, and taken up again.
//
// YouTube itself can publish later ([platform.Scheduler]): a private film that
// was never public takes an instant.
//
// A project that Google has not audited can upload, but its films stay private:
// then the commit fails, and says so.
package youtube
