"""The start page of each role, and the demo world."""
