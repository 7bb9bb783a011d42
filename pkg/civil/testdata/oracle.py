"""What local times mean, by RFC 5545 section 3.3.5, said without our code.

usage: oracle.py ZONE_FOLDER RANDOM_TIMES_PER_ZONE < zone names

The changes of offset come from the TZif files themselves (RFC 8536) as far as
they list them, and beyond by asking zoneinfo hour by hour where a day's two
ends differ. What a local time means comes from zoneinfo: fold=0 is the offset
before a gap, and the first of a fold, which is the rule of RFC 5545.
"""
import random
import struct
import sys
import zoneinfo
from datetime import datetime, timedelta

FOLDER, RANDOM = sys.argv[1], int(sys.argv[2])
zoneinfo.reset_tzpath(to=[FOLDER])
EPOCH = datetime(1970, 1, 1)
END = int((datetime(2041, 1, 1) - EPOCH).total_seconds())
DAY = 86400


def read(name, data):
    """Returns listed changes as (instant, offset), the first offset, the footer."""

    def header(at):
        assert data[at:at + 4] == b"TZif", name
        return data[at + 4], struct.unpack(">6l", data[at + 20:at + 44])

    def size(counts, time_size):
        isut, isstd, leap, times, types, chars = counts
        return times * time_size + times + types * 6 + chars + leap * (time_size + 4) + isstd + isut

    version, counts = header(0)
    at = 44 + size(counts, 4)
    assert version >= ord("2"), name
    _, counts = header(at)
    at += 44
    times, types = counts[3], counts[4]
    when = struct.unpack(f">{times}q", data[at:at + 8 * times])
    kind = data[at + 8 * times:at + 9 * times]
    at_types = at + 9 * times
    offsets = [struct.unpack(">l", data[at_types + 6 * i:at_types + 6 * i + 4])[0] for i in range(types)]
    footer = data[at + size(counts, 8):].strip(b"\n").decode()
    return [(w, offsets[k]) for w, k in zip(when, kind)], offsets[0], footer


def changes(name, data, zone):
    """Returns [(start, offset)] covering 1970 to 2040; the first starts at 0."""
    listed, offset, footer = read(name, data)

    def asked(t):
        return int(datetime.fromtimestamp(t, zone).utcoffset().total_seconds())

    result = []
    for when, to in listed:
        if 0 < when < END and to != offset:
            result.append((when, to))
        if when < END:
            offset = to
    result.insert(0, (0, asked(0)))
    if "," in footer:
        t = max([0] + [w for w, _ in listed if w < END])
        while t < END:
            next_day = min(t + DAY, END)
            if asked(t) != asked(next_day):
                low, high = t, next_day
                while high - low > 1:
                    middle = (low + high) // 2
                    if asked(middle) == asked(low):
                        low = middle
                    else:
                        high = middle
                if high < END and high > result[-1][0]:
                    result.append((high, asked(high)))
            t = next_day
    return result


def say(out, zone, wall):
    """wall is a local time in seconds, as if in UTC."""
    local = EPOCH + timedelta(seconds=wall)
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    utc = wall - int(first.total_seconds())
    # PEP 495: fold=1 reads with the offset after the change.
    out.append(f"{wall} {utc} {int(first < second)} {int(first > second)}")


def add(out, zone, t, days, minutes):
    """Days on the wall clock, then minutes elapsed, from an instant."""
    local = datetime.fromtimestamp(t, zone).replace(tzinfo=None) + timedelta(days=days)
    utc = (local - EPOCH).total_seconds() - local.replace(tzinfo=zone, fold=0).utcoffset().total_seconds()
    if days == 0:
        utc = t  # in the second pass of a fold it stays there
    out.append(f"add {t} {days} {minutes} {int(utc) + 60 * minutes}")


def cases(name, data):
    zone = zoneinfo.ZoneInfo(name)
    seed = random.Random(2026)
    out = []
    periods = changes(name, data, zone)
    out.append("periods " + " ".join(f"{o}@{s}" for s, o in periods))
    for (_, before), (at, after) in zip(periods, periods[1:]):
        low, high = at + min(before, after), at + max(before, after)
        for wall in sorted({low - 1, low, low + 1, (low + high) // 2, high - 1, high, high + 1}):
            say(out, zone, wall)
        # From before the change, inside a fold, and from behind it, to both sides.
        for t in (at - DAY, at - 1, at, at + 1800, at + DAY + 600):
            for days in (-3, -1, 0, 1, 7):
                add(out, zone, t, days, 90)
    for _ in range(RANDOM):
        say(out, zone, seed.randrange(END))
        add(out, zone, seed.randrange(END), seed.randrange(-400, 401), seed.randrange(-9000, 9000))
    # The last days of a leap year, on which Go's own bounds are wrong.
    for hour in range(0, 72, 5):
        say(out, zone, int((datetime(2040, 12, 29) - EPOCH).total_seconds()) + hour * 3600)
    return "\n".join(out)


def main():
    known = {}  # many names stand for the same data
    for name in sys.stdin.read().split():
        with open(f"{FOLDER}/{name}", "rb") as f:
            data = f.read()
        if data not in known:
            known[data] = cases(name, data)
        print(f"zone {name}")
        print(known[data])


main()
