"""Words, merge tags, facts and what was left over: each check says what it sees, and the verdict says it once."""

from __future__ import annotations

from typing import Any

import pytest

from qa.profile.model import Profile
from tests.told import campaign_told

MARKETO: dict[str, Any] = {"platform": "marketo"}
GREETING = "Hi {{lead.First Name:default=there}}, save your seat"
WRONG = "Hi {{lead.Frist Name:default=there}}, save your seat"
COPY = "Join us on 24 March for forty minutes on what changed this year."
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit."
SEND: dict[str, Any] = {"send": {"at": "2026-03-10T09:00", "timezone": "Europe/London"}}
OFFER: dict[str, Any] = {"language": "en-GB", "offer": {"event_date": "2026-03-24"}}


def shown(*checks: str, off: tuple[str, ...] = (), **campaign: Any) -> list[str]:
    """The codes a verdict shows over some checks of a campaign, sorted; ``off``: codes the team switched off."""
    profile = Profile(render=False, severities=dict.fromkeys(off))
    return sorted(judged.finding.code for judged in campaign_told(*checks, profile=profile, **campaign))


def _case(better: str, worse: str, **campaign: Any) -> Any:
    """The check and code that tell a mistake best, those that tell it too, and the campaign that has it."""
    return pytest.param(better, worse, campaign, id=f"{better.partition(':')[2]} before {worse.partition(':')[2]}")


