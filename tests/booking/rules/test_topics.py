"""What is asked about some topics alone."""

from __future__ import annotations

import pytest

from booking.rules.safety import Topic
from booking.rules.topics import (
    FEATURES,
    ONLY_ABOUT,
    PLACES,
    Feature,
    PainSite,
    features_for,
    is_asked,
    places_for,
)


def test_every_topic_has_places_to_choose_from_and_a_way_out():
    assert PLACES.keys() == set(Topic.values)
    for places in PLACES.values():
        assert places[-1] == PainSite.ELSEWHERE
        assert len(set(places)) == len(places)


def test_no_place_and_no_feature_is_left_unasked():
    assert {place for places in PLACES.values() for place in places} == set(PainSite)
    assert {one for features in FEATURES.values() for one in features} == set(Feature)


@pytest.mark.parametrize("topic", Topic)
def test_features_are_asked_where_there_are_any(topic):
    assert is_asked("features", topic) == bool(features_for(topic))


def test_a_question_that_is_not_named_is_asked_about_everything():
    assert all(is_asked("duration", topic) for topic in Topic)
    assert all(is_asked(question, "") for question in ONLY_ABOUT)
    assert (places_for(""), features_for("")) == (tuple(PainSite), tuple(Feature))
