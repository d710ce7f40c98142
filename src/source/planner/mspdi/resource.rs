//! Resources and assignments of Microsoft Project.

use super::value;
use crate::base::day::Day;
use crate::source::codes;
use crate::source::planner::desk::{Desk, Record as _, Words};
use crate::source::planner::plan::{Assignment, Rate, Resource};
use crate::source::planner::xml::{Account, Fields};
use chrono::NaiveDate;
use rust_decimal::Decimal;

const KINDS: &Words = &[("0", "material"), ("1", "human"), ("2", "financial")];
const CONTOURS: &Words = &[
    ("0", ""),
    ("1", "back"),
    ("2", "front"),
    ("3", ""),
    ("4", "front"),
    ("5", "back"),
    ("6", "bell"),
    ("7", "bell"),
    ("8", ""),
];
/// The cost rate table that counts unless an assignment chooses another.
const FIRST_TABLE: &str = "0";

/// A resource; none for the row that stands for nobody.
pub fn resource(fields: &Fields<'_>, rates: &mut Vec<Rate>, desk: &mut Desk<'_>) -> Option<Resource> {
    let element = fields.element;
    let key = fields.get("UID").map(String::from)?;
    fields.uses("ID");
    fields.uses("IsNull");
    if key == "0" || element.is("IsNull") {
        return None;
    }
    let kind = desk.word(fields, "Type", KINDS).unwrap_or("human");
    let kind = if element.is("IsCostResource") { "financial" } else { kind };
    fields.uses("IsCostResource");
    let is_material = kind == "material";
    rates.extend(rates_of(fields, &key, is_material, desk));
    Some(Resource {
        code: None,
        name: fields.get("Name").unwrap_or_default().to_string(),
        kind: if is_material { "physical" } else { kind },
        role: None,
        team: fields.get("Group").map(String::from),
        calendar: fields.get("CalendarUID").filter(|uid| *uid != "-1" && kind == "human").map(String::from),
        capacity: desk.number(fields, "MaxUnits").filter(|units| kind == "human" && *units > Decimal::ZERO),
        is_consumable: is_material,
        place: fields.place(),
        key,
    })
}

/// The rates of the first rate table, else the standard rate. Rates of work are by the hour whatever unit they show.
fn rates_of(fields: &Fields<'_>, key: &str, is_material: bool, desk: &mut Desk<'_>) -> Vec<Rate> {
    let account = Account::default();
    fields.uses("Rates");
    fields.uses("StandardRateFormat");
    let earliest = NaiveDate::from_ymd_opt(1984, 1, 1).unwrap_or_default();
    let mut rate = |record: &Fields<'_>, from: Day| {
        let (rate, per_use) = (desk.number(record, "StandardRate"), value::money(record, "CostPerUse", desk));
        let amount = rate.unwrap_or_default();
        let unit = if is_material { "unit" } else { "hour" };
        let given = amount > Decimal::ZERO || per_use.is_some();
        given.then(|| Rate { resource: key.to_string(), from, amount, unit, per_use, place: record.place() })
    };
    let standard = rate(fields, earliest);
    let table = fields.element.child("Rates").into_iter().flat_map(|list| list.all("Rate"));
    let mut dated = Vec::new();
    for element in table.filter(|element| element.get("RateTable").unwrap_or(FIRST_TABLE) == FIRST_TABLE) {
        let record = account.record(element, Some(&format!("of resource UID {key}")), &[]);
        let from = element.get("RatesFrom").and_then(crate::source::planner::desk::moment);
        dated.extend(rate(&record, from.map_or(earliest, crate::base::day::Moment::day)));
    }
    if dated.is_empty() { standard.into_iter().collect() } else { dated }
}

/// How an assignment's work lies in its task, as far as that moves dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Even, from the task's start on.
    Even,
    /// Not even: the units do not tell how long it takes.
    Uneven,
}

