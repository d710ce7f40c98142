//! Activities: the work of the plan, one row an activity.

use crate::table::contract::build::{choice, contract, id, integer, moment, money, percent, reference, span, text};
use crate::table::contract::{Contract, Field};

pub(super) fn activities() -> Contract {
    let contract = contract(
        "Activities",
        "plan.xlsx",
        "The work of every initiative, down to milestones. Parent rows come from the WBS code.",
    )
    .fields([identity(), dates(), progress(), earned_value_and_cost(), ownership_and_risk()].concat())
    .key("initiative|activity_id")
    .ordered("baseline_start", "baseline_finish")
    .ordered("actual_start", "actual_finish")
    .ascending("optimistic|most_likely|pessimistic")
    .needs_when("ev_technique", "apportioned", "apportioned_to")
    .needs_when("ev_technique", "weighted steps", "steps")
    .needs("actual_finish", "actual_start");
    let contract = contract.needs_when("scheduling", "manual", "constraint_date");
    DATED_CONSTRAINTS.iter().fold(contract, |contract, word| {
        contract.needs_when("constraint_type", word, "constraint_date").needs_when(
            "secondary_constraint_type",
            word,
            "secondary_constraint_date",
        )
    })
}

const CONSTRAINTS: &str = "start no earlier than=SNET,start on or after|start no later than=SNLT,start on or before|\
     finish no earlier than=FNET,finish on or after|finish no later than=FNLT,finish on or before|\
     must start on=MSO,mandatory start|must finish on=MFO,mandatory finish|start on=SO|finish on=FO|\
     as late as possible=ALAP|as soon as possible=ASAP";

/// Constraints that mean nothing without a date.
const DATED_CONSTRAINTS: [&str; 8] = [
    "start no earlier than",
    "start no later than",
    "finish no earlier than",
    "finish no later than",
    "must start on",
    "must finish on",
    "start on",
    "finish on",
];

fn identity() -> Vec<Field> {
    vec![
        reference("Initiative", "Initiatives").needed().also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that the activity belongs to.").example("INI-01"),
        id("Activity ID")
            .needed()
            .also("Activity|Task ID|Activity code|Task code|Task number|Unique ID|Task UID|ID")
            .help("A code that is unique within the initiative.")
            .example("A230"),
        text("WBS").needed().also("WBS code|WBS ID|Outline number|WBS number|Work breakdown structure").help("Dotted code of its place in the work breakdown structure.").example("1.2.3"),
        text("Name").needed().also("Activity name|Task name|Title|Description|Task").help("The activity in a few words.").example("Build payment journey"),
        choice(
            "Type",
            "task=activity,work,normal,task dependent,resource dependent|milestone=ms|start milestone|finish milestone|decision gate=gate,stage gate,decision point,go/no-go|\
             review point=review|celebration=celebrate|hammock=level of effort,loe|summary=wbs summary,phase,parent|buffer=reserve,schedule contingency",
        )
        .also("Activity type|Task type|Kind")
        .help("What it is; task where blank. A milestone has no duration.")
        .example("task"),
        span("Duration").needed().also("Planned duration|Original duration|Dur|Duration days|At completion duration").help("Working time: 12d, 3w, 6h, or a number with the Unit column.").example("15d"),
        choice("Unit", "minutes=min,mins,minute|hours=h,hr,hrs,hour|days=d,day|weeks=w,wk,wks,week|months=mo,mth,mths,month")
            .also("Duration unit|Duration units|Time unit")
            .help("Unit of durations given as bare numbers.")
            .example("days"),
        reference("Calendar", "Calendars").also("Calendar ID|Task calendar|Activity calendar").help("Calendar ID; the default calendar where blank.").example("STD"),
        choice("Calendar basis", "activity=task,task calendar,activity calendar|resources=resource calendars|both=activity and resources,task and resource calendars")
            .also("Scheduled on|Dates from")
            .help("Whose working time its dates follow: its own calendar (where blank), its resources' calendars, or the time both work.")
            .example(""),
        choice("Scheduling", "automatic=auto,auto scheduled|manual=manually scheduled")
            .also("Task mode|Schedule mode")
            .help("Automatic where blank; a manual activity stays on its Constraint date, whatever its links say.")
            .example(""),
    ]
}

