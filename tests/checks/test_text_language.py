"""The language of the text."""

from __future__ import annotations

from typing import Any

import pytest

from qa.facts import facts
from qa.finding import Outcome
from qa.testing import Answer, run_check

TEXTS = {
    "en": "Join us for forty minutes on what has changed this year, and bring your questions with you.",
    "de": "Seien Sie vierzig Minuten dabei, wenn wir Ihnen zeigen, was sich in diesem Jahr für Sie geändert hat.",
    "fr": "Rejoignez-nous pour quarante minutes sur ce qui a changé cette année, et posez toutes vos questions.",
    "es": "Acompáñenos durante cuarenta minutos para ver qué ha cambiado este año y traiga sus preguntas con usted.",
    "it": "Vi aspettiamo per quaranta minuti su che cosa è cambiato quest’anno, con tutte le vostre domande per noi.",
    "nl": "Wij laten u in veertig minuten zien wat er dit jaar is veranderd, en u kunt al uw vragen aan ons stellen.",
    "pl": "Zapraszamy na czterdzieści minut o tym, co się zmieniło w tym roku, i na wszystkie pytania do nas.",
    "sv": "Var med oss i fyrtio minuter om vad som har ändrats i år, och ta med dig alla dina frågor till oss.",
    "ru": "Присоединяйтесь к нам на сорок минут, чтобы узнать, что изменилось в этом году, и задать все свои вопросы.",
    "ja": "今年の変更点について四十分でご紹介します。ご質問をお持ちの上、ぜひご参加ください。",
}


def asked(text: str, **more: Any) -> Answer:
    return run_check("text-language", build=f"<html><body>{text}</body></html>", **({"email": {}} | more))


@pytest.mark.parametrize("language", TEXTS)
def test_the_right_language(language: str) -> None:
    answer = asked(f"<p>{TEXTS[language]}</p>", email={"language": language})
    assert answer.outcome is Outcome.PASSED
    assert asked(f"<p>{TEXTS[language]}</p>", email={"language": f"{language}-XX"}).codes == []


@pytest.mark.parametrize("language", TEXTS)
def test_the_wrong_language(language: str) -> None:
    other = "de" if language == "en" else "en"
    (finding,) = asked(f"<p>{TEXTS[language]}</p>", email={"language": other}).findings
    assert finding.code == "wrong-text-language"
    assert (finding.expected, finding.actual) == (
        facts("language_words")["names"][other],
        facts("language_words")["names"][language],
    )


def test_the_language_the_document_says() -> None:
    answer = run_check("text-language", email={}, build=f'<html lang="en"><body><p>{TEXTS["de"]}</p></body></html>')
    assert answer.codes == ["mislabelled-language"]


def test_one_block_that_was_left_over() -> None:
    build = f"<p>{TEXTS['de']}</p><p>{TEXTS['de']}</p><p>{TEXTS['de']}</p><p>{TEXTS['de']}</p><p>{TEXTS['en']}</p>"
    (finding,) = asked(build, email={"language": "de"}).findings
    assert (finding.code, finding.review) == ("foreign-block", False)
    wanted = asked(build, email={"language": "de", "must_include": [TEXTS["en"]]})
    assert wanted.codes == []  # the request asks for it


def test_two_languages_side_by_side_are_for_a_person() -> None:
    build = f"<p>{TEXTS['de']}</p><p>{TEXTS['de']}</p><p>{TEXTS['en']}</p><p>{TEXTS['en']}</p>"
    answer = asked(build, email={"language": "de"})
    assert (answer.codes, answer.outcome) == (["foreign-block"], Outcome.REVIEW)


@pytest.mark.parametrize(
    "text",
    [
        "Save now",
        "Acme GmbH, Müller und Söhne, Hamburg, Berlin, Köln, Leipzig, Dresden, Essen, Dortmund, Bremen, Bonn",
        "https://a.example/wir-sind-fuer-sie-da und@a.example {{my.wir sind für Sie da und haben das}}",
        "Download the guide · Read the blog · Привет",
    ],
)
def test_names_and_addresses_are_no_language(text: str) -> None:
    assert asked(f"<p>{text}</p><p>{TEXTS['en']}</p>", email={"language": "en"}).codes == []


