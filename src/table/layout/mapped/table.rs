//! Cuts one mapped table out of one sheet.

use super::explode::{self, Parts};
use super::frame::{Bounds, Frame};
use super::hierarchy::{self, Node};
use super::plan::Plan;
use super::prepare::Preparing;
use super::rules::{Context, Item, Prepared, Taken, Vars, factor, holds};
use super::view::View;
use super::working_time;
use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::source::raw::{RawSheet, Rect};
use crate::table::grid::{Binding, From, Grid, SetAside};
use crate::table::layout::crosstab::{self, Wide};
use crate::table::layout::region::{HeaderCell, Region};
use crate::table::mapping::codes;
use crate::table::mapping::rule::Rule;
use crate::table::mapping::spec::{CrosstabMap, ExplodeBy, HierarchyBy, TableMap};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// A sheet, its file and the placeholders that they set.
pub struct Scene<'a, 's> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// The sheets of its file.
    pub file: &'a [&'s RawSheet],
    /// Placeholders.
    pub vars: Vars,
}

/// What a mapping explains of a sheet, for the columns that nobody explains.
pub struct Explained<'s> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// Its headers, as the mapping sees them; none where it only looks things up.
    pub header_line: Option<u32>,
    /// Columns that are read.
    pub used: BTreeSet<u32>,
    /// Columns that are declared to hold no data.
    pub ignored: Vec<String>,
    /// Names of the tables that they go into.
    pub tables: Vec<String>,
}

/// A table cut from a sheet.
pub struct CutTable<'s> {
    /// The grids: one, or one a record for a form.
    pub grids: Vec<Grid<'s>>,
    /// What was explained.
    pub explained: Vec<Explained<'s>>,
}

/// The lines of a table that are records, and the others.
#[derive(Default)]
struct Lines {
    kept: Vec<u32>,
    blank: Vec<u32>,
    declared: Vec<u32>,
}

/// Cuts a table with lines of records. None where its place on the sheet was not found.
pub fn cut<'s>(scene: &Scene<'_, 's>, plan: &Plan<'_>, findings: &mut Findings) -> Option<CutTable<'s>> {
    let frame = locate(scene, plan, findings)?;
    let mut preparing = Preparing {
        sheet: scene.sheet,
        file: scene.file,
        frame: Some(&frame),
        vars: &scene.vars,
        parts: part_names(plan.map),
        table: &plan.contract.name,
        field: String::new(),
        used: BTreeSet::new(),
        joined: Vec::new(),
        findings: Findings::new(),
    };
    let fields = prepare(&mut preparing, plan);
    let wide = plan.map.crosstab.as_ref().map(|form| wide(&mut preparing, form));
    let lines = lines(&mut preparing, plan, wide.as_ref());
    let items = items(&mut preparing, plan, &lines, wide.as_ref());
    let used = std::mem::take(&mut preparing.used);
    let joined = std::mem::take(&mut preparing.joined);
    findings.extend(std::mem::take(&mut preparing.findings));
    if let Some(wide) = &wide {
        check_totals(&frame, wide, plan, findings);
    }
    let context = Context {
        sheet: scene.sheet,
        frame: Some(&frame),
        vars: &scene.vars,
        decimal_comma: plan.reading.decimal_comma == Some(true),
        missed: RefCell::new(BTreeSet::new()),
    };
    let mut bindings = Vec::new();
    for (field, rules) in &fields {
        bindings.push(binding(*field, rules, &context, &items));
    }
    report_missed(&context, &frame, plan, findings);
    let grid = Grid {
        sheet: scene.sheet,
        contract: Arc::clone(&plan.contract),
        owner: plan.owner.clone(),
        bindings,
        open: Vec::new(),
        header_row: frame.header_line.filter(|_| !frame.view.turned),
        records: items
            .records
            .iter()
            .map(|item| frame.view.anchor(item.line, item.place.filter(|_| !frame.view.turned)))
            .collect(),
        set_aside: items.set_aside,
        reading: plan.reading.clone(),
    };
    let header_line = frame.header_line.filter(|_| !frame.view.turned);
    let own = Explained {
        sheet: scene.sheet,
        header_line,
        used,
        ignored: plan.map.ignore.0.clone(),
        tables: vec![plan.contract.name.to_string()],
    };
    let others = joined.into_iter().map(|looked_up| Explained {
        sheet: looked_up.sheet,
        header_line: looked_up.header_line,
        used: looked_up.used.into_iter().collect(),
        ignored: looked_up.ignored,
        tables: vec![plan.contract.name.to_string()],
    });
    Some(CutTable { grids: vec![grid], explained: std::iter::once(own).chain(others).collect() })
}

