//! Primavera P6 in both of its forms: one plan, written as XER and as XML, gives one set of sheets.

use super::{line_of, read, rows};
use std::fmt::Write as _;

const WEEK: &str = "(0||CalendarData()(\u{7f}(0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||3()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||4()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||5()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||6()((0||0(s|22:00|f|00:00)())))(0||7()())))(0||VIEW(ShowTotal|Y)())(0||Exceptions()((0||0(d|46381)())(0||1(d|46382)((0||0(s|09:00|f|12:30)())))))))";

/// A plan of seven activities as XER.
pub fn xer() -> String {
    let project = |fields: &str, row: &str| format!("%T\tPROJECT\r\n%F\t{fields}\r\n%R\t{row}\r\n");
    let mut text = "ERMHDR\t23.12\t2026-10-31\tProject\r\n".to_string();
    text += &project(
        "proj_id\tproj_short_name\tclndr_id\tlast_recalc_date\tplan_start_date\tplan_end_date\tcritical_path_type\tcritical_drtn_hr_cnt",
        "1\tNORTH\t10\t2026-10-30 17:00\t2026-10-05 08:00\t2027-01-29 17:00\tCT_DrivPath\t8",
    );
    let _ = write!(text, "%T\tCALENDAR\r\n%F\tclndr_id\tclndr_name\tday_hr_cnt\tclndr_data\r\n%R\t10\tSite\t8\t{WEEK}\r\n");
    text += "%T\tSCHEDOPTIONS\r\n%F\tproj_id\tsched_retained_logic\tsched_progress_override\tsched_float_type\tsched_calendar_on_relationship_lag\tsched_open_critical_flag\r\n%R\t1\tN\tY\tFT_MIN\trcal_24Hour\tN\r\n";
    text += "%T\tPROJWBS\r\n%F\twbs_id\tproj_id\tproj_node_flag\tparent_wbs_id\twbs_short_name\twbs_name\r\n%R\t100\t1\tY\t\tNORTH\tNorth wing\r\n%R\t101\t1\tN\t100\tENG\tEngineering\r\n";
    text += "%T\tRSRC\r\n%F\trsrc_id\trsrc_short_name\trsrc_name\trsrc_type\tclndr_id\r\n%R\t7\tENG1\tEngineer\tRT_Labor\t10\r\n%R\t8\tPIPE\tPipe\tRT_Mat\t\r\n";
    text += "%T\tTASK\r\n%F\ttask_id\tproj_id\twbs_id\tclndr_id\tcomplete_pct_type\tphys_complete_pct\ttask_type\tstatus_code\ttask_code\ttask_name\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt\tact_start_date\tact_end_date\tcstr_type\tcstr_date\tcstr_type2\tcstr_date2\texpect_end_date\ttarget_start_date\ttarget_end_date\tpriority_type\r\n";
    for row in [
        "1\t1\t101\t10\tCP_Drtn\t0\tTT_Mile\tTK_Complete\tA10\tStart\t0\t0\t2026-10-05 08:00\t2026-10-05 08:00\t\t\t\t\t\t2026-10-05 08:00\t2026-10-05 08:00\tPT_Normal",
        "2\t1\t101\t10\tCP_Phys\t40\tTT_Task\tTK_Active\tA20\tDesign\t80.5\t40.25\t2026-10-05 08:00\t\t\t\t\t\t2026-12-01 17:00\t2026-10-05 08:00\t2026-10-16 17:00\tPT_High",
        "3\t1\t101\t10\tCP_Drtn\t0\tTT_Rsrc\tTK_NotStart\tA30\tBuild\t120\t120\t\t\tCS_MSOA\t2026-11-09 08:00\tCS_MEOB\t2026-12-18 17:00\t\t2026-11-02 08:00\t2026-11-20 17:00\tPT_Normal",
        "4\t1\t100\t10\tCP_Drtn\t0\tTT_LOE\tTK_NotStart\tA40\tManage\t200\t200\t\t\t\t\t\t\t\t\t\tPT_Normal",
        "5\t1\t100\t10\tCP_Drtn\t0\tTT_FinMile\tTK_NotStart\tA50\tDone\t0\t0\t\t\tCS_ALAP\t\t\t\t\t\t\tPT_Normal",
        "6\t1\t100\t10\tCP_Drtn\t0\tTT_WBS\tTK_NotStart\tA60\tRoll-up\t0\t0\t\t\t\t\t\t\t\t\t\tPT_Normal",
    ] {
        let _ = write!(text, "%R\t{row}\r\n");
    }
    text += "%T\tTASKPRED\r\n%F\ttask_pred_id\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt\r\n%R\t1\t2\t1\t1\t1\tPR_FS\t0\r\n%R\t2\t3\t2\t1\t1\tPR_SS\t16.5\r\n%R\t3\t5\t3\t1\t1\tPR_FF\t-8\r\n%R\t4\t3\t99\t1\t5\tPR_FS\t0\r\n";
    text += "%T\tTASKRSRC\r\n%F\ttask_id\trsrc_id\ttarget_qty\ttarget_qty_per_hr\ttarget_cost\r\n%R\t3\t7\t60\t0.5\t0\r\n%R\t3\t8\t12\t0\t340.5\r\n%T\tUDFVALUE\r\n%F\tudf_type_id\r\n%R\t1\r\n%R\t2\r\n%E\r\n";
    text
}

