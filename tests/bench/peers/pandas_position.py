"""The cost position of a ledger in pandas with openpyxl: seconds, peak memory, and the position as `money.rs` prints it.

Reads every workbook `ledger-*.xlsx` of a folder, maps cost codes, converts at the average rate of the period, and adds up by
initiative, category and period. No cell is checked. The start of the interpreter and the imports are not counted.
"""

import glob
import os
import sys
import time

import pandas

import position

folder = sys.argv[1]
start = time.perf_counter()
books = sorted(glob.glob(os.path.join(folder, "ledger-*.xlsx")))
lines = pandas.concat([pandas.read_excel(book, engine="openpyxl") for book in books], ignore_index=True)
finance = os.path.join(folder, "finance.xlsx")
codes = pandas.read_excel(finance, sheet_name="Cost codes", engine="openpyxl")
rates = pandas.read_excel(finance, sheet_name="FX rates", engine="openpyxl")

codes = codes.rename(columns={"Initiative": "of_code", "Category": "category_of_code"})
lines = lines.merge(codes[["Cost code", "of_code", "category_of_code"]], on="Cost code", how="left")
lines = lines[(lines["Posting date"] <= pandas.Timestamp(2026, 10, 31)) & lines["Type"].isin(position.COST)]
cells = pandas.DataFrame(
    {
        "initiative": lines["Initiative"].fillna(lines["of_code"]).fillna(""),
        "category": lines["Category"].fillna(lines["category_of_code"]).fillna(""),
        "year": lines["Posting date"].dt.year,
        "month": lines["Posting date"].dt.month,
        "currency": lines["Currency"],
        "minor": (lines["Amount"] * 100).round().astype("int64"),
    }
)
sums = cells.groupby(["initiative", "category", "year", "month", "currency"], sort=False)["minor"].sum()
average = rates[rates["Kind"] == "average"]
by_month = {(row.From, row.Period.year, row.Period.month): row.Rate for row in average.itertuples()}
told = position.told(((*key, minor) for key, minor in sums.items()), by_month)
seconds = time.perf_counter() - start
print(f"{seconds:.4f} {position.peak():.0f} {told}")
