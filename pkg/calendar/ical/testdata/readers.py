"""Reads calendars with readers that are not ours.

Standard input is a row of calendars, each behind a line with its size in
bytes; for each, a line of JSON is written:
{"icalendar": [...], "vobject": [...]}, or {"error": "..."}.
"""
import io
import json
import sys
from datetime import datetime, timezone

import dateutil.tz
import icalendar
import vobject


def instant(value):
    if value is None:
        return ""
    if not isinstance(value, datetime):
        return value.isoformat()
    assert value.tzinfo is not None, "a time without a zone"
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_icalendar(text):
    found = []
    for c in icalendar.Calendar.from_ical(text).walk():
        if c.name not in ("VEVENT", "VTODO"):
            continue
        if c.errors:
            raise ValueError(str(c.errors))

        def when(name):
            return instant(c[name].dt) if name in c else ""

        categories = c.get("CATEGORIES")
        found.append({
            "kind": c.name, "uid": str(c["UID"]), "start": when("DTSTART"), "end": when("DTEND"), "due": when("DUE"),
            "stamp": when("DTSTAMP"), "modified": when("LAST-MODIFIED"), "summary": str(c["SUMMARY"]),
            "description": str(c.get("DESCRIPTION", "")), "url": str(c.get("URL", "")), "status": str(c["STATUS"]),
            "categories": [str(x) for x in categories.cats] if categories else None,
            "priority": str(c.get("PRIORITY", "")), "percent": str(c.get("PERCENT-COMPLETE", "")), "estimate": str(c.get("ESTIMATED-DURATION", "")),
        })
    return found


def with_vobject(text):
    found = []
    # vobject takes a zone that has no summer time in the years it tries for UTC,
    # and then forgets its name.
    if "BEGIN:VTIMEZONE" in text:
        zones = dateutil.tz.tzical(io.StringIO(text))
        for name in zones.keys():
            vobject.icalendar.registerTzid(name, zones.get(name))
    calendar = vobject.readOne(text)
    for c in list(getattr(calendar, "vevent_list", [])) + list(getattr(calendar, "vtodo_list", [])):

        def when(name):
            return instant(getattr(c, name).value) if hasattr(c, name) else ""

        def text_of(name):
            return getattr(c, name).value if hasattr(c, name) else ""

        found.append({
            "kind": c.name, "uid": c.uid.value, "start": when("dtstart"), "end": when("dtend"), "due": when("due"),
            "stamp": when("dtstamp"), "modified": when("last_modified"), "summary": c.summary.value,
            "description": text_of("description"), "url": text_of("url"), "status": c.status.value,
            "categories": c.categories.value if hasattr(c, "categories") else None,
            "priority": text_of("priority"), "percent": text_of("percent_complete"), "estimate": text_of("estimated_duration"),
        })
    return found


for size in sys.stdin.buffer:
    text = sys.stdin.buffer.read(int(size)).decode("utf-8")
    try:
        answer = {"icalendar": with_icalendar(text), "vobject": with_vobject(text)}
    except Exception as e:  # whatever a reader stumbles over is a finding
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
