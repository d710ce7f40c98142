//! A Book that uses every block, every kind of figure and every mark, with invented figures.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;
use throughline::base::day::{Day, Moment};
use throughline::base::money::Currency;
use throughline::base::origin::{Origin, SheetName};
use throughline::model::initiative::Rag;
use throughline::report::book::{
    Band, Block, Book, Bridge, Cell, Chart, ChartKind, Column, DefinedName, Gantt, GanttPath, GanttPoint, GanttRow, Good,
    HeatCell, HeatMap, Kind, Link, Mark, Note, Role, Scale, Series, Sheet, Stamp, Step, Table, Tile, Tone, Total, Trend,
    Validation, Value, column_of, this_row,
};

pub fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

pub fn gbp() -> Currency {
    Currency::parse("GBP").expect("listed")
}

pub fn stamp() -> Stamp {
    Stamp {
        portfolio: "Northgate & Sons".to_string(),
        as_of: Some(Moment::start_of(day(2026, 10, 31))),
        run_id: Some("3fa9c0d1e2b4".to_string()),
        version: "0.1.0".to_string(),
    }
}

fn millions(words: &str) -> Column {
    Column::new(words, Kind::Money(gbp(), Scale::Million))
}

fn money(thousands: i64) -> Cell {
    Cell::new(Value::Money(Decimal::from(thousands * 1_000)))
}

pub fn book() -> Book {
    let mut book = Book::new("demo", "Performance Dashboard", stamp()).inputs("../../inputs/");
    book.names.push(DefinedName {
        name: "budget_of_first".to_string(),
        table: "tbl_cost".to_string(),
        row: 0,
        column: "Budget (GBPm)".to_string(),
    });
    book.sheet(contents())
        .sheet(executive())
        .sheet(risks())
        .sheet(plan())
        .sheet(cost())
        .sheet(s_curve())
        .sheet(traps())
        .sheet(form())
}

fn contents() -> Sheet {
    let mut table = Table::new("tbl_contents", vec![Column::text("Sheet"), Column::new("What it answers", Kind::Prose).wide(90)]);
    for (name, about) in
        [("Executive", "How the portfolio stands, on one page."), ("Risks", "What may go wrong."), ("Cost", "What it costs.")]
    {
        table.push(vec![Cell::text(name).link(Link::Sheet(name.to_string())), Cell::text(about)]);
    }
    Sheet::page("Contents", "Contents").subtitle("Where to find what").block(table)
}

fn tiles() -> Vec<Tile> {
    let budget = column_of("tbl_cost", "Budget (GBPm)");
    let actual = column_of("tbl_cost", "Actual (GBPm)");
    let kind = Kind::Money(gbp(), Scale::Million);
    let detail = Link::Table { table: "tbl_cost".to_string(), row: Some(2) };
    let since = "since last run, 30 Sep 2026, not closed";
    vec![
        Tile::new(
            "Budget at completion",
            Cell::formula(format!("SUM({budget})"), Value::Money(Decimal::from(38_650_000))),
            kind.clone(),
        )
        .note("GBP m, approved")
        .link(detail.clone()),
        Tile::new("Actual cost to date", Cell::formula(format!("SUM({actual})"), Value::Money(Decimal::from(29_405_000))), kind)
            .change(Cell::new(Value::Money(Decimal::from(2_310_000))), Good::Down, since)
            .note("GBP m")
            .rag(Some(Rag::AmberRed))
            .link(detail),
        Tile::new("Cost performance index", Cell::formula(format!("1+SUM({actual})*0"), Value::Number(1.0)), Kind::Ratio)
            .change(Cell::new(Value::Number(-0.03)), Good::Up, since)
            .rag(Some(Rag::Amber))
            .note("target 1.00"),
        Tile::new("Schedule performance index", Value::Number(0.873), Kind::Ratio)
            .change(Cell::not_available("no earlier run"), Good::Up, "no earlier run")
            .rag(Some(Rag::Red))
            .note("target 1.00"),
        Tile::new("Benefits realised", Value::Number(0.412), Kind::Percent).rag(Some(Rag::Green)).note("of the plan to date"),
        Tile::new("Net present value", Cell::not_available("no cash flows were given"), Kind::Money(gbp(), Scale::Million))
            .note("GBP m"),
    ]
}

