//! Microsoft Project plans.

use super::{line_of, read, rows};

/// A plan with a summary, a manual task, an inactive one, links of every kind and a calendar with exceptions.
pub fn xml() -> String {
    let day = |number: u32, working: bool| {
        let times = "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes>";
        let (flag, times) = if working { (1, times) } else { (0, "") };
        format!("<WeekDay><DayType>{number}</DayType><DayWorking>{flag}</DayWorking>{times}</WeekDay>")
    };
    let week: String = (1..=7).map(|number| day(number, (2..=6).contains(&number))).collect();
    let exception = "<Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod><FromDate>2026-12-01T00:00:00</FromDate><ToDate>2026-12-31T23:59:00</ToDate></TimePeriod><Occurrences>2</Occurrences><Name>Stocktaking</Name><Type>6</Type><Period>2</Period><DaysOfWeek>2</DaysOfWeek><DayWorking>0</DayWorking></Exception><Exception><TimePeriod><FromDate>2026-12-24T00:00:00</FromDate><ToDate>2026-12-26T23:59:00</ToDate></TimePeriod><Name>Christmas</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>";
    let task = |uid: u32, fields: &str| format!("<Task><UID>{uid}</UID><ID>{uid}</ID>{fields}</Task>\n");
    let link = |uid: u32, kind: u32, lag: i32, format: u32| {
        format!(
            "<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type><CrossProject>0</CrossProject><LinkLag>{lag}</LinkLag><LagFormat>{format}</LagFormat></PredecessorLink>"
        )
    };
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project xmlns=\"http://schemas.microsoft.com/project\">\n<Name>Café.mpp</Name><StartDate>2026-11-02T08:00:00</StartDate><StatusDate>2026-11-20T17:00:00</StatusDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><CriticalSlackLimit>2</CriticalSlackLimit><HonorConstraints>1</HonorConstraints><ScheduleFromStart>1</ScheduleFromStart>\n<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>",
        &week,
        "</WeekDays><Exceptions>",
        exception,
        "</Exceptions></Calendar>\n<Calendar><UID>5</UID><Name>Ada</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID></Calendar></Calendars>\n<Tasks>\n",
        &task(0, "<Name>Café</Name><Summary>1</Summary><OutlineNumber>0</OutlineNumber>"),
        &task(1, "<Name>Phase</Name><Summary>1</Summary><OutlineNumber>1</OutlineNumber><Duration>PT99H0M0S</Duration><CalendarUID>-1</CalendarUID>"),
        &task(2, "<Name>Plan</Name><OutlineNumber>1.1</OutlineNumber><Duration>PT16H0M0S</Duration><DurationFormat>7</DurationFormat><RemainingDuration>PT8H0M0S</RemainingDuration><ActualStart>2026-11-02T08:00:00</ActualStart><PercentComplete>50</PercentComplete><Stop>2026-11-02T17:00:00</Stop><Resume>2026-11-05T08:00:00</Resume><CalendarUID>-1</CalendarUID><Baseline><Number>0</Number><Start>2026-11-02T08:00:00</Start><Finish>2026-11-03T17:00:00</Finish><Work>PT16H0M0S</Work><Cost>120000</Cost></Baseline>"),
        &task(3, &format!("<Name>Dry</Name><OutlineNumber>1.2</OutlineNumber><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat>{}<ConstraintType>5</ConstraintType><ConstraintDate>2026-11-30T08:00:00</ConstraintDate><Deadline>2026-12-04T17:00:00</Deadline><CalendarUID>-1</CalendarUID>", link(2, 1, 4_800, 7))),
        &task(4, &format!("<Name>By hand</Name><OutlineNumber>1.3</OutlineNumber><Manual>1</Manual><Start>2026-11-16T08:00:00</Start><Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat><CalendarUID>1</CalendarUID><IgnoreResourceCalendar>1</IgnoreResourceCalendar>{}{}", link(3, 3, -14_400, 8), link(2, 0, 50, 19))),
        &task(5, "<Name>Off</Name><OutlineNumber>1.4</OutlineNumber><Active>0</Active><Duration>PT8H0M0S</Duration>"),
        &task(6, "<IsNull>1</IsNull>"),
        &task(7, &format!("<Name>End</Name><OutlineNumber>2</OutlineNumber><Milestone>1</Milestone><Duration>PT0H0M0S</Duration><DurationFormat>7</DurationFormat><FixedCost>12345</FixedCost><FixedCostAccrual>2</FixedCostAccrual><Priority>700</Priority>{}{}", link(4, 2, 0, 7), link(5, 1, 0, 7))),
        "</Tasks>\n<Resources><Resource><UID>0</UID></Resource>\n<Resource><UID>9</UID><Name>Ada</Name><Type>1</Type><MaxUnits>1</MaxUnits><Group>Design</Group><CalendarUID>5</CalendarUID><StandardRate>60</StandardRate><StandardRateFormat>3</StandardRateFormat></Resource></Resources>\n<Assignments><Assignment><UID>1</UID><TaskUID>2</TaskUID><ResourceUID>9</ResourceUID><Units>0.5</Units><Work>PT8H0M0S</Work><TimephasedData><Value>PT8H0M0S</Value></TimephasedData></Assignment>\n<Assignment><UID>2</UID><TaskUID>3</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>\n<Views><View><Name>Gantt</Name></View></Views>\n</Project>\n",
    ]
    .concat()
}

