package feed

import "strconv"

// Documents in XML are appended line by line: an element a line, a space of
// indentation a level. The functions below append to b and return it.

func appendIndent(b []byte, depth int) []byte {
	for range depth {
		b = append(b, ' ')
	}
	return b
}

// appendElement appends a line with an element that has text only.
func appendElement(b []byte, depth int, name, text string) []byte {
	b = append(append(append(appendIndent(b, depth), '<'), name...), '>')
	return appendEnd(appendPlain(b, text), name)
}

// appendKnown is appendElement, or nothing where the text is empty.
func appendKnown(b []byte, depth int, name, text string) []byte {
	if text == "" {
		return b
	}
	return appendElement(b, depth, name, text)
}

// appendTyped is appendElement with an attribute.
func appendTyped(b []byte, depth int, name, key, value, text string) []byte {
	b = append(append(appendIndent(b, depth), '<'), name...)
	b = append(appendAttr(b, key, value), '>')
	return appendEnd(appendPlain(b, text), name)
}

// appendEnd ends an element and its line.
func appendEnd(b []byte, name string) []byte {
	return append(append(append(b, "</"...), name...), ">\n"...)
}

func appendAttr(b []byte, key, value string) []byte {
	b = append(append(append(b, ' '), key...), `="`...)
	return append(appendPlain(b, value), '"')
}

// appendKnownAttr is appendAttr, or nothing where the value is empty.
func appendKnownAttr(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return appendAttr(b, key, value)
}

// appendKnownNumber appends an attribute, or nothing where the number is 0.
func appendKnownNumber(b []byte, key string, n int64) []byte {
	if n == 0 {
		return b
	}
	return appendNumber(b, key, n)
}

func appendNumber(b []byte, key string, n int64) []byte {
	b = append(append(append(b, ' '), key...), `="`...)
	return append(strconv.AppendInt(b, n, 10), '"')
}

// appendProlog appends what stands before the root of a feed.
func appendProlog(b []byte, c channel) []byte {
	b = append(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"...)
	b = append(append(b, `<?xml-stylesheet type="text/css" href="`...), c.sheet...)
	return append(b, "\"?>\n"...)
}

// link is an element <link> of Atom, in RSS with its prefix.
type link struct {
	href, rel, mime string
	bytes           int64 // 0: not known
}

func appendLink(b []byte, depth int, name string, l link) []byte {
	b = append(append(appendIndent(b, depth), '<'), name...)
	b = appendKnownAttr(appendAttr(appendAttr(b, "href", l.href), "rel", l.rel), "type", l.mime)
	b = append(appendKnownNumber(b, "length", l.bytes), '>')
	return appendEnd(b, name)
}

// appendMedia appends the picture of an item as Media RSS has it
// (https://www.rssboard.org/media-rss); nothing if there is none.
func appendMedia(b []byte, depth int, it *item) []byte {
	const name = "media:content"
	if it.image.Src == "" {
		return b
	}
	b = append(append(appendIndent(b, depth), '<'), name...)
	b = appendKnownAttr(appendAttr(b, "url", it.image.Src), "type", it.image.Type)
	b = appendKnownNumber(appendAttr(b, "medium", "image"), "fileSize", it.image.Bytes)
	b = appendKnownNumber(b, "width", int64(it.image.Width))
	b = append(appendKnownNumber(b, "height", int64(it.image.Height)), '>')
	if it.image.Alt != "" || it.image.Credit != "" {
		b = append(b, '\n')
		if it.image.Alt != "" {
			b = appendTyped(b, depth+1, "media:description", "type", "plain", it.image.Alt)
		}
		b = appendIndent(appendKnown(b, depth+1, "media:credit", it.image.Credit), depth)
	}
	return appendEnd(b, name)
}
