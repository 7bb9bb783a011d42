"""Slots as docs/planning.md states them, said without our code.

usage: oracle.py ZONE_FOLDER < one JSON object a line

Local times become instants by zoneinfo (fold=0 is the rule of RFC 5545),
recurrence rules are expanded by dateutil, and the open minutes of a week are
counted one by one. For each line one line comes back: the slots as
"MINUTE*WEIGHT", minutes since 1970, in order.
"""
import json
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

from dateutil.rrule import rrulestr

zoneinfo.reset_tzpath(to=[sys.argv[1]])
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)


def instant(zone, local):
    """Whole minutes since 1970 of a local time."""
    return int((local.replace(tzinfo=zone, fold=0) - EPOCH).total_seconds() // 60)


def wall(zone, minute):
    return (EPOCH + timedelta(minutes=minute)).astimezone(zone)


def clock(day, minutes):
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60)


def monday(day):
    return day - day.weekday() * DAY


def days(first, end):
    while first < end:
        yield first
        first += DAY


def times(q, zone, first, end):
    for day in days(first, end):
        if q["every"] > 1 and (monday(day) - monday(date.fromisoformat(q["anchor"]))).days // 7 % q["every"]:
            continue
        if not q["days"] or day.isoweekday() % 7 in q["days"]:
            for at in q["at"]:
                yield instant(zone, clock(day, at))


def spaced(q, zone, first, end):
    slots, week = [], monday(first)
    while week < end:
        stretches = []
        for day in days(week, week + 7 * DAY):
            if q["days"] and day.isoweekday() % 7 not in q["days"]:
                continue
            last = day if q["to"] > q["from"] else day + DAY
            stretches.append(range(instant(zone, clock(day, q["from"])), instant(zone, clock(last, q["to"]))))
        minutes = [(m, s) for s in stretches for m in s]
        if 5 * q["n"] > len(minutes):
            return []  # what does not fit into one week stands in none
        for k in range(1, q["n"] + 1):
            at, stretch = minutes[(2 * k - 1) * len(minutes) // (2 * q["n"])]
            near = [m for m in range(at - 4, at + 5) if m in stretch and wall(zone, m).minute % 5 == 0]
            slots.append(min(near, key=lambda m: abs(m - at), default=at))
        week += 7 * DAY
    return slots


def rule(q, zone, first, end):
    start = datetime.fromisoformat(q["start"])
    low, high = datetime.combine(first, datetime.min.time()), datetime.combine(end, datetime.min.time())
    for local in rrulestr(q["rule"], dtstart=start).between(low, high - timedelta(seconds=1), inc=True):
        yield instant(zone, local)


for line in sys.stdin:
    q = json.loads(line)
    zone = zoneinfo.ZoneInfo(q["zone"])
    first, end = date.fromisoformat(q["first"]), date.fromisoformat(q["end"])
    slots = {}
    for weight, part in enumerate(q["parts"], 1001):
        for minute in {"times": times, "spaced": spaced, "rule": rule}[part["kind"]](part, zone, first, end):
            if first <= wall(zone, minute).date() < end:
                slots[minute] = weight  # later parts weigh more
    print(" ".join(f"{m}*{w}" for m, w in sorted(slots.items())))
