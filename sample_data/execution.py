"""The plan of Larkmoor Utilities plc (fictional), scheduled, carried out up to the as-of date, and priced.

Dates, percent complete, remaining durations and costs all come from this one execution, so that the workbooks agree.
"""

import calendar as month_calendar
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import story
from calendar_and_network import CALENDARS, DAY, Link, link_dates, minute, moment, order, place

SEED = "larkmoor 2026"
AS_OF = date(2026, 10, 31)
DATA_DATE = minute(datetime(2026, 10, 30, 17))
RATE_STEP = date(2026, 4, 1)
RATE_RISE = 1.03


# ---------------------------------------------------------------- words for time

def rng(*name):
    return Random(" ".join([SEED, *map(str, name)]))


def day(text):
    return date.fromisoformat(text) if text else None


def months(first, last):
    """Every (year, month) from first to last, both dates or pairs."""
    y, m = first[:2] if isinstance(first, tuple) else (first.year, first.month)
    end = last[:2] if isinstance(last, tuple) else (last.year, last.month)
    while (y, m) <= end:
        yield y, m
        y, m = (y, m + 1) if m < 12 else (y + 1, 1)


def month_end(y, m):
    return date(y, m, month_calendar.monthrange(y, m)[1])


def after_month(y, m):
    """The instant at which a month is over; no later than the data date."""
    return min(minute(datetime.combine(month_end(y, m) + timedelta(days=1), time())), DATA_DATE)


def fiscal(y, m):
    """FY2027-P07 for October 2026: years start in April and carry the year in which they end."""
    return f"FY{y + (m >= 4)}-P{(m - 4) % 12 + 1:02d}"


def when(minute_number, with_time):
    at = moment(minute_number)
    return at if with_time else at.date()


# ---------------------------------------------------------------- money

def fx(currency, kind, y, m):
    """Pounds for one unit of a currency. Invented, and consistent by construction."""
    if currency == "GBP":
        return 1.0
    budget = {"EUR": {2025: 0.85, 2026: 0.845, 2027: 0.86, 2028: 0.86}, "USD": {2025: 0.79, 2026: 0.775, 2027: 0.75, 2028: 0.75}}
    if kind == "budget":
        return budget[currency][int(fiscal(y, m)[2:6])]
    step = (y - 2025) * 12 + m + (0.5 if kind == "closing" else 0)
    base, swing, trend = {"EUR": (0.838, 0.009, 0.0016), "USD": (0.798, 0.012, -0.0019)}[currency]
    return round(base + trend * step + swing * math.sin(step / 2.7), 4)


def largest_remainder(parts, total):
    """Whole numbers in the proportion of the parts that add up to the total."""
    whole = sum(parts)
    exact = [p * total / whole for p in parts]
    out = [math.floor(e) for e in exact]
    for i in sorted(range(len(parts)), key=lambda i: (out[i] - exact[i], i))[: total - sum(out)]:
        out[i] += 1
    return out


# ---------------------------------------------------------------- the plan

@dataclass
class Initiative:
    id: str
    name: str
    objective: str
    workstream: str
    sponsor: str
    owner: str
    category: str
    stage: str
    status: str
    priority: int
    start: date
    currency: str
    contingency: float
    npv: int
    mandatory: str
    requires: str
    override: str
    override_reason: str
    previous: str
    scores: tuple
    activities: list = field(default_factory=list)
    phases: list = field(default_factory=list)
    finish: date = None
    budget: int = 0


