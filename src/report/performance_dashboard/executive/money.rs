//! The money of the Executive page: estimate at completion, what is available, cash to come, cover of contingency; and
//! what the board should know of them.

use super::figures::Source;
use super::messages::{Message, named, owner_of, sentences, to_table};
use crate::analysis::budget_control::JudgedChange;
use crate::analysis::cost::Dimension;
use crate::analysis::measure::Undefined;
use crate::model::initiative::Rag;
use crate::report::book::{Book, Cell, Good, Kind, Link, Tile, Value, header_of};
use crate::report::headline::Unit;
use crate::report::parts::Headlined;
use crate::report::performance_dashboard::context::{Context, figure, lookup, minus};
use crate::report::performance_dashboard::money::{unit, words};
use crate::report::performance_dashboard::{budget_changes, cash, cost_position, funding, reserves};

/// The tiles, in reading order.
#[must_use]
pub fn tiles(context: &Context<'_>, detail: &Book) -> Vec<Headlined> {
    vec![estimate(context, detail), available(context, detail), cash_to_come(context), cover(context)]
}

fn position<'b>(context: &Context<'_>, detail: &'b Book, words: &str) -> Source<'b> {
    Source::of(detail, cost_position::TABLE, &header_of(words, &context.money()))
}

fn money_tile(context: &Context<'_>, label: &str, cell: Cell, note: String, table: &str) -> Tile {
    let kind = context.headline_money();
    Tile::new(format!("{label}, {}", unit(&kind)), cell, kind).note(note).link(to_table(table))
}

fn of_money(context: &Context<'_>, tile: Tile, measure: &'static str, good: Good) -> Headlined {
    Headlined { tile, measure, unit: Unit::Money(context.currency()), good }
}

fn estimate(context: &Context<'_>, detail: &Book) -> Headlined {
    let (estimate, budget) = (position(context, detail, "EAC"), position(context, detail, "PL"));
    let share = figure(&estimate.sum()).zip(figure(&budget.sum()).filter(|budget| *budget > 0.0)).map(|(e, b)| e / b);
    let shown = crate::report::book::show(&budget.sum(), &context.headline_money());
    let note = share.map_or_else(|| "no budget".into(), |share| format!("{:.0}% of the current budget, {shown}", share * 100.0));
    let limits = &context.portfolio().settings.thresholds;
    let rag = share.filter(|share| *share > 0.0).map(|share| by_limits(1.0 / share, limits.index_red, limits.index_green));
    let cell = estimate.total("no forecast");
    let rag = rag.filter(|_| figure(&cell.value).is_some());
    let tile = money_tile(context, "Estimate at completion", cell, note, cost_position::TABLE).rag(rag);
    of_money(context, tile, "estimate_at_completion", Good::Down)
}

fn by_limits(value: f64, red: f64, green: f64) -> Rag {
    if value >= green {
        Rag::Green
    } else if value < red {
        Rag::Red
    } else {
        Rag::Amber
    }
}

fn available(context: &Context<'_>, detail: &Book) -> Headlined {
    let of = |words: &str| position(context, detail, words);
    let parts = ["PL", "AC", "On order"].map(of);
    let [budget, spent, ordered] = &parts;
    let shown = |words: &str| crate::report::book::show(&of(words).sum(), &context.headline_money());
    let note = format!("budget less {} spent and {} on order", shown("AC"), shown("On order"));
    let left = minus(&minus(&budget.sum(), &spent.sum()), &ordered.sum());
    let cell = if parts.iter().all(Source::is_known) {
        Cell::formula(format!("SUM({})-SUM({})-SUM({})", budget.name, spent.name, ordered.name), left)
    } else {
        Cell::not_available("no budget, no ledger or no orders")
    };
    let rag = figure(&cell.value).map(|left| if left < 0.0 { Rag::Red } else { Rag::Green });
    let tile = money_tile(context, "Available budget", cell, note, cost_position::TABLE).rag(rag);
    of_money(context, tile, "available_budget", Good::Neither)
}

