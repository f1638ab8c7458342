"""Why the database cannot run, in a sentence that says what to do."""


class CannotStart(Exception):
    """Carries one plain sentence for the person at the terminal; never a value out of the database."""
