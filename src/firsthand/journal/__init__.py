"""Who did or looked at what: append only, and chained so that a missing row shows."""
