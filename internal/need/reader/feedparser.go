package reader

import (
	"encoding/json"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
)

// script reads feeds with feedparser (https://feedparser.readthedocs.io).
const script = `
import calendar, json, sys
import feedparser
def read(path):
    d = feedparser.parse(path)
    bad = [repr(d.bozo_exception)] if d.bozo else []
    if d.version not in ("rss20", "atom10"): bad.append("version " + repr(d.version))
    if d.encoding != "utf-8": bad.append("encoding " + repr(d.encoding))
    return {"Bad": " ".join(bad), "Title": d.feed.get("title", ""), "Items": [{
        "ID": e.get("id", ""), "Title": e.get("title", ""), "Link": e.get("link", ""),
        "Content": e.content[0].value if e.get("content") else "",
        "Published": calendar.timegm(e.published_parsed) if e.get("published_parsed") else 0,
    } for e in d.entries]}
json.dump([read(p) for p in sys.argv[1:]], sys.stdout)
`

func feedparser(t testing.TB, dir string, feeds []Feed) []Feed {
	python := need.Python(t, "feedparser")
	args := []string{"-c", script}
	var names []string
	for _, f := range feeds {
		if path.Ext(f.Path) == ".xml" {
			names = append(names, f.Path)
			args = append(args, filepath.Join(dir, filepath.FromSlash(f.Path)))
		}
	}
	out, err := exec.Command(python, args...).Output()
	if err != nil {
		t.Fatalf("feedparser: %v", err)
	}
	var read []Feed
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatal(err)
	}
	for i := range read {
		read[i].Path = names[i]
		whole(&read[i])
	}
	return read
}

// xmllint reads feeds as XML, strictly.
func xmllint(t testing.TB, dir string, feeds []Feed) {
	program := need.Program(t, "xmllint")
	args := []string{"--noout", "--nonet", "--huge"}
	for _, f := range feeds {
		if path.Ext(f.Path) == ".xml" {
			args = append(args, filepath.Join(dir, filepath.FromSlash(f.Path)))
		}
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "" {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
}
