"""Calls: who is in them, who may hear whom, and the carriers that bring it about. Nothing here can record."""
