#!/usr/bin/env bash
# Draws the README's pictures as LibreOffice prints them: the Executive page of the sample portfolio's Performance Dashboard,
# and the bars of its Master Execution Plan.
# Needs LibreOffice (soffice) and poppler-utils (pdftoppm, pdftotext).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo run --release --quiet -- run sample_data --out "$work/out" --quiet
picture() { # workbook, sheet, resolution, picture
  cp "$work/out/2026-10-31/$1.xlsx" "$work/$4.xlsx"
  soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$work/$4.xlsx" >/dev/null
  local page=1
  until pdftotext -f "$page" -l "$page" "$work/$4.pdf" - | grep -q "$2, page"; do page=$((page + 1)); done
  pdftoppm -r "$3" -f "$page" -l "$page" -png -singlefile "$work/$4.pdf" "sample_data/$4"
}
picture "Performance Dashboard" Executive 100 dashboard
picture "Master Execution Plan" Gantt 75 plan
