"""Arithmetic of planning: no Django, no database, no clock; chance comes in as a seed."""
