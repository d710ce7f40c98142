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

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import execution as run
import finance_books as finance
import money
import planner_files
import register_books as registered
import story
from calendar_and_network import CALENDARS, DAY, EXCEPTIONS, minute, moment
from execution import AS_OF, DATA_DATE, RATE_STEP, day, months, month_end, raised, when
from finance_books import FIRST
from ledger import ledger
from workbook import Flaw, Sheet, number, records, write_book
from world import INITIATIVES, NETWORK, RESOURCES, shown

HERE = Path(__file__).resolve().parent
INPUTS = HERE / "inputs"
DATES = HERE.parent / "tests" / "cases" / "sample_schedule" / "dates.csv"
KINDS = {"": "task", "M": "milestone", "SM": "start milestone", "FM": "finish milestone", "G": "decision gate", "R": "review point", "C": "celebration", "H": "hammock",
         "B": "buffer"}
CONSTRAINTS = {"SNET": "start no earlier than", "SNLT": "start no later than", "FNET": "finish no earlier than", "FNLT": "finish no later than",
               "SO": "start on", "FO": "finish on", "MSO": "must start on", "MFO": "must finish on"}
PLAN_FILES = {"LU-101": "plan-smart-metering", "LU-102": "plan-erp-finance", "LU-103": "plan-network-telemetry",
              "LU-104": "plan-depot-consolidation", "LU-105": "plan-customer-portal", "LU-106": "plan-field-app",
              "LU-107": "plan-data-platform", "LU-108": "plan-safety-training"}
TIMED = {"LU-101", "LU-103", "LU-104"}   # owners who type times as well as dates
CONTROLLED = {"LU-101", "LU-102", "LU-103", "LU-104"}  # managed by control account
ESTIMATED = {"LU-101", "LU-102", "LU-104", "LU-106"}  # owners who keep three-point estimates


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
    """Who does the work: the vendor, else the team of the first of its people, else the workstream; nobody, where there is none."""
    if not a.parts:
        return None
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
              "forecasts above the approved budget; contingency of LU-102 that no longer covers its risks; cost of LU-103 in December",
              "after its grant has ended, and what is left of that grant, of the digital fund and of last year's revenue budget; an order",
              "of LU-105 that is invoiced above its amount (by number 16); the baseline of LU-107 above a budget from which money was moved",
              "while it is on hold; and variances that nobody has explained (LU-101 CA-101-3, LU-102 CA-102-5)."]
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
    book("finance", finance.finance_book(), "Finance", "Budgets, forecast and rates")
    books, orders = ledger(NETWORK, RESOURCES)
    money.add_entry_days(books)
    finance.ledger_flaws(books)
    money.control_flaws(books)
    money.order_alone(books[1], orders)
    money.check_changes(finance.budget_lines())
    book("ledger-2025", [Sheet("Actuals", finance.LEDGER_COLUMNS, books[0])], "Finance", "Ledger 2025")
    book("ledger-2026", [Sheet("Actuals", finance.LEDGER_COLUMNS, books[1])], "Finance", "Ledger January to October 2026")
    finance.write_branch_csv(INPUTS / "ledger-eu-branch.csv", books[2], flaws)
    counts["Actuals"] += len(books[2])
    book("budget-control", money.control_book(INITIATIVES), "Finance", "Budget changes, authority, funding and contingency")
    book("orders", money.orders_book(orders, books), "Procurement", "Purchase orders")
    book("governance", [registered.decisions_sheet()], "PMO", "Decisions")
    book("risks", [registered.risks_sheet(), registered.issues_sheet()], "Risk", "Risks and issues")
    book("benefits", registered.benefits_book(), "Finance", "Benefits")
    book("kpis", registered.kpis_book(), "PMO", "Measures")
    write_flaws(flaws)
    write_dates()
    return counts


PEOPLE = list(people())
DELIVERABLES = list(deliverables())

if __name__ == "__main__":
    rows = write_all()
    run.tell(INITIATIVES, NETWORK, run.figures(INITIATIVES, NETWORK), rows)
