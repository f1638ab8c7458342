"""Spoken contact: calls, legs, and the one table of who hears whom."""
