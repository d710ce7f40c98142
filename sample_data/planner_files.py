"""Plans in the planners' own files: a Microsoft Project plan saved as XML (MSPDI) and a Primavera P6 export (XER).

Both are written here, tag by tag and field by field, as those programs write them; no plan of anybody else went in.
"""

from datetime import date, timedelta
from xml.sax.saxutils import escape

from calendar_and_network import BANK_HOLIDAYS, EXCEPTIONS, moment
from execution import AS_OF, DATA_DATE, day

DAYS_OFF = [(first, last or first, name) for calendar, first, last, works, _, name in EXCEPTIONS if calendar == "STD" and not works]
assert len(DAYS_OFF) > len(BANK_HOLIDAYS)


def stamp(minute, letter="T"):
    return f"{moment(minute):%Y-%m-%d}{letter}{moment(minute):%H:%M}" + (":00" if letter == "T" else "")


# ---------------------------------------------------------------- Microsoft Project

class Xml:
    """Elements, two spaces deeper inside each other."""

    def __init__(self):
        self.lines, self.depth = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'], 0

    def put(self, name, value):
        if value is not None:
            self.lines.append(f"{'  ' * self.depth}<{name}>{escape(str(value))}</{name}>")

    def open(self, name, attributes=""):
        self.lines.append(f"{'  ' * self.depth}<{name}{attributes}>")
        self.depth += 1

    def close(self, name):
        self.depth -= 1
        self.lines.append(f"{'  ' * self.depth}</{name}>")


def hours(days):
    return f"PT{round(days * 8)}H0M0S"


def project_calendar(xml):
    xml.open("Calendars")
    xml.open("Calendar")
    for name, value in ("UID", 1), ("Name", "Standard"), ("IsBaseCalendar", 1), ("BaseCalendarUID", -1):
        xml.put(name, value)
    xml.open("WeekDays")
    for number in range(1, 8):
        xml.open("WeekDay")
        xml.put("DayType", number)
        xml.put("DayWorking", int(2 <= number <= 6))
        if 2 <= number <= 6:
            xml.open("WorkingTimes")
            for start, finish in ("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"):
                xml.open("WorkingTime")
                xml.put("FromTime", start)
                xml.put("ToTime", finish)
                xml.close("WorkingTime")
            xml.close("WorkingTimes")
        xml.close("WeekDay")
    xml.close("WeekDays")
    xml.open("Exceptions")
    for first, last, name in DAYS_OFF:
        xml.open("Exception")
        xml.put("EnteredByOccurrences", 0)
        xml.open("TimePeriod")
        xml.put("FromDate", f"{first}T00:00:00")
        xml.put("ToDate", f"{last}T23:59:00")
        xml.close("TimePeriod")
        for tag, value in ("Occurrences", 1), ("Name", name), ("Type", 1), ("DayWorking", 0):
            xml.put(tag, value)
        xml.close("Exception")
    for name in "Exceptions", "Calendar", "Calendars":
        xml.close(name)


def uid(id):
    """A task's unique id: A120 is 120. Ours for it is then T120."""
    return int(id[1:])


def baseline(xml, a):
    xml.open("Baseline")
    for name, value in [("Number", 1), ("Start", stamp(a.base[0])), ("Finish", stamp(a.base[1])), ("Duration", hours(a.days)),
                        ("DurationFormat", 7), ("Cost", round(a.cost * 100))]:
        xml.put(name, value)
    xml.close("Baseline")


