"""The insured: who they are, what they are covered for, and whether a caller is who they say."""
