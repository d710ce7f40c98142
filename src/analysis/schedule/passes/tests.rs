//! The short cuts of the passes against the long way.

use super::*;
use crate::analysis::schedule::network::{DateRules, Link, Node, Progress};
use crate::base::calendar::{CalendarDefinition, Calendars};
use crate::base::id::CalendarId;
use crate::model::activity::Constraint;
use proptest::prelude::*;
use std::sync::Arc;

const START: Moment = Moment(29_540_160);

/// Office hours, a night shift over midnight, every minute.
fn calendars() -> Vec<Arc<WorkCalendar>> {
    let night = CalendarDefinition {
        id: CalendarId::new("night"),
        name: "Night".into(),
        base: None,
        weekdays: std::array::from_fn(|day| Some(if day == 2 { Vec::new() } else { vec![(0, 330), (1_290, 1_440)] })),
        minutes_per_day: None,
        exceptions: Vec::new(),
    };
    let (built, _) = Calendars::build(&[night], None);
    let night = Arc::clone(built.get(&CalendarId::new("night")).expect("built"));
    vec![Arc::new(WorkCalendar::standard()), night, Arc::new(WorkCalendar::round_the_clock())]
}

fn node() -> impl Strategy<Value = Node> {
    (0..3usize, prop_oneof![1 => Just(0i64), 6 => 1..3_000i64], 0..12u8, 0..20_000i64).prop_map(
        |(calendar, duration, fate, at)| {
            let node = Node::new(calendar, usize::from(fate == 3), duration, START);
            let date = START.plus(at);
            match fate {
                0 => node.with_progress(Progress::InProgress { start: START, remaining: duration / 2, resume: None }),
                1 => node.with_progress(Progress::Complete { start: START, finish: date.min(START.plus(4_000)) }),
                2 => {
                    let constraint = Some(Constraint::FinishNoLaterThan(date));
                    node.bound_by(DateRules { constraint, ..DateRules::default() })
                }
                _ => node,
            }
        },
    )
}

fn link(count: usize) -> impl Strategy<Value = Option<Link>> {
    (0..count, 0..count, 0..4usize, -600..900i64, 0..3usize, any::<bool>()).prop_map(|(a, b, kind, lag, calendar, no_lag)| {
        let kinds = [LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish, LinkType::StartToFinish];
        let lag = if no_lag { 0 } else { lag };
        let (predecessor, successor) = (a.min(b), a.max(b));
        (a != b).then_some(Link { predecessor, successor, kind: kinds[kind], lag, calendar, dependency: 0 })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_short_cuts_lead_where_the_long_way_leads(
        nodes in prop::collection::vec(node(), 12),
        links in prop::collection::vec(link(12), 24),
        profile in any::<bool>(),
    ) {
        let mut links: Vec<Link> = links.into_iter().flatten().collect();
        links.iter_mut().enumerate().for_each(|(at, link)| link.dependency = at);
        let quick = Network::new(calendars(), nodes, &links).expect("no cycle");
        let mut slow = quick.clone();
        for stop in &mut slow.stops {
            stop.plain = false;
        }
        for bond in slow.arrivals.iter_mut().chain(&mut slow.departures) {
            bond.simple = false;
        }
        let options = [if profile { ScheduleOptions::p6() } else { ScheduleOptions::microsoft_project() }];
        let now = Some(START.plus(5_000));
        let (a, b) = (run(&quick, now, &options), run(&slow, now, &options));
        for node in 0..quick.nodes.len() {
            prop_assert_eq!(a.dates(&quick, node), b.dates(&slow, node), "node {}", node);
        }
        for link in 0..links.len() {
            prop_assert_eq!(a.relationship_float(link), b.relationship_float(link));
            prop_assert_eq!(a.driving[link], b.driving[link]);
        }
    }
}
