"""What the house writes to colleagues about a front week: default words in four languages, and how they are filled.

Nothing stands in a letter but the name, the week and the link: it goes through other people's mail servers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("de", "fr", "it", "en")
# What may stand in braces, and what it becomes.
BLANKS = ("name", "week", "first_day", "last_day", "answer_until", "link")
NEEDED = "link"  # without it nobody can answer
_BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    subject: str
    text: str


class BadBlank(ValueError):
    """There is a word in braces that nothing stands for: `args[0]`."""


def check(words: Words) -> None:
    """BadBlank for `{nmae}`; BadBlank("") when the link is missing."""
    for text in (words.subject, words.text):
        for found in _BLANK.findall(text):
            if found not in BLANKS:
                raise BadBlank(found)
    if f"{{{NEEDED}}}" not in words.text:
        raise BadBlank("")


def filled(words: Words, blanks: Mapping[str, str]) -> Words:
    """Each blank once, left to right: braces in a name are not read again. A subject is one line."""

    def fill(text: str) -> str:
        return _BLANK.sub(lambda found: blanks.get(found[1], found[0]), text)

    return Words(" ".join(fill(words.subject).split()), fill(words.text))


def language_of(page: str, spoken: list[str], house: str) -> str:
    """In which language somebody is written to: that of their pages, the first they answer in, the house's."""
    wanted = (page[:2], *spoken, house[:2])
    return next((one for one in wanted if one in LANGUAGES), "en")


def default(kind: str, language: str, country: str) -> Words:
    words = _DEFAULTS[kind][language]
    if language == "de" and country != "CH":
        return Words(words.subject, words.text.replace("Freundliche Grüsse", "Freundliche Grüße"))
    return words


