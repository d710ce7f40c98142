//! Real projects of the OR-AS database, from workbook to figures: critical path method and earned value against what the
//! database itself says. Sources: Batselier & Vanhoucke, "Construction and evaluation framework for a real-life project
//! database", International Journal of Project Management 33 (2015); the earned value figures that `ProTrack` exported.

use crate::harness::{reference, root};
use libtest_mimic::Trial;
use rust_decimal::Decimal;
use std::path::Path;
use throughline::analysis::earned_value::{
    Base, EarnedValue, InitiativeEarnedValue, Performance, PerformanceFactor, PeriodState, Scope, ScopeEarnedValue, TimeForecast,
};
use throughline::analysis::{Analyses, analyse};
use throughline::base::calendar::WorkCalendar;
use throughline::base::day::Moment;
use throughline::base::disk::Disk;
use throughline::base::money::Currency;
use throughline::base::number;
use throughline::model::activity::{Dependency, LinkType, ProgressReading};
use throughline::model::past::Past;
use throughline::model::portfolio::Portfolio;
use throughline::model::settings::Settings;
use throughline::source::raw::SourceFile;
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;

/// Projects whose baseline is the early-start schedule itself.
const EARLY_START: [&str; 7] = ["C2011-04", "C2011-08", "C2011-09", "C2012-03", "C2012-04", "C2012-10", "C2014-05"];

/// Projects with exported earned value.
const TRACKED: [&str; 7] = ["C2011-05", "C2011-07", "C2011-10", "C2011-12", "C2012-13", "C2012-15", "C2012-17"];

pub fn trials() -> Vec<Trial> {
    vec![
        reference("reference_projects::earliest_starts_are_the_baseline", "projects", earliest_starts_are_the_baseline),
        reference("reference_projects::no_link_is_violated", "projects", no_link_is_violated),
        reference("reference_projects::earned_value_to_the_cent", "projects", earned_value_to_the_cent),
        reference("reference_projects::every_figure_of_the_overview", "projects", every_figure_of_the_overview),
        reference("reference_projects::every_view_says_the_same", "projects", every_view_says_the_same),
        reference("reference_projects::every_view_has_every_figure", "projects", every_view_has_every_figure),
        reference("reference_projects::time_freezes_at_the_finish", "projects", time_freezes_at_the_finish),
    ]
}

/// The codes of all projects, from the names of the files.
pub fn projects(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let names = names.filter_map(|name| name.to_string_lossy().strip_suffix(".xlsx").map(String::from));
    let mut codes: Vec<String> = names.filter(|name| !name.contains(' ')).collect();
    codes.sort();
    codes
}

fn mappings() -> Mappings {
    let text = std::fs::read_to_string(root().join("templates/mappings/or-as-project-sheet.toml")).expect("the mapping");
    let settings = "[[source]]\nfiles = \"*.xlsx\"\nuse = \"or-as.toml\"\n";
    Mappings::from_toml(settings, |_| Some(text.clone())).0
}

/// A project analysed as of the end of all its dates, or of its last status date.
fn project(folder: &Path, code: &str, freeze_at_finish: bool) -> (Portfolio, Analyses) {
    let portfolio = portfolio(folder, code, freeze_at_finish);
    let (analyses, _) = analyse(&portfolio, &Past::default());
    (portfolio, analyses)
}

/// Reads a project as of the end of all its dates, or of its last status date.
pub fn portfolio(folder: &Path, code: &str, freeze_at_finish: bool) -> Portfolio {
    portfolio_as_of(folder, code, freeze_at_finish, None)
}

/// Reads a project as of a moment; else as of the end of all its dates, or of its last status date.
pub fn portfolio_as_of(folder: &Path, code: &str, freeze_at_finish: bool, as_of: Option<Moment>) -> Portfolio {
    let name = format!("{code}.xlsx");
    let files = vec![SourceFile { path: folder.join(&name), name }];
    let sheets = source::read(&Disk::real(), &files, &Limits::default()).0.sheets;
    let (tables, _) = throughline::table::read(&sheets, &mappings(), &CheckSettings::default());
    let euro = Currency::parse("EUR").expect("listed");
    let mut settings = Settings::new(code, Moment::from_datetime("2099-12-31T17:00:00".parse().expect("a moment")), euro);
    let last = Portfolio::build(&tables, &settings).0.progress.iter().map(|reading| reading.as_of).max();
    settings.as_of = as_of.or(last).unwrap_or(settings.as_of);
    settings.freeze_at_finish = freeze_at_finish;
    Portfolio::build(&tables, &settings).0
}

