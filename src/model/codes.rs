//! The kinds of finding that building the portfolio raises.

use crate::base::finding::{Code, Severity};

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $title:literal $meaning:literal;)*) => {
        $(
            #[doc = $title]
            pub const $name: Code = Code::new($id, Severity::$severity, $title, $meaning);
        )*

        /// Every code of this layer.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    UNKNOWN_REFERENCE "M001" Error "no such record"
        "The cell names a record that its register does not hold. Nothing that merely looks alike is used; the hint proposes it.";
    REGISTER_MISSING "M002" Info "references not checked"
        "Records name ids of a register that no workbook gives, so that they could not be checked.";
    INITIATIVE_NOT_LISTED "M003" Warning "initiative not listed"
        "Activities belong to an initiative that the Initiatives table does not list. It is used with the reporting currency and without owner or budget.";
    NO_INITIATIVES_TABLE "M004" Info "initiative known only from other tables"
        "No workbook gives the Initiatives table; initiatives are taken from the records that name them.";
    AMBIGUOUS_ACTIVITY "M005" Error "several activities have this id"
        "An activity id without its initiative is found in several initiatives.";
    PREVIOUS_ID "M006" Info "previous id used"
        "The cell names an initiative by an id that it had before.";
    NAMED_BY_NAME "M007" Info "person named by name"
        "The cell holds a person's name, which one person alone bears, instead of the Person ID.";
    LISTED_TWICE "M008" Error "listed twice"
        "Two rows have the same key. The first counts.";
    OWNER_HAS_LEFT "M009" Warning "owner has left"
        "Somebody whose last day has passed still owns something open.";
    DATES_OUT_OF_ORDER "M011" Error "dates in the wrong order"
        "A first date lies after the date that must follow it.";
    PREVIOUS_ID_CLASH "M012" Warning "previous id is not unique"
        "A previous id is another initiative's id, or is claimed by two. It stands for neither.";
    NAMES_ITSELF "M013" Warning "names itself"
        "A record points at itself.";
    NO_OBJECTIVE "M014" Warning "initiative without an objective"
        "An initiative should serve an objective of the strategy.";
    WEIGHTS "M015" Warning "weights do not add up"
        "Weights of one group must add up to 100 %.";
    CIRCULAR_PARENT "M016" Error "parents lead back"
        "A chain of parents, or of records that replace one another, leads back to where it began.";
    AMOUNT_TOO_LARGE "M017" Error "amount too large"
        "An amount of more than a million thousand millions is a slip of the keyboard; it is left out.";
    EXCLUDED_RUNS "M018" Warning "initiatives that exclude each other both run"
        "An initiative that excludes another, or is excluded by it, cannot run beside it.";
    REQUIRED_STOPPED "M019" Warning "required initiative is cancelled"
        "An initiative needs another one that is cancelled.";
    MILESTONE_WITH_DURATION "M020" Warning "milestone with a duration"
        "Milestones, gates, reviews and celebrations are points in time.";
    DURATION_UNUSABLE "M021" Error "duration cannot be used"
        "A duration below zero, or a share of another, is no duration of an activity.";
    CONSTRAINT_WITHOUT_TYPE "M023" Warning "constraint date without a type"
        "A constraint date means nothing without a constraint type.";
    COMPLETE_WITHOUT_FINISH "M024" Error "complete without a finish"
        "100 % complete needs an actual finish.";
    FINISH_WITH_WORK_LEFT "M025" Warning "finished with work left"
        "An activity with an actual finish is complete and has nothing remaining.";
    ACTUAL_AFTER_AS_OF "M027" Error "actual date in the future"
        "An actual date lies after the as-of date. It is left out.";
    PROGRESS_WITHOUT_START "M028" Warning "progress without a start"
        "There is progress on an activity that has not started.";
    ESTIMATE_INCOMPLETE "M029" Warning "estimate lacks a point"
        "A three-point estimate needs all three points.";
    APPORTIONED_TO_NOTHING "M030" Error "apportioned to nothing"
        "An apportioned activity must follow another one, and no circle of them.";
    STEPS_UNREADABLE "M031" Warning "steps cannot be read"
        "Weighted steps are weights and names such as 40 design; 60 build.";
    STEP_WEIGHTS "M032" Info "step weights are not 100"
        "The weights of the steps are taken in proportion.";
    SUMMARY_INFERRED "M033" Info "taken as a summary row"
        "The row has no type and stands above other rows by its WBS code.";
    SUMMARY_CODE_TWICE "M034" Warning "two summary rows with one code"
        "Two summary rows of an initiative have the same WBS code.";
    HAMMOCK_WITH_CONSTRAINT "M035" Warning "constraint on a hammock"
        "A hammock takes its dates from the activities that it spans.";
    CALENDAR_UNUSABLE "M040" Error "calendar cannot be used"
        "A calendar's definition has a fault. The default calendar takes its place.";
    UNKNOWN_CALENDAR "M041" Error "no such calendar"
        "A record names a calendar that the Calendars table does not hold. The default calendar takes its place.";
    HOURS_UNREADABLE "M042" Error "working hours cannot be read"
        "The working hours of a day cannot be understood.";
    LINK_TO_ITSELF "M050" Error "dependency on itself"
        "A dependency must join two different activities. It is left out.";
    LINK_TWICE "M051" Warning "dependency listed twice"
        "Two rows give the same type of link between the same activities. The first counts.";
    CIRCLE "M052" Error "circle of dependencies"
        "The links lead back to where they began, so that no date can be computed. The link that closes the loop is left out.";
    LINK_ON_SUMMARY "M053" Warning "dependency on a summary row"
        "Links belong between activities. This one is read as links of the activities below the summary row.";
    LINK_INSIDE_SUMMARY "M054" Error "dependency on a summary row cannot be used"
        "A link between a summary row and its own part, on a summary row without work, or beyond the limit of links, is left out.";
    NEGATIVE_LAG "M055" Info "lead (negative lag)"
        "A lead hides what the successor really waits for. Source: DCMA 14-point assessment, check 2.";
    START_TO_FINISH "M056" Info "start-to-finish dependency"
        "SF links are rarely meant.";
    PROMISED_TOO_LATE "M057" Warning "promised later than needed"
        "The promised date of a dependency lies after its need-by date.";
    LINK_NOT_AGREED "M058" Warning "dependency not agreed"
        "The two sides of a dependency have not agreed.";
    PROGRESS_AFTER_AS_OF "M060" Info "report later than the as-of date"
        "Progress reported for a later status date is kept out of this run.";
    PROGRESS_FALLS "M061" Warning "progress falls"
        "Percent complete is lower than in an earlier report.";
    REBASELINE_UNEXPLAINED "M062" Warning "re-baseline without reason or approver"
        "A baseline that replaces another needs a reason and an approver.";
    NO_BEARER "M070" Error "neither resource nor role"
        "A rate or an assignment needs a resource or a role.";
    NO_RATE "M071" Warning "no rate"
        "Work is assigned to somebody for whom Rates has no row; it has no cost.";
    NEGATIVE_ASSIGNMENT "M072" Error "assignment below zero"
        "Units and fixed costs of an assignment are 0 or more.";
    RESOURCE_UNAVAILABLE "M073" Error "resource used when not available"
        "Work is assigned outside the days on which the resource is available.";
    RATE_STARTS_LATE "M074" Warning "rate starts after the work"
        "Work is assigned before the first rate of the resource or role holds; that part has no cost.";
    COST_CODE_UNKNOWN "M079" Warning "cost code not listed"
        "The line names an initiative of its own, which counts, and a cost code that Cost codes does not list.";
    FINER_THAN_MINOR_UNIT "M080" Error "amount finer than the currency's smallest unit"
        "A ledger holds whole pence, cents or yen. The line is held back, and its amount listed.";
    LEDGER_UNASSIGNED "M081" Warning "ledger line maps to no initiative"
        "Neither the line's initiative nor its cost code leads to an initiative. Its money is in the bucket \"unassigned\".";
    LEDGER_AFTER_AS_OF "M082" Info "ledger line after the as-of date"
        "The line is posted after the as-of date. It is counted apart and enters no figure.";
    PERIOD_DIFFERS "M083" Warning "period differs from the posting date"
        "The posting date decides the period; the cell says another.";
    COST_CODE_DIFFERS "M084" Warning "cost code leads to another initiative"
        "The line names one initiative and its cost code leads to another. The line's own counts.";
    MOSTLY_NEGATIVE "M085" Warning "amounts mostly negative"
        "Positive is cost; a source whose lines are mostly negative probably has its sign turned.";
    REVERSAL_ADDS "M086" Warning "reversal or release above zero"
        "Reversals and releases take back; their amounts are below zero.";
    PLAN_OUTSIDE_LIFE "M087" Warning "money outside the initiative's life"
        "A budget line lies in a period before the initiative starts or after it finishes.";
    UNKNOWN_WORK "M088" Warning "no such activity or WBS code"
        "A budget or forecast line names an activity or WBS code that the initiative's plan does not have.";
    BUDGET_VERSIONS "M089" Info "several budget versions"
        "An initiative has budget lines of several versions; the latest counts.";
    RATE_TWICE "M090" Error "exchange rate given twice"
        "Two rows give a rate of the same kind for the same day or period. The first counts.";
    RATE_NOT_POSITIVE "M091" Error "exchange rate is not positive"
        "An exchange rate is above zero. The row is left out.";
    RATES_DISAGREE "M092" Warning "exchange rates disagree"
        "A rate and its inverse, or a rate and the two through a third currency, differ by more than the tolerance.";
    RATE_OF_ONE "M093" Warning "exchange rate of a currency to itself"
        "A currency is worth itself; the row says nothing, or something wrong.";
    RATE_MISSING "M094" Error "exchange rate missing"
        "Money in this currency cannot be converted; it is shown in its own currency and left out of totals. A missing rate is never taken as 1.";
    RISK_IS_ISSUE "M100" Warning "certain risk"
        "A risk of 100 % probability has happened or will: it is an issue.";
    RISK_IMPOSSIBLE "M101" Warning "risk that cannot happen"
        "An open risk of 0 % probability does nothing.";
    RESIDUAL_ABOVE_INHERENT "M102" Warning "residual above inherent"
        "After the response a threat should not be larger than before, nor an opportunity smaller.";
    RISK_WITHOUT_IMPACT "M103" Info "risk without an impact"
        "An open risk has no cost, no days and no impact score; it cannot be ranked.";
    OPEN_BUT_CLOSED "M104" Warning "open with a closing date"
        "The status says open and a date says closed, or the other way round.";
    ISSUE_UNESCALATED "M105" Warning "severity 1 not escalated"
        "An open issue of severity 1 names nobody to whom it is escalated.";
    FUTURE_RECORD "M106" Warning "dated after the as-of date"
        "Something that has happened is dated after the as-of date.";
    SHARES_ABOVE_WHOLE "M110" Error "group shares above 100 %"
        "The shares of benefits that must not be counted twice add up to more than 100 %.";
    BENEFIT_WITHOUT_CHANGE "M111" Warning "target equals baseline"
        "A benefit or KPI whose target equals its baseline changes nothing.";
    REALISED_BEFORE_START "M112" Warning "benefit before its start"
        "A benefit is read in a period before it starts.";
    READING_IN_FUTURE "M113" Warning "reading of a later period"
        "A reading belongs to a period that begins after the as-of date. It is kept out.";
    CLAIM_NOT_VALIDATED "M114" Info "claimed, not validated"
        "A reading without evidence or without finance's validation counts as claimed, not as realised.";
    THRESHOLDS "M120" Error "thresholds in the wrong order"
        "Where more is better the green threshold lies above the red one; where less is better, below it.";
    LAGGING_WITHOUT_LEADING "M121" Info "lagging KPI without a leading one"
        "A lagging KPI should have a leading one below it, which warns in time.";
    KPI_WITHOUT_READING "M122" Info "KPI without a reading"
        "Nothing has been read for the KPI up to the as-of date.";
    DECISION_INCOMPLETE "M130" Warning "decision incomplete"
        "A decision that is taken says what was decided, by whom and when.";
    BUDGET_WITHOUT_PLAN "M140" Warning "budget without a plan"
        "An initiative has a budget and no activities.";
    PLAN_WITHOUT_BUDGET "M141" Warning "plan without a budget"
        "An initiative has activities and neither budget lines nor an approved budget.";
    PROGRESS_WITHOUT_COST "M142" Warning "progress without cost"
        "An initiative reports progress and has no actual cost.";
    COST_WITHOUT_PROGRESS "M143" Warning "cost without progress"
        "An initiative has actual cost and reports no progress.";
    BENEFIT_BEFORE_INITIATIVE "M145" Warning "benefit before its initiative"
        "A benefit starts before the initiative that brings it has begun.";
    BUDGET_DIFFERS "M146" Info "budget lines differ from the approved budget"
        "The sum of an initiative's budget lines is not its approved budget.";
    SUMMARY_WITHOUT_WORK "M147" Info "summary row without work"
        "A summary row has no activities below it.";
    UNACCEPTED "M148" Warning "deliverable late"
        "A deliverable is due and not accepted.";
    OPTION_UNKNOWN "M150" Error "no such schedule option"
        "The row names a rule of scheduling that does not exist. It changes nothing.";
    OPTION_VALUE_UNKNOWN "M151" Error "no such value of the option"
        "The rule of scheduling cannot take this value. It keeps the one it had.";
    OTHER_DATA_DATE "M152" Info "the plan was scheduled to another data date"
        "The planner's file was last scheduled to a date that is not the data date of this run, so its own dates differ from those computed here.";
    CHANGE_NOT_ABOVE_ZERO "M160" Error "change of nothing, or of less"
        "A budget change has an amount above zero; its type says which way it goes. The row is left out.";
    BELOW_ZERO "M161" Error "amount below zero"
        "Orders, funding, movements of a reserve and limits of authority are never below zero. The row is left out.";
    CHANGE_SIDES "M162" Error "sides do not go with the type of change"
        "A virement has a giving and a receiving side; an increase, a decrease and a re-phase concern one initiative. The row is left out.";
    CHANGE_UNEXPLAINED "M164" Warning "change without reason or requester"
        "Whoever reviews a budget change needs to know why, and who asked for it.";
    APPROVER_UNKNOWN "M165" Warning "approver not known"
        "The approver is neither a person of People nor a body or role of Authority limits, so nobody can say whether they may approve it.";
    APPROVED_LATER "M166" Info "approved after the as-of date"
        "The change was approved after the as-of date. It is not in force in this run.";
    CHANGE_CURRENCIES "M168" Warning "change between two currencies"
        "The two initiatives have different currencies and the change names none.";
    DATED_LATER "M169" Info "dated after the as-of date"
        "An order or a movement of a reserve of a later day. It is left out of this run.";
    RESERVE_OPENED_TWICE "M170" Error "reserve opened twice"
        "A reserve has one opening balance; what comes later is an addition. Only the first counts.";
    RESERVE_BEFORE_OPENING "M171" Warning "reserve moves before it opens"
        "A reserve cannot move before its opening balance.";
    RISK_OF_ANOTHER "M172" Warning "drawn for another initiative's risk"
        "An initiative's reserve is for its own risks.";
    MATCH_SHARE "M173" Error "match share outside 0 % to 100 %"
        "The share of each cost that a source bears is above 0 % and at most 100 %.";
    FUNDING_LAPSES_FIRST "M174" Error "funding lapses before it begins"
        "The expiry of a source lies before the first day on which it may be used.";
    FUNDING_SOURCE_UNKNOWN "M175" Warning "funding source not listed"
        "A budget names a source of funds that the table Funding does not list, so that nobody can say whether it is covered.";
    AUTHORITY_NOT_RISING "M176" Error "limit of authority does not rise"
        "The level above may approve no more than the level below: whatever is too large here cannot be approved there.";
    AUTHORITY_CIRCLE "M177" Error "levels of authority lead back"
        "The levels lead back to where they began, so that nobody decides in the end.";
    AUTHORITY_GAP "M178" Error "next level has no limit"
        "The level above is none that has a limit for this kind of decision, nor for any.";
    NOBODY_ABOVE "M179" Warning "nobody decides above the limit"
        "The last level has a limit, and larger amounts have nobody to approve them.";
    NO_LIMIT_YET_ESCALATES "M180" Warning "no limit, and yet escalates"
        "Whoever has no limit has no need of a level above.";
    LEDGER_LATE_ITEM "M181" Warning "ledger line for a closed period"
        "The line was entered after the period of its posting date had closed. It counts in the next period that was open, and is tagged with its own.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_told_once() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
