"""Raw SQL as each login: statements put together by chance, hundreds in one breath, every byte of the answer read."""
