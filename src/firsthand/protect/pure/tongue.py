"""In which language some words are: so that what they give away is found, and so that a screen reader says them in it.
Nobody else knows: whoever hears a caller in French may write in German, and a letter in English may be pasted. Where
the words do not say it clearly, nothing is said.
"""

from __future__ import annotations

import re

# The small words that nearly every sentence has, each of one of the four languages only: no “was”, no “du”, no “il”.
SMALL = {
    "de": "der das ein eine einen einem einer und oder aber nicht kein keine ist sind wird werden wurde hat haben ich "
    "sie wir ihr ihm ihre ihren sein seine mit von zu zum zur bei auf aus nach für über wegen weil dass wenn als auch "
    "noch nur schon sich mich mir uns den dem wie warum wer niemand im vom um kann muss doch habe wissen er es",
    "fr": "les une et ou mais pas est été être avoir ont je vous nous elle ils elles leur leurs mon ses avec pour "
    "dans sur chez aux au qui que quoi pourquoi parce quand comme cette ce ces rien très aussi encore déjà n'est "
    "c'est n'a n'y d'un d'une l'a qu'il qu'elle veut peut doit fait sous lui son sait ne",
    "it": "gli una ed sono stato stata essere hanno ho io lei noi voi loro mio sua suo con di del della dei delle "
    "dello al alla alle nel nella sul sulla dal dalla che chi perché quando questo questa nessuno niente anche ancora "
    "già è c'è può deve fatto senza sotto cosa solo ci ha lo",
    "en": "the and but is are were been have has you he we she they it his my their our with of to for from by about "
    "that which who why because when if this these nobody nothing more still already does did don't doesn't didn't "
    "isn't can't cannot must would could should into out what there than how not",
}  # fmt: skip
LANGUAGE = {word: language for language, words in SMALL.items() for word in words.split()}
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
LEAST = 2  # one small word alone may be a name
CLEARLY = 3  # times as many as of the next language: else somebody is quoted in another one


def tongue(words: str) -> str:
    """`de`, `fr`, `it` or `en`; empty where it is not clear: too few words, or two languages in one text."""
    counts = dict.fromkeys(SMALL, 0)
    for word in WORD.findall(words.lower().replace("’", "'")):
        if language := LANGUAGE.get(word):
            counts[language] += 1
    [(first, most), (_, next_most), *_] = sorted(counts.items(), key=lambda one: -one[1])
    return first if most >= LEAST and most >= CLEARLY * next_most else ""
