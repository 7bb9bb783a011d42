"""Reads messages with Python's own e-mail package and prints what it found."""

import email
import email.header
import email.policy
import json
import sys



def list_id(raw):
    """Reads a List-Id as RFC 2919 says: a phrase, and an identifier that stands there as it is."""
    phrase, _, rest = "".join(raw.splitlines()).strip().rpartition("<")
    address = email.policy.default.header_factory("From", phrase + "<a@b.example>")
    name = address.addresses[0].display_name
    if phrase.startswith("=?"):  # some versions keep the space between two encoded words of a phrase
        name = str(email.header.make_header(email.header.decode_header(phrase.strip())))
    return [name, rest.removesuffix(">"), len(address.defects)]


out = []
for path in sys.argv[1:]:
    with open(path, "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    defects = [repr(d) for part in m.walk() for d in part.defects]
    defects += [f"{k}: {d!r}" for part in m.walk() for k, v in part.items() for d in v.defects]
    with open(path, "rb") as f:
        raw = email.message_from_binary_file(f, policy=email.policy.compat32)["List-Id"]
    out.append({
        "list_id": list_id(raw),
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