@pytest.mark.parametrize(
    ("better", "worse", "campaign"),
    [
        _case(
            "placeholder-text:placeholder-text",
            "token-names:unknown-token",
            campaign=MARKETO,
            email={},
            build="<p>Ab heute: {{ Text kommt noch }}</p>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "token-syntax:malformed-token",
            campaign={"platform": "braze"},
            email={},
            build="<p>Our range {{ copy here }}</p>",
        ),
        _case(
            "token-names:unknown-token",
            "copy:changed-copy",
            campaign=MARKETO,
            email={"copy": [GREETING]},
            build=f"<p>{WRONG}</p>",
        ),
        _case(
            "token-names:unknown-token",
            "subject-line:wrong-subject",
            campaign=MARKETO,
            email={"subject": GREETING},
            sidecar={"subject": WRONG},
            build="<p>Hello</p>",
        ),
        _case(
            "token-names:unknown-token",
            "tokens-asked:missing-token",
            campaign=MARKETO,
            email={"tokens": ["{{lead.First Name:default=there}}"]},
            build=f"<p>{WRONG}</p>",
        ),
        _case(
            "token-syntax:malformed-token",
            "tokens-asked:unasked-token",
            campaign=MARKETO,
            email={"tokens": ["{{lead.First Name:default=there}}"]},
            build="<p>Hi {{lead.First Name:default=there}}, {{my.Seat Number}</p>",
        ),
        _case(
            "copy:changed-copy",
            "tokens-asked:missing-token",
            campaign=MARKETO,
            email={"copy": [GREETING], "tokens": ["{{lead.First Name:default=there}}"]},
            build="<p>Hi you, save your seat</p>",
        ),
        _case(
            "tokens-asked:wrong-default",
            "copy:changed-copy",
            campaign=MARKETO,
            email={"copy": [GREETING], "tokens": ["{{lead.First Name:default=there}}"]},
            build=f"<p>{GREETING.replace('there', 'you')}</p>",
        ),
        _case(
            "encoding:garbled-text",
            "copy:changed-copy",
            email={"copy": ["Drinnen wird es gemütlich, draußen regnet es."]},
            build="<p>Drinnen wird es gemÃ¼tlich, drauÃŸen regnet es.</p>",
        ),
        _case(
            "encoding:garbled-text",
            "copy:changed-copy",
            email={"copy": ["Drinnen wird es gemütlich, sagen wir."]},
            build="<p>Drinnen wird es gem�tlich, sagen wir.</p>",
        ),
        _case(
            "encoding:garbled-text",
            "required-wording:missing-wording",
            email={"must_include": ["Gültig bis Sonntag"]},
            build="<p>GÃ¼ltig bis Sonntag.</p>",
        ),
        _case(
            "encoding:garbled-text",
            "plain-text-copy:changed-text-copy",
            email={"copy": ["Drinnen wird es gemütlich, draußen regnet es."]},
            build="<p>Drinnen wird es gemütlich, draußen regnet es.</p>",
            plain="Drinnen wird es gemÃ¼tlich, drauÃŸen regnet es.",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "copy:changed-copy",
            email={"copy": [COPY]},
            build=f"<p>{COPY.replace('24 March', '[insert date]')}</p>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "copy:missing-copy",
            email={"copy": ["Doors open at nine.", COPY, "See you in the old town hall."]},
            build=f"<p>Doors open at nine.</p><p>{LOREM}</p><p>See you in the old town hall.</p>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "page-title:wrong-page-title",
            page={"title": "Spring webinar"},
            build="<html><head><title>Untitled Document</title></head><body><h1>Hello</h1></body></html>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "subject-line:title-not-subject",
            email={"subject": "Spring webinar"},
            build="<html><head><title>Untitled Document</title></head><body><h1>Hello</h1></body></html>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "copy-place:added-copy",
            email={"copy": ["Join us for forty minutes"]},
            build="<p>Join us for forty minutes [insert place]</p>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "postal-address:missing-postal-address",
            email={},
            build="<p>Hello</p><p>Acme, 1234 S. Broadway St. City, State 12345</p>",
        ),
        _case(
            "placeholder-text:placeholder-text",
            "text-language:wrong-text-language",
            email={"language": "de"},
            build=f"<p>{LOREM} Sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.</p>",
        ),
        _case(
            "copy:missing-copy",
            "required-wording:missing-wording",
            email={"copy": [COPY], "must_include": ["forty minutes"]},
            build="<p>Something else altogether, of another campaign.</p>",
        ),
        _case(
            "copy:changed-copy",
            "required-wording:missing-wording",
            email={"copy": [COPY], "must_include": ["forty minutes"]},
            build=f"<p>{COPY.replace('forty', 'fifty')}</p>",
        ),
        _case(
            "page-heading:wrong-heading",
            "copy:changed-copy",
            page={"heading": "Move faster in spring", "copy": ["# Move faster in spring"]},
            build="<html><body><h1>Move faster in winter</h1></body></html>",
        ),
        _case(
            "copy:changed-copy",
            "offer-facts:wrong-date",
            campaign=OFFER,
            email={"copy": [COPY]},
            build=f"<p>{COPY.replace('24', '26')}</p>",
        ),
        _case(
            "copy:missing-copy",
            "offer-facts:missing-offer-fact",
            campaign=OFFER,
            email={"copy": [COPY]},
            build="<p>Something else altogether, of another campaign.</p>",
        ),
        _case(
            "plain-text-copy:changed-text-fact",
            "offer-facts:wrong-date",
            campaign=OFFER,
            email={"copy": [COPY]},
            build=f"<p>{COPY}</p>",
            plain=COPY.replace("24", "26"),
        ),
        _case(
            "subject-line:wrong-subject",
            "offer-facts:wrong-date",
            campaign=OFFER,
            email={"subject": "Join us on 24 March"},
            sidecar={"subject": "Join us on 26 March"},
            build="<p>On 24 March.</p>",
        ),
        _case(
            "subject-line:wrong-subject",
            "banned-wording:banned-wording",
            email={"subject": "Spring sale", "must_not_include": ["Winter"]},
            sidecar={"subject": "Winter sale"},
            build="<p>Hello</p>",
        ),
        _case(
            "copy:changed-copy",
            "weekday-dates:wrong-weekday",
            campaign=SEND,
            email={"copy": ["Join us on Tuesday 24 March 2026 at noon."]},
            build="<p>Join us on Tuesday 25 March 2026 at noon.</p>",
        ),
        _case(
            "offer-facts:wrong-date",
            "weekday-dates:wrong-weekday",
            campaign=OFFER,
            email={},
            build="<p>Join us on Tuesday 26 March 2026.</p>",
        ),
        _case(
            "offer-facts:wrong-date",
            "past-dates:stale-date",
            campaign={**SEND, **OFFER},
            email={},
            build="<p>Register until 24 March 2025</p>",
        ),
        _case(
            "copy:changed-copy",
            "past-dates:stale-date",
            campaign=SEND,
            email={"copy": ["Register until 24 March 2026, and tell your friends."]},
            build="<p>Register until 24 March 2025, and tell your friends.</p>",
        ),
        _case(
            "offer-facts:wrong-percentage",
            "offer-consistency:inconsistent-offer",
            campaign={"offer": {"discount": "20 %"}},
            email={},
            sidecar={"subject": "25% off parasols"},
            build="<p>Take 20% off parasols.</p>",
        ),
        _case(
            "copy:changed-copy",
            "event-time:missing-zone",
            campaign={**SEND, "legal": {"regions": ["uk", "de"]}},
            email={"copy": ["Join us on 24 March at 14:00 GMT for a talk."]},
            build="<p>Join us on 24 March at 14:00 for a talk.</p>",
        ),
        _case(
            "copy:changed-copy",
            "leftover-years:leftover-year",
            campaign={**SEND, "name": "Spring Summit 2026"},
            email={"copy": ["The Spring Summit 2026 is where we meet."]},
            build="<p>The Spring Summit 2025 is where we meet.</p>",
        ),
        _case(
            "required-wording:missing-wording",
            "legal-footer:missing-legal-element",
            campaign={"legal": {"regions": ["de"]}},
            email={"must_include": ["HRB 12345"]},
            build='<p>Acme <a href="https://acme.example/datenschutz">Datenschutz</a></p>',
        ),
        _case(
            "required-wording:missing-wording",
            "postal-address:missing-postal-address",
            email={"must_include": ["Acme Ltd, 1 High Street, London N1 9GU"]},
            build="<p>Hello</p>",
        ),
        _case(
            "required-wording:missing-wording",
            "variant-wording:missing-variant-wording",
            email={"variants": [{"segment": "schools", "build": "build/s.html", "must_include": ["As a school"]}]},
            build="<p>Hello</p>",
            files={"build/s.html": "<p>Hello</p>"},
        ),
        _case(
            "page-title:wrong-page-title",
            "title:missing-title",
            page={"title": "Spring"},
            build="<html><head></head><body><h1>Hello</h1></body></html>",
        ),
        _case(
            "page-tags:missing-tag",
            "placeholder-keys:placeholder-key",
            page={"tags": ["GTM-ABC123"]},
            build="<html><body><script>load('GTM-XXXXXX')</script><p>Hi</p></body></html>",
        ),
    ],
)
def test_each_alone_and_once_together(better: str, worse: str, campaign: dict[str, Any]) -> None:
    (better_check, best), (worse_check, other) = better.split(":"), worse.split(":")
    assert best in shown(better_check, **campaign)
    assert other in shown(worse_check, **campaign)
    together = shown(better_check, worse_check, **campaign)
    assert together.count(best) == 1 and other not in together
    assert other in shown(better_check, worse_check, off=(best,), **campaign)


