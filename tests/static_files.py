"""Each `Client()` has a server of its own, and each server looked through the folders for the same files: a tenth
of the time of a page that is asked for once.
"""

from whitenoise.base import StaticFile
from whitenoise.middleware import WhiteNoiseMiddleware

look = WhiteNoiseMiddleware.add_files_from_finders
found: dict[str, StaticFile] = {}


def found_once(self: WhiteNoiseMiddleware) -> None:
    if not found:
        look(self)
        found.update(self.files)
    self.files.update(found)