/// Finds the table on the sheet.
fn locate<'s>(scene: &Scene<'_, 's>, plan: &Plan<'_>, findings: &mut Findings) -> Option<Frame<'s>> {
    let view = View { sheet: scene.sheet, turned: plan.map.transposed };
    let area = area(scene.sheet, plan, findings)?.map(|area| view.turn(area));
    let bounds = Bounds { header: &plan.map.header_row.0, first: plan.map.first_row, last: plan.map.last_row, area };
    let wanted = plan.wanted();
    let names: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let found = Frame::locate(view, &bounds, &names);
    if found.is_none() {
        let free = Bounds { header: &[], ..bounds };
        let elsewhere = Frame::locate(view, &free, &names).and_then(|frame| frame.header_line);
        let hint = elsewhere.map_or_else(
            || "Compare the headers that the mapping names with those on the sheet.".to_string(),
            |line| {
                format!("They seem to stand in row {}; correct `header_row`, or leave it out to have the row found.", line + 1)
            },
        );
        findings.push(
            codes::NO_HEADER_ROW
                .at(Origin::sheet(&scene.sheet.name))
                .field(plan.contract.name.clone(), "")
                .found("none of them")
                .expected(format!("a row with the headers {}", names.join(", ")))
                .hint(hint),
        );
    }
    found
}

/// The rectangle that the mapping names. The outer none says that it names one that the sheet does not have.
#[expect(clippy::option_option, reason = "no area and a missing area are different answers")]
fn area(sheet: &RawSheet, plan: &Plan<'_>, findings: &mut Findings) -> Option<Option<Rect>> {
    let map = plan.map;
    let (name, known, rect): (&str, Vec<&str>, Option<Rect>) = if let Some(name) = &map.excel_table {
        let found = sheet.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name));
        let body = found.map(|table| Rect { bottom: table.rect.bottom - table.totals_rows.min(1), ..table.rect });
        (name, sheet.tables.iter().map(|table| table.name.as_str()).collect(), body)
    } else if let Some(name) = &map.named_range {
        let found = sheet.named_ranges.iter().find(|range| range.name.eq_ignore_ascii_case(name));
        (name, sheet.named_ranges.iter().map(|range| range.name.as_str()).collect(), found.map(|range| range.rect))
    } else {
        return Some(map.range.map(|area| area.0));
    };
    if rect.is_none() {
        let near = crate::table::headers::did_you_mean(name, known.into_iter());
        let hint =
            near.map_or_else(|| "Correct the name, or give the `range`.".to_string(), |near| format!("Did you mean \"{near}\"?"));
        findings.push(
            codes::NO_REGION
                .at(Origin::sheet(&sheet.name))
                .field(plan.contract.name.clone(), "")
                .found(format!("no \"{name}\" on this sheet"))
                .expected("the named range or Excel table of the mapping")
                .hint(hint),
        );
    }
    rect.map(Some)
}

/// Names of the parts that lists and grids of the table give.
pub fn part_names(map: &TableMap) -> BTreeSet<String> {
    let Some(how) = &map.explode else {
        let grid = map.working_time.as_ref().map_or(&[][..], |_| &super::plan::WEEKDAYS[..]);
        return grid.iter().map(|day| (*day).to_string()).collect();
    };
    let fixed: &[&str] = match how.by {
        ExplodeBy::Links => &["entry", "activity", "type", "lag"],
        ExplodeBy::Demand => &["entry", "name", "units", "available"],
        ExplodeBy::List => &["entry"],
    };
    let named = how.pattern.iter().flat_map(|pattern| pattern.0.capture_names().flatten());
    fixed.iter().copied().chain(named).map(str::to_string).collect()
}