def test_filler_text_is_in_another_language() -> None:
    lorem = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore"
    assert asked(f"<p>{lorem}</p><p>{TEXTS['en']}</p>", email={"language": "en"}).codes == ["foreign-block"]
    assert asked(f"<p>{lorem}</p>", email={"language": "en"}).codes == ["wrong-text-language"]


def test_what_cannot_be_told_is_skipped() -> None:
    assert asked("<p>Hello</p>", email={"language": "en"}).outcome is Outcome.SKIPPED
    assert asked(f"<p>{TEXTS['en']}</p>").outcome is Outcome.SKIPPED
    assert asked(f"<p>{TEXTS['en']}</p>", email={"language": "tlh"}).outcome is Outcome.SKIPPED


@pytest.mark.parametrize("piece", ["a", "the ", "\u0430", "@ "])
def test_hostile_text(piece: str) -> None:
    answer = run_check("text-language", email={"language": "de"}, build={"repeat": [piece, 200_000]})
    assert len(answer.findings) <= 1


LINES = [  # the email's language, a line of another one, and that language
    ("de", "<a href='https://acme.example/v'>View in browser</a>", "English"),
    ("de", "<p>You are receiving this because you signed up at our shop.</p>", "English"),
    ("fr", "<a href='https://acme.example/v'>View this email in your browser</a>", "English"),
    ("en", "<p>Sie erhalten diese E-Mail, weil Sie sich bei uns angemeldet haben.</p>", "German"),
    ("en", "<h2>Descubre todo lo que tenemos para ti</h2>", "Spanish"),
    ("es", "<a href='https://acme.example/l'>Leia mais</a>", "Portuguese"),
    ("it", "<a href='https://acme.example/s'><img src='b.png' alt='Jetzt kaufen'></a>", "German"),
    ("nl", "<p><a href='%unsubscribelink%'>Se désabonner</a></p>", "French"),
    ("ja", "<a href='https://acme.example/s'>Learn more</a>", "English"),
]


@pytest.mark.parametrize(("language", "line", "found"), LINES)
def test_one_short_line_in_another_language(language: str, line: str, found: str) -> None:
    (finding,) = asked(f"<p>{TEXTS[language] * 3}</p>{line}", email={"language": language}).findings
    assert (finding.code, finding.actual) == ("foreign-block", found)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Newsletter"),
        ("de", "Download"),
        ("de", "Casa de las Flores en la Playa"),
        ("de", "The Lord of the Rings"),
        ("de", "State of the art"),
        ("fr", "Best of the week"),
        ("it", "Privacy policy"),
        ("nl", "Lees meer"),
        ("sv", "Read the “View in browser” story"),
        ("en", "La vie est belle"),
        ("en", "Carpe diem"),
    ],
)
def test_a_name_or_a_loan_is_no_line_in_another_language(language: str, line: str) -> None:
    assert asked(f"<p>{TEXTS[language] * 3}</p><h2>{line}</h2>", email={"language": language}).codes == []


