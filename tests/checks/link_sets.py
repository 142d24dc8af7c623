"""Whole emails of several trades and languages, as their teams build them, with the few links their requests name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LONG = {
    "en": "This spring we have put together everything you need for long days outdoors, and a little more besides.",
    "de": "In diesem Frühjahr haben wir alles zusammengestellt, was Sie für lange Tage im Freien brauchen, und noch etwas mehr.",
    "fr": "Ce printemps, nous avons réuni tout ce qu'il vous faut pour de longues journées en plein air, et un peu plus.",
    "ja": "この春、屋外で過ごす長い一日に必要なものをすべて取りそろえました。どうぞゆっくりご覧ください。",
}


@dataclass(frozen=True)
class LinkSet:
    """One email: what its request says, its build when it is right, and edits that leave a wrong link in it."""

    name: str
    build: str
    asked: Mapping[str, Any]
    wrong: tuple[tuple[str, str, str], ...]  # what is replaced, by what, and what the finding must name
    campaign: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def _row(*links: tuple[str, str], between: str = " | ") -> str:
    return between.join(f'<a href="{href}" style="color:#333">{text}</a>' for text, href in links)


def _logo(href: str, alt: str) -> str:
    return f'<table><tr><td><a href="{href}"><img src="images/logo.png" alt="{alt}" width="160"></a></td></tr></table>'


def _button(href: str, text: str) -> str:
    return f'<table><tr><td bgcolor="#0a0"><a href="{href}" style="background:#0a0;color:#fff">{text}</a></td></tr></table>'


def _tile(href: str, name: str, price: str, label: str) -> str:
    picture = f'<a href="{href}"><img src="images/{name[:4]}.jpg" alt="{name}" width="260"></a>'
    return f'<td>{picture}<p><a href="{href}">{name}</a></p><p>{price}</p>{_button(href, label)}</td>'


def _email(*parts: str) -> str:
    return f"<html><body>{''.join(parts)}</body></html>"


SHOP = "https://www.fernway.example"
RETAIL = LinkSet(
    "retail grid",
    _email(
        f"<p>{_row(('View in browser', '%%view_email_url%%'))}</p>",
        _logo(f"{SHOP}/?utm_source=sfmc", "Fernway"),
        f"<p>{_row(('Women', SHOP + '/c/women'), ('Men', SHOP + '/c/men'), ('Kids', SHOP + '/c/kids'), ('Sale', SHOP + '/sale'))}</p>",
        f'<a href="{SHOP}/spring"><img src="images/hero.jpg" alt="Spring is here" width="600"></a>',
        f"<h1>Spring is here</h1><p>{_LONG['en']}</p>",
        _button(f"{SHOP}/spring", "Shop the spring collection"),
        "<table><tr>",
        _tile(f"{SHOP}/p/rain-shell", "Rain shell", "$89", "Shop now"),
        _tile(f"{SHOP}/p/trail-boot", "Trail boot", "$129", "Shop now"),
        "</tr></table>",
        f"<p>{_row(('Facebook', 'https://www.facebook.com/fernway'), ('Instagram', 'https://instagram.com/fernway'))}</p>",
        '<a href="https://apps.apple.com/us/app/fernway/id123"><img src="images/store.png" alt="App Store"></a>',
        f"<p>{_row(('Find a store', 'https://stores.fernway.example/'), ('Help', SHOP + '/help'), ('Returns', SHOP + '/returns'))}</p>",
        f"<p>© 2027 Fernway Inc. {_row(('Privacy', SHOP + '/privacy'), ('Terms of use', SHOP + '/terms'), ('Unsubscribe', '%%unsub_center_url%%'))}</p>",
    ),
    {
        "links": [
            {"text": "Shop the spring collection", "url": f"{SHOP}/spring"},
            {"text": "Rain shell", "url": f"{SHOP}/p/rain-shell"},
            {"text": "Trail boot", "url": f"{SHOP}/p/trail-boot"},
        ]
    },
    (
        (
            "</tr></table><p>",
            f"{_tile(SHOP + '/p/ski-jacket', 'Ski jacket', '$210', 'Shop now')}</tr></table><p>",
            "ski-jacket",
        ),
        (f'href="{SHOP}/?utm_source=sfmc"', 'href="https://www.northway.example/"', "northway.example"),
        (f'<a href="{SHOP}/spring"><img', f'<a href="{SHOP}/winter"><img', "winter"),
        (f'"{SHOP}/terms"', f'"{SHOP}/terms/winter-sale"', "winter-sale"),
    ),
)

PRESS = "https://www.tagblatt-nord.example"
NEWSLETTER = LinkSet(
    "newsletter with 30 articles",
    _email(
        _logo(PRESS, "Tagblatt Nord"),
        f"<h1>Der Morgen im Norden</h1><p>{_LONG['de']}</p>",
        *(
            f'<h2><a href="{PRESS}/artikel/{n}">Artikel Nummer {n}</a></h2><a href="{PRESS}/artikel/{n}">Weiterlesen</a>'
            for n in range(30)
        ),
        f"<p>{_row(('Impressum', PRESS + '/impressum'), ('Datenschutz', PRESS + '/datenschutz'), ('Kontakt', PRESS + '/kontakt'), ('Abmelden', '*|UNSUB|*'))}</p>",
        f"<p>{_row(('Mediadaten', PRESS + '/mediadaten'), ('Abo', PRESS + '/abo'), ('E-Paper', PRESS + '/epaper'))}</p>",
    ),
    {"language": "de", "links": [{"text": f"Artikel Nummer {n}", "url": f"{PRESS}/artikel/{n}"} for n in range(30)]},
    (
        (
            "<p><a",
            f'<h2><a href="{PRESS}/artikel/wintersport-2025">Wintersport im Harz</a></h2><p><a',
            "wintersport-2025",
        ),
        (
            "</body>",
            '<p><a href="https://partner.example/gewinnspiel">Zum Gewinnspiel</a></p></body>',
            "partner.example",
        ),
    ),
)

FORUM = "https://www.forum-hanse.example"
EVENT = LinkSet(
    "event",
    _email(
        f"<p>{_row(('Trouble reading this?', '{{system.viewAsWebpageLink}}'))}</p>",
        _logo(f"{FORUM}/en", "Forum Hanse"),
        f"<h1>Forum Hanse 2027</h1><p>{_LONG['en']}</p>",
        _button(f"{FORUM}/en/register", "Register now"),
        f'<p>Two days, forty speakers: <a href="{FORUM}/en/programme">see the full programme</a>.</p>',
        '<p>Questions? <a href="mailto:hello@forum-hanse.example">Write to us</a> or <a href="tel:+49401234567">call</a>.</p>',
        '<p><a href="https://www.linkedin.com/company/forum-hanse"><img src="in.png" alt="LinkedIn"></a></p>',
        f"<p>{_row(('Imprint', FORUM + '/en/imprint'), ('Privacy', FORUM + '/en/privacy'), ('Unsubscribe', '{{system.unsubscribeLink}}'))}</p>",
    ),
    {
        "links": [{"text": "Register now", "url": f"{FORUM}/en/register"}],
        "copy": ["# Forum Hanse 2027", _LONG["en"], "Two days, forty speakers: see the full programme."],
    },
    (
        ("</h1>", f'</h1><p><a href="{FORUM}/en/2026/recap">What happened in 2026</a></p>', "recap"),
        (
            "<p>Questions?",
            '<p><a href="https://www.youtube.com/watch?v=abc">Watch the film</a></p><p>Questions?',
            "youtube.com",
        ),
    ),
)

BANK = "https://www.sparbank-ems.example"
LETTER = LinkSet(
    "bank letter",
    _email(
        _logo(BANK, "Sparbank Ems"),
        f"<p>Sehr geehrte Frau Weber,</p><p>{_LONG['de']}</p><p>{_LONG['de']}</p>",
        f'<p><a href="{BANK}/bedingungen-2027.pdf">Neue Bedingungen ansehen</a></p>',
        '<p>Einlagensicherung: <a href="https://www.bafin.de/einlagensicherung">BaFin</a></p>',
        f"<p>{_row(('Filialfinder', BANK + '/filialen'), ('Sicherheit', BANK + '/sicherheit'), ('AGB', BANK + '/agb'), ('Impressum', BANK + '/impressum'))}</p>",
    ),
    {"language": "de", "links": [{"text": "Neue Bedingungen ansehen", "url": f"{BANK}/bedingungen-2027.pdf"}]},
    (
        (
            "<p>Einlagensicherung",
            f'<p><a href="{BANK}/kredit-aktion">Zum Sofortkredit</a></p><p>Einlagensicherung',
            "kredit-aktion",
        ),
        (f'"{BANK}/sicherheit"', '"https://www.sparbank-weser.example/sicherheit"', "sparbank-weser.example"),
    ),
)

SHIP = "https://shop.klarholz.example"
RECEIPT = LinkSet(
    "transactional receipt",
    _email(
        _logo("https://www.klarholz.example/", "Klarholz"),
        f"<h1>Thank you for your order</h1><p>{_LONG['en']}</p>",
        _button(f"{SHIP}/orders/{{{{order.number}}}}", "Track your order"),
        f"<p>{_row(('Returns', SHIP + '/returns'), ('My account', SHIP + '/account'), ('Contact us', 'https://www.klarholz.example/contact'))}</p>",
        '<p><a href="https://www.trustpilot.com/review/klarholz.example">Trustpilot</a></p>',
    ),
    {"links": [{"text": "Track your order", "url": f"{SHIP}/orders/{{{{order.number}}}}"}]},
    (("<p><a", f'<p><a href="{SHIP}/black-friday">Black Friday is still on</a></p><p><a', "black-friday"),),
)

CARE = "https://www.secours-lac.example"
CHARITY = LinkSet(
    "charity",
    _email(
        f"<p>{_row(('Voir dans le navigateur', '{{{weblink}}}'))}</p>",
        _logo(f"{CARE}/fr", "Secours du Lac"),
        f"<h1>Un printemps pour tous</h1><p>{_LONG['fr']}</p>",
        _button(f"{CARE}/fr/don?montant=40", "Je donne 40 €"),
        _button(f"{CARE}/fr/don?montant=80", "Je donne 80 €"),
        f"<p>{_row(('Qui sommes-nous', CARE + '/fr/association'), ('Nous contacter', CARE + '/fr/nous-ecrire'), ('Mon espace', 'https://espace.secours-lac.example/'))}</p>",
        f"<p>{_row(('Mentions légales', CARE + '/fr/mentions-legales'), ('Se désinscrire', '{{{unsubscribe}}}'))}</p>",
    ),
    {
        "language": "fr",
        "links": [
            {"text": "Je donne 40 €", "url": f"{CARE}/fr/don?montant=40"},
            {"text": "Je donne 80 €", "url": f"{CARE}/fr/don?montant=80"},
        ],
    },
    (("</h1>", f'</h1><p><a href="{CARE}/fr/noel">Notre collecte de Noël</a></p>', "noel"),),
)

TEA = "https://www.midori-cha.example"
JAPAN = LinkSet(
    "Japanese shop",
    _email(
        f"<p>{_row(('ブラウザで表示', '{{viewInBrowserUrl}}'))}</p>",
        _logo(f"{TEA}/ja/", "みどり茶"),
        f"<p>{_row(('新茶', TEA + '/ja/c/shincha'), ('茶器', TEA + '/ja/c/chaki'), ('ギフト', TEA + '/ja/c/gift'))}</p>",
        f"<h1>新茶の 季節です</h1><p>{_LONG['ja']}</p>",
        _button(f"{TEA}/ja/shincha-2027", "新茶を予約する"),
        f"<p>{_row(('お問い合わせ', TEA + '/ja/inquiry'), ('利用規約', TEA + '/ja/terms'), ('特定商取引法に基づく表記', TEA + '/ja/law'))}</p>",
        f"<p>{_row(('配信停止', '{{unsubscribeUrl}}'), ('プライバシーポリシー', TEA + '/ja/privacy'))}</p>",
    ),
    {"language": "ja", "links": [{"text": "新茶を予約する", "url": f"{TEA}/ja/shincha-2027"}]},
    (("</h1>", f'</h1><p><a href="{TEA}/ja/fukubukuro-2026">福袋のご予約はこちらから</a></p>', "fukubukuro-2026"),),
)

CLUB = "https://www.ruderclub-see.example"
CLUB_NEWS = LinkSet(
    "club with div markup and nav",
    _email(
        f'<div class="header"><nav><a href="{CLUB}/termine">Termine</a><a href="{CLUB}/galerie">Galerie aller Regatten</a></nav></div>',
        f'<div class="logo"><a href="{CLUB}/">Ruderclub See</a></div>',
        f"<h2>Anrudern am Sonntag</h2><p>{_LONG['de']}</p>",
        f'<div class="btn"><a class="btn-primary" href="{CLUB}/anrudern">Jetzt anmelden</a></div>',
        '<div class="social"><a href="https://www.youtube.com/@ruderclubsee"><img src="yt.png" alt="YouTube"></a></div>',
        f'<div class="footer"><a href="{CLUB}/">www.ruderclub-see.example</a> <a href="{{$unsubscribe}}">Newsletter abbestellen</a></div>',
        '<p><a href="https://www.mailerlite.com/?ref=badge"><img src="badge.png" alt="MailerLite"></a></p>',
    ),
    {"language": "de", "links": [{"text": "Jetzt anmelden", "url": f"{CLUB}/anrudern"}]},
    (
        ("<h2>", f'<p><a class="btn" href="{CLUB}/weihnachtsfeier">Zur Weihnachtsfeier</a></p><h2>', "weihnachtsfeier"),
        ("https://www.mailerlite.com/?ref=badge", "https://www.weinhandel.example/", "weinhandel.example"),
    ),
)

GEAR = "https://www.altura.example"
TWO_EMAILS = LinkSet(
    "second email of a campaign",
    _email(
        _logo(GEAR, "Altura"),
        f"<h1>Last days of the sale</h1><p>{_LONG['en']}</p>",
        _button(f"{GEAR}/sale", "Use my code"),
        "<table><tr>",
        _tile(f"{GEAR}/p/pack-38", "Pack 38", "$96", "Get the pack"),
        "</tr></table>",
        f'<p><a href="{GEAR}/sale/terms#returns">Sale terms</a></p>',
        '<p><a href="{{unsubscribe_link}}">Unsubscribe</a></p>',
    ),
    {"links": [{"text": "Use my code", "url": f"{GEAR}/sale"}]},
    (("/p/pack-38", "/p/pack-52", "pack-52"),),
    {
        "emails": [
            {
                "name": "first",
                "build": "build/first.html",
                "links": [
                    {"text": "Get the pack", "url": f"{GEAR}/p/pack-38"},
                    {"text": "Sale terms", "url": f"{GEAR}/sale/terms"},
                ],
            }
        ]
    },
    {"build/first.html": _email(_row(("Get the pack", f"{GEAR}/p/pack-38"), ("Sale terms", f"{GEAR}/sale/terms")))},
)

CLINIC = "https://www.praxis-linde.example"
APPOINTMENT = LinkSet(
    "appointment of a practice",
    _email(
        f"<p>Guten Tag,</p><p>{_LONG['de']}</p>",
        _button(f"{CLINIC}/termin", "Termin bestätigen"),
        f'<p>Praxis Linde, Lindenweg 4, 20095 Hamburg<br><a href="{CLINIC}">praxis-linde.example</a></p>',
        f"<p>{_row(('Datenschutz', CLINIC + '/datenschutz'), ('Impressum', CLINIC + '/impressum'), ('Abmelden', '{{unsubscribe}}'))}</p>",
    ),
    {"language": "de", "links": [{"text": "Termin bestätigen", "url": f"{CLINIC}/termin"}]},
    (
        (
            "<p>Praxis Linde",
            f'<p><a href="{CLINIC}/grippeimpfung">Grippeimpfung im Herbst</a></p><p>Praxis Linde',
            "grippeimpfung",
        ),
    ),
)

SETS = (RETAIL, NEWSLETTER, EVENT, LETTER, RECEIPT, CHARITY, JAPAN, CLUB_NEWS, TWO_EMAILS, APPOINTMENT)