def task(xml, number, a, remaining, resume, owner):
    percent = round(a.percent_at(DATA_DATE) * 100) if a.started else 0
    held = resume and a.started and not a.finished
    xml.open("Task")
    for name, value in [
        ("UID", uid(a.id)), ("ID", number), ("Name", a.name), ("Manual", int("man" in a.options)), ("Type", 0), ("IsNull", 0),
        ("Contact", owner), ("WBS", a.wbs), ("OutlineNumber", a.wbs), ("OutlineLevel", 2), ("Priority", 500), ("Start", stamp(a.forecast[0])),
        ("Finish", stamp(a.forecast[1])), ("Duration", hours(a.current_days)),
        ("ManualStart", stamp(a.forecast[0]) if "man" in a.options else None),
        ("ManualDuration", hours(a.current_days) if "man" in a.options else None), ("DurationFormat", 7),
        ("Stop", stamp(a.stop) if held else None), ("Resume", f"{resume}T08:00:00" if held else None), ("Milestone", int(a.days == 0)),
        ("Summary", 0), ("FixedCost", round(a.fixed * 100)), ("FixedCostAccrual", 3), ("PercentComplete", percent),
        ("ActualStart", stamp(a.truth[0]) if a.started else None), ("ActualFinish", stamp(a.truth[1]) if a.finished else None),
        ("RemainingDuration", hours(0 if a.finished else remaining if a.started else a.current_days)), ("ConstraintType", 0),
        ("CalendarUID", -1),
    ]:
        xml.put(name, value)
    for link in a.links:
        if link.pred[0] == a.initiative.id:
            assert link.unit == "d" and not link.calendar, link
            xml.open("PredecessorLink")
            for name, value in [("PredecessorUID", uid(link.pred[1])), ("Type", ["FF", "FS", "SF", "SS"].index(link.kind)),
                                ("CrossProject", 0), ("LinkLag", round(link.lag * 4800)), ("LagFormat", 7)]:
                xml.put(name, value)
            xml.close("PredecessorLink")
    baseline(xml, a)
    xml.close("Task")


def mspdi(initiative, remaining, resume, owner_of):
    """The bytes of a Microsoft Project plan."""
    xml = Xml()
    xml.open("Project", ' xmlns="http://schemas.microsoft.com/project"')
    for name, value in [
        ("SaveVersion", 14), ("Name", f"{initiative.id}.mpp"), ("Title", initiative.name), ("ScheduleFromStart", 1),
        ("StartDate", f"{initiative.start}T08:00:00"), ("FinishDate", stamp(max(a.forecast[1] for a in initiative.activities))),
        ("CriticalSlackLimit", 0), ("CurrencyCode", "GBP"), ("CalendarUID", 1), ("MinutesPerDay", 480), ("MinutesPerWeek", 2400),
        ("DaysPerMonth", 20), ("HonorConstraints", 1), ("MultipleCriticalPaths", 0), ("StatusDate", stamp(DATA_DATE)),
    ]:
        xml.put(name, value)
    project_calendar(xml)
    xml.open("Tasks")
    number = 0
    for a in initiative.activities:
        if a.wbs.endswith(".1"):
            number, phase = number + 1, int(a.wbs.split(".")[0])
            xml.open("Task")
            for name, value in [("UID", phase), ("ID", number), ("Name", initiative.phases[phase - 1]), ("Type", 1), ("IsNull", 0),
                                ("WBS", phase), ("OutlineNumber", phase), ("OutlineLevel", 1), ("Summary", 1), ("CalendarUID", -1)]:
                xml.put(name, value)
            xml.close("Task")
        number += 1
        task(xml, number, a, remaining(a), resume, owner_of(a))
    xml.close("Tasks")
    xml.close("Project")
    return ("\r\n".join(xml.lines) + "\r\n").encode("utf-8")


# ---------------------------------------------------------------- Primavera P6

EXCEL_EPOCH = date(1899, 12, 30)


def clndr_data():
    """P6's own way of writing working time: nested brackets, weekdays from Sunday, exceptions by Excel's day numbers."""
    shift = "".join(f"(0||{n}(s|{start}|f|{finish})())" for n, (start, finish) in enumerate([("08:00", "12:00"), ("13:00", "17:00")]))
    week = "".join(f"(0||{n}()({shift if 2 <= n <= 6 else ''}))" for n in range(1, 8))
    off, number = "", 0
    for first, last, _ in DAYS_OFF:
        at = day(first)
        while at <= day(last):
            off += f"(0||{number}(d|{(at - EXCEL_EPOCH).days})())"
            at, number = at + timedelta(days=1), number + 1
    return f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()({off}))))"


TYPES = {"": "TT_Task", "SM": "TT_Mile", "H": "TT_LOE"}
TASK_FIELDS = ["task_id", "proj_id", "wbs_id", "clndr_id", "task_code", "task_name", "task_type", "status_code", "complete_pct_type",
               "phys_complete_pct", "target_drtn_hr_cnt", "remain_drtn_hr_cnt", "target_start_date", "target_end_date", "act_start_date",
               "act_end_date", "priority_type"]
PROJECT, BASELINE = 108, 1081


