"""Budgets, forecast, rates and what was reported; and the ledger's files, with what is wrong in them."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO

import execution as run
import money
import registers
import story
from calendar_and_network import minute, moment
from execution import DATA_DATE, day, fiscal, fx, month_end, months, rng
from ledger import parts_by_code
from workbook import Flaw, Sheet, records
from world import INITIATIVES, NETWORK

FIRST, HORIZON = date(2025, 1, 1), date(2028, 3, 31)
WIDE = ["LU-105", "LU-106", "LU-108"]    # budgets kept as a crosstab


def capex(initiative, wbs):
    return "opex" if int(wbs.split(".")[0]) in story.OPEX_PHASES[initiative] else "capex"


def budget_lines():
    """(initiative, phase or blank, category, capex or opex) -> {(year, month): amount}, adding up to the approved budget."""
    lines = defaultdict(lambda: defaultdict(float))
    for i in INITIATIVES.values():
        for a in i.activities:
            for p in a.parts:
                key = i.id, a.wbs.split(".")[0] if i.id == "LU-104" else "", p.category, capex(i.id, a.wbs)
                before = 0.0
                for y, m in months(moment(a.base[0]).date(), moment(a.base[1]).date()):
                    t = minute(datetime.combine(month_end(y, m) + timedelta(days=1), datetime.min.time()))
                    share = p.share(a.planned_share(t), True)
                    lines[key][y, m] += p.plan * (share - before)
                    before = share
    for i in INITIATIVES.values():
        cells = [(k, ym) for k in lines if k[0] == i.id for ym in sorted(lines[k]) if lines[k][ym] > 0.5]
        whole = run.largest_remainder([lines[k][ym] for k, ym in cells], i.budget)
        for k in [k for k in lines if k[0] == i.id]:
            lines[k] = {}
        for (k, ym), amount in zip(cells, whole):
            lines[k][ym] = amount
    return lines


def budgets():
    for (init, wbs, category, kind), cells in budget_lines().items():
        for (y, m), amount in sorted(cells.items()):
            if init not in WIDE:
                yield {"Initiative": init, "Activity or WBS": wbs, "Category": category, "Capex/Opex": kind,
                       "Funding source": money.funding_source(init, category, kind), "Period": fiscal(y, m), "Amount": amount,
                       "Currency": INITIATIVES[init].currency, "Version": "Approved"}


def budgets_wide():
    lines = {k: v for k, v in budget_lines().items() if k[0] in WIDE and v}
    span = sorted({ym for v in lines.values() for ym in v})
    columns, rows = [f"{fiscal(*ym)}:whole" for ym in months(span[0], span[-1])], []
    for init in WIDE:
        mine = []
        for (i, _, category, kind), cells in lines.items():
            if i == init:
                mine.append({"Initiative": init, "Category": category, "Capex/Opex": kind, "Funding source": money.funding_source(init, category, kind),
                             "Currency": "GBP", "Version": "Approved",
                             "Total": sum(cells.values())} | {fiscal(*ym): amount for ym, amount in cells.items()})
        rows += mine
        if init == "LU-105":
            names = [c[:-6] for c in columns] + ["Total"]
            rows.append({"Initiative": Flaw("Subtotal LU-105", "a subtotal row inside the data", "added for the steering group; it counts LU-105 twice")}
                        | {n: sum(r.get(n, 0) for r in mine) or None for n in names})
    return Sheet("Budgets wide", ["Initiative:text", "Category:text", "Capex/Opex:text", "Funding source:text", "Currency:text", "Version:text", *columns, "Total:whole"],
                 rows, "Approved budgets by fiscal period", "Fiscal years start in April and carry the year in which they end. Pounds.", as_table=False)


def forecast_lines():
    """What is still to come, by initiative, category and month, on the forecast dates."""
    out = defaultdict(float)
    for a in NETWORK.values():
        if a.finished:
            continue
        worse = story.EXECUTION[a.initiative.id]["etc"]
        start = max(DATA_DATE, a.forecast[0])
        if a.initiative.id in story.HOLD:
            start = max(start, minute(datetime.combine(day(story.HOLD[a.initiative.id][1]), datetime.min.time())))
        whole = max(1, a.calendar.work(start, a.forecast[1]))
        for p in a.parts:
            left = 1 - a.done_at(DATA_DATE)
            if a.hammock:
                left = a.calendar.work(DATA_DATE, a.forecast[1]) / a.calendar.work(*a.base)
            before = 0.0
            for y, m in months(moment(start + 1440).date(), moment(a.forecast[1]).date()):
                t = minute(datetime.combine(month_end(y, m) + timedelta(days=1), datetime.min.time()))
                share = a.calendar.work(start, min(t, a.forecast[1])) / whole if a.days and not a.hammock or a.hammock else 1.0
                amount = {"start": 0.0 if a.started else 1.0, "end": 1.0}.get(p.accrual)
                if amount is None:
                    out[a.initiative.id, p.category, (y, m)] += p.plan * worse * left * (share - before)
                elif (p.accrual == "end" and t > a.forecast[1]) or (p.accrual == "start" and before == 0.0):
                    out[a.initiative.id, p.category, (y, m)] += p.plan * worse * amount
                before = max(share, 1e-12)
    return out


def forecast_rows():
    rows = [{"Initiative": init, "Category": category, "Period": fiscal(*ym), "Amount": round(amount, 2),
             "Currency": INITIATIVES[init].currency, "Basis": "Owner's estimate to complete, October 2026"}
            for (init, category, ym), amount in sorted(FORECAST.items()) if amount >= 0.01]
    text = next(r for r in rows if r["Initiative"] == "LU-103" and r["Category"] == "Services")
    text["Amount"] = Flaw(f"{text['Amount']:.2f}", "a number stored as text", "pasted from a PDF; a sum in Excel leaves it out", "@")
    formula = next(r for r in rows if r["Initiative"] == "LU-104" and r["Category"] == "Equipment")
    formula["Amount"] = Flaw(f"={formula['Amount'] / 4:.2f}*4", "a formula that was never calculated",
                             "written by a tool that stores no result; readers that trust the stored value see nothing")
    return rows


def cost_codes():
    for code, (init, phase, category) in sorted(parts_by_code(NETWORK).items()):
        yield {"Cost code": code, "Initiative": init, "WBS": phase, "Category": category, "Capex/Opex": capex(init, phase)}


def fx_rows():
    for currency in ("EUR", "USD"):
        for y, m in months(FIRST, HORIZON):
            kinds = ["budget"] + (["average", "closing"] if (y, m) <= (2026, 10) else [])
            for kind in kinds:
                yield {"From": currency, "To": "GBP", "Kind": kind, "Period": fiscal(y, m), "Rate": fx(currency, kind, y, m),
                       "Source": "Treasury, budget round" if kind == "budget" else "Treasury, month end"}
    for currency in ("EUR", "USD"):
        yield {"From": currency, "To": "GBP", "Kind": "spot", "Date": date(2026, 10, 30), "Rate": fx(currency, "closing", 2026, 10), "Source": "Treasury, day sheet"}


def positions():
    """What the board report said: cost to date and estimate at completion, three months running."""
    for i in INITIATIVES.values():
        before = {}
        etc = sum(v for (init, _, _), v in FORECAST.items() if init == i.id)
        final = sum(run.actual(a, DATA_DATE) for a in i.activities) + etc
        for n, (y, m) in enumerate([(2026, 8), (2026, 9), (2026, 10)]):
            drift = (2 - n) * rng(i.id, "eac").uniform(-0.004, 0.008)
            said = {"actual cost": sum(run.actual(a, run.after_month(y, m)) for a in i.activities), "EAC": final * (1 - drift if etc > 1 else 1)}
            for measure, value in said.items():
                value = round(value, -3)
                stated = value - before[measure] if measure in before else None
                if (i.id, measure, m) == ("LU-104", "EAC", 10):
                    stated = Flaw(-32000, "a stated change that is not the change", f"two digits swapped: the change is {stated:,.0f}")
                yield {"Item": i.id, "As-of": month_end(y, m), "Measure": measure, "Value": value, "Currency": i.currency, "Stated change": stated}
                before[measure] = value


def finance_book():
    words = [r | {"Period": f"{date(int(r['Period'][:4]), int(r['Period'][5:]), 1):%b %Y}"} for r in records(
        registers.COMMENTARY, "Item", "Measure", "Period", "Text", "Author")]
    note = "Approved budget by fiscal period, in the initiative's currency. LU-105, LU-106 and LU-108 are on the sheet Budgets wide."
    return [
        Sheet("Budgets", ["Initiative:text", "Activity or WBS:text", "Category:text", "Capex/Opex:text", "Funding source:text", "Period:text",
              "Amount:whole", "Currency:text", "Version:text"], list(budgets()), "Larkmoor Utilities plc (fictional): budgets", note),
        budgets_wide(),
        Sheet("Forecast", ["Initiative:text", "Category:text", "Period:text", "Amount:money", "Currency:text", "Basis:text"], forecast_rows(),
              "Estimate to complete", "From November 2026 on; actuals are in the ledger."),
        Sheet("Cost codes", ["Cost code:text", "Initiative:text", "WBS:text", "Category:text", "Capex/Opex:text"], list(cost_codes())),
        Sheet("FX rates", ["From:text", "To:text", "Kind:text", "Period:text", "Date:date", "Rate:rate", "Source:text"], list(fx_rows())),
        Sheet("Commentary", ["Item:text", "Measure:text", "Period:text", "Text:text", "Author:text"], words),
        Sheet("Reported positions", ["Item:text", "As-of:date", "Measure:text", "Value:whole", "Stated change:whole", "Currency:text"], list(positions())),
    ]


# ---------------------------------------------------------------- ledgers

LEDGER_COLUMNS = ["Entry ID:text", "Posting date:date", "Period:text", "Initiative:text", "WBS:text", "Cost code:text", "Category:text", "Type:text",
                  "Amount:money", "Currency:text", "Vendor:text", "PO:text", "Document:text", "Description:text", "Entered on:date"]


def ledger_flaws(books):
    first, second, branch = books
    code = next(r for r in first if r["Initiative"] == "LU-105" and r["Type"] == "actual" and r["Cost code"].endswith("LAB") and r["Amount"] < 900)
    code["Initiative"], code["WBS"] = None, None
    code["Cost code"] = Flaw(code["Cost code"].replace("LAB", "LBA"), "an unknown cost code", "two letters swapped; no initiative on the line to fall back on")
    alike = next(r for r in second if r["Initiative"] == "LU-106" and r["Type"] == "actual" and r["Amount"] < 900)
    alike["Initiative"], alike["Cost code"] = Flaw("LU-1O6", "a look-alike initiative id", "the letter O where a zero belongs; no cost code on the line"), None
    twice = next(n for n, r in enumerate(second) if n > 600 and r["Type"] == "actual" and 200 < r["Amount"] < 900 and r["Currency"] == "GBP")
    again = dict(second[twice])
    again["Entry ID"] = Flaw(again["Entry ID"], "an entry id used twice", "the same line was exported twice; it counts double unless it is caught")
    second.insert(twice + 3, again)
    fine = next(r for r in branch if r["Type"] == "actual" and 1000 < r["Amount"] < 2000)
    fine["Amount"] = Flaw(round(fine["Amount"] + 0.004, 3), "a ledger line finer than a cent", "a converted amount was not rounded before posting")


def german(value):
    """A day or an amount as the branch types it."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return (f"{value:.3f}" if round(value, 2) != value else f"{value:.2f}").replace(".", ",")
    return "" if value is None else value


def write_branch_csv(path, rows, flaws):
    """The Bremen branch exports with semicolons, decimal commas, dd.mm.yyyy and the Windows code page."""
    names = [c.rpartition(":")[0] for c in LEDGER_COLUMNS]
    out = StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow(names)
    for line, r in enumerate(rows, 2):
        cells = []
        for c, n in enumerate(names):
            v = r.get(n)
            typed = german(money.plain(v))
            if isinstance(v, Flaw):
                flaws.append((path.name, "(csv)", f"{chr(65 + c)}{line}", replace(v, value=typed)))
            cells.append(typed)
        sheet.writerow(cells)
    path.write_bytes(out.getvalue().encode("cp1252"))


FORECAST = forecast_lines()