@dataclass
class Activity:
    initiative: Initiative
    id: str
    wbs: str
    name: str
    kind: str
    days: int
    links: list
    fixed: float
    team: list
    options: dict
    base: tuple = None        # planned span of the current baseline, in minutes
    first_base: tuple = None  # of Baseline 1
    truth: tuple = None       # how it goes, future included
    forecast: tuple = None
    pace: float = 1.0         # cost against plan
    parts: list = field(default_factory=list)
    first_cost: float = 0.0

    @property
    def key(self):
        return self.initiative.id, self.id

    @property
    def own_calendar(self):
        return "SITE" if "site" in self.options else "STD"

    @property
    def calendar(self):
        """The working time that its dates follow: its own, or that of the resource it waits for."""
        return CALENDARS[self.options.get("on", self.own_calendar)]

    @property
    def hammock(self):
        return self.kind == "H"

    @property
    def stop(self):
        """The last instant at which work could be done: the data date, or the day of the hold."""
        held = story.HOLD.get(self.initiative.id)
        return minute(datetime.combine(day(held[0]), time(17))) if held else DATA_DATE

    @property
    def started(self):
        return self.truth[0] < self.stop or (self.days == 0 and self.truth[0] <= self.stop)

    @property
    def finished(self):
        return self.started and self.truth[1] <= self.stop

    @property
    def technique(self):
        return self.options.get("ev", "percent complete" if self.days else "0/100")

    @property
    def cost(self):
        return sum(p.plan for p in self.parts)

    @property
    def current_days(self):
        return self.days if self.started else max(1, round(self.days * float(self.options.get("cur", 1)))) if self.days else 0

    @property
    def remaining(self):
        return 0 if self.finished else max(1, math.ceil(self.calendar.work(self.stop, self.truth[1]) / DAY))

    def done_at(self, t):
        """The share of the work done at t."""
        if self.days == 0:
            return 1.0 if self.finished and t >= self.truth[1] else 0.0
        if not self.started or t <= self.truth[0]:
            return 0.0
        if self.hammock:
            span = self.base
            return min(1.0, self.calendar.work(self.truth[0], min(t, self.truth[1], self.stop)) / max(1, self.calendar.work(*span)))
        return min(1.0, self.calendar.work(self.truth[0], min(t, self.stop)) / max(1, self.calendar.work(*self.truth)))

    def percent_at(self, t):
        """Percent complete as the owner would report it."""
        if self.finished and t >= self.truth[1]:
            return 1.0
        share = self.done_at(t)
        if self.hammock:
            share = self.calendar.work(self.truth[0], min(t, self.stop)) / self.calendar.work(self.truth[0], self.forecast[1])
        if self.technique == "weighted steps":
            reached, total = 0.0, 0.0
            for step in self.options["steps"].split(";"):
                total += float(step.split()[0]) / 100
                reached = total if share >= total else reached
            share = min(reached, 0.99)
        return min(0.99, round(share, 2))

    def earned_share(self, t, network):
        if self.technique == "level of effort":
            return self.planned_share(t)
        if self.technique == "apportioned":
            return network[self.initiative.id, self.options["to"]].earned_share(t, network)
        percent = self.percent_at(t)
        first = {"0/100": 0.0, "50/50": 0.5, "25/75": 0.25}.get(self.technique)
        return percent if first is None or percent == 1.0 or self.truth[0] >= t or not self.started else first

    def planned_share(self, t):
        if t <= self.base[0]:
            return 0.0
        return min(1.0, self.calendar.work(self.base[0], t) / max(1, self.calendar.work(*self.base)))


@dataclass
class Part:
    """One part of an activity's cost."""
    category: str
    plan: float
    currency: str
    vendor: str = ""
    resource: str = ""
    accrual: str = "prorated"

    def share(self, share, started):
        """The share of this part that counts, given the share of the work."""
        return {"start": 1.0 if started else 0.0, "end": 1.0 if share >= 1.0 else 0.0}.get(self.accrual, share)


def options(text):
    """`vendor=X df=1.2 site steps=40 a; 60 b` as a dictionary."""
    found = re.split(r"\s+(?=\w+=|site|b2|alap|man )", " " + text)
    return {k: v for k, _, v in (item.partition("=") for item in found if item)}


LAG_CALENDARS = {None: "", "@s": "successor", "@p": "project", "@24": "24-hour"}


def links(text, initiative):
    out = []
    for word in text.split():
        found = re.fullmatch(r"([\w/-]+?A\d+|A\d+)(FS|SS|FF|SF)?(?:([+-]\d+)(d|ed|h|%))?(@s|@p|@24)?([*!])?", word)
        ref, kind, lag, unit, on, since = found.groups()
        init, _, id = ref.rpartition("/")
        out.append(Link((init or initiative, id), kind or "FS", int(lag or 0), unit or "d", LAG_CALENDARS[on], since or ""))
    return out


def constraint(text):
    """`SNET:2027-01-11` as a kind and a date."""
    kind, _, at = text.partition(":")
    return kind, day(at)


