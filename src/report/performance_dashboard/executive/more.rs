//! Messages from the registers: benefits that leak, people booked twice, risks that happened, decisions that wait.

use super::messages::Message;
use crate::report::performance_dashboard::context::Context;

/// The messages.
#[must_use]
pub fn messages(_context: &Context<'_>) -> Vec<Message> {
    Vec::new()
}
