"""What every room may use and nothing else: a translated "no", named SQL, PostgreSQL itself."""
