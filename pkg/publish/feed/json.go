package feed

import (
	"strconv"
	"time"
)

// jsonFeed writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type jsonFeed struct{}

func (jsonFeed) head(b []byte, c channel) []byte {
	j := jsonText{b: append(b, '{'), depth: 1}
	j.member("version", "https://jsonfeed.org/version/1.1")
	j.member("title", c.title)
	j.member("home_page_url", c.home)
	j.member("feed_url", c.self)
	if c.description != c.title {
		j.known("description", c.description)
	}
	j.known("language", c.lang)
	if c.author != "" {
		j.key("authors")
		j.open('[')
		j.name(c.author)
		j.close(']')
	}
	if c.hub != "" {
		j.key("hubs")
		j.open('[')
		j.next()
		j.open('{')
		j.member("type", "WebSub")
		j.member("url", c.hub)
		j.close('}')
		j.close(']')
	}
	j.key("items")
	return append(j.b, '[')
}

func (jsonFeed) item(f *fragment, it *item) {
	j := jsonText{b: append(f.text, '{'), depth: 3}
	j.member("id", it.id)
	j.member("url", it.url)
	j.known("external_url", it.canonical)
	j.member("title", it.title)
	j.member("content_html", it.content)
	j.known("summary", it.summary)
	j.known("image", it.image.Src)
	j.member("date_published", it.published.Format(time.RFC3339))
	if it.updated.After(it.published) {
		j.member("date_modified", it.updated.Format(time.RFC3339))
	}
	if len(it.authors) > 0 {
		j.key("authors")
		j.open('[')
		for _, name := range it.authors {
			j.name(name)
		}
		j.close(']')
	}
	if len(it.tags) > 0 {
		j.key("tags")
		j.open('[')
		for _, tag := range it.tags {
			j.next()
			j.b = appendString(j.b, tag)
		}
		j.close(']')
	}
	f.langFrom = len(j.b)
	j.known("language", it.lang)
	f.langTo = len(j.b)
	if it.media.url != "" {
		j.key("attachments")
		j.open('[')
		j.attachment(it.media)
		j.close(']')
	}
	j.close('}')
	f.text = j.b
}

func (jsonFeed) between(first bool) string {
	if first {
		return "\n  "
	}
	return ",\n  "
}

func (jsonFeed) foot(empty bool) string {
	if empty {
		return "]\n}\n"
	}
	return "\n ]\n}\n"
}

// jsonText is JSON as it grows: a value a line, a space of indentation a level.
type jsonText struct {
	b     []byte
	depth int
	more  bool // whether something stands before in the same object or list
}

// next begins the line of a member or of a value in a list.
func (j *jsonText) next() {
	if j.more {
		j.b = append(j.b, ',')
	}
	j.b = appendIndent(append(j.b, '\n'), j.depth)
	j.more = true
}

func (j *jsonText) open(bracket byte) {
	j.b = append(j.b, bracket)
	j.depth++
	j.more = false
}

func (j *jsonText) close(bracket byte) {
	j.depth--
	j.b = append(appendIndent(append(j.b, '\n'), j.depth), bracket)
	j.more = true
}

// key begins a member.
func (j *jsonText) key(name string) {
	j.next()
	j.b = append(append(append(j.b, '"'), name...), `": `...)
}

func (j *jsonText) member(name, value string) {
	j.key(name)
	j.b = appendString(j.b, value)
}

// known is member, or nothing where the value is empty.
func (j *jsonText) known(name, value string) {
	if value != "" {
		j.member(name, value)
	}
}

// name appends the object of an author.
func (j *jsonText) name(name string) {
	j.next()
	j.open('{')
	j.member("name", name)
	j.close('}')
}

func (j *jsonText) attachment(e enclosure) {
	j.next()
	j.open('{')
	j.member("url", e.url)
	j.member("mime_type", e.mime)
	if e.bytes != 0 {
		j.key("size_in_bytes")
		j.b = strconv.AppendInt(j.b, e.bytes, 10)
	}
	j.close('}')
}
