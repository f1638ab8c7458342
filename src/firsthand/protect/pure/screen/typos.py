"""A long word with one letter wrong, missing, doubled or swapped is still the word."""

from dataclasses import dataclass, field

SHORTEST = 9  # in shorter words one letter makes another word


@dataclass(slots=True)
class Near:
    """Stems by what is left of them without one letter; built at the first word nobody knows."""

    stems: list[tuple[str, int, bool]] = field(default_factory=list)
    holes: dict[str, list[tuple[str, int, bool]]] = field(default_factory=dict)

    def add(self, stem: str, element: int, *, whole: bool) -> None:
        if len(stem) >= SHORTEST and stem.isalpha():
            self.stems.append((stem, element, whole))

    def elements(self, word: str) -> set[int]:
        if not self.holes:
            self._dig()
        found = set()
        longest = min(len(word), 20)
        for length in range(SHORTEST - 1, longest + 1):
            start = word[:length]
            for stem, element, whole in self._candidates(start):
                rest = len(word) - length
                if (not whole or rest == 0) and abs(len(stem) - length) <= 1 and one_apart(start, stem):
                    found.add(element)
        return found

    def _candidates(self, start: str) -> list[tuple[str, int, bool]]:
        holes = self.holes
        found = list(holes.get(start, ()))
        # The first letter is hardly ever the wrong one.
        for at in range(1, len(start)):
            found += holes.get(start[:at] + start[at + 1 :], ())
        return found

    def _dig(self) -> None:
        for stem, element, whole in self.stems:
            one = (stem, element, whole)
            for left in {stem, *(stem[:at] + stem[at + 1 :] for at in range(1, len(stem)))}:
                self.holes.setdefault(left, []).append(one)


def one_apart(one: str, other: str) -> bool:
    """Equal, or one letter more, less or different, or two beside each other swapped."""
    if one == other:
        return True
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    if at < 0:
        return abs(len(one) - len(other)) == 1
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