fn earliest_starts_are_the_baseline(folder: &Path) {
    for code in EARLY_START {
        let (portfolio, analyses) = project(folder, code, true);
        assert!(portfolio.baselines.len() > 15, "{code}: {} activities", portfolio.baselines.len());
        for entry in &portfolio.baselines {
            let activity = portfolio.activity(entry.activity);
            let early = analyses.schedules.baseline_early.activity(entry.activity);
            assert_eq!(Some(early.early_start), entry.start, "{} {}", activity.key, activity.name);
        }
    }
}

fn no_link_is_violated(folder: &Path) {
    let codes = projects(folder);
    assert!(codes.len() >= 31);
    let mut links = 0;
    for code in codes {
        let (portfolio, analyses) = project(folder, &code, true);
        let early = &analyses.schedules.baseline_early;
        for link in &portfolio.dependencies {
            let (before, after) = (early.activity(link.predecessor), early.activity(link.successor));
            let calendar = portfolio.calendars.get_or_default(portfolio.activity(link.predecessor).calendar.as_ref());
            let dates = [before.early_start, before.early_finish, after.early_start, after.early_finish];
            assert!(holds(link, calendar, dates), "{code}: {link:?}");
            links += 1;
        }
        let planned = portfolio.baselines.iter().filter_map(|entry| entry.finish).max();
        assert!(early.finish() <= planned, "{code}: {:?} is after {planned:?}", early.finish());
    }
    assert!(links > 2_000, "{links} links");
}

/// True where the working time between the two dates of a link is at least its lag.
pub fn holds(link: &Dependency, calendar: &WorkCalendar, [start, finish, next_start, next_finish]: [Moment; 4]) -> bool {
    let lag = link.lag.minutes(calendar).expect("a lag in time");
    let (from, to) = match link.link {
        LinkType::FinishToStart => (finish, next_start),
        LinkType::StartToStart => (start, next_start),
        LinkType::FinishToFinish => (finish, next_finish),
        LinkType::StartToFinish => (start, next_finish),
    };
    calendar.work(from, to) >= lag
}

fn earned_value_to_the_cent(folder: &Path) {
    for code in TRACKED {
        let (_, analyses) = project(folder, code, false);
        let earned = &analyses.earned_value.initiatives[0];
        let path = folder.join(format!("{code}.evm.csv"));
        let mut rows = 0;
        for record in csv::ReaderBuilder::new().flexible(true).from_path(path).expect("the figures").records() {
            let record = record.expect("a row");
            let at = Moment::from_datetime(record[1].replace(' ', "T").parse().expect("a status date"));
            let base = at_status(earned, at).base;
            let got = [base.planned_value, base.earned_value, base.actual_cost.expect("an actual cost")];
            for (got, (column, name)) in got.into_iter().zip([(2, "PV"), (3, "EV"), (4, "AC")]) {
                let expected: f64 = record[column].parse().expect("an amount");
                let difference = (number::to_f64(got) - expected).abs();
                assert!(difference < 0.01, "{code} {name} at {at}: {got}, expected {expected}");
            }
            rows += 1;
        }
        assert!(rows > 4, "{code}: {rows} status dates");
    }
}

/// PV, EV and AC of a project at its status dates, by the database's own figures.
fn figures_of(folder: &Path, code: &str) -> Vec<(Moment, [f64; 3])> {
    let path = folder.join(format!("{code}.evm.csv"));
    let records = csv::ReaderBuilder::new().flexible(true).from_path(path).expect("the figures").into_records();
    let row = |record: csv::StringRecord| {
        let at = Moment::from_datetime(record[1].replace(' ', "T").parse().expect("a status date"));
        (at, [2, 3, 4].map(|column| record[column].parse().expect("an amount")))
    };
    records.map(|record| row(record.expect("a row"))).collect()
}

/// Sums of base measures: PV, EV, AC.
fn sum_of<'a>(bases: impl Iterator<Item = &'a Base>) -> [f64; 3] {
    let mut sums = [Decimal::ZERO; 3];
    for base in bases {
        let amounts = [base.planned_value, base.earned_value, base.actual_cost.expect("an actual cost")];
        sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
    }
    sums.map(number::to_f64)
}

fn same(view: &str, got: [f64; 3], expected: [f64; 3]) {
    for (got, expected) in got.into_iter().zip(expected) {
        assert!((got - expected).abs() < 0.01, "{view}: {got}, expected {expected}");
    }
}

