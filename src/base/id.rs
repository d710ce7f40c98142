//! Typed ids. Each is the trimmed text of its key cell; two ids of different kinds never compare.

use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id of a key cell's trimmed text.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text.trim()))
            }

            /// The id's text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A person of the People table.
    PersonId;
    /// A strategic objective.
    ObjectiveId;
    /// An initiative.
    InitiativeId;
    /// A deliverable.
    DeliverableId;
    /// A working calendar.
    CalendarId;
    /// A resource.
    ResourceId;
    /// A cost code of the ledger.
    CostCodeId;
    /// A change of the budget.
    BudgetChangeId;
    /// A decision.
    DecisionId;
    /// A risk.
    RiskId;
    /// An issue.
    IssueId;
    /// A key performance indicator.
    KpiId;
    /// A benefit.
    BenefitId;
    /// The local part of an activity's key; unique within its initiative.
    ActivityId;
}

/// The key of an activity: unique in the portfolio, written `INIT/ID`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityKey {
    /// The initiative that owns the activity.
    pub initiative: InitiativeId,
    /// The activity's id inside that initiative.
    pub id: ActivityId,
}

impl fmt::Display for ActivityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.initiative, self.id)
    }
}
