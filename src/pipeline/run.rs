//! The month's run, and the check before it.

use crate::analysis::{self, Analyses};
use crate::base::disk::{Disk, DiskError, LockError, PublishOutcome, Staging, Tree, WorkspaceLock, repair};
use crate::base::finding::{Findings, Severity};
use crate::base::origin::Origin;
use crate::base::run::{InputDigest, RunFacts};
use crate::model::past::Past;
use crate::model::portfolio::Portfolio;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{codes, control, manifest, previous};
use crate::render::{tidy, xlsx};
use crate::report::headline::PreviousRun;
use crate::report::{self, ReportInput};
use crate::source::raw::{FileFacts, FileStatus, RawSheet};
use crate::source::{self, Limits};
use crate::table::{self, check::CheckSettings, tables::Tables};
use std::path::PathBuf;

/// Name of the set that `check` publishes.
const CHECK_SET: &str = "check";

/// A stage of a run, for whoever watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files to sheets.
    Reading,
    /// Sheets to checked tables.
    Checking,
    /// Tables to the portfolio, and its analyses.
    Analysing,
    /// Books to bytes.
    Writing,
    /// Bytes to the disk.
    Publishing,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Reading, Self::Checking, Self::Analysing, Self::Writing, Self::Publishing];

    /// The stage in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reading => "reading workbooks",
            Self::Checking => "checking every cell",
            Self::Analysing => "working out schedules, earned value, cost, risk and benefits",
            Self::Writing => "writing workbooks",
            Self::Publishing => "publishing",
        }
    }
}

/// Somebody who watches a run.
pub trait Watcher {
    /// A stage begins.
    fn stage(&self, stage: Stage);
    /// The run is over.
    fn done(&self);
}

/// Why a run published nothing.
#[derive(Debug)]
pub enum Fault {
    /// Another run holds the workspace.
    Held(LockError),
    /// The disk refused.
    Disk(DiskError),
    /// `strict`, and there are errors.
    Strict(Box<Prepared>),
    /// The program's own sums do not add up, or a book cannot be rendered.
    Internal(Vec<String>),
}

impl From<DiskError> for Fault {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<LockError> for Fault {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Disk(error) => Self::Disk(error),
            held @ LockError::Held { .. } => Self::Held(held),
        }
    }
}

/// Everything that is known before anything is written.
#[derive(Debug)]
pub struct Prepared {
    /// Facts of the run.
    pub facts: RunFacts,
    /// Files of the inputs folder, read or not.
    pub files: Vec<FileFacts>,
    /// Checked tables.
    pub tables: Tables,
    /// The portfolio.
    pub portfolio: Portfolio,
    /// Closed months.
    pub past: Past,
    /// The last run, not closed.
    pub previous: Option<PreviousRun>,
    /// Results.
    pub analyses: Analyses,
    /// Findings of every stage, rolled up and sorted by place.
    pub findings: Findings,
    /// Relative path from the set's folder to the inputs folder; none where they are not linked.
    pub inputs: Option<String>,
}

impl Prepared {
    /// What reports are made from.
    #[must_use]
    pub fn report_input(&self) -> ReportInput<'_> {
        ReportInput {
            run: &self.facts,
            files: &self.files,
            tables: &self.tables,
            findings: &self.findings,
            portfolio: &self.portfolio,
            past: &self.past,
            previous: self.previous.as_ref(),
            analyses: &self.analyses,
            inputs: self.inputs.clone(),
        }
    }
}

/// A published set.
#[derive(Debug)]
pub struct Published {
    /// What it was made from.
    pub prepared: Prepared,
    /// What became of it.
    pub outcome: PublishOutcome,
    /// Names of its files, in order.
    pub files: Vec<String>,
}

/// Reads, checks, analyses, writes and publishes the month's set.
///
/// # Errors
/// [`Fault`] where nothing was published.
pub fn run(
    disk: &Disk,
    workspace: &Workspace,
    helper: Option<PathBuf>,
    strict: bool,
    watcher: &dyn Watcher,
) -> Result<Published, Fault> {
    let _lock = WorkspaceLock::acquire(disk, &workspace.root, "throughline run")?;
    let name = previous::folder_name(workspace.settings.as_of);
    let prepared = prepare(disk, workspace, helper, &name, watcher)?;
    if strict && prepared.findings.count(Severity::Error) > 0 {
        return Err(Fault::Strict(Box::new(prepared)));
    }
    watcher.stage(Stage::Writing);
    let files = outputs(workspace, &prepared)?;
    watcher.stage(Stage::Publishing);
    publish(disk, workspace, &name, prepared, files)
}

