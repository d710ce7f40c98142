//! Who may approve how much: the limits of authority, and the chain above them.
//!
//! A limit belongs to a body or to a role; a person has the limit of the role that the People table gives. A limit for the
//! kind of the decision comes before one for any kind. Limits compare at the budget rate of the period concerned.

use crate::analysis::budget_rate;
use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::finding::Finding;
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::budget_control::{Approver, AuthorityKind, AuthorityLimit, ChangeKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// What is to be approved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// Kind of decision.
    pub kind: AuthorityKind,
    /// Amount, in major units, above zero.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// The period whose budget rate converts it.
    pub period: Period,
}

/// The kind of limit that a change of the budget needs.
#[must_use]
pub const fn kind_of(change: ChangeKind) -> AuthorityKind {
    match change {
        ChangeKind::Virement | ChangeKind::Rephase => AuthorityKind::Virement,
        ChangeKind::Increase | ChangeKind::Decrease => AuthorityKind::Increase,
    }
}

/// The limit of an approver for a kind of decision: of the body by its name, or of the person by id, else by role.
///
/// # Errors
/// [`Undefined::NoTable`] where no limits came in, [`Undefined::NoRole`] where the person has none,
/// [`Undefined::NoAuthorityLimit`] where the body or role has no limit.
pub fn limit_for<'p>(
    portfolio: &'p Portfolio,
    approver: &Approver,
    kind: AuthorityKind,
    currency: Currency,
) -> Measure<&'p AuthorityLimit> {
    match approver {
        Approver::Body(name) => limit_of(portfolio, kind, name, currency),
        Approver::Person(id) => limit_of(portfolio, kind, id.as_str(), currency).or_else(|why| {
            if why == Undefined::NoTable {
                return Err(why);
            }
            let role = portfolio.person(id).and_then(|person| person.role.as_deref()).ok_or(Undefined::NoRole)?;
            limit_of(portfolio, kind, role, currency)
        }),
    }
}

/// The limit of a body, a role or a person for a kind of decision: its own, else the one for any kind; of several in
/// different currencies, the one in the currency wanted.
///
/// # Errors
/// [`Undefined::NoTable`] where no limits came in, [`Undefined::NoAuthorityLimit`] where the holder has none.
pub fn limit_of<'p>(
    portfolio: &'p Portfolio,
    kind: AuthorityKind,
    holder: &str,
    currency: Currency,
) -> Measure<&'p AuthorityLimit> {
    if portfolio.authority.is_empty() {
        return Err(Undefined::NoTable);
    }
    let of = |kind: AuthorityKind| {
        let mine = || portfolio.authority.iter().filter(|limit| limit.kind == kind && same(&limit.holder, holder));
        mine().find(|limit| limit.currency == currency).or_else(|| mine().next())
    };
    of(kind).or_else(|| of(AuthorityKind::Any)).ok_or(Undefined::NoAuthorityLimit)
}

/// True where an approver is a person, or a body or role that some limit names.
#[must_use]
pub fn is_named(portfolio: &Portfolio, approver: &Approver) -> bool {
    match approver {
        Approver::Person(_) => true,
        Approver::Body(name) => portfolio.authority.iter().any(|limit| same(&limit.holder, name)),
    }
}

/// The finding that nobody can say whether the approver may approve.
#[must_use]
pub fn unknown_at(origin: Origin, table: &str, found: &str) -> Finding {
    let finding = codes::AUTHORITY_UNKNOWN.at(origin).field(table, "Approver").found(found);
    let finding = finding.expected("an approver with a limit in Authority limits: a body, or a person whose role has one");
    finding.hint("Name the approver, give the person a role in People, or add a line to Authority limits.")
}

/// True where two names are the same but for case and outer spaces.
fn same(one: &str, other: &str) -> bool {
    one.trim().chars().flat_map(char::to_lowercase).eq(other.trim().chars().flat_map(char::to_lowercase))
}

/// True where a limit covers a request.
///
/// # Errors
/// [`Undefined::NoExchangeRate`] and [`Undefined::TooLarge`].
pub fn covers(portfolio: &Portfolio, limit: &AuthorityLimit, request: &Request) -> Measure<bool> {
    let Some(most) = limit.limit else { return Ok(true) };
    let asked = budget_rate::exact(portfolio, request.amount, (request.currency, limit.currency), request.period)?;
    Ok(asked <= most)
}

/// A limit as people write it: `Programme board (250,000.00 GBP)`.
#[must_use]
pub fn shown(limit: &AuthorityLimit) -> String {
    let most =
        limit.limit.map(|most| Money::rounded(most, limit.currency).map_or_else(|_| most.to_string(), |most| most.to_string()));
    format!("{} ({})", limit.holder, most.as_deref().unwrap_or("no limit"))
}

