"""A command ends with a sentence."""


class Halt(Exception):
    """What is wrong and what to do, for the person at the terminal."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
