//! A workspace: the folder with `portfolio.toml`, `inputs/` and `out/`. Reads the settings once and hands each layer its
//! own typed part; nothing else knows that they came from one file.

use crate::base::day::{Day, Moment};
use crate::base::digest;
use crate::base::disk::{Disk, DiskError};
use crate::base::finding::{Finding, Findings, Severity};
use crate::base::id::CalendarId;
use crate::base::money::Currency;
use crate::base::period::{FiscalCalendar, PeriodScheme, WeekPattern, YearEnd, YearEndRule, YearLabel};
use crate::model::settings::{ActualCostSource, EarnedScheduleConvention, FlatCurve, RiskBands, Settings, Thresholds};
use crate::pipeline::settings_file as file;
use crate::pipeline::{finance_settings, schedule_settings};
use crate::report::theme::{Logo, OfficeTheme, Theme};
use crate::table::mapping::Mappings;
use chrono::{NaiveDate, NaiveDateTime, Weekday};
use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

/// Name of the settings file.
pub const SETTINGS: &str = "portfolio.toml";

/// Largest settings or mapping file that is read.
const SETTINGS_BYTES: u64 = 4 * 1024 * 1024;

/// An as-of date as a person asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// A date (00:00) or an instant.
    At(Moment),
    /// The end of the last completed period.
    MonthEnd,
}

impl AsOf {
    /// Reads `2026-10-31`, `2026-10-31T17:00` or `month-end`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("month-end") {
            return Some(Self::MonthEnd);
        }
        let day = |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::start_of);
        let instant = |pattern| NaiveDateTime::parse_from_str(text, pattern).ok().map(Moment::from_datetime);
        let patterns = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"];
        day(text).or_else(|| patterns.into_iter().find_map(instant)).map(Self::At)
    }

    /// The date or instant it means, given today's date.
    #[must_use]
    pub fn resolve(self, fiscal: &FiscalCalendar, today: Day) -> Moment {
        match self {
            Self::At(moment) => moment,
            Self::MonthEnd => {
                let current = fiscal.period_of(today);
                let done = if fiscal.end(current) == today { current } else { fiscal.prev(current) };
                Moment::start_of(fiscal.end(done))
            }
        }
    }
}

/// What to open, as the command line asks for it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The workspace folder.
    pub root: PathBuf,
    /// As-of, where it was asked for.
    pub as_of: Option<AsOf>,
    /// Folder of outputs, where it was asked for.
    pub out: Option<PathBuf>,
    /// Today's date, for `month-end` alone.
    pub today: Day,
}

/// Why a workspace cannot be used.
#[derive(Debug)]
pub enum WorkspaceError {
    /// There is no settings file.
    NoSettings {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The disk refused.
    Disk(DiskError),
    /// The settings say something that cannot be.
    Settings {
        /// What is wrong, with its line where it is known.
        message: String,
        /// How to mend it.
        hint: String,
    },
}

impl fmt::Display for WorkspaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSettings { path } => write!(f, "there is no {SETTINGS} in {}", path.display()),
            Self::Disk(error) => write!(f, "{error}"),
            Self::Settings { message, .. } => write!(f, "{SETTINGS}: {message}"),
        }
    }
}

impl WorkspaceError {
    /// How to mend it.
    #[must_use]
    pub fn hint(&self) -> &str {
        match self {
            Self::NoSettings { .. } => {
                "make a workspace with `throughline init DIR`, or name the folder that holds portfolio.toml"
            }
            Self::Disk(_) => "",
            Self::Settings { hint, .. } => hint,
        }
    }
}

impl std::error::Error for WorkspaceError {}

impl From<DiskError> for WorkspaceError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// An opened workspace.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// Folder of inputs.
    pub inputs: PathBuf,
    /// Folder of outputs.
    pub out: PathBuf,
    /// For the model and the analyses.
    pub settings: Settings,
    /// For the tables.
    pub mappings: Mappings,
    /// What is worth saying about the mappings.
    pub findings: Findings,
    /// For the renderer.
    pub theme: Theme,
    /// Digest of the settings file and of every mapping, theme and logo file it names.
    pub settings_sha256: String,
}

