"""Risks, issues, decisions, benefits and measures, as their owners keep them."""

from datetime import date, timedelta

import registers
from execution import AS_OF, day, fiscal, month_end, months, rng
from finance_books import HORIZON
from workbook import Flaw, Sheet, number, records
from world import INITIATIVES, shown


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