_DEFAULTS: Mapping[str, Mapping[str, Words]] = {
    "callup": {
        "de": Words(
            "{week}: Sie sind dabei",
            """Guten Tag {name}

Vom {first_day} bis {last_day} beantworten wir alle die Anrufe unserer Kundinnen und Kunden. Auch Sie sind \
aufgeboten.

Bitte sagen Sie uns bis zum {answer_until}, ob Sie kommen, welche Halbtage Ihnen passen und wann Sie abwesend \
sind:
{link}

Vor dem ersten Anruf werden Sie geschult. Wenn Sie nicht kommen können, brauchen Sie keinen Grund anzugeben.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : vous en faites partie",
            """Bonjour {name},

Du {first_day} au {last_day}, nous répondons toutes et tous aux appels de nos clientes et clients. Vous \
êtes également convoqué·e.

Merci de nous dire jusqu’au {answer_until} si vous venez, quelles demi-journées vous conviennent et quand \
vous êtes absent·e :
{link}

Vous serez formé·e avant le premier appel. Si vous ne pouvez pas venir, vous n’avez pas à dire pourquoi.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: ci sarà anche Lei",
            """Buongiorno {name},

dal {first_day} al {last_day} rispondiamo tutte e tutti alle chiamate della clientela. È convocata anche la \
Sua persona.

La preghiamo di dirci entro il {answer_until} se viene, quali mezze giornate Le vanno bene e quando è assente:
{link}

Prima della prima chiamata c’è una formazione. Se non può venire, non deve dire perché.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: you are part of it",
            """Hello {name}

From {first_day} to {last_day} all of us answer our customers’ calls. You are called up, too.

Please tell us until {answer_until} whether you are coming, which half-days suit you and when you are away:
{link}

You are trained before the first call. If you cannot come, you need not say why.

Kind regards
The organisers of the front week""",
        ),
    },
    "invitation": {
        "de": Words(
            "{week}: Sind Sie dabei?",
            """Guten Tag {name}

Vom {first_day} bis {last_day} beantworten wir alle die Anrufe unserer Kundinnen und Kunden. Wer will, kann \
sich freiwillig melden.

Wenn Sie mitmachen möchten, sagen Sie es uns bis zum {answer_until}:
{link}

Vor dem ersten Anruf werden Sie geschult. Wer nicht mitmacht, braucht nichts zu tun.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : voulez-vous en être ?",
            """Bonjour {name},

Du {first_day} au {last_day}, nous répondons aux appels de nos clientes et clients. Qui le souhaite peut \
s’annoncer comme volontaire.

Si vous voulez en être, dites-le-nous jusqu’au {answer_until} :
{link}

Vous serez formé·e avant le premier appel. Sinon, vous n’avez rien à faire.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: vuole partecipare?",
            """Buongiorno {name},

dal {first_day} al {last_day} rispondiamo alle chiamate della clientela. Chi lo desidera può annunciarsi \
come volontario.

Se vuole partecipare, ce lo dica entro il {answer_until}:
{link}

Prima della prima chiamata c’è una formazione. Chi non partecipa non deve fare nulla.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: will you join us?",
            """Hello {name}

From {first_day} to {last_day} we answer our customers’ calls. Whoever wants to may volunteer.

If you would like to join, tell us until {answer_until}:
{link}

You are trained before the first call. If you do not join, you need not do anything.

Kind regards
The organisers of the front week""",
        ),
    },
    "reminder": {
        "de": Words(
            "{week}: Ihre Antwort fehlt noch",
            """Guten Tag {name}

Für die Frontwoche vom {first_day} bis {last_day} fehlt uns noch Ihre Antwort. Bitte sagen Sie uns bis \
zum {answer_until}, ob Sie kommen:
{link}

Das dauert eine Minute. Wenn Sie nicht kommen können, brauchen Sie keinen Grund anzugeben.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : votre réponse nous manque",
            """Bonjour {name},

Votre réponse nous manque encore pour la semaine au front du {first_day} au {last_day}. Merci de nous dire \
jusqu’au {answer_until} si vous venez :
{link}

Cela prend une minute. Si vous ne pouvez pas venir, vous n’avez pas à dire pourquoi.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: manca la Sua risposta",
            """Buongiorno {name},

per la settimana al fronte dal {first_day} al {last_day} manca ancora la Sua risposta. La preghiamo di \
dirci entro il {answer_until} se viene:
{link}

Ci vuole un minuto. Se non può venire, non deve dire perché.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: we do not have your answer yet",
            """Hello {name}

For the front week from {first_day} to {last_day} we do not have your answer yet. Please tell us until \
{answer_until} whether you are coming:
{link}

It takes a minute. If you cannot come, you need not say why.

Kind regards
The organisers of the front week""",
        ),
    },
    "roster": {
        "de": Words(
            "{week}: Ihre Halbtage stehen fest",
            """Guten Tag {name}

Der Einsatzplan ist veröffentlicht. Ihre Halbtage stehen auf dieser Seite:
{link}

Dort können Sie einen Halbtag auch mit jemandem tauschen oder alle in Ihren Kalender übernehmen.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : vos demi-journées sont fixées",
            """Bonjour {name},

Le plan d’engagement est publié. Vos demi-journées figurent sur cette page :
{link}

Vous pouvez aussi y échanger une demi-journée avec quelqu’un ou les reprendre toutes dans votre agenda.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: le Sue mezze giornate sono fissate",
            """Buongiorno {name},

il piano dei turni è pubblicato. Le Sue mezze giornate si trovano su questa pagina:
{link}

Lì può anche scambiare una mezza giornata con qualcuno o riprenderle tutte nel Suo calendario.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: your half-days stand",
            """Hello {name}

The roster is published. Your half-days stand on this page:
{link}

There you can also exchange a half-day with somebody, or have all of them in your calendar.

Kind regards
The organisers of the front week""",
        ),
    },
    "changed": {
        "de": Words(
            "{week}: Ihre Halbtage haben sich geändert",
            """Guten Tag {name}

Ihre Halbtage haben sich geändert. So, wie sie jetzt gelten, stehen sie auf dieser Seite:
{link}

Wenn etwas nicht stimmt, sagen Sie es uns bitte bald.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : vos demi-journées ont changé",
            """Bonjour {name},

Vos demi-journées ont changé. Elles figurent sur cette page telles qu’elles sont désormais fixées :
{link}

Si quelque chose n’est pas juste, dites-le-nous rapidement.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: le Sue mezze giornate sono cambiate",
            """Buongiorno {name},

le Sue mezze giornate sono cambiate. Su questa pagina sono indicate come valgono ora:
{link}

Se qualcosa non va, ce lo dica presto.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: your half-days have changed",
            """Hello {name}

Your half-days have changed. As they are now, they stand on this page:
{link}

If something is wrong, please tell us soon.

Kind regards
The organisers of the front week""",
        ),
    },
    "exchange": {
        "de": Words(
            "{week}: Jemand möchte mit Ihnen tauschen",
            """Guten Tag {name}

Jemand aus dem Haus möchte mit Ihnen einen Halbtag tauschen. Auf dieser Seite sagen Sie ja oder nein:
{link}

Wenn Sie nicht möchten, brauchen Sie keinen Grund anzugeben.

Freundliche Grüsse
Die Organisation der Frontwoche""",
        ),
        "fr": Words(
            "{week} : quelqu’un souhaite échanger avec vous",
            """Bonjour {name},

Quelqu’un de la maison souhaite échanger une demi-journée avec vous. Dites oui ou non sur cette page :
{link}

Si vous ne le souhaitez pas, vous n’avez pas à dire pourquoi.

Meilleures salutations
L’organisation de la semaine au front""",
        ),
        "it": Words(
            "{week}: qualcuno vorrebbe fare uno scambio",
            """Buongiorno {name},

qualcuno della casa vorrebbe scambiare una mezza giornata con Lei. Su questa pagina può dire sì o no:
{link}

Se non vuole, non deve dire perché.

Cordiali saluti
L’organizzazione della settimana al fronte""",
        ),
        "en": Words(
            "{week}: a colleague asks to exchange",
            """Hello {name}

A colleague asks to exchange a half-day with you. Say yes or no on this page:
{link}

If you do not want to, you need not say why.

Kind regards
The organisers of the front week""",
        ),
    },
}