def read_plan():
    initiatives, network = {}, {}
    for line in story.INITIATIVES.strip().splitlines():
        f = line.split("|")
        it = Initiative(*f[:9], int(f[9]), day(f[10]), f[11], float(f[12]) / 100, int(f[13]), *f[14:19], tuple(map(int, f[19:])))
        initiatives[it.id] = it
        for row in story.ACTIVITIES[it.id].strip().splitlines():
            if row.startswith("#"):
                it.phases.append(row[2:])
                n = 0
                continue
            id, name, kind, days, preds, fixed, team, opts = (c.strip() for c in row.split("|"))
            n += 1
            people = [(who if who.startswith("@") else f"RES-{int(who):02d}", float(u))
                      for who, u in (p.rsplit(":", 1) for p in re.split(r"\s+(?=@|\d+:)", team) if p)]
            a = Activity(it, id, f"{len(it.phases)}.{n}", name, kind, int(days), links(preds, it.id), float(fixed or 0) * 1000, people, options(opts))
            it.activities.append(a)
            network[a.key] = a
    return initiatives, network


def schedule(network, held=None, days=lambda a: a.days, fixed_spans=None, whole_days=True, wait=lambda a: 0, without="*"):
    """A forward pass: spans by key. `held` is the instant before which nothing starts."""
    spans = dict(fixed_spans or {})
    for a in order(network):
        if a.key in spans or a.hammock:
            continue
        begin = minute(datetime.combine(a.initiative.start, time(8)))
        start, finish = link_dates(a, spans, network, max(begin, held or 0), without)
        start = a.calendar.add(a.calendar.next_day_start(start), wait(a) * DAY) if wait(a) and a.days else start
        spans[a.key] = place(a.calendar, start, days(a), finish, whole_days)
    for a in network.values():
        if a.hammock and a.key not in spans:
            spans[a.key] = a.calendar.next_start(spans[a.links[0].pred][0]), spans[a.links[1].pred][1]
    return spans


def plan(network):
    """Baseline 1, the execution, the re-baseline and the forecast."""
    original = {k: a for k, a in network.items() if "b2" not in a.options}
    for k, span in schedule(original).items():
        network[k].base = network[k].first_base = span

    def days_taken(a):
        if a.days == 0:
            return 0
        how = story.EXECUTION[a.initiative.id]["days"]
        return max(1, round(a.days * float(a.options.get("df", rng(*a.key, "days").uniform(*how)))))

    def wait(a):
        return int(a.options.get("del", rng(*a.key, "wait").randint(0, story.EXECUTION[a.initiative.id]["delay"])))

    for k, span in schedule(network, days=days_taken, wait=wait, without="*!").items():
        network[k].truth = span
    rebaseline(network)
    for k, span in forecast(network).items():
        network[k].forecast = span
        if network[k].hammock:
            network[k].truth = network[k].truth[0], max(network[k].truth[1], span[1])
    for it in {a.initiative.id: a.initiative for a in network.values()}.values():
        it.finish = moment(max(a.base[1] for a in it.activities)).date()
    for a in network.values():
        a.pace = float(a.options.get("cf", round(rng(*a.key, "cost").uniform(*story.EXECUTION[a.initiative.id]["cost"]), 3)))


def rebaseline(network):
    """Baseline 2 of one initiative: what had started stands as it went, the rest is planned again."""
    name, status, _ = story.REBASELINE
    cut = minute(datetime.combine(day(status), time(17)))
    mine = {k: a for k, a in network.items() if k[0] == name}
    stand = {k: a.truth for k, a in mine.items() if a.truth[0] < cut}
    for k, span in schedule(mine, held=cut, fixed_spans=stand).items():
        network[k].base = span


def constrained(a, start, finish):
    """What the activity's early constraints make of its earliest start and finish."""
    for text in (a.options.get("con"), a.options.get("ees") and "SNET:" + a.options["ees"]):
        if not text:
            continue
        kind, at = constraint(text)
        morning = a.calendar.next_start(minute(datetime.combine(at, time())))
        evening = a.calendar.last_end(minute(datetime.combine(at + timedelta(days=1), time())))
        point = evening if a.days == 0 else morning
        if kind in ("SNET", "SO"):
            start = max(start, point)
        elif kind in ("MSO", "MFO"):
            start = point  # of points alone
        elif kind in ("FNET", "FO"):
            finish = max(finish or 0, evening)
    return start, finish


def buffer_left(a, start):
    """Days left of a buffer: from where the work before it ends to the finish that was promised."""
    return min(a.days, max(0, a.calendar.work(start, a.base[1]) / DAY))


def rest(a, held, before):
    """The finish of work in hand: it goes on from the data date, once unfinished predecessors allow."""
    if a.options.get("xf"):
        return minute(datetime.combine(day(a.options["xf"]), time(17)))
    return a.calendar.add(a.calendar.next_start(max(held, before)), a.remaining * DAY)


