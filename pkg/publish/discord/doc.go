// Package discord publishes in a channel of Discord, by a webhook.
//
// # Contract
//
// discord.com/developers/docs/resources/webhook (Execute Webhook, Get Webhook with
// Token, Get Webhook Message), …/resources/message, …/reference (uploading files)
// and …/topics/rate-limits, read in November 2026. Nothing here was run against
// the platform.
//
//   - The whole address of the webhook is the secret. Its id and its token are
//     taken out of it; no other address than Discord's own is ever called.
//   - Preparing reads the webhook, so that one that is gone is known before the
//     instant.
//   - The commit is one POST with wait=true: without, a message that was not saved
//     would be no error. It mentions nobody, whatever the text says, and has no
//     embeds of its own. What would be markup in the text is escaped.
//
// # Guarantee
//
// At most once, and a person is asked where an answer was lost: a webhook can read
// back a message by its id alone, and nothing tells the id but that answer.
package discord