impl Workspace {
    /// Reads the settings of a workspace.
    ///
    /// # Errors
    /// [`WorkspaceError`] where there are none, the disk refuses, or they say something that cannot be.
    pub fn open(disk: &Disk, request: &Request) -> Result<Self, WorkspaceError> {
        let path = request.root.join(SETTINGS);
        if !disk.exists(&path)? {
            return Err(WorkspaceError::NoSettings { path: request.root.clone() });
        }
        let bytes = disk.read_file(&path, SETTINGS_BYTES)?;
        let text = String::from_utf8(bytes).map_err(|_| settings_error("it is not UTF-8 text", "save it as UTF-8"))?;
        let mut digests = vec![digest::sha256(text.as_bytes())];
        let file = parse(&text)?;
        let (mappings, findings) = mappings(disk, &request.root, &text, &mut digests)?;
        let settings = settings(&file, &text, request)?;
        let theme = theme(disk, &request.root, &file.output, &mut digests)?;
        let parts: Vec<&str> = digests.iter().map(String::as_str).collect();
        let folder = |choice: &Option<String>, default: &str| request.root.join(choice.as_deref().unwrap_or(default));
        Ok(Self {
            inputs: folder(&file.inputs.folder, "inputs"),
            out: request.out.clone().unwrap_or_else(|| folder(&file.output.folder, "out")),
            root: request.root.clone(),
            settings,
            mappings,
            findings,
            theme,
            settings_sha256: digest::sha256_of_parts(&parts),
        })
    }
}

pub(super) fn settings_error(message: impl Into<String>, hint: impl Into<String>) -> WorkspaceError {
    WorkspaceError::Settings { message: message.into(), hint: hint.into() }
}

/// Parts of the file that `table::mapping` reads.
const MAPPING_KEYS: [&str; 3] = ["source", "contract", "not_data"];

/// The settings without sources and contracts.
fn parse(text: &str) -> Result<file::SettingsFile, WorkspaceError> {
    let mut whole: toml::Table = toml::from_str(text).map_err(|error| toml_error(&error, text))?;
    for key in MAPPING_KEYS {
        whole.remove(key);
    }
    toml::Value::Table(whole).try_into().map_err(|error| toml_error(&error, text))
}

/// The message of the TOML reader, with the line, and the nearest known key where a key is unknown.
fn toml_error(error: &toml::de::Error, text: &str) -> WorkspaceError {
    let message = error.message().lines().next().unwrap_or("it cannot be read").to_string();
    let words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
    let line = line.or_else(|| words.first().and_then(|word| line_of(text, word)));
    let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let hint = match (unknown, words.split_first()) {
        (true, Some((word, known))) => nearest(word, known).map_or_else(
            || format!("known here: {}", known.join(", ")),
            |near| format!("did you mean `{near}`? Known here: {}", known.join(", ")),
        ),
        _ => "`throughline help settings` lists every setting with an example".to_string(),
    };
    settings_error(format!("{place}{message}"), hint)
}

pub(super) fn line_of(text: &str, word: &str) -> Option<usize> {
    text.lines().position(|line| line.trim_start().trim_start_matches('[').starts_with(word)).map(|index| index + 1)
}

pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let scored = known.iter().map(|candidate| (strsim::jaro_winkler(word, candidate), *candidate));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// Mappings that come with the program, by the name to use them by.
const SHIPPED: &[(&str, &str)] = &[
    ("mappings/nyc-capital-projects.toml", include_str!("../../templates/mappings/nyc-capital-projects.toml")),
    ("mappings/or-as-project-sheet.toml", include_str!("../../templates/mappings/or-as-project-sheet.toml")),
];

/// Reads sources and contracts, with the mapping files they use: from the workspace, else the one that comes with the
/// program under that name.
fn mappings(disk: &Disk, root: &Path, text: &str, digests: &mut Vec<String>) -> Result<(Mappings, Findings), WorkspaceError> {
    let refused = RefCell::new(None);
    let read = RefCell::new(Vec::new());
    let (mappings, findings) = Mappings::from_toml(text, |name| {
        let text = match disk.read_file_if_there(&root.join(name), SETTINGS_BYTES) {
            Ok(Some(bytes)) => String::from_utf8(bytes).ok()?,
            Ok(None) => SHIPPED.iter().find(|(known, _)| *known == name)?.1.to_string(),
            Err(error) => {
                refused.replace(Some(error));
                return None;
            }
        };
        read.borrow_mut().push(digest::sha256(text.as_bytes()));
        Some(text)
    });
    if let Some(error) = refused.into_inner() {
        return Err(WorkspaceError::Disk(error));
    }
    digests.extend(read.into_inner());
    let errors: Vec<&Finding> = findings.0.iter().filter(|finding| finding.severity() == Severity::Error).collect();
    match errors.first() {
        None => Ok((mappings, findings)),
        Some(first) => {
            let messages: Vec<String> = errors.iter().map(|error| error.message()).collect();
            Err(settings_error(messages.join("\n  "), first.hint.clone()))
        }
    }
}

