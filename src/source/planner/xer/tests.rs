use super::*;
use crate::source::limits::Limits;
