"""The money tables of Larkmoor Utilities plc (fictional): budget changes, authority limits, funding, contingency and orders.

Amounts are written by hand, as finance would have; sums that must agree with other tables (openings of contingency,
orders of the ledger) are taken from there. What is wrong on purpose is a Flaw in its cell.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from execution import AS_OF, day, fiscal
from ledger import back_to_work, on_to_work
from workbook import Flaw, Sheet

# id | type | from | to | amount | period | to period | WBS | to WBS | category | to category | capex or opex | funding source
# | reason | requester | approver | approved on | status. A blank "to" is as the "from".
BUDGET_CHANGES = """
BC-01|virement|LU-101|LU-101|20000|2026-11||||Services|Labour|capex|Capital programme|Our own engineers sit with the vendor in place of consultants|P-20|P-08|2026-08-10|approved
BC-02|increase||LU-102|27500|2026-10||||Services||capex|Capital programme|300 more consultant hours for the system test (DEC-06)|P-09|P-03|2026-07-08|approved
BC-03|decrease|LU-107||85000|2027-01||||Services||opex|Revenue|Executive dashboards deferred (DEC-16)|P-14|P-03|2026-08-17|approved
BC-04|virement|LU-107|LU-102|60000|2026-11||||Services||capex|Capital programme|The hold leaves money free; the system test needs it|P-09|P-03|2026-09-02|approved
BC-05|virement|LU-103|LU-103|12000|2026-11||||Services|Labour|capex|Resilient networks grant|The parallel run is watched by our own engineers|P-10|P-04|2026-09-21|approved
BC-06|re-phase|LU-101|LU-101|1000000|2026-11|2027-04|||Equipment||capex|Capital programme|Meter stock is called off when wave 1 can start|P-08|Executive board|2026-10-05|approved
BC-07|virement|LU-106|LU-106|18000|2026-11||||Services|Labour|opex|Revenue|Champions run the roll-out in two areas themselves|P-25|P-13|2026-10-06|approved
BC-08|virement|LU-107|LU-106|40000|2026-11||||Services||capex|Capital programme|A contract architect for the stores integration|P-13|P-03|2026-10-08|approved
BC-09|virement|LU-104|LU-104|8500|2026-10||3|4|Services||capex|Capital programme|Fire doors ordered with the fit-out|P-11|P-11|2026-10-12|approved
BC-10|virement|LU-101|LU-101|24000|2026-11||||Services|Equipment|capex|Capital programme|Repeaters for the valleys, first half|P-20|P-08|2026-10-13|approved
BC-11|virement|LU-101|LU-101|24000|2026-11||||Services|Equipment|capex|Capital programme|Repeaters for the valleys, second half|P-20|P-08|2026-10-15|approved
BC-12|virement|LU-104|LU-104|30000|2026-08||3|4|Services||capex|Capital programme|Steel recoated; the fit-out began at once|P-11|P-05|2026-10-16|approved
BC-13|increase||LU-102|480000|2027-02||||Services||capex|Capital programme|Go-live after the year-end close (DEC-07)|P-09|||proposed
BC-14|increase||LU-105|60000|2026-11||||Services||opex|Revenue|A third campaign wave|P-12|P-06|2026-09-17|rejected
"""

# holder | kind | limit in pounds, blank for none | escalates to
AUTHORITY = """
Product owner|any|10000|Chief financial officer
Project manager|any|10000|Programme manager
Programme manager|any|25000|Chief financial officer
Metering director|any|75000|Chief financial officer
Networks director|any|75000|Chief financial officer
Property director|any|75000|Chief financial officer
Customer director|any|75000|Chief financial officer
Safety director|any|75000|Chief financial officer
Chief financial officer|any|250000|Executive board
Executive board|any||
Chief financial officer|increase|100000|Executive board
Executive board|increase||
Chief financial officer|management reserve|50000|Executive board
Executive board|management reserve||
"""

# source | amount | currency | from | to | conditions | match % | expiry | initiative
FUNDING = """
Capital programme|9200000|GBP|2025-01-01||Capital plan FY2025 and FY2026|||
Capital programme|18900000|GBP|2026-04-01||Capital plan FY2027|||
Capital programme|5800000|GBP|2027-04-01|2028-03-31|Capital plan FY2028, first release|||
Revenue|1815000|GBP|2025-01-01|2026-03-31|Operating budget FY2025 and FY2026, not carried forward|||
Revenue|2660000|GBP|2026-04-01||Operating budget FY2027|||
Revenue|295000|GBP|2027-04-01|2028-03-31|Operating budget FY2028, first release|||
Resilient networks grant|930000|EUR|2025-07-01|2026-11-30|40 % of installation; claimed quarterly; all outstations live by the expiry|40|2026-11-30|LU-103
Network reinvestment|1360000|EUR|2025-07-01||Stands beside the grant|||LU-103
Digital fund|1050000|GBP|2025-02-01|2026-12-31|For the customer portal alone|||LU-105
"""

# fund's initiative or blank for the management reserve | date | movement | amount in the initiative's currency | risk | approver | reason
RESERVES = """
LU-101|2025-11-17|drawdown|18000|RSK-08|P-02|Air freight for the pilot meters
LU-101|2026-07-20|drawdown|70000|RSK-01|P-02|On-site team at the vendor
LU-101|2026-10-12|drawdown|45000|RSK-04|P-02|Retention of 18 fitters to January
LU-102|2026-06-22|drawdown|35000|RSK-11|P-03|Supplier records cleaned by hand
LU-102|2026-07-13|drawdown|60000|RSK-10|P-03|Hours at the call-off rate
LU-102|2026-08-10|drawdown|65000|RSK-09|P-03|A further cycle of the system test
LU-102|2026-09-14|drawdown|75000|RSK-13|P-03|Plan for a go-live after the year end
LU-103|2026-02-09|drawdown|30000|RSK-16|P-04|Two masts strengthened
LU-103|2026-05-18|drawdown|55000|RSK-19|P-04|Second visits for the firmware fault
LU-103|2026-10-12|release|100000||P-04|Firmware risk closed
LU-104|2026-03-23|drawdown|420000|RSK-21|Executive board|Contaminated soil under the yard
LU-104|2026-09-21|drawdown|40000|RSK-22|P-05|Generators reserved for eight weeks
LU-105|2026-06-15|drawdown|15000|RSK-27|P-06|Call-back in place of the number on the bill
LU-105|2026-08-03|drawdown|8000||P-06|Agency writer for the summer
LU-106|2026-10-12|drawdown|20000|RSK-33|P-04|Contract architect, first month
LU-107|2026-09-14|drawdown|30000|RSK-36|P-03|Reserved capacity not resold
LU-108|2025-12-01|drawdown|6000|RSK-39|P-07|Agency trainer
LU-108|2026-02-09|drawdown|9000|RSK-40|P-07|Catch-up sessions
LU-108|2026-03-09|release|17000||P-07|Programme complete
|2026-03-09|addition|17000||Executive board|Released by LU-108
|2026-04-17|drawdown|250000|RSK-21|Executive board|Soil removal beyond the initiative's contingency (DEC-10)
|2026-10-12|addition|87000||Executive board|Released by LU-103, at the rate of the day
"""
MANAGEMENT_RESERVE = 1200000

GRANT = "Resilient networks grant"
FUNDED_BY_GRANT = {("LU-103", "Services"), ("LU-103", "Labour")}


def funding_source(initiative, category, kind):
    """Who pays for a budget line."""
    if (initiative, category) in FUNDED_BY_GRANT:
        return GRANT
    if kind == "opex":
        return "Revenue"
    return "Digital fund" if initiative == "LU-105" else "Capital programme"


def plain(cell):
    """What a cell says, on purpose wrong or not."""
    return cell.value if isinstance(cell, Flaw) else cell


def lines(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def month(text):
    return (int(text[:4]), int(text[5:])) if text else None


# ---------------------------------------------------------------- budget changes and who may approve them

@dataclass
class Change:
    id: str
    kind: str
    source: str
    target: str
    amount: int
    at: tuple
    to_at: tuple
    wbs: str
    to_wbs: str
    category: str
    to_category: str
    capex: str
    fund: str
    reason: str
    requester: str
    approver: str
    approved: str
    status: str

    @property
    def cells(self):
        """What it takes from, and what it gives to, as (initiative, WBS, category, capex or opex, month); None where nothing."""
        taken = (self.source, self.wbs, self.category, self.capex, self.at) if self.source else None
        given = (self.target, self.to_wbs or self.wbs, self.to_category or self.category, self.capex, self.to_at or self.at) if self.target else None
        return taken, given


def changes():
    for f in lines(BUDGET_CHANGES):
        yield Change(*f[:4], int(f[4]), month(f[5]), month(f[6]), *f[7:])


def check_changes(budget):
    """A change takes no more than there is; the story would not hold otherwise."""
    left = defaultdict(int)
    for (init, wbs, category, kind), cells in budget.items():
        for ym, amount in cells.items():
            left[init, wbs, category, kind, ym] += amount
    for c in changes():
        if c.status == "approved":
            taken, given = c.cells
            if taken:
                left[taken] -= c.amount
                assert left[taken] >= 0, (c.id, taken, left[taken])
            if given:
                left[given] += c.amount
    return left


FLAWED = {
    "BC-09": ("Approver", "a change that its requester approved", "P-11 asked for it and signed it; P-05 should have"),
    "BC-07": ("Approver", "a change above its approver's limit", "a product owner may approve up to 10,000"),
    "BC-11": ("Amount", "a change split in two", "BC-10 and BC-11 are one of 48,000, within two days, under one limit of 25,000"),
    "BC-12": ("Period", "a change in a closed period", "August was closed when it was approved in October"),
}


def change_rows(currency):
    for c in changes():
        row = {
            "Change ID": c.id, "Type": c.kind, "From": c.source, "To": c.target, "Amount": c.amount, "Currency": currency[c.source or c.target],
            "Period": fiscal(*c.at), "To period": fiscal(*c.to_at) if c.to_at else None, "WBS": c.wbs, "To WBS": c.to_wbs, "Category": c.category,
            "To category": c.to_category, "Capex/Opex": c.capex, "Funding source": c.fund, "Reason": c.reason, "Requester": c.requester,
            "Approver": c.approver, "Approved on": day(c.approved), "Status": c.status}
        if c.id in FLAWED:
            column, what, why = FLAWED[c.id]
            row[column] = Flaw(row[column], what, why)
        yield row


def authority_rows():
    for holder, kind, limit, above in lines(AUTHORITY):
        yield {"Body or role": holder, "Kind": kind, "Limit": int(limit) if limit else None, "Currency": "GBP", "Escalates to": above}


# ---------------------------------------------------------------- funding, contingency and the management reserve

def funding_rows():
    for source, amount, currency, first, last, conditions, match, expiry, initiative in lines(FUNDING):
        yield {"Source": source, "Amount": int(amount), "Currency": currency, "From": day(first), "To": day(last), "Conditions": conditions,
               "Match %": int(match) / 100 if match else None, "Expiry": day(expiry), "Initiative": initiative}


def reserve_rows(initiatives):
    """Each fund from its opening on; an initiative's opening is its Contingency."""
    moves = defaultdict(list)
    for f in lines(RESERVES):
        moves[f[0]].append(f)
    for i in initiatives.values():
        yield {"Fund": "contingency", "Initiative": i.id, "Date": i.start, "Movement": "opening", "Amount": round(i.budget * i.contingency, -3),
               "Currency": i.currency, "Approver": "Executive board", "Reason": "Approved with the budget"}
        yield from (reserve_row("contingency", i.currency, *f) for f in moves[i.id])
    yield {"Fund": "management reserve", "Date": date(2025, 1, 6), "Movement": "opening", "Amount": MANAGEMENT_RESERVE, "Currency": "GBP",
           "Approver": "Executive board", "Reason": "Capital plan"}
    yield from (reserve_row("management reserve", "GBP", *f) for f in moves[""])


