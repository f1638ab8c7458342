"""Pages of protect, a file for each thing one does there."""
