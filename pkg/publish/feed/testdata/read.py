"""Reads the feeds named on the command line and says what it understood."""
import calendar
import json
import sys

import feedparser

feedparser.SANITIZE_HTML = 0
feedparser.RESOLVE_RELATIVE_URIS = 0


def read(path):
    d = feedparser.parse(path)
    return {
        "bozo": str(d.get("bozo_exception", "")),
        "version": d.version,
        "title": d.feed.title,
        "link": d.feed.link,
        "language": d.feed.get("language", ""),
        "links": sorted([l.rel, l.href] for l in d.feed.links),
        "updated": calendar.timegm(d.feed.updated_parsed) if d.feed.get("updated_parsed") else 0,
        "items": [
            {
                "id": e.id,
                "permalink": bool(e.get("guidislink", False)),
                "link": e.link,
                "title": e.title,
                "published": calendar.timegm(e.published_parsed),
                "content": e.content[0].value,
                "authors": [a.get("name", "") for a in e.get("authors", [])],
                "tags": [t.term for t in e.get("tags", [])],
                "enclosures": [[x.href, x.type, x.get("length", "")] for x in e.get("enclosures", [])],
            }
            for e in d.entries
        ],
    }


json.dump([read(p) for p in sys.argv[1:]], sys.stdout)
