//! Forms: each field is a fixed cell; a record is a grid of its own.

use super::explode::Parts;
use super::plan::Plan;
use super::rules::{Context, Item, Prepared, Taken};
use super::table::{Scene, straight};
use crate::table::grid::{Binding, From, Grid, RecordAt, SetAside};
use crate::table::layout::cells;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// The record whose cells lie a number of rows and columns from those that the mapping names. None where all cells of
/// a further record are empty; an empty first one is a record that lacks everything.
pub fn grid<'s>(
    scene: &Scene<'_, 's>,
    plan: &Plan<'_>,
    fields: &[(usize, Vec<Prepared<'_, 's>>)],
    shift: (u32, u32),
    parts: &Rc<Parts>,
    corner: Option<(u32, u32)>,
) -> Option<Grid<'s>> {
    let moved = |row: u32, col: u32| (row.saturating_add(shift.0), col.saturating_add(shift.1));
    let taken: Vec<(u32, u32)> = fields
        .iter()
        .flat_map(|(_, rules)| rules)
        .filter_map(|rule| match rule.taken {
            Taken::Cell(row, col) => Some(moved(row, col)),
            _ => None,
        })
        .collect();
    let held = |(row, col): &(u32, u32)| cells::text_of(scene.sheet, *row, *col).is_some();
    if shift != (0, 0) && !taken.is_empty() && !taken.iter().any(held) {
        return None;
    }
    let (row, col) = corner.or_else(|| taken.iter().copied().min()).unwrap_or((0, 0));
    let context = Context {
        sheet: scene.sheet,
        frame: None,
        vars: &scene.vars,
        decimal_comma: plan.reading.decimal_comma == Some(true),
        missed: RefCell::new(BTreeSet::new()),
    };
    let item = Item { line: row, place: None, parts: Rc::clone(parts), node: None };
    let bindings = fields.iter().map(|(field, rules)| binding(*field, rules, &context, &item, shift, col)).collect();
    Some(Grid {
        sheet: scene.sheet,
        contract: Arc::clone(&plan.contract),
        owner: plan.owner.clone(),
        bindings,
        open: Vec::new(),
        header_row: None,
        records: vec![RecordAt { row, col }],
        set_aside: SetAside::default(),
        reading: plan.reading.clone(),
    })
}

fn binding<'s>(
    field: usize,
    rules: &[Prepared<'_, 's>],
    context: &Context<'_, 's>,
    item: &Item,
    shift: (u32, u32),
    col: u32,
) -> Binding {
    if let [only] = rules
        && let Some(from) = straight(only, context)
    {
        let from = if let From::Cell(row, col) = from {
            From::Cell(row.saturating_add(shift.0), col.saturating_add(shift.1))
        } else {
            from
        };
        let translate = only.rule.translate.iter().map(|(from, to)| (from.clone(), to.0.clone())).collect();
        return Binding { field, from, translate, factor: super::rules::factor(only.rule).unwrap_or(1.0) };
    }
    let value = rules.iter().find_map(|rule| match rule.taken {
        Taken::Cell(row, col) if shift != (0, 0) => {
            let moved = Prepared {
                rule: rule.rule,
                taken: Taken::Cell(row.saturating_add(shift.0), col.saturating_add(shift.1)),
                conditions: Vec::new(),
                percent_of: None,
            };
            context.value(&moved, item)
        }
        _ => context.value(rule, item),
    });
    Binding { field, from: From::Derived { texts: vec![value], col }, translate: Vec::new(), factor: 1.0 }
}
