//! Rules of scheduling as `portfolio.toml` gives them under `[schedule]`: the profile first, then what is set by hand.
//!
//! A value is written as TOML has it (`true`, `4`, `[5, 10, 20]`) or as the Schedule options table has it (`"yes"`,
//! `"5, 10, 20"`). What is no option, or no value of it, is refused with its line and the nearest that is one.

use crate::model::scheduling::ScheduleOptions;
use crate::pipeline::workspace::{WorkspaceError, line_of, nearest, settings_error};

/// The rules of a portfolio.
///
/// # Errors
/// [`WorkspaceError::Settings`] for what is no option, or no value of its option.
pub(super) fn resolve(choices: &toml::Table, text: &str) -> Result<ScheduleOptions, WorkspaceError> {
    let mut options = ScheduleOptions::default();
    let profile_first = |name: &str| name != "profile";
    let mut ordered: Vec<(&String, &toml::Value)> = choices.iter().collect();
    ordered.sort_by_key(|(name, _)| (profile_first(name), line(text, name)));
    for (name, value) in ordered {
        let place = line(text, name).map(|line| format!("line {line}: ")).unwrap_or_default();
        if !ScheduleOptions::names().any(|known| known == name) {
            return Err(unknown(&place, name));
        }
        let Some(written) = written(value) else {
            let message = format!("{place}schedule: {name} cannot be a table or a date");
            return Err(settings_error(message, format!("`{name}` takes {}", expected(name))));
        };
        options.set(name, &written).map_err(|expected| no_value(&place, name, &written, &expected))?;
    }
    Ok(options)
}

fn unknown(place: &str, name: &str) -> WorkspaceError {
    let known: Vec<&str> = ScheduleOptions::names().collect();
    let list = known.join(", ");
    let hint = nearest(name, &known).map_or_else(
        || format!("known under [schedule]: {list}"),
        |near| format!("did you mean `{near}`? Known under [schedule]: {list}"),
    );
    settings_error(format!("{place}schedule: there is no option `{name}`"), hint)
}

fn no_value(place: &str, name: &str, written: &str, expected: &str) -> WorkspaceError {
    let near = ScheduleOptions::words(name).and_then(|words| nearest(&written.to_lowercase(), words));
    let hint =
        near.map_or_else(|| format!("`{name}` is {expected}"), |near| format!("did you mean \"{near}\"? `{name}` is {expected}"));
    settings_error(format!("{place}schedule: {name} cannot be `{written}`"), hint)
}

/// What an option takes, in words.
fn expected(name: &str) -> String {
    ScheduleOptions::words(name)
        .map_or_else(|| "a number, or numbers in brackets".into(), |words| format!("one of {}", words.join(", ")))
}

/// A value as the Schedule options table would have it; none for a table or a date.
fn written(value: &toml::Value) -> Option<String> {
    Some(match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_string(),
        toml::Value::Array(values) => values.iter().map(written).collect::<Option<Vec<String>>>()?.join(", "),
        toml::Value::Datetime(_) | toml::Value::Table(_) => return None,
    })
}

/// The line of an option below `[schedule]`.
fn line(text: &str, name: &str) -> Option<usize> {
    let above = text.lines().position(|line| line.trim_start().starts_with("[schedule]"))? + 1;
    let below: Vec<&str> = text.lines().skip(above).collect();
    line_of(&below.join("\n"), name).map(|line| line + above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::LagCalendar;
    use crate::model::scheduling::{CriticalBy, Profile, TotalFloatBasis};

    fn resolved(section: &str) -> Result<ScheduleOptions, WorkspaceError> {
        let text = format!("name = \"x\"\n\n[schedule]\n{section}\n\n[thresholds]\nindex_green = 0.9\n");
        let whole: toml::Table = toml::from_str(&text).expect("toml");
        resolve(whole["schedule"].as_table().expect("a section"), &text)
    }

    fn refused(section: &str) -> (String, String) {
        match resolved(section) {
            Err(WorkspaceError::Settings { message, hint }) => (message, hint),
            other => panic!("it should be refused: {other:?}"),
        }
    }

    #[test]
    fn the_profile_comes_first_wherever_it_is_written() {
        let options = resolved("lag_calendar = \"24-hour\"\nprofile = \"microsoft-project\"").expect("sound");
        assert_eq!((options.profile, options.lag_calendar), (Profile::MicrosoftProject, LagCalendar::RoundTheClock));
        assert_eq!(options.total_float, TotalFloatBasis::SmallestUntilStarted);
        assert_eq!(resolved("").expect("nothing said"), ScheduleOptions::p6());
    }

    #[test]
    fn values_are_written_as_toml_has_them_or_as_the_table_has_them() {
        let native = "expected_finish = false\nfloat_paths = 3\ncritical_float_hours = 7.5\nnear_critical_days = [3, 6, 9]";
        let words =
            "expected_finish = \"no\"\nfloat_paths = \"3\"\ncritical_float_hours = \"7.5\"\nnear_critical_days = \"3, 6, 9\"";
        let options = resolved(native).expect("sound");
        assert_eq!(options, resolved(words).expect("sound"));
        let found = (options.expected_finish, options.float_paths, options.critical_float, options.near_critical_days);
        assert_eq!(found, (false, 3, 450, [3, 6, 9]));
        let by_path = resolved("critical_by = \"Longest-Path\"").expect("capitals do not matter");
        assert_eq!(by_path.critical_by, CriticalBy::LongestPath);
    }

    #[test]
    fn every_option_can_be_written_as_it_is_recorded() {
        let options = ScheduleOptions::microsoft_project();
        let lines: Vec<String> =
            options.entries().iter().map(|entry| format!("{} = \"{}\"\n", entry.name, entry.value)).collect();
        let section = lines.concat();
        assert_eq!(resolved(&section).expect("its own record"), options);
    }

    #[test]
    fn what_is_none_is_refused_with_its_line_and_the_nearest() {
        let (message, hint) = refused("profile = \"p6\"\ntotal_flote = \"finish\"");
        assert_eq!(message, "line 5: schedule: there is no option `total_flote`");
        assert!(hint.starts_with("did you mean `total_float`? Known under [schedule]: profile, out_of_sequence"), "{hint}");
        let (message, hint) = refused("total_float = \"finnish\"");
        assert_eq!(message, "line 4: schedule: total_float cannot be `finnish`");
        assert_eq!(hint, "did you mean \"finish\"? `total_float` is one of finish, start, smallest, smallest-until-started");
        let (message, hint) = refused("near_critical_days = [10, 5, 20]");
        assert!(message.contains("`10, 5, 20`") && hint.contains("ascending"), "{message} {hint}");
        assert!(refused("float_paths = 0").1.contains("1 to 100"));
        assert!(refused("work_left = 2026-10-31").0.contains("a table or a date"));
        assert!(refused("zzz = 1").1.starts_with("known under [schedule]"));
    }
}
