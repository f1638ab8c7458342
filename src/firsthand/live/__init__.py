"""Nudges from PostgreSQL to open pages: what changed, never what it says."""
