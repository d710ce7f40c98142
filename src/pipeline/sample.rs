//! The sample portfolio, built in, for `throughline init --sample`. A test holds the list equal to the folder.

/// Name below the workspace and bytes of each file.
pub const SAMPLE: &[(&str, &[u8])] = &[
    ("portfolio.toml", include_bytes!("../../sample_data/portfolio.toml")),
    ("inputs/benefits.xlsx", include_bytes!("../../sample_data/inputs/benefits.xlsx")),
    ("inputs/budget-control.xlsx", include_bytes!("../../sample_data/inputs/budget-control.xlsx")),
    ("inputs/calendars.xlsx", include_bytes!("../../sample_data/inputs/calendars.xlsx")),
    ("inputs/finance.xlsx", include_bytes!("../../sample_data/inputs/finance.xlsx")),
    ("inputs/governance.xlsx", include_bytes!("../../sample_data/inputs/governance.xlsx")),
    ("inputs/initiatives.xlsx", include_bytes!("../../sample_data/inputs/initiatives.xlsx")),
    ("inputs/kpis.xlsx", include_bytes!("../../sample_data/inputs/kpis.xlsx")),
    ("inputs/ledger-2025.xlsx", include_bytes!("../../sample_data/inputs/ledger-2025.xlsx")),
    ("inputs/ledger-2026.xlsx", include_bytes!("../../sample_data/inputs/ledger-2026.xlsx")),
    ("inputs/ledger-eu-branch.csv", include_bytes!("../../sample_data/inputs/ledger-eu-branch.csv")),
    ("inputs/orders.xlsx", include_bytes!("../../sample_data/inputs/orders.xlsx")),
    ("inputs/plan-customer-portal.xlsx", include_bytes!("../../sample_data/inputs/plan-customer-portal.xlsx")),
    ("inputs/plan-data-platform.xml", include_bytes!("../../sample_data/inputs/plan-data-platform.xml")),
    ("inputs/plan-depot-consolidation.xlsx", include_bytes!("../../sample_data/inputs/plan-depot-consolidation.xlsx")),
    ("inputs/plan-erp-finance.xlsx", include_bytes!("../../sample_data/inputs/plan-erp-finance.xlsx")),
    ("inputs/plan-field-app.xlsx", include_bytes!("../../sample_data/inputs/plan-field-app.xlsx")),
    ("inputs/plan-network-telemetry.xlsx", include_bytes!("../../sample_data/inputs/plan-network-telemetry.xlsx")),
    ("inputs/plan-safety-training.xer", include_bytes!("../../sample_data/inputs/plan-safety-training.xer")),
    ("inputs/plan-smart-metering.xlsx", include_bytes!("../../sample_data/inputs/plan-smart-metering.xlsx")),
    ("inputs/progress-data-platform.xlsx", include_bytes!("../../sample_data/inputs/progress-data-platform.xlsx")),
    ("inputs/progress-safety-training.xlsx", include_bytes!("../../sample_data/inputs/progress-safety-training.xlsx")),
    ("inputs/resources.xlsx", include_bytes!("../../sample_data/inputs/resources.xlsx")),
    ("inputs/risks.xlsx", include_bytes!("../../sample_data/inputs/risks.xlsx")),
];
