"""The package for a person: title page, contents, then item by item why it is kept and what it says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import font_source_sans_pro
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer

from firsthand.protect.package.contents import Contents, Section
from firsthand.protect.package.item import Item

CODES = "protect_read"  # the reads as codes; on paper they stand as words at the end
FONT, BOLD = "Firsthand", "Firsthand-Bold"
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=10, leading=14)
SMALL = ParagraphStyle("small", TEXT, fontSize=9, leading=12.5, textColor="#444444")
TITLE = ParagraphStyle("title", TEXT, fontName=BOLD, fontSize=26, leading=32, spaceAfter=10 * mm)
HEAD = ParagraphStyle(
    "head",
    TEXT,
    fontName=BOLD,
    fontSize=15,
    leading=20,
    spaceBefore=9 * mm,
    spaceAfter=2 * mm,
    keepWithNext=True,
)


@cache
def _fonts() -> None:
    """From the package of the font; it is embedded, so that ć, ş and ł print everywhere."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    pdfmetrics.registerFont(TTFont(FONT, folder / "SourceSansPro-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, folder / "SourceSansPro-Bold.ttf"))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Remembers on which page each heading came to stand."""

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Paragraph) and flowable.style is HEAD:
            text = flowable.getPlainText()
            self.canv.bookmarkPage(key := f"at-{len(self.headings)}")
            self.canv.addOutlineEntry(text, key)
            self.headings.append((text, self.page))


class _Place(Flowable):  # type: ignore[misc]
    """Where the table of contents will stand. A second build of all pages would take as long as the first."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 0

    def draw(self) -> None:
        self.canv.doForm("contents")


class _Contents(_Place):
    """Drawn last, when all pages are known, into the place kept for it."""

    def __init__(self, document: _Document) -> None:
        super().__init__()
        self.document = document

    def draw(self) -> None:
        canvas, right = self.canv, A4[0] - 50 * mm
        canvas.beginForm("contents", 0, -A4[1], A4[0], A4[1])
        canvas.setFont(FONT, 10)
        for number, (text, page) in enumerate(self.document.headings):
            canvas.drawString(0, -6 * mm * number, text)
            canvas.drawRightString(right, -6 * mm * number, str(page))
        canvas.endForm()


def as_pdf(contents: Contents) -> bytes:
    """In the language that is active."""
    _fonts()
    made = io.BytesIO()
    document = _Document(
        made,
        pagesize=A4,
        title=contents.title,
        author="Firsthand",
        lang=contents.language,
        initialFontName=FONT,
    )
    frame = Frame(22 * mm, 20 * mm, A4[0] - 44 * mm, A4[1] - 42 * mm, id="all")
    document.addPageTemplates(PageTemplate("page", [frame], onPage=_footer(contents)))
    document.headings = []
    document.build([*_story(contents), _Contents(document)])
    return made.getvalue()


def _footer(contents: Contents) -> Any:
    left, page = contents.of, _("Page %(n)d")

    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 8.5)
        canvas.drawString(22 * mm, 12 * mm, left)
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, page % {"n": document.page})

    return draw


def _story(contents: Contents) -> Iterator[Flowable]:
    yield Spacer(1, 45 * mm)
    yield Paragraph(_said(contents.title), TITLE)
    yield Paragraph(_said(contents.of), TEXT)
    if contents.insurer:
        yield Paragraph(_said(_("Insurer: %(insurer)s") % {"insurer": contents.insurer}), TEXT)
    day = date_format(localtime(contents.made_at), "DATE_FORMAT")
    yield Paragraph(_said(_("As of %(day)s") % {"day": day}), TEXT)
    yield Spacer(1, 8 * mm)
    for sentence in (
        _(
            "This is everything that the customer service keeps about you: each item with its purpose, its "
            "legal basis, how long it is kept, where it comes from and who is given it."
        ),
        _(
            "If something is wrong, tell us, and we correct it or note that you say so. You may ask us to "
            "erase it, to leave it unused, or to hand it to another insurer, and you may complain to the "
            "supervisory authority."
        ),
    ):
        yield Paragraph(_said(sentence), TEXT)
        yield Spacer(1, 3 * mm)
    yield PageBreak()
    yield Paragraph(_said(_("Contents")), TITLE)
    yield _Place()
    yield PageBreak()
    for section in contents.sections:
        if section.table.name != CODES:
            yield from _section(section)
    yield from _looks(contents)


def _section(section: Section) -> Iterator[Flowable]:
    table = section.table
    yield Paragraph(_said(str(table.what)), HEAD)
    for name, says in (
        (_("Purpose"), "; ".join(str(one) for one in table.purposes)),
        (_("Legal basis"), section.basis),
        (_("Kept for"), "\n".join(section.retention)),
        (_("Comes from"), str(table.source)),
        (_("Given to"), str(table.recipients)),
    ):
        if says:
            yield Paragraph(f"<b>{_said(name)}:</b> {_said(says)}", SMALL)
    for row in section.rows:
        if lines := list(section.lines(row)):
            yield Item(lines, FONT, BOLD)


def _looks(contents: Contents) -> Iterator[Flowable]:
    if not (contents.visits or contents.older):
        return
    yield Paragraph(_said(_("Who looked, when and why")), HEAD)
    yield Paragraph(
        _said(_("By role: the law protects the names of those who work for us as it does yours.")), SMALL
    )
    for visit in contents.visits:
        at = date_format(localtime(visit.first), "SHORT_DATETIME_FORMAT")
        words = " · ".join(str(one) for one in (visit.role, visit.cause, ", ".join(visit.what)) if one)
        yield Item([(at, words)], FONT, BOLD)
    if older := contents.older:
        says = _(
            "Looks from before %(day)s are not kept any more: they were deleted when their time was over, "
            "the last of them on %(on)s. Only what a legal hold covers stays longer."
        )
        days = {"day": older.since, "on": older.on}
        shown = {name: date_format(day, "DATE_FORMAT") for name, day in days.items()}
        yield Paragraph(_said(says % shown), SMALL)


def _said(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
