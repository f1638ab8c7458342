"""The roster of a front week: hundreds of people, a training before the first shift, rooms by language.

`problem.Problem` states it; `solve.solve` finds a roster, `repair.repair` mends one when somebody is ill,
`swaps` says what two people may agree on, `explain.explain` what cannot be met and why. `referee.judge` weighs any
roster, knowing nothing of how it was found. `instance`, `recognise` and `file` lead to the general roster and back.
`docs/guide/front-roster.md` says what is asked and what it costs.
"""
