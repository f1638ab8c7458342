"""Swiss social-security numbers: 756, nine digits, and a check digit that shows a slip of the finger."""


def check_digit(twelve: str) -> int:
    odd, even = twelve[0::2], twelve[1::2]
    return -(sum(map(int, odd)) + 3 * sum(map(int, even))) % 10


def number(nine: int) -> str:
    """The whole number for nine digits, bare."""
    twelve = f"756{nine:09}"
    return f"{twelve}{check_digit(twelve)}"
