"""`firsthand attack`: tries to get protected rows across the wall, through every interface that it can find."""