fn cash_to_come(context: &Context<'_>) -> Headlined {
    let value = cash::soon(context);
    let cell = match value {
        Value::Money(_) => Cell::formula(cash::soon_formula(context), value),
        other => other.into(),
    };
    let whole = context.input.analyses.cost.burn.iter().find(|burn| burn.initiative.is_none());
    let note = match whole.map(|burn| (burn.per_period, burn.runway_periods)) {
        Some((Ok(rate), Ok(periods))) => format!("{} a period lately; budget lasts {periods:.0} periods", words(rate)),
        Some((Ok(rate), Err(_))) => format!("{} a period was spent lately", words(rate)),
        _ => "no ledger".into(),
    };
    let tile = money_tile(context, "Cash out, next 3 months", cell, note, cash::TABLE);
    of_money(context, tile, "cash_out_next_three_months", Good::Neither)
}

/// What is left of contingency over the residual exposure; without a table of movements, as the Initiatives table gives it.
fn cover(context: &Context<'_>) -> Headlined {
    let risk = &context.input.analyses.risk.total;
    let reason = |why: Undefined| Value::NotAvailable(why.reason().into());
    let (cell, note, table) = match reserves::contingency(context) {
        Some(total) => {
            let header = |words: &str| crate::report::book::column_of(reserves::TOTALS, words);
            let value = total.coverage.map_or_else(reason, Value::Number);
            let cell = match value {
                Value::Number(_) => Cell::formula(lookup(&header("Coverage"), "\"Contingency\"", &header("Fund")), value),
                other => other.into(),
            };
            let left = total.remaining.map_or_else(|_| "n/a".into(), words);
            let exposure = total.exposure.map_or_else(|_| "n/a".into(), words);
            (cell, format!("{left} left; exposure {exposure}"), reserves::TOTALS)
        }
        None => {
            let value = risk.contingency_cover.map_or_else(reason, Value::Number);
            (
                Cell::new(value),
                "contingency of the Initiatives table over exposure".into(),
                crate::report::performance_dashboard::risks::TABLE,
            )
        }
    };
    let rag = figure(&cell.value).map(|cover| by_limits(cover, reserves::COVER_RED, reserves::COVER_AMBER));
    // One initiative's fund does not pay for another's threats.
    let weak = reserves::weakest(context).is_some();
    let rag = rag.map(|rag| if weak && rag == Rag::Green { Rag::Amber } else { rag });
    let note = if weak { format!("{note}; a fund falls short") } else { note };
    let tile = Tile::new("Contingency cover", cell, Kind::Ratio).rag(rag).note(note).link(to_table(table));
    Headlined { tile, measure: "contingency_cover", unit: Unit::Index, good: Good::Up }
}

/// What the board should know of the money.
#[must_use]
pub fn messages(context: &Context<'_>) -> Vec<Message> {
    [used_up(context), unfunded(context), short_cover(context), unsound_changes(context)].into_iter().flatten().collect()
}

/// The initiative that has spent and ordered more than its budget, by most.
fn used_up(context: &Context<'_>) -> Option<Message> {
    let position = &context.input.analyses.cost;
    let group = position.groups.iter().find(|group| group.dimension == Dimension::Initiative)?;
    let lines = group.lines.iter().filter(|(label, _)| !label.is_empty());
    let over = lines.filter_map(|(label, line)| Some((label, line, line.available.ok().filter(|left| left.minor < 0)?)));
    let (label, line, left) = over.min_by_key(|(_, _, left)| left.minor)?;
    let id = crate::base::id::InitiativeId::new(label.as_str());
    let shown = |money: crate::analysis::measure::Measure<crate::base::money::Money>| money.map_or_else(|_| "n/a".into(), words);
    Some(Message {
        topic: "Budget",
        place: named(context, &id),
        rag: Rag::Red,
        figures: [shown(line.actual), shown(line.budget), format!("-{}", words(left)), "below 0".into()],
        what: sentences(vec![format!("spent and on order are {} above the current budget", words(left))]),
        why: sentences(vec![
            format!("estimated to end at {}", shown(line.estimate_at_completion)),
            "every further invoice needs an approved change first".into(),
        ]),
        owner: owner_of(context, &id),
        link: to_table(cost_position::TABLE),
    })
}

