"""Who works when: rosters from wishes, rules and what is wanted. `docs/guide/roster.md` says how one is stated.

`reading.instance(data)` → `solve.solve(instance, seconds=…)` → `evaluate.evaluate(instance, assignments)`, which knows
nothing of how the roster was found. `nsp` reads the public nurse-rostering instances.
"""
