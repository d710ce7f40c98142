use super::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// The files below a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let tree = Disk::real().list_tree(folder).expect("the folder can be listed");
    tree.files.into_iter().map(|file| (file.name, fs::read(file.path).expect("a file"))).collect()
}

/// A set of three files, all of one version.
fn set(version: &str) -> BTreeMap<String, Vec<u8>> {
    ["Cost.xlsx", "data/ledger.csv", "manifest.json"]
        .map(|name| (name.to_string(), format!("{name} {version}").into_bytes()))
        .into()
}

fn publish(disk: &Disk, out: &Path, version: &str, run: &str) -> Result<PublishOutcome, DiskError> {
    repair(disk, out)?;
    let mut staging = Staging::begin(disk, out, "2026-10-31", run)?;
    for (name, bytes) in set(version) {
        staging.write(&name, &bytes)?;
    }
    staging.publish()
}

/// An output folder with the old set in it.
fn with_old_set() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    publish(&Disk::real(), &out, "old", "a1").expect("published");
    (folder, out)
}

/// Publishes over an old set with a fault at each operation in turn, until one run is not disturbed any more; returns how
/// many faults there were.
fn at_every_operation(kind: FaultKind, judge: impl Fn(&Path, &Result<PublishOutcome, DiskError>)) -> u64 {
    for at in 1.. {
        let (_keep, out) = with_old_set();
        let disk = Disk::faulty(Fault { at, kind });
        let outcome = publish(&disk, &out, "new", "b2");
        if disk.operation_count() < at {
            assert!(matches!(outcome, Ok(PublishOutcome::Published { .. })));
            return at - 1;
        }
        judge(&out, &outcome);
    }
    0
}

/// What must hold after a disturbed run, after a repair, and after the next run.
fn judge_disturbed(out: &Path, outcome: &Result<PublishOutcome, DiskError>) {
    let target = out.join("2026-10-31");
    if target.exists() {
        let found = files(&target);
        assert!(found == set("old") || found == set("new"), "a mixture: {found:?}");
    }
    if matches!(outcome, Ok(PublishOutcome::Published { .. })) {
        assert_eq!(files(&target), set("new"), "success was reported");
    }
    repair(&Disk::real(), out).expect("repaired");
    let found = files(out);
    let expected = |version| set(version).into_iter().map(|(name, bytes)| (format!("2026-10-31/{name}"), bytes)).collect();
    assert!(found == expected("old") || found == expected("new"), "lost or stray files: {found:?}");
    assert_eq!(repair(&Disk::real(), out).expect("nothing to do"), Vec::new(), "repaired once is repaired");
    publish(&Disk::real(), out, "new", "b2").expect("published");
    assert_eq!(files(out), expected("new"), "as if nothing had happened");
}

#[test]
fn a_crash_at_any_operation_loses_nothing() {
    let points = at_every_operation(FaultKind::Abort, judge_disturbed);
    assert!(points > 30, "only {points} operations were tried");
}

#[test]
fn a_torn_write_at_any_operation_is_never_published() {
    assert!(at_every_operation(FaultKind::TornWrite, judge_disturbed) > 30);
}

#[test]
fn a_bad_disk_at_any_operation_loses_nothing() {
    assert!(at_every_operation(FaultKind::InputOutput, judge_disturbed) > 30);
}

#[test]
fn a_full_disk_at_any_operation_keeps_the_old_set_and_says_what_is_needed() {
    at_every_operation(FaultKind::NoSpace, |out, outcome| {
        if let Err(error) = outcome {
            let message = error.to_string();
            assert!(message.contains("full") && message.contains("2026-10-31"), "{message}");
            assert_eq!(files(&out.join("2026-10-31")), set("old"));
        }
        judge_disturbed(out, outcome);
    });
}

#[test]
fn a_crash_during_repair_loses_nothing() {
    let crash = |at| Disk::faulty(Fault { at, kind: FaultKind::Abort });
    let mut crashes = 0;
    // The first operations make the staging folder and its files; what follows renames, and is where it matters.
    for broken_at in (1..20).step_by(6).chain((20..60).step_by(2)) {
        for repair_broken_at in (1 + broken_at / 2 % 2..).step_by(2) {
            let (_keep, out) = with_old_set();
            let disturbed = crash(broken_at);
            let outcome = publish(&disturbed, &out, "new", "b2");
            let repaired = repair(&crash(repair_broken_at), &out);
            judge_disturbed(&out, &outcome);
            if repaired.is_ok() {
                break;
            }
            crashes += 1;
        }
    }
    assert!(crashes > 50, "only {crashes} crashes were tried");
}