/// Reads and checks, and publishes the Data Quality workbook alone.
///
/// # Errors
/// [`Fault`] where nothing was published.
pub fn check(disk: &Disk, workspace: &Workspace, helper: Option<PathBuf>, watcher: &dyn Watcher) -> Result<Published, Fault> {
    let _lock = WorkspaceLock::acquire(disk, &workspace.root, "throughline check")?;
    let prepared = prepare(disk, workspace, helper, CHECK_SET, watcher)?;
    watcher.stage(Stage::Writing);
    let book = report::data_quality::book(&(&prepared.report_input()).into());
    let files = vec![rendered(workspace, &book)?];
    watcher.stage(Stage::Publishing);
    publish(disk, workspace, CHECK_SET, prepared, files)
}

/// Everything up to the results, for whoever asks about them: publishes nothing, mends nothing and needs no lock.
///
/// # Errors
/// [`Fault`] where the inputs cannot be read or the program's own sums do not add up.
pub fn look(disk: &Disk, workspace: &Workspace, helper: Option<PathBuf>, watcher: &dyn Watcher) -> Result<Prepared, Fault> {
    results(disk, workspace, helper, CHECK_SET, watcher, workspace.findings.clone())
}

/// Mends what an interrupted run left, then everything up to the results.
fn prepare(
    disk: &Disk,
    workspace: &Workspace,
    helper: Option<PathBuf>,
    set: &str,
    watcher: &dyn Watcher,
) -> Result<Prepared, Fault> {
    let mut findings = workspace.findings.clone();
    mend(disk, workspace, &mut findings)?;
    results(disk, workspace, helper, set, watcher, findings)
}

/// Everything up to the results.
fn results(
    disk: &Disk,
    workspace: &Workspace,
    helper: Option<PathBuf>,
    set: &str,
    watcher: &dyn Watcher,
    mut findings: Findings,
) -> Result<Prepared, Fault> {
    watcher.stage(Stage::Reading);
    let (sheets, files) = gather(disk, workspace, helper, &mut findings)?;
    watcher.stage(Stage::Checking);
    let (mut tables, found) = table::read(&sheets, &workspace.mappings, &check_settings(workspace));
    findings.extend(found);
    // A million cells take a while to be given back: nobody waits for it.
    rayon::spawn(move || drop(sheets));
    watcher.stage(Stage::Analysing);
    let (portfolio, found) = Portfolio::build(&tables, &workspace.settings);
    findings.extend(found);
    let past = Past::default();
    let (analyses, found) = analysis::analyse(&portfolio, &past);
    findings.extend(found);
    let mut faults = control::residuals(&tables, &portfolio);
    faults.extend(control::unreconciled(&analyses.reconciliation));
    if !faults.is_empty() {
        return Err(Fault::Internal(faults));
    }
    let previous = previous::load(disk, &workspace.out, workspace.settings.as_of, &mut findings)?;
    let facts = facts(workspace, &files, previous.as_ref().map(|(_, digest)| digest));
    name_owners(workspace, &mut findings, &mut tables);
    let findings = findings.rolled_up();
    let (previous, inputs) = (previous.map(|(run, _)| run), inputs_link(workspace, set));
    Ok(Prepared { facts, files, tables, portfolio, past, previous, analyses, findings, inputs })
}

/// Says of every finding and every row held back whose workbook it is in, where the settings name an owner.
fn name_owners(workspace: &Workspace, findings: &mut Findings, tables: &mut Tables) {
    let owner = |file: &str| workspace.mappings.owner_of(file).map(ToString::to_string);
    for finding in &mut findings.0 {
        let file = finding.origin.as_ref().map(|origin| origin.sheet.file.as_str());
        finding.owner = finding.owner.take().or_else(|| owner(file?));
    }
    for row in &mut tables.quarantine {
        row.owner = row.owner.take().or_else(|| owner(&row.place.sheet.file));
    }
}

fn check_settings(workspace: &Workspace) -> CheckSettings {
    let settings = &workspace.settings;
    CheckSettings { fiscal: settings.fiscal, currency: Some(settings.reporting_currency) }
}

