"""What is true this year: concerns, with facts, source and date."""
