"""What is kept for which purpose, and who may look while a contact lasts."""
