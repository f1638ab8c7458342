"""Tokens somebody could come by: none, forged, stolen, over, of another login; and one that is right."""

from __future__ import annotations

import hashlib
import hmac
import time

from firsthand.config.attack.sql.aims import Token
from firsthand.config.attack.world import PURPOSE, World
from firsthand.protect import wall

HOURS = 6 * 3600  # a run of a million attempts takes minutes


def tokens(world: World) -> list[Token]:
    """`wall.signed` is the house's own: what it signs is genuine. Only the first one is also right."""
    now = int(time.time())
    helper, colleague, own = world.helper.pk, world.people["colleague"].pk, world.contacts["own"].pk
    others, over = world.contacts["others"].pk, world.contacts["closed"].pk
    theirs, mine = world.members["others"].pk, world.own.pk
    later, desks = now + HOURS, frozenset({"front"})
    right = wall.signed({PURPOSE, "vvg_b"}, helper, own, None, later)
    body, mac = right.rpartition("|")[::2]
    genuine = {
        "none": "",
        "expired": wall.signed({PURPOSE}, helper, own, None, now - 1),
        "long expired": wall.signed({PURPOSE}, colleague, others, None, 1),
        "other person": wall.signed({PURPOSE}, colleague, own, None, later),
        "other contact": wall.signed({PURPOSE}, helper, others, None, later),
        "closed contact": wall.signed({PURPOSE}, helper, over, None, later),
        "no contact": wall.signed({PURPOSE}, helper, None, None, later),
        "nobody": wall.signed({PURPOSE}, None, None, None, later),
        "other member": wall.signed({PURPOSE}, helper, over, theirs, later),
        "no purpose": wall.signed(set(), helper, own, None, later),
        "import, not the owner": wall.signed({wall.IMPORT}, helper, own, None, later),
    }
    forged = {
        "without MAC": body,
        "empty MAC": f"{body}|",
        "cut MAC": right[:-1],
        "longer MAC": right + "0",
        "MAC in capitals": f"{body}|{mac.upper()}",
        "MAC of nothing": f"{body}|{_mac(b'', body)}",
        "MAC of zeros": f"{body}|{_mac(bytes(32), body)}",
        "MAC by the key's print": f"{body}|{_mac(hashlib.sha256(wall.key()).digest(), body)}",
        "hash instead of MAC": f"{body}|{hashlib.sha256(body.encode()).hexdigest()}",
        "other contact, old MAC": right.replace(f"|{own}|", f"|{others}|", 1),
        "other person, old MAC": right.replace(f"|{helper}|", f"|{colleague}|", 1),
        "member added, old MAC": right.replace(f"|{own}||", f"|{own}|{theirs}|", 1),
        "later, old MAC": right.replace(str(later), str(later + 1), 1),
        "request, old MAC": right.replace(PURPOSE, wall.REQUEST, 1),
        "retention, old MAC": right.replace(PURPOSE, wall.RETENTION, 1),
        "two tokens": f"{right}|{right}",
        "field too many": f"{right}|",
        "field in front": f"|{right}",
        "like everything": f"{body}|%",
        "braces": f"{{{PURPOSE}}}|{helper}|{own}||{later}|{mac}",
        "plain words": f"{PURPOSE}|{theirs}",
        "end is no number": f"{PURPOSE}|{helper}|{own}||infinity|{mac}",
    }
    here = {"no purpose", "import, not the owner"}  # signed for this person and this contact, for no note
    made = [Token("right", right, desks, mine, looked=mine)]
    made += [Token(name, says, looked=mine if name in here else None) for name, says in genuine.items()]
    made += [Token(name, says) for name, says in forged.items()]
    # Genuine and right for data protection alone: another login must see nothing with them.
    protection = frozenset({"protection"})
    made.append(Token("request", wall.signed({wall.REQUEST}, None, None, mine, later), protection, mine))
    return made


def of_protection(world: World) -> Token:
    """The nightly run's. In the zone of data protection it opens everything, so there nobody tries it."""
    return Token("retention", wall.signed({wall.RETENTION}, None, None, None, int(time.time()) + HOURS))


def _mac(key: bytes, words: str) -> str:
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