fn executive() -> Sheet {
    let curve = vec![
        Series::new("tbl_s_curve", "Month", "Planned value (GBPm)", Role::Plan).named("Planned value"),
        Series::new("tbl_s_curve", "Month", "Earned value (GBPm)", Role::Earned).named("Earned value"),
        Series::new("tbl_s_curve", "Month", "Actual cost (GBPm)", Role::Actual).named("Actual cost"),
        Series::new("tbl_s_curve", "Month", "Forecast (GBPm)", Role::Forecast).named("Forecast"),
        Series::new("tbl_s_curve", "Month", "As of (GBPm)", Role::AsOf).named("As of 31 Oct 2026"),
    ];
    let indices = vec![
        Series::new("tbl_cost", "Initiative", "CPI", Role::Actual).labelled(),
        Series::new("tbl_cost", "Initiative", "SPI", Role::Previous).labelled(),
    ];
    let curve = Chart::new("Northgate: cumulative PV, EV, AC and forecast, GBP m", ChartKind::Line, curve).size(7, 330).alt(
        "Line chart of cumulative planned value, earned value, actual cost and forecast by month, with the as-of date marked.",
    );
    let indices =
        Chart::new("Cost and schedule index by initiative", ChartKind::Bars, indices).size(5, 330).y_range(Some(0.0), Some(1.4));
    Sheet::page("Executive", "Northgate portfolio: executive page").subtitle("GBP million unless said otherwise").about("How the portfolio stands.")
        .block(Note::toned(Tone::Warn, "Cost runs 0.9 m over plan, three quarters of it in Vendor migration; the core path to go-live has 12 working days less than last month. One decision is needed by 14 November."))
        .block(tiles())
        .band(Band::headed("Progress", vec![Block::Chart(curve), Block::Chart(indices)]))
        .band(Band::headed("What needs attention", vec![Block::Table(milestones()), Block::Table(top_risks())]))
        .band(Band::headed("Where the money moved", vec![Block::Bridge(bridge()), Block::Chart(columns())]))
        .block(Block::Chart(pins()))
        .block(Note::plain(vec!["Ratings: R, A/R, A, A/G, G by the rule on the Methods sheet. Not rated is n/a, with its reason.".to_string()]))
}

fn columns() -> Chart {
    let series = vec![
        Series::new("tbl_cost", "Initiative", "Budget (GBPm)", Role::Plan).named("Budget"),
        Series::new("tbl_cost", "Initiative", "Actual (GBPm)", Role::Actual).named("Actual"),
        Series::new("tbl_cost", "Initiative", "Forecast (GBPm)", Role::Forecast).named("Forecast"),
    ];
    Chart::new("= Budget, actual and forecast! by initiative, GBP m", ChartKind::Columns, series).axes("", "GBP m")
}

/// Relative variances.
fn pins() -> Chart {
    let series = vec![Series::new("tbl_cost", "Initiative", "Variance of budget", Role::Bad).named("Over budget").labelled()];
    Chart::new("Variance of budget by initiative, %", ChartKind::Pins, series)
}

fn bridge() -> Bridge {
    let step = |label: &str, value: i64, is_total: bool| {
        let value = Decimal::from(value);
        if is_total { Step::level(label, value, Role::Plan) } else { Step::change(label, value) }
    };
    Bridge {
        name: "tbl_bridge".to_string(),
        title: "From budget to forecast at completion".to_string(),
        alt_text: "Bridge from the budget to the forecast at completion by cause.".to_string(),
        kind: Kind::Money(gbp(), Scale::Million),
        more_is_good: false,
        steps: vec![
            step("Budget", 38_650_000, true).live(format!("SUM({})", column_of("tbl_cost", "Budget (GBPm)"))),
            step("Scope", 2_100_000, false),
            step("Vendor", 1_350_000, false),
            step("Rates", 420_000, false),
            step("Saved", -1_800_000, false),
            step("Forecast", 40_720_000, true),
        ],
        twelfths: 6,
    }
}

