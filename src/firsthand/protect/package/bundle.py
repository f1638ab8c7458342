"""One encrypted file, made in memory. The server writes nothing of it to a disk."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping

# Said on the telephone, written by hand: no letter that looks like another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def passphrase() -> str:
    """Four groups of five: 98 bits, and can still be read out. Told apart from the file, kept nowhere."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def bundle(files: Mapping[str, bytes], word: str) -> bytes:
    """A zip with AES-256, which 7-Zip, Keka and WinZip open."""
    import pyzipper  # with reportlab a fifth of the start of every process; few ever make a package

    made = io.BytesIO()
    with pyzipper.AESZipFile(
        made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(word.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
