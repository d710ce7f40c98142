//! One sheet: its head (columns), its rows in blocks on every core, its tail (merged ranges), its tables.

use super::blocks::{Block, Blocks};
use super::cells::{self, Cells, Sources};
use super::package::Package;
use super::shared::{Keys, Shared};
use super::styles::Styles;
use super::workbook::{SheetEntry, Workbook, rect};
use super::xml::{self, Rationed, Step, Xml, attribute, is_true};
use super::{Outcome, columns, locate, over_limit, refuse, tables};
use crate::base::finding::{Finding, Findings};
use crate::base::origin::{Origin, SheetName};
use crate::source::guard::guarded;
use crate::source::limits::{GRID_COLS, Limits};
use crate::source::raw::RawSheet;
use crate::source::{codes, notes};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, Cursor, Read};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the sheets of a workbook have in common.
pub struct Context<'a> {
    /// The container.
    pub package: &'a Package<'a>,
    /// The workbook part.
    pub workbook: &'a Workbook,
    /// The table of shared texts: each index written out.
    pub keys: &'a Keys,
    /// Styles.
    pub styles: &'a Styles,
    /// Limits.
    pub limits: &'a Limits,
}

/// A sheet whose cells are read and not yet joined.
pub struct Parsed {
    sheet: RawSheet,
    blocks: Option<Vec<Cells>>,
    findings: Findings,
}

/// Reads the cells of a sheet; a sheet that cannot be read becomes a finding.
pub fn parse(file: &str, entry: &SheetEntry, context: &Context<'_>) -> Parsed {
    let mut sheet = RawSheet::empty(SheetName::new(file, entry.name.clone()));
    sheet.position = entry.position;
    sheet.visibility = entry.visibility;
    sheet.date_1904 = context.workbook.date_1904;
    sheet.named_ranges.clone_from(&entry.named_ranges);
    let mut findings = Findings::new();
    let blocks = fill(&mut sheet, entry, context, &mut findings).map_err(|mut refusal| {
        refusal.origin.get_or_insert_with(|| Origin::sheet(&sheet.name));
        findings.push(*refusal);
    });
    Parsed { sheet, blocks: blocks.ok(), findings }
}

/// Joins the cells of a sheet with the texts they share.
pub fn finish(parsed: Parsed, shared: &Shared, styles: &Styles, limits: &Limits) -> (Option<RawSheet>, Findings) {
    let Parsed { mut sheet, blocks, mut findings } = parsed;
    let Some(blocks) = blocks else { return (None, findings) };
    let noticed = columns::join(&mut sheet, blocks, shared, styles, limits);
    if let Err(mut refusal) = cells::check_faults(noticed.faults.len() + noticed.repeats.len(), limits) {
        refusal.origin = Some(Origin::sheet(&sheet.name));
        return (None, Findings(vec![*refusal]));
    }
    for fault in &noticed.faults {
        findings.push(fault_finding(&sheet, fault));
    }
    for (row, col) in noticed.repeats {
        let hint = "Open the file in Excel, check this cell, and save the file again.";
        findings.push(codes::REPEATED_CELL.at(sheet.origin(row, col)).hint(hint));
    }
    notes::of_sheet(&sheet, &mut findings);
    (Some(sheet), findings)
}

fn fill(sheet: &mut RawSheet, entry: &SheetEntry, context: &Context<'_>, findings: &mut Findings) -> Outcome<Vec<Cells>> {
    sheet.tables = tables::read(context.package, &entry.part, context.limits)?;
    let sources = Sources {
        part: &entry.part,
        keys: context.keys,
        styles: context.styles,
        date_1904: context.workbook.date_1904,
        limits: context.limits,
    };
    context.package.stream(&entry.part, |source| read_part(sheet, source, &sources, findings))
}

fn fault_finding(sheet: &RawSheet, fault: &cells::CellFault) -> Finding {
    fault
        .code
        .at(sheet.origin(fault.row, fault.col))
        .found(fault.found.clone())
        .hint("Type the value again in Excel and save the file.")
}

/// Reads the part from its first byte to its last.
fn read_part(sheet: &mut RawSheet, source: impl BufRead, sources: &Sources<'_>, findings: &mut Findings) -> Outcome<Vec<Cells>> {
    let (source, prefix) = read_head(sheet, source, sources)?;
    let Some(prefix) = prefix else {
        read_tail(sheet, source, sources)?;
        return Ok(Vec::new());
    };
    let mut blocks = Blocks::new(source, &prefix, sources.part, sources.limits);
    let cells = read_blocks(&mut blocks, sources)?;
    sheet.hidden_rows = std::mem::take(&mut blocks.facts.hidden);
    sheet.outline_levels = std::mem::take(&mut blocks.facts.outline);
    if blocks.facts.unusual {
        findings.push(codes::UNUSUAL_XML.at(Origin::sheet(&sheet.name)).hint("Open the file in Excel and save it again."));
    }
    let (rest, source) = blocks.into_rest();
    read_tail(sheet, Cursor::new(rest).chain(source), sources)?;
    Ok(cells)
}

