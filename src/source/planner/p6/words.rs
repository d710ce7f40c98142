//! The words of Primavera P6, as XER and XML spell them, and what they are called in the plan's tables.

use crate::source::planner::desk::Words;

pub const TYPES: &Words = &[
    ("TT_Task", "task"),
    ("Task Dependent", "task"),
    ("TT_Rsrc", "resource task"),
    ("Resource Dependent", "resource task"),
    ("TT_LOE", "hammock"),
    ("Level of Effort", "hammock"),
    ("TT_Mile", "start milestone"),
    ("Start Milestone", "start milestone"),
    ("TT_FinMile", "finish milestone"),
    ("Finish Milestone", "finish milestone"),
    ("TT_WBS", "WBS summary"),
    ("WBS Summary", "WBS summary"),
];

pub const STATUS: &Words = &[
    ("TK_NotStart", "not started"),
    ("Not Started", "not started"),
    ("TK_Active", "active"),
    ("In Progress", "active"),
    ("TK_Complete", "complete"),
    ("Completed", "complete"),
];

pub const CONSTRAINTS: &Words = &[
    ("CS_MSO", "start on"),
    ("Start On", "start on"),
    ("CS_MSOA", "start no earlier than"),
    ("Start On or After", "start no earlier than"),
    ("CS_MSOB", "start no later than"),
    ("Start On or Before", "start no later than"),
    ("CS_MEO", "finish on"),
    ("Finish On", "finish on"),
    ("CS_MEOA", "finish no earlier than"),
    ("Finish On or After", "finish no earlier than"),
    ("CS_MEOB", "finish no later than"),
    ("Finish On or Before", "finish no later than"),
    ("CS_MANDSTART", "must start on"),
    ("Mandatory Start", "must start on"),
    ("CS_MANDFIN", "must finish on"),
    ("Mandatory Finish", "must finish on"),
    ("CS_ALAP", "as late as possible"),
    ("As Late As Possible", "as late as possible"),
];

pub const LINKS: &Words = &[
    ("PR_FS", "FS"),
    ("Finish to Start", "FS"),
    ("PR_SS", "SS"),
    ("Start to Start", "SS"),
    ("PR_FF", "FF"),
    ("Finish to Finish", "FF"),
    ("PR_SF", "SF"),
    ("Start to Finish", "SF"),
];

pub const PERCENTS: &Words = &[
    ("CP_Drtn", "duration"),
    ("Duration", "duration"),
    ("CP_Phys", "physical"),
    ("Physical", "physical"),
    ("CP_Units", "units"),
    ("Units", "units"),
    ("Scope", "physical"),
];

/// Levelling priorities as numbers, of which the higher goes first; normal is not written.
pub const PRIORITIES: &Words = &[
    ("PT_Top", "900"),
    ("Top", "900"),
    ("PT_High", "700"),
    ("High", "700"),
    ("PT_Normal", ""),
    ("Normal", ""),
    ("PT_Low", "300"),
    ("Low", "300"),
    ("PT_Lowest", "100"),
    ("Lowest", "100"),
];

pub const RESOURCES: &Words = &[
    ("RT_Labor", "human"),
    ("Labor", "human"),
    ("RT_Equip", "physical"),
    ("Nonlabor", "physical"),
    ("RT_Mat", "material"),
    ("Material", "material"),
];

pub const FLOATS: &Words = &[
    ("FT_FF", "finish"),
    ("Finish Float = Late Finish - Early Finish", "finish"),
    ("FT_SF", "start"),
    ("Start Float = Late Start - Early Start", "start"),
    ("FT_MIN", "smallest"),
    ("Smallest of Start Float and Finish Float", "smallest"),
];

pub const LAG_CALENDARS: &Words = &[
    ("rcal_Predecessor", "predecessor"),
    ("Predecessor Activity Calendar", "predecessor"),
    ("rcal_Successor", "successor"),
    ("Successor Activity Calendar", "successor"),
    ("rcal_24Hour", "24-hour"),
    ("24 Hour Calendar", "24-hour"),
    ("rcal_ProjDefault", "project"),
    ("rcal_ProjectDefault", "project"),
    ("Project Default Calendar", "project"),
];

pub const CRITICAL: &Words = &[
    ("CT_TotFloat", "total-float"),
    ("Critical Float", "total-float"),
    ("Total Float", "total-float"),
    ("CT_DrivPath", "longest-path"),
    ("Longest Path", "longest-path"),
];

pub const OUT_OF_SEQUENCE: &Words =
    &[("Retained Logic", "retained-logic"), ("Progress Override", "progress-override"), ("Actual Dates", "actual-dates")];
