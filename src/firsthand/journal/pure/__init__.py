"""The chain as arithmetic, and what may stand in an entry."""
