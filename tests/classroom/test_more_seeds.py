"""The answers of the book's tests, right and wrong, with other random inputs."""

import pytest
from answers import verdicts
from test_answers import RIGHT, WRONG

SEEDS = range(2, 8)


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_are_taken(name):
    for index, answer in enumerate(RIGHT[name]):
        assert all(verdicts(name, answer, SEEDS)), (index, answer)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_are_refused(name):
    for index, (answer, _) in enumerate(WRONG[name]):
        assert not any(verdicts(name, answer, SEEDS)), (index, answer)
