"""Pages of planning: a file for each step."""