/// The same plan as P6 writes it in XML.
pub fn xml() -> String {
    let stretch = |from: &str, to: &str| format!("<WorkTime><Start>{from}</Start><Finish>{to}</Finish></WorkTime>");
    let office = stretch("08:00:00", "11:59:00") + &stretch("13:00:00", "16:59:00");
    let day = |name: &str, hours: &str| format!("<StandardWorkHours><DayOfWeek>{name}</DayOfWeek>{hours}</StandardWorkHours>\n");
    let week: String = ["Monday", "Tuesday", "Wednesday", "Thursday"].iter().map(|name| day(name, &office)).collect();
    let week = day("Sunday", "<WorkTime/>") + &week + &day("Friday", &stretch("22:00:00", "23:59:00")) + &day("Saturday", "");
    let activity = |fields: &str| {
        format!("<Activity><ProjectObjectId>1</ProjectObjectId><CalendarObjectId>10</CalendarObjectId>{fields}</Activity>\n")
    };
    let link = |fields: &str| format!("<Relationship>{fields}</Relationship>\n");
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<APIBusinessObjects xmlns=\"http://xmlns.oracle.com/Primavera/P6/V19/API/BusinessObjects\">\n<Calendar><ObjectId>10</ObjectId><Name>Site</Name><HoursPerDay>8.0</HoursPerDay><StandardWorkWeek>",
        &week,
        "</StandardWorkWeek><HolidayOrExceptions><HolidayOrException><Date>2026-12-25T00:00:00</Date><WorkTime/></HolidayOrException><HolidayOrException><Date>2026-12-26T00:00:00</Date>",
        &stretch("09:00:00", "12:29:00"),
        "</HolidayOrException></HolidayOrExceptions></Calendar>\n<Resource><ObjectId>7</ObjectId><Id>ENG1</Id><Name>Engineer</Name><ResourceType>Labor</ResourceType><CalendarObjectId>10</CalendarObjectId></Resource>\n<Resource><ObjectId>8</ObjectId><Id>PIPE</Id><Name>Pipe</Name><ResourceType>Material</ResourceType></Resource>\n",
        "<Project><ObjectId>1</ObjectId><Id>NORTH</Id><Name>North wing</Name><ActivityDefaultCalendarObjectId>10</ActivityDefaultCalendarObjectId><DataDate>2026-10-30T17:00:00</DataDate><PlannedStartDate>2026-10-05T08:00:00</PlannedStartDate><MustFinishByDate>2027-01-29T17:00:00</MustFinishByDate><CriticalActivityPathType>Longest Path</CriticalActivityPathType><CriticalActivityFloatThreshold>8.0</CriticalActivityFloatThreshold>\n",
        "<WBS><ObjectId>101</ObjectId><ProjectObjectId>1</ProjectObjectId><Code>ENG</Code><Name>Engineering</Name></WBS>\n",
        &activity("<ObjectId>1</ObjectId><WBSObjectId>101</WBSObjectId><Id>A10</Id><Name>Start</Name><Type>Start Milestone</Type><Status>Completed</Status><PlannedDuration>0.0</PlannedDuration><ActualStartDate>2026-10-05T08:00:00</ActualStartDate><ActualFinishDate>2026-10-05T08:00:00</ActualFinishDate><PlannedStartDate>2026-10-05T08:00:00</PlannedStartDate><PlannedFinishDate>2026-10-05T08:00:00</PlannedFinishDate><PercentCompleteType>Duration</PercentCompleteType>"),
        &activity("<ObjectId>2</ObjectId><WBSObjectId>101</WBSObjectId><Id>A20</Id><Name>Design</Name><Type>Task Dependent</Type><Status>In Progress</Status><PlannedDuration>80.5</PlannedDuration><RemainingDuration>40.25</RemainingDuration><ActualStartDate>2026-10-05T08:00:00</ActualStartDate><ExpectedFinishDate>2026-12-01T17:00:00</ExpectedFinishDate><PlannedStartDate>2026-10-05T08:00:00</PlannedStartDate><PlannedFinishDate>2026-10-16T17:00:00</PlannedFinishDate><LevelingPriority>High</LevelingPriority><PercentCompleteType>Physical</PercentCompleteType><PhysicalPercentComplete>0.4</PhysicalPercentComplete>"),
        &activity("<ObjectId>3</ObjectId><WBSObjectId>101</WBSObjectId><Id>A30</Id><Name>Build</Name><Type>Resource Dependent</Type><Status>Not Started</Status><PlannedDuration>120.0</PlannedDuration><RemainingDuration>120.0</RemainingDuration><PrimaryConstraintType>Start On or After</PrimaryConstraintType><PrimaryConstraintDate>2026-11-09T08:00:00</PrimaryConstraintDate><SecondaryConstraintType>Finish On or Before</SecondaryConstraintType><SecondaryConstraintDate>2026-12-18T17:00:00</SecondaryConstraintDate><PlannedStartDate>2026-11-02T08:00:00</PlannedStartDate><PlannedFinishDate>2026-11-20T17:00:00</PlannedFinishDate>"),
        &activity("<ObjectId>4</ObjectId><Id>A40</Id><Name>Manage</Name><Type>Level of Effort</Type><Status>Not Started</Status><PlannedDuration>200.0</PlannedDuration>"),
        &activity("<ObjectId>5</ObjectId><Id>A50</Id><Name>Done</Name><Type>Finish Milestone</Type><Status>Not Started</Status><PlannedDuration>0.0</PlannedDuration><PrimaryConstraintType>As Late As Possible</PrimaryConstraintType>"),
        &activity("<ObjectId>6</ObjectId><Id>A60</Id><Name>Roll-up</Name><Type>WBS Summary</Type><Status>Not Started</Status>"),
        &link("<PredecessorActivityObjectId>1</PredecessorActivityObjectId><SuccessorActivityObjectId>2</SuccessorActivityObjectId><Type>Finish to Start</Type><Lag>0.0</Lag>"),
        &link("<PredecessorActivityObjectId>2</PredecessorActivityObjectId><SuccessorActivityObjectId>3</SuccessorActivityObjectId><Type>Start to Start</Type><Lag>16.5</Lag>"),
        &link("<PredecessorActivityObjectId>3</PredecessorActivityObjectId><SuccessorActivityObjectId>5</SuccessorActivityObjectId><Type>Finish to Finish</Type><Lag>-8.0</Lag>"),
        &link("<PredecessorActivityObjectId>99</PredecessorActivityObjectId><PredecessorProjectObjectId>5</PredecessorProjectObjectId><SuccessorActivityObjectId>3</SuccessorActivityObjectId><Type>Finish to Start</Type><Lag>0.0</Lag>"),
        "<ResourceAssignment><ActivityObjectId>3</ActivityObjectId><ResourceObjectId>7</ResourceObjectId><PlannedUnits>60.0</PlannedUnits><PlannedUnitsPerTime>0.5</PlannedUnitsPerTime></ResourceAssignment>\n<ResourceAssignment><ActivityObjectId>3</ActivityObjectId><ResourceObjectId>8</ResourceObjectId><PlannedUnits>12.0</PlannedUnits><PlannedCost>340.5</PlannedCost></ResourceAssignment>\n<UDF><TypeObjectId>1</TypeObjectId></UDF><UDF><TypeObjectId>2</TypeObjectId></UDF>\n",
        "<ScheduleOptions><OutOfSequenceScheduleType>Progress Override</OutOfSequenceScheduleType><ComputeTotalFloatType>Smallest of Start Float and Finish Float</ComputeTotalFloatType><RelationshipLagCalendar>24 Hour Calendar</RelationshipLagCalendar><MakeOpenEndedActivitiesCritical>0</MakeOpenEndedActivitiesCritical></ScheduleOptions>\n</Project>\n</APIBusinessObjects>\n",
    ]
    .concat()
}

