"""The words around a date: months, weekdays, what makes it less than certain, what makes it no date."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_NAME = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day)?"

WEEKDAY_FIRST = re.compile(
    rf"{_DAY_NAME}(?:\b\.?,?\s*|(?=\d))(?:(?:early |late )?(?:morning|afternoon|evening|night)[\s,]+)?"
    rf"(?P<rest>\d.*|the\s.*|(?:{MONTH})\b.*)"
)
WEEKDAY_LAST = re.compile(rf"(?P<rest>.*\d)[\s,(]+{_DAY_NAME}\.?\)?")

ABOUT = re.compile(
    r"^(?:\?+|~|c\.|circa|approx(?:imately)?\.?|about|around|on or (?:around|about)|on/around|estimated(?! d)|est\.?|"
    r"early|mid|late|(?:the )?(?:beginning|start|middle|end) of|possibly|probably|roughly|maybe|perhaps|"
    r"(?:believed|thought) to (?:be|have been)(?: on)?)(?:\s*-\s*|\s*)"
)
ABOUT_LAST = re.compile(
    r"(?:[\s,(]*\?+|[\s,(]+(?:approx(?:imately)?\.?|estimated|est\.?|or thereabouts|tbc|to be confirmed)|\s?-?ish)\)?$"
)
OVERNIGHT = re.compile(r"^(?:overnight(?: on)?|(?:on )?the night of|night of|weekend of|the weekend of)\s+(?:the\s+)?")
WEEK = re.compile(r"^(?:w/c|w\.c\.|week (?:commencing|beginning|starting|of)|wc|wk com(?:mencing)?)[\s:]*(?:the\s)?")
WEEK_ENDING = re.compile(r"^(?:w/e|week ending)[\s:]*")
LEAD = re.compile(
    r"^(?:e\.?d\.?d\.?|due(?: date| on)?|d\.?o\.?b\.?|date of birth|born(?: on)?|died(?: on)?|on(?! or )|date|dated|"
    r"the day of|(?:estimated|expected) (?:date of delivery|delivery date|date of birth)|the)\b\.?\s*[:\-]?\s*"
)
PART_OF_DAY_FIRST = re.compile(
    r"^(?:in |during )?(?:the )?(?:early hrs|early hours|small hours|"
    r"(?:early |late |mid[- ]?)?(?:morning|afternoon|evening|night))\b(?: of| on)?(?: the)?[\s,]+"
)
PART_OF_DAY_LAST = re.compile(
    r"[\s,(]+(?:in |at |during )?(?:the )?(?:early hrs|early hours|small hours|am|pm|a\.m|p\.m|"
    r"(?:early |late |mid[- ]?)?(?:morning|afternoon|evening|night))\.?\)?$"
)

_NO_DATE = (
    (r"(?:early |late |mid-?\s?)?(?:spring|summer|autumn|winter)\b.*", "a season is not a date"),
    (
        r"(?:before|after|by|until|till|up to|since|from|prior to|no later than|on or (?:before|after)|not before)\b.*",
        "it gives a limit, not a date",
    ),
    (r"(?:today|yesterday|tomorrow|last|next|this)\b.*", "it names a day only beside another"),
    (rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[\s\-./]*(?:{MONTH})\.?", "the year is missing"),
    (rf"(?:{MONTH})\.?\s*\d{{1,2}}(?:st|nd|rd|th)?", "the year is missing"),
    (r"\d{1,2}\s*[./\-]\s*\d{1,2}", "the year is missing"),
    (rf"(?:{MONTH})\.?", "the year is missing"),
    (r"(?:aged?\s*)?\d{1,2}\s*(?:yrs?|years?|y/?o|months?|weeks?)\b.*", "an age is written there, not a date"),
)


def why_no_date(words: str) -> str:
    """Why words are no date, for the person who wrote them."""
    for pattern, why in _NO_DATE:
        if re.fullmatch(pattern, words):
            return why
    return "this is not a date we can read"
