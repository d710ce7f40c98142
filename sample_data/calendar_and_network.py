"""Working calendars and the critical path method, small and plain: enough to make a plan that hangs together.

Times are whole minutes since midnight of 1 January 2024. A day of a duration is 480 minutes on every calendar.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

ORIGIN = datetime(2024, 1, 1)
DAY = 480
BANK_HOLIDAYS = [
    ("2025-01-01", "New Year's Day"), ("2025-04-18", "Good Friday"), ("2025-04-21", "Easter Monday"),
    ("2025-05-05", "Early May bank holiday"), ("2025-05-26", "Spring bank holiday"),
    ("2025-08-25", "Summer bank holiday"), ("2025-12-25", "Christmas Day"), ("2025-12-26", "Boxing Day"),
    ("2026-01-01", "New Year's Day"), ("2026-04-03", "Good Friday"), ("2026-04-06", "Easter Monday"),
    ("2026-05-04", "Early May bank holiday"), ("2026-05-25", "Spring bank holiday"),
    ("2026-08-31", "Summer bank holiday"), ("2026-12-25", "Christmas Day"),
    ("2026-12-28", "Boxing Day (substitute)"), ("2027-01-01", "New Year's Day"), ("2027-03-26", "Good Friday"),
    ("2027-03-29", "Easter Monday"), ("2027-05-03", "Early May bank holiday"),
    ("2027-05-31", "Spring bank holiday"), ("2027-08-30", "Summer bank holiday"),
    ("2027-12-27", "Christmas Day (substitute)"), ("2027-12-28", "Boxing Day (substitute)"),
]
# calendar, first day, last day, working, hours, name
# SWITCH is when the control room lets lines be switched off: five nights a week. INSPECT is a visitor three days a week.
EXCEPTIONS = [(c, d, None, False, None, n) for c in ("STD", "SITE") for d, n in BANK_HOLIDAYS] + [
    ("STD", "2025-12-29", "2025-12-31", False, None, "Christmas closure"),
    ("STD", "2026-12-29", "2026-12-31", False, None, "Christmas closure"),
    ("SITE", "2025-12-27", "2025-12-31", False, None, "Site closed for Christmas"),
    ("SITE", "2026-12-26", "2026-12-31", False, None, "Site closed for Christmas"),
    ("SITE", "2026-06-14", None, True, "07:00-15:00", "Crane Sunday, road closure granted"),
]
HOURS = {
    "STD": {d: [(8, 12), (13, 17)] for d in range(5)}, "SITE": {d: [(7, 15)] for d in range(6)},
    "SWITCH": {0: [(22, 24)]} | {d: [(0, 6), (22, 24)] for d in range(1, 5)} | {5: [(0, 6)]},
    "INSPECT": {d: [(9, 12), (12.5, 15.5)] for d in range(1, 4)},
}
BASES = {"INSPECT": "STD"}  # calendars that take over another's exceptions


def minute(moment):
    """The minute number of a datetime."""
    return int((moment - ORIGIN).total_seconds() // 60)


def moment(minute_number):
    return ORIGIN + timedelta(minutes=minute_number)


class Calendar:
    """Half-open working intervals of one calendar from 2025 to 2028, with the work done up to each."""

    def __init__(self, name):
        self.name, self.starts, self.ends, self.before = name, [], [], []
        special = {}
        for cal, first, last, works, _, _ in EXCEPTIONS:
            if cal not in (name, BASES.get(name)):
                continue
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last or first):
                special[day] = [(7, 15)] if works else []
                day += timedelta(days=1)
        total, day = 0, date(2024, 12, 1)
        while day < date(2028, 12, 31):
            for a, b in special.get(day, HOURS[name].get(day.weekday(), [])):
                base = minute(datetime.combine(day, time()))
                self.starts.append(base + int(a * 60)), self.ends.append(base + int(b * 60)), self.before.append(total)
                total += int((b - a) * 60)
            day += timedelta(days=1)

    def done(self, t):
        """Working minutes up to t."""
        i = bisect_right(self.starts, t) - 1
        return 0 if i < 0 else self.before[i] + min(t, self.ends[i]) - self.starts[i]

    def work(self, a, b):
        return self.done(b) - self.done(a)

    def next_start(self, t):
        i = bisect_right(self.ends, t)
        return max(t, self.starts[i])

    def next_day_start(self, t):
        """The start of the first shift that begins at or after t; a break of less than three hours is no end of a shift."""
        for i in range(bisect_left(self.starts, t), len(self.starts)):
            if i == 0 or self.starts[i] - self.ends[i - 1] >= 180:
                return self.starts[i]

    def last_end(self, t):
        """The last instant of work up to t."""
        return min(t, self.ends[bisect_right(self.starts, t - 1) - 1])

    def add(self, t, minutes):
        """The instant at which `minutes` of work are done when starting at t; lands on an interval's end."""
        if minutes <= 0:
            return t if minutes == 0 else self.sub(t, -minutes)
        goal = self.done(t) + minutes
        i = bisect_left(self.before, goal) - 1
        return self.starts[i] + goal - self.before[i]

    def sub(self, t, minutes):
        """The instant `minutes` of work before t; lands on an interval's start."""
        goal = self.done(t) - minutes
        i = bisect_right(self.before, goal) - 1
        return self.starts[i] + goal - self.before[i]