fn unfunded(context: &Context<'_>) -> Option<Message> {
    let position = &context.input.analyses.funding;
    let unfunded = position.total.unfunded.ok().filter(|money| position.is_available() && money.minor > 0)?;
    let fiscal = &context.portfolio().settings.fiscal;
    let ahead = position.periods.iter().find(|each| !each.is_past && each.unfunded.is_ok_and(|money| money.minor > 0));
    let worst = position.initiatives.iter().max_by_key(|each| each.unfunded.map_or(0, |money| money.minor))?;
    let whose = worst.initiative.as_ref().map_or_else(|| "cost of no initiative".into(), |id| named(context, id));
    let shown = |money: crate::analysis::measure::Measure<crate::base::money::Money>| money.map_or_else(|_| "n/a".into(), words);
    let mut why = vec![format!("most of it is {whose}")];
    let lost = position.total.expiring.ok().filter(|money| money.minor > 0);
    why.extend(lost.map(|money| format!("at the same time {} of other funding is lost when its window closes", words(money))));
    Some(Message {
        topic: "Funding",
        place: "Portfolio".into(),
        rag: if ahead.is_some() { Rag::Red } else { Rag::Amber },
        figures: [shown(position.total.funded), shown(position.total.need), format!("-{}", words(unfunded)), "above 0".into()],
        what: sentences(vec![
            format!("nothing pays for {} of the cost", words(unfunded)),
            ahead.map_or_else(String::new, |each| format!("the first gap ahead is in {}", fiscal.label(each.period))),
        ]),
        why: sentences(why),
        owner: "finance".into(),
        link: to_table(funding::SOURCES),
    })
}

fn short_cover(context: &Context<'_>) -> Option<Message> {
    let total = reserves::contingency(context)?;
    let below = total.coverage.is_ok_and(|cover| cover < reserves::COVER_RED);
    let weak = reserves::weakest(context);
    if !below && weak.is_none() && total.runs_short.is_none() {
        return None;
    }
    let fiscal = &context.portfolio().settings.fiscal;
    let shown = |money: crate::analysis::measure::Measure<crate::base::money::Money>| money.map_or_else(|_| "n/a".into(), words);
    let (left, exposure, cover) = weak.filter(|_| !below).map_or((total.remaining, total.exposure, total.coverage), |fund| {
        (fund.remaining_reporting, fund.exposure, fund.coverage)
    });
    let id = weak.filter(|_| !below).and_then(|fund| fund.initiative.as_ref());
    let mut what: Vec<String> =
        weak.map(|fund| reserves::fund_words(context, fund).trim_end_matches('.').to_string()).into_iter().collect();
    what.extend(
        total.runs_short.map(|period| format!("all contingency, drawn as expected, runs short in {}", fiscal.label(period))),
    );
    Some(Message {
        topic: "Contingency",
        place: id.map_or_else(|| "Portfolio".into(), |id| named(context, id)),
        rag: Rag::Red,
        figures: [
            shown(left),
            shown(exposure),
            cover.map_or_else(|_| "n/a".into(), |cover| format!("{cover:.2} times")),
            format!("below {:.2}", reserves::COVER_RED),
        ],
        what: sentences(what),
        why: sentences(vec![
            "the exposure counts open threats by their residual expected cost, when they may strike".into(),
            "one initiative's contingency does not pay for another's threats".into(),
        ]),
        owner: id.map_or_else(|| "the board".into(), |id| owner_of(context, id)),
        link: to_table(reserves::FUNDS),
    })
}

fn unsound_changes(context: &Context<'_>) -> Option<Message> {
    let control = &context.input.analyses.budget_control;
    let unsound: Vec<&JudgedChange> = control.changes.iter().filter(|judged| judged.in_force && !judged.is_sound()).collect();
    let first = unsound.first()?;
    let name = |judged: &&JudgedChange| context.portfolio().budget_changes[judged.change].id.to_string();
    let rules = first
        .verdicts
        .iter()
        .filter(|verdict| verdict.holds == Ok(false))
        .map(|verdict| format!("{}: {}", verdict.rule.label(), verdict.why.trim_end_matches('.')));
    Some(Message {
        topic: "Budget changes",
        place: unsound.iter().take(4).map(name).collect::<Vec<_>>().join(", "),
        rag: Rag::Amber,
        figures: [format!("{} unsound", unsound.len()), "0".into(), format!("of {}", control.changes.len()), "above 0".into()],
        what: sentences(vec![format!(
            "{} budget {} in force and {} a rule of budget control",
            unsound.len(),
            if unsound.len() == 1 { "change is" } else { "changes are" },
            if unsound.len() == 1 { "breaks" } else { "break" }
        )]),
        why: sentences(vec![format!("{}, {}", name(first), rules.collect::<Vec<_>>().join("; "))]),
        owner: "finance".into(),
        link: Link::Table { table: budget_changes::REGISTER.into(), row: None },
    })
}