def reserve_row(fund, currency, initiative, at, movement, amount, risk, approver, reason):
    row = {"Fund": fund, "Initiative": initiative, "Date": day(at), "Movement": movement, "Amount": int(amount), "Currency": currency,
           "Risk": risk, "Approver": approver, "Reason": reason}
    if movement == "drawdown" and not risk:
        row["Risk"] = Flaw(None, "a draw on contingency that names no risk", "nobody can say what it was for, or whether that risk is now gone")
    return row


# ---------------------------------------------------------------- orders

def order_rows(orders, books):
    """What procurement keeps of the orders that the ledger commits: each with its changes, and what is left of it."""
    released = defaultdict(float)
    for line in (line for book in books for line in book if line["Type"] == "commitment release"):
        released[line["PO"]] -= plain(line["Amount"])
    for order in sorted(orders, key=lambda o: (o["Raised"], o["PO"])):
        gone = released[order["PO"]]
        status = "closed" if order["finished"] else "partly delivered" if gone > 0 else "open"
        yield {k: v for k, v in order.items() if k != "finished"} | {"Amount": round(order["Amount"], 2), "Status": status}


def orders_book(orders, books):
    rows = list(order_rows(orders, books))
    late = [r for r in rows if r["Status"] != "closed" and r["Delivery"] < AS_OF]
    assert len(late) == 1, late
    late[0]["Delivery"] = Flaw(late[0]["Delivery"], "an order past its delivery date", "release 2 is late; the date of the contract stands until it is renegotiated")
    return [Sheet("Commitments", ["PO:text", "Vendor:text", "Initiative:text", "Category:text", "WBS:text", "Amount:money", "Currency:text",
                  "Raised:date", "Delivery:date", "Status:text"], rows, "Larkmoor Utilities plc (fictional): purchase orders",
                  "Kept by procurement. Amounts with order changes, in the currency of the order.")]


