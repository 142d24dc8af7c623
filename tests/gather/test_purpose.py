"""What an email is for, by its request or its words; and what a transactional one is not asked for."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check

RECEIPT = "<h1>Your receipt from Acme</h1><p>Order number 20931</p><p>Total paid €49.00</p>"
_NEEDLESS = ("unsubscribe", "postal-address", "view-in-browser")

TRANSACTIONAL = [
    ("Reset your password", "If you did not request this, ignore this email."),
    ("Your order #20931 has shipped", "Shipping address: 1 High Street"),
    ("Confirm your email address", "The link expires in 24 hours."),
    ("Ihre Bestellbestätigung", "Bestellnummer 20931, Zwischensumme 49,00 €"),
    ("Passwort zurücksetzen", "Wenn Sie dies nicht angefordert haben, ignorieren Sie bitte diese E-Mail."),
    ("Réinitialisez votre mot de passe", "Ce lien expire dans une heure."),
    ("Confirmation de votre commande", "Numéro de commande : 20931"),
    ("Restablece tu contraseña", "Si no lo has solicitado, ignora este mensaje."),
    ("Conferma d'ordine", "Numero d'ordine 20931"),
    ("Redefinição: redefina sua senha", "O link expira em 24 horas."),
    ("Bevestiging van je bestelling", "Bestelnummer 20931"),
    ("Orderbekräftelse", "Ordernummer 20931"),
    ("Potwierdzenie zamówienia", "Numer zamówienia 20931"),
    ("Сброс пароля", "Если вы не запрашивали это письмо, проигнорируйте его."),
    ("ご注文の確認", "注文番号 20931"),
    ("订单确认", "订单号 20931"),
    ("비밀번호 재설정", "본인이 요청하지 않았다면 무시하세요"),
]
MARKETING = [
    ("Save your seat", "Join us on 24 March."),
    ("Order confirmation emails that sell", "Five brands, five ideas. Read the article."),  # one sign alone
    ("Spring news", "Your order number is printed on the box, and order 20931 was our best."),
    ("Your invoice software for spring", "From €9 a month. Start your free trial."),
    ("A better password manager", "Reset your passwords less often."),
]


@pytest.mark.parametrize(("subject", "text"), TRANSACTIONAL, ids=[subject for subject, _ in TRANSACTIONAL])
def test_a_transactional_email_is_not_asked_for_what_it_need_not_have(subject: str, text: str) -> None:
    for check in _NEEDLESS:
        by_subject = run_check(check, email={}, sidecar={"subject": subject}, build=f"<p>{text}</p>")
        assert by_subject.outcome is Outcome.SKIPPED and subject in by_subject.reason, check
        by_heading = run_check(check, email={}, build=f"<h1>{subject}</h1><p>{text}</p>")
        assert by_heading.outcome is Outcome.SKIPPED, check


@pytest.mark.parametrize(("subject", "text"), MARKETING, ids=[subject for subject, _ in MARKETING])
def test_marketing_is_asked_for_all(subject: str, text: str) -> None:
    answer = run_check("unsubscribe", email={}, sidecar={"subject": subject}, build=f"<p>{text}</p>")
    assert answer.codes == ["missing-unsubscribe"]


def test_the_request_decides() -> None:
    news = "<h1>Spring news</h1><p>Ten new routes.</p>"
    for check in _NEEDLESS:
        said = run_check(check, email={"purpose": "transactional"}, build=news)
        assert said.outcome is Outcome.SKIPPED and "the request calls it transactional" in said.reason
        assert run_check(check, email={"purpose": "marketing"}, build=RECEIPT).codes


def test_a_request_that_asks_for_an_unsubscribe_link_gets_one() -> None:
    links = [{"text": "Unsubscribe", "url": "{{system.unsubscribeLink}}"}]
    assert run_check("unsubscribe", email={"links": links}, build=RECEIPT).codes == ["missing-unsubscribe"]


def test_a_broken_link_of_a_transactional_email_is_told_all_the_same() -> None:
    assert run_check("unsubscribe", email={}, build=RECEIPT + '<p><a href="#">Unsubscribe</a></p>').codes
    assert run_check("view-in-browser", email={}, build=RECEIPT + '<p><a href="#">View in browser</a></p>').codes
    assert run_check("postal-address", email={}, build=RECEIPT + "<p>[Company address]</p>").codes


def test_a_transactional_email_is_no_advertisement() -> None:
    campaign = {"legal": {"regions": ["kr"]}}
    receipt = {"subject": "Your receipt from Acme"}
    assert not run_check("legal-footer", campaign=campaign, email={}, sidecar=receipt, build=RECEIPT).codes
    news = {"subject": "Spring news"}
    assert run_check("legal-footer", campaign=campaign, email={}, sidecar=news, build="<p>Hi</p>").codes
