//! One link between two initiatives: when the giver will hand over, when the taker needs it, and how that looks.

use crate::analysis::links::Lags;
use crate::analysis::progress::finish_moment;
use crate::analysis::schedule::{ActivityState, Schedule, calendar_of};
use crate::analysis::words;
use crate::base::day::{Day, Moment};
use crate::model::activity::{Dependency, LinkType};
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// A handover with less float than so many working days is at risk.
pub const AT_RISK_DAYS: f64 = 5.0;

/// How a handover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkHealth {
    /// Handed over.
    Met,
    /// In time, and nothing says otherwise.
    OnTrack,
    /// In time, but the two sides have not agreed.
    NotAgreed,
    /// In time, but promised later than needed, forecast later than promised, or with little float.
    AtRisk,
    /// Forecast later than it is needed.
    Late,
}

impl LinkHealth {
    /// For a cell.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::OnTrack => "on track",
            Self::NotAgreed => "not agreed",
            Self::AtRisk => "at risk",
            Self::Late => "late",
        }
    }
}

/// Where the date by which a handover is needed comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeededFrom {
    /// The need-by date of the link.
    NeedBy,
    /// The latest date that delays nothing in the taker's schedule, less the lag.
    LateDate,
}

/// A link between two initiatives.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossLink {
    /// Position in [`Portfolio::dependencies`].
    pub dependency: usize,
    /// The giver's initiative, as a position in the portfolio.
    pub from: usize,
    /// The taker's initiative, as a position in the portfolio.
    pub to: usize,
    /// When the giver hands over: the start or finish that the link hangs on, actual or forecast; without the lag.
    pub forecast: Moment,
    /// When it is needed; none where it is handed over or taken already and no need-by date is given.
    pub needed: Option<Moment>,
    /// Where that comes from.
    pub needed_from: Option<NeededFrom>,
    /// The latest handover that delays nothing in the taker's schedule; none where it is handed over or taken already.
    pub latest: Option<Moment>,
    /// The taker needs it by.
    pub need_by: Option<Day>,
    /// The giver promises it by.
    pub promised: Option<Day>,
    /// Whether both sides agreed; none where nothing is said.
    pub agreed: Option<bool>,
    /// It holds its successor's early start.
    pub driving: bool,
    /// Working minutes of the giver's calendar from the forecast to the date needed; negative where it is late; none where
    /// it is handed over.
    pub float: Option<i64>,
    /// The same in days of the giver's calendar.
    pub float_days: Option<f64>,
    /// How it stands.
    pub status: LinkHealth,
    /// Why, in words.
    pub why: String,
}

/// Every link between two different initiatives, as in the portfolio.
pub fn cross_links(portfolio: &Portfolio, schedule: &Schedule, positions: &BTreeMap<&str, usize>) -> Vec<CrossLink> {
    let ends = |link: &Dependency| {
        let position = |end| positions.get(portfolio.activity(end).key.initiative.as_str()).copied();
        let (from, to) = (position(link.predecessor)?, position(link.successor)?);
        (from != to).then_some((from, to))
    };
    let links = portfolio.dependencies.iter().enumerate();
    links.filter_map(|(position, link)| Some(cross_link(portfolio, schedule, position, ends(link)?))).collect()
}