#[test]
fn a_first_set_appears_whole_or_not_at_all() {
    for at in 1..60 {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let outcome = publish(&Disk::faulty(Fault { at, kind: FaultKind::Abort }), &out, "new", "b2");
        let target = out.join("2026-10-31");
        assert!(!target.exists() || files(&target) == set("new"));
        assert!(outcome.is_err() || files(&target) == set("new"));
    }
}

#[test]
fn success_comes_after_the_disk_has_confirmed_every_file_and_folder() {
    let (_keep, out) = with_old_set();
    let disk = Disk::recording();
    publish(&disk, &out, "new", "b2").expect("published");
    let log = disk.operations();
    let position = |kind, path: &str| log.iter().position(|o| o.kind == kind && o.path == out.join(path)).expect(path);
    let process = std::process::id();
    let staging = |name: &str| format!(".staging-2026-10-31-b2p{process}/{name}").trim_end_matches('/').to_string();
    let ready = position(OperationKind::Rename, &format!(".ready-2026-10-31-b2p{process}"));
    for name in set("new").keys() {
        let written = position(OperationKind::WriteFile, &staging(name));
        let synced = position(OperationKind::SyncFile, &staging(name));
        assert!(written < synced && synced < ready, "{name}");
    }
    for folder in ["data", ""] {
        assert!(position(OperationKind::SyncFolder, &staging(folder)) < ready);
    }
    let aside = position(OperationKind::Rename, ".previous-2026-10-31");
    let moved_in = position(OperationKind::Rename, "2026-10-31");
    let discarded = position(OperationKind::Rename, ".discard-previous-2026-10-31");
    assert!(ready < aside && aside < moved_in && moved_in < discarded);
    let confirmed = log[moved_in..discarded].iter().any(|o| o.kind == OperationKind::SyncFolder && o.path == out);
    assert!(confirmed, "the new set is confirmed before the old one is deleted");
    let removed = log.iter().position(|o| o.kind == OperationKind::RemoveFile).expect("the old files are removed");
    let set_aside = log[discarded..removed].iter().any(|o| o.kind == OperationKind::SyncFolder && o.path == out);
    assert!(set_aside, "the old set's new name is confirmed before any of its files is removed");
    let last = log.last().expect("operations");
    assert_eq!((last.kind, &last.path), (OperationKind::SyncFolder, &out), "the removal is confirmed");
    assert!(log.iter().map(|o| o.number).eq(1..=disk.operation_count()), "every operation has its number");
}

#[test]
fn a_set_open_in_another_program_is_left_staged_and_moved_in_later() {
    let renames_over_the_old_set = |operations| {
        let (keep, out) = with_old_set();
        let quiet = Disk::recording();
        publish(&quiet, &out, "old", "a1").expect("published");
        let aside = quiet
            .operations()
            .iter()
            .find(|o| o.path.ends_with(".previous-2026-10-31") && o.kind == OperationKind::Rename)
            .map(|o| o.number);
        let fault = Fault { at: aside.expect("the old set steps aside"), kind: FaultKind::OpenElsewhere { operations } };
        let outcome = publish(&Disk::faulty(fault), &out, "new", "b2").expect("not an error");
        (keep, out, outcome)
    };
    let (_keep, out, outcome) = renames_over_the_old_set(39);
    assert!(matches!(outcome, PublishOutcome::Published { .. }), "closed in time");
    assert_eq!(files(&out.join("2026-10-31")), set("new"));

    let (_keep, out, outcome) = renames_over_the_old_set(40);
    let staged = out.join(format!(".ready-2026-10-31-b2p{}", std::process::id()));
    assert_eq!(outcome, PublishOutcome::Staged { staged: staged.clone(), folder: out.join("2026-10-31") });
    assert_eq!((files(&staged), files(&out.join("2026-10-31"))), (set("new"), set("old")));
    let repairs = repair(&Disk::real(), &out).expect("repaired");
    assert_eq!(repairs, [Repair::MovedIn("2026-10-31".into())]);
    assert_eq!(files(&out.join("2026-10-31")), set("new"));
}

