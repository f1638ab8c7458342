"""What can be decided about an observation without asking the database."""