/// The rules of each field, resolved; fields of which none can give a value are left out.
pub fn prepare<'m, 's>(preparing: &mut Preparing<'_, 's>, plan: &'m Plan<'_>) -> Vec<(usize, Vec<Prepared<'m, 's>>)> {
    let mut fields = Vec::new();
    for (field, rules) in &plan.fields {
        preparing.field = plan.contract.fields[*field].header.to_string();
        let prepared: Vec<Prepared<'m, 's>> = rules.iter().filter_map(|rule: &'m Rule| preparing.rule(rule)).collect();
        if !prepared.is_empty() {
            fields.push((*field, prepared));
        }
    }
    preparing.field = String::new();
    fields
}

/// The columns of a crosstab.
fn wide(preparing: &mut Preparing<'_, '_>, form: &CrosstabMap) -> Wide {
    let Some(frame) = preparing.frame else { return Wide::default() };
    let edge = |preparing: &mut Preparing<'_, '_>, name: &Option<String>, open: u32| match name {
        Some(name) => preparing.column(name, false).unwrap_or(open),
        None => open,
    };
    let first = edge(preparing, &form.first, frame.places.0);
    let last = edge(preparing, &form.last, frame.places.1);
    let totals: Vec<u32> = form.totals.0.iter().filter_map(|name| preparing.column(name, true)).collect();
    let fits = |text: &str| form.pattern.as_ref().is_none_or(|pattern| pattern.0.is_match(text));
    let headed = frame.headers.iter().filter(|header| (first..=last).contains(&header.place));
    let free = headed.filter(|header| !totals.contains(&header.place) && (fits(&header.lower) || fits(&header.text)));
    let bounded = form.first.is_some() || form.last.is_some() || form.pattern.is_some();
    let taken = |place: u32| !bounded && preparing.used.contains(&place);
    let values: Vec<u32> = free.map(|header| header.place).filter(|place| !taken(*place)).collect();
    preparing.used.extend(values.iter().chain(&totals));
    Wide { values, totals }
}

/// The first hierarchy whose column the sheet has.
fn shape(preparing: &mut Preparing<'_, '_>, plan: &Plan<'_>, quiet: bool) -> Option<(u32, HierarchyBy)> {
    let ways = &plan.map.hierarchy.0;
    let last = ways.len().checked_sub(1)?;
    ways.iter().enumerate().find_map(|(at, way)| Some((preparing.column(&way.column, quiet || at < last)?, way.by)))
}

/// Sorts the lines into records, blank ones and those that the conditions turn away.
fn lines(preparing: &mut Preparing<'_, '_>, plan: &Plan<'_>, wide: Option<&Wide>) -> Lines {
    let Some(frame) = preparing.frame else { return Lines::default() };
    let conditions: Vec<_> = plan
        .map
        .conditions
        .0
        .iter()
        .filter_map(|condition| Some((preparing.column(&condition.column, false)?, condition)))
        .collect();
    let until = plan.map.until_blank.as_ref().and_then(|name| preparing.column(name, false));
    let shape = shape(preparing, plan, false).map(|(place, _)| place);
    let columns: Vec<u32> =
        preparing.used.iter().copied().chain(shape).chain(wide.iter().flat_map(|wide| wide.values.clone())).collect();
    let mut lines = Lines::default();
    for line in frame.first..=frame.last {
        if until.is_some_and(|place| !frame.view.holds(line, place)) {
            break;
        }
        if !columns.iter().any(|place| frame.view.holds(line, *place)) {
            lines.blank.push(line);
        } else if conditions.iter().all(|(place, condition)| holds(condition, frame.view.text(line, *place).as_deref())) {
            lines.kept.push(line);
        } else {
            lines.declared.push(line);
        }
    }
    let last = lines.kept.last().max(lines.declared.last()).copied();
    lines.blank.retain(|line| last.is_some_and(|last| *line < last));
    if lines.kept.is_empty() && !lines.declared.is_empty() {
        preparing.findings.push(
            codes::KEEPS_NOTHING
                .at(Origin::sheet(&preparing.sheet.name))
                .field(plan.contract.name.clone(), "")
                .found(format!("{} row(s), all turned away", lines.declared.len()))
                .expected("conditions that some rows meet")
                .hint("Compare the words under `where` with those on the sheet."),
        );
    }
    lines
}

/// Records, and what is none.
struct Items {
    records: Vec<Item>,
    set_aside: SetAside,
    /// The place that derived texts are taken from, where lists or hierarchies give them.
    source: Option<u32>,
}

/// Makes records of lines: one each, one an entry of a list, or one a cell of a crosstab.
fn items(preparing: &mut Preparing<'_, '_>, plan: &Plan<'_>, lines: &Lines, wide: Option<&Wide>) -> Items {
    let set_aside = SetAside { blank: lines.blank.clone(), totals: Vec::new(), declared: lines.declared.clone() };
    let mut out = Items { records: Vec::new(), set_aside, source: None };
    let Some(frame) = preparing.frame else { return out };
    let shape = shape(preparing, plan, true);
    let nodes: Vec<Option<Rc<Node>>> = match shape {
        Some((place, by)) => {
            hierarchy::nodes(frame.view, &lines.kept, place, by).into_iter().map(|node| Some(Rc::new(node))).collect()
        }
        None => vec![None; lines.kept.len()],
    };
    out.source = shape.map(|(place, _)| place);
    let list = plan.map.explode.as_ref().and_then(|how| Some((preparing.column(&how.column, false)?, how)));
    let empty = Rc::new(Parts::new());
    let headed = frame.headers.iter().map(|header| header.place);
    let beside = wide.map_or_else(Vec::new, |wide| crosstab::beside(headed, wide));
    for (&line, node) in lines.kept.iter().zip(nodes) {
        let one = |place: Option<u32>, parts: Rc<Parts>| Item { line, place, parts, node: node.clone() };
        if let Some(wide) = wide {
            cross(frame, plan, (wide, &beside), line, &mut out, |place| one(Some(place), Rc::clone(&empty)));
        } else if let Some((place, how)) = list {
            out.source = Some(place);
            let Some(text) = frame.view.text(line, place) else {
                out.set_aside.blank.push(line);
                continue;
            };
            for entry in explode::entries(&text, how) {
                if !entry.understood {
                    preparing.findings.push(not_understood(&frame.view.origin(line, place), plan, &entry.text));
                }
                out.records.push(one(None, Rc::new(entry.parts)));
            }
        } else if plan.map.explode.is_none() {
            out.records.push(one(None, Rc::clone(&empty)));
        }
    }
    out
}

fn not_understood(place: &Origin, plan: &Plan<'_>, text: &str) -> crate::base::finding::Finding {
    codes::PART_UNREADABLE
        .at(place.clone())
        .field(plan.contract.name.clone(), "")
        .found(format!("\"{text}\""))
        .expected("an entry such as 2FS+3d in a list of links, or mason[2,00] in a list of demand")
        .hint("Correct the entry, or give the list's `separators` or `pattern` in the mapping.")
}

fn cross(
    frame: &Frame<'_>,
    plan: &Plan<'_>,
    (wide, beside): (&Wide, &[u32]),
    line: u32,
    out: &mut Items,
    item: impl Fn(u32) -> Item,
) {
    if !frame.view.turned && crosstab::is_total_row(frame.view.sheet, beside, line) {
        let held = wide.values.iter().chain(&wide.totals).filter(|place| frame.view.holds(line, **place));
        out.set_aside.totals.extend(held.map(|_| line));
        return;
    }
    let empty_words = plan.map.crosstab.as_ref().map_or(&[][..], |form| form.empty.0.as_slice());
    for &place in &wide.values {
        match frame.view.text(line, place) {
            Some(text) if !empty_words.iter().any(|word| super::rules::same_word(&word.0, &text)) => {
                out.records.push(item(place))
            }
            _ => out.set_aside.blank.push(line),
        }
    }
    out.set_aside.totals.extend(wide.totals.iter().filter(|place| frame.view.holds(line, **place)).map(|_| line));
}

fn check_totals(frame: &Frame<'_>, wide: &Wide, plan: &Plan<'_>, findings: &mut Findings) {
    if frame.view.turned {
        return;
    }
    let region = region(frame);
    crosstab::check_totals(frame.view.sheet, &region, wide, &plan.contract.name, findings);
    crosstab::check_total_rows(frame.view.sheet, &region, wide, &plan.contract.name, findings);
}

/// The table as a region, for what crosstabs share whether they are mapped or recognised.
fn region(frame: &Frame<'_>) -> Region {
    let columns =
        frame.headers.iter().map(|header| HeaderCell { col: header.place, text: header.lower.clone(), date: false }).collect();
    Region { header_row: frame.header_line, first: frame.first, last: Some(frame.last), columns, totals: Vec::new() }
}

/// The binding of a field: straight to the cells where one rule only points at them, else one text a record.
fn binding<'s>(field: usize, rules: &[Prepared<'_, 's>], context: &Context<'_, 's>, items: &Items) -> Binding {
    if let [only] = rules
        && let Some(from) = straight(only, context)
    {
        let translate = only.rule.translate.iter().map(|(from, to)| (from.clone(), to.0.clone())).collect();
        return Binding { field, from, translate, factor: factor(only.rule).unwrap_or(1.0) };
    }
    let view = context.frame.map_or(View { sheet: context.sheet, turned: false }, |frame| frame.view);
    let texts = items.records.iter().map(|item| rules.iter().find_map(|rule| context.value(rule, item))).collect();
    let place = rules.iter().find_map(|rule| place_of(&rule.taken)).or(items.source).unwrap_or(0);
    let col = if view.turned { 0 } else { place };
    Binding { field, from: From::Derived { texts, col }, translate: Vec::new(), factor: 1.0 }
}