fn dates() -> Vec<Field> {
    vec![
        choice("Constraint type", CONSTRAINTS)
            .also("Constraint|Primary constraint")
            .help("A date that the logic must respect; as soon as possible where blank.")
            .example("start no earlier than"),
        moment("Constraint date").also("Primary constraint date").help("The date of the constraint.").example("2026-06-01"),
        choice("Secondary constraint type", CONSTRAINTS)
            .also("Secondary constraint|Second constraint type")
            .help("A second date that the logic must respect, usually a latest one.")
            .example(""),
        moment("Secondary constraint date").also("Second constraint date").help("The date of the second constraint.").example(""),
        moment("Expected finish")
            .also("Expected finish date|Expected to finish|Expect end date")
            .help("When its owner expects it to finish: sets the work left.")
            .example(""),
        moment("External early start")
            .also("External early start date")
            .help("The earliest start that work outside these plans allows.")
            .example(""),
        moment("External late finish")
            .also("External late finish date")
            .help("The latest finish that work outside these plans can take.")
            .example(""),
        moment("Deadline")
            .also("Deadline date|Must finish by")
            .help("The date it should be finished by; it moves nothing, but is watched.")
            .example("2026-07-31"),
        moment("Baseline start")
            .also("BL start|BL project start|Baseline 0 start")
            .help("Start in the approved baseline.")
            .example("2026-06-01"),
        moment("Baseline finish")
            .also("BL finish|Baseline end|BL project finish|Baseline 0 finish")
            .help("Finish in the approved baseline.")
            .example("2026-06-19"),
        span("Baseline work")
            .also("BL work|Baseline labour units|Baseline effort")
            .help("Work in the approved baseline.")
            .example("240h"),
        money("Baseline cost").also("BL cost|Baseline total cost").help("Cost in the approved baseline.").example("18000"),
        moment("Actual start")
            .also("Started|Started on|AS|Act start")
            .help("When it started; blank until then.")
            .example("2026-06-02"),
        moment("Actual finish")
            .also("Finished|Finished on|AF|Act finish|Actual end|Completed on")
            .help("When it finished; blank until then.")
            .example(""),
    ]
}

fn progress() -> Vec<Field> {
    vec![
        percent("Percent complete")
            .also("% complete|Progress|% done|Percent done|Complete|Activity % complete|Pct complete")
            .help("How much is done.")
            .example("40%"),
        choice("Percent complete kind", "duration|physical=scope|units=work,effort")
            .also("Percent complete type|% complete type|Percent complete basis")
            .help("What the percentage measures; duration where blank.")
            .example("physical"),
        span("Remaining duration")
            .also("RD|Remaining|Rem duration|Rem dur")
            .help("Working time still needed at the as-of date.")
            .example("9d"),
        moment("Resume date").also("Resume").help("When suspended work goes on.").example(""),
    ]
}

fn earned_value_and_cost() -> Vec<Field> {
    vec![
        choice(
            "EV technique",
            "0/100=0-100,zero hundred|50/50=50-50,fifty fifty|25/75=25-75|weighted steps=weighted milestones,steps,milestones|percent complete=% complete,physical percent complete|\
             units=units complete,equivalent units|level of effort=LOE|apportioned=apportioned effort",
        )
        .also("Earned value technique|EV method|Earned value method|EVT|PMT")
        .help("How value is earned; percent complete where blank.")
        .example("50/50"),
        reference("Apportioned to", "Activities").also("Apportioned base|Apportioned activity").help("The activity whose progress it follows.").example(""),
        text("Steps").also("Weighted step list|Milestone weights").help("Weighted steps with their share: 40 design; 60 build.").example("40 design; 60 build"),
        money("Budget").also("Budgeted cost|BAC|Budget at completion|Budgeted total cost|Planned cost").help("Budget of the activity; computed from its assignments where blank.").example("18000"),
        money("Fixed cost").also("Fixed").help("Cost that does not depend on time or work.").example("2500"),
        money("Cost per hour").also("Hourly cost|Cost/hour").help("Cost of each working hour of the activity.").example("85"),
        choice("Cost accrual", "start|prorated=prorate,even,linear|end=finish").also("Accrual|Fixed cost accrual|Accrue at").help("When fixed cost falls due; prorated where blank.").example("prorated"),
        text("Control account").also("Control account ID|CA|CAM account|Work package").help("The control account that it is managed in.").example("CA-10"),
        text("Responsible organisation").also("Responsible organization|OBS|Responsible team|Department").help("The unit that does the work.").example("Digital delivery"),
    ]
}

fn ownership_and_risk() -> Vec<Field> {
    vec![
        span("Crash duration").also("Minimum duration|Crashed duration").help("The shortest duration that money can buy.").example("10d"),
        money("Crash cost").also("Crashed cost|Cost to crash").help("Total cost at the crash duration.").example("24000"),
        reference("Owner", "People").also("Owner ID|Responsible|Activity owner|Task owner|Assigned to|Responsible person").help("Person ID of the responsible person.").example("P-001"),
        reference("Deliverable", "Deliverables").also("Deliverable ID|Product|Output").help("The deliverable that it produces.").example("DEL-01"),
        span("Optimistic").also("Optimistic duration|O|Best case|Minimum").help("Duration if all goes well.").example("12d"),
        span("Most likely").also("Most likely duration|M|Likely|ML").help("The most likely duration.").example("15d"),
        span("Pessimistic").also("Pessimistic duration|P|Worst case|Maximum").help("Duration if much goes wrong.").example("25d"),
        choice("Distribution", "triangular=triangle|PERT=beta,beta pert|uniform=flat|normal=gaussian|lognormal=log-normal|trigen|discrete|none=fixed")
            .also("Distribution type|Duration distribution")
            .help("Shape of the three estimates; triangular where blank.")
            .example("PERT"),
        integer("Levelling priority").also("Leveling priority|Priority|Levelling prio").help("When people are short, the higher number goes first.").example("500"),
    ]
}
