"""What the peers share: conversion of each sum to the penny, and the words that `money.rs` prints for a position."""

import hashlib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

COST = ("actual", "accrual", "reversal")


def peak():
    """Peak memory of this process in MB. The figure of getrusage would hold the memory of the process that started it."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def period(year, month):
    """The fiscal period of a month, in years from April, named after their end."""
    return f"FY{year + (month >= 4)}-P{(month - 4) % 12 + 1:02d}"


def told(sums, rates):
    """Sums of minor units by initiative, category, year, month and currency: cells, total, unassigned, digest of each."""
    cells = defaultdict(int)
    for initiative, category, year, month, currency, minor in sums:
        rate = Decimal(1) if currency == "GBP" else Decimal(str(rates[currency, year, month]))
        pence = int((Decimal(int(minor)) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        cells[initiative, category, period(year, month)] += pence
    lines = "".join(f"{'|'.join(key)}|{pence}\n" for key, pence in sorted(cells.items()))
    unassigned = sum(pence for key, pence in cells.items() if not key[0])
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return f"{len(cells)} {sum(cells.values())} {unassigned} {digest}"
