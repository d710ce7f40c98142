//! Probe.
use crate::harness::{root, test};
use libtest_mimic::Trial;
use throughline::base::disk::Disk;
use throughline::source::raw::SourceFile;
use throughline::source::{self, Limits};
use throughline::table::mapping::Mappings;
pub fn trials() -> Vec<Trial> {
    vec![test("layout_probe::sample", probe)]
}
fn probe() {
    let folder = std::env::var("PROBE").map(std::path::PathBuf::from).unwrap_or_else(|_| root().join("sample_data/inputs"));
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|n| n.contains('.'))
        .collect();
    names.sort();
    let files: Vec<SourceFile> = names.into_iter().map(|name| SourceFile { path: folder.join(&name), name }).collect();
    let (intake, found) = source::read(&Disk::real(), &files, &Limits::default());
    for f in &found.0 {
        println!("SRC {} {:?} {}", f.code.id, f.origin.as_ref().map(ToString::to_string), f.message());
    }
    let text = std::env::var("PROBE_TOML").map(|p| std::fs::read_to_string(p).unwrap()).unwrap_or_default();
    let (m, wrong) = Mappings::from_toml(&text, |n| std::fs::read_to_string(root().join("templates").join(n)).ok());
    for f in &wrong.0 {
        println!("MAP {} {} | {}", f.code.id, f.message(), f.hint);
    }
    let start = std::time::Instant::now();
    let (tables, findings) = throughline::table::read(&intake.sheets, &m, &throughline::table::check::CheckSettings::default());
    println!("{:?}", start.elapsed());
    for (name, usage) in &tables.sheets {
        println!("USE {} > {} : {usage:?}", name.file, name.sheet);
    }
    for total in &tables.control_totals {
        println!(
            "TOT {} > {} {}: seen {} acc {} quar {} blank {} tot {} decl {}",
            total.sheet.file,
            total.sheet.sheet,
            total.table,
            total.rows_seen,
            total.accepted,
            total.quarantined,
            total.blank,
            total.totals,
            total.declared
        );
    }
    for f in findings.rolled_up().0 {
        println!(
            "{} {} {} | {} | {}",
            f.code.id,
            f.count(),
            f.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
            f.message(),
            f.hint
        );
    }
}
