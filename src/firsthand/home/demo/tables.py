"""The demo's small tables of words, read as they stand in data/."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from firsthand.home.pure.households import Names, Town


@cache
def rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("firsthand.home.demo") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def towns() -> list[Town]:
    return [
        Town(row["postcode"], row["town"], row["canton"], row["language"], row["area"], int(row["weight"]))
        for row in rows("towns")
    ]


def names() -> Names:
    return {(row["language"], row["kind"]): row["words"].split("|") for row in rows("names")}