fn place_of(taken: &Taken<'_>) -> Option<u32> {
    match taken {
        Taken::Place(place) | Taken::DebitCredit(place, _) => Some(*place),
        _ => None,
    }
}

/// Where a rule only points at cells, where it points.
pub fn straight(prepared: &Prepared<'_, '_>, context: &Context<'_, '_>) -> Option<From> {
    let rule = prepared.rule;
    let plain = rule.take.is_none() && rule.text.is_none() && rule.default.is_none() && rule.unit.is_none();
    if !plain || prepared.percent_of.is_some() || !prepared.conditions.is_empty() {
        return None;
    }
    match &prepared.taken {
        Taken::Place(place) => Some(context.frame?.view.binding(*place)),
        Taken::Text(text) => constant(text, context.vars).map(From::Constant),
        Taken::Cell(row, col) => Some(From::Cell(*row, *col)),
        Taken::Own => Some(From::Own),
        Taken::Header => single_header_row(context).map(From::Row),
        Taken::DebitCredit(debit, credit) if !context.frame?.view.turned => {
            Some(From::DebitCredit { debit: *debit, credit: *credit })
        }
        _ => None,
    }
}

/// A text that needs nothing of the line.
fn constant(text: &str, vars: &Vars) -> Option<String> {
    match super::template::fill(text, |name| vars.get(name).map(|value| Some(value.clone()))) {
        super::template::Filled::Text(text) => Some(text),
        _ => None,
    }
}