fn settings(file: &file::SettingsFile, text: &str, request: &Request) -> Result<Settings, WorkspaceError> {
    let fiscal = fiscal(&file.fiscal_year)?;
    let as_of = as_of(file.as_of.as_ref(), request)?.resolve(&fiscal, request.today);
    let reporting_currency = Currency::parse(&file.reporting_currency).ok_or_else(|| {
        settings_error(
            format!("reporting_currency: `{}` is no ISO 4217 code", file.reporting_currency),
            "write three letters, such as GBP, EUR or USD",
        )
    })?;
    let base = Settings::new(&file.name, as_of, reporting_currency);
    let earned = &file.earned_value;
    Ok(Settings {
        fiscal,
        default_calendar: file.default_calendar.as_deref().map(CalendarId::new),
        actual_cost: match earned.actual_cost {
            None | Some(file::ActualCostChoice::Automatic) => ActualCostSource::Automatic,
            Some(file::ActualCostChoice::Ledger) => ActualCostSource::Ledger,
            Some(file::ActualCostChoice::Progress) => ActualCostSource::Progress,
        },
        freeze_at_finish: earned.freeze_at_finish.unwrap_or(base.freeze_at_finish),
        flat_curve: match earned.flat_curve {
            None | Some(file::FlatCurveChoice::Earliest) => FlatCurve::Earliest,
            Some(file::FlatCurveChoice::Latest) => FlatCurve::Latest,
        },
        earned_schedule: match earned.earned_schedule {
            None | Some(file::EarnedScheduleChoice::Continuous) => EarnedScheduleConvention::Continuous,
            Some(file::EarnedScheduleChoice::Periodic) => EarnedScheduleConvention::Periodic,
        },
        percent_cap: finance_settings::percent_cap(earned.percent_cap)?,
        percent_between_steps: earned.percent_between_steps.unwrap_or(base.percent_between_steps),
        usable_out_of_sequence: finance_settings::usable_share(earned.usable_out_of_sequence)?
            .unwrap_or(base.usable_out_of_sequence),
        finance: finance_settings::resolve(&file.finance, &fiscal)?,
        baseline: earned.baseline.clone(),
        thresholds: thresholds(&file.thresholds)?,
        risk_bands: risk_bands(&file.risk_bands)?,
        schedule: schedule_settings::resolve(&file.schedule, text)?,
        ..base
    })
}

/// Bounds of bands, which must rise and lie between 0 and 1.
fn risk_bands(choice: &file::RiskBandChoices) -> Result<RiskBands, WorkspaceError> {
    let base = RiskBands::default();
    let rising = |name: &str, bounds: [f64; 4]| {
        let sound = bounds.windows(2).all(|pair| pair[0] < pair[1]) && bounds[0] > 0.0 && bounds[3] <= 1.0;
        let message = format!("risk_bands: {name} {bounds:?} does not rise from above 0 to at most 1");
        if sound { Ok(bounds) } else { Err(settings_error(message, "write four rising shares, such as [0.1, 0.3, 0.5, 0.7]")) }
    };
    Ok(RiskBands {
        probability: rising("probability", choice.probability.unwrap_or(base.probability))?,
        cost_share: rising("cost_share", choice.cost_share.unwrap_or(base.cost_share))?,
    })
}

/// The as-of of the command line, else of the file, else the last completed period.
fn as_of(value: Option<&toml::Value>, request: &Request) -> Result<AsOf, WorkspaceError> {
    if let Some(asked) = request.as_of {
        return Ok(asked);
    }
    let Some(value) = value else { return Ok(AsOf::MonthEnd) };
    let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
    AsOf::parse(&text).ok_or_else(|| {
        settings_error(format!("as_of: `{text}` is no date"), "write \"2026-10-31\", \"2026-10-31T17:00\" or \"month-end\"")
    })
}

fn fiscal(choice: &file::FiscalYear) -> Result<FiscalCalendar, WorkspaceError> {
    let label = match choice.named_after {
        Some(file::NamedAfter::Start) => YearLabel::Start,
        None | Some(file::NamedAfter::End) => YearLabel::End,
    };
    let pattern = match choice.periods {
        None | Some(file::Periods::CalendarMonths) => None,
        Some(file::Periods::FourFourFive) => Some(WeekPattern::FourFourFive),
        Some(file::Periods::FourFiveFour) => Some(WeekPattern::FourFiveFour),
        Some(file::Periods::FiveFourFour) => Some(WeekPattern::FiveFourFour),
    };
    let scheme = match (pattern, &choice.year_end) {
        (None, None) => PeriodScheme::CalendarMonths { start_month: choice.start_month.unwrap_or(1) },
        (Some(pattern), Some(end)) if choice.start_month.is_none() => PeriodScheme::Weeks { pattern, year_end: year_end(end)? },
        (Some(_), _) => {
            return Err(settings_error(
                "fiscal_year: a week-based year needs year_end, and no start_month",
                "write year_end = { weekday = \"saturday\", month = 1, rule = \"nearest\" }",
            ));
        }
        (None, Some(_)) => {
            return Err(settings_error(
                "fiscal_year: year_end is for week-based years",
                "add periods = \"4-4-5\" (or 4-5-4, 5-4-4), or take year_end away and write start_month",
            ));
        }
    };
    FiscalCalendar::new(scheme, label).map_err(|error| settings_error(format!("fiscal_year: {error}"), "use 1 to 12"))
}

