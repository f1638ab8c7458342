"""What can be decided about words without a database, a network or a clock."""