#[test]
fn activities_come_with_their_dates_and_kinds() {
    let headers = [
        "Activity ID",
        "WBS",
        "Type",
        "Duration",
        "Calendar basis",
        "Constraint type",
        "Constraint date",
        "Secondary constraint date",
        "Expected finish",
    ];
    for text in [xer(), xml()] {
        let (sheets, _) = read("p", text.as_bytes());
        assert_eq!(
            rows(&sheets, "Activities", &headers),
            [
                "WBS:NORTH|NORTH|summary|0h|||||",
                "WBS:NORTH.ENG|NORTH.ENG|summary|0h|||||",
                "A10|NORTH.ENG|start milestone|0h|||||",
                "A20|NORTH.ENG|task|80h 30min|||||2026-12-01 17:00",
                "A30|NORTH.ENG|task|120h|resources|start no earlier than|2026-11-09 08:00|2026-12-18 17:00|",
                "A40|NORTH|hammock|200h|||||",
                "A50|NORTH|finish milestone|0h||as late as possible|||",
            ]
        );
        let headers = [
            "Activity ID",
            "Actual start",
            "Actual finish",
            "Percent complete",
            "Percent complete kind",
            "Remaining duration",
            "Levelling priority",
        ];
        let progress = rows(&sheets, "Activities", &headers);
        assert_eq!(progress[2], "A10|2026-10-05 08:00|2026-10-05 08:00|1|duration||");
        assert_eq!(progress[3], "A20|2026-10-05 08:00||0.4|physical|40h 15min|700");
    }
}

