"""When receipts were made: the texts of a till as local days, clock times and UTC moments."""

from __future__ import annotations

from functools import partial
from operator import add
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import cells_on
from loyalty_cli.importers.cells import Column
from loyalty_cli.importers.cells import Memo
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.importers.receipts.zone_names import zone_named
from loyalty_cli.model.days import JULIAN_OF_1970
from loyalty_cli.model.days import SECONDS_OF_DAY
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.forms.dates import turned_round
from loyalty_cli.reading.forms.local_times import LocalTimes
from loyalty_cli.reading.forms.local_times import QUARTER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.forms.dates import DateForm


# The usual forms of times by far.
PLAIN = frozenset({"HH:mm:ss", "H:mm:ss"})
SIXTY = [f"{number:02}" for number in range(60)]
MINUTES = {f"{hour}:{minute}": 3600 * int(hour) + 60 * int(minute) for hour in SIXTY[:24] for minute in SIXTY}
SECONDS = {f":{second}": int(second) for second in SIXTY}


class Clocks(Memo[str, int]):
    """Times of the usual form, put together from hours with minutes and from seconds.

    A day has 86,400 times: to look for one among them all takes longer than to look for its halves.
    """

    def column(self, texts: Iterable[str]) -> list[int]:
        """The seconds since midnight of a whole column."""
        texts = list(texts)
        try:
            return [MINUTES[text[:5]] + SECONDS[text[5:]] for text in texts]
        except KeyError:
            return super().column(texts)


class Moments:
    """Reads the date and time columns of one layout for a shop in one time zone."""

    def __init__(self, layout: Layout, places: Places, timezone: str) -> None:
        form = date_form(layout.dates)
        self.split = split_form(layout.dates) if form.has_time else None
        self.whole_form = form
        self.date_form = self.split.date if self.split else form
        self.turned_form = turned_round(self.date_form)
        times = [self.split.time] if self.split else [date_form(text) for text in layout.time_form]
        self.dates = Column(places.of_word["date"], self.date_form.day, self.why_no_date)
        self.times = Column(
            places.of_word.get("time", -1),
            times[0].seconds if len(times) == 1 else partial(first_fitting, times),
            lambda text: self.not_of_form(text) if self.split else misread("time", text, " / ".join(time.text for time in times)),
        )
        if times[0].text in PLAIN:
            self.times.memo = Clocks(self.times.memo.check)
        self.timed = self.split is not None or "time" in places.of_word
        self.theirs = LocalTimes("UTC" if self.timed and times[0].has_offset else layout.timezone or timezone)
        self.ours = self.theirs if self.theirs.zone.key == timezone else LocalTimes(timezone)
        self.zones = Column(places.of_word["zone"], self.zone, no_zone) if "zone" in places.of_word else None
        self.known_zones: dict[str, LocalTimes] = {timezone: self.ours}
        self.ambiguous = 0
        # Dates that would be right with day and month turned round.
        self.turned = 0

    def read(self, columns: Sequence[Sequence[str]], starts: Sequence[int], faults: Faults) -> tuple[list[Day], list[int], list[int]]:
        """Local days, seconds since local midnight, and UTC seconds of the receipts that begin at some rows."""
        cells = cells_on(columns[self.dates.index], starts)
        parts: tuple[Sequence[str], Sequence[str]] = self.split.cut(cells) if self.split else (cells, [])
        dates, times = parts
        days = faults.read(self.dates, dates, starts, JULIAN_OF_1970, cells)
        if self.timed and not self.split:
            times = cells = cells_on(columns[self.times.index], starts)
        clocks = faults.read(self.times, times, starts, 0, cells) if self.timed else [0] * len(days)
        if self.zones is not None:
            return self.by_zone(columns, days, clocks, starts, faults)
        at = self.utc(self.theirs, days, clocks, starts, faults)
        return self.in_our_zone(at) if self.ours is not self.theirs else (days, clocks, at)

    def utc(self, zone: LocalTimes, days: list[Day], clocks: list[int], starts: Sequence[int], faults: Faults) -> list[int]:
        """UTC seconds of local days and clocks in one zone."""
        at = list(map(add, map(zone.starts.__getitem__, days), clocks))
        if zone.changing and not zone.changing.isdisjoint(days):
            self.on_changing_days(zone, at, days, clocks, starts, faults)
        return at

    def by_zone(
        self,
        columns: Sequence[Sequence[str]],
        days: list[Day],
        clocks: list[int],
        starts: Sequence[int],
        faults: Faults,
    ) -> tuple[list[Day], list[int], list[int]]:
        """The same where each row names its own zone."""
        assert self.zones is not None  # noqa: S101 - asked by read
        names = cells_on(columns[self.zones.index], starts)
        zones = faults.read(self.zones, names, starts, self.ours)
        at = [0] * len(days)
        for zone in set(zones):
            own = [place for place, found in enumerate(zones) if found is zone]
            moments = self.utc(zone, [days[p] for p in own], [clocks[p] for p in own], [starts[p] for p in own], faults)
            for place, moment in zip(own, moments, strict=True):
                at[place] = moment
        return (days, clocks, at) if set(zones) <= {self.ours} else self.in_our_zone(at)

    def zone(self, text: str) -> LocalTimes | None:
        """The zone that a cell names; the layout's own if it names none."""
        if not text.strip():
            return self.theirs
        name = zone_named(text)
        if name is None:
            return None
        if name not in self.known_zones:
            self.known_zones[name] = LocalTimes(name)
        return self.known_zones[name]

    def why_no_date(self, text: str) -> Phrase:
        """Why a text is no date; it may be one with day and month turned round, as spreadsheets do to half a column."""
        date = self.split.cut([text])[0][0] if self.split else text
        if self.turned_form is not None and self.turned_form.day(date) is not None:
            self.turned += 1
            reason = "date: {text} is not {form}; day and month may be turned round"
            return phrase(reason, text=as_it_stands(text), form=self.whole_form.text)
        return self.not_of_form(text)

    def not_of_form(self, text: str) -> Phrase:
        """A cell of dates, with or without a time, that is not of the layout's form."""
        return misread("date", text, self.whole_form.text)

    def on_changing_days(
        self, zone: LocalTimes, at: list[int], days: list[Day], clocks: list[int], starts: Sequence[int], faults: Faults
    ) -> None:
        """Work out the moments of days on which the clocks change, one by one."""
        for place, day in enumerate(days):
            if day not in zone.changing:
                continue
            moment, twice = zone.utc(day, clocks[place])
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
    return phrase("{column}: {text} is not {form}", column=column_said(column), text=as_it_stands(text), form=form)


def no_zone(text: str) -> Phrase:
    """A time zone that is not known."""
    return phrase("time zone: {text} is not known", text=as_it_stands(text))


def first_fitting(forms: Sequence[DateForm], text: str) -> int | None:
    """The seconds that the first fitting form of several reads."""
    return next((seconds for form in forms if (seconds := form.seconds(text)) is not None), None)