def control_book(initiatives):
    currency = {i.id: i.currency for i in initiatives.values()}
    return [
        Sheet("Budget changes", ["Change ID:text", "Type:text", "From:text", "To:text", "Amount:whole", "Currency:text", "Period:text", "To period:text",
              "WBS:text", "To WBS:text", "Category:text", "To category:text", "Capex/Opex:text", "Funding source:text", "Reason:text",
              "Requester:text", "Approver:text", "Approved on:date", "Status:text"], list(change_rows(currency)),
              "Larkmoor Utilities plc (fictional): changes to approved budgets", "The approved budgets themselves are never overwritten."),
        Sheet("Authority limits", ["Body or role:text", "Kind:text", "Limit:whole", "Currency:text", "Escalates to:text"], list(authority_rows())),
        Sheet("Funding", ["Source:text", "Amount:whole", "Currency:text", "From:date", "To:date", "Conditions:text", "Match %:percent", "Expiry:date",
              "Initiative:text"], list(funding_rows())),
        Sheet("Contingency", ["Fund:text", "Initiative:text", "Date:date", "Movement:text", "Amount:whole", "Currency:text", "Risk:text",
              "Approver:text", "Reason:text"], list(reserve_rows(initiatives))),
    ]


# ---------------------------------------------------------------- the ledger's own flaws

