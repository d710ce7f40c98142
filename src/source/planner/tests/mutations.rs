//! Damaged files: a finding, never a panic, and never more than the limits allow.

use super::{line_of, mspdi, p6, read, read_within};
use crate::source::limits::Limits;

fn files() -> [(&'static str, String); 3] {
    [("p.xer", p6::xer()), ("p6.xml", p6::xml()), ("msp.xml", mspdi::xml())]
}

#[test]
fn a_file_cut_anywhere_says_so() {
    for (name, text) in files() {
        let bytes = text.as_bytes();
        let tail = text.trim_end().len();
        let start = if name == "p.xer" { 10 } else { text.find("http").unwrap_or(0) + 120 };
        for cut in (start..tail - 1).step_by(if bytes.len() > 6_000 { 37 } else { 11 }) {
            let (_, findings) = read(name, &bytes[..cut]);
            let says =
                findings.iter().any(|finding| ["S060", "S061", "S062", "S015"].iter().any(|code| finding.starts_with(code)));
            assert!(says, "{name} cut at {cut}: {findings:#?}");
            let at_a_line =
                findings.iter().filter(|finding| finding.starts_with("S060")).all(|finding| finding.contains(" line "));
            assert!(at_a_line, "{findings:#?}");
        }
    }
}

#[test]
fn bent_bytes_do_no_harm() {
    for (name, text) in files() {
        for (step, bend) in [(3usize, 0x01u8), (5, 0x80), (7, 0x20), (11, 0xFF)] {
            let mut bytes = text.clone().into_bytes();
            for at in (step..bytes.len()).step_by(step * 41) {
                let kept = bytes[at];
                bytes[at] ^= bend;
                let _ = read(name, &bytes);
                bytes[at] = kept;
            }
        }
    }
}

#[test]
fn fields_that_hold_nonsense_are_found_at_their_lines() {
    for (from, to, expected) in [
        ("CS_MSOA", "CS_NEVER", "S065 p.xer > TASK line {}: cstr_type CS_NEVER"),
        ("2026-11-09 08:00", "2026-13-09 08:00", "S064 p.xer > TASK line {}: cstr_date 2026-13-09 08:00"),
        ("CS_MSOA\t2026-11-09 08:00", "CS_MSOA\t", "S064 p.xer > TASK line {}: start no earlier than, without a date"),
        ("80.5", "eighty", "S064 p.xer > TASK line {}: target_drtn_hr_cnt eighty"),
        ("%R\t2\t3\t2\t1", "%R\t2\t3\t77\t1", "S066 p.xer > TASKPRED line {}: activity 77"),
        ("%R\t5\t1\t100\t10", "%R\t2\t1\t100\t10", "S067 p.xer > TASK line {}: 2"),
        ("%R\t3\t1\t101\t10", "%R\t3\t1\t101\t12", "S066 p.xer > TASK line {}: calendar 12"),
        ("%R\t3\t1\t101\t10", "%R\t3\t1\t105\t10", "S066 p.xer > TASK line {}: WBS node 105"),
        ("%R\t3\t1\t101\t10", "%R\t3\t6\t101\t10", "S066 p.xer > TASK line {}: project 6"),
        ("s|22:00|f|00:00", "s|22:00|f|21:00", "S068 p.xer > CALENDAR line {}: Site: hours 22:00 to 21:00"),
        ("(0||VIEW(", "(0VIEW(", "S068 p.xer > CALENDAR line {}: Site:"),
        ("d|46381", "d|-46381", "S068 p.xer > CALENDAR line {}: Site: exception of the date -46381"),
        ("TK_Active\tA20\t", "TK_Active\tA20\tmore\t", "S063 p.xer > TASK line {}: 23 values"),
        ("%T\tTASK\r\n", "%T\tTASKS\r\n", "S061 p.xer: no table TASK"),
        ("%T\tTASK\r\n%F\ttask_id", "%T\tTASK\r\n%F\ttask", "S062 p.xer > TASK line {}: no field task_id"),
        ("Engineering\r\n", "Engineering\r\nand more\r\n", "S063 p.xer > PROJWBS line {}: and more"),
    ] {
        let text = p6::xer();
        assert!(text.contains(from), "{from:?}");
        let text = text.replacen(from, to, 1);
        let line = line_of(&text, to.rsplit_once("\r\n").map_or(to, |(before, last)| if last.is_empty() { before } else { to }));
        let line = if to.starts_with("Engineering") { line + 1 } else { line };
        let expected = expected.replace("{}", &line.to_string());
        let (_, findings) = read("p.xer", text.as_bytes());
        assert!(findings.iter().any(|finding| finding.starts_with(&expected)), "{expected}: {findings:#?}");
    }
}

#[test]
fn xml_that_is_hostile_is_refused() {
    let text = mspdi::xml();
    let head = "<Project xmlns";
    let bomb = text.replacen(head, &format!("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>{head}"), 1);
    let deep = text.replacen("<Views>", &format!("<Views>{}", "<a>".repeat(200)), 1);
    let entity = text.replacen("Phase", "&bomb;", 1);
    let unclosed = text.replacen("</Task>", "</Taks>", 1);
    for (text, expected) in [
        (&bomb, format!("S016 p.xml > XML line {}", line_of(&bomb, "<!DOCTYPE"))),
        (&deep, "S011 p.xml".into()),
        (&entity, format!("S015 p.xml > XML line {}", line_of(&entity, "&bomb;"))),
        (&unclosed, format!("S015 p.xml > XML line {}", line_of(&unclosed, "</Taks>"))),
    ] {
        let (_, findings) = read("p.xml", text.as_bytes());
        assert!(findings.iter().any(|finding| finding.starts_with(&expected)), "{expected}: {findings:#?}");
    }
}

#[test]
fn windows_1252_is_what_p6_writes_and_the_rest_is_said() {
    let western: Vec<u8> =
        p6::xer().replace("Design", "Caf\u{e9}").chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect();
    let (sheets, findings) = read("p.xer", &western);
    assert_eq!(super::rows(&sheets, "Activities", &["Name"])[3], "Café");
    assert!(findings.iter().all(|finding| !finding.starts_with("S052")));
    let returns: Vec<u8> = western.iter().copied().filter(|byte| *byte != b'\n').collect();
    assert_eq!(read("p.xer", &returns), (sheets, findings), "line ends of old Macintoshes");
    let odd: Vec<u8> = western.iter().map(|byte| if *byte == 0xE9 { 0x81 } else { *byte }).collect();
    assert!(read("p.xer", &odd).1.iter().any(|finding| finding.starts_with("S052")));
}

#[test]
fn each_limit_holds_at_its_edge() {
    let refused = |text: &str, limits: &Limits| {
        read_within("p", text.as_bytes(), limits).1.iter().any(|finding| finding.starts_with("S011"))
    };
    let xer = p6::xer();
    let records = xer.matches("%R\t").count();
    for (allowed, is_refused) in [(records - 1, true), (records, false), (records + 1, false)] {
        assert_eq!(refused(&xer, &Limits { plan_records: allowed, ..Limits::default() }), is_refused, "{allowed} of {records}");
    }
    let longest = xer.lines().map(str::len).max().unwrap_or(0);
    for (allowed, is_refused) in [(longest - 1, true), (longest, false)] {
        assert_eq!(refused(&xer, &Limits { item_bytes: allowed, ..Limits::default() }), is_refused);
    }
    let xml = mspdi::xml();
    let elements = |text: &str| text.matches('<').count() - text.matches("</").count() - 1;
    let calendar = xml
        .split_once("<Calendar>")
        .and_then(|(_, rest)| rest.split_once("</Calendar>"))
        .map_or(0, |(inner, _)| elements(inner) + 1);
    for (allowed, is_refused) in [(calendar - 1, true), (calendar, false)] {
        assert_eq!(
            refused(&xml, &Limits { record_elements: allowed, ..Limits::default() }),
            is_refused,
            "{allowed} of {calendar}"
        );
    }
    let dates = |allowed| read_within("p", xml.as_bytes(), &Limits { calendar_dates: allowed, ..Limits::default() }).1;
    let told = |findings: Vec<String>| findings.iter().any(|finding| finding.starts_with("S068"));
    assert!(told(dates(2)) && !told(dates(4)));
    let many = xer.replace("PR_", "PX_");
    let (_, findings) = read_within("p.xer", many.as_bytes(), &Limits { plan_findings: 2, ..Limits::default() });
    assert_eq!(findings.iter().filter(|finding| finding.starts_with("S065")).count(), 2);
    assert!(findings.iter().any(|finding| finding.starts_with("S071 p.xer: 2 more of S065")), "{findings:#?}");
}
