"""Words under a key of their own, the key under another one: AES-256-GCM both times.

Without the wrapped key the words are noise, for whoever holds all other keys too: to destroy a few dozen bytes
is to erase. What is sealed is bound to its row; copied to another row, or to another member, it does not open.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32
NONCE = 12
# The length of what was confided says something about it; it is rounded up.
BLOCK = 64
Draw = Callable[[int], bytes]


class DoesNotOpen(Exception):
    """The wrong key, another row, or changed bytes. Which of them is not said."""


@dataclass(frozen=True, repr=False)
class Key:
    secret: bytes

    @property
    def id(self) -> str:
        """Named after itself, so that two names never mean one key, nor one name two."""
        return hashlib.sha256(b"firsthand key\0" + self.secret).hexdigest()[:16]


@dataclass(frozen=True, repr=False)
class Box:
    sealed: bytes
    wrapped: bytes
    key_id: str


def new_key(draw: Draw = secrets.token_bytes) -> Key:
    return Key(draw(KEY))


def bound(row: str, *, contact: int, member: int | None, category: str, purpose: str) -> bytes:
    """What must still be true of the row when it is opened."""
    return json.dumps(["firsthand/1", row, contact, member, category, purpose]).encode()


def seal(words: str, key: Key, *, row: str, to: bytes, draw: Draw = secrets.token_bytes) -> Box:
    own = draw(KEY)
    return Box(
        sealed=_lock(own, _padded(words), to, draw),
        wrapped=_lock(key.secret, own, _wrapping(row), draw),
        key_id=key.id,
    )


def unseal(sealed: bytes, wrapped: bytes, key: Key, *, row: str, to: bytes) -> str:
    own = _unlock(key.secret, wrapped, _wrapping(row))
    return _unlock(own, sealed, to).rstrip(b"\0").decode()


def rewrap(wrapped: bytes, old: Key, new: Key, *, row: str, draw: Draw = secrets.token_bytes) -> bytes:
    """The same key under another one; the words are not touched, and nobody reads them."""
    return _lock(new.secret, _unlock(old.secret, wrapped, _wrapping(row)), _wrapping(row), draw)


def _wrapping(row: str) -> bytes:
    return f"firsthand/1/key/{row}".encode()


def _padded(words: str) -> bytes:
    plain = words.replace("\0", "").encode()
    return plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b"\0")


def _lock(key: bytes, plain: bytes, to: bytes, draw: Draw) -> bytes:
    nonce = draw(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, to)


def _unlock(key: bytes, locked: bytes, to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], to)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
