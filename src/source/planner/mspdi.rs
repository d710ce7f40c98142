//! Stub.
use super::desk::Desk;
use super::plan::Plan;

pub(super) fn read(_bytes: &[u8], _desk: &mut Desk<'_>) -> Option<Plan> {
    None
}
