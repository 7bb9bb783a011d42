package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Main is the path of the feed with all that is new, below the site's address: RSS,
// which every reader knows.
func Main() string { return RSS.fileName() }

// Items returns the addresses that the items of an RSS feed lead to, as a reader
// finds them. It is an error where the bytes are no well-formed XML, or no RSS.
func Items(src []byte) ([]string, error) {
	var doc struct {
		XMLName xml.Name `xml:"rss"`
		Channel *struct {
			Items []struct {
				Links []struct {
					XMLName xml.Name
					Text    string `xml:",chardata"`
				} `xml:"link"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	d := xml.NewDecoder(bytes.NewReader(src))
	if err := d.Decode(&doc); err != nil {
		return nil, err
	}
	for { // what stands after it
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	if doc.Channel == nil {
		return nil, errors.New("RSS without a channel")
	}
	var all []string
	for _, item := range doc.Channel.Items {
		for _, link := range item.Links {
			if link.XMLName.Space == "" {
				all = append(all, strings.TrimSpace(link.Text))
			}
		}
	}
	return all, nil
}
