//! The portfolio: everything the workbooks say, typed, checked and immutable.

use crate::base::calendar::{Calendars, WorkCalendar};
use crate::base::day::Moment;
use crate::base::id::{ActivityKey, InitiativeId, PersonId};
use crate::base::origin::Origin;
use crate::model::activity::{
    Activity, ActivityIndex, BaselineEntry, Dependency, LeftOutActual, ProgressReading, RemovedFromPlan,
};
use crate::model::benefit::Benefit;
use crate::model::budget_control::{AuthorityLimit, BudgetChange, Commitment, FundingLine, ReserveMovement};
use crate::model::cells::CellPlaces;
use crate::model::exchange::FxTable;
use crate::model::finance::{Commentary, CostCode, FxRate, Ledger, PlanLine, PlanTotal, ReportedPosition, SourceTotal};
use crate::model::governance::Decision;
use crate::model::initiative::{Deliverable, Initiative, Objective, Person};
use crate::model::kpi::Kpi;
use crate::model::resource::{Assignment, Rate, Resource};
use crate::model::risk::{Issue, Risk};
use crate::model::scheduling::ScheduleOptions;
use crate::model::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The portfolio.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// Settings.
    pub settings: Settings,
    /// The last working instant on or before the as-of date on the default calendar, or the instant given.
    pub data_date: Moment,
    /// Working calendars, with the default one.
    pub calendars: Calendars,
    /// People.
    pub people: Vec<Person>,
    /// Objectives.
    pub objectives: Vec<Objective>,
    /// Initiatives, by id.
    pub initiatives: Vec<Initiative>,
    /// Rules of scheduling, by initiative; one more for activities of an initiative that is not listed.
    pub schedule_options: Vec<ScheduleOptions>,
    /// Deliverables.
    pub deliverables: Vec<Deliverable>,
    /// Activities, by initiative, WBS code as people count, and id.
    pub activities: Vec<Activity>,
    /// Activities by key.
    pub activity_index: BTreeMap<ActivityKey, ActivityIndex>,
    /// Links; the network without summaries is acyclic, links that close a cycle are findings and left out.
    pub dependencies: Vec<Dependency>,
    /// Progress, by status date, then activity.
    pub progress: Vec<ProgressReading>,
    /// Baselines, by name, then activity.
    pub baselines: Vec<BaselineEntry>,
    /// What baselines hold and the plan does not, by place.
    pub removed_from_plan: Vec<RemovedFromPlan>,
    /// Actual dates after the as-of date, which are left out of the plan; by activity.
    pub left_out_actuals: Vec<LeftOutActual>,
    /// Resources.
    pub resources: Vec<Resource>,
    /// Rates, by bearer, then date.
    pub rates: Vec<Rate>,
    /// Assignments.
    pub assignments: Vec<Assignment>,
    /// Budget lines of the version that counts, by initiative, period and category.
    pub budgets: Vec<PlanLine>,
    /// Budget lines of versions that a later one replaces, in the same order.
    pub superseded_budgets: Vec<PlanLine>,
    /// Changes of the budget, by id.
    pub budget_changes: Vec<BudgetChange>,
    /// Forecast lines, by initiative, period and category.
    pub forecast: Vec<PlanLine>,
    /// Orders, by number.
    pub commitments: Vec<Commitment>,
    /// Funding, by source, first day and row.
    pub funding: Vec<FundingLine>,
    /// Movements of contingency and management reserve, by fund, initiative, date and row.
    pub reserves: Vec<ReserveMovement>,
    /// Limits of authority, by kind, currency and limit, the unlimited last.
    pub authority: Vec<AuthorityLimit>,
    /// Where the money of Budgets, Forecast, Budget changes, Commitments, Funding and Contingency went.
    pub plan_totals: Vec<PlanTotal>,
    /// What the sheets of Actuals, Budgets and Forecast hold, by table, sheet and currency.
    pub source_totals: Vec<SourceTotal>,
    /// Ledger.
    pub ledger: Ledger,
    /// Cost codes.
    pub cost_codes: Vec<CostCode>,
    /// Exchange rates.
    pub fx_rates: Vec<FxRate>,
    /// Exchange rates ready for use.
    pub exchange: FxTable,
    /// Commentary.
    pub commentary: Vec<Commentary>,
    /// Reported positions.
    pub reported: Vec<ReportedPosition>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Risks.
    pub risks: Vec<Risk>,
    /// Issues.
    pub issues: Vec<Issue>,
    /// KPIs with targets and readings.
    pub kpis: Vec<Kpi>,
    /// Benefits with profiles and readings.
    pub benefits: Vec<Benefit>,
    /// Where the cells of each field are.
    pub cells: CellPlaces,
    /// Names of the tables that came in; what depends on a missing one says "not available".
    pub tables_present: BTreeSet<String>,
}

impl Portfolio {
    /// An initiative by id.
    #[must_use]
    pub fn initiative(&self, id: &InitiativeId) -> Option<&Initiative> {
        self.initiatives.binary_search_by(|initiative| initiative.id.cmp(id)).ok().map(|position| &self.initiatives[position])
    }

    /// The calendar of the project at a position among the initiatives: its own, else the default one.
    #[must_use]
    pub fn project_calendar(&self, position: usize) -> &Arc<WorkCalendar> {
        let own = self.initiatives.get(position).and_then(|initiative| initiative.calendar.as_ref());
        self.calendars.get_or_default(own)
    }

    /// Name of the baseline that governs an initiative: the one that the settings name, else the latest approved by the as-of
    /// date, else the last by name; none where it has no named baseline.
    #[must_use]
    pub fn governing_baseline(&self, initiative: &InitiativeId) -> Option<&str> {
        let of_initiative =
            |entry: &&BaselineEntry| self.activities.get(entry.activity.0).is_some_and(|each| each.key.initiative == *initiative);
        let entries = || self.baselines.iter().filter(of_initiative);
        let named = self.settings.baseline.as_deref();
        let approved = |entry: &BaselineEntry| entry.approved_on.filter(|day| *day <= self.settings.as_of.day());
        let last = entries().max_by_key(|entry| (Some(entry.baseline.as_str()) == named, approved(entry), &entry.baseline));
        last.map(|entry| entry.baseline.as_str())
    }

    /// A person by id.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// An activity by position.
    #[must_use]
    pub fn activity(&self, index: ActivityIndex) -> &Activity {
        &self.activities[index.0]
    }

    /// The cell of a field of an activity's row.
    #[must_use]
    pub fn activity_cell(&self, index: ActivityIndex, field: &str) -> Origin {
        self.cells.cell(&self.activity(index).origin, "Activities", field)
    }

    /// The cell of a field of a link's row.
    #[must_use]
    pub fn dependency_cell(&self, dependency: usize, field: &str) -> Origin {
        self.cells.cell(&self.dependencies[dependency].origin, "Dependencies", field)
    }

    /// True where a table came in from any workbook.
    #[must_use]
    pub fn has_table(&self, name: &str) -> bool {
        self.tables_present.contains(name)
    }
}
