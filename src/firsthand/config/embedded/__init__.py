"""Django backend that starts our own PostgreSQL on the first connection."""