def test_a_test_prefix_and_another_subject_line_are_two_mistakes() -> None:
    def subject(built: str, **more: Any) -> list[str]:
        parts: dict[str, Any] = {"email": {"subject": "Save your seat"}, "sidecar": {"subject": built}}
        return shown("subject-line", build="<p>Hello</p>", **parts, **more)

    assert subject("[TEST] Buy our other product") == ["test-prefix", "wrong-subject"]
    assert subject("[TEST] Save your seat") == ["test-prefix"]
    assert subject("[TEST] Save your seat", off=("test-prefix",)) == ["wrong-subject"]


def test_copy_that_is_changed_beside_what_another_check_tells_is_shown_with_it() -> None:
    copy = {"copy": [GREETING]}
    build = f"<p>{WRONG.replace('save', 'keep')}</p>"
    codes = shown("copy", "token-names", campaign=MARKETO, email=copy, build=build)
    assert codes == ["changed-copy", "unknown-token"]
    garbled = "<p>Drinnen wird es gemÃ¼tlich, drauÃŸen schneit es.</p>"
    asked = {"copy": ["Drinnen wird es gemütlich, draußen regnet es."]}
    assert shown("copy", "encoding", email=asked, build=garbled) == ["changed-copy", "garbled-text"]
    left = f"<p>{COPY.replace('24 March', '[insert date]').replace('forty', 'fifty')}</p>"
    assert shown("copy", "placeholder-text", email={"copy": [COPY]}, build=left) == ["changed-copy", "placeholder-text"]