#[test]
fn a_reader_never_finds_a_mixture() {
    let (_keep, out) = with_old_set();
    let done = AtomicBool::new(false);
    let manifest = || fs::read(out.join("2026-10-31/manifest.json")).ok();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = 0;
            while !done.load(Ordering::SeqCst) {
                let before = manifest();
                let ledger = fs::read(out.join("2026-10-31/data/ledger.csv"));
                if let (Some(before), Ok(ledger)) = (before, ledger)
                    && manifest().as_ref() == Some(&before)
                {
                    let version = |bytes: &[u8]| String::from_utf8_lossy(bytes).rsplit(' ').next().map(str::to_string);
                    assert_eq!(version(&before), version(&ledger));
                    seen += 1;
                }
            }
            seen
        });
        for round in 0..40 {
            publish(&Disk::real(), &out, &format!("v{round}"), "c3").expect("published");
        }
        done.store(true, Ordering::SeqCst);
        assert!(reader.join().expect("the reader saw no mixture") > 0);
    });
}

#[test]
fn a_rerun_changes_nothing() {
    let (_keep, out) = with_old_set();
    let before = files(&out);
    publish(&Disk::real(), &out, "old", "a1").expect("published");
    assert_eq!(files(&out), before);
}

#[test]
fn a_set_dropped_before_it_is_published_leaves_nothing() {
    let (_keep, out) = with_old_set();
    let before = files(&out);
    let disk = Disk::real();
    let mut staging = Staging::begin(&disk, &out, "2026-10-31", "b2").expect("begun");
    staging.write("data/x.csv", b"x").expect("written");
    drop(staging);
    assert_eq!(files(&out), before);
    assert_eq!(disk.list_folder(&out).expect("listed"), ["2026-10-31"]);
}

#[test]
fn no_name_leads_out_of_the_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::real();
    let mut staging = Staging::begin(&disk, folder.path(), "set", "a1").expect("begun");
    for name in ["../x", "/x", "a/../../x", "con", "a//b", "", "x\0y", ".hidden", "C:\\x", "a\\b", "a/."] {
        assert!(staging.write(name, b"x").is_err(), "{name:?}");
    }
    staging.write("x", b"x").expect("a plain name");
    assert!(staging.write("x", b"y").is_err(), "no file is written twice");
    for (name, run) in [("../set", "a1"), ("", "a1"), ("set", "a-1"), ("set", ""), ("set", "../a")] {
        assert!(Staging::begin(&disk, folder.path(), name, run).is_err(), "{name:?} {run:?}");
    }
}

#[test]
fn of_two_hundred_races_for_a_name_one_wins_and_nothing_is_overwritten() {
    for round in 0..200 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let race = |racer: u8| {
            let disk = Disk::real();
            if round % 2 == 0 {
                return disk.create_new_file(&path.join("0001.json"), &[racer]).expect("made or not");
            }
            let mut staging = Staging::begin(&disk, path, "0001", &format!("r{racer}")).expect("begun");
            staging.write("month.json", &[racer]).expect("written");
            staging.publish_new().expect("made or not")
        };
        let outcomes: Vec<Created> = std::thread::scope(|scope| {
            let race = &race;
            let racers: Vec<_> = (0..4).map(|racer| scope.spawn(move || race(racer))).collect();
            racers.into_iter().map(|racer| racer.join().expect("a racer")).collect()
        });
        let winners: Vec<u8> =
            (0..4).zip(outcomes).filter(|(_, created)| *created == Created::New).map(|(racer, _)| racer).collect();
        let kept: Vec<Vec<u8>> = files(path).into_values().collect();
        assert_eq!(kept, [winners], "round {round}");
    }
}

#[test]
fn a_file_is_replaced_as_a_whole_at_any_fault() {
    for kind in [FaultKind::Abort, FaultKind::TornWrite, FaultKind::InputOutput, FaultKind::NoSpace] {
        for at in 1..20 {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("settings.toml");
            Disk::real().replace_file(&path, b"old").expect("made");
            let outcome = Disk::faulty(Fault { at, kind }).replace_file(&path, b"new");
            let found = fs::read(&path).expect("there");
            assert!(found == b"new" || (found == b"old" && outcome.is_err()), "{kind:?} at {at}");
            repair(&Disk::real(), folder.path()).expect("repaired");
            assert_eq!(files(folder.path()).len(), 1, "no stray file");
        }
    }
}