def tasks(initiative):
    """The activities of the project, then those of its baseline."""
    for n, a in enumerate(initiative.activities, 1):
        assert a.finished, a.key
        yield [5000 + n, PROJECT, 300 + int(a.wbs[0]), 1, a.id, a.name, TYPES.get(a.kind, "TT_FinMile"), "TK_Complete", "CP_Phys", 100,
               a.days * 8, 0, stamp(a.base[0], " "), stamp(a.base[1], " "), stamp(a.truth[0], " "), stamp(a.truth[1], " "), "PT_Normal"]
    for n, a in enumerate(initiative.activities, 1):
        yield [6000 + n, BASELINE, 400 + int(a.wbs[0]), 1, a.id, a.name, TYPES.get(a.kind, "TT_FinMile"), "TK_NotStart", "CP_Phys", 0,
               a.days * 8, a.days * 8, stamp(a.base[0], " "), stamp(a.base[1], " "), "", "", "PT_Normal"]


def xer(initiative):
    """The bytes of a Primavera P6 export."""
    number = {a.id: 5000 + n for n, a in enumerate(initiative.activities, 1)}
    links = [(link, a) for a in initiative.activities for link in a.links]
    assert all(link.pred[0] == initiative.id and link.unit == "d" for link, _ in links)
    begin = stamp(min(a.base[0] for a in initiative.activities), " ")
    nodes = [[300, PROJECT, "Y", initiative.id, initiative.name, ""], [400, BASELINE, "Y", "Baseline 1", initiative.name, ""]]
    for base, project in (300, PROJECT), (400, BASELINE):
        nodes += [[base + n, project, "N", n, name, base] for n, name in enumerate(initiative.phases, 1)]
    tables = [
        ("CURRTYPE", ["curr_id", "curr_short_name", "decimal_digit_cnt", "base_exch_rate"], [[1, "GBP", 2, 1]]),
        ("CALENDAR", ["clndr_id", "default_flag", "clndr_name", "proj_id", "base_clndr_id", "clndr_type", "day_hr_cnt", "clndr_data"],
         [[1, "Y", "Office, UK bank holidays", "", "", "CA_Base", 8, clndr_data()]]),
        ("PROJECT", ["proj_id", "proj_short_name", "clndr_id", "plan_start_date", "last_recalc_date", "orig_proj_id", "critical_path_type",
                     "critical_drtn_hr_cnt"],
         [[PROJECT, initiative.id, 1, begin, stamp(DATA_DATE, " "), "", "CT_TotFloat", 0],
          [BASELINE, "Baseline 1", 1, begin, begin, PROJECT, "CT_TotFloat", 0]]),
        ("SCHEDOPTIONS", ["schedoptions_id", "proj_id", "sched_retained_logic", "sched_progress_override", "sched_float_type",
                          "sched_calendar_on_relationship_lag"], [[1, PROJECT, "Y", "N", "FT_FF", "rcal_Predecessor"]]),
        ("PROJWBS", ["wbs_id", "proj_id", "proj_node_flag", "wbs_short_name", "wbs_name", "parent_wbs_id"], nodes),
        ("TASK", TASK_FIELDS, list(tasks(initiative))),
        ("TASKPRED", ["task_pred_id", "task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt"],
         [[7000 + n, number[a.id], number[link.pred[1]], PROJECT, PROJECT, f"PR_{link.kind}", link.lag * 8]
          for n, (link, a) in enumerate(links, 1)]),
        ("PROJCOST", ["cost_item_id", "proj_id", "task_id", "cost_name", "target_cost"],
         [[8000 + n, PROJECT, number[a.id], f"{a.name}: fixed cost", f"{a.fixed:.2f}"]
          for n, a in enumerate((a for a in initiative.activities if a.fixed), 1)]),
    ]
    lines = ["\t".join(["ERMHDR", "22.12", f"{AS_OF:%Y-%m-%d}", "Project", "planner", "Larkmoor planner", "dbxDatabaseNoName",
                        "Project Management", "GBP"])]
    for name, fields, rows in tables:
        lines += [f"%T\t{name}", "\t".join(["%F", *fields])]
        lines += ["\t".join(["%R", *map(str, row)]) for row in rows]
    return ("\r\n".join([*lines, "%E"]) + "\r\n").encode("cp1252")
