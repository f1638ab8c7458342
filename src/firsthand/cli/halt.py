"""A command ends with a sentence."""


class Halt(Exception):
    """What is wrong and what to do, for the person at the terminal.

    Exit code 2: nothing was found out. 1 is what a command has found (out of date, changed, seen, nobody works then).
    """

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code
