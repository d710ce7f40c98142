//! Findings: what is wrong in somebody's workbook, where, and how to mend it. Wrong data is a value, never an abort.

use crate::base::origin::Origin;
use std::collections::BTreeMap;
use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The value could not be used, or a rule that guards the numbers is broken.
    Error,
    /// The value was used, and somebody should look at it.
    Warning,
    /// Worth knowing; nothing to mend.
    Info,
    /// A new rule on probation: shown apart, never counted against anybody.
    Trial,
}

impl Severity {
    /// The word shown to users.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Trial => "trial",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// A kind of finding, declared once as a constant by the layer that raises it. Ranges: `S` source, `T` table,
/// `M` model, `A` analysis, `R` run. A code, once published, never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// Stable code, such as `T012`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// A short name, such as "text where a number is expected".
    pub title: &'static str,
    /// What it means and why it matters, in a sentence or two, for the docs page of codes.
    pub meaning: &'static str,
}

impl Code {
    /// Declares a kind of finding.
    #[must_use]
    pub const fn new(id: &'static str, severity: Severity, title: &'static str, meaning: &'static str) -> Self {
        Self { id, severity, title, meaning }
    }

    /// A finding of this kind at a place.
    #[must_use]
    pub fn at(self, origin: Origin) -> Finding {
        Finding { origin: Some(origin), ..self.nowhere() }
    }

    /// A finding of this kind that belongs to no single place in a workbook.
    #[must_use]
    pub fn nowhere(self) -> Finding {
        Finding {
            code: self,
            origin: None,
            table: String::new(),
            field: String::new(),
            found: String::new(),
            expected: String::new(),
            hint: String::new(),
            owner: None,
            repeats: Vec::new(),
        }
    }
}

/// One thing wrong (or worth knowing), with all that a reader needs to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind.
    pub code: Code,
    /// The place, where there is one.
    pub origin: Option<Origin>,
    /// The table (contract) concerned, such as `Budgets`; empty where none.
    pub table: String,
    /// The field concerned, as its header reads; empty where none.
    pub field: String,
    /// What was found, verbatim where it is a cell.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// How to mend it.
    pub hint: String,
    /// Who owns the source, where `portfolio.toml` names one.
    pub owner: Option<String>,
    /// The places of further findings that are alike (roll-up); the finding counts `1 + repeats.len()` times.
    pub repeats: Vec<Origin>,
}

impl Finding {
    /// Says what was found.
    #[must_use]
    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = text.into();
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = text.into();
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }

    /// Names the table and the field concerned.
    #[must_use]
    pub fn field(mut self, table: impl Into<String>, field: impl Into<String>) -> Self {
        self.table = table.into();
        self.field = field.into();
        self
    }

    /// Its severity.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity
    }

    /// How many places it stands for.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.repeats.len()
    }

    /// The message as one sentence: what was found and what was expected.
    #[must_use]
    pub fn message(&self) -> String {
        let mut text = self.code.title.to_string();
        if !self.field.is_empty() {
            text = format!("{}: {text}", self.field);
        }
        if !self.found.is_empty() {
            text.extend(["; found ", &self.found]);
        }
        if !self.expected.is_empty() {
            text.extend(["; expected ", &self.expected]);
        }
        text
    }

    /// All places, first one first, as addresses with runs of rows joined: `F214, F220:F259`.
    #[must_use]
    pub fn addresses(&self) -> String {
        let Some(origin) = &self.origin else { return String::new() };
        let all = std::iter::once(origin).chain(&self.repeats);
        if origin.sheet.is_grid() { join_runs(all) } else { join_records(all) }
    }
}

/// Findings collected by a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds those of another stage.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Those of one severity, counted with their repeats.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity() == severity).map(Finding::count).sum()
    }

    /// Rolls up findings that are alike (same code, sheet, table, field and expectation; and, above a few, whatever
    /// was found) into one with its places, then sorts by place. Counting is not changed by it.
    #[must_use]
    pub fn rolled_up(self) -> Self {
        let mut groups: BTreeMap<RollUpKey, Finding> = BTreeMap::new();
        let mut sorted = self.0;
        sorted.sort_by(|a, b| place_key(a).cmp(&place_key(b)));
        for finding in sorted {
            match groups.entry(roll_up_key(&finding)) {
                std::collections::btree_map::Entry::Vacant(slot) => {
                    slot.insert(finding);
                }
                std::collections::btree_map::Entry::Occupied(mut slot) => {
                    let first = slot.get_mut();
                    first.repeats.extend(finding.origin);
                    first.repeats.extend(finding.repeats);
                }
            }
        }
        let mut rolled: Vec<Finding> = groups.into_values().collect();
        rolled.sort_by(|a, b| place_key(a).cmp(&place_key(b)));
        Self(rolled)
    }
}