def entered(posted):
    """The day on which a line was typed: one working day later, two after a Friday; never after the last day of this ledger."""
    at = on_to_work(posted + timedelta(days=1))
    return min(at, back_to_work(AS_OF))


def add_entry_days(books):
    for line in (line for book in books for line in book):
        line["Entered on"] = entered(line["Posting date"])


def control_flaws(books):
    """Late items, a duplicate, an accrual that stays, a line that only its order explains, and a release too large."""
    _, second, branch = books
    book_twice(second)
    forget_reversal(second)
    enter_late(second, lambda r: r["Initiative"] == "LU-106" and 3000 < plain(r["Amount"]) < 60000, date(2026, 10, 13), "the invoice lay on a desk")
    enter_late(branch, lambda r: 2000 < plain(r["Amount"]) < 20000, date(2026, 10, 12), "the branch posted September after its close")
    rest = next(r for r in second if r["Description"] == "Release of the rest, Devices and vehicle mounts")
    rest["Amount"] = Flaw(rest["Amount"] - 4500, "more released than was ordered", "16,110 typed for 11,610")


def book_twice(lines):
    """An invoice under a second entry number."""
    first = next(r for r in lines if r["Type"] == "actual" and r["PO"] and r["Initiative"] == "LU-105" and r["Currency"] == "GBP"
                 and r["Posting date"] > date(2026, 6, 1) and 15000 < r["Amount"] < 25000)
    add(lines, dict(first), Flaw(None, "an invoice booked twice", f"{first['Document']} of {first['Vendor']} is also entry {first['Entry ID']}"))


def forget_reversal(lines):
    """An accrual whose reversal nobody posted, though its invoice came."""
    gone = next(n for n, r in enumerate(lines) if r["Type"] == "reversal" and r["Initiative"] == "LU-104" and -20000 < r["Amount"] < -2000
                and r["Posting date"] > date(2026, 4, 1))
    accrual = next(r for r in lines if r["Type"] == "accrual" and r["Document"] == lines[gone]["Document"])
    del lines[gone]
    accrual["Amount"] = Flaw(accrual["Amount"], "an accrual that was never reversed", "its invoice came, so the cost stands twice")


def enter_late(lines, fits, at, why):
    line = next(r for r in lines if r["Type"] == "actual" and fits(r) and date(2026, 9, 21) <= r["Posting date"] <= date(2026, 9, 30))
    line["Entered on"] = Flaw(at, "a line entered after its month was closed", why)


def order_alone(lines, orders):
    """A line that says nothing of its initiative but its order."""
    order = next(o for o in orders if o["Initiative"] == "LU-104" and o["WBS"] == "4.1")
    at = date(2026, 10, 19)
    line = {"Posting date": at, "Period": fiscal(2026, 10), "Category": "Services", "Type": "actual", "Amount": 3940.00, "Currency": "GBP",
            "Vendor": order["Vendor"], "PO": order["PO"], "Document": "INV-30718", "Description": "Fire doors", "Entered on": entered(at)}
    add(lines, line | {"Initiative": Flaw(None, "a line that names only its order", f"{order['PO']} is an order of LU-104")})
    add(lines, line | {"Initiative": "LU-104", "Cost code": "C104-4-SER", "Type": "commitment release", "Amount": -3940.00,
                       "Description": "Release, Office and workshop fit-out"})


def add(lines, line, flaw=None):
    """Puts a line in at its day, under the next free entry number."""
    last = max(int(plain(r["Entry ID"])[5:]) for r in lines)
    name = f"{plain(lines[0]['Entry ID'])[:5]}{last + 1:05d}"
    at = next((n for n, r in enumerate(lines) if r["Posting date"] > line["Posting date"]), len(lines))
    lines.insert(at, line | {"Entry ID": Flaw(name, flaw.what, flaw.why) if flaw else name})
