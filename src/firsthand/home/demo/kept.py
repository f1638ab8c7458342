"""What protect keeps of a contact of the demo whose caller was verified: when the file was open, and the note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from firsthand.answer.actions.history import Answered
from firsthand.answer.models import Contact
from firsthand.home.demo.people import COUNTRY
from firsthand.members.models import Member
from firsthand.protect import actions as protect
from firsthand.protect.models import Grant, Note, Purpose
from firsthand.protect.models.purposes import proposed
from firsthand.protect.queries.names import names_around


@dataclass(frozen=True)
class Kept:
    contact: Contact
    went: Answered
    member: Member
    ended_at: datetime
    note: str

    @property
    def purpose(self) -> Purpose:
        concern = self.went.concern
        if concern is None:
            return proposed(COUNTRY)
        return proposed(COUNTRY, concern.topic, concern.branches, concern=concern.code)

    def grant(self) -> Grant:
        """The file was open from some seconds into the talk until the contact was closed."""
        return Grant(
            person_id=self.went.seat.person_id,
            member=self.member,
            contact_id=self.contact.pk,
            opened_at=min(self.went.talk_at + timedelta(seconds=40), self.went.hung_up_at),
            closed_at=self.ended_at,
        )

    def screened(self, words: str) -> str:
        concern = self.went.concern
        code, topic = (concern.code, concern.topic) if concern else ("", "")
        known = names_around(self.went.seat.person, member=self.member)
        language = self.contact.language
        return protect.screened(
            words, language=language, concern=code, topic=topic, known=known, by=None
        ).text

    def written(self) -> Note:
        return Note(
            member=self.member,
            contact_id=self.contact.pk,
            purpose=self.purpose,
            words=self.screened(self.note),
            written_by_id=self.went.seat.person_id,
            written_at=self.went.hung_up_at,
        )
