#!/usr/bin/env python3
"""Writes the sample workbooks of Larkmoor Utilities plc (fictional) into inputs/, and FLAWS.md beside them.

Why Python and openpyxl: the product reads and writes Excel with Rust libraries. A sample written by another
library, with other habits (shared strings, styles, tables, defaults), proves more than a round trip would.

The same bytes come out of every run: a fixed seed, fixed document properties, fixed times inside the archives.
The plan is scheduled forwards on real calendars, then carried out up to the as-of date, 31 October 2026; actual
dates, progress, ledger, forecast and baselines all come from that one execution (execution.py), so that they agree.

What a dashboard should show:
  LU-101 a vendor's late release pushes the critical path past the deadline;  LU-102 earns 0.8 for each 1.0 spent;
  LU-105 and LU-101 leak benefits (BEN-01, BEN-05);  one architect (RES-01) is booked above 100 % by LU-101, LU-102
  and LU-106 at once;  RSK-01 and RSK-21 became ISS-01 and ISS-14;  LU-104 was re-baselined;  LU-103 and LU-106 are
  healthy;  LU-107 is on hold;  LU-108 is complete;  decisions are open past the date they were needed by.

What the plans hold for a planner to find: constraints of every kind; LU-101 must finish by its licence date, and cannot;
  LU-102 trains as late as possible and waits 14 days on the clock before it archives;  LU-103 switches off at night, in
  the window that its resource allows;  LU-104 follows the longest path, has used up its weather buffer, and waits for
  LU-103;  LU-105 works out of sequence;  LU-106 is a critical chain with a project buffer and two feeding buffers;  LU-107
  is kept in Microsoft Project, with one task placed by hand, and LU-108 in Primavera P6 (planner_files.py).

What is wrong on purpose (the cells are in FLAWS.md, which this script writes):
   1 a date typed as text                        9 a finished activity without its actual finish
   2 a number stored as text                    10 a dependency on an activity that does not exist
   3 a trailing space in a key                  11 a formula that was never calculated
   4 a look-alike initiative id (O for 0)       12 a hidden row with data
   5 an unknown cost code                       13 a subtotal row inside the data
   6 an entry id used twice                     14 a misspelt header
   7 a ledger line finer than a cent            15 a percent typed as 64 instead of 0.64
   8 an owner who has left
and in the money's control (money.py):
  16 an invoice booked twice                    22 an order past its delivery date
  17 an accrual that was never reversed         23 a change that its requester approved
  18 a line that names only its order           24 a change above its approver's limit
  19 two lines entered after their month        25 a change split in two
     was closed (19 and 20)                     26 a change in a closed period
  21 more released than was ordered             27 a draw on contingency that names no risk
                                                28 a stated change that is not the change

Run: python3 make.py   (prints the story's figures; writes inputs/ and FLAWS.md next to this file, and the dates of
tests/cases/sample_schedule)
"""

import sys

sys.dont_write_bytecode = True

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import execution as run
import money
import planner_files
import registers
import story
from calendar_and_network import CALENDARS, DAY, EXCEPTIONS, minute, moment
from execution import AS_OF, DATA_DATE, RATE_STEP, day, fiscal, fx, months, month_end, raised, rng, when
from ledger import ledger, parts_by_code
from workbook import Flaw, Sheet, write_book

HERE = Path(__file__).resolve().parent
INPUTS = HERE / "inputs"
DATES = HERE.parent / "tests" / "cases" / "sample_schedule" / "dates.csv"
FIRST, HORIZON = date(2025, 1, 1), date(2028, 3, 31)
KINDS = {"": "task", "M": "milestone", "SM": "start milestone", "FM": "finish milestone", "G": "decision gate", "R": "review point", "C": "celebration", "H": "hammock",
         "B": "buffer"}
CONSTRAINTS = {"SNET": "start no earlier than", "SNLT": "start no later than", "FNET": "finish no earlier than", "FNLT": "finish no later than",
               "SO": "start on", "FO": "finish on", "MSO": "must start on", "MFO": "must finish on"}
PLAN_FILES = {"LU-101": "plan-smart-metering", "LU-102": "plan-erp-finance", "LU-103": "plan-network-telemetry",
              "LU-104": "plan-depot-consolidation", "LU-105": "plan-customer-portal", "LU-106": "plan-field-app",
              "LU-107": "plan-data-platform", "LU-108": "plan-safety-training"}
TIMED = {"LU-101", "LU-103", "LU-104"}   # owners who type times as well as dates
WIDE = ["LU-105", "LU-106", "LU-108"]    # budgets kept as a crosstab
CONTROLLED = {"LU-101", "LU-102", "LU-103", "LU-104"}  # managed by control account
ESTIMATED = {"LU-101", "LU-102", "LU-104", "LU-106"}  # owners who keep three-point estimates


def records(text, *names):
    """Lines with | between the fields, as dictionaries."""
    for line in text.strip().splitlines():
        values = [v.strip() for v in line.split("|")]
        assert len(values) == len(names), (len(values), len(names), line)
        yield dict(zip(names, values))


def number(text):
    value = float(text)
    return int(value) if value == int(value) else value


def shown(init, id):
    """An activity's id as its plan's program gives it: Microsoft Project numbers its tasks."""
    return id.replace("A", "T", 1) if init in story.MS_PROJECT else id


def person_of(a):
    """The activity's owner: the first of its team who is also in the people list, else the initiative's owner."""
    for who, _ in a.team:
        for p in PEOPLE:
            if who in RESOURCES and p["Name"] == RESOURCES[who].name:
                return p["Person ID"]
    return a.initiative.owner


