from firsthand.locale.formats.swiss import *  # noqa: F403