/// The work contour of an assignment that was edited by hand, which is also how a split is kept.
const EDITED: &str = "8";

/// An assignment and its shape; none where nobody is assigned. A split is told, even of a task that nobody works on.
pub fn assignment(fields: &Fields<'_>, resources: &[Resource], desk: &mut Desk<'_>) -> Option<(Assignment, Shape)> {
    fields.uses("UID");
    let activity = fields.get("TaskUID").map(String::from)?;
    let shape = shape(fields, &activity, desk);
    let resource = fields.get("ResourceUID").filter(|uid| !uid.starts_with('-') && *uid != "0").map(String::from)?;
    let known = resources.iter().find(|known| known.key == resource);
    let works = known.is_none_or(|known| known.kind == "human");
    let cost = value::money(fields, "Cost", desk);
    let work = value::minutes(fields, "Work", desk);
    let units = desk.number(fields, "Units").filter(|units| works && *units > Decimal::ZERO);
    let assignment = Assignment {
        activity,
        resource: Some(resource),
        role: None,
        units,
        work: work.filter(|_| works),
        fixed_cost: cost.filter(|_| !works),
        profile: desk.word(fields, "WorkContour", CONTOURS),
        place: fields.place(),
    };
    Some((assignment, shape))
}

fn shape(fields: &Fields<'_>, task: &str, desk: &mut Desk<'_>) -> Shape {
    let contour = fields.get("WorkContour").unwrap_or("0");
    let delay = desk.number(fields, "Delay").is_some_and(|delay| !delay.is_zero());
    let overtime = value::minutes(fields, "OvertimeWork", desk).is_some_and(|minutes| minutes > 0);
    for (is_so, found) in [
        (contour == EDITED, "work of task {} that was split, or spread by hand"),
        (delay, "work on task {} that begins later than the task"),
        (overtime, "overtime on task {}"),
    ] {
        if is_so {
            let finding = desk.at(codes::PLAN_DIFFERENT, &fields.place()).found(found.replace("{}", task));
            desk.say(finding.hint("The task is scheduled by its duration, in one piece: check its finish."));
        }
    }
    if contour == "0" && !delay && !overtime { Shape::Even } else { Shape::Uneven }
}

/// Leaves to each assignment what its dates need: units alone where they take the task's duration; units and work where
/// several people work for different times; work alone where its units do not tell how long it takes.
pub fn settle(assignment: &mut Assignment, shape: Shape, duration: Option<i64>, alone: bool) {
    let (Some(units), Some(work), Some(duration)) = (assignment.units, assignment.work, duration) else { return };
    let whole = units.checked_mul(Decimal::from(duration)).unwrap_or_default();
    let close = (whole - Decimal::from(work)).abs() * Decimal::ONE_HUNDRED <= whole;
    match shape {
        Shape::Even if close => assignment.work = None,
        Shape::Even if !alone => {}
        _ => assignment.units = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::origin::RowPlace;

    #[test]
    fn an_assignment_keeps_what_its_dates_need() {
        let half = Some(Decimal::new(5, 1));
        for (work, duration, shape, alone, units_left, work_left) in [
            (480, 960, Shape::Even, true, true, false),
            (482, 960, Shape::Even, true, true, false),
            (480, 1_920, Shape::Even, false, true, true),
            (480, 1_920, Shape::Even, true, false, true),
            (480, 960, Shape::Uneven, true, false, true),
        ] {
            let place = RowPlace::Element { name: "Assignment UID 1".into(), line: 1 };
            let mut assignment = Assignment {
                activity: "1".into(),
                resource: Some("9".into()),
                role: None,
                units: half,
                work: Some(work),
                fixed_cost: None,
                profile: None,
                place,
            };
            settle(&mut assignment, shape, Some(duration), alone);
            assert_eq!(
                (assignment.units.is_some(), assignment.work.is_some()),
                (units_left, work_left),
                "{work} in {duration} {shape:?}"
            );
        }
    }
}