/// Mends what an interrupted run left.
fn mend(disk: &Disk, workspace: &Workspace, findings: &mut Findings) -> Result<(), Fault> {
    if disk.is_folder(&workspace.out)? {
        for repair in repair(disk, &workspace.out)? {
            findings.push(codes::REPAIRED.nowhere().found(repair.to_string()));
        }
    }
    Ok(())
}

type Gathered = (Vec<RawSheet>, Vec<FileFacts>);

/// Finds and reads the input files.
fn gather(disk: &Disk, workspace: &Workspace, helper: Option<PathBuf>, findings: &mut Findings) -> Result<Gathered, Fault> {
    let tree = if disk.is_folder(&workspace.inputs)? { disk.list_tree(&workspace.inputs)? } else { Tree::default() };
    let (sources, mut files) = source::discover(tree);
    for file in &files {
        if let FileStatus::Skipped(reason) = &file.status {
            findings.push(codes::SKIPPED.at(Origin::file(&file.name)).found(reason.clone()));
        }
    }
    if sources.is_empty() {
        let folder = workspace.inputs.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let hint = "put the workbooks there, or name their folder in portfolio.toml: [inputs] folder = \"...\"";
        findings.push(codes::NO_INPUTS.nowhere().found(format!("nothing to read in {folder}/")).hint(hint));
    }
    let limits = Limits { helper, ..Limits::default() };
    let (intake, found) = source::read(disk, &sources, &limits);
    findings.extend(found);
    files.extend(intake.files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((intake.sheets, files))
}

/// Facts of the run: digests of what was read, and the run id made from them.
fn facts(workspace: &Workspace, files: &[FileFacts], previous: Option<&InputDigest>) -> RunFacts {
    let read = files.iter().filter(|file| !file.sha256.is_empty());
    let mut inputs: Vec<InputDigest> = read
        .map(|file| InputDigest { file: file.name.clone(), bytes: file.bytes, sha256: file.sha256.clone() })
        .chain(previous.cloned())
        .collect();
    inputs.sort();
    let settings = &workspace.settings;
    let version = env!("CARGO_PKG_VERSION").to_string();
    RunFacts {
        run_id: RunFacts::id_of(&inputs, &workspace.settings_sha256, settings.as_of, settings.seed, &version),
        version,
        portfolio: settings.name.clone(),
        as_of: settings.as_of,
        inputs,
        settings_sha256: workspace.settings_sha256.clone(),
        seed: settings.seed,
    }
}

/// The relative path from a set's folder to the inputs, where both lie in the workspace.
fn inputs_link(workspace: &Workspace, set: &str) -> Option<String> {
    let out = workspace.out.join(set);
    let up = out.strip_prefix(&workspace.root).ok()?.components().count();
    let down = workspace.inputs.strip_prefix(&workspace.root).ok()?;
    let parts: Vec<String> = down.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(format!("{}{}/", "../".repeat(up), parts.join("/")))
}

/// Every file of the set but the manifest, then the manifest.
fn outputs(workspace: &Workspace, prepared: &Prepared) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let input = prepared.report_input();
    let mut files = Vec::new();
    for book in report::books(&input) {
        files.push(rendered(workspace, &book)?);
    }
    for result in report::tidy::tables(&input) {
        files.push((format!("data/{}.csv", result.name), tidy::csv(&result).map_err(internal)?));
        files.push((format!("data/{}.parquet", result.name), tidy::parquet(&result).map_err(internal)?));
    }
    let manifest = manifest::json(&prepared.facts, &prepared.files, &prepared.findings, &files).map_err(internal)?;
    files.push(("manifest.json".to_string(), manifest));
    Ok(files)
}

fn internal(message: impl std::fmt::Display) -> Fault {
    Fault::Internal(vec![format!("{message}")])
}

fn rendered(workspace: &Workspace, book: &report::book::Book) -> Result<(String, Vec<u8>), Fault> {
    let rendered = xlsx::bytes(book, &workspace.theme).map_err(internal)?;
    Ok((format!("{}.xlsx", book.file_name), rendered.bytes))
}

fn publish(
    disk: &Disk,
    workspace: &Workspace,
    name: &str,
    prepared: Prepared,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Published, Fault> {
    disk.create_folder(&workspace.out)?;
    let mut staging = Staging::begin(disk, &workspace.out, name, &prepared.facts.run_id)?;
    for (file, bytes) in &files {
        staging.write(file, bytes)?;
    }
    let outcome = staging.publish()?;
    Ok(Published { prepared, outcome, files: files.into_iter().map(|(file, _)| file).collect() })
}
