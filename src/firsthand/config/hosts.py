"""Under which names the house answers. Any other name in a request is refused."""

from urllib.parse import urlsplit

HERE = ["localhost", "127.0.0.1", "[::1]", "testserver"]


def hosts(address: str, more: list[str]) -> list[str]:
    """The name in the address, those given besides, and this machine's own."""
    name = urlsplit(address).hostname or ""
    own = f"[{name}]" if ":" in name else name
    return list(dict.fromkeys([*([own] if own else []), *more, *HERE]))
