//! Pages that every workbook shares: About, Contents, Methods.

mod about;
mod contents;
mod methods;

pub use about::{Check, about, legend, stamp};
pub use contents::with_contents;
pub use methods::{Method, methods};
