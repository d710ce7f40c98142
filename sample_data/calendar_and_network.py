"""Working calendars and the critical path method, small and plain: enough to make a plan that hangs together.

Times are whole minutes since midnight of 1 January 2024. A day of work is 480 minutes on both calendars.
"""

from bisect import bisect_left, bisect_right
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
EXCEPTIONS = [(c, d, None, False, None, n) for c in ("STD", "SITE") for d, n in BANK_HOLIDAYS] + [
    ("STD", "2025-12-29", "2025-12-31", False, None, "Christmas closure"),
    ("STD", "2026-12-29", "2026-12-31", False, None, "Christmas closure"),
    ("SITE", "2025-12-27", "2025-12-31", False, None, "Site closed for Christmas"),
    ("SITE", "2026-12-26", "2026-12-31", False, None, "Site closed for Christmas"),
    ("SITE", "2026-06-14", None, True, "07:00-15:00", "Crane Sunday, road closure granted"),
]
HOURS = {"STD": {d: [(8, 12), (13, 17)] for d in range(5)}, "SITE": {d: [(7, 15)] for d in range(6)}}


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
            if cal != name:
                continue
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last or first):
                special[day] = [(7, 15)] if works else []
                day += timedelta(days=1)
        total, day = 0, date(2024, 12, 1)
        while day < date(2028, 12, 31):
            for a, b in special.get(day, HOURS[name].get(day.weekday(), [])):
                base = minute(datetime.combine(day, time()))
                self.starts.append(base + a * 60), self.ends.append(base + b * 60), self.before.append(total)
                total += (b - a) * 60
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
        """The start of the first working day that begins at or after t."""
        for i in range(bisect_left(self.starts, t), len(self.starts)):
            if i == 0 or moment(self.starts[i]).date() != moment(self.starts[i - 1]).date():
                return self.starts[i]

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


def order(activities):
    """Activities with every predecessor before its successor; says which are left when there is a loop."""
    left, done, out = dict(activities), set(), []
    while left:
        ready = [k for k, a in left.items() if all(p in done or p not in activities for p, _, _ in a.links)]
        if not ready:
            raise SystemExit(f"a loop among {sorted(left)}")
        for k in ready:
            done.add(k), out.append(left.pop(k))
    return out


def link_dates(activity, span, calendar_of, held):
    """The earliest start and the earliest finish that the predecessors allow."""
    start = finish = None
    for pred, kind, lag in activity.links:
        if pred not in span:
            continue
        at = span[pred][0 if kind[0] == "S" else 1]
        at = calendar_of(pred).add(at, lag * DAY) if lag else at
        if kind[1] == "S":
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
    end = calendar.add(start, days * DAY)
    if finish and finish > end:
        end = calendar.ends[bisect_left(calendar.before, calendar.done(finish)) - 1]
        start = calendar.sub(end, days * DAY)
    return start, end
