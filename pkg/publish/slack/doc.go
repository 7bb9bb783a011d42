// Package slack publishes in a channel of Slack: as a bot, or by an incoming
// webhook.
//
// # Contract
//
// docs.slack.dev: reference/methods/chat.postMessage, …/conversations.history,
// …/auth.test, messaging/message-metadata, messaging/formatting-message-text,
// messaging/sending-messages-using-incoming-webhooks, apis/web-api/rate-limits,
// read in November 2026. Nothing here was run against the platform.
//
//   - With Account.Name, the id of a channel, the token is a bot's, and the commit
//     is chat.postMessage with the key of the placement as metadata that readers do
//     not see.
//   - Without, the token is the whole address of an incoming webhook, and is a
//     secret as a whole. It is called only where it leads to Slack.
//   - The text is plain: &, < and > are escaped and markup is switched off. Slack
//     shows a preview of the post's link, so that no files go out.
//
// # Guarantee
//
// As a bot, exactly once: after a commit of which nothing is known the channel is
// read back to before the first attempt, and the message is known by its metadata.
// Where the bot may not read the channel a person is asked. By webhook, at most
// once, and a person is asked where an answer was lost: it answers "ok" alone, and
// nothing can be read back.
package slack