#[test]
fn a_new_folder_is_confirmed_in_the_folder_above() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::recording();
    disk.create_folder(&folder.path().join("a/b")).expect("made");
    let steps = disk.operations().into_iter().filter(|o| o.kind != OperationKind::Inspect);
    let steps: Vec<(OperationKind, PathBuf)> = steps.map(|o| (o.kind, o.path)).collect();
    let (root, a) = (folder.path().to_path_buf(), folder.path().join("a"));
    let expected = [
        (OperationKind::CreateFolder, a.clone()),
        (OperationKind::SyncFolder, root),
        (OperationKind::CreateFolder, a.join("b")),
        (OperationKind::SyncFolder, a),
    ];
    assert_eq!(steps, expected);
}

#[test]
fn a_replaced_file_is_confirmed_before_and_after_it_takes_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::recording();
    disk.replace_file(&folder.path().join("x"), b"x").expect("made");
    let kinds: Vec<OperationKind> = disk.operations().iter().map(|o| o.kind).collect();
    let expected = [
        OperationKind::CreateFile,
        OperationKind::WriteFile,
        OperationKind::SyncFile,
        OperationKind::Rename,
        OperationKind::SyncFolder,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn additions_go_to_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.jsonl");
    for line in ["one\n", "two\n"] {
        Disk::real().append_file(&path, line.as_bytes()).expect("added");
    }
    assert_eq!(fs::read(&path).expect("there"), b"one\ntwo\n");
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x");
    fs::write(&path, [7; 100]).expect("written");
    let disk = Disk::real();
    for (limit, readable) in [(99, false), (100, true), (101, true)] {
        assert_eq!(disk.read_file(&path, limit).is_ok(), readable, "limit {limit}");
    }
    let error = disk.read_file(&path, 99).expect_err("too large").to_string();
    assert!(error.contains("100 bytes") && error.contains("99"), "{error}");
    assert!(disk.read_file(folder.path(), 100).expect_err("a folder").to_string().contains("it is a folder"));
    let missing = folder.path().join("missing");
    assert!(disk.read_file(&missing, 100).expect_err("missing").to_string().contains("does not exist"));
    assert_eq!(disk.read_file_if_there(&missing, 100).expect("no error"), None);
}

#[cfg(unix)]
#[test]
fn links_and_devices_in_a_tree_are_listed_and_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.csv"), "x").expect("written");
    let root = folder.path();
    fs::create_dir(root.join("b")).expect("made");
    for name in ["b/2.csv", "b/1.csv", "a.csv", "c.csv"] {
        fs::write(root.join(name), name).expect("written");
    }
    std::os::unix::fs::symlink(outside.path(), root.join("out")).expect("linked");
    std::os::unix::fs::symlink(root, root.join("b/loop")).expect("linked");
    let socket = std::os::unix::net::UnixListener::bind(root.join("socket")).expect("bound");
    let tree = Disk::real().list_tree(root).expect("listed");
    let names: Vec<&str> = tree.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.csv", "b/1.csv", "b/2.csv", "c.csv"]);
    assert_eq!(tree.files[1].bytes, 7);
    let skipped: Vec<&str> = tree.skipped.iter().map(|skipped| skipped.name.as_str()).collect();
    assert_eq!(skipped, ["b/loop", "out", "socket"]);
    assert!(Disk::real().read_file(&root.join("socket"), 10).is_err());
    drop(socket);
    Disk::real().remove_tree(root).expect("removed");
    assert!(outside.path().join("secret.csv").exists(), "what a link points to is not removed");
}

#[test]
fn a_tree_has_a_depth() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = |levels: usize| folder.path().join(vec!["d"; levels].join("/"));
    for (levels, allowed) in [(MAX_TREE_DEPTH - 1, true), (MAX_TREE_DEPTH, true), (MAX_TREE_DEPTH + 1, false)] {
        fs::create_dir_all(deep(levels)).expect("made");
        assert_eq!(Disk::real().list_tree(folder.path()).is_ok(), allowed, "{levels} levels");
    }
}