# ---------------------------------------------------------------- initiatives.xlsx and calendars.xlsx

def people():
    for r in records(story.PEOPLE, "Person ID", "Name", "Role", "Organisation", "Manager", "From", "To"):
        mail = r["Name"].lower().translate(str.maketrans("öüäß ", "ouas."))
        yield r | {"Email": f"{mail}@example.com", "From": day(r["From"]), "To": day(r["To"])}


def initiatives_book():
    rows = [{
        "Initiative ID": i.id, "Name": i.name, "Objective": i.objective, "Workstream": i.workstream, "Sponsor": i.sponsor,
        "Owner": i.owner, "Category": i.category, "Stage": i.stage, "Status": i.status, "Priority": i.priority,
        "Start": i.start, "Finish": i.finish, "Currency": i.currency, "Approved budget": i.budget,
        "Contingency": round(i.budget * i.contingency, -3), "Business case NPV": i.npv, "Mandatory": i.mandatory,
        "Requires": i.requires, "Must finish by": day(story.MUST_FINISH.get(i.id)), "RAG override": i.override, "RAG reason": i.override_reason, "Previous IDs": i.previous,
        "Score: Strategic fit": i.scores[0], "Score: Value": i.scores[1], "Score: Ease": i.scores[2],
    } for i in INITIATIVES.values()]
    objectives = [r | {"Target date": day(r["Target date"]), "Weight": number(r["Weight"]) / 100} for r in records(
        story.OBJECTIVES, "Objective ID", "Name", "Theme", "Owner", "Target date", "Weight")]
    note = "Kept by the PMO. Statuses as agreed at the portfolio meeting of 30 October 2026."
    rules = list(records(story.SCHEDULE_OPTIONS, "Initiative", "Option", "Value"))
    return [
        Sheet("Initiatives", ["Initiative ID:text", "Name:text", "Objective:text", "Workstream:text", "Sponsor:text",
              "Owner:text", "Category:text", "Stage:text", "Status:text", "Priority:number", "Start:date", "Finish:date",
              "Currency:text", "Approved budget:whole", "Contingency:whole", "Business case NPV:whole", "Mandatory:text",
              "Requires:text", "Must finish by:date", "RAG override:text", "RAG reason:text", "Previous IDs:text", "Score: Strategic fit:number",
              "Score: Value:number", "Score: Ease:number"], rows, "Larkmoor Utilities plc (fictional): initiatives", note),
        Sheet("Objectives", ["Objective ID:text", "Name:text", "Theme:text", "Owner:text", "Target date:date", "Weight:percent"], objectives),
        Sheet("People", ["Person ID:text", "Name:text", "Email:text", "Role:text", "Organisation:text", "Manager:text", "From:date", "To:date"], PEOPLE),
        Sheet("Deliverables", ["Deliverable ID:text", "Initiative:text", "Name:text", "Acceptance criteria:text",
              "Activity:text", "Owner:text", "Due:date", "Accepted on:date", "Accepted by:text"], DELIVERABLES),
        Sheet("Schedule options", ["Initiative:text", "Option:text", "Value:text"], rows=rules),
    ]


def deliverables():
    for n, r in enumerate(records(story.DELIVERABLES, "Initiative", "Name", "Activity", "Owner", "Acceptance criteria", "Accepted by"), 1):
        a = NETWORK[r["Initiative"], r["Activity"]]
        done = a.finished and a.truth[1] < DATA_DATE - 10 * 1440
        at = moment(CALENDARS["STD"].add(a.truth[1], 5 * DAY)).date() if done else None
        yield r | {"Deliverable ID": f"DEL-{n:02d}", "Activity": shown(r["Initiative"], r["Activity"]), "Due": moment(a.base[1]).date(), "Accepted on": at,
                   "Accepted by": r["Accepted by"] if done else None}


def calendars_book():
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    std = {d: "08:00-12:00, 13:00-17:00" for d in week[:5]} | {"Saturday": "off", "Sunday": "off"}
    site = {d: "07:00-15:00" for d in week[:6]} | {"Sunday": "off"}
    nights = {"Monday": "22:00-24:00"} | {d: "00:00-06:00, 22:00-24:00" for d in week[1:5]} | {"Saturday": "00:00-06:00", "Sunday": "off"}
    visits = {d: "09:00-12:00, 12:30-15:30" if d in week[1:4] else "off" for d in week}
    rows = [{"Calendar ID": "STD", "Name": "Office, UK bank holidays", "Hours per day": 8} | std,
            {"Calendar ID": "SITE", "Name": "Sites, six days", "Hours per day": 8} | site,
            {"Calendar ID": "SWITCH", "Name": "Switching window, five nights a week", "Hours per day": 8} | nights,
            {"Calendar ID": "INSPECT", "Name": "Insurer's inspector, part time", "Base calendar": "STD", "Hours per day": 6} | visits]
    off = [{"Calendar": c, "Date": day(a), "To date": day(b), "Working": "yes" if w else "no", "Hours": h, "Name": n}
           for c, a, b, w, h, n in EXCEPTIONS]
    return [Sheet("Calendars", ["Calendar ID:text", "Name:text", "Base calendar:text", *(f"{d}:text" for d in week), "Hours per day:number"], rows),
            Sheet("Calendar exceptions", ["Calendar:text", "Date:date", "To date:date", "Working:text", "Hours:text", "Name:text"], off)]


# ---------------------------------------------------------------- plan-<initiative>.xlsx

