"""Answers that may be a moment old, kept in this process: the house's cache is in the database."""

from django.core.cache.backends.locmem import LocMemCache

memo = LocMemCache("firsthand.answer", {})