def test_a_placeholder_stands_for_no_more_blocks_than_there_are_placeholders() -> None:
    blocks = ["Doors open at nine.", COPY, "Bring a colleague and a question.", "See you in the old town hall."]
    build = f"<p>Doors open at nine.</p><p>{LOREM}</p><p>See you in the old town hall.</p>"
    codes = shown("copy", "placeholder-text", email={"copy": blocks}, build=build)
    assert codes == ["missing-copy", "missing-copy", "placeholder-text"]


def test_facts_in_another_place_than_the_changed_copy_are_shown_beside_it() -> None:
    build = f"<p>{COPY.replace('24', '26')}</p><p>Once more: 24 March 2025</p>"
    assert shown("copy", "offer-facts", campaign=OFFER, email={"copy": [COPY]}, build=build) == [
        "changed-copy",
        "wrong-date",
    ]


def test_a_merge_tag_that_is_there_elsewhere_is_lost_from_the_copy_all_the_same() -> None:
    email = {"copy": [GREETING], "tokens": ["{{lead.First Name:default=there}}"]}
    build = "<p>Hi, save your seat</p><p>Bye {{lead.First Name:default=there}}</p>"
    assert shown("copy", "tokens-asked", campaign=MARKETO, email=email, build=build) == ["changed-copy"]


def test_a_removed_block_with_its_link_is_told_once() -> None:
    email = {
        "copy": ["Doors open at nine.", COPY + " Save my seat"],
        "links": [{"text": "Save my seat", "url": "https://acme.example/a"}],
    }
    parts: dict[str, Any] = {"email": email, "build": "<p>Doors open at nine.</p>"}
    assert shown("copy", **parts) == ["missing-copy"]
    assert shown("link-presence", **parts) == ["missing-link"]
    assert shown("copy", "link-presence", **parts) == ["missing-copy"]
    assert shown("copy", "link-presence", off=("missing-copy",), **parts) == ["missing-link"]


def test_words_that_are_the_label_of_a_link_are_told_with_it() -> None:
    email = {"must_include": ["Save my seat"], "links": [{"text": "Save my seat", "url": "https://acme.example/a"}]}
    parts: dict[str, Any] = {"email": email, "build": '<a href="https://acme.example/a">Book it</a>'}
    assert shown("required-wording", **parts) == ["missing-wording"]
    assert shown("link-presence", **parts) == ["wrong-label"]
    assert shown("required-wording", "link-presence", **parts) == ["wrong-label"]
    assert shown("required-wording", "link-presence", off=("wrong-label",), **parts) == ["missing-wording"]


def test_an_unsubscribe_link_that_leads_nowhere_is_none() -> None:
    for href in ("", "#", "https//acme.example/off", "https://example.com/off"):
        parts: dict[str, Any] = {"email": {}, "build": f'<p>Hello</p><a href="{href}">Unsubscribe</a>'}
        assert shown("unsubscribe", **parts) == ["missing-unsubscribe"]
        together = shown("unsubscribe", "link-syntax", **parts)
        assert len(together) == 1 and together != ["missing-unsubscribe"]