def forecast(network):
    """The dates from here: actual dates stand, remaining work goes on from the data date or the day of resumption."""
    spans = {}
    for a in order(network):
        if a.hammock:
            continue
        if a.finished:
            spans[a.key] = a.truth
            continue
        held = DATA_DATE
        if a.initiative.id in story.HOLD:
            held = minute(datetime.combine(day(story.HOLD[a.initiative.id][1]), time(8)))
        start, finish = link_dates(a, spans, network, held, days=lambda pred: pred.current_days)
        if a.started:
            spans[a.key] = a.truth[0], max(rest(a, held, start), finish or 0)
            continue
        start, finish = constrained(a, start, finish)
        if a.kind == "B":
            start = a.calendar.next_start(start)
        length = buffer_left(a, start) if a.kind == "B" else a.current_days
        spans[a.key] = place(a.calendar, start, length, finish, whole_days=False)
    late(network, spans)
    for a in network.values():
        if a.hammock:
            end = spans[a.links[1].pred]
            spans[a.key] = a.truth[0], end[1]
            if network[a.links[1].pred].finished:
                a.truth = a.truth[0], end[1]
    return spans


def late(network, spans):
    """What is to be as late as possible goes up to the first of its successors."""
    for a in network.values():
        if "alap" in a.options and not a.started:
            until = min(spans[b.key][0] for b in network.values() if any(link.pred == a.key for link in b.links))
            finish = a.calendar.last_end(until)
            spans[a.key] = a.calendar.sub(finish, a.current_days * DAY), finish


# ---------------------------------------------------------------- resources and planned cost

@dataclass
class Resource:
    id: str
    name: str
    kind: str
    role: str
    team: str
    site: str
    calendar: str
    capacity: float
    rate: float
    currency: str
    vendor: str
    shareable: str
    start: str
    end: str


def read_resources():
    out = {}
    for i, line in enumerate(story.RESOURCES.strip().splitlines(), 1):
        f = line.split("|")
        out[f"RES-{i:02d}"] = Resource(f"RES-{i:02d}", *f[:6], float(f[6]), float(f[7]), *f[8:])
    return out


def raised(rate):
    return round(rate * RATE_RISE, 2)


def load(network, resource, at, span):
    """Units of a resource that are booked at an instant, with who books them."""
    t = minute(datetime.combine(at, time(11)))
    return [(a, u) for a in network.values() for who, u in a.team
            if who == resource and span(a)[0] <= t < span(a)[1] and not (span(a) is a.forecast and a.finished)]


def smooth(network, resources):
    """Nobody but the architect is booked beyond capacity, in the plan or from here on: units are trimmed week by week."""
    week = date(2025, 1, 8)
    while week < date(2027, 12, 31):
        for resource in resources.values():
            for span in (lambda a: a.base, lambda a: a.first_base or a.base, lambda a: a.forecast):
                if resource.id == "RES-01":
                    continue
                booked = load(network, resource.id, week, span)
                total = sum(u for _, u in booked)
                if total > resource.capacity + 1e-9:
                    for a, _ in booked:
                        trim = lambda u: max(0.05, math.floor(u * resource.capacity / total * 20) / 20)
                        a.team = [(w, trim(u) if w == resource.id else u) for w, u in a.team]
        week += timedelta(days=2 if week.weekday() < 3 else 5)


def rates(resources):
    table = {r.id: (r.rate, r.currency) for r in resources.values()}
    return table | {"@" + role: (rate, "GBP") for role, rate in story.ROLE_RATES}


def parts_of(a, span, resources):
    """The planned cost of an activity in its parts, at the rate of the day, in the initiative's currency."""
    to = a.initiative.currency
    first = moment(span[0])
    step = minute(datetime.combine(RATE_STEP, time()))
    early = a.calendar.work(span[0], min(span[1], step)) / max(1, a.calendar.work(*span)) if span[0] < step else 0.0
    hours = (a.calendar.work(*a.base) / 60 if a.hammock else a.days * 8)
    out = []
    for who, units in a.team:
        rate, currency = rates(resources)[who]
        r = resources.get(who)
        convert = fx(currency, "budget", first.year, first.month) / fx(to, "budget", first.year, first.month)
        amount = units * hours * (rate * early + raised(rate) * (1 - early)) * (1 if currency == to else convert)
        category = {"human": "Labour", "external": "Contractors"}.get(r.kind if r else "human", "Equipment")
        out.append(Part(category, round(amount, 2), currency, r.vendor if r else "Hollins & Rudd Services Ltd", who))
    if a.options.get("cph"):
        out.append(Part("Equipment", round(float(a.options["cph"]) * hours, 2), to, "Brackendale Construction Ltd", "hire"))
    if a.options.get("fund"):
        out.append(Part("Training", float(a.options["fund"]), to, "Skelby College", "RES-40"))
    if a.fixed:
        vendor, currency = story.VENDORS[a.options.get("vendor", "")]
        if to == "EUR":
            vendor, currency = (vendor, "EUR") if a.options.get("vendor") else ("Weserland Montage GmbH", "EUR")
        out.append(Part(a.options.get("cat", "Services"), a.fixed, currency, vendor, "", a.options.get("acc", "prorated")))
    return out


