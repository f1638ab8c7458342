"""Small rosters to test with: by hand, and any that Hypothesis thinks of."""

from hypothesis import strategies as st

from firsthand.plan.pure.roster.instance import (
    Assignment,
    Demand,
    Fairness,
    First,
    Instance,
    Kind,
    Person,
    Place,
    Previous,
    Run,
    Together,
    Total,
    Wish,
)

EARLY, LATE, TRAINING = 0, 1, 2
KINDS = (
    Kind("early", 360, 720, 360),
    Kind("late", 780, 1140, 360, not_next_day=frozenset({EARLY})),
    Kind("training", 480, 960, 480),
)


def week(*people: Person, **more) -> Instance:
    """Seven days from a Monday, early and late."""
    return Instance("a week", 7, KINDS[:2], people, **more)


def worked(*cells: tuple[int, ...]) -> frozenset[Assignment]:
    return frozenset(Assignment(*cell) for cell in cells)


@st.composite
def instances(draw) -> Instance:
    """Four or five days, three people, every rule there is now and then."""
    days = draw(st.integers(4, 5))
    half = draw(st.booleans())
    rule = st.sampled_from([None, 3])
    kinds = st.sampled_from([frozenset[int](), frozenset({EARLY}), frozenset({EARLY, LATE})])

    def total():
        measure = draw(st.sampled_from(["shifts", "minutes", "days", "weekends"]))
        unit = 360 if measure == "minutes" else 1
        windows = draw(st.sampled_from([(tuple(range(days)),), ((0, 1), (2, 3)), ((0, 1, 2), (1, 2, 3))]))
        least, more = draw(st.integers(0, 1)), draw(st.integers(0, 2))
        most = draw(st.sampled_from([None, (least + more) * unit]))
        return Total(measure, windows, least * unit, most, draw(kinds), 1 if unit > 1 else draw(rule))

    def run():
        of, least = draw(st.sampled_from(["work", "off"])), draw(st.integers(1, 3))
        most = draw(st.sampled_from([None, least, least + 1]))
        return Run(of, least, most, draw(kinds) if of == "work" else frozenset(), draw(rule))

    def wish():
        return Wish(draw(st.integers(0, days - 1)), draw(st.booleans()), draw(st.integers(1, 4)), draw(kinds))

    people = tuple(
        Person(
            name,
            skills=draw(st.sampled_from([frozenset(), frozenset({0})])),
            off=draw(st.sampled_from([frozenset(), frozenset({2})])),
            wishes=tuple(wish() for _ in range(draw(st.integers(0, 2)))),
            totals=tuple(total() for _ in range(draw(st.integers(0, 2)))),
            runs=tuple(run() for _ in range(draw(st.integers(0, 2)))),
        )
        for name in ("Ada", "Beat", "Carla")
    )
    demands = tuple(
        Demand(
            "",
            (day,),
            frozenset({kind}),
            skills=draw(st.sampled_from([frozenset(), frozenset({0})])),
            wanted=draw(st.integers(0, 2)),
            most=draw(st.sampled_from([None, 2])),
            under=draw(st.integers(0, 5)),
            over=draw(st.integers(0, 5)),
        )
        for day in range(days)
        for kind in (EARLY, LATE)
    )
    first = First(frozenset({TRAINING}), frozenset({EARLY, LATE}), frozenset({0}))
    together = Together(
        frozenset({0, 1}), frozenset({2}), frozenset({EARLY, LATE}), 1, draw(st.sampled_from([None, 4]))
    )
    form = draw(st.sampled_from(["spread", "squares"]))
    fair = Fairness("late", frozenset(), tuple(range(days)), frozenset({LATE}), form, target=1, weight=2)
    before = worked((0, 0, EARLY), (1, 1, LATE), (2, 2, EARLY))
    return Instance(
        "any",
        days,
        KINDS,
        people,
        demands,
        places=draw(st.sampled_from([(Place(""),), (Place("a"), Place("b", frozenset({0})))])),
        skills=("german",),
        weekday=draw(st.integers(3, 5)),
        per_day=2 if half else 1,
        firsts=(first,) if draw(st.booleans()) else (),
        togethers=(together,) if draw(st.booleans()) else (),
        fairness=(fair,) if draw(st.booleans()) else (),
        previous=Previous(before, 2, 3) if draw(st.booleans()) else None,
    )
