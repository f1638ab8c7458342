"""From shares of columns to one roster: fix what the linear programme is surest of, price again, go on."""

from __future__ import annotations

from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.person import Column

SURE = 0.85
STEPS = 40  # about so many linear programmes for a dive


def dive(all_: Columns, seconds: float, rounds: int = 1) -> list[Column]:
    """A column for each person; for some only, if time ran out. Leaves the master as it was."""
    master, search = all_.master, all_.search
    until = search.elapsed + seconds
    fixed: dict[int, int] = {}
    try:
        while len(fixed) < len(master.people):
            if search.done or search.elapsed > until:
                break
            master.solve(limited=bool(fixed))
            for _ in range(rounds):
                open_people = [person for person in master.people if person not in fixed]
                if not master.add(all_.cheapest(master.duals, open_people)[1]):
                    break
                master.solve()
            _fix(all_, fixed)
    finally:
        for at in range(len(master.columns)):
            master.limit(at, 0.0, master.lp.infinity())
    return [master.columns[at] for at in fixed.values()]


def _fix(all_: Columns, fixed: dict[int, int]) -> None:
    """The surest column, and all others that are nearly sure, each with its person's other columns out."""
    master = all_.master
    share = master.share
    best: dict[int, int] = {}
    for at, column in enumerate(master.columns):
        who = column.person
        if who not in fixed and (who not in best or share[at] > share[best[who]]):
            best[who] = at
    order = sorted(best.values(), key=lambda at: -share[at])
    many = 1 + len(master.people) // STEPS
    chosen = [at for number, at in enumerate(order) if number < many or share[at] >= SURE]
    for at in chosen:
        fixed[master.columns[at].person] = at
    now = {master.columns[at].person for at in chosen}
    for at, column in enumerate(master.columns):
        if column.person in now:
            value = float(fixed[column.person] == at)
            master.limit(at, value, value)
