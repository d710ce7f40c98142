//! What is asked about, by its id: an activity or an initiative. What merely looks like an id is proposed, never used.

use crate::base::id::InitiativeId;
use crate::model::activity::{Activity, ActivityIndex};
use crate::model::portfolio::Portfolio;

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An activity, milestones included.
    Activity(ActivityIndex),
    /// An initiative, as a position in [`Portfolio::initiatives`].
    Initiative(usize),
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// How alike two ids must be, from 0 to 1, for one to be proposed.
const ALIKE: f64 = 0.6;

/// The activity or initiative of an id: `LU-101/A10`, `A10` where one initiative alone has it, `LU-101`. Capital and small
/// letters count as the same where that leaves one.
///
/// # Errors
/// [`NotFound`], with the nearest ids.
pub fn find(portfolio: &Portfolio, text: &str) -> Result<Subject, NotFound> {
    let text = text.trim();
    if let Some(group) = portfolio.initiatives.iter().position(|each| each.id.as_str() == text) {
        return Ok(Subject::Initiative(group));
    }
    for same in [exactly as fn(&str, &str) -> bool, ignoring_case] {
        let found: Vec<usize> =
            (0..portfolio.activities.len()).filter(|&at| is_meant(&portfolio.activities[at], text, same)).collect();
        match found.as_slice() {
            [] => {}
            [only] => return Ok(Subject::Activity(ActivityIndex(*only))),
            several => return Err(ambiguous(portfolio, text, several)),
        }
    }
    let group = portfolio.initiatives.iter().position(|each| ignoring_case(each.id.as_str(), text));
    group.map(Subject::Initiative).ok_or_else(|| unknown(portfolio, text))
}

fn exactly(a: &str, b: &str) -> bool {
    a == b
}

fn ignoring_case(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn is_meant(activity: &Activity, text: &str, same: fn(&str, &str) -> bool) -> bool {
    let key = &activity.key;
    same(key.id.as_str(), text) || same(&format!("{}/{}", key.initiative, key.id), text)
}

fn ambiguous(portfolio: &Portfolio, text: &str, several: &[usize]) -> NotFound {
    let keys: Vec<String> = several.iter().take(5).map(|&at| portfolio.activities[at].key.to_string()).collect();
    let more = if several.len() > keys.len() { ", …" } else { "" };
    NotFound {
        message: format!("{} activities have the id {text}", several.len()),
        hint: format!("name the initiative too: {}{more}", keys.join(", ")),
    }
}

fn unknown(portfolio: &Portfolio, text: &str) -> NotFound {
    let wanted = text.to_lowercase();
    let likeness = |candidate: &str| strsim::normalized_damerau_levenshtein(&wanted, &candidate.to_lowercase());
    let initiative = |id: &InitiativeId| (likeness(id.as_str()), id.to_string());
    let activity = |each: &Activity| {
        let key = each.key.to_string();
        (likeness(&key).max(likeness(each.key.id.as_str())).max(likeness(&each.name)), key)
    };
    let all = portfolio.initiatives.iter().map(|each| initiative(&each.id)).chain(portfolio.activities.iter().map(activity));
    let mut near: Vec<(f64, String)> = all.filter(|(alike, _)| *alike >= ALIKE).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let near: Vec<String> = near.into_iter().take(3).map(|(_, id)| id).collect();
    let hint = if near.is_empty() {
        "write an initiative's id, an activity's id, or both as INITIATIVE/ACTIVITY".to_string()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    NotFound { message: format!("no activity, milestone or initiative has the id {text}"), hint }
}
