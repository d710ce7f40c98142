"""The ledger that the execution leaves behind: time sheets, invoices, accruals and their reversals, orders and releases."""

import math
from datetime import date, datetime, timedelta

import story
from calendar_and_network import CALENDARS, minute, moment
from execution import AS_OF, DATA_DATE, actual_cost, after_month, fiscal, fx, month_end, months, rng

CODED_ONLY = {"LU-102", "LU-107"}      # their lines carry a cost code and no initiative
BY_PHASE = {"LU-104", "LU-108"}        # their lines carry the initiative and a cost code, no work package
ON_COST = 0.17                         # pension and insurance, a line of their own
SHORT = {"Labour": "LAB", "Contractors": "CON", "Equipment": "EQP", "Software": "SOF", "Services": "SER", "Training": "TRN"}


def code_of(a, part):
    return f"C{a.initiative.id[3:]}-{a.wbs.split('.')[0]}-{SHORT[part.category]}"


def parts_by_code(network):
    return {code_of(a, p): (a.initiative.id, a.wbs.split(".")[0], p.category) for a in network.values() for p in a.parts}


def working(at):
    """Whether an office day; weekends and holidays are not posted on."""
    t = minute(datetime.combine(at, datetime.min.time()))
    return CALENDARS["STD"].work(t, t + 1440) > 0


def back_to_work(at):
    while not working(at):
        at -= timedelta(days=1)
    return at


def on_to_work(at):
    while not working(at):
        at += timedelta(days=1)
    return at


