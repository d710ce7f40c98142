//! Proof that dates are right without computing them: no date violates a link or a constraint, and every date is held by
//! one of them. In a network without a cycle only the earliest, and the latest, dates have both properties.

use throughline::analysis::schedule::{Link, Network, Passes, Progress, ScheduleOptions, run_passes};
use throughline::base::day::Moment;
use throughline::model::activity::{Constraint, LinkType};

/// Checks every date of what has not started and hangs on nothing that has; more than half of a network.
pub fn check(network: &Network, data_date: Moment) {
    let passes = run_passes(network, Some(data_date), &[ScheduleOptions::default()]);
    let untouched = |node: usize| network.nodes[node].progress == Progress::NotStarted;
    let mut proved = 0;
    for node in (0..network.nodes.len()).filter(|&node| untouched(node)) {
        late(network, &passes, node);
        if network.links_into(node).all(|link| untouched(network.links[link].predecessor)) {
            early(network, &passes, node, data_date);
            proved += 1;
        }
    }
    assert!(proved * 3 > network.nodes.len(), "only {proved} activities could be proved");
}

/// The early start is the earliest working time that everything allows.
fn early(network: &Network, passes: &Passes, node: usize, data_date: Moment) {
    let calendar = network.calendar(node);
    let duration = network.nodes[node].duration;
    let back = |finish: Moment| calendar.sub(finish, duration);
    let from_link = |link: &Link| {
        let lags = network.lag_calendar(link);
        let from = link.predecessor;
        match link.kind {
            LinkType::FinishToStart => lags.add(passes.dates(network, from).early_finish, link.lag),
            LinkType::StartToStart => lags.add(passes.dates(network, from).early_start, link.lag),
            LinkType::FinishToFinish => {
                back(calendar.prev_work_finish(lags.add(passes.dates(network, from).early_finish, link.lag)))
            }
            LinkType::StartToFinish => {
                back(calendar.prev_work_finish(lags.add(passes.dates(network, from).early_start, link.lag)))
            }
        }
    };
    let mut allowed = network.links_into(node).map(|link| from_link(&network.links[link])).fold(data_date, Moment::max);
    match constraint(network, node) {
        Some(Constraint::StartNoEarlierThan(at)) => allowed = allowed.max(at),
        Some(Constraint::FinishNoEarlierThan(at)) => allowed = allowed.max(back(calendar.prev_work_finish(at))),
        _ => {}
    }
    let (start, finish) = (passes.dates(network, node).early_start, passes.dates(network, node).early_finish);
    assert_eq!(finish, calendar.add(start, duration), "early finish of {node}");
    assert!(start >= allowed, "{node} starts at {start}, before {allowed}");
    assert_eq!(calendar.work(allowed, start), 0, "{node} starts at {start} though it could at {allowed}");
    assert!(duration == 0 || calendar.next_work_start(start) == start, "{node} starts at {start}, in time off");
}

/// The late finish is the latest working time that everything allows.
fn late(network: &Network, passes: &Passes, node: usize) {
    let calendar = network.calendar(node);
    let duration = network.nodes[node].duration;
    let ahead = |start: Moment| calendar.add(start, duration);
    let from_link = |link: &Link| {
        let lags = network.lag_calendar(link);
        let to = link.successor;
        match link.kind {
            LinkType::FinishToStart => lags.sub(passes.dates(network, to).late_start, link.lag),
            LinkType::StartToStart => ahead(calendar.next_work_start(lags.sub(passes.dates(network, to).late_start, link.lag))),
            LinkType::FinishToFinish => lags.sub(passes.dates(network, to).late_finish, link.lag),
            LinkType::StartToFinish => ahead(calendar.next_work_start(lags.sub(passes.dates(network, to).late_finish, link.lag))),
        }
    };
    let anchor = passes.group_finish[network.nodes[node].group].expect("a finish");
    let mut allowed = network.links_out_of(node).map(|link| from_link(&network.links[link])).fold(anchor, Moment::min);
    if let Some(Constraint::FinishNoLaterThan(at)) = constraint(network, node) {
        allowed = allowed.min(at);
    }
    let (start, finish) = (passes.dates(network, node).late_start, passes.dates(network, node).late_finish);
    assert_eq!(start, calendar.sub(finish, duration), "late start of {node}");
    assert!(finish <= allowed, "{node} finishes at {finish}, after {allowed}");
    assert_eq!(calendar.work(finish, allowed), 0, "{node} finishes at {finish} though it could at {allowed}");
}

fn constraint(network: &Network, node: usize) -> Option<Constraint> {
    network.nodes[node].rules.as_ref().and_then(|rules| rules.constraint)
}
