//! What initiatives and people owe: hand-overs, bottlenecks, buffers, points, open items.

use super::TidyTable;
use crate::analysis::accountability::{AccountableItem, DueFrom, ItemKind, OwnerState};
use crate::analysis::buffers::{Buffer, BufferKind};
use crate::analysis::framework::FrameworkPoint;
use crate::analysis::interdependency::{Bottleneck, CrossLink, NeededFrom};
use crate::analysis::measure::Undefined;
use crate::base::id::ActivityKey;
use crate::model::activity::{ActivityIndex, Dependency};
use crate::report::ReportInput;
use crate::report::parts::context::rounded;
use crate::report::parts::words;

fn key<'a>(input: &ReportInput<'a>, index: ActivityIndex) -> &'a ActivityKey {
    &input.portfolio.activity(index).key
}

/// One row a link between two initiatives.
#[must_use]
pub fn cross_links(input: &ReportInput<'_>) -> TidyTable {
    let of = |link: &CrossLink| -> &Dependency { &input.portfolio.dependencies[link.dependency] };
    let rows: &[CrossLink] = &input.analyses.interdependencies.links;
    TidyTable::over("cross_links", "A link between two initiatives.", rows)
        .text("giver_initiative", "Id of the initiative that hands over.", |link| {
            Some(&key(input, of(link).predecessor).initiative)
        })
        .text("giver_activity", "Id of its activity.", |link| Some(&key(input, of(link).predecessor).id))
        .text("taker_initiative", "Id of the initiative that waits.", |link| Some(&key(input, of(link).successor).initiative))
        .text("taker_activity", "Id of its activity.", |link| Some(&key(input, of(link).successor).id))
        .text("type", "FS, SS, FF or SF.", |link| Some(words::link(of(link).link)))
        .date("need_by", "The taker needs it by.", |link| link.need_by)
        .date("promised", "The giver promises it by.", |link| link.promised)
        .moment("forecast", "When the giver hands over, actual or forecast.", |link| Some(link.forecast))
        .moment("needed", "Need-by date, else the latest hand-over that delays nothing.", |link| link.needed)
        .text("needed_from", "need-by date or late date.", |link| {
            link.needed_from.map(|from| match from {
                NeededFrom::NeedBy => "need-by date",
                NeededFrom::LateDate => "late date",
            })
        })
        .number("float_days", "Working days of the giver's calendar from forecast to needed; negative: late.", |link| {
            link.float_days
        })
        .yes_no("driving", "It holds its successor's early start.", |link| Some(link.driving))
        .yes_no("agreed", "Both sides agreed; none where nothing is said.", |link| link.agreed)
        .text("status", "met, on track, not agreed, at risk or late.", |link| Some(link.status.label()))
        .text("why", "Why, in words.", |link| Some(&link.why))
        .text("source", "Where the record is.", |link| Some(&of(link).origin))
        .done()
}

/// One row an activity whose slip moves initiatives.
#[must_use]
pub fn bottlenecks(input: &ReportInput<'_>) -> TidyTable {
    let currency = input.portfolio.settings.reporting_currency;
    let rows: &[Bottleneck] = &input.analyses.interdependencies.bottlenecks;
    TidyTable::over("bottlenecks", "An activity whose slip moves initiatives.", rows)
        .text("initiative", "Id of the initiative.", |each| Some(&key(input, each.activity).initiative))
        .text("activity", "Id of the activity.", |each| Some(&key(input, each.activity).id))
        .whole("slip_days", "Slip tried, in working days of its calendar.", |each| Some(each.slip_days))
        .whole("initiatives_moved", "Initiatives whose finish moves out.", |each| {
            i64::try_from(each.initiatives_moved.len()).ok()
        })
        .text("moved", "Which, with working days of the default calendar.", |each| {
            let moved = each.initiatives_moved.iter().zip(&each.days_moved).map(|(id, days)| format!("{id} {days:+.1}"));
            Some(moved.collect::<Vec<_>>().join("; "))
        })
        .number("days_moved", "Working days moved, of all initiatives together.", |each| Some(each.total_days()))
        .whole("activities_moved", "Activities that move, itself included.", |each| {
            i64::try_from(each.activities_moved.len()).ok()
        })
        .text("currency", "Reporting currency.", |_| Some(currency.code().to_string()))
        .amount("money_moved", "Budget not yet earned of the activities that move.", |each| {
            each.money_moved.ok().map(|amount| rounded(amount, currency))
        })
        .text("reason", "Why there is no amount.", |each| each.money_moved.err().map(Undefined::reason))
        .done()
}