#[test]
fn tasks_keep_their_unique_ids_and_their_units() {
    let (sheets, _) = read("p.xml", xml().as_bytes());
    let headers = [
        "Initiative",
        "Activity ID",
        "WBS",
        "Type",
        "Duration",
        "Calendar",
        "Calendar basis",
        "Scheduling",
        "Constraint type",
        "Constraint date",
    ];
    assert_eq!(
        rows(&sheets, "Activities", &headers),
        [
            "Café|T1|1|summary|0h|||||",
            "Café|T2|1.1|task|16h|Café: Standard|resources|||",
            "Café|T3|1.2|task|48eh|Café: Standard|||start no later than|2026-11-30 08:00",
            "Café|T4|1.3|task|8h|Café: Standard||manual||2026-11-16 08:00",
            "Café|T7|2|milestone|0h|Café: Standard||||",
        ]
    );
    let headers = [
        "Actual start",
        "Percent complete",
        "Remaining duration",
        "Resume date",
        "Deadline",
        "Fixed cost",
        "Cost accrual",
        "Levelling priority",
    ];
    let more = rows(&sheets, "Activities", &headers);
    assert_eq!(more[1], "2026-11-02 08:00|0.5|8h|2026-11-05 08:00||||");
    assert_eq!((more[2].as_str(), more[4].as_str()), ("||||2026-12-04 17:00|||", "|||||123.45|end|700"));
}

#[test]
fn links_carry_lags_in_their_own_units() {
    let (sheets, findings) = read("p.xml", xml().as_bytes());
    assert_eq!(
        rows(&sheets, "Dependencies", &["Predecessor", "Successor", "Type", "Lag"]),
        ["T2|T3|FS|8h", "T3|T4|SS|-24eh", "T2|T4|FF|50%", "T4|T7|SF|"]
    );
    let told = |part: &str| findings.iter().any(|finding| finding.contains(part));
    assert!(
        told("a link from task 5 to task 7: inactive")
            && told("1 task(s) left out: inactive")
            && told("1 task(s) left out: a blank row")
    );
    assert!(
        told(&format!("S070 p.xml > Views line {}: Views: 1", line_of(&xml(), "<Views>"))) && told("TimephasedData (1)"),
        "{findings:#?}"
    );
}

#[test]
fn calendars_resources_baselines_and_options() {
    let (sheets, _) = read("p.xml", xml().as_bytes());
    assert_eq!(
        rows(&sheets, "Calendars", &["Calendar ID", "Base calendar", "Friday", "Saturday", "Hours per day"]),
        ["Café: Standard||08:00-12:00, 13:00-17:00|off|8", "Café: Ada|Café: Standard|||8"]
    );
    assert_eq!(
        rows(&sheets, "Calendar exceptions", &["Date", "To date", "Working", "Name"]),
        ["2026-12-14||no|Stocktaking", "2026-12-28||no|Stocktaking", "2026-12-24|2026-12-26|no|Christmas"]
    );
    assert_eq!(
        rows(&sheets, "Resources", &["Resource ID", "Name", "Kind", "Team", "Calendar", "Capacity"]),
        ["Café-R9|Ada|human|Design|Café: Ada|1"]
    );
    assert_eq!(rows(&sheets, "Rates", &["Resource", "From", "Rate", "Unit"]), ["Café-R9|1984-01-01|60|hour"]);
    assert_eq!(rows(&sheets, "Assignments", &["Activity", "Resource", "Units", "Work"]), ["T2|Café-R9|0.5|"]);
    assert_eq!(
        rows(&sheets, "Baselines", &["Baseline", "Activity", "Finish", "Cost", "Work"]),
        ["Baseline|T2|2026-11-03 17:00|1200|16h"]
    );
    assert_eq!(
        rows(&sheets, "Schedule options", &["Option", "Value"]),
        [
            "profile|microsoft-project",
            "data_date|2026-11-20 17:00",
            "project_start|2026-11-02 08:00",
            "critical_float_hours|16",
            "project_calendar|Café: Standard"
        ]
    );
}

#[test]
fn utf_16_reads_as_utf_8_does() {
    let text = xml();
    let wide: Vec<u8> = std::iter::once(0xFEFFu16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("p.xml", &wide), read("p.xml", text.as_bytes()));
    let unmarked: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read("p.xml", &unmarked), read("p.xml", text.as_bytes()));
    let western = text.replace("UTF-8", "windows-1252");
    let western: Vec<u8> =
        western.chars().map(|letter| if letter == 'é' { 0xE9 } else { u8::try_from(letter).unwrap_or(b'?') }).collect();
    assert_eq!(read("p.xml", &western).0, read("p.xml", text.as_bytes()).0);
}

#[test]
fn a_date_on_a_summary_is_told() {
    let text = xml().replace(
        "<Name>Phase</Name>",
        "<Name>Phase</Name><ConstraintType>4</ConstraintType><ConstraintDate>2026-11-09T08:00:00</ConstraintDate>",
    );
    let (sheets, findings) = read("p.xml", text.as_bytes());
    assert!(findings.iter().any(
        |finding| finding.starts_with("S069 p.xml > Task line") && finding.ends_with("a summary task with a date of its own")
    ));
    assert_eq!(rows(&sheets, "Activities", &["Type", "Constraint type"])[0], "summary|");
}