#[test]
fn links_calendars_and_the_rest_come_in_the_words_of_the_plan() {
    for text in [xer(), xml()] {
        let (sheets, _) = read("p", text.as_bytes());
        assert_eq!(
            rows(&sheets, "Dependencies", &["Initiative", "Predecessor", "Successor", "Type", "Lag"]),
            ["NORTH|A10|A20|FS|", "NORTH|A20|A30|SS|16h 30min", "NORTH|A30|A50|FF|-8h"]
        );
        assert_eq!(
            rows(&sheets, "Calendars", &["Calendar ID", "Monday", "Friday", "Sunday", "Hours per day"]),
            ["NORTH: Site|08:00-12:00, 13:00-17:00|22:00-24:00|off|8"]
        );
        assert_eq!(
            rows(&sheets, "Calendar exceptions", &["Calendar", "Date", "Working", "Hours"]),
            ["NORTH: Site|2026-12-25|no|", "NORTH: Site|2026-12-26|yes|09:00-12:30"]
        );
        assert_eq!(
            rows(&sheets, "Assignments", &["Activity", "Resource", "Units", "Work", "Fixed cost"]),
            ["A30|ENG1|0.5||", "A30|PIPE|||340.5"]
        );
        assert_eq!(rows(&sheets, "Resources", &["Resource ID", "Kind", "Consumable"]), ["ENG1|human|", "PIPE|physical|yes"]);
        assert_eq!(
            rows(&sheets, "Baselines", &["Baseline", "Activity", "Finish"]),
            ["Planned dates|A10|2026-10-05 08:00", "Planned dates|A20|2026-10-16 17:00", "Planned dates|A30|2026-11-20 17:00"]
        );
    }
}

#[test]
fn options_are_those_of_the_schedule() {
    let expected = [
        "profile|p6",
        "data_date|2026-10-30 17:00",
        "must_finish_by|2027-01-29 17:00",
        "project_start|2026-10-05 08:00",
        "critical_by|longest-path",
        "critical_float_hours|8",
        "out_of_sequence|progress-override",
        "total_float|smallest",
        "lag_calendar|24-hour",
        "open_ends_critical|no",
        "project_calendar|NORTH: Site",
    ];
    for text in [xer(), xml()] {
        let (sheets, _) = read("p", text.as_bytes());
        assert_eq!(rows(&sheets, "Schedule options", &["Option", "Value"]), expected);
    }
}

#[test]
fn what_is_left_out_is_told_at_its_line() {
    let text = xer();
    let (_, findings) = read("plan.xer", text.as_bytes());
    for (start, part, rest) in [
        ("S070 plan.xer > UDFVALUE line", "%T\tUDFVALUE", "UDFVALUE: 2 rows"),
        ("S070 plan.xer > TASK line", "%R\t6\t1\t100", "1 activities of the type WBS summary"),
        ("S069 plan.xer > TASKPRED line", "%R\t4\t3\t99", "a link from activity 99 of project 5"),
    ] {
        let expected = format!("{start} {}: {rest}", line_of(&text, part));
        assert!(findings.iter().any(|finding| finding.starts_with(&expected)), "{expected}: {findings:#?}");
    }
    assert!(findings.iter().all(|finding| finding.starts_with("S070") || finding.starts_with("S069")), "{findings:#?}");
    let text = xml();
    let (_, findings) = read("plan.xml", text.as_bytes());
    for (start, part, rest) in [
        ("S070 plan.xml > UDF line", "<UDF>", "UDF: 2"),
        ("S069 plan.xml > Relationship line", "<Relationship><PredecessorActivityObjectId>99", "a link from activity 99"),
    ] {
        let expected = format!("{start} {}: {rest}", line_of(&text, part));
        assert!(findings.iter().any(|finding| finding.starts_with(&expected)), "{expected}: {findings:#?}");
    }
}

