//! What P6's XML calls the fields that XER names. Source: Oracle, *P6 EPPM API Business Objects* and *XER Import/Export
//! Data Map Guide*.

use super::Names;

pub const PROJECT: Names = &[
    ("proj_id", "ObjectId"),
    ("proj_short_name", "Id"),
    ("proj_name", "Name"),
    ("orig_proj_id", "OriginalProjectObjectId"),
    ("clndr_id", "ActivityDefaultCalendarObjectId"),
    ("last_recalc_date", "DataDate"),
    ("plan_start_date", "PlannedStartDate"),
    ("plan_end_date", "MustFinishByDate"),
    ("critical_path_type", "CriticalActivityPathType"),
    ("critical_drtn_hr_cnt", "CriticalActivityFloatThreshold"),
    ("critical_drtn_hr_cnt", "CriticalActivityFloatLimit"),
    ("out_of_sequence", "OutOfSequenceScheduleType"),
    ("sched_lag_early_start_flag", "StartToStartLagCalculationType"),
    ("sched_float_type", "ComputeTotalFloatType"),
    ("sched_calendar_on_relationship_lag", "RelationshipLagCalendar"),
    ("sched_open_critical_flag", "MakeOpenEndedActivitiesCritical"),
    ("sched_use_expect_end_flag", "UseExpectedFinishDates"),
    ("sched_use_project_end_date_for_float", "CalculateFloatBasedOnFinishDate"),
];

pub const OPTIONS: Names = &[
    ("proj_id", "ProjectObjectId"),
    ("critical_path_type", "CriticalActivityPathType"),
    ("critical_drtn_hr_cnt", "CriticalActivityFloatThreshold"),
    ("critical_drtn_hr_cnt", "CriticalActivityFloatLimit"),
    ("key_activity_for_multiple_longest_paths", "MultipleFloatPathsEndingActivityObjectId"),
    ("out_of_sequence", "OutOfSequenceScheduleType"),
    ("sched_lag_early_start_flag", "StartToStartLagCalculationType"),
    ("sched_float_type", "ComputeTotalFloatType"),
    ("sched_calendar_on_relationship_lag", "RelationshipLagCalendar"),
    ("sched_open_critical_flag", "MakeOpenEndedActivitiesCritical"),
    ("sched_use_expect_end_flag", "UseExpectedFinishDates"),
    ("sched_use_project_end_date_for_float", "CalculateFloatBasedOnFinishDate"),
    ("enable_multiple_longest_path_calc", "MultipleFloatPathsEnabled"),
    ("max_multiple_longest_path", "MaximumMultipleFloatPaths"),
    ("use_total_float_multiple_longest_paths", "MultipleFloatPathsUseTotalFloat"),
];

pub const CALENDAR: Names =
    &[("clndr_id", "ObjectId"), ("clndr_name", "Name"), ("base_clndr_id", "BaseCalendarObjectId"), ("day_hr_cnt", "HoursPerDay")];

pub const WBS: Names = &[
    ("wbs_id", "ObjectId"),
    ("proj_id", "ProjectObjectId"),
    ("parent_wbs_id", "ParentObjectId"),
    ("wbs_short_name", "Code"),
    ("wbs_name", "Name"),
];

pub const ACTIVITY: Names = &[
    ("task_id", "ObjectId"),
    ("proj_id", "ProjectObjectId"),
    ("wbs_id", "WBSObjectId"),
    ("clndr_id", "CalendarObjectId"),
    ("task_code", "Id"),
    ("task_name", "Name"),
    ("task_type", "Type"),
    ("status_code", "Status"),
    ("target_drtn_hr_cnt", "PlannedDuration"),
    ("remain_drtn_hr_cnt", "RemainingDuration"),
    ("target_start_date", "PlannedStartDate"),
    ("target_end_date", "PlannedFinishDate"),
    ("act_start_date", "ActualStartDate"),
    ("act_end_date", "ActualFinishDate"),
    ("expect_end_date", "ExpectedFinishDate"),
    ("cstr_type", "PrimaryConstraintType"),
    ("cstr_date", "PrimaryConstraintDate"),
    ("cstr_type2", "SecondaryConstraintType"),
    ("cstr_date2", "SecondaryConstraintDate"),
    ("resume_date", "ResumeDate"),
    ("priority_type", "LevelingPriority"),
    ("complete_pct_type", "PercentCompleteType"),
    ("phys_complete_pct", "PhysicalPercentComplete"),
    ("units_complete_pct", "UnitsPercentComplete"),
    ("external_early_start_date", "ExternalEarlyStartDate"),
    ("external_late_end_date", "ExternalLateFinishDate"),
];

pub const RELATIONSHIP: Names = &[
    ("task_id", "SuccessorActivityObjectId"),
    ("pred_task_id", "PredecessorActivityObjectId"),
    ("pred_proj_id", "PredecessorProjectObjectId"),
    ("pred_type", "Type"),
    ("lag_hr_cnt", "Lag"),
];

pub const ROLE: Names = &[("role_id", "ObjectId"), ("role_short_name", "Id"), ("role_name", "Name")];

pub const RESOURCE: Names = &[
    ("rsrc_id", "ObjectId"),
    ("rsrc_short_name", "Id"),
    ("rsrc_name", "Name"),
    ("rsrc_type", "ResourceType"),
    ("role_id", "PrimaryRoleObjectId"),
    ("clndr_id", "CalendarObjectId"),
];

pub const RATE: Names = &[
    ("rsrc_id", "ResourceObjectId"),
    ("start_date", "EffectiveDate"),
    ("cost_per_qty", "PricePerUnit"),
    ("max_qty_per_hr", "MaxUnitsPerTime"),
];

pub const ASSIGNMENT: Names = &[
    ("task_id", "ActivityObjectId"),
    ("rsrc_id", "ResourceObjectId"),
    ("role_id", "RoleObjectId"),
    ("target_qty", "PlannedUnits"),
    ("target_qty_per_hr", "PlannedUnitsPerTime"),
    ("target_cost", "PlannedCost"),
];

pub const EXPENSE: Names = &[("task_id", "ActivityObjectId"), ("target_cost", "PlannedCost")];