/// One row a buffer of the critical chain.
#[must_use]
pub fn buffers(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[Buffer] = &input.analyses.buffers.buffers;
    TidyTable::over("buffers", "A buffer of the critical chain.", rows)
        .text("initiative", "Id of the initiative.", |each| Some(&key(input, each.activity).initiative))
        .text("activity", "Id of the buffer.", |each| Some(&key(input, each.activity).id))
        .text("kind", "project or feeding.", |each| {
            Some(match each.kind {
                BufferKind::Project => "project",
                BufferKind::Feeding => "feeding",
            })
        })
        .whole("chain_steps", "Activities of its chain.", |each| i64::try_from(each.chain.len()).ok())
        .whole("chain_minutes", "Planned working minutes of the chain.", |each| Some(each.chain_minutes))
        .whole("chain_done_minutes", "Working minutes of the chain that are done.", |each| Some(each.chain_done_minutes))
        .whole("planned_minutes", "The buffer's own length in minutes of its calendar.", |each| Some(each.planned_minutes))
        .whole("cut_and_paste_minutes", "Size by cut and paste: half of the chain.", |each| each.cut_and_paste.ok())
        .whole("root_sum_square_minutes", "Size by the root of the sum of squares.", |each| each.root_sum_square.ok())
        .whole("consumed_minutes", "Minutes used up.", |each| each.consumed_minutes.ok())
        .number("consumed_share", "Share of its length used up.", |each| each.consumed_share.ok())
        .number("chain_done_share", "Share of the chain that is done.", |each| each.chain_done_share.ok())
        .text("zone", "green, amber or red.", |each| each.zone.ok().map(crate::analysis::buffers::FeverZone::label))
        .text("why", "How the zone comes about.", |each| Some(&each.why))
        .text("reason", "Why there is no zone.", |each| each.zone.err().map(Undefined::reason))
        .done()
}

/// One row a milestone, gate, review or celebration.
#[must_use]
pub fn framework(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[FrameworkPoint] = &input.analyses.framework.points;
    TidyTable::over("framework", "A milestone, decision gate, review point or celebration.", rows)
        .text("initiative", "Id of the initiative.", |point| Some(&key(input, point.status.activity).initiative))
        .text("activity", "Id of the point.", |point| Some(&key(input, point.status.activity).id))
        .text("kind", "milestone, gate, review or celebration.", |point| Some(words::kind(point.status.kind)))
        .yes_no("reached", "It is reached.", |point| Some(point.is_reached()))
        .whole("gate_number", "Number among the gates of its initiative.", |point| {
            point.gate_number.and_then(|number| i64::try_from(number).ok())
        })
        .moment("baseline", "Baseline date.", |point| point.status.baseline)
        .moment("date", "Actual date, else forecast.", |point| Some(point.status.date))
        .moment("deadline", "Deadline.", |point| point.status.deadline)
        .whole("days_late", "Calendar days after the baseline date.", |point| point.status.days_late)
        .whole("days_past_deadline", "Calendar days after the deadline.", |point| point.status.days_past_deadline)
        .number("float_days", "Total float in working days.", |point| point.float_days)
        .yes_no("critical", "Critical by float.", |point| Some(point.critical))
        .text("owner", "Id of the owner.", |point| point.owner.as_ref())
        .whole("moved_since_close_days", "Calendar days by which it moved since the last closed month.", |point| {
            point.moved_since_close.ok()
        })
        .done()
}

/// One row an open item.
#[must_use]
pub fn accountability(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[AccountableItem] = &input.analyses.accountability.items;
    TidyTable::over("accountability", "Something somebody has to bring about.", rows)
        .text("item", "Id, as people write it.", |item| Some(&item.id))
        .text("kind", "activity, point, deliverable or decision.", |item| {
            Some(match item.kind {
                ItemKind::Activity(_) => "activity",
                ItemKind::Point(_) => "point",
                ItemKind::Deliverable(_) => "deliverable",
                ItemKind::Decision(_) => "decision",
            })
        })
        .text("name", "Name or title.", |item| Some(&item.name))
        .text("initiative", "Id of the initiative.", |item| item.initiative.as_ref())
        .text("owner", "Id of the owner; of a decision, who is to take it.", |item| item.owner.as_ref())
        .text("owner_state", "here, has left, not here yet or nobody.", |item| {
            Some(match item.owner_state {
                OwnerState::Here => "here",
                OwnerState::HasLeft(_) => "has left",
                OwnerState::NotHereYet(_) => "not here yet",
                OwnerState::Nobody => "nobody",
            })
        })
        .date("due", "Due.", |item| item.due)
        .text("due_from", "given, baseline, forecast or nothing.", |item| {
            Some(match item.due_from {
                DueFrom::Given => "given",
                DueFrom::Baseline => "baseline",
                DueFrom::Forecast => "forecast",
                DueFrom::Nothing => "nothing",
            })
        })
        .date("forecast", "When the schedule says that it will be done.", |item| item.forecast)
        .text("state", "not started or in progress; none for decisions.", |item| item.state.map(words::state))
        .whole("days_overdue", "Calendar days since it was due, where it was due before the as-of date.", |item| {
            item.days_overdue
        })
        .whole("days_late", "Calendar days from the due date to the forecast.", |item| item.days_late)
        .done()
}