ACTIVITY_COLUMNS = [
    "Initiative:text", "Activity ID:text", "WBS:text", "Name:text", "Type:text", "Duration:number", "Unit:text", "Calendar:text",
    "Calendar basis:text", "Scheduling:text", "Constraint type:text", "Constraint date:date", "Secondary constraint type:text", "Secondary constraint date:date",
    "Expected finish:date", "External early start:date", "External late finish:date", "Deadline:date", "Baseline start:date", "Baseline finish:date",
    "Baseline work:text", "Baseline cost:money", "Actual start:date", "Actual finish:date", "Percent complete:percent",
    "Percent complete kind:text", "Remaining duration:number", "Resume date:date", "EV technique:text", "Apportioned to:text",
    "Steps:text", "Fixed cost:money", "Cost per hour:money", "Cost accrual:text", "Control account:text",
    "Responsible organisation:text", "Crash duration:number", "Crash cost:money", "Owner:text", "Deliverable:text",
    "Optimistic:number", "Most likely:number", "Pessimistic:number", "Distribution:text"]


def people_hours(a):
    """Hours of people in the plan."""
    hours = a.calendar.work(*a.base) / 60 if a.hammock else a.days * 8
    return round(sum(u for who, u in a.team if who not in RESOURCES or RESOURCES[who].kind in ("human", "external")) * hours)


