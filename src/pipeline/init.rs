//! A new workspace: settings, inputs and nothing that was there before changed.

use crate::base::disk::{Created, Disk, DiskError};
use crate::pipeline::sample::SAMPLE;
use crate::pipeline::workspace::SETTINGS;
use crate::render::xlsx;
use crate::report::template_book;
use crate::report::theme::Theme;
use std::path::{Path, PathBuf};

/// What to fill a new workspace with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Blank input workbooks.
    Blank,
    /// The sample portfolio.
    Sample,
}

/// Why no workspace was made.
#[derive(Debug)]
pub enum InitError {
    /// There is one already.
    Exists(PathBuf),
    /// The disk refused.
    Disk(DiskError),
    /// A template could not be rendered.
    Internal(String),
}

impl From<DiskError> for InitError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// The settings of a blank workspace.
const BLANK_SETTINGS: &str = include_str!("blank_portfolio.toml");

/// Makes a workspace and gives the names of its files.
///
/// # Errors
/// [`InitError`] where one exists, or the disk refuses.
pub fn new_workspace(disk: &Disk, dir: &Path, contents: Contents) -> Result<Vec<String>, InitError> {
    let settings = dir.join(SETTINGS);
    if disk.exists(&settings)? {
        return Err(InitError::Exists(settings));
    }
    let files = match contents {
        Contents::Blank => blank()?,
        Contents::Sample => SAMPLE.iter().map(|(name, bytes)| ((*name).to_string(), bytes.to_vec())).collect(),
    };
    for (name, _) in &files {
        if disk.exists(&dir.join(name))? {
            return Err(InitError::Exists(dir.join(name)));
        }
    }
    for (name, bytes) in &files {
        let path = dir.join(name);
        disk.create_folder(path.parent().unwrap_or(dir))?;
        if disk.create_new_file(&path, bytes)? == Created::AlreadyThere {
            return Err(InitError::Exists(path));
        }
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

fn blank() -> Result<Vec<(String, Vec<u8>)>, InitError> {
    let mut files = vec![(SETTINGS.to_string(), BLANK_SETTINGS.as_bytes().to_vec())];
    for (name, bytes) in templates().map_err(InitError::Internal)? {
        files.push((format!("inputs/{name}"), bytes));
    }
    Ok(files)
}

/// The blank input workbooks, by file name: the same bytes as in `templates/`.
///
/// # Errors
/// A message where a workbook cannot be rendered.
pub fn templates() -> Result<Vec<(String, Vec<u8>)>, String> {
    template_book::books()
        .into_iter()
        .map(|book| {
            let bytes = xlsx::bytes(&book, &Theme::default()).map_err(|error| error.to_string())?.bytes;
            Ok((format!("{}.xlsx", book.file_name), bytes))
        })
        .collect()
}
