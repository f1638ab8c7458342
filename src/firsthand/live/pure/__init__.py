"""What waits for an open page, and how it is written on the stream."""