fn milestones() -> Table {
    let columns = vec![
        Column::text("Milestone").wide(30),
        Column::new("Baseline", Kind::Date),
        Column::new("Forecast", Kind::Date),
        Column::new("Slip", Kind::Days)
            .formula(format!("{}-{}", this_row("tbl_milestones", "Forecast"), this_row("tbl_milestones", "Baseline")))
            .mark(Mark::VarianceBar { more_is_good: false }),
        Column::new("RAG", Kind::Rag),
    ];
    let row = |name: &str, baseline: Day, forecast: Day, slip: f64, rag: Rag| {
        vec![
            Cell::text(name),
            Cell::date(Some(baseline)),
            Cell::date(Some(forecast)),
            Cell::new(Value::Number(slip)),
            Cell::new(Value::Rag(rag)),
        ]
    };
    Table::new("tbl_milestones", columns).titled("Next milestones").rows(vec![
        row("Vendor cut-over rehearsal", day(2026, 11, 9), day(2026, 12, 4), 25.0, Rag::Red),
        row("Depot works accepted", day(2026, 11, 20), day(2026, 11, 17), -3.0, Rag::Green),
        row("Payroll pilot: first month closed by operations", day(2026, 12, 1), day(2026, 12, 8), 7.0, Rag::Amber),
    ])
}

fn top_risks() -> Table {
    let columns = vec![
        Column::text("Risk"),
        Column::text("Event").wide(38),
        Column::new("Expected", Kind::Money(gbp(), Scale::Thousand)).sum(),
        Column::text("Owner"),
        Column::new("Trend", Kind::Trend),
    ];
    let row = |id: &str, event: &str, expected: i64, owner: &str, trend: Trend| {
        vec![
            Cell::text(id).link(Link::Sheet("Risks".to_string())),
            Cell::text(event),
            money(expected),
            Cell::text(owner),
            Cell::new(Value::Trend(trend)),
        ]
    };
    let mut table = Table::new("tbl_top_risks", columns).titled("Top risks by expected value").rows(vec![
        row("R-07", "The vendor delivers the interface six weeks late", 640, "P. Okafor", Trend::Up),
        row("R-12", "Two architects leave before cut-over", 410, "M. Lindqvist", Trend::Flat),
        row("R-03", "Depot permit is refused at first hearing", 150, "A. Byrne", Trend::Down),
    ]);
    table.columns[0].total = Total::Label("Total".to_string());
    table
}

fn risks() -> Sheet {
    let names = |words: [&str; 5]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let cells = (0..5)
        .map(|probability| {
            (0..5)
                .map(|impact| {
                    let score = (probability + 1) * (impact + 1);
                    let tone = if score >= 15 {
                        Tone::Bad
                    } else if score >= 6 {
                        Tone::Warn
                    } else {
                        Tone::Good
                    };
                    let count = (probability * 3 + impact * 2) % 4;
                    HeatCell { ids: (0..count).map(|id| format!("R-{:02}", probability * 10 + impact * 2 + id)).collect(), tone }
                })
                .collect()
        })
        .collect();
    let map = HeatMap {
        title: "Open risks by probability and impact".to_string(),
        x_label: "Impact".to_string(),
        y_label: "Probability".to_string(),
        x_names: names(["1 minor", "2", "3", "4", "5 severe"]),
        y_names: names(["≤ 10 %", "≤ 30 %", "≤ 50 %", "≤ 70 %", "> 70 %"]),
        cells,
        link: Some(Link::Table { table: "tbl_top_risks".to_string(), row: None }),
    };
    let points = Series::new("tbl_cost", "CPI", "SPI", Role::Palette(0)).named("Initiatives");
    let scatter = Chart::new("CPI against SPI", ChartKind::Scatter, vec![points])
        .size(4, 300)
        .axes("CPI", "SPI")
        .x_range(Some(0.6), Some(1.2));
    Sheet::page("Risks", "Risk register: where it may hurt").subtitle("Open risks")
        .band(Band::of(vec![Block::HeatMap(map), Block::Chart(scatter)]))
        .block(Note::plain(vec!["A score is an ordinal product, not a quantity; the expected value beside it is. Where several risks share a cell their ids show in order of expected value, so that a reader sees first what matters most, even where the cell is too small for all.".to_string()]))
}