def price(network, resources):
    name, status, _ = story.REBASELINE
    cut = minute(datetime.combine(day(status), time(17)))
    for a in network.values():
        a.parts = parts_of(a, a.base, resources)
        if a.first_base:
            first = parts_of(a, a.first_base, resources)
            a.first_cost = sum(p.plan for p in first)
            if a.initiative.id != name or a.truth[0] < cut:
                a.parts = first
    for it in {a.initiative.id: a.initiative for a in network.values()}.values():
        it.budget = math.ceil(sum(a.cost for a in it.activities) * 1.01 / 5000) * 5000


def actual_cost(a, part, t):
    """Cost of one part to date, in the initiative's currency."""
    begun = a.started and a.truth[0] < t
    return round(part.plan * a.pace * part.share(a.done_at(t), begun), 2)


def actual(a, t):
    return sum(actual_cost(a, p, t) for p in a.parts)


# ---------------------------------------------------------------- the story in figures

def figures(initiatives, network):
    out = {}
    for it in initiatives.values():
        sums = defaultdict(float)
        for a in it.activities:
            pv, ev = a.planned_share(DATA_DATE), a.earned_share(DATA_DATE, network)
            if a.hammock:
                ev = pv
            for p in a.parts:
                sums["BAC"] += p.plan
                sums["PV"] += p.plan * p.share(pv, a.base[0] < DATA_DATE)
                sums["EV"] += p.plan * p.share(ev, a.started)
                sums["AC"] += actual_cost(a, p, DATA_DATE)
        sums["baseline finish"] = max(a.base[1] for a in it.activities)
        sums["forecast finish"] = max(a.forecast[1] for a in it.activities)
        out[it.id] = sums
    return out


def tell(initiatives, network, found, counts):
    print(f"Larkmoor Utilities plc (fictional), as of {AS_OF}, in each initiative's own currency")
    print("PV linear over the baseline on the activity's calendar; EV by each activity's technique; AC from the ledger's source")
    head = f"{'':7}{'cur':4}{'budget':>12}{'BAC':>12}{'PV':>12}{'EV':>12}{'AC':>12}{'CPI':>6}{'SPI':>6}  baseline    forecast    deadline    working days late"
    print(head)
    for it in initiatives.values():
        s = found[it.id]
        late = CALENDARS["STD"].work(s["baseline finish"], s["forecast finish"]) / DAY
        limit = [(a, minute(datetime.combine(day(a.options["dl"]), time(17)))) for a in it.activities if "dl" in a.options]
        text = "; ".join(f"{a.id} {a.options['dl']} float {CALENDARS['STD'].work(a.forecast[1], t) / DAY:+.1f} d" for a, t in limit)
        print(f"{it.id:7}{it.currency:4}{it.budget:12,}" + "".join(f"{s[k]:12,.0f}" for k in ("BAC", "PV", "EV", "AC"))
              + f"{s['EV'] / s['AC']:6.2f}{s['EV'] / s['PV']:6.2f}  {moment(s['baseline finish']):%Y-%m-%d}  {moment(s['forecast finish']):%Y-%m-%d}  "
              + f"{late:+6.1f} {text}")
    print("\nArchitect RES-01, units booked by the forecast (plan in brackets):")
    for y, m in months(date(2026, 6, 1), date(2027, 6, 1)):
        at = date(y, m, 18) if date(y, m, 18).weekday() < 5 else date(y, m, 21)
        now, was = load(network, "RES-01", at, lambda a: a.forecast), load(network, "RES-01", at, lambda a: a.base)
        print(f"  {at}  {sum(u for _, u in now):.2f} ({sum(u for _, u in was):.2f})  " + ", ".join(f"{'/'.join(a.key)} {u}" for a, u in now))
    print("\nRows: " + ", ".join(f"{k} {v}" for k, v in counts.items()))
