"""Seconds that fastexcel needs to give polars the raw first sheet of a workbook, and the peak memory of this process.

The start of the interpreter and the imports are not counted.
"""

import sys
import time

import fastexcel
import polars

import position

start = time.perf_counter()
frame = fastexcel.read_excel(sys.argv[1]).load_sheet(0).to_polars()
seconds = time.perf_counter() - start
assert isinstance(frame, polars.DataFrame)
print(f"{seconds:.4f} {position.peak():.0f} {frame.height} {frame.width}")
