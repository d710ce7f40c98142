//! # Throughline
pub mod analysis;
pub mod base;
pub mod model;
pub mod source;
pub mod table;
