//! People and objectives.

use crate::base::id::{ObjectiveId, PersonId};
use crate::model::build::context::{Context, Names, Register, Unique};
use crate::model::codes;
use crate::model::initiative::{Objective, Person};
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// The people, by id, and the register of their ids and names.
pub(super) fn people(context: &mut Context<'_>) -> Vec<Person> {
    let rows = context.rows("People");
    register_people(context, &rows);
    let mut unique = Unique::new();
    let mut people = Vec::new();
    for row in rows {
        let Some(id) = row.text("person_id").map(PersonId::new) else { continue };
        if unique.admits(context, row, "person_id", id.clone()) {
            people.push(person(context, row, id));
        }
    }
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people
}

/// Ids first, so that a manager may stand anywhere in the table. A name that only one person bears stands for the id.
fn register_people(context: &mut Context<'_>, rows: &[Row<'_>]) {
    let mut names = Names::of(context.has("People"), rows.iter().filter_map(|row| row.text("person_id")));
    let mut bearers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, id) in rows.iter().filter_map(|row| Some((row.text("name")?, row.text("person_id")?))) {
        bearers.entry(name).or_default().push(id);
    }
    for (name, ids) in bearers {
        if let [only] = ids.as_slice() {
            names.aliases.insert(name.to_string(), (*only).to_string());
        }
    }
    context.registers.insert(Register::People, names);
    let leavers = rows.iter().filter_map(|row| Some((PersonId::new(row.text("person_id")?), row.day("to")?)));
    context.last_days = leavers.collect();
}

fn person(context: &mut Context<'_>, row: Row<'_>, id: PersonId) -> Person {
    let (from, to) = (row.day("from"), row.day("to"));
    let text = |key| row.text(key).map(String::from);
    Person {
        id,
        name: row.text("name").unwrap_or_default().to_string(),
        email: text("email"),
        role: text("role"),
        organisation: text("organisation"),
        manager: context.person(row, "manager", false),
        from,
        to,
        origin: row.place(),
    }
}

/// The objectives, by id, and their register.
pub(super) fn objectives(context: &mut Context<'_>) -> Vec<Objective> {
    let rows = context.rows("Objectives");
    let names = Names::of(context.has("Objectives"), rows.iter().filter_map(|row| row.text("objective_id")));
    context.registers.insert(Register::Objectives, names);
    let mut unique = Unique::new();
    let mut objectives = Vec::new();
    for row in rows {
        let Some(id) = row.text("objective_id").map(ObjectiveId::new) else { continue };
        if unique.admits(context, row, "objective_id", id.clone()) {
            objectives.push(objective(context, row, id));
        }
    }
    objectives.sort_by(|a, b| a.id.cmp(&b.id));
    check_weights(context, &objectives);
    objectives
}

fn objective(context: &mut Context<'_>, row: Row<'_>, id: ObjectiveId) -> Objective {
    Objective {
        id,
        name: row.text("name").unwrap_or_default().to_string(),
        theme: row.text("theme").map(String::from),
        owner: context.person(row, "owner", true),
        target_date: row.day("target_date"),
        weight: row.number("weight"),
        origin: row.place(),
    }
}

/// How far weights may miss 100 % by rounding.
const WEIGHT_TOLERANCE: f64 = 0.005;

/// Weights, where any objective of a theme has one, must add up to 100 % within the theme, or over all themes.
fn check_weights(context: &mut Context<'_>, objectives: &[Objective]) {
    let mut themes: BTreeMap<&str, (f64, &Objective)> = BTreeMap::new();
    for objective in objectives.iter().filter(|objective| objective.weight.is_some()) {
        let entry = themes.entry(objective.theme.as_deref().unwrap_or("")).or_insert((0.0, objective));
        entry.0 += objective.weight.unwrap_or(0.0);
    }
    let full = |sum: f64| (sum - 1.0).abs() <= WEIGHT_TOLERANCE;
    if full(themes.values().map(|(sum, _)| sum).sum()) {
        return;
    }
    for (theme, (sum, first)) in themes.into_iter().filter(|(_, (sum, _))| !full(*sum)) {
        let place = if theme.is_empty() { "objectives without a theme".to_string() } else { format!("theme {theme}") };
        let finding = codes::WEIGHTS.at(first.origin.clone()).field("Objectives", "Weight");
        let finding = finding.found(format!("{:.1} % in all for {place}", sum * 100.0)).expected("100 %");
        context.push(finding.hint("make the weights of each theme, or of all objectives together, add up to 100 %"));
    }
}