fn cross_link(portfolio: &Portfolio, schedule: &Schedule, position: usize, (from, to): (usize, usize)) -> CrossLink {
    let link = &portfolio.dependencies[position];
    let giver = schedule.activity(link.predecessor);
    let calendar = calendar_of(portfolio, portfolio.activity(link.predecessor));
    let on_finish = matches!(link.link, LinkType::FinishToStart | LinkType::FinishToFinish);
    let forecast = if on_finish { giver.finish } else { giver.start };
    let met = giver.state == ActivityState::Complete || (!on_finish && giver.state == ActivityState::InProgress);
    let latest = if met { None } else { latest_handover(portfolio, schedule, link) };
    let by_need = link.need_by.map(|day| (finish_moment(Moment::start_of(day), &calendar), NeededFrom::NeedBy));
    let needed = by_need.or(latest.map(|at| (at, NeededFrom::LateDate)));
    let float = needed.filter(|_| !met).map(|(at, _)| calendar.work(forecast, at));
    let mut cross = CrossLink {
        dependency: position,
        from,
        to,
        forecast,
        needed: needed.map(|(at, _)| at),
        needed_from: needed.map(|(_, from)| from),
        latest,
        need_by: link.need_by,
        promised: link.promised,
        agreed: link.agreed,
        driving: schedule.links[position].driving,
        float,
        float_days: float.map(|minutes| giver.days(minutes)),
        status: LinkHealth::OnTrack,
        why: String::new(),
    };
    let spare_days = latest.map(|at| giver.days(calendar.work(forecast, at)));
    (cross.status, cross.why) = judge(&cross, met, spare_days, schedule.links[position].broken);
    cross
}

/// The latest date of the giver's end that delays nothing: the taker's late date less the lag.
fn latest_handover(portfolio: &Portfolio, schedule: &Schedule, link: &Dependency) -> Option<Moment> {
    let taker = schedule.activity(link.successor);
    if taker.state == ActivityState::Complete || taker.total_float.is_none() {
        return None;
    }
    let to_start = matches!(link.link, LinkType::FinishToStart | LinkType::StartToStart);
    let late = if to_start { taker.late_start } else { taker.late_finish };
    Some(Lags::of(portfolio, schedule, link).before(late))
}

/// The worst status that any reason gives, and all reasons.
fn judge(link: &CrossLink, met: bool, spare_days: Option<f64>, broken: bool) -> (LinkHealth, String) {
    let day = link.forecast.finish_day();
    if met {
        let late = link.need_by.filter(|need_by| day > *need_by).map(|need_by| format!(", needed by {need_by}"));
        return (LinkHealth::Met, format!("handed over {day}{}", late.unwrap_or_default()));
    }
    let mut reasons: Vec<(LinkHealth, String)> = Vec::new();
    if let Some(need_by) = link.need_by.filter(|need_by| day > *need_by) {
        reasons.push((LinkHealth::Late, format!("forecast {day}, needed by {need_by}")));
    }
    if let Some(short) = spare_days.filter(|days| *days < 0.0) {
        reasons
            .push((LinkHealth::Late, format!("{} after the latest date that the taker's schedule allows", words::days(-short))));
    }
    if broken {
        reasons.push((LinkHealth::Late, "a mandatory date breaks the link".into()));
    }
    if let Some((promised, need_by)) = link.promised.zip(link.need_by).filter(|(promised, need_by)| promised > need_by) {
        reasons.push((LinkHealth::AtRisk, format!("promised for {promised}, needed by {need_by}")));
    }
    if let Some(promised) = link.promised.filter(|promised| day > *promised) {
        reasons.push((LinkHealth::AtRisk, format!("forecast {day}, promised for {promised}")));
    }
    if let Some(float) = link.float_days.filter(|days| (0.0..AT_RISK_DAYS).contains(days)) {
        reasons.push((LinkHealth::AtRisk, format!("{} to spare", words::days(float))));
    }
    if link.agreed == Some(false) {
        reasons.push((LinkHealth::NotAgreed, "the two sides have not agreed".into()));
    }
    told(link, reasons)
}

fn told(link: &CrossLink, reasons: Vec<(LinkHealth, String)>) -> (LinkHealth, String) {
    let worst = reasons.iter().map(|(status, _)| *status).max().unwrap_or(LinkHealth::OnTrack);
    let mut parts: Vec<String> = reasons.into_iter().map(|(_, reason)| reason).collect();
    if parts.is_empty() {
        let spare = link.float_days.map(|days| format!("{} to spare", words::days(days)));
        parts.push(spare.unwrap_or_else(|| "nothing waits for it any more".into()));
    }
    if link.agreed.is_none() {
        parts.push("nothing says whether it is agreed".into());
    }
    (worst, parts.join("; "))
}
