"""Unlucky values, by the kind of file they are put into: what readers of that format have stumbled over."""

from __future__ import annotations

_DATES = [b"0000-00-00", b"2026-02-30", b"99999-12-31", b"2026-13-45T25:61:61+99:99", b"0001-01-01", b"12:60", b"24:00"]
_NUMBERS = [
    b"0",
    b"-1",
    b"1e999",
    b"-0.0",
    b".inf",
    b".nan",
    b"9" * 400,
    b"9" * 5000,
    b"0x" + b"f" * 400,
    b"1_0",
    b"0o17",
]
_TEXTS = [
    b"", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" * 40,
    "١٢٣ ٪".encode(), "İıſK".encode(), b"a" * 100_000, b"e\xcc\x81" * 3000, b"%", b"%s%n{0}{{1}}", b"\\", b"\\u0000", b"\x1b[2J",
    b"../../../../etc/passwd", b"/dev/zero", b"/dev/stdin", b"file:///dev/zero", b"C:\\con", b".", b"..", b"build", b"~root", b"a\\..\\b",
]  # fmt: skip
_ADDRESSES = [
    b"http://[::1", b"http://[fe80::1%25eth0]/", b"http://a:99999/", b"http://a:b/", b"http://@/", b"http://", b"https:///x", b"//",
    b"http://xn--/", b"http://xn--a-\xff/", b"https://" + b"a." * 300 + b"example/", b"https://a.example/?" + b"a=b&" * 3000,
    b"https://a.example/%zz%", b"https://\xe2\x84\x80.example", b"https://a.example:/", b"http://1.2.3.4.5/", b"http://0x7f.1/",
    b"mailto:", b"mailto:a@b?subject=%ff", b"tel:", b"javascript:1", b"data:text/html;base64,!!!!", b"data:,", b"?", b"#", b"http://a b/",
    b"https://a.example/{{x", b"https://{{a}}.{{b}}/", b"http://user:p@ss@a.example/", b"ftp://\x00", b"https://a.example/\\..\\b",
]  # fmt: skip
_TAGS = [
    b"{{", b"}}", b"{{{{{{{{", b"{% if %}", b"{% raw %}", b"*|IF:|*", b"*|", b"%%=", b"%%[", b"${", b"<%", b"{{#each}}" * 500, b"{{a|b:'",
    b"[[", b"{{x.y.z." * 200, b"{% for x in y %}" * 300, b"{{lead.First Name:default=" + b"x" * 5000, b"%%a%%" * 2000, b"{{" * 3000 + b"}}" * 3000,
]  # fmt: skip
_CSS = [
    b"@media", b"@media (", b"@media(min-width:1e999px){" * 50, b"{" * 3000, b"}" * 100, b"/*", b"\\", b"\\d800", b"\\110000 ", b"url(", b"url('a.png",
    b"width:1e999px", b"width:calc(" + b"(" * 2000, b"color:rgb(", b"color:hsl(1e99deg 1% 1%/nan)", b"color:#12345", b"var(--a,var(--a))",
    b":not(" * 300, b":nth-child(n+)", b":has(", b"a>" * 1000, b"[a=", b"a,,b{}", b"::", b"font:", b"background:url(data:image/png;base64,AAAA)",
    b"@import url(http://[", b"@charset", b"@supports not (not (", b"@layer a.b.c", b"@font-face{src:url(}", b"!important!important", b"--x:;",
    b"font-size:9e99em", b"line-height:-1", b"opacity:NaN", b"margin:1px 2px 3px 4px 5px", b"color:color-mix(in srgb,red,", b"left:-999999999999999999px",
]  # fmt: skip
_LONG = b"9" * 400
_PROPERTIES = [
    b"width", b"height", b"font-size", b"line-height", b"opacity", b"scale", b"letter-spacing", b"margin-left", b"text-indent", b"left", b"max-height", b"border",
    b"border-radius", b"mso-line-height-alt", b"mso-font-width", b"mso-text-raise", b"padding", b"background-size", b"font-weight", b"z-index", b"top", b"font",
]  # fmt: skip
_CSS += [
    name + b":" + sign + _LONG + unit + b";"
    for name in _PROPERTIES
    for sign in (b"", b"-.")
    for unit in (b"", b"px", b"%")
]
_HTML = [
    b"&#x110000;", b"&#xD800;", b"&#0;", b"&" + b"a" * 5000, b"&#99999999999999999999;", b"<!--", b"-->", b"<!-->", b"<![CDATA[", b"<!", b"<?xml", b"</", b"<",
    b"<!--[if mso]>", b"<!--[if", b"<![endif]-->", b"<!--[if !mso]><!-->", b"<!--[if gte mso 9]><xml><o:", b"<div>" * 900, b"</div>" * 900, b"<table><tr><td>" * 300,
    b"<b><p><i>" * 300, b"<font>" * 500, b"<a href=x>" * 500, b"<svg><foreignObject><math><mi>", b"<svg viewBox='nan 0 0 1e999'>", b"<template>", b"<select><option>",
    b"<plaintext>", b"<textarea>", b"<script>", b"<style>", b"<title>", b"<frameset>", b"<iframe srcdoc=\"<iframe srcdoc='", b"<noscript>", b"<base href='http://[x'>",
    b"<meta charset=utf-16>", b"<meta charset=x-user-defined>", b"<meta charset='\xff'>", b"<meta http-equiv=refresh content='1e999;url='>", b"<html lang='\xed\xa0\x80'>",
    b"<html lang='" + b"a-" * 500 + b"'>", b"<img src=x width=1e999 height=-1>", b"<img width='9" + b"9" * 5000 + b"'>", b"<img srcset='a 1x, b 1e999x, c -1w,, ,'>",
    b"<td colspan=99999999 rowspan=99999999>", b"<td width='100%%'>", b"<a href>", b"<a href=''>", b"<a " + b"a=b " * 3000 + b">", b"<a href='\n\t java\nscript:'>",
    b"<input type=hidden name= value>", b"<form action='http://[' method=x>", b"<form><form><form>", b"<p id=a id=a>", b"<x-y:z xmlns:y=''>", b"<o:p>", b"<v:rect>",
    b"<v:shape coordsize='0,0' path='m'>", b"<link rel=stylesheet href=.>", b"<link rel=stylesheet href=build>", b"<script src=..></script>", b"<body style=''>", b"\x0c", b"=\"'`",
    b"<h1><h2><h3>", b"<label for=>", b"<area coords=x>", b"<map name>", b"<time datetime='0000-00-00'>", b"<ol start=1e9>", b"<bdo dir=rtl>", b"<details open>", b"<dialog open>",
    b"<table width=" + _LONG + b"><td height='" + _LONG + b"%' cellpadding=" + _LONG + b">", b"<v:roundrect arcsize='" + _LONG + b"%' style='width:" + _LONG + b"pt;rotation:" + _LONG + b"'>",
    b"Save 0 % \xe2\x82\xac1.2.3,4 on 31.02.2026 at 25:61 CET", b"$" + b"9" * 400, b"1/1/1/1/1/1", b"99:99 " * 300, b"10% " * 300, b"00.00.0000", b"12 am pm a.m.",
]  # fmt: skip
_YAML = [
    b"&a [*a]", b"*a", b"&a", b"!!python/object/apply:os.system ['true']", b"!!binary '!!'", b"!!timestamp x", b"!!int x", b"!!float ''", b"!!set {a, b}", b"!!omap [1]", b"!x y",
    b"!!null ''", b"!!bool 3", b"!<tag:yaml.org,2002:int> 0b", b"{}", b"[]", b"[[]]", b"{a: {b: [c]}}", b"? a", b"? [a, b]\n: c", b"<<: *a", b"<<: [1]", b"<<: {<<: {}}", b"|", b">", b"|9\n x", b">-\n",
    b"'", b'"', b'"\\ud83d"', b'"\\x00"', b'"\\U00110000"', b"@", b"`", b"%YAML 9.9\n---", b"%TAG ! x", b"---\n", b"...\n", b"\t", b"null", b"~", b"yes", b"true", b"=", b"-", b"- -", b"- - - -",
    b"[" * 400, b"[" * 5000, b"{a: " * 300, b"- " * 2000, b"a: &x b\nb: *x", b"[&b [&c [lol, lol], *c, *c], *b, *b]", b"# x", b": :", b"{", b"}", b"]", b"a: b: c", b"2026-01-01", b"1:30:00", b"0777", b"1e5",
]  # fmt: skip
_MIME = [
    b"Content-Type: multipart/mixed; boundary=\"\"\n", b"Content-Type: multipart/alternative; boundary=" + b"x" * 3000 + b"\n", b"Content-Type: multipart/related; start=\"<>\"\n",
    b"Content-Type: text/html; charset=\n", b"Content-Type: text/html; charset=utf-7\n", b"Content-Type: text/html; charset=idna\n", b"Content-Type: text/html; charset=base64\n",
    b"Content-Type: text/html; charset=\"\xff\"\n", b"Content-Type: text/html; charset*=utf-8''%ff%fe\n", b"Content-Type: text/html; name*0*=x''a; name*2=b; name*1*=%\n", b"Content-Type: /\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: message/external-body\n", b"Content-Type: message/partial; id=x\n", b"Content-Type: message/delivery-status\n\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: x-uuencode\n", b"Content-Transfer-Encoding: quoted-printable\n", b"Content-Transfer-Encoding: \xff\n", b"Content-Disposition: attachment; filename*=utf-8''%\n", b"\n\n", b"\n",
    b"Subject: =?utf-8?B?////?=\n", b"Subject: =?x?q?=?=\n", b"Subject: =?utf-8?Q?=ED=A0=80?=\n", b"Subject:" + b" =?utf-8?q?a?=" * 500 + b"\n", b"From: \n", b"From: <>\n", b"From: a@b, c@d, \"\n", b"From: (" + b"(" * 500 + b"\n",
    b"From: =?utf-8?q?a=00b?= <a@b>\n", b"To: undisclosed:;\n", b"Date: 99 Foo 99999 99:99:99 +9999\n", b"List-Unsubscribe: <\n", b"List-Unsubscribe: <mailto:>, <http://[>\n", b"List-Unsubscribe-Post: x\n", b"MIME-Version: x\n",
    b"Content-ID: <>\n", b"--", b"--\n", b"=\n", b"=3D" * 2000, b"=ZZ", b"=\xff", b"X: " + b"a" * 100_000 + b"\n", b"X: y\n" * 3000, b"\r", b"\r\r\n", b"From a@b\n", b": \n", b" \n", b"begin 644 x\n", b"Content-Location: http://[\n",
]  # fmt: skip
_TOML = [
    b"[[", b"[a.b.c]\n", b"a.a.a = 1\n", b'"""', b"'''", b"{a = {b = []}}", b"1979-05-27T07:32:00Z", b"25:00:00", b"0xg", b"inf", b"nan", b"[1, 'a']", b"= ", b'"\\uD800"', b"[[a]]\n[a]\n", b"[checks.spelling]\n", b"gate = 1\n",
    b"[severity]\n", b"only = []\n", b"views = ['all', 1]\n", b"[checks]\nfolder = '.'\n", b"[" * 3000, b"a = [" * 300, b"jobs = -1\n", b"[clients]\ngmail = -1e999\n",
]  # fmt: skip
_CSV = [
    b'"', b'""', b'"a\nb', b",", b",,,,,,,", b";", b"\t", b"|", b"sep=;\n", b'"' * 3001, b"x" * 200_000, b"," * 20_000, b"a@b", b"@", b"a@b@c", b"\"a@b\",", b"=cmd|'/c calc'!A1", b"\r", b"\n\n\n", b"email\nemail\n", b"\x1a",
]  # fmt: skip
_JSON = [
    b"null", b"[]", b"{}", b"true", b"-1", b"1e999", b"NaN", b"Infinity", b'"\\ud83d"', b'""', b"[" * 3000, b'{"a":' * 3000, b"9" * 5000, b"0.1", b'"x', b"\\", b'"screenshots/../../x.png"', b'"2026-99-99"', b",", b":",
]  # fmt: skip

UNLUCKY: dict[str, list[bytes]] = {
    "any": [*_TEXTS, *_DATES, *_NUMBERS, *_ADDRESSES, *_TAGS],
    "html": [*_HTML, *_CSS],
    "css": _CSS,
    "svg": [*_HTML, *_CSS],
    "eml": [*_MIME, *_HTML],
    "yaml": _YAML,
    "toml": _TOML,
    "csv": _CSV,
    "json": _JSON,
}
