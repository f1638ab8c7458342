"""Firsthand: the week in which everybody answers the customers."""

__version__ = "0.1.0"
