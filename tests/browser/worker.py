"""What the worker does every second, in the foreground."""

import time

import django

django.setup()

from firsthand.voice import actions as voice  # noqa: E402


def main() -> None:
    while True:
        voice.sweep()
        time.sleep(1)


if __name__ == "__main__":
    main()
