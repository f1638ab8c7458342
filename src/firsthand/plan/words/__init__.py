"""The codes of planning in words: a file for each step."""
