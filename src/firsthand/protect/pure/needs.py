"""Which category which concern needs, and what becomes of the rest: a rule a topic, exceptions a concern.

The question behind every row: can the concern be answered rightly when these words are gone?
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Action, Category


@dataclass(frozen=True, slots=True)
class Need:
    needed: bool
    otherwise: Action = Action.DROP


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the matrix as the insurer changes it; `where` is a concern (CH28) or a topic (umzug)."""

    where: str
    category: Category
    needed: bool
    otherwise: Action = Action.DROP


@dataclass(frozen=True, slots=True)
class Needs:
    topics: Mapping[str, frozenset[Category]]
    concerns: Mapping[str, frozenset[Category]]  # what a concern needs, instead of its topic's rule
    topic_of: Mapping[str, str]
    rows: Mapping[tuple[str, Category], Need] = field(default_factory=dict)

    def of(self, concern: str, topic: str, category: Category) -> Need:
        """The insurer's row for the concern, then for the topic, then the house's rule."""
        topic = topic or self.topic_of.get(concern, "")
        for where in (concern, topic) if self.rows else ():
            if where and (row := self.rows.get((where, category))):
                return row
        if concern in self.concerns:
            needed = category in self.concerns[concern]
        elif topic in self.topics:
            needed = category in self.topics[topic]
        else:
            return _UNKNOWN[category]
        return _NEEDED[category] if needed else _OTHERWISE[category]

    def with_rows(self, rows: Iterable[Row]) -> "Needs":
        changed = {(row.where, row.category): Need(row.needed, row.otherwise) for row in rows}
        return Needs(self.topics, self.concerns, self.topic_of, {**self.rows, **changed})


def otherwise(category: Category) -> Action:
    """Violence is sealed: whoever takes the next contact must not give the address away."""
    return Action.SEAL if category is Category.VIOLENCE else Action.DROP


def _unknown(category: Category) -> Action:
    """As long as nobody said what it is about, what might be needed is kept apart, not lost."""
    return Action.SEAL if category in CONFIDED | MEDICAL else Action.DROP


_NEEDED = {category: Need(True, otherwise(category)) for category in Category}
_OTHERWISE = {category: Need(False, otherwise(category)) for category in Category}
_UNKNOWN = {category: Need(False, _unknown(category)) for category in Category}

# Who leaves a number or a mail address wants an answer there, whatever the matter.
_ALWAYS = frozenset({Category.PHONE, Category.MAIL})
# Read as a lawyer of the insurer would: what was told as an explanation is not needed, what changes
# the answer is. Our own identifiers never (they have fields), except where the new value itself is the matter.
# CH01, CH25: who is still in one contract or one income. DE17: the child's age, who brings it up alone. DE21, DE22:
# relief for hardship. DE24: wishes for the clinic (§ 8 SGB IX), the substitute who is paid. CH34, DE27: a changed name,
# who represents the member.
_CONCERNS = """
CH01 praemie        separation
CH02 kuendigung
CH03 kuendigung
CH04 kuendigung     debt
CH05 kuendigung     name policy
CH06 zusatz         policy
CH07 zusatz         health medication pregnancy policy
CH08 zusatz
CH09 franchise
CH10 franchise      health medication pregnancy
CH11 franchise
CH12 modell         name
CH13 modell         health medication pregnancy addiction
CH14 modell         name
CH15 rueck          claim
CH16 rueck          medication claim
CH17 rueck
CH18 rueck          claim
CH19 rueck          health medication faith sexuality claim pregnancy
CH20 rueck          health medication addiction
CH21 leistung       health addiction sexuality
CH22 leistung       health
CH23 leistung       health pregnancy
CH24 leistung       health pregnancy
CH25 ipv            ahv separation
CH26 ipv            debt
CH27 unfall
CH28 umzug          violence address
CH29 familie        name birth_date
CH30 familie        pregnancy claim
CH31 familie        address
CH32 familie        death name iban address
CH33 sonder         residence iban address codice_fiscale nir
CH34 admin          sexuality name
DE01 beitrag
DE02 beitrag
DE03 beitrag        residence
DE04 beitrag        rvnr nir codice_fiscale
DE05 beitrag        death name birth_date
DE06 beitrag        debt
DE07 wechsel        address
DE08 wechsel
DE09 familie        separation residence sexuality name birth_date
DE10 familie        separation death address
DE11 familie        name birth_date
DE12 familie        pregnancy
DE13 krankengeld    pregnancy
DE14 krankengeld
DE15 krankengeld
DE16 krankengeld
DE17 krankengeld    separation birth_date
DE18 karte          address
DE19 karte
DE20 karte
DE21 zuzahlung      health death separation debt
DE22 leistung       health debt
DE23 leistung       health name addiction pregnancy
DE24 leistung       health addiction pregnancy sexuality faith name
DE25 leistung
DE26 pflege         health name addiction violence
DE27 widerspruch    health medication name
DE28 admin          iban violence name address
"""
# A concern nobody named, of a topic somebody did.
_TOPICS = """
leistung     health medication
pflege       health medication
zuzahlung    health medication
umzug        address violence
widerspruch  claim
"""


def _read(written: str) -> Iterable[tuple[str, list[str]]]:
    for line in written.strip().splitlines():
        name, *rest = line.split()
        yield name, rest


def _default() -> Needs:
    concerns = {name: _ALWAYS | frozenset(map(Category, rest[1:])) for name, rest in _read(_CONCERNS)}
    topic_of = {name: rest[0] for name, rest in _read(_CONCERNS)}
    topics = dict.fromkeys(topic_of.values(), _ALWAYS)
    topics.update({name: _ALWAYS | frozenset(map(Category, rest)) for name, rest in _read(_TOPICS)})
    return Needs(topics, concerns, topic_of)


DEFAULT = _default()
