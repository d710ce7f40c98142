"""The cost position of a ledger in polars with fastexcel: seconds, peak memory, and the position as `money.rs` prints it.

Reads every workbook `ledger-*.xlsx` of a folder (two at a time), maps cost codes, converts at the average rate of the period,
and adds up by initiative, category and period. No cell is checked. The start of the interpreter and the imports are not counted.
"""

import glob
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import fastexcel
import polars

import position


def sheet(path, name):
    return fastexcel.read_excel(path).load_sheet(name).to_polars()


folder = sys.argv[1]
start = time.perf_counter()
books = sorted(glob.glob(os.path.join(folder, "ledger-*.xlsx")))
with ThreadPoolExecutor(2) as pool:
    lines = polars.concat(list(pool.map(lambda book: sheet(book, 0), books)))
finance = os.path.join(folder, "finance.xlsx")
codes, rates = sheet(finance, "Cost codes"), sheet(finance, "FX rates")

codes = codes.select("Cost code", of_code="Initiative", category_of_code="Category")
posted = polars.col("Posting date").cast(polars.Date)
sums = (
    lines.lazy()
    .filter((posted <= date(2026, 10, 31)) & polars.col("Type").is_in(list(position.COST)))
    .join(codes.lazy(), on="Cost code", how="left")
    .group_by(
        initiative=polars.coalesce("Initiative", "of_code", polars.lit("")),
        category=polars.coalesce("Category", "category_of_code", polars.lit("")),
        year=posted.dt.year(),
        month=posted.dt.month(),
        currency=polars.col("Currency"),
    )
    .agg(minor=(polars.col("Amount") * 100).round().cast(polars.Int64).sum())
    .collect()
)
average = rates.filter(polars.col("Kind") == "average")
by_month = {(row["From"], row["Period"].year, row["Period"].month): row["Rate"] for row in average.iter_rows(named=True)}
told = position.told(sums.iter_rows(), by_month)
seconds = time.perf_counter() - start
print(f"{seconds:.4f} {position.peak():.0f} {told}")
