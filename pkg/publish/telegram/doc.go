// Package telegram publishes in channels and groups of Telegram, as a bot.
//
// # Contract
//
// core.telegram.org/bots/api (sendMessage, sendPhoto, sendMediaGroup, getMe,
// getChat, getChatMember, "making requests"), read in November 2026. Nothing here
// was run against the platform.
//
//   - A post is one call: a message, a photo with a caption, or an album whose
//     first picture has the caption. The text is plain: no parse mode, so that
//     nothing in it is markup. Alternative texts do not exist there.
//   - The token is a part of every address. So addresses stand in no error, and the
//     token is taken out of whatever an answer says.
//
// # Guarantee
//
// At most once, and a person is asked where an answer was lost: a bot cannot read
// what it wrote, and no call takes a key by which a second one would be known.
package telegram