#[test]
fn a_row_leads_to_its_line() {
    let (xer, xml) = (xer(), xml());
    let (line, tag) = (line_of(&xer, "%R\t2\t1\t101"), line_of(&xml, "<Id>A20</Id>"));
    for (name, text, place) in
        [("p.xer", xer, format!("p.xer > TASK line {line}")), ("p.xml", xml, format!("p.xml > Activity A20 (line {tag})"))]
    {
        let (sheets, _) = read(name, text.as_bytes());
        assert_eq!(sheets[0].origin(4, 3).to_string(), place);
    }
}

#[test]
fn a_baseline_project_becomes_a_baseline() {
    let text = xer()
        .replace("proj_id\tproj_short_name\t", "proj_id\torig_proj_id\tproj_short_name\t")
        .replace("%R\t1\tNORTH\t10", "%R\t2\t1\tNORTH - B1\t10\t\t\t\t\t\r\n%R\t1\t\tNORTH\t10")
        .replace("%R\t3\t1\t101\t10\tCP_Drtn", "%R\t33\t2\t\t10\tCP_Drtn\t0\tTT_Task\tTK_NotStart\tA30\tBuild\t100\t100\t\t\t\t\t\t\t\t2026-10-26 08:00\t2026-11-13 17:00\tPT_Normal\r\n%R\t3\t1\t101\t10\tCP_Drtn");
    let (sheets, _) = read("p.xer", text.as_bytes());
    assert_eq!(
        rows(&sheets, "Baselines", &["Baseline", "Initiative", "Activity", "Start", "Finish"]),
        ["NORTH - B1|NORTH|A30|2026-10-26 08:00|2026-11-13 17:00"]
    );
    assert_eq!(rows(&sheets, "Activities", &["Activity ID"]).len(), 7);
}

#[test]
fn resources_that_two_files_share_count_once() {
    let again = xer().replace("\tNORTH\t10", "\tSOUTH\t10").replace("Pipe\tRT_Mat", "Pipes\tRT_Mat");
    let (mut sheets, _) = read("a.xer", xer().as_bytes());
    sheets.extend(read("b.xer", again.as_bytes()).0);
    let mut findings = crate::base::finding::Findings::new();
    super::super::leave_out_repeats(&mut sheets, &mut findings);
    let resources: Vec<_> = sheets.iter().filter(|sheet| sheet.name.sheet == "Resources").collect();
    let names = |at: usize| {
        rows(&resources[at..=at].iter().map(|sheet| (*sheet).clone()).collect::<Vec<_>>(), "Resources", &["Resource ID", "Name"])
    };
    assert_eq!(
        (names(0), names(1)),
        (vec!["ENG1|Engineer".to_string(), "PIPE|Pipe".into()], vec!["|".to_string(), "PIPE|Pipes".into()])
    );
    let line = line_of(&again, "%R\t7\tENG1");
    assert_eq!(
        findings.0.iter().map(|finding| finding.origin.as_ref().expect("a place").to_string()).collect::<Vec<_>>(),
        [format!("b.xer > RSRC line {line}")]
    );
}

#[test]
fn paths_lead_to_the_activity_that_the_options_name() {
    let text = xer().replace("sched_open_critical_flag\r\n%R\t1\tN\tY\tFT_MIN\trcal_24Hour\tN", "enable_multiple_longest_path_calc\tmax_multiple_longest_path\tuse_total_float_multiple_longest_paths\tkey_activity_for_multiple_longest_paths\r\n%R\t1\tN\tY\tFT_MIN\trcal_24Hour\tY\t5\tN\t3");
    let (sheets, _) = read("p.xer", text.as_bytes());
    let options = rows(&sheets, "Schedule options", &["Option", "Value"]);
    assert!(
        ["float_paths|5", "float_paths_by|free-float", "float_paths_to|A30"]
            .iter()
            .all(|option| options.contains(&(*option).to_string())),
        "{options:#?}"
    );
}

#[test]
fn work_that_fills_the_duration_is_left_to_the_units() {
    for (quantity, left) in [("60", ""), ("59.8", ""), ("50", "50h")] {
        let text = xer().replace("%R\t3\t7\t60\t0.5", &format!("%R\t3\t7\t{quantity}\t0.5"));
        let (sheets, _) = read("p.xer", text.as_bytes());
        assert_eq!(rows(&sheets, "Assignments", &["Resource", "Units", "Work"])[0], format!("ENG1|0.5|{left}"));
    }
}
