"""What was heard at the front, unedited, and what came of it."""