type RollUpKey = (&'static str, Option<Origin>, String, String, String, String, String);

/// Findings without a place, and those that name one cell's own story, are alike only when every word is the same.
fn roll_up_key(finding: &Finding) -> RollUpKey {
    let sheet = finding.origin.as_ref().map(|origin| Origin::sheet(&origin.sheet));
    let unplaced = sheet.is_none();
    let hint = if unplaced { finding.hint.clone() } else { String::new() };
    (finding.code.id, sheet, finding.table.clone(), finding.field.clone(), finding.expected.clone(), finding.found.clone(), hint)
}

type PlaceKey<'a> = (Option<&'a Origin>, &'static str, &'a str, &'a str, &'a str);

fn place_key(finding: &Finding) -> PlaceKey<'_> {
    (finding.origin.as_ref(), finding.code.id, &finding.field, &finding.found, &finding.expected)
}

/// Places in a file that is no spreadsheet, each once, in order.
fn join_records<'a>(origins: impl Iterator<Item = &'a Origin>) -> String {
    let mut rows: Vec<(Option<u32>, String)> = origins.map(|origin| (origin.row, origin.address())).collect();
    rows.sort_unstable();
    rows.dedup();
    let places: Vec<String> = rows.into_iter().map(|(_, place)| place).filter(|place| !place.is_empty()).collect();
    places.join(", ")
}

fn join_runs<'a>(origins: impl Iterator<Item = &'a Origin>) -> String {
    let mut cells: Vec<(Option<u32>, Option<u32>)> = origins.map(|origin| (origin.col, origin.row)).collect();
    cells.sort_unstable();
    let mut parts: Vec<String> = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let mut end = start;
        while end + 1 < cells.len() && continues(cells[end], cells[end + 1]) {
            end += 1;
        }
        parts.push(run_name(cells[start], cells[end]));
        start = end + 1;
    }
    parts.join(", ")
}

fn continues(a: (Option<u32>, Option<u32>), b: (Option<u32>, Option<u32>)) -> bool {
    a.0 == b.0 && matches!((a.1, b.1), (Some(x), Some(y)) if y == x + 1)
}

fn run_name(first: (Option<u32>, Option<u32>), last: (Option<u32>, Option<u32>)) -> String {
    let name = |(col, row): (Option<u32>, Option<u32>)| {
        let letters = col.map(crate::base::origin::column_name).unwrap_or_default();
        let digits = row.map(|row| (row + 1).to_string()).unwrap_or_default();
        if letters.is_empty() && !digits.is_empty() { format!("row {digits}") } else { format!("{letters}{digits}") }
    };
    if first == last { name(first) } else { format!("{}:{}", name(first), name(last).trim_start_matches("row ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::origin::SheetName;
    use std::sync::Arc;

    const TEST: Code = Code::new("T999", Severity::Error, "not a number", "For the tests.");

    #[test]
    fn forty_alike_roll_up_to_one_with_a_range() {
        let sheet = Arc::new(SheetName::new("a.xlsx", "S"));
        let mut findings = Findings::new();
        for row in (0..40).rev() {
            findings.push(TEST.at(Origin::cell(&sheet, row, 5)).field("Budgets", "Amount").found("n/a"));
        }
        let rolled = findings.rolled_up();
        assert_eq!(rolled.0.len(), 1);
        assert_eq!(rolled.count(Severity::Error), 40);
        assert_eq!(rolled.0[0].addresses(), "F1:F40");
    }

    #[test]
    fn lines_of_a_file_that_is_no_spreadsheet_are_listed_once_each() {
        let rows = crate::base::origin::RowPlaces::Lines;
        let sheet = Arc::new(SheetName { rows, ..SheetName::new("plan.xer", "TASK") });
        let mut findings = Findings::new();
        for (row, col) in [(8, 1), (6, 5), (6, 2)] {
            findings.push(TEST.at(Origin::cell(&sheet, row, col)).field("Activities", "Duration").found("x"));
        }
        let rolled = findings.rolled_up();
        assert_eq!((rolled.0.len(), rolled.0[0].addresses().as_str()), (1, "TASK line 7, TASK line 9"));
    }

    #[test]
    fn different_fields_stay_apart() {
        let sheet = Arc::new(SheetName::new("a.xlsx", "S"));
        let mut findings = Findings::new();
        findings.push(TEST.at(Origin::cell(&sheet, 1, 5)).field("Budgets", "Amount"));
        findings.push(TEST.at(Origin::cell(&sheet, 1, 6)).field("Budgets", "Period"));
        assert_eq!(findings.rolled_up().0.len(), 2);
    }
}
