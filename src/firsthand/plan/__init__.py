"""The front weeks."""