def activity_row(a):
    timed, i = a.initiative.id in TIMED, a.initiative
    deliverable = next((d["Deliverable ID"] for d in DELIVERABLES if (d["Initiative"], d["Activity"]) == (a.initiative.id, shown(*a.key))), None)
    length = round(a.calendar.work(*a.base) / DAY) if a.hammock else a.current_days
    held = i.id in story.HOLD
    row = {
        "Initiative": i.id, "Activity ID": a.id, "WBS": a.wbs, "Name": a.name, "Type": KINDS[a.kind], "Duration": length,
        "Unit": "days", "Calendar": a.own_calendar, "Calendar basis": "resources" if "on" in a.options else None,
        "Scheduling": "manual" if "man" in a.options else None, **dates_to_keep(a),
        "Baseline start": when(a.base[0], timed), "Baseline finish": when(a.base[1], timed),
        "Baseline work": f"{people_hours(a)}h" if people_hours(a) else None, "Baseline cost": round(a.cost, 2),
        "Actual start": when(a.truth[0], timed) if a.started else None,
        "Actual finish": when(a.truth[1], timed) if a.finished else None,
        "Percent complete": a.percent_at(DATA_DATE) if a.started else 0, "Percent complete kind": "units" if a.technique == "units" else "physical",
        "Remaining duration": remaining_days(a), "EV technique": a.technique,
        "Apportioned to": a.options.get("to"), "Steps": a.options.get("steps"), "Fixed cost": a.fixed or None,
        "Cost per hour": float(a.options["cph"]) if a.options.get("cph") else None,
        "Cost accrual": a.options.get("acc", "prorated") if a.fixed else None,
        "Control account": f"CA-{i.id[3:]}-{a.wbs.split('.')[0]}" if i.id in CONTROLLED else None, "Responsible organisation": organisation(a),
        "Owner": person_of(a), "Deliverable": deliverable,
    }
    if held and a.started and not a.finished:
        row["Resume date"] = day(story.HOLD[i.id][1])
    if i.id in ESTIMATED and (not a.finished or i.id in story.CRITICAL_CHAIN) and a.days > 4 and not a.kind:
        low, high = (0.9, 1.6) if "Head-end" in a.name or "release" in a.name.lower() else (0.85, 1.3)
        row |= {"Optimistic": int(length * low), "Most likely": length, "Pessimistic": -int(-length * high // 1),
                "Distribution": "PERT" if i.id == "LU-102" else "triangular"}
    if i.id in ("LU-101", "LU-102") and not a.started and a.days >= 20 and not a.kind:
        row |= {"Crash duration": int(length * 0.8), "Crash cost": round(a.cost * 0.06, -3)}
    return row


def organisation(a):
    """Who does the work: the vendor, else the team of the first of its people, else the workstream."""
    if a.options.get("vendor"):
        return story.VENDORS[a.options["vendor"]][0]
    teams = [RESOURCES[who].team for who, _ in a.team if who in RESOURCES and RESOURCES[who].kind == "human"]
    return f"Larkmoor {teams[0] if teams else a.initiative.workstream}"


def dates_to_keep(a):
    """Constraints, the deadline, and dates that others set."""
    dates = {name: day(a.options.get(key)) for name, key in [
        ("Deadline", "dl"), ("Expected finish", "xf"), ("External early start", "ees"), ("External late finish", "elf")]}
    for name, key in ("Constraint", "con"), ("Secondary constraint", "con2"):
        if a.options.get(key):
            kind, at = run.constraint(a.options[key])
            dates |= {f"{name} type": CONSTRAINTS[kind], f"{name} date": at}
    return dates | ({"Constraint type": "as late as possible"} if "alap" in a.options else {})


def remaining_days(a):
    if a.hammock:
        return round(a.calendar.work(DATA_DATE, a.forecast[1]) / DAY) if not a.finished else 0
    return a.remaining if a.started else None


def activities(initiative):
    phase = 0
    for a in initiative.activities:
        if a.wbs.endswith(".1"):
            phase += 1
            mine = [b for b in initiative.activities if b.wbs.split(".")[0] == str(phase) and not b.hammock]
            first, last = min(b.base[0] for b in mine), max(b.base[1] for b in mine)
            timed = initiative.id in TIMED
            yield {"Initiative": initiative.id, "Activity ID": f"S{phase}00", "WBS": str(phase), "Name": initiative.phases[phase - 1],
                   "Type": "summary", "Duration": max(1, round(CALENDARS["STD"].work(first, last) / DAY)), "Unit": "days", "Calendar": "STD",
                   "Baseline start": when(first, timed), "Baseline finish": when(last, timed), "Owner": initiative.owner}
        yield activity_row(a)


def dependencies(initiative):
    agreed = {(r["giver"], r["taker"]): r for r in records(story.AGREEMENTS, "giver", "taker", "Need-by", "Promised", "Agreed")}
    for a in initiative.activities:
        for link in a.links:
            init, pred = link.pred
            outside = init != initiative.id
            row = {"Initiative": initiative.id, "Predecessor": f"{init}/{pred}" if outside else pred, "Successor": shown(*a.key), "Type": link.kind,
                   "Lag": f"{link.lag}{link.unit}" if link.lag else None, "Boundary": "internal",
                   "Lag calendar": (link.calendar or "predecessor") if link.lag and link.unit != "ed" else None}
            if outside:
                source = NETWORK[init, pred]
                promised = moment(source.truth[1] if source.finished else source.forecast[1]).date()
                row |= {"Boundary": "external", "Owner": source.initiative.owner, "Agreed": "yes",
                        "Need-by": max(promised, moment(a.base[0]).date()), "Promised": promised}
                said = agreed.get((f"{init}/{pred}", f"{initiative.id}/{a.id}"))
                if said:
                    row |= {"Need-by": day(said["Need-by"]), "Promised": day(said["Promised"]), "Agreed": said["Agreed"]}
            if (init, pred, a.id) == ("LU-101", "A260", "A270"):
                row |= {"Boundary": "external", "Owner": "P-20", "Agreed": "yes", "Need-by": moment(a.base[0]).date(),
                        "Promised": moment(NETWORK[init, pred].forecast[1]).date()}
            yield row


def progress(initiative):
    timed = initiative.id in TIMED
    for a in initiative.activities:
        if not a.started:
            continue
        last = AS_OF if not a.finished else moment(a.truth[1]).date()
        for y, m in months(moment(a.truth[0]).date(), last):
            t = run.after_month(y, m)
            ended = a.finished and a.truth[1] <= t
            now = min(t, a.stop)
            left = 0 if ended else max(1, -(-a.calendar.work(now, a.forecast[1] if a.hammock else a.truth[1]) // DAY))
            if t == DATA_DATE and not ended:
                left = remaining_days(a)
            spent = -(-a.calendar.work(a.truth[0], min(now, a.truth[1])) // DAY)
            yield {"As-of": month_end(y, m), "Initiative": initiative.id, "Activity": shown(*a.key), "Percent complete": a.percent_at(t),
                   "Actual start": when(a.truth[0], timed), "Actual finish": when(a.truth[1], timed) if ended else None,
                   "Actual duration": f"{spent}d" if a.days else None, "Remaining duration": f"{left}d" if a.days else None,
                   "Actual cost": round(run.actual(a, t), 2) if a.parts else None}


def baselines(initiative):
    timed = initiative.id in TIMED
    again, _, approved = story.REBASELINE
    if initiative.id in story.BUSINESS_CASE:
        yield from business_case(initiative)
    for a in initiative.activities:
        if a.first_base:
            yield {"Baseline": "Baseline 1", "Initiative": initiative.id, "Activity": a.id, "Start": when(a.first_base[0], timed),
                   "Finish": when(a.first_base[1], timed), "Cost": round(a.first_cost, 2), "Work": f"{people_hours(a)}h",
                   "Approved by": initiative.sponsor, "Approved on": initiative.start - timedelta(days=10), "Reason": "Approved plan"}
    if initiative.id == again:
        for a in initiative.activities:
            yield {"Baseline": "Baseline 2", "Initiative": initiative.id, "Activity": a.id, "Start": when(a.base[0], timed),
                   "Finish": when(a.base[1], timed), "Cost": round(a.cost, 2), "Work": f"{people_hours(a)}h", "Approved by": initiative.sponsor,
                   "Approved on": day(approved), "Reason": "Contaminated soil under the yard: removal added, later work planned again (DEC-10)"}


def business_case(initiative):
    """The plan that the board was shown before there was one: shorter by a share, and cheaper."""
    shorter, cheaper = story.BUSINESS_CASE[initiative.id]
    begin = minute(datetime.combine(initiative.start, datetime.min.time())) + 480
    for a in initiative.activities:
        if a.first_base:
            std, length = CALENDARS["STD"], round(a.days * shorter) * DAY
            start = std.next_day_start(std.add(begin, std.work(begin, a.first_base[0]) * shorter // DAY * DAY))
            finish = std.add(start, std.work(*a.first_base) * shorter // DAY * DAY if a.hammock else length)
            yield {"Baseline": "Business case", "Initiative": initiative.id, "Activity": a.id, "Start": moment(start).date(),
                   "Finish": moment(finish).date(), "Cost": round(a.first_cost * cheaper, 2), "Approved by": initiative.sponsor,
                   "Approved on": initiative.start - timedelta(days=75), "Reason": "Business case, before suppliers were asked"}


DEPENDENCY_COLUMNS = ["Initiative:text", "Predecessor:text", "Successor:text", "Type:text", "Lag:text", "Lag calendar:text",
                      "Boundary:text", "Owner:text", "Agreed:text", "Need-by:date", "Promised:date"]


def progress_sheet(rows):
    return Sheet("Progress", ["As-of:date", "Initiative:text", "Activity:text", "Percent complete:percent", "Actual start:date",
                 "Actual finish:date", "Actual duration:text", "Remaining duration:text", "Actual cost:money"],
                 sorted(rows, key=lambda r: r["As-of"]))


def plan_book(i):
    title = f"{i.id} {i.name}: plan" if i.id in ("LU-101", "LU-104") else None
    note = "Status date 31 October 2026. Durations in working days. Actual cost in Progress is to date." if title else None
    acts, deps, prog = list(activities(i)), list(dependencies(i)), list(progress(i))
    plan_flaws(i.id, acts, deps, prog)
    return [
        Sheet("Activities", ACTIVITY_COLUMNS, acts, title, note),
        Sheet("Dependencies", DEPENDENCY_COLUMNS, deps),
        progress_sheet(prog),
        Sheet("Baselines", ["Baseline:text", "Initiative:text", "Activity:text", "Start:date", "Finish:date", "Cost:money",
              "Work:text", "Approved by:text", "Approved on:date", "Reason:text"], list(baselines(i)), as_table=i.id != "LU-105"),
    ]


def beside_planner(i):
    """What the portfolio office keeps of an initiative whose plan is in its planner's own file: progress month by month,
    and links to other initiatives."""
    across = [d for d in dependencies(i) if d["Boundary"] == "external"]
    sheets = [progress_sheet(progress(i))]
    return sheets + ([Sheet("Dependencies", DEPENDENCY_COLUMNS, across)] if across else [])


def planner_file(i):
    """The name and the bytes of a planner's own file."""
    if i.id in story.PRIMAVERA:
        return f"{PLAN_FILES[i.id]}.xer", planner_files.xer(i)
    return f"{PLAN_FILES[i.id]}.xml", planner_files.mspdi(i, remaining_days, story.HOLD.get(i.id, (None, None))[1], person_of)


def plan_flaws(id, acts, deps, prog):
    if id == "LU-102":
        deps.insert(len(deps) - 2, {"Initiative": id, "Predecessor": Flaw("A585", "a dependency on an activity that does not exist",
                    "the archive check A585 was deleted from the plan, its link was not"), "Successor": "A590", "Type": "FS", "Boundary": "internal"})
    if id == "LU-105":
        link = next(d for d in deps if d["Predecessor"] == "A340")
        link["Predecessor"] = Flaw("A340 ", "a trailing space in a key", "pasted from a mail; Excel does not show it")
    if id == "LU-106":
        row = next(r for r in acts if r["Activity ID"] == "A420")
        row["Actual finish"] = Flaw(None, "a finished activity without its actual finish", "100 % was typed, the date was left for later")
        for r in prog:
            if r["Activity"] == "A420":
                r["Actual finish"] = None


# ---------------------------------------------------------------- resources.xlsx

def resources_book():
    rows = [{"Resource ID": r.id, "Name": r.name, "Kind": r.kind, "Role": r.role, "Team": r.team, "Site": r.site, "Calendar": r.calendar,
             "Capacity": number(str(r.capacity)), "Consumable": "yes" if r.kind == "financial" else "no", "Available from": day(r.start),
             "Available to": day(r.end), "Vendor": r.vendor, "Shareable": r.shareable} for r in RESOURCES.values()]
    rates = []
    for who, (rate, currency) in run.rates(RESOURCES).items():
        if who == "RES-40":
            continue
        key = {"Role": who[1:]} if who.startswith("@") else {"Resource ID": None, "Resource": who}
        rates += [key | {"From": FIRST, "Rate": rate, "Unit": "hour", "Currency": currency},
                  key | {"From": RATE_STEP, "Rate": raised(rate), "Unit": "hour", "Currency": currency}]
    given = []
    for a in NETWORK.values():
        for who, units in a.team:
            key = {"Role": who[1:]} if who.startswith("@") else {"Resource": who}
            given.append({"Initiative": a.initiative.id, "Activity": shown(*a.key), "Units": number(str(units)), "Profile": "flat"} | key)
        if a.options.get("fund"):
            given.append({"Initiative": a.initiative.id, "Activity": shown(*a.key), "Resource": "RES-40", "Fixed cost": float(a.options["fund"])})
    return [
        Sheet("Resources", ["Resource ID:text", "Name:text", "Kind:text", "Role:text", "Team:text", "Site:text", "Calendar:text", "Capacity:number",
              "Consumable:text", "Available from:date", "Available to:date", "Vendor:text", "Shareable:text"], rows),
        Sheet("Rates", ["Resource:text", "Role:text", "From:date", "Rate:money", "Unit:text", "Currency:text"], rates),
        Sheet("Assignments", ["Initiative:text", "Activity:text", "Resource:text", "Role:text", "Units:number", "Fixed cost:money", "Profile:text"], given),
    ]


# ---------------------------------------------------------------- finance.xlsx

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
                    stated = Flaw(stated + 9000, "a stated change that is not the change", "the change was typed before the last correction of the value")
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


# ---------------------------------------------------------------- registers

def risks_sheet():
    names = ["Initiative", "Event", "Cause", "Effect", "Category", "Owner", "Kind", "p", "cost", "days", "hits", "Impact score", "Response",
             "Status", "Raised", "Proximity", "Trigger", "Contingency plan", "Closed"]
    rows = []
    for n, r in enumerate(records(registers.RISKS, *names), 1):
        cost, days_ = [float(c) * 1000 for c in r["cost"].split("/")], [int(d) for d in r["days"].split("/")]
        mild = r["Response"] in ("mitigate", "avoid", "transfer", "escalate") and r["Status"] != "occurred"
        p, score = int(r["p"]) / 100, int(r["Impact score"])
        row = {k: r[k] for k in names if k not in ("p", "cost", "days", "hits")} | {
            "Risk ID": f"RSK-{n:02d}", "Probability": p, "Cost min": cost[0], "Cost likely": cost[1], "Cost max": cost[2],
            "Activities hit": "; ".join(f"{r['Initiative']}/{shown(r['Initiative'], h)}" for h in r["hits"].split()), "Impact score": score,
            "Residual probability": round(p * 0.6, 2) if mild else p, "Residual cost likely": cost[1] * (0.7 if mild else 1),
            "Target score": max(1, score - 1), "Raised": day(r["Raised"]), "Proximity": day(r["Proximity"]), "Closed date": day(r["Closed"]),
            "Currency": INITIATIVES[r["Initiative"]].currency, "Impact: Cost": score, "Impact: Time": min(5, max(1, days_[1] // 6)),
            "Impact: Reputation": max(1, score - 1)}
        if days_[2]:
            row |= {"Days min": days_[0], "Days likely": days_[1], "Days max": days_[2], "Impact kind": "added days",
                    "Residual days likely": int(days_[1] * 0.6) if mild else days_[1]}
        rows.append(row)
    gone = next(r for r in rows if r["Owner"] == "P-22")
    gone["Owner"] = Flaw("P-22", "an owner who has left", "Desmond Fairlie left on 30 June 2026; the risk is open and nobody took it over")
    hidden = next(n for n, r in enumerate(rows) if r["Risk ID"] == "RSK-26")
    columns = ["Risk ID:text", "Initiative:text", "Cause:text", "Event:text", "Effect:text", "Category:text", "Owner:text", "Kind:text",
               "Probability:percent", "Cost min:whole", "Cost likely:whole", "Cost max:whole", "Days min:number", "Days likely:number",
               "Days max:number", "Impact kind:text", "Activities hit:text", "Impact score:number", "Impact: Cost:number", "Impact: Time:number",
               "Impact: Reputation:number", "Proximity:date", "Response:text", "Residual probability:percent", "Residual cost likely:whole",
               "Residual days likely:number", "Target score:number", "Trigger:text", "Contingency plan:text", "Raised:date", "Status:text",
               "Closed date:date", "Currency:text"]
    return Sheet("Risks", columns, rows, "Larkmoor Utilities plc (fictional): risk register",
                 "Costs in the initiative's currency, days in working days. Reviewed monthly.",
                 headers={"Contingency plan": Flaw("Contingncy plan", "a misspelt header", "typed by hand years ago and copied ever since")},
                 hidden={hidden: Flaw(None, "a hidden row with data", "hidden for a presentation and forgotten; RSK-26 is open")})


def issues_sheet():
    rows = []
    for n, r in enumerate(records(registers.ISSUES, "Initiative", "Title", "Raised", "Severity", "Owner", "Due", "risk", "Escalated to",
                                  "Escalated on", "Resolution", "Resolved", "Reopened", "Status"), 1):
        dates = {k: day(r[k]) for k in ("Raised", "Due", "Escalated on", "Resolved", "Reopened")}
        seen = dates["Raised"] + timedelta(days=1 if int(r["Severity"]) < 3 else 2)
        rows.append(r | dates | {"Issue ID": f"ISS-{n:02d}", "Severity": int(r["Severity"]), "Risk": f"RSK-{int(r['risk']):02d}" if r["risk"] else None,
                                 "Acknowledged": seen})
    late = next(r for r in rows if r["Issue ID"] == "ISS-05")
    late["Due"] = Flaw(f"{late['Due']:%d/%m/%Y}", "a date typed as text", "the cell was formatted as text before typing", "@")
    return Sheet("Issues", ["Issue ID:text", "Initiative:text", "Title:text", "Raised:date", "Severity:number", "Owner:text", "Due:date", "Risk:text",
                 "Escalated to:text", "Escalated on:date", "Acknowledged:date", "Resolution:text", "Resolved:date", "Reopened:date", "Status:text"], rows)


def decisions_sheet():
    rows = []
    for n, r in enumerate(records(registers.DECISIONS, "Title", "Initiative", "Date raised", "Needed by", "Options", "Decision", "Rationale",
                                  "Made by", "Decided on", "items", "supersedes", "Review date", "Status"), 1):
        dates = {k: day(r[k]) for k in ("Date raised", "Needed by", "Decided on", "Review date")}
        rows.append(r | dates | {"Decision ID": f"DEC-{n:02d}", "Items": f"{r['Initiative']}/{shown(r['Initiative'], r['items'])}" if r["items"] else None,
                                 "Supersedes": f"DEC-{int(r['supersedes']):02d}" if r["supersedes"] else None})
    return Sheet("Decisions", ["Decision ID:text", "Title:text", "Initiative:text", "Date raised:date", "Needed by:date", "Options:text", "Decision:text",
                 "Rationale:text", "Made by:text", "Decided on:date", "Items:text", "Supersedes:text", "Review date:date", "Status:text"], rows,
                 "Decision log", "Open decisions first asked of the body named in the options paper.")


# ---------------------------------------------------------------- benefits.xlsx and kpis.xlsx

def benefits():
    names = ["Name", "Initiative", "Objective", "Class", "Recurrence", "Directness", "Measure", "Baseline", "Target", "Unit", "value", "start", "ramp",
             "real", "conf", "Owner in operations", "Responsible officer", "Budget line", "Double-count group", "share", "Evidence needed"]
    for n, r in enumerate(records(registers.BENEFITS, *names), 1):
        yield r | {"Benefit ID": f"BEN-{n:02d}", "Baseline": number(r["Baseline"]), "Target": number(r["Target"]), "Full-year value": number(r["value"]) or None,
                   "Currency": "GBP" if number(r["value"]) else None, "Start": day(r["start"]), "Ramp": f"linear over {r['ramp']} months",
                   "Confidence": int(r["conf"]) / 100, "Group share": int(r["share"]) / 100 if r["share"] else None}


def benefit_months(b):
    """Each month from the start: the business case, and what comes of it by now or by forecast."""
    real, ramp, value = int(b["real"]) / 100, int(b["ramp"]), b["Full-year value"]
    end = b["Start"] if b["Recurrence"] == "one-off" else HORIZON
    for k, (y, m) in enumerate(months(b["Start"], end)):
        grown, past = min(1.0, (k + 1) / ramp), (y, m) <= (2026, 10)
        noise = 1 + rng(b["Benefit ID"], y, m).uniform(-0.03, 0.03)
        if value:
            case = value * grown * (1 if b["Recurrence"] == "one-off" else 1 / 12)
            yield (y, m), "Amount", round(case, 2), round(case * real * noise if past else case * (real if 0 < real < 0.5 else 1) ** 0.6, 2)
        else:
            move = (b["Target"] - b["Baseline"]) * grown
            yield (y, m), "Quantity", round(b["Baseline"] + move, 2), round(b["Baseline"] + move * (real * noise if past else 1), 2)


def benefits_book():
    register, profile, readings = list(benefits()), [], []
    for b in register:
        for (y, m), field, case, now in benefit_months(b):
            key = {"Benefit": b["Benefit ID"], "Period": fiscal(y, m)}
            profile += [key | {field: case, "Version": "business case"}, key | {field: now, "Version": "current forecast"}]
            if (y, m) <= (2026, 10):
                seen = min(AS_OF - timedelta(days=1), month_end(y, m) + timedelta(days=12))
                readings.append(key | {field: now, "Evidence": f"{b['Evidence needed']}, {date(y, m, 1):%b %Y}", "Validated by": "P-17", "Validated on": seen})
    register[0] |= {"Confidence": Flaw(64, "a percent typed as 64 instead of 0.64",
                                        "everyone says sixty-four; the other rows are fractions shown as percent", "General")}
    order = {"business case": 0, "current forecast": 1}
    return [
        Sheet("Benefits", ["Benefit ID:text", "Name:text", "Initiative:text", "Objective:text", "Class:text", "Recurrence:text", "Directness:text", "Measure:text",
              "Baseline:number", "Target:number", "Unit:text", "Full-year value:whole", "Currency:text", "Start:date", "Ramp:text", "Confidence:percent",
              "Owner in operations:text", "Responsible officer:text", "Budget line:text", "Double-count group:text",
              "Group share:percent", "Evidence needed:text"], register),
        Sheet("Benefit profile", ["Benefit:text", "Period:text", "Amount:money", "Quantity:number", "Version:text"],
              sorted(profile, key=lambda r: (r["Benefit"], order[r["Version"]]))),
        Sheet("Benefit readings", ["Benefit:text", "Period:text", "Amount:money", "Quantity:number", "Evidence:text", "Validated by:text",
              "Validated on:date"], readings,
              "Benefit readings", "Counted only with evidence and finance's name."),
    ]


CURVES = {"KPI-07": 9, "KPI-11": 5, "KPI-12": 6, "KPI-15": 4, "KPI-06": 1.6}


def kpis_book():
    names = ["KPI ID", "Name", "Kind", "of", "Formula or source", "Unit", "Direction", "Baseline", "Green threshold", "Red threshold", "Owner", "Parent", "Weight",
             "Aggregation", "Frequency", "first", "now", "goal", "digits"]
    rows, targets, readings = [], [], []
    for r in records(registers.KPIS, *names):
        owner = {"Objective" if r["of"].startswith("OBJ") else "Initiative": r["of"]}
        rows.append(r | owner | {k: number(r[k]) for k in ("Baseline", "Green threshold", "Red threshold")} | {"Weight": int(r["Weight"]) / 100})
        begin = INITIATIVES[r["of"]].start if r["of"] in INITIATIVES else date(2025, 4, 1)
        begin = date(2026, 4, 1) if r["KPI ID"] == "KPI-16" else begin
        first, now, goal, digits = number(r["first"]), number(r["now"]), number(r["goal"]), int(r["digits"])
        done = [ym for ym in months(begin, AS_OF) if r["Frequency"] == "monthly" or ym[1] % 3 == 0]
        ahead = [ym for ym in months(begin, date(2027, 3, 1)) if r["Frequency"] == "monthly" or ym[1] % 3 == 0]
        for n, (y, m) in enumerate(done):
            x = (n / (len(done) - 1)) ** CURVES.get(r["KPI ID"], 1)
            noise = rng(r["KPI ID"], y, m).uniform(-0.012, 0.012) * first if 0 < n < len(done) - 1 else 0
            value = round(first + (now - first) * x + noise, digits)
            readings.append({"KPI": r["KPI ID"], "Period": date(y, m, 1), "Value": int(value) if digits == 0 else value})
        for n, (y, m) in enumerate(ahead):
            value = round(first + (goal - first) * n / (len(ahead) - 1), digits)
            targets.append({"KPI": r["KPI ID"], "Period": date(y, m, 1), "Value": int(value) if digits == 0 else value})
    said = {"KPI-03": "Flat for three months; see BEN-01", "KPI-07": "Pilot homes only until wave 1 starts", "KPI-11": "Three times what was planned for this point"}
    for k, text in said.items():
        max((x for x in readings if x["KPI"] == k), key=lambda x: x["Period"])["Comment"] = text
    return [
        Sheet("KPIs", ["KPI ID:text", "Name:text", "Kind:text", "Objective:text", "Initiative:text", "Formula or source:text", "Unit:text",
              "Direction:text", "Baseline:number", "Green threshold:number", "Red threshold:number", "Owner:text", "Parent:text", "Weight:percent", "Aggregation:text", "Frequency:text"], rows),
        Sheet("KPI targets", ["KPI:text", "Period:month", "Value:number"], targets),
        Sheet("KPI readings", ["KPI:text", "Period:month", "Value:number", "Comment:text"], readings),
    ]


# ---------------------------------------------------------------- all of it

def write_flaws(flaws):
    order = ["a date typed", "a number stored", "a trailing", "a look-alike", "an unknown", "an entry id", "a ledger line", "an owner", "a finished activity",
             "a dependency on", "a formula", "a hidden", "a subtotal", "a misspelt", "a percent", "an invoice booked twice", "an accrual that",
             "a line that names", "a line entered after", "more released", "an order past", "a change that its", "a change above", "a change split",
             "a change in a closed", "a draw on", "a stated change"]
    lines = ["# What is wrong on purpose", "", "Written by `make.py`. Everything else in `inputs/` should pass every check.", "",
             "| # | file | sheet | cell | what | typed | why |", "|---|---|---|---|---|---|---|"]
    rank = lambda flaw: next(n for n, start in enumerate(order) if flaw[3].what.startswith(start))
    ranked = sorted(flaws, key=rank)
    assert {rank(f) for f in ranked} == set(range(len(order))), [f[3].what for f in ranked]
    for n, (file, sheet, cell, flaw) in enumerate(ranked, 1):
        typed = "(blank)" if flaw.value is None else f"`{flaw.value:%d-%b-%Y}`" if isinstance(flaw.value, date) else f"`{flaw.value}`"
        lines.append(f"| {n} | {file} | {sheet} | {cell} | {flaw.what} | {'(row)' if 'hidden' in flaw.what else typed} | {flaw.why} |")
    lines += ["", "Number 9 also leaves the actual finish out of the activity's last row in Progress.", "",
              "Not flaws but the story, so a checker will speak of them: float below zero before the deadlines of LU-101 and LU-102",
              "and the date by which LU-101 must finish; promises after the need-by date (LU-101 A260 to A270, LU-103 A540 to LU-104",
              "A420) and one that is not agreed (LU-106 A430 to LU-104 A540); work begun out of sequence (LU-105 A520 before A515); a",
              "weather buffer that is used up (LU-104 A380); leads (negative lags) and one start-to-finish link; one resource booked",
              "above capacity (RES-01), a role that nobody fills (cutover manager), open decisions past their needed-by date, and",
              "forecasts above the approved budget."]
    (HERE / "FLAWS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_dates():
    """The dates that this script schedules, for a trial that holds them against the program's: two programs, one plan.
    What is to be as late as possible is left out, since there is no backward pass here."""
    rows = [["initiative", "activity", "start", "finish"]]
    for a in NETWORK.values():
        if "alap" not in a.options:
            rows.append([a.initiative.id, shown(*a.key), *(f"{moment(t):%Y-%m-%d %H:%M}" for t in a.forecast)])
    DATES.parent.mkdir(exist_ok=True)
    DATES.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")


def write_all():
    INPUTS.mkdir(exist_ok=True)
    flaws, counts = [], Counter()

    def book(name, sheets, owner, title):
        write_book(INPUTS / f"{name}.xlsx", sheets, owner, title, flaws)
        counts.update({s.name: len(s.rows) for s in sheets})

    book("initiatives", initiatives_book(), "PMO", "Initiatives")
    book("calendars", calendars_book(), "PMO", "Calendars")
    for i in INITIATIVES.values():
        if i.id in story.MS_PROJECT | story.PRIMAVERA:
            name, raw = planner_file(i)
            (INPUTS / name).write_bytes(raw)
            book(PLAN_FILES[i.id].replace("plan-", "progress-"), beside_planner(i), "PMO", f"{i.name}: progress")
        else:
            book(PLAN_FILES[i.id], plan_book(i), i.name, f"{i.name}: plan")
    book("resources", resources_book(), "PMO", "Resources")
    book("finance", finance_book(), "Finance", "Budgets, forecast and rates")
    books, orders = ledger(NETWORK, RESOURCES)
    money.add_entry_days(books)
    ledger_flaws(books)
    money.control_flaws(books)
    money.order_alone(books[1], orders)
    money.check_changes(budget_lines())
    book("ledger-2025", [Sheet("Actuals", LEDGER_COLUMNS, books[0])], "Finance", "Ledger 2025")
    book("ledger-2026", [Sheet("Actuals", LEDGER_COLUMNS, books[1])], "Finance", "Ledger January to October 2026")
    write_branch_csv(INPUTS / "ledger-eu-branch.csv", books[2], flaws)
    counts["Actuals"] += len(books[2])
    book("budget-control", money.control_book(INITIATIVES), "Finance", "Budget changes, authority, funding and contingency")
    book("orders", money.orders_book(orders, books), "Procurement", "Purchase orders")
    book("governance", [decisions_sheet()], "PMO", "Decisions")
    book("risks", [risks_sheet(), issues_sheet()], "Risk", "Risks and issues")
    book("benefits", benefits_book(), "Finance", "Benefits")
    book("kpis", kpis_book(), "PMO", "Measures")
    write_flaws(flaws)
    write_dates()
    return counts


PEOPLE = list(people())
INITIATIVES, NETWORK = run.read_plan()
RESOURCES = run.read_resources()
run.plan(NETWORK)
run.smooth(NETWORK, RESOURCES)
run.price(NETWORK, RESOURCES)
DELIVERABLES = list(deliverables())
FORECAST = forecast_lines()

if __name__ == "__main__":
    rows = write_all()
    run.tell(INITIATIVES, NETWORK, run.figures(INITIATIVES, NETWORK), rows)
