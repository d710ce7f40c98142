//! # Throughline
pub mod analysis;
pub mod base;
pub mod model;
pub mod render;
pub mod report;
pub mod source;
pub mod table;
