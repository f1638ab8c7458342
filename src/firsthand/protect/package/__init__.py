"""What is handed to somebody who asks: as JSON, as a PDF to read, and both in one encrypted file."""

from firsthand.protect.package.bundle import bundle, passphrase
from firsthand.protect.package.contents import Contents, Section, contents
from firsthand.protect.package.data import as_json

__all__ = ["Contents", "Section", "as_json", "bundle", "contents", "passphrase"]
