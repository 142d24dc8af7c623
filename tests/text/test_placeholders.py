"""Which texts are those of a template, and are those that belong together told together?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from qa.text.placeholders import is_title, is_whole, names_address, placeholders_in


def said(build: str, **kinds: object) -> list[str]:
    return [one.message for one in run_check("placeholder-text", build=build, **kinds).findings]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "A small river named Duden flows by their place",
        "A wonderful serenity has taken possession of my entire soul",
        "A preheader is the short summary text that follows the subject line",
        "Thanks for [type_of_action] with us",
        "Copyright © Your Website 2023",
        "1234 S. Broadway St. City, State 12345",
        "Client Name, Location",
    ],
)
def test_what_templates_hold(text: str) -> None:
    assert list(placeholders_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Grow your website in 2026",
        "Company name and size decide",
        "[unsubscribe_url]",
        "array[first_item] and [read_more](https://a.example)",
        "Kansas City, Missouri 64105",
        "Offer #2026-10#, item #A# and ##TITLE_1##",
        "Far away behind the word processor",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not list(placeholders_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Läs hela texten här",
        "Här kommer texterna till alla sånger",
        "Hier kommt der Sommer",
        "Den ganzen Text lesen Sie hier",
        "Insérez votre carte et profitez de votre remise",
        "Escribe tu texto en la taza que quieras",
        "Qui trovi il testo della canzone",
        "Lisää tekstiilejä kotiin",
        "ここにしかないテキスタイル",
        "Przykładowe menu na wieczór",
    ],
)
def test_what_speaks_of_texts_is_no_filler(text: str) -> None:
    assert not list(placeholders_in(text)) and not is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "Här kommer text om erbjudandet",
        "Hier steht Ihr Text.",
        "Hier kommt der Text hin",
        "Votre titre ici",
        "Texte d’exemple",
        "Aquí va el texto del banner",
        "Inserisci qui il tuo testo",
        "Insira o seu texto",
        "Hier komt uw tekst",
        "Her kommer tekst",
        "Sett inn tekst",
        "Tähän tulee teksti",
        "Tutaj wpisz tekst",
        "Sem vložte text",
        "Başlık buraya",
        "ここにテキスト",
        "見出しが入ります。見出しが入ります。",
        "此处为标题",
        "여기에 텍스트를",
        "Здесь будет текст",
        "Ide kerül a szöveg",
    ],
)
def test_filler_text_of_every_language(text: str) -> None:
    assert list(placeholders_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "[Video]",
        "As she said [sic]",
        "See [1] and [2, 3]",
        "[optional]",
        "Hi [firstname,fallback=there]",
        "[Check your order]",
        "[Add to calendar]",
        "[Update: new date and venue]",
        "[Check the date] https://acme.example/d",
        "[Check dates](https://acme.example/d)",
        "[Jetzt Preise prüfen]",
        "[Vérifier votre date de livraison]",
        "<< Previous 1 2 Next >>",
    ],
)
def test_what_stands_in_brackets_by_right(text: str) -> None:
    assert not list(placeholders_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ab 49 € [Preis prüfen!]",
        "From £49 [update price before send]",
        "Den [lägg till datum] ses vi",
        "With Dr Lee (TBC)",
        "<< check with legal >>",
        "<< Rückfrage: Rabatt ok? >>",
        "[vérifier le prix avec le client]",
        "[comprobar fecha]",
        "[sostituire immagine]",
        "[trocar imagem]",
        "[prijs checken bij Anna]",
        "[tjek pris]",
        "[sett inn lenke]",
        "[tarkista hinta]",
        "[sprawdzić cenę]",
        "[doplnit datum]",
        "[fiyatı kontrol et]",
        "[löschen vor Versand]",
    ],
)
def test_notes_of_one_person_to_another(text: str) -> None:
    assert list(placeholders_in(text))


def test_what_is_one_only_where_it_stands_alone() -> None:
    assert is_whole("Company Name") and is_whole("Project Title 2") and is_whole("Call to Action", "links")
    assert not is_whole("Company Name Ltd") and not is_whole("Call to action")
    assert said('<p><a href="https://a.example">Call to action</a> or not</p>') == [
        "The build still says “Call to action”: a placeholder."
    ]
    assert said("<h2>Call to action</h2>") == []
    assert said("<p>Company Name</p>", page={}) == ["The build still says “Company Name”: a placeholder."]
    form = '<form><label for="c">Company name</label><input id="c" name="company"></form>'
    assert said(form, page={}) == []


@pytest.mark.parametrize("title", ["Modern - Start Bootstrap Template", "Email Template", "Untitled Document", "Title"])
def test_titles_of_templates(title: str) -> None:
    assert is_title(title)
    build = f"<html><head><title>{title}</title></head><body><p>Hello</p></body></html>"
    assert said(build, page={}) == [f"The build still says “{title}” in its title: a placeholder."]


def test_a_title_is_called_what_it_is() -> None:
    shared = '<meta property="og:title" content="Email Template">'
    body = "<body><p>Hello</p></body>"
    told = said(f"<html><head><title>Your seat</title>{shared}</head>{body}</html>", page={})
    assert told == ["The build still says “Email Template” in its og:title: a placeholder."]
    told = said(f"<html><head><title>Email Template</title>{shared}</head>{body}</html>", page={})
    assert told == ["The build still says “Email Template” in its title and og:title: a placeholder."]


@pytest.mark.parametrize("title", ["Free webinar on templates", "Acme email template builder", "Your seat"])
def test_titles_of_campaigns(title: str) -> None:
    assert not is_title(title)


def test_neighbours_are_one_finding() -> None:
    footer = "<p>[Company Name, LLC]<br>1234 Street</p>"
    (message,) = said(f"<p>Hello</p>{footer}")
    assert message == "The build still says “[Company Name, LLC]” and “1234 Street”: placeholders."
    (finding,) = run_check("placeholder-text", build=footer, email={}).findings
    assert finding.each == ("[Company Name, LLC]", "1234 Street")
    assert len(said(f"<p>[Your Name]</p><p>Hello</p>{footer}")) == 2
    assert len(said(f"<p>Lorem ipsum</p>{footer}")) == 2


def test_a_tag_of_an_unknown_platform_is_for_a_person() -> None:
    answer = run_check("placeholder-text", build="<p>#TITLE-1#</p><p>#DESC-1#</p>", email={})
    assert [(one.code, one.review) for one in answer.findings] == [("placeholder-text", True)]


def test_a_placeholder_of_the_address_is_told_once() -> None:
    footer = "<p>Acme, 1234 S. Broadway St. City, State 12345</p>"
    assert names_address(footer)
    assert run_check("postal-address", build=footer, email={}).codes == ["missing-postal-address"]
    assert run_check("placeholder-text", build=footer, email={}).codes == ["placeholder-text"]


@pytest.mark.parametrize(
    "text",
    [
        "Hi [object Object], your seat is held.",
        "Dear None,",
        "Hallo undefined!",
        "Sehr geehrter Herr null, wir freuen uns",
        "Bonjour (null), votre place",
        "undefined, your seat is held",
        "Your total: €undefined",
        "Now NaN% off",
        "Starts on Invalid Date at nine",
        "Order number: null",
        "Your order undefined has been shipped",
        "You have undefined points left",
        "Liquid error: internal",
        "Liquid syntax error (line 3): Unknown tag",
        "translation missing: en.mail.title",
        "Notice: Undefined variable: name in /var/www/mail.php on line 12",
        "Traceback (most recent call last)",
        "Total #REF! of 20",
        "Hello <no value>, welcome",
        "Valid until 0000-00-00",
    ],
)
def test_what_a_program_prints_for_no_value(text: str) -> None:
    found = list(placeholders_in(text))
    assert [one.sort for one in found] == ["unfilled"]


@pytest.mark.parametrize(
    "text",
    [
        "An undefined term is left undefined.",
        "The result is undefined, and that is fine.",
        "Null Euro Versandkosten, null Risiko",
        "The contract is null and void.",
        "None of these; and none: that is all",
        "Naan and Nan's kitchen, NaNoWriMo",
        "The date is invalid.",
        "Error: no. Please notice: we moved.",
        "Item #NAME and 10.00.0000",
        "Hi Noneto, hi Nullmeyer",
        "Hi {{ name | default: null }}, {% if status == null %}welcome{% endif %}",
    ],
)
def test_words_that_programs_print_too(text: str) -> None:
    assert list(placeholders_in(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dear XYZ, thank you",
        "Hi FIRST NAME, join us",
        "Hallo Vorname, willkommen",
        "Firstname, your seat is held",
        "Booking [BR-000000000] is confirmed",
        "[Guest Name, 2 travelers]",
        "Replace this with your own words",
        "Replace this text",
        "ここにテキストを入力してください",
        "在此输入标题",
        "Ваш текст здесь",
    ],
)
def test_greetings_and_samples_that_templates_hold(text: str) -> None:
    assert list(placeholders_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Dear customer, dear name day child",
        "Hi there, tell us your first name",
        "First name and last name decide",
        "Replace this filter with a fresh one every spring",
        "Read [BR-204518] and [2027]",
        "ここに来てください",
        "Call 0800 000 0000",
    ],
)
def test_greetings_and_codes_of_a_campaign(text: str) -> None:
    assert list(placeholders_in(text)) == []


@pytest.mark.parametrize("alt", ["{alt}", "featureCard1ImgAlt", "heroImageAlt", "logoIcon2Title"])
def test_an_alternative_text_that_is_the_templates_own(alt: str) -> None:
    assert said(f'<p>Join us.</p><img src="a.png" alt="{alt}">') == [f"The build still says “{alt}”: a placeholder."]


@pytest.mark.parametrize("alt", ["Hero of the day", "A card with the word alt", "", "cardigan", "Photo 1"])
def test_an_alternative_text_of_the_campaign(alt: str) -> None:
    assert said(f'<p>Join us.</p><img src="a.png" alt="{alt}">') == []


def test_what_a_program_printed_is_told_as_such() -> None:
    (message,) = said("<p>Hi [object Object], your seat is held.</p>")
    assert message == "The build says “[object Object]”: a program printed it where it found no value."


@pytest.mark.parametrize(
    "text",
    [
        "[Fenna: foto van Joris hier nog toevoegen?]",
        "【会社名を確認中】",
        "[Preis noch klären]",
        "[à valider avec le juridique]",
        "[speaker TBC]",
        "[Datum folgt]",
        "[Anna: please shorten this paragraph]",
        "[Ist das die richtige Adresse?]",
        "［価格未定］",
        "[por definir con ventas]",
    ],
)
def test_a_note_among_colleagues(text: str) -> None:
    assert [found.said for found in placeholders_in(f"Before it. {text} Behind it.")] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "[image: Acme logo]",
        "[Image: A missing piece]",
        "[Description: Description: cid:image001.png@01CD286C.D0001580]",
        "[Update: sold out in blue]",
        "【無料オンラインセミナー】",
        "The [missing] piece",
        "Read more [here](https://a.example/missing)",
        "[Video: How to follow the recipe]",
        "an array a[0]? b[1]",
    ],
)
def test_brackets_that_are_no_note(text: str) -> None:
    assert list(placeholders_in(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Bild folgt noch]",
        "Our new range (image to come)",
        "Price: 49 € (TBC)",
        "<<Text kommt>>",
        "{{ copy here }}",
        "// ask Legal",
        "Ab XX.XX. im Handel",
        "ab XX,XX €",
        "À partir de XX € par personne",
        "(Link fehlt noch)",
        "(insert link here)",
        "(photo à venir)",
        "(link to follow)",
        "(falta el enlace)",
        "(foto volgt nog)",
        "(bild saknas)",
        "(link do uzupełnienia)",
        "(imagem pendente)",
        "(linkki puuttuu)",
        "<< Preis einsetzen >>",
        "!!! Preis prüfen !!!",
        "*** CHECK PRICE ***",
        "TODO: new price",
        "// TODO price",
        "xx. März 2026",
        "XX March",
        "XX:XX Uhr",
        "€ 00,00",
        "{{ text kommt noch }}",
        "{{ TEXT HIER }}",
        "Preis: ???",
        "Preis ??? Euro",
        "(???)",
        "Starts at ?? pm",
        "___ Euro",
        "[CTA]",
        "[Preis]",
        "[PRICE]",
        "[Datum]",
        "NOTE TO DESIGN: make this bigger",
        "Hinweis an Grafik: Bild tauschen",
        "Note interne : vérifier le prix",
    ],
)
def test_what_colleagues_tell_each_other_and_values_to_come(text: str) -> None:
    assert [one for one in placeholders_in(text) if not one.sort]


@pytest.mark.parametrize(
    "text",
    [
        "Ab 49 Euro (prix à confirmer)",
        "(Preis noch prüfen)",
        "(date à valider)",
        "(check with legal)",
        "(precio por confirmar)",
        "(prezzo da confermare)",
        "(inserire link)",
        "(prijs nog checken)",
        "(pris ska kollas)",
        "(cena do potwierdzenia)",
        "(preço a confirmar)",
        "(価格確認中)",
        "（日付未定）",
        "@Legal please check",
        "Visuel à remplacer !",
        "Bild folgt noch",
        "Falta el enlace.",
        "@Anna: bitte Preis prüfen",
        "Lisbon, October (date to be confirmed)",
        "(lieu à confirmer)",
    ],
)
def test_what_a_reader_may_be_told_is_a_question(text: str) -> None:
    (one,) = placeholders_in(text)
    assert one.sort == "remark"


@pytest.mark.parametrize(
    "text",
    [
        "Save up to 20% (see terms)",
        "(image: Maria Keller)",
        "Prices (incl. VAT)",
        "(link in bio)",
        "Workshop (Ort wird noch bekannt gegeben)",
        "Termin folgt",
        "(check your junk folder)",
        "Please check your order (number 4711)",
        "(prices from January)",
        "(Foto: Anna Meyer)",
        "(Bild links)",
        "(text only)",
        "(photo to be submitted by 3 May)",
        "Price to be confirmed at checkout",
        "<< back",
        "{{first_name}}",
        "{{ copy_block }}",
        "// Acme",
        "https://acme.example",
        "XX. Internationaler Kongress",
        "XXL",
        "Size XX",
        "Super Bowl XX",
        "(add to calendar)",
        "(missing link)",
        "(confirm your email)",
        "(update your preferences)",
        "(link opens in new window)",
        "(links to PDF)",
        "(the image shows the price)",
        "Confirm your price (code needed)",
        "What??? No way",
        "Really?",
        "Is it 5 ?? No",
        "@acme",
        "Follow @acme and check our prices",
        "(Preis inkl. MwSt., zzgl. Versand)",
        "(Preise können abweichen)",
        "(cambia el precio según la fecha)",
        "(photo non contractuelle)",
        "(à confirmer lors de la réservation)",
        "[Mehr]",
        "[Details]",
        "(to be continued)",
        "(verify with your code)",
        "(update: new date)",
        "(translate the text)",
        "(fotos a color)",
        "(replace the image with your own photo)",
        "(not missing)",
        "Das Bild folgt dem Text auf Seite 4",
        "Photos à venir chercher en boutique",
        "Tickets 0,00 €",
        "Change of date (change of date)",
        "(photo ID needed)",
        "Acme // Check prices",
    ],
)
def test_what_stands_in_brackets_in_public_copy(text: str) -> None:
    assert not list(placeholders_in(text))


def test_a_remark_that_the_request_has_is_meant() -> None:
    build = "<p>Lisbon, October (date to be confirmed). Come and see us.</p>"
    assert run_check("placeholder-text", build=build, email={}).outcome is Outcome.REVIEW
    copy = {"copy": "Lisbon, October (date to be confirmed)."}
    assert run_check("placeholder-text", build=build, email=copy).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("NOTE: confirm with legal", ""),
        ("NOTA: confirmar con legal", ""),
        ("Hinweis: Preis mit Kunde abstimmen", ""),
        ("Remarque: vérifier avec le client", ""),
        ("Let op: checken met juridisch", ""),
        ("(Nr. prüfen)", "remark"),
        ("(Tel. prüfen)", "remark"),
        ("(vérifier le numéro)", "remark"),
        ("UWAGA: sprawdzić cenę", "remark"),
        ("ACHTUNG: Preis noch prüfen", "remark"),
        ("NB: check the price", "remark"),
    ],
)
def test_a_note_at_the_end_of_a_paragraph(text: str, sort: str) -> None:
    (one,) = placeholders_in(f"Four evenings in a small group, so come and join us. {text}")
    assert (one.said, one.sort) == (text, sort)


@pytest.mark.parametrize(
    "text",
    [
        "Please note: seats are limited.",
        "NOTE: Prices are subject to change.",
        "Note: confirm your email address before 3 May.",
        "NB: check prices on our site.",
        "NOTE: please confirm with your hotel.",
        "Hinweis: Bitte prüfen Sie Ihre Angaben.",
        "UWAGA: sprawdź datę ważności karty",
        "Nota: confirme su asistencia con su gestor.",
        "(Bitte Ausweis prüfen)",
        "Die Nr. 1 der Prüfer (Nr. 1 in Köln)",
    ],
)
def test_a_note_to_readers(text: str) -> None:
    assert not list(placeholders_in(f"Four evenings in a small group. {text}"))
