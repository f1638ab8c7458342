"""The demo's arithmetic and chance, seeded: the same seed makes the same world."""
