"""Reads messages with Python's own e-mail package and prints what it found."""

import email
import email.policy
import json
import sys

out = []
for path in sys.argv[1:]:
    with open(path, "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    defects = [repr(d) for part in m.walk() for d in part.defects]
    defects += [f"{k}: {d!r}" for part in m.walk() for k, v in part.items() for d in v.defects]
    out.append({
        "defects": defects,
        "headers": [[k, str(v)] for k, v in m.items()],
        "type": m.get_content_type(),
        "date": m["date"].datetime.isoformat(),
        "from": [[a.display_name, a.addr_spec] for a in m["from"].addresses],
        "reply_to": [[a.display_name, a.addr_spec] for a in m["reply-to"].addresses],
        "to": [[g.display_name, len(g.addresses)] for g in m["to"].groups],
        "parts": [[p.get_content_type(), p.get_content()] for p in m.iter_parts()],
        "text": m.get_body(("plain",)).get_content(),
        "html": m.get_body(("html",)).get_content(),
    })
json.dump(out, sys.stdout)
