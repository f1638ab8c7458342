"""Settings, addresses, and where the database is."""
