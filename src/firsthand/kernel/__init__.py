"""What every room may use and nothing else: a translated "no", and named SQL."""
