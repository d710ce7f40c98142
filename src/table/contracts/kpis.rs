//! KPIs, their targets and their readings.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, id, number, percent, period, reference, text};

pub(super) fn kpis() -> Contract {
    contract("KPIs", "kpis.xlsx", "What is measured, of which objective or initiative, and from where on it is green or red.")
        .fields(vec![
            id("KPI ID").needed().also("KPI|KPI code|Measure ID|Metric ID|Indicator ID").help("A short code that targets and readings use.").example("KPI-01"),
            text("Name").needed().also("KPI name|Measure|Metric|Indicator|Title").help("What is measured.").example("Share of orders placed online"),
            choice("Kind", "leading=lead,input|lagging=lag,outcome,output|process=operational|milestone=ms").needed().also("KPI type|Type|KPI kind|Indicator type").help("Leading, lagging, process or milestone.").example("lagging"),
            reference("Objective", "Objectives").also("Objective ID|Strategic objective|Goal").help("Objective ID that it measures; or give an initiative.").example("OBJ-01"),
            reference("Initiative", "Initiatives").also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that it measures; or give an objective.").example(""),
            text("Formula or source").also("Formula|Source|Definition|Data source|Calculation").help("How it is computed, or where it comes from.").example("Online orders / all orders"),
            text("Unit").also("Unit of measure|UOM|Units").help("Unit of its values.").example("%"),
            choice("Direction", "up=higher,higher is better,increase,max,maximise,maximize|down=lower,lower is better,decrease,min,minimise,minimize|target=on target,range,nearer is better")
                .needed()
                .also("Better|Good is|Polarity|Desired direction")
                .help("Up where more is better, down where less is, target where nearer is.")
                .example("up"),
            number("Baseline").also("Start value|Baseline value|Starting value").help("The value at the start.").example("35"),
            number("Green threshold").also("Green|Green from|Green limit").help("Green from here on.").example("60"),
            number("Red threshold").also("Red|Red from|Red limit").help("Red from here on.").example("45"),
            reference("Owner", "People").needed().also("Owner ID|KPI owner|Responsible|Accountable").help("Person ID of the person who answers for it.").example("P-001"),
            reference("Parent", "KPIs").also("Parent KPI|Parent ID|Rolls up to").help("KPI ID that it rolls up to.").example(""),
            percent("Weight").also("Weighting|Importance").help("Share of its parent; shares add up to 100 %.").example("50%"),
            choice("Aggregation", "sum=total,add|average=avg,mean|last=latest,end of period|weighted=weighted average").also("Aggregate|Roll-up|Aggregation method").help("How readings of a longer period are put together; last where blank.").example("last"),
            choice("Frequency", "weekly=week,w|monthly=month,m|quarterly=quarter,q|yearly=annual,annually,year,y").also("Reporting frequency|Measured|Cadence").help("How often it is read; monthly where blank.").example("monthly"),
        ])
        .key("kpi_id")
        .one_of("objective|initiative")
}

pub(super) fn kpi_targets() -> Contract {
    contract("KPI targets", "kpis.xlsx", "The value that a KPI is to reach in a period.")
        .fields(vec![
            reference("KPI", "KPIs").needed().also("KPI ID|KPI code|Measure ID|Metric ID").help("KPI ID.").example("KPI-01"),
            period("Period")
                .needed()
                .also("Fiscal period|Month|Reporting period|Date")
                .help("FY2027-P04, a date, or a month.")
                .example("FY2027-P12"),
            number("Value").needed().also("Target|Target value").help("The value to reach, in the KPI's unit.").example("60"),
            text("Comment").also("Comments|Note|Remark").help("Anything worth saying.").example(""),
        ])
        .key("kpi|period")
}

pub(super) fn kpi_readings() -> Contract {
    contract("KPI readings", "kpis.xlsx", "The value that a KPI had in a period.")
        .fields(vec![
            reference("KPI", "KPIs").needed().also("KPI ID|KPI code|Measure ID|Metric ID").help("KPI ID.").example("KPI-01"),
            period("Period")
                .needed()
                .also("Fiscal period|Month|Reporting period|Date")
                .help("FY2027-P04, a date, or a month.")
                .example("FY2027-P07"),
            number("Value")
                .needed()
                .also("Actual|Reading|Actual value|Measured|Result")
                .help("The value measured, in the KPI's unit.")
                .example("52"),
            text("Comment").also("Comments|Note|Remark").help("Anything worth saying.").example(""),
        ])
        .key("kpi|period")
}