/// Reads up to the start of the data. Returns the source, and the prefix of the tag with its colon; none where the sheet
/// has no data.
fn read_head<R: BufRead>(sheet: &mut RawSheet, source: R, sources: &Sources<'_>) -> Outcome<(R, Option<String>)> {
    let part = sources.part;
    let mut reader = quick_xml::Reader::from_reader(Rationed::new(source, sources.limits));
    let mut buffer = Vec::new();
    let (mut is_sheet, mut depth) = (false, 0usize);
    loop {
        buffer.clear();
        reader.get_mut().next_item();
        let event = reader.read_event_into(&mut buffer).map_err(|fault| xml::broken(part, &fault, sources.limits))?;
        let (element, empty) = match event {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::DocType(_) => return Err(xml::document_type(part)),
            Event::Eof => return Err(xml::cut_short(part)),
            _ => continue,
        };
        depth += usize::from(!empty);
        xml::check_depth(part, depth, sources.limits)?;
        match element.local_name().as_ref() {
            "worksheet" => is_sheet = true,
            "col" => note_column(sheet, &element),
            "sheetData" if is_sheet => {
                let prefix = element.name().prefix().map(|prefix| format!("{}:", prefix.as_ref())).unwrap_or_default();
                return Ok((reader.into_inner().into_inner(), (!empty).then_some(prefix)));
            }
            _ => {}
        }
    }
}

fn note_column(sheet: &mut RawSheet, element: &BytesStart<'_>) {
    let number =
        |name| attribute(element, name).and_then(|text| text.trim().parse::<u32>().ok()).and_then(|number| number.checked_sub(1));
    let hidden = attribute(element, "hidden").is_some_and(|value| is_true(&value));
    if let (true, Some(first), Some(last)) = (hidden, number("min"), number("max")) {
        sheet.hidden_cols.push((first, last.min(GRID_COLS - 1)));
    }
}

fn read_tail(sheet: &mut RawSheet, source: impl BufRead, sources: &Sources<'_>) -> Outcome<()> {
    let mut xml = Xml::new(source, sources.part, sources.limits);
    let mut closed = false;
    loop {
        match xml.step()? {
            Step::Open(element) if element.local_name().as_ref() == "mergeCell" => {
                sheet.merged.extend(attribute(&element, "ref").as_deref().and_then(rect));
            }
            Step::Close(name) => closed |= name == "worksheet",
            Step::End if closed => break,
            Step::End => return Err(xml::cut_short(sources.part)),
            _ => {}
        }
        if sheet.merged.len() > sources.limits.merged_ranges {
            let found = format!("more than {} merged ranges", sources.limits.merged_ranges);
            return Err(over_limit(found, "merged_ranges", sources.limits.merged_ranges));
        }
    }
    sheet.hidden_cols.sort_unstable();
    Ok(())
}

/// Blocks that wait or are being read at any moment; above it, the thread that cuts reads one itself.
const BLOCKS_IN_FLIGHT: usize = 8;

/// What the threads have read so far.
struct Gathered {
    done: Mutex<Vec<(usize, Outcome<Cells>)>>,
    in_flight: AtomicUsize,
    cells: AtomicUsize,
}

/// Cuts and reads at the same time. The first fault in the order of the sheet is the one that is told.
fn read_blocks<R: Read>(blocks: &mut Blocks<'_, R>, sources: &Sources<'_>) -> Outcome<Vec<Cells>> {
    let gathered = Gathered { done: Mutex::new(Vec::new()), in_flight: AtomicUsize::new(0), cells: AtomicUsize::new(0) };
    rayon::in_place_scope(|scope| -> Outcome<()> {
        while let Some(block) = blocks.next()? {
            gathered.check(sources.limits)?;
            if gathered.in_flight.load(Ordering::Relaxed) >= BLOCKS_IN_FLIGHT {
                gathered.read(&block, sources);
            } else {
                gathered.in_flight.fetch_add(1, Ordering::Relaxed);
                let gathered = &gathered;
                scope.spawn(move |_| {
                    gathered.read(&block, sources);
                    gathered.in_flight.fetch_sub(1, Ordering::Relaxed);
                });
            }
        }
        Ok(())
    })?;
    gathered.check(sources.limits)?;
    let mut done = gathered.done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, cells)| cells).collect()
}

impl Gathered {
    fn check(&self, limits: &Limits) -> Outcome<()> {
        if self.cells.load(Ordering::Relaxed) > limits.cells {
            return Err(over_limit(format!("more than {} cells", limits.cells), "cells", limits.cells));
        }
        Ok(())
    }

    fn read(&self, block: &Block, sources: &Sources<'_>) {
        let cells = guarded(|| cells::read(block, sources)).unwrap_or_else(|fault| Err(fault_of(block, sources, &fault)));
        self.cells.fetch_add(cells.as_ref().map_or(0, |cells| cells.count), Ordering::Relaxed);
        self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((block.index, cells));
    }
}

/// calamine's arithmetic on a cell address overflows where the address is absurd; that is the fault seen most.
fn fault_of(block: &Block, sources: &Sources<'_>, fault: &str) -> Box<Finding> {
    let hint = "Open the file in Excel, let it repair the file, and save it under a new name.";
    match locate::bad_address(block, sources) {
        Some(address) => refuse(codes::OUTSIDE_GRID, address.chars().take(40).collect::<String>(), hint),
        None => refuse(codes::READER_FAULT, format!("{}: {fault}", sources.part), hint),
    }
}
