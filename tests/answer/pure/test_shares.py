from firsthand.answer.pure.shares import Share


def test_nothing_yet_is_neither_reached_nor_missed():
    assert (Share(0, 0, 80).percent, Share(0, 0, 80).below) == (None, False)


def test_a_goal_that_shows_as_reached_is_reached():
    assert (Share(799, 1000, 80).percent, Share(799, 1000, 80).below) == (79, True)
    assert not Share(80, 100, 80).below
