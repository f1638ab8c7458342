"""What may be typed when weeks are planned: a file for each step."""
