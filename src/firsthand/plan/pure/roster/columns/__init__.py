"""Column generation: a column is all that one person does, found by dynamic programming over the days.

The linear programme over columns gives a bound that is nearly exact, and diving in it rosters that are nearly best.
It needs rules of persons that a small automaton with counters can follow, and between persons only demand; what else
couples people is left to `improve` and `exact` (the bound stays one: what is left out can only cost more).
"""
