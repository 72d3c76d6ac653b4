"""When receipts were made: the texts of a till as local days, clock times and UTC moments."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import Column
from loyalty_cli.model.phrase import phrase
from loyalty_cli.reading.date_forms import date_form
from loyalty_cli.reading.date_forms import split_form
from loyalty_cli.reading.local_times import JULIAN_OF_1970
from loyalty_cli.reading.local_times import LocalTimes
from loyalty_cli.reading.local_times import QUARTER
from loyalty_cli.reading.local_times import SECONDS_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.faults import Faults
    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.importers.places import Places
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.phrase import Phrase


class Moments:
    """Reads the date and time columns of one layout for a shop in one time zone."""

    def __init__(self, layout: Layout, places: Places, timezone: str) -> None:
        form = date_form(layout.dates)
        self.split = split_form(layout.dates) if form.has_time else None
        first = self.split.date if self.split else form
        second = self.split.time if self.split else date_form(layout.time_form)
        self.dates = Column(places.of_word["date"], first.day, lambda text: misread("date", text, first.text))
        self.times = Column(
            places.of_word.get("time", -1), second.seconds, lambda text: misread("time", text, second.text)
        )
        self.timed = self.split is not None or "time" in places.of_word
        self.theirs = LocalTimes("UTC" if self.timed and second.has_offset else layout.timezone or timezone)
        self.ours = self.theirs if self.theirs.zone.key == timezone else LocalTimes(timezone)
        self.ambiguous = 0

    def read(
        self, columns: Sequence[Sequence[str]], starts: Sequence[int], faults: Faults
    ) -> tuple[list[Day], list[int], list[int]]:
        """Local days, seconds since local midnight, and UTC seconds of the receipts that begin at some rows."""
        texts = list(map(columns[self.dates.index].__getitem__, starts))
        if self.split:
            texts, times = self.split.cut(texts)
        elif self.timed:
            times = list(map(columns[self.times.index].__getitem__, starts))
        days = faults.read(self.dates, texts, starts, JULIAN_OF_1970)
        clocks = faults.read(self.times, times, starts, 0) if self.timed else [0] * len(days)
        at = list(map(add, map(self.theirs.starts.__getitem__, days), clocks))
        if self.theirs.changing and not self.theirs.changing.isdisjoint(days):
            self.on_changing_days(at, days, clocks, starts, faults)
        return self.in_our_zone(at) if self.ours is not self.theirs else (days, clocks, at)

    def on_changing_days(
        self, at: list[int], days: list[Day], clocks: list[int], starts: Sequence[int], faults: Faults
    ) -> None:
        """Work out the moments of days on which the clocks change, one by one."""
        for place, day in enumerate(days):
            if day not in self.theirs.changing:
                continue
            moment, twice = self.theirs.utc(day, clocks[place])
            if moment is not None:
                at[place] = moment
                self.ambiguous += twice
            elif self.timed:
                clock = f"{clocks[place] // 3600:02}:{clocks[place] // 60 % 60:02}"
                faults.add(starts[place], phrase("time: the clocks skip {clock} on this day", clock=clock))

    def in_our_zone(self, at: list[int]) -> tuple[list[Day], list[int], list[int]]:
        """Local days and clocks of moments."""
        offsets = self.ours.offsets
        local = [moment + offsets[moment // QUARTER] for moment in at]
        days = [second // SECONDS_OF_DAY + JULIAN_OF_1970 for second in local]
        return days, [second % SECONDS_OF_DAY for second in local], at


def misread(column: str, text: str, form: str) -> Phrase:
    """A cell that is not of its form, or names a day or time that does not exist."""
    return phrase("{column}: {text} is not {form}", column=column, text=repr(text), form=form)