fn plan() -> Sheet {
    let row = |label: &str, level: u8, baseline: (Day, Day), dates: (Day, Day), path: GanttPath| {
        let is_point = baseline.0 == baseline.1;
        let sign = |day: Day, sign: char| GanttPoint { day, sign, tone: Tone::Neutral };
        GanttRow {
            cells: vec![Value::Number(2.5).into()],
            baseline: Some(baseline),
            dates: Some(dates),
            done_to: Some(day(2026, 9, 30)).filter(|done| *done > dates.0),
            path,
            is_point,
            points: if is_point { vec![sign(baseline.1, '◇'), sign(dates.1, '◆')] } else { Vec::new() },
            ..GanttRow::new(label, level)
        }
    };
    let rows = vec![
        row("Vendor migration", 0, (day(2026, 3, 2), day(2027, 2, 26)), (day(2026, 3, 2), day(2027, 4, 9)), GanttPath::Near),
        row(
            "Interface build",
            1,
            (day(2026, 3, 2), day(2026, 9, 25)),
            (day(2026, 3, 16), day(2026, 11, 27)),
            GanttPath::Critical,
        ),
        row("Rehearsal", 1, (day(2026, 11, 9), day(2026, 11, 9)), (day(2026, 12, 4), day(2026, 12, 4)), GanttPath::Critical),
        row("Cut-over", 1, (day(2026, 12, 1), day(2027, 2, 26)), (day(2027, 1, 11), day(2027, 4, 9)), GanttPath::Critical),
        row("Depot works", 0, (day(2026, 5, 4), day(2026, 11, 20)), (day(2026, 5, 4), day(2026, 11, 17)), GanttPath::Other),
    ];
    let gantt = Gantt::new("tbl_gantt", day(2026, 10, 31), rows).columns(vec![Column::new("Float", Kind::Days)]);
    Sheet::page("Plan", "Plan on a page")
        .subtitle("Solid: done; hatched: to do; red: critical; line below: baseline")
        .block(gantt)
}

const COSTS: [(&str, i64, i64, i64, f64, f64, u8); 6] = [
    ("Retail", 21_400, 16_300, 22_150, 0.96, 0.93, 0),
    ("Vendor migration", 14_200, 11_800, 15_650, 0.81, 0.84, 1),
    ("Payroll", 7_200, 4_500, 6_500, 1.04, 0.97, 1),
    ("Logistics", 17_250, 13_105, 18_570, 0.99, 1.01, 0),
    ("Depot works", 12_250, 9_405, 13_320, 1.00, 1.02, 1),
    ("Fleet", 5_000, 3_700, 5_250, 0.97, 0.99, 1),
];

fn cost() -> Sheet {
    let name = "tbl_cost";
    let columns = vec![
        Column::text("Initiative")
            .total(Total::Label("Total".to_string()))
            .help("Level 0 is the programme; below it its initiatives."),
        millions("Budget").sum(),
        millions("Actual").sum(),
        millions("Forecast").sum(),
        millions("Variance")
            .formula(format!("{}-{}", this_row(name, "Forecast (GBPm)"), this_row(name, "Budget (GBPm)")))
            .sum()
            .mark(Mark::Variance { more_is_good: false }),
        Column::new("Variance of budget", Kind::Percent)
            .formula(format!(
                "IF({0}=0,\"n/a\",({1}-{0})/{0})",
                this_row(name, "Budget (GBPm)"),
                this_row(name, "Forecast (GBPm)")
            ))
            .mark(Mark::VarianceBar { more_is_good: false }),
        Column::new("Spent", Kind::Percent).mark(Mark::Bar),
        Column::new("CPI", Kind::Ratio).mark(Mark::Low { bad: 0.9, warn: 1.0 }),
        Column::new("SPI", Kind::Ratio).mark(Mark::Low { bad: 0.9, warn: 1.0 }),
        Column::new("Owner's words", Kind::Prose),
        Column::new("Entered", Kind::Moment).detail(),
        Column::text("Source"),
        Column::sparkline("Budget to forecast", "Budget (GBPm)", "Forecast (GBPm)", true),
    ];
    let sheet = Arc::new(SheetName::new("finance/budget 2026.xlsx", "Budget's"));
    let rows = COSTS.iter().enumerate().map(|(index, (name, budget, actual, forecast, cpi, spi, level))| {
        let _ = level;
        let (budget, actual, forecast) = if index == 0 || index == 3 { (0, 0, 0) } else { (*budget, *actual, *forecast) };
        let origin = Origin::cell(&sheet, 213 + u32::try_from(index).expect("small"), 5);
        let share = if budget == 0 {
            Value::NotAvailable("no budget of its own".to_string())
        } else {
            Value::Number((forecast - budget) as f64 / budget as f64)
        };
        let spent = if budget == 0 {
            Cell::not_available("no budget of its own")
        } else {
            Cell::new(Value::Number(actual as f64 / budget as f64))
        };
        vec![
            Cell::text(*name),
            money(budget),
            money(actual),
            money(forecast),
            money(forecast - budget),
            share.into(),
            spent,
            Cell::new(Value::Number(*cpi)),
            Cell::new(Value::Number(*spi)),
            Cell::text("Interface build slipped; the vendor's second team joins in November and the cut-over moves to January."),
            Cell::new(Value::Moment(Moment::at(day(2026, 11, 2), 16, 45))),
            Cell::text(origin.address()).from_source(&origin),
        ]
    });
    let levels = COSTS.iter().map(|row| row.6).collect();
    let table = Table::new(name, columns).rows(rows.collect()).levels(levels);
    Sheet::data("Cost", "Cost by initiative")
        .subtitle("GBP million; positive variance is overspend")
        .about("What it costs.")
        .block(table)
}