SPOKEN = [  # the email's language, a line of a few words, and its language
    ("de", "<a href='https://acme.example/s'>Secure your seat today</a>", "English"),
    ("en", "<h2>Nur noch wenige Plätze frei</h2>", "German"),
    ("en", "<p>Réservez votre place dès maintenant.</p>", "French"),
    ("it", "<a href='https://acme.example/s'>Descubre nuestra nueva colección</a>", "Spanish"),
    ("de", "<td>Meld je nu aan voor het webinar</td>", "Dutch"),
    ("en", "<p>Säkra din plats redan idag</p>", "Swedish"),
    ("en", "<p>Zarezerwuj swoje miejsce już dziś</p>", "Polish"),
    ("fr", "<p>Thank you for your order.</p>", "English"),
]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Just for you"),
        ("de", "Save the date"),
        ("fr", "Buy now, pay later"),
        ("de", "Bring your own device"),
        ("en", "Mi casa es su casa"),
        ("en", "Je ne regrette rien"),
        ("en", "Diese E-Mail auf Deutsch lesen"),
        ("de", "Read this email in English"),
        ("en", "Lire cet e-mail en français"),
        ("en", "<div lang='fr'>Votre place est réservée chez nous</div>"),
        ("sv", "Boka din plats nu"),
    ],
)
def test_what_is_borrowed_and_the_way_to_another_version_are_no_foreign_lines(language: str, line: str) -> None:
    assert asked(f"<p>{TEXTS[language] * 3}</p><h2>{line}</h2>", email={"language": language}).codes == []


@pytest.mark.parametrize(("language", "line", "found"), SPOKEN)
def test_a_line_that_speaks_to_the_reader_in_another_language(language: str, line: str, found: str) -> None:
    (finding,) = asked(f"<p>{TEXTS[language] * 3}</p>{line}", email={"language": language}).findings
    assert (finding.code, finding.actual) == ("foreign-block", found)


def test_a_short_line_that_was_asked_for_may_be_in_any_language() -> None:
    text, line = TEXTS["de"] * 3, "<a href='https://acme.example/s'>Shop now</a>"
    email = {"language": "de", "links": [{"text": "Shop now", "url": "https://acme.example/s"}]}
    assert asked(f"<p>{text}</p>{line}", email=email).codes == []
    assert asked(f"<p>{text}</p>{line}", email={"language": "de"}).codes == ["foreign-block"]


DRESSED = [  # a line in capitals, in title case, with the names of somebody or something
    ("de", "SECURE YOUR SEAT TODAY", "English"),
    ("en", "NUR NOCH WENIGE PLÄTZE FREI", "German"),
    ("de", "RÉSERVEZ VOTRE PLACE DÈS MAINTENANT", "French"),
    ("en", "ZAREZERWUJ SWOJE MIEJSCE JUŻ DZIŚ", "Polish"),
    ("en", "BOKA DIN PLATS REDAN IDAG", "Swedish"),
    ("es", "Discover Our New Collection Today", "English"),
    ("nl", "Reserve your seat with Maria Keller now", "English"),
    ("de", "Secure your seat at Nordwind Summit today", "English"),
    ("fr", "You are receiving this because you signed up at Acme Outdoor Store.", "English"),
    ("en", "Jetzt mit Nordwind Summit Ihren Platz sichern", "German"),
]


@pytest.mark.parametrize(("language", "line", "found"), DRESSED)
def test_neither_capitals_nor_names_hide_a_line_in_another_language(language: str, line: str, found: str) -> None:
    sender = {"name": "Nordwind Summit", "address": "hallo@nordwind.example"}
    email = {"language": language, "from": sender, "must_include": ["Acme Outdoor Store"]}
    (finding,) = asked(f"<p>{TEXTS[language] * 3}</p><h2>{line}</h2>", email=email).findings
    assert (finding.code, finding.actual) == ("foreign-block", found)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "JUST DO IT"),
        ("de", "THE NORTH FACE"),
        ("de", "BED BATH AND BEYOND"),
        ("de", "Call Me by Your Name"),
        ("de", "The Art of War by Sun Tzu"),
        ("de", "BUY NOW, PAY LATER"),
        ("en", "BANCO DE LA NACIÓN ARGENTINA"),
        ("en", "Médecins Sans Frontières"),
        ("en", "DIE ZEIT"),
        ("fr", "Women Who Code and the Future of Work"),
        ("de", "YOU’LL NEVER WALK ALONE"),
    ],
)
def test_names_and_titles_in_capitals_are_in_every_language(language: str, line: str) -> None:
    assert asked(f"<p>{TEXTS[language] * 3}</p><h2>{line}</h2>", email={"language": language}).codes == []