def test_what_is_left_of_another_campaign_in_a_link_is_told_with_the_link() -> None:
    links = {"links": [{"text": "Go", "url": "https://acme.example/"}]}
    parts: dict[str, Any] = {"campaign": {"id": "MOPS-1423"}, "email": links}
    parts["build"] = '<a href="https://acme.example/?c=MOPS-1399">Go</a>'
    assert shown("leftover-ids", **parts) == ["leftover-id"]
    assert shown("leftover-ids", "link-destination", **parts) == ["wrong-destination"]
    parts["campaign"] = {"tracking": {"utm": {"campaign": "2026-q1"}}}
    parts["build"] = '<a href="https://acme.example/?utm_campaign=2025-q4">Go</a>'
    assert shown("leftover-campaigns", **parts) == ["leftover-campaign"]
    assert shown("leftover-campaigns", "tracking", **parts) == ["wrong-tracking"]


EVENT: dict[str, Any] = {"language": "en-GB", "offer": {"event_time": "14:00 GMT"}}


@pytest.mark.parametrize(
    ("campaign", "html", "text", "told"),
    [
        (EVENT, "14:00 GMT (15:00 CET)", "15:00 GMT (15:00 CEST)", {"15:00 GMT", "15:00 CEST"}),
        (EVENT, "14:00 GMT (15:00 CET)", "14:30 GMT (16:00 CET)", {"14:30 GMT", "16:00 CET"}),
        (EVENT, "14:00 GMT", "14:30 CET", {"14:30 CET"}),
        (EVENT, "14:00 CET", "15:00 GMT", {"14:00 CET", "15:00 GMT"}),
        (EVENT, "14:00 GMT (15:00 CET)", "15:00 CET", set()),
        ({}, "14:00 GMT (15:00 CET)", "14:30 GMT (15:00 CEST)", {"14:30 GMT", "15:00 CEST"}),
        ({}, "14:00 GMT", "14:00 BST", {"14:00 BST"}),
        ({}, "14:00 GMT", "15:30 CET", {"15:30 CET"}),
        ({}, "14:00 GMT", "15:00 CET", set()),
        ({}, "14:00 GMT", "19:30 IST", set()),
        ({}, "2 pm London time (3 pm Berlin time)", "3 pm London time (4 pm Berlin time)", {"3 pm", "4 pm"}),
        ({}, "3 pm ET / 12 pm PT", "4 pm ET / 1 pm PT", {"4 pm ET", "1 pm PT"}),
    ],
)
def test_each_time_that_differs_is_told_whatever_its_zone(
    campaign: dict[str, Any], html: str, text: str, told: set[str]
) -> None:
    begin = "Join us for forty minutes on what changed in the last year: 24 March, "
    parts: dict[str, Any] = {"campaign": campaign, "email": {}, "build": f"<p>{begin}{html}</p>", "plain": begin + text}
    judged = campaign_told("event-time", "time-zones", "offer-consistency", profile=Profile(render=False), **parts)
    found = [each.finding.actual or "" for each in judged]
    assert len(found) == len(told) and all(any(time.startswith(each) for time in told) for each in found), found


@pytest.mark.parametrize(
    ("campaign", "html", "text", "told"),
    [
        (EVENT, "14:00 GMT (15:00 CET)", "14:30 GMT (15:00 CET)", ["wrong-time"]),
        (EVENT, "14:00 GMT (16:00 CET)", "", ["wrong-time"]),
        (EVENT, "14:00 GMT", "14:30 GMT (16:00 CET)", ["unequal-times", "wrong-time"]),
        ({}, "14:00 GMT (15:00 CET)", "14:30 GMT (15:00 CET)", ["inconsistent-offer"]),
        ({}, "3 pm ET / 12 pm PT", "3 pm ET / 1 pm PT", ["inconsistent-offer"]),
        ({}, "14:00 GMT (16:00 CET)", "14:00 GMT (16:00 CET)", ["unequal-times", "unequal-times"]),
    ],
)
def test_two_times_of_one_moment_are_told_by_the_one_that_is_wrong(
    campaign: dict[str, Any], html: str, text: str, told: list[str]
) -> None:
    begin = "Join us for forty minutes on what changed in the last year: 24 March, "
    parts: dict[str, Any] = {"campaign": campaign, "email": {}, "build": f"<p>{begin}{html}</p>"}
    if text:
        parts["plain"] = begin + text
    assert shown("event-time", "time-zones", "offer-consistency", **parts) == told