fn s_curve() -> Sheet {
    let columns = vec![
        Column::new("Month", Kind::Date),
        millions("Planned value"),
        millions("Earned value"),
        millions("Actual cost"),
        millions("Forecast"),
        millions("As of"),
    ];
    let months = (0..30_i64).map(|index| {
        let month = 3 + index;
        let date = Day::from_ymd_opt(
            2025 + i32::try_from(month / 12).expect("small"),
            u32::try_from(month % 12).expect("small") + 1,
            28,
        )
        .expect("a date");
        let curve = |scale: f64| money((38_650.0 * scale / (1.0 + (-(index as f64 - 15.0) / 4.5).exp())) as i64);
        let past = index <= 18;
        let only = |when: bool, cell: Cell| if when { cell } else { Cell::blank() };
        vec![
            Cell::date(Some(date)),
            curve(1.0),
            only(past, curve(0.86)),
            only(past, curve(0.93)),
            only(index >= 18, curve(1.05)),
            only(index == 18, money(38_650)),
        ]
    });
    Sheet::data("S-curve", "Cumulative value by month")
        .subtitle("GBP million")
        .block(Table::new("tbl_s_curve", columns).rows(months.collect()))
}

/// Texts that a careless writer would turn into something else.
fn traps() -> Sheet {
    let columns = vec![
        Column::text("Text"),
        Column::text("Formula text").formula(format!("{}&\"\"", this_row("tbl_traps", "Text"))),
        Column::new("Yes", Kind::YesNo),
        Column::new("Whole", Kind::Integer),
        Column::text("A [b] #c 'd").formula(format!("LEN({})", this_row("tbl_traps", "Text"))),
    ];
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "007",
        "1e5",
        "nan",
        "inf",
        "Infinity",
        "TRUE",
        "#N/A",
        "a\u{0}b\u{7}",
        "café ☕",
        "_x0041_",
    ];
    let rows = texts.iter().map(|text| {
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        let length = shown.encode_utf16().count();
        vec![Cell::text(*text), Cell::text(*text), Cell::new(Value::Bool(true)), Cell::count(1_234_567), Cell::count(length)]
    });
    let empty =
        Table::new("tbl_empty", vec![Column::text("Nothing").total(Total::Count), Column::new("Sum", Kind::Integer).sum()])
            .when_empty("No rows this month.");
    Sheet::data("Traps: */[1]", "Traps").block(Table::new("tbl_traps", columns).rows(rows.collect())).block(empty)
}

fn form() -> Sheet {
    let columns = vec![
        Column::text("Initiative").validate(Validation::From {
            table: "tbl_cost".to_string(),
            column: "Initiative".to_string(),
            lenient: true,
        }),
        Column::text("Status").validate(Validation::OneOf(vec![
            "proposed".to_string(),
            "active".to_string(),
            "complete".to_string(),
        ])),
        Column::new("Start", Kind::Date).validate(Validation::Date),
        Column::new("Share", Kind::Percent).validate(Validation::Number { min: Some(0.0), max: Some(1.0) }),
        Column::new("Priority", Kind::Integer).validate(Validation::Whole { min: Some(1), max: Some(5) }),
    ];
    let mut table = Table::new("tbl_form", columns).rows(vec![vec![
        Cell::text("Payroll"),
        Cell::text("active"),
        Cell::date(Some(day(2026, 3, 2))),
        Cell::new(Value::Number(0.5)),
        Cell::count(2),
    ]]);
    table.rows.extend((0..10).map(|_| vec![Cell::blank(); 5]));
    table.is_form = true;
    Sheet::data("Form", "A form to fill in").block(table)
}
