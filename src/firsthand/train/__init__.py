"""Readiness: who may answer which concern, and until when."""