CALENDARS = {name: Calendar(name) for name in HOURS}


@dataclass(frozen=True)
class Link:
    """A link as a planner writes it. `since`: blank for the whole life of the plan; `*` agreed after the baselines;
    `!` in the plan from the start, and not kept to when the work was done."""
    pred: tuple
    kind: str = "FS"
    lag: float = 0
    unit: str = "d"
    calendar: str = ""
    since: str = ""

    def after(self, t, pred, succ, length):
        """The instant at which the lag is over that begins at t. `length` is the predecessor's, in days."""
        if not self.lag:
            return t
        if self.unit == "ed" or self.calendar == "24-hour":
            return t + round(self.lag * {"ed": 1440, "h": 60, "d": DAY}[self.unit])
        on = {"": pred, "predecessor": pred, "successor": succ, "project": CALENDARS["STD"]}[self.calendar]
        minutes = self.lag * {"d": DAY, "h": 60, "%": length * DAY / 100}[self.unit]
        return on.add(t, round(minutes))


def order(activities):
    """Activities with every predecessor before its successor; says which are left when there is a loop."""
    left, done, out = dict(activities), set(), []
    while left:
        ready = [k for k, a in left.items() if all(link.pred in done or link.pred not in activities for link in a.links)]
        if not ready:
            raise SystemExit(f"a loop among {sorted(left)}")
        for k in ready:
            done.add(k), out.append(left.pop(k))
    return out


def link_dates(activity, span, network, held, without="", days=lambda a: a.days):
    """The earliest start and the earliest finish that the predecessors allow."""
    start = finish = None
    for link in activity.links:
        if link.pred not in span or (link.since and link.since in without):
            continue
        pred = network[link.pred]
        at = link.after(span[link.pred][0 if link.kind[0] == "S" else 1], pred.calendar, activity.calendar, days(pred))
        if link.kind[1] == "S":
            start = at if start is None else max(start, at)
        else:
            finish = at if finish is None else max(finish, at)
    return held if start is None else max(start, held), finish


def place(calendar, earliest, days, finish=None, whole_days=True):
    """Start and finish of an activity. A milestone stays where its predecessors end; a finish-driven
    activity ends with the day in which it is allowed to finish."""
    if days == 0:
        return (max(earliest, finish or earliest),) * 2
    start = calendar.next_day_start(earliest) if whole_days else calendar.next_start(earliest)
    end = calendar.add(start, round(days * DAY))
    if finish and finish > end:
        end = calendar.ends[bisect_left(calendar.before, calendar.done(finish)) - 1]
        start = calendar.sub(end, round(days * DAY))
    return start, end