def split(amount, n):
    """n amounts in cents that add up."""
    cents = round(amount * 100)
    return [(cents // n + (k < cents % n)) / 100 for k in range(n)]


def window(a, y, m):
    """The days of a month on which an activity can be charged."""
    first = max(date(y, m, 1), moment(a.truth[0]).date())
    last = min(month_end(y, m), moment(min(a.truth[1], DATA_DATE)).date())
    return first, max(first, last)


def pay_days(first, last):
    """Every Friday, or the working day before; at least one."""
    fridays = [first + timedelta(days=n) for n in range((last - first).days + 1) if (first + timedelta(days=n)).weekday() == 4]
    fridays = [f for f in fridays if back_to_work(f) >= first]
    return [back_to_work(f) for f in fridays] or [back_to_work(last) if back_to_work(last) >= first else on_to_work(first)]


class Book:
    """Lines in the making; ids are given once all are in order of posting."""

    def __init__(self):
        self.lines = []
        self.orders = {}

    def order(self, a, part, at, amount, po, text):
        """An order, or a change to one; procurement keeps its amount with the changes."""
        self.post(a, part, at, "commitment", amount, po, text, po)
        contract = a.base[1] if a.options.get("xf") or a.finished else a.forecast[1]
        kept = self.orders.setdefault(po, {
            "PO": po, "Vendor": part.vendor, "Initiative": a.initiative.id, "Category": part.category,
            "WBS": None if a.initiative.id in story.PRIMAVERA else a.wbs, "Amount": 0.0,
            "Currency": part.currency, "Raised": at, "Delivery": moment(contract).date(), "finished": a.finished})
        kept["Amount"] += amount

    def post(self, a, part, at, kind, amount, document, text, po=None):
        if round(amount, 2) == 0:
            return
        init = a.initiative.id
        self.lines.append({
            "Posting date": at, "Period": fiscal(at.year, at.month), "Initiative": None if init in CODED_ONLY else init,
            "WBS": None if init in CODED_ONLY | BY_PHASE else a.wbs, "Cost code": code_of(a, part), "Category": part.category, "Type": kind,
            "Amount": round(amount, 2), "Currency": part.currency, "Vendor": part.vendor or None, "PO": po, "Document": document,
            "Description": text, "order": (at, init, a.id, part.category, part.resource, kind)})


def convert(a, part, amount, y, m):
    return amount / fx(part.currency, "average", y, m) * fx(a.initiative.currency, "average", y, m) if part.currency != a.initiative.currency else amount


def time_sheets(book, a, part, amount, y, m, resources):
    days = pay_days(*window(a, y, m))
    who = resources[part.resource].name if part.resource in resources else part.resource.lstrip("@").capitalize()
    on_cost = round(amount * ON_COST, 2) if part.category == "Labour" else 0
    for at, piece in zip(days, split(amount - on_cost, len(days))):
        book.post(a, part, at, "actual", piece, f"TS-{at:%G-%V}", f"{who}, {a.name}")
    book.post(a, part, days[-1], "actual", on_cost, f"PAY-{days[-1]:%Y-%m}", f"Pension and insurance, {who}")


def invoice(book, a, part, amount, y, m, po, dice):
    """An invoice in its month; or an accrual at month end, reversed with the new month, and the invoice then. Its day and number."""
    first, last = window(a, y, m)
    end, coming = back_to_work(month_end(y, m)), month_end(y, m) + timedelta(days=1)
    end = min(end, back_to_work(AS_OF))
    number = f"{dice.randint(10000, 99999)}"
    if dice.random() < 0.22:
        book.post(a, part, end, "accrual", amount, f"ACC-{number}", f"Accrual, {a.name}", po)
        if coming > AS_OF:
            return None, None
        book.post(a, part, on_to_work(coming), "reversal", -amount, f"ACC-{number}", f"Reversal of accrual, {a.name}", po)
        at = on_to_work(coming + timedelta(days=dice.randint(7, 14)))
    else:
        at = back_to_work(first + timedelta(days=dice.randint(0, (last - first).days)))
        at = at if at >= first else on_to_work(first)
    book.post(a, part, at, "actual", amount, f"INV-{number}", f"Invoice, {a.name}", po)
    return at, f"INV-{number}"


def order_for(a, part, dice):
    """The purchase order behind a vendor's part: number, day and amount; None where nothing is ordered by now."""
    if part.resource or not a.options.get("vendor"):
        return None
    raised = a.options.get("po")
    at = date.fromisoformat(raised) if raised else moment(a.truth[0]).date() - timedelta(days=14)
    at = on_to_work(max(at, a.initiative.start))
    if at > AS_OF or not (a.started or raised):
        return None
    return f"PO-{dice.randint(40000, 49999)}", at, round(convert(a, part, part.plan, at.year, at.month), 2)


def order_change(a, part, y, m, ordered, short):
    """What an order is raised by once an invoice exceeds it: up to what the work will have cost, in whole five hundreds."""
    more = max(convert(a, part, part.plan * a.pace, y, m) - ordered, short)
    return float(math.ceil(more / 500) * 500)


def charge(book, a, part, resources):
    dice = rng(*a.key, part.category, part.resource, "ledger")
    order = order_for(a, part, dice)
    po, open_amount, ordered = None, 0.0, 0.0
    if order:
        po, at, ordered = order
        open_amount = ordered
        book.order(a, part, at, open_amount, po, f"Order, {a.name}")
    if not a.started:
        return
    before, last_release = 0.0, None
    for y, m in months(moment(a.truth[0]).date(), AS_OF):
        now = actual_cost(a, part, after_month(y, m))
        amount, before = round(convert(a, part, now - before, y, m), 2), now
        if amount == 0:
            continue
        if part.resource:
            time_sheets(book, a, part, amount, y, m, resources)
            continue
        pieces = split(amount, min(4, 1 + int(amount // 25000)))
        for piece in pieces:
            at, number = invoice(book, a, part, piece, y, m, po, dice)
            if order and at and piece > open_amount:
                more = order_change(a, part, y, m, ordered, piece - open_amount)
                ordered += more
                book.order(a, part, at, more, po, f"Order change, {a.name}")
                open_amount = round(open_amount + more, 2)
            release = min(piece, open_amount)
            if order and at and release > 0:
                open_amount = round(open_amount - release, 2)
                last_release = max(last_release or at, at)
                book.post(a, part, at, "commitment release", -release, number, f"Release, {a.name}", po)
    if order and a.finished and open_amount > 0 and last_release:
        book.post(a, part, last_release, "commitment release", -open_amount, po, f"Release of the rest, {a.name}", po)


def ledger(network, resources):
    """The lines of 2025, of 2026 and of the Bremen branch; and the orders behind them."""
    book = Book()
    for a in network.values():
        for part in a.parts:
            charge(book, a, part, resources)
    book.lines.sort(key=lambda r: r["order"])
    out = [], [], []
    for line in book.lines:
        del line["order"]
        branch = line["Currency"] == "EUR" and line["Initiative"] == "LU-103"
        where = 2 if branch else line["Posting date"].year - 2025
        out[where].append({"Entry ID": f"{('GL25', 'GL26', 'BRE')[where]}-{len(out[where]) + 1:05d}"} | line)
    return out, list(book.orders.values())
