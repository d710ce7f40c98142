//! Limits of authority: who decides up to which amount, and whether the levels lead upwards to somebody who can decide.

use super::{not_negative, same_name};
use crate::base::lookalike::did_you_mean;
use crate::model::budget_control::{AuthorityKind, AuthorityLimit};
use crate::model::build::context::{Context, Unique, flag, flag_at};
use crate::model::codes;

/// The limits, by kind, currency and limit, the unlimited last.
pub(super) fn authority(context: &mut Context<'_>) -> Vec<AuthorityLimit> {
    let mut unique = Unique::new();
    let mut limits = Vec::new();
    for row in context.rows("Authority limits") {
        let (Some(holder), Some(kind)) = (row.text("body_or_role"), row.text("kind").and_then(kind)) else { continue };
        let currency = context.currency(row, None);
        let given = row.number("limit").is_some();
        let limit = context.amount(row, "limit");
        let limit = limit.and_then(|limit| not_negative(context, row, "limit", limit, "write the largest amount it may approve"));
        let unusable = given && limit.is_none();
        let key = format!("{holder}, {}, {currency}", kind.word());
        if unusable || !unique.admits(context, row, "body_or_role", key) {
            continue;
        }
        let escalates_to = row.text("escalates_to").map(String::from);
        if limit.is_none() && escalates_to.is_some() {
            let finding = flag(row, codes::NO_LIMIT_YET_ESCALATES, "limit").expected("a limit, since it escalates");
            context.push(finding.hint("write the limit, or clear Escalates to if it may approve any amount"));
        }
        limits.push(AuthorityLimit { holder: holder.to_string(), kind, limit, currency, escalates_to, origin: row.place() });
    }
    limits.sort_by(|a, b| {
        let key = |of: &AuthorityLimit| (of.kind, of.currency, of.limit.is_none(), of.limit, of.holder.clone());
        key(a).cmp(&key(b))
    });
    for limit in &limits {
        check(context, limit, &limits);
    }
    check_circles(context, &limits);
    limits
}

fn kind(word: &str) -> Option<AuthorityKind> {
    AuthorityKind::ALL.into_iter().find(|kind| kind.word() == word)
}

/// The limit of the level above: of the same kind, else for any; in the same currency where there is one.
fn above<'l>(limit: &AuthorityLimit, all: &'l [AuthorityLimit]) -> Option<&'l AuthorityLimit> {
    let name = limit.escalates_to.as_deref()?;
    let fits = |other: &&AuthorityLimit| {
        same_name(&other.holder, name) && (other.kind == limit.kind || other.kind == AuthorityKind::Any)
    };
    all.iter().filter(fits).min_by_key(|other| (other.currency != limit.currency, other.kind != limit.kind))
}

fn check(context: &mut Context<'_>, limit: &AuthorityLimit, all: &[AuthorityLimit]) {
    let at = |code, field| flag_at(&limit.origin, code, "Authority limits", field);
    let kind = limit.kind.word();
    let Some(name) = limit.escalates_to.as_deref() else {
        if let Some(most) = limit.limit {
            let finding = at(codes::NOBODY_ABOVE, "Escalates to").found("nothing");
            let expected = format!("who decides above {most} {} ({kind})", limit.currency);
            context.push(finding.expected(expected).hint("name the next level, or clear the limit if there is none"));
        }
        return;
    };
    let Some(next) = above(limit, all) else {
        let near = did_you_mean(name, all.iter().map(|other| other.holder.as_str()));
        let hint = near.unwrap_or_else(|| format!("give {name} a row for {kind} or any, or name another level"));
        let finding = at(codes::AUTHORITY_GAP, "Escalates to").found(name);
        context.push(finding.expected(format!("a body or role that has a limit for {kind}, or for any")).hint(hint));
        return;
    };
    let rises = match (limit.limit, next.limit) {
        (Some(own), Some(other)) => next.currency != limit.currency || other > own,
        _ => true,
    };
    if !rises {
        let (own, other) = (limit.limit.unwrap_or_default(), next.limit.unwrap_or_default());
        let finding = at(codes::AUTHORITY_NOT_RISING, "Limit").found(format!("{own}, and {other} of {} above", next.holder));
        let expected = format!("less than {other}, which {} may approve", next.holder);
        context.push(finding.expected(expected).hint("raise the limit above, lower this one, or correct Escalates to"));
    }
}

/// Levels that lead back to where they began. Each circle is told once, at the first of its limits.
fn check_circles(context: &mut Context<'_>, limits: &[AuthorityLimit]) {
    let position = |limit: &AuthorityLimit| limits.iter().position(|other| std::ptr::eq(other, limit));
    let next: Vec<Option<usize>> = limits.iter().map(|limit| above(limit, limits).and_then(position)).collect();
    let mut seen = vec![0_usize; limits.len()];
    for start in 0..limits.len() {
        let (mut at, mut path) = (Some(start), Vec::new());
        while let Some(level) = at.filter(|level| seen[*level] == 0) {
            seen[level] = start + 1;
            path.push(level);
            at = next[level];
        }
        let Some(back) = at.filter(|level| seen[*level] == start + 1) else { continue };
        let from = path.iter().position(|level| *level == back).unwrap_or(0);
        let mut names: Vec<&str> = path[from..].iter().map(|level| limits[*level].holder.as_str()).collect();
        names.push(&limits[back].holder);
        let finding = flag_at(&limits[back].origin, codes::AUTHORITY_CIRCLE, "Authority limits", "Escalates to");
        let finding = finding.found(names.join(" > ")).expected("levels that lead upwards to a last one");
        context.push(finding.hint("clear Escalates to at the level that decides in the end"));
    }
}
