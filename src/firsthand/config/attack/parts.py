"""The four ways in, one after another, on one small insurer: what each found, tried and took."""

from __future__ import annotations

import time
from collections.abc import Collection

from firsthand.config.attack import beside, colleagues, commands, counting, hearing, house, orm, pages, place
from firsthand.config.attack.findings import PARTS, Report, Say, quiet
from firsthand.config.attack.sql import run as sql
from firsthand.config.attack.world import World


def attack(number: int, seed: int, only: Collection[str] = PARTS, say: Say = quiet) -> Report:
    """In a prepared house that was made to be attacked, and nowhere else."""
    place.check()
    report = Report()
    with beside.logged() as kept:
        say("a small insurer is made, with a mark in every column")
        world = house.made()
        report.notes += [f"nothing could be planted in {one}" for one in sorted(set(world.empty))]
        if world.nobodys:
            report.notes.append(f"left empty, since they are about nobody: {', '.join(world.nobodys)}")
        if "sql" in only:
            _sql(report, world, number, seed, say)
        for part, tried in (("orm", _orm), ("pages", _pages), ("logs", _commands)):
            if part in only:
                began = time.perf_counter()
                tried(report, world, say)
                report.seconds[part] = round(time.perf_counter() - began, 1)
        if "logs" in only:
            report.add(beside.look(world, ""))
            report.add(beside.in_logs(world, kept))
            report.attempts["logs"] = report.attempts.get("logs", 0) + len(kept.lines)
    return report


def _sql(report: Report, world: World, number: int, seed: int, say: Say) -> None:
    began = time.perf_counter()
    with colleagues.at_work(world):
        done = sql.run(world, number, seed, say=say)
    took = time.perf_counter() - began
    report.add(leak for one in done for leak in one.leaks.values())
    report.attempts["sql"] = sum(one.made for one in done)
    report.seconds["sql"] = round(took, 1)
    report.figures["sql attempts/s"] = round(report.attempts["sql"] / took)
    report.figures["sql not refused, and nothing seen"] = sum(one.codes[""] for one in done)
    report.figures["sql rows across the wall"] = len(report.leaks)
    report.figures |= counting.figures(world)


def _orm(report: Report, world: World, say: Say) -> None:
    say("orm: every model in every zone")
    leaks, report.attempts["orm"] = orm.run(world)
    report.add(leaks)


def _pages(report: Report, world: World, say: Say) -> None:
    leaks, report.attempts["pages"], failed = pages.run(world, say=say)
    say("pages: the stream")
    with place.copied(house.HOUSE, pages.COPY), hearing.listening(world) as heard:
        leaks += hearing.stream(world)
    report.add([*leaks, *heard])
    report.notes += failed


def _commands(report: Report, world: World, say: Say) -> None:
    say("commands and what lies in the home")
    leaks, report.attempts["logs"] = commands.run(world)
    report.add(leaks)
