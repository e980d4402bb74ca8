from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from formflow import shipped
from formflow.deciding.edition import Guidance, Part, judges
from formflow.errors import Stop
from makers import the_rules

TEXTS = shipped.texts("guidance")
BEGAN = date(2019, 9, 2)


def guidance() -> Guidance:
    return the_rules().guidance


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in TEXTS[name]
    return TEXTS | {name: TEXTS[name].replace(old, new)}


def test_the_four_editions_are_held_each_following_the_one_before() -> None:
    held = guidance().editions
    assert [edition.id for edition in held] == ["2015-03-26", "2018-06-29", "2023-12-15", "2026-03-19"]
    assert [edition.follows for edition in held] == ["", *(edition.id for edition in held[:-1])]


def test_every_edition_says_where_each_of_its_parts_comes_from() -> None:
    for edition in guidance().editions:
        assert edition.sources
        parts: tuple[Part, ...] = (*edition.limits.values(), *edition.criteria.values(), *edition.events.values())
        for source in (*(part.source for part in parts), *(aim.source for aim in edition.aims)):
            assert source, edition.id


def test_a_gap_between_editions_is_refused() -> None:
    without = {name: text for name, text in TEXTS.items() if name != "2023-12-15"}
    with pytest.raises(Stop, match=r"2026-03-19 follows 2023-12-15, but the one before it is 2018-06-29: a gap"):
        Guidance.parse(without)


def test_two_editions_that_follow_the_same_one_overlap_and_are_refused() -> None:
    with pytest.raises(Stop, match="an overlap"):
        Guidance.parse(changed("2026-03-19", 'follows = "2023-12-15"', 'follows = "2018-06-29"'))


def test_a_second_beginning_is_refused() -> None:
    with pytest.raises(Stop, match="follows nothing"):
        Guidance.parse(changed("2026-03-19", 'follows = "2023-12-15"', 'follows = ""'))


def test_a_criterion_that_no_edition_adopts_is_refused() -> None:
    def without_died(text: str) -> str:
        before, _, rest = text.partition("[criteria.died]")
        return before + rest[rest.index("\n[") + 1 :]

    with pytest.raises(Stop, match="no edition adopts these criteria: died"):
        Guidance.parse({name: without_died(text) for name, text in TEXTS.items()})


def test_an_unknown_criterion_is_refused_by_name() -> None:
    with pytest.raises(Stop, match=r"2026-03-19.*dyed"):
        Guidance.parse(changed("2026-03-19", "[criteria.died]", "[criteria.dyed]"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[limits.rapid_review]", "[limits.quick_review]", "exactly these limits"),
        ('to = ["panel"]', 'to = ["pannel"]', "pannel"),
        ('limit = "rapid_review"', 'limit = "quick_review"', "quick_review"),
        ("[[terms.health_partner]]", "[[terms.health]]", "health_partner"),
        ("working_days = 15", "working_days = 15\nmonths = 1", "exactly one"),
        ("working_days = 15", "", "exactly one"),
        ('route = "panel"', 'route = "post"', "route"),
        ("care_leavers = true", "care_leaver = true", "care_leaver"),
        ("confirmed = false", 'confirmed = "perhaps"', "confirmed"),
    ],
)
def test_guidance_that_does_not_hold_together_is_refused_with_its_name(old: str, new: str, says: str) -> None:
    with pytest.raises(Stop, match=f"(?s)2026-03-19.*{says}"):
        Guidance.parse(changed("2026-03-19", old, new))


def test_what_was_not_read_at_its_source_is_to_be_confirmed() -> None:
    newest = guidance().named("2026")
    assert newest is not None
    assert not newest.confirmed
    for key, criterion in newest.criteria.items():
        assert not criterion.confirmed or "WT 2026" not in criterion.source, key
    for key, limit in newest.limits.items():
        assert not limit.confirmed, key
    oldest = guidance().named("WT2015")
    assert oldest is not None
    assert not any(criterion.confirmed for criterion in oldest.criteria.values())


@pytest.mark.parametrize("edition", ["2018", "2023", "2026"])
@pytest.mark.parametrize("limit", ["rapid_review", "local_review", "send_before_publication"])
def test_limits_that_were_only_recalled_are_never_given_as_certain(edition: str, limit: str) -> None:
    held = guidance().named(edition)
    assert held is not None
    assert not held.limits[limit].confirmed


def test_every_edition_keeps_its_own_wording_of_the_criteria() -> None:
    for edition in guidance().editions:
        for key, criterion in edition.criteria.items():
            assert criterion.wording, f"{edition.id} {key}"
            assert key in judges()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 7, 4), "clinical commissioning group"),
        (date(2022, 6, 30), "clinical commissioning group"),
        (date(2022, 7, 1), "integrated care board"),
        (date(2026, 4, 1), "integrated care board"),
    ],
)
def test_the_health_partner_is_called_what_it_was_called_on_the_day(day: date, words: str) -> None:
    edition = guidance().on(day)
    assert edition is not None
    assert edition.term("health_partner", day) == words
    assert words in edition.recipient("safeguarding_partners", day)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2015, 3, 25), None),
        (date(2015, 3, 26), "2015-03-26"),
        (date(2018, 6, 29), "2015-03-26"),
        (date(2019, 9, 1), "2015-03-26"),
        (date(2019, 9, 2), "2018-06-29"),
        (date(2023, 12, 14), "2018-06-29"),
        (date(2023, 12, 15), "2023-12-15"),
        (date(2026, 3, 19), "2026-03-19"),
    ],
)
def test_a_review_goes_by_the_rules_of_2015_until_the_partners_began(day: date, edition: str | None) -> None:
    found = guidance().review_on(day, BEGAN)
    assert (found.id if found else None) == edition


def test_an_edition_can_be_tried_on_every_day() -> None:
    new = guidance().named("WT2026")
    tried = replace(guidance(), only=new)
    assert tried.on(date(2016, 1, 1)) is new
    assert tried.review_on(date(2016, 1, 1), BEGAN) is new


def test_the_chapter_of_2019_is_known_by_its_name() -> None:
    chapter = guidance().named("lincs_2019")
    assert chapter is not None
    assert chapter.id == "2018-06-29"
    assert guidance().named("2021") is None