/// The row of the headers, where they have only one.
fn single_header_row(context: &Context<'_, '_>) -> Option<u32> {
    let frame = context.frame.filter(|frame| !frame.view.turned)?;
    frame.headers.iter().all(|header| header.text == header.lower).then_some(frame.header_line)?
}

fn report_missed(context: &Context<'_, '_>, frame: &Frame<'_>, plan: &Plan<'_>, findings: &mut Findings) {
    for (line, sheet, key) in context.missed.borrow().iter() {
        let place = frame.view.anchor(*line, None);
        let at =
            if frame.view.turned { context.sheet.origin(place.row, place.col) } else { Origin::row(&context.sheet.name, *line) };
        findings.push(
            codes::NO_JOIN
                .at(at)
                .field(plan.contract.name.clone(), "")
                .found(format!("\"{key}\""))
                .expected(format!("a row with that key on \"{sheet}\""))
                .hint("Add the row there, or correct the key on one of the sheets."),
        );
    }
}

/// A table whose fields are fixed cells: one record, or several at a distance, each a grid of its own.
pub fn cut_form<'s>(scene: &Scene<'_, 's>, plan: &Plan<'_>, findings: &mut Findings) -> CutTable<'s> {
    let view = View { sheet: scene.sheet, turned: false };
    let week = plan.map.working_time.as_ref().map(|grid| working_time::week(view, grid));
    for (row, col) in week.iter().flat_map(|week| &week.odd) {
        let text = view.text(*row, *col).unwrap_or_default();
        findings.push(
            not_understood(&view.origin(*row, *col), plan, &text)
                .expected("hours such as 8:00 - 9:00, or a day of the week")
                .hint("Correct the cell, or the `hours` and `days` of the mapping."),
        );
    }
    let mut preparing = Preparing {
        sheet: scene.sheet,
        file: scene.file,
        frame: None,
        vars: &scene.vars,
        parts: part_names(plan.map),
        table: &plan.contract.name,
        field: String::new(),
        used: BTreeSet::new(),
        joined: Vec::new(),
        findings: Findings::new(),
    };
    let fields = prepare(&mut preparing, plan);
    findings.extend(std::mem::take(&mut preparing.findings));
    let parts = Rc::new(week.map(|week| week.parts).unwrap_or_default());
    let corner = plan.map.working_time.as_ref().map(|grid| (grid.hours.0.top, grid.hours.0.left));
    let (count, down, across) = plan.map.repeat.as_ref().map_or((1, 0, 0), |repeat| (repeat.count, repeat.down, repeat.across));
    let mut grids = Vec::new();
    for step in 0..count {
        let shift = (step.saturating_mul(down), step.saturating_mul(across));
        grids.extend(super::form::grid(scene, plan, &fields, shift, &parts, corner));
    }
    let explained = Explained {
        sheet: scene.sheet,
        header_line: None,
        used: BTreeSet::new(),
        ignored: plan.map.ignore.0.clone(),
        tables: vec![plan.contract.name.to_string()],
    };
    CutTable { grids, explained: vec![explained] }
}