fn year_end(choice: &file::YearEndChoice) -> Result<YearEnd, WorkspaceError> {
    let weekday: Weekday = choice.weekday.parse().map_err(|_| {
        settings_error(format!("fiscal_year: `{}` is no day of the week", choice.weekday), "write saturday, sunday, monday …")
    })?;
    let rule = match choice.rule {
        file::YearEndRuleChoice::Last => YearEndRule::Last,
        file::YearEndRuleChoice::Nearest => YearEndRule::Nearest,
    };
    Ok(YearEnd { rule, weekday, month: choice.month })
}

fn thresholds(choice: &file::ThresholdChoices) -> Result<Thresholds, WorkspaceError> {
    let base = Thresholds::default();
    let limits = Thresholds {
        index_green: choice.index_green.unwrap_or(base.index_green),
        index_red: choice.index_red.unwrap_or(base.index_red),
        commentary_share: choice.commentary_share.unwrap_or(base.commentary_share),
        variance_share: finance_settings::variance_share(choice.variance_share)?.unwrap_or(base.variance_share),
        variance_amount: finance_settings::variance_amount(choice.variance_amount.as_ref())?,
        milestone_red_days: choice.milestone_red_days.unwrap_or(base.milestone_red_days),
        over_allocation: choice.over_allocation.unwrap_or(base.over_allocation),
        exchange_tolerance: choice.exchange_tolerance.unwrap_or(base.exchange_tolerance),
    };
    if limits.index_red > limits.index_green {
        return Err(settings_error(
            format!("thresholds: index_red ({}) is above index_green ({})", limits.index_red, limits.index_green),
            "below index_red is red, from index_green on is green: index_red must be the smaller",
        ));
    }
    Ok(limits)
}

fn theme(disk: &Disk, root: &Path, output: &file::OutputChoices, digests: &mut Vec<String>) -> Result<Theme, WorkspaceError> {
    const PICTURE_BYTES: u64 = 20 * 1024 * 1024;
    let mut read = |name: &str| -> Result<Vec<u8>, WorkspaceError> {
        let bytes = disk.read_file(&root.join(name), PICTURE_BYTES)?;
        digests.push(digest::sha256(&bytes));
        Ok(bytes)
    };
    let mut theme = match output.theme.as_deref() {
        None => Theme::default(),
        Some(name) => match (Theme::named(name), Path::new(name).extension()) {
            (Some(theme), _) => theme,
            (None, Some(_)) => {
                let office_theme = OfficeTheme { file_name: name.to_string(), bytes: read(name)? };
                Theme { office_theme: Some(office_theme), ..Theme::default() }
            }
            (None, None) => {
                return Err(settings_error(
                    format!("output: there is no theme `{name}`"),
                    "write default, colour-blind-safe, or the name of a .thmx or .xlsx file of your organisation",
                ));
            }
        },
    };
    if let Some(name) = output.logo.as_deref() {
        theme.logo = Some(Logo { bytes: read(name)?, alt_text: "Logo".to_string() });
    }
    Ok(theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_comes_with_its_line_and_the_nearest_known_one() {
        let text = "name = \"x\"\nreporting_currency = \"GBP\"\n[thresholds]\nindex_gren = 0.9\n";
        let Err(WorkspaceError::Settings { message, hint }) = parse(text) else { panic!("it should be refused") };
        assert!(message.contains("line 4") && message.contains("index_gren"), "{message}");
        assert!(hint.contains("did you mean `index_green`"), "{hint}");
    }

    #[test]
    fn month_end_is_the_last_completed_period() {
        let fiscal = FiscalCalendar::default();
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        let ends = |today| AsOf::MonthEnd.resolve(&fiscal, today);
        assert_eq!(ends(day(2026, 11, 22)), Moment::start_of(day(2026, 10, 31)));
        assert_eq!(ends(day(2026, 10, 31)), Moment::start_of(day(2026, 10, 31)));
        assert_eq!(ends(day(2027, 1, 1)), Moment::start_of(day(2026, 12, 31)));
    }

    #[test]
    fn as_of_is_read_as_people_write_it() {
        assert_eq!(AsOf::parse("month-end"), Some(AsOf::MonthEnd));
        assert!(matches!(AsOf::parse("2026-10-31T17:00"), Some(AsOf::At(at)) if at.minute_of_day() == 17 * 60));
        assert_eq!(AsOf::parse("31/10/2026"), None);
    }
}
