#!/usr/bin/env bash
# Draws the README's picture: the Executive page of the sample portfolio's Performance Dashboard, as LibreOffice prints it.
# Needs LibreOffice (soffice) and poppler-utils (pdftoppm, pdftotext).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo run --release --quiet -- run sample_data --out "$work/out" --quiet
cp "$work/out/2026-10-31/Performance Dashboard.xlsx" "$work/dashboard.xlsx"
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$work/dashboard.xlsx" >/dev/null
page=1
until pdftotext -f "$page" -l "$page" "$work/dashboard.pdf" - | grep -q "Executive, page"; do page=$((page + 1)); done
pdftoppm -r 100 -f "$page" -l "$page" -png -singlefile "$work/dashboard.pdf" sample_data/dashboard