/// A name, and which scopes it holds.
type Partition = (&'static str, fn(&ScopeEarnedValue) -> bool);

/// The kinds of scope that hold every activity once: work packages at the top and at the bottom, and all others.
fn partitions() -> Vec<Partition> {
    vec![
        ("portfolio", |scope| scope.scope == Scope::Portfolio),
        ("initiative", |scope| matches!(scope.scope, Scope::Initiative(_))),
        ("control accounts", |scope| matches!(scope.scope, Scope::ControlAccount(_))),
        ("organisations", |scope| matches!(scope.scope, Scope::Organisation(_)) && scope.initiative.is_some()),
        ("organisations of all", |scope| matches!(scope.scope, Scope::Organisation(_)) && scope.initiative.is_none()),
        ("top work packages", |scope| scope.depth == 1),
        ("work packages", |scope| scope.holds_activities),
    ]
}

/// Every project through every view, to the cent: as of its first, middle and last status date (one project as of them all)
/// as it stands, as history and as what the periods add up to; and every status date looking back.
fn every_view_says_the_same(folder: &Path) {
    let mut compared = 0;
    for code in TRACKED {
        let figures = figures_of(folder, code);
        let chosen = [0, figures.len() / 2, figures.len() - 1];
        let chosen = |position: &usize| code == "C2011-12" || chosen.contains(position);
        for (at, expected) in (0..figures.len()).filter(chosen).map(|position| &figures[position]) {
            let portfolio = portfolio_as_of(folder, code, false, Some(*at));
            let results = analyse(&portfolio, &Past::default()).0.earned_value;
            let rows = results.initiatives[0].activities.iter().filter_map(|row| row.history.last());
            same(&format!("{code} activities at {at}"), sum_of(rows), *expected);
            for (name, is_part) in partitions() {
                let parts: Vec<&ScopeEarnedValue> = results.scopes.iter().filter(|scope| is_part(scope)).collect();
                assert!(!parts.is_empty(), "{code}: no {name}");
                let view = format!("{code} {name} at {at}");
                same(&view, sum_of(parts.iter().map(|scope| &scope.current.base)), *expected);
                same(&view, sum_of(parts.iter().filter_map(|scope| scope.history.last())), *expected);
                same(&format!("{view} by period"), by_period(&results, &parts), *expected);
                compared += 3;
            }
        }
        let results = project(folder, code, false).1.earned_value;
        for (position, (at, expected)) in figures.iter().enumerate() {
            for (name, is_part) in partitions() {
                let history = results.scopes.iter().filter(|scope| is_part(scope)).map(|scope| &scope.history[position]);
                same(&format!("{code} {name} at {at}, looking back"), sum_of(history), *expected);
            }
        }
    }
    assert!(compared >= 26 * 21, "{compared} comparisons");
}

/// What the periods of some scopes add up to, to date: planned by adding, earned and spent as they stand.
fn by_period(results: &EarnedValue, parts: &[&ScopeEarnedValue]) -> [f64; 3] {
    let mut sums = [Decimal::ZERO; 3];
    for part in parts {
        let own = || results.periods.iter().filter(|row| row.scope == part.scope && row.initiative == part.initiative);
        sums[0] += own().map(|row| row.planned_to_date).sum::<Decimal>();
        let Some(last) = own().rfind(|row| row.state != PeriodState::ToCome) else { continue };
        assert_eq!(last.cumulative.planned, own().map(|row| row.planned_to_date).sum::<Decimal>());
        sums[1] += last.cumulative.earned.expect("told at the data date");
        sums[2] += last.cumulative.actual.expect("told at the data date");
    }
    sums.map(number::to_f64)
}

/// All 28 figures at all 8 status dates for every scope that holds the whole project, each worked out anew from its sums.
fn every_view_has_every_figure(folder: &Path) {
    let rows = overview(folder);
    let statuses: Vec<Moment> = figures_of(folder, "C2011-12").into_iter().map(|row| row.0).collect();
    assert_eq!((rows.len(), statuses.len()), (8, 8));
    for (row, at) in rows.iter().zip(statuses) {
        let portfolio = portfolio_as_of(folder, "C2011-12", false, Some(at));
        let results = analyse(&portfolio, &Past::default()).0.earned_value;
        let all = results.initiatives[0].activities.len();
        let whole: Vec<&ScopeEarnedValue> = results.scopes.iter().filter(|scope| scope.activities.len() == all).collect();
        let kinds: std::collections::BTreeSet<&str> = whole.iter().map(|scope| scope.scope.kind()).collect();
        assert!(
            ["portfolio", "initiative", "control account", "organisation"].iter().all(|kind| kinds.contains(kind)),
            "{kinds:?}"
        );
        for scope in whole {
            compare_money(row, &scope.current);
            compare_time(row, &scope.current);
        }
    }
}

fn at_status(earned: &InitiativeEarnedValue, at: Moment) -> &Performance {
    earned.history.iter().find(|performance| performance.base.status == at).unwrap_or_else(|| panic!("no status date {at}"))
}

/// A row of the tracking overview: dates are Excel serials, percentages and spans are text.
struct Overview(csv::StringRecord);

impl Overview {
    fn number(&self, column: usize) -> f64 {
        self.0[column].parse().expect("a number")
    }

    fn money(&self, name: &str, got: f64, column: usize) {
        const BUDGET: f64 = 3_027_133.186;
        let difference = (got - self.number(column)).abs();
        assert!(difference <= 1e-6 * BUDGET, "{} {name}: {got}, expected {}", &self.0[0], &self.0[column]);
    }

    fn percent(&self, name: &str, got: f64, column: usize) {
        assert_eq!(format!("{:.0}%", got * 100.0), &self.0[column], "{} {name}", &self.0[0]);
    }

    /// Within half a working hour.
    fn moment(&self, name: &str, got: Moment, column: usize) {
        let minutes = ((self.number(column) - Moment(0).excel_serial()) * 1_440.0).round();
        let expected = Moment(minutes as i64);
        let apart = WorkCalendar::standard().work(expected, got).abs();
        assert!(apart <= 30, "{} {name}: {got}, expected {expected}", &self.0[0]);
    }

    /// `-39d 7h`: days of 8 hours.
    fn span(&self, name: &str, got: i64, column: usize) {
        let (sign, text) = self.0[column].strip_prefix('-').map_or((1, &self.0[column]), |text| (-1, text));
        let minutes = text.split(' ').map(|part| match part.strip_suffix('d') {
            Some(days) => days.parse::<i64>().expect("days") * 480,
            None => part.trim_end_matches('h').parse::<i64>().expect("hours") * 60,
        });
        assert_eq!(got, sign * minutes.sum::<i64>(), "{} {name}", &self.0[0]);
    }
}

fn overview(folder: &Path) -> Vec<Overview> {
    csv::Reader::from_path(folder.join("C2011-12.tracking-overview.csv"))
        .expect("the overview")
        .records()
        .map(|record| Overview(record.expect("a row")))
        .collect()
}

fn every_figure_of_the_overview(folder: &Path) {
    let (_, analyses) = project(folder, "C2011-12", false);
    let history = &analyses.earned_value.initiatives[0].history;
    let rows = overview(folder);
    assert_eq!((rows.len(), history.len()), (8, 8));
    for (row, performance) in rows.iter().zip(history) {
        compare_money(row, performance);
        compare_time(row, performance);
    }
}

fn compare_money(row: &Overview, performance: &Performance) {
    let (base, cost) = (&performance.base, &performance.cost);
    row.money("PV", number::to_f64(base.planned_value), 4);
    row.money("EV", number::to_f64(base.earned_value), 5);
    row.money("AC", number::to_f64(base.actual_cost.expect("AC")), 6);
    row.money("SV", number::to_f64(cost.schedule_variance), 8);
    row.percent("SPI", cost.schedule_performance_index.expect("SPI"), 9);
    row.money("CV", number::to_f64(cost.cost_variance.expect("CV")), 10);
    row.percent("CPI", cost.cost_performance_index.expect("CPI"), 11);
    for (position, factor) in PerformanceFactor::ALL.into_iter().take(8).enumerate() {
        let estimate = cost.estimate(factor).expect("an estimate");
        row.money(&format!("EAC by {}", factor.label()), number::to_f64(estimate), 24 + position);
    }
}

fn compare_time(row: &Overview, performance: &Performance) {
    let time = &performance.time;
    row.moment("ES", time.earned_schedule_at.expect("ES"), 7);
    row.span("SV(t)", time.schedule_variance.expect("SV(t)"), 12);
    row.percent("SPI(t)", time.schedule_performance_index.expect("SPI(t)"), 13);
    row.percent("p-factor", time.schedule_adherence.expect("p-factor"), 14);
    for (position, method) in TimeForecast::ALL.into_iter().enumerate() {
        row.moment(&format!("EAC(t) {}", method.label()), time.finish(method).expect("a finish"), 15 + position);
    }
}

/// At "Completion" all work of C2011-12 is done: time stands still from the last actual finish on, as the readings give it.
fn time_freezes_at_the_finish(folder: &Path) {
    let (portfolio, analyses) = project(folder, "C2011-12", true);
    let calendar = WorkCalendar::standard();
    let finish = |reading: &ProgressReading| {
        let took = reading.actual_duration.as_ref().and_then(|duration| duration.minutes(&calendar));
        Some(calendar.add(reading.actual_start?, took?))
    };
    let last = portfolio.progress.iter().filter_map(finish).max().expect("a finish");
    let [.., completion, after] = &analyses.earned_value.initiatives[0].history[..] else { panic!("two status dates") };
    assert!(last < completion.base.status && completion.base.status < after.base.status);
    let passed = calendar.work(completion.time.start.expect("a start"), last);
    assert_eq!([completion.time.actual_time, after.time.actual_time], [passed; 2]);
    assert_eq!(completion.time.schedule_variance, Ok(3_538 * 60 - passed));
}