/// The chain above a limit, itself first, each step to where it escalates; it ends where a name repeats or has no limit.
#[must_use]
pub fn chain<'p>(portfolio: &'p Portfolio, kind: AuthorityKind, first: &'p AuthorityLimit) -> Vec<&'p AuthorityLimit> {
    let mut chain = vec![first];
    while let Some(next) = chain.last().and_then(|last| last.escalates_to.as_deref()) {
        let Ok(limit) = limit_of(portfolio, kind, next, first.currency) else { break };
        if chain.iter().any(|known| same(&known.holder, &limit.holder)) {
            break;
        }
        chain.push(limit);
    }
    chain
}

/// The limits that hold for a kind of decision, one a holder, in the order of the table.
#[must_use]
pub fn ladder(portfolio: &Portfolio, kind: AuthorityKind, currency: Currency) -> Vec<&AuthorityLimit> {
    let mut limits: Vec<&AuthorityLimit> = Vec::new();
    for line in portfolio.authority.iter().filter(|line| line.kind == kind || line.kind == AuthorityKind::Any) {
        if limits.iter().any(|known| same(&known.holder, &line.holder)) {
            continue;
        }
        limits.extend(limit_of(portfolio, kind, &line.holder, currency).ok());
    }
    limits
}

/// Who could approve a request: the first in the chain above the approver's limit that covers it, else the holder of the
/// smallest limit that does.
#[must_use]
pub fn could_approve<'p>(
    portfolio: &'p Portfolio,
    request: &Request,
    approver: Option<&'p AuthorityLimit>,
) -> Option<&'p AuthorityLimit> {
    let enough = |limit: &&AuthorityLimit| covers(portfolio, limit, request) == Ok(true);
    let above = approver.map(|limit| chain(portfolio, request.kind, limit)).unwrap_or_default();
    above.into_iter().find(enough).or_else(|| {
        let enough = ladder(portfolio, request.kind, request.currency).into_iter().filter(enough);
        enough.min_by_key(|limit| rank(portfolio, limit, request.period))
    })
}

/// How far a limit reaches, for comparing limits: no limit reaches furthest; one that cannot be converted, least.
pub(super) fn rank(portfolio: &Portfolio, limit: &AuthorityLimit, period: Period) -> (bool, Option<Decimal>) {
    let reporting = portfolio.settings.reporting_currency;
    let most = limit.limit.and_then(|most| budget_rate::exact(portfolio, most, (limit.currency, reporting), period).ok());
    (limit.limit.is_none(), most)
}

/// The highest authority for a kind of decision: those without a limit, else those with the largest.
#[must_use]
pub fn highest(portfolio: &Portfolio, kind: AuthorityKind, period: Period) -> Vec<&AuthorityLimit> {
    let ladder = ladder(portfolio, kind, portfolio.settings.reporting_currency);
    let most = ladder.iter().map(|limit| rank(portfolio, limit, period)).max();
    ladder.into_iter().filter(|limit| Some(rank(portfolio, limit, period)) == most).collect()
}

/// True where a limit's holder is among the holders of others.
#[must_use]
pub fn is_among(limits: &[&AuthorityLimit], one: &AuthorityLimit) -> bool {
    limits.iter().any(|limit| same(&limit.holder, &one.holder))
}

/// The judgement on an approver and a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Authority {
    /// True where the approver's limit covers the request.
    pub holds: Measure<bool>,
    /// In words: the limit, and where it does not cover, the chain and who could approve.
    pub why: String,
}

/// Judges whether an approver may approve a request.
#[must_use]
pub fn judge(portfolio: &Portfolio, approver: Option<&Approver>, request: &Request) -> Authority {
    let could = |limit| could_approve(portfolio, request, limit).map(|limit| format!("{} could approve", shown(limit)));
    let Some(approver) = approver else {
        let why = could(None).map_or_else(|| "nobody is named".into(), |could| format!("nobody is named; {could}"));
        return Authority { holds: Err(Undefined::NoApprover), why };
    };
    let limit = match limit_for(portfolio, approver, request.kind, request.currency) {
        Ok(limit) => limit,
        Err(reason) => return Authority { holds: Err(reason), why: format!("{}: {}", approver.name(), reason.reason()) },
    };
    let holds = covers(portfolio, limit, request);
    let why = match holds {
        Ok(true) => shown(limit),
        Ok(false) => {
            let chain: Vec<String> = chain(portfolio, request.kind, limit).into_iter().map(shown).collect();
            let could = could(Some(limit)).unwrap_or_else(|| "nobody listed could approve".into());
            format!("{}; {could}", chain.join(", above it "))
        }
        Err(reason) => format!("{}: {}", shown(limit), reason.reason()),
    };
    Authority { holds, why }
}
