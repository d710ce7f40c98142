//! Pages that every workbook shares: About, Contents, Methods; and what their authors share.

mod about;
mod contents;
pub mod context;
pub mod earned;
mod headlined;
pub mod message;
mod methods;
pub mod pick;
pub mod shares;
pub mod words;

pub use about::{Check, about, legend, stamp};
pub use contents::with_contents;
pub use headlined::{Headlined, kept};
pub use methods::{Method, methods};
