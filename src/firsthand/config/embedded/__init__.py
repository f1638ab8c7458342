"""Our own PostgreSQL: binaries from a wheel, started on first use by a launcher that trusts nobody.

`Server` is the launcher; `firsthand.config.embedded` as a Django ENGINE starts it by itself (base.py).
"""

from firsthand.config.embedded.server import Server
from firsthand.config.embedded.trouble import CannotStart

__all__ = ["CannotStart", "Server"]
