"""The story of Larkmoor Utilities plc (fictional): what a planner would have in mind, as text.

One line an activity:   id | name | kind | days | predecessors | fixed cost (thousands) | team | options
  kind          blank task, M milestone, SM start and FM finish milestone, G decision gate, R review point, C celebration,
                H hammock, B buffer
  predecessors  A110  A120SS+5d  LU-101/A250  (finish to start unless said); lags in d, h, % of the predecessor, ed (days on
                the clock); then the lag calendar @s successor, @p project, @24 clock; then * agreed after the baselines,
                ! in the plan and not kept to
  team          2:.5 is resource RES-02 at 50 %; @Cutover manager:1 is a role that nobody fills yet
  options       site (Mon-Sat calendar)   df= days taken over days planned   cf= cost over plan
                cur= estimate of days now, for work not started   del= days the start was held up
                vendor= cat= who is paid for the fixed cost, and its category   acc= cost accrual
                ev= earned value technique   steps= its steps   b2 (added by the re-baseline)
                dl= deadline   con= constraint   con2= a second one   alap (as late as possible)   xf= expected finish
                man (kept on its constraint date by hand)   ees= elf= earliest start and latest finish set outside   on= calendar of the resource that it waits for
                cph= cost per hour   to= apportioned to
A line starting with # opens a phase (a summary row of the plan).
"""

ACTIVITIES = {
"LU-101": """
# Mobilise and procure
A100|Programme start|SM|0||0||
A110|Mobilise the programme team||20|A100|12|2:.4 3:.6 28:.2|
A120|Meter and head-end requirements||30|A110SS+10d|18|6:1 1:.3|steps=40 workshops; 60 signed requirements ev=weighted steps
A130|Tender documents for head-end and meters||25|A120|10|28:.5 6:.5|
A140|Tender period and evaluation||45|A130|25|28:.4 3:.4 1:.2|
A150|Gate 1: contract award|G|0|A140|0||
A160|Contract signature and vendor onboarding||15|A150|30|28:.4 3:.4|ev=50/50
A170|Procurement lessons review|R|0|A160|0||
# Head-end system
A210|Head-end functional design||30|A160|280|32:1 1:.3|vendor=Helvmark
A220|Head-end release 1 build||75|A210|920|32:2|vendor=Helvmark df=1.21
A230|Hosting environment for the head-end||40|A210|240|10:.4|vendor=Nimbral cat=Software
A240|Release 1 factory acceptance test||12|A220 A230|60|15:.5 16:1 37:1|ev=50/50
A250|Release 1 site acceptance test||15|A240|45|15:.5 16:1 37:1|
A260|Head-end release 2 build, multi-rate tariffs||160|A220FS+10d|1180|32:2|vendor=Helvmark df=1.22 cf=1.06 xf=2026-11-12
A270|Release 2 factory acceptance test||12|A260|70|15:.4 16:1 37:1|cur=1.25
A280|Release 2 end-to-end regression||20|A270|55|15:.5 16:1 10:.5|
A290|Vendor recovery plan review|R|0|A260|0||con=SO:2026-11-20
# Integration
A310|Integration design, head-end to billing||25|A210SS+15d|15|1:.6 10:.4|
A320|Billing interface build||45|A310 A230|60|10:.6 6:.4|
A330|Outage management interface build||30|A320SS+15d|40|10:.4|
A340|Data protection impact assessment||15|A310|22|6:.3|ev=0/100
A350|Head-end integration and acceptance||30|A270SS+25% A270FF+10d A320|65|1:.5 10:.5|
# Pilot
A410|Pilot meters and communications hubs||60|A160|190|28:.2|vendor=Tarnwick cat=Equipment acc=end
A420|Fitter recruitment and certification||40|A160FS+20d|140|33:4 3:.2|
A430|Pilot installation, 500 homes||30|A250 A320 A410 A420|85|33:6 39:4|site
A440|Pilot evaluation||15|A430|20|6:.6 3:.3|
A450|Gate 2: mass roll-out|G|0|A290 A280 A330 A340 A350 A440|0||
A460|Thank-you to the pilot streets|C|0|A430|0||
# Roll-out
A510|Meter stock, first call-off||40|A450SS-35d|2350|28:.2|vendor=Tarnwick cat=Equipment po=2026-09-18 con=SNET:2026-11-16
A520|Wave 1, 12,000 homes||36|A450 A510FF+2d@s|1150|33:20 39:10|site
A530|Wave 2, 15,000 homes||45|A520 LU-106/A440|3650|33:22 39:11|site vendor=Tarnwick cat=Equipment
A540|Wave 3, 13,000 homes||42|A530 LU-104/A520|3180|33:22 39:11|site vendor=Tarnwick cat=Equipment con=SNET:2027-04-01 con2=FNLT:2027-06-30
A550|Customer letters and appointment desk||120|A450SS-10d LU-105/A360|210|6:.3 @Appointment desk agent:3|
# Close
A610|Hand-over to metering operations||15|A540|25|3:.5 6:.4|
A620|Roll-out complete|FM|0|A550 A610|0||dl=2027-03-31
A630|Programme management|H|1|A100SS A620FF|95|2:.25|ev=level of effort
""",
"LU-102": """
# Prepare
A100|Project start|SM|0||0||
A110|Mobilise and confirm scope||20|A100|15|4:.6 18:.4|
A120|Finance process fit-gap workshops||40|A110|60|7:.8 18:.5 31:1|vendor=Cordillera
A130|Chart of accounts design||35|A120SS+15d|20|18:.4 19:.8|steps=50 draft; 30 consultation; 20 approved ev=weighted steps
A140|Licences and hosting contract||25|A120|640|28:.2|vendor=Cordillera cat=Software acc=start
A150|Gate 1: design approval|G|0|A130 A140|0||
# Design and configure
A210|Core ledger configuration||60|A150|310|31:1.5 19:.5|vendor=Cordillera
A220|Procure-to-pay configuration||55|A210SS+20d|290|31:1 7:.5|vendor=Cordillera
A230|Fixed assets and project accounting||50|A210|260|31:1.5 18:.3|vendor=Cordillera
A240|Roles and segregation of duties||30|A220|70|19:.5|ev=0/100
A250|Statutory and management reports||45|A230SS+20d|180|19:.5 7:.4|vendor=Cordillera
A260|Configuration review|R|0|A220 A230 A240 A250|0||
# Interfaces
A310|Interface architecture||20|A150|30|1:.5 11:.5|
A320|Bank and payroll interfaces||40|A310|120|11:.6|
A330|Billing ledger interface||45|A320|150|11:.7|
A340|Interface tuning and integration support||60|A430|110|1:.6 11:.5|
# Data and test
A410|Supplier and asset data cleansing||70|A150|140|19:.4 7:.3|
A420|Trial load 1||25|A410 A230|60|19:.5|
A430|System test||40|A260 A330 A420|190|17:1 36:1|df=1.45
A440|Trial load 2||20|A420 A430SS+25d|55|19:.5|
A450|User acceptance test||40|A430 A440FF|210|17:1 18:.5 36:1|cur=1.2
A460|Parallel run, two closes||40|A450|160|18:.6 19:.6|cur=1.5 con=FNET:2027-02-05
# Deploy
A510|Training material||30|A430SS+50%|45|21:.5 20:.3|
A520|Train 260 finance and buying staff||25|A510 A450 LU-108/A310|85|21:.8 20:.3|alap
A530|Cutover rehearsal||8|A450 A440|40|19:.5 @Cutover manager:1|con=SNLT:2026-12-07
A540|Gate 3: go-live|G|0|A460 A520 A530|0||
A550|Cutover||4|A540|60|19:1 31:1 @Cutover manager:1|
A560|Go-live|M|0|A550|0||dl=2027-02-26
A570|Hypercare||40|A560|240|31:1.5 18:.4 17:.4|vendor=Cordillera
A580|Legacy ledger archive||20|A560FS+14ed|55|19:.4|
A590|Project close|FM|0|A570 A580 A340 A610|0||
A600|Project management|H|1|A100SS A590FF|60|4:.3|ev=level of effort
A610|Dinner for the go-live team|C|0|A560|0||
""",
"LU-103": """
# Plan and buy
A100|Project start|SM|0||0||
A110|Survey of 140 outstations||45|A100|160|24:.8 25:.8|ev=units
A120|Telemetry standard and radio plan||30|A110SS+20d|45|26:.3 24:.2|
A130|Equipment tender||35|A120|25|26:.4|
A140|Gate 1: equipment order|G|0|A110 A130|0||
# Equipment
A210|Outstation units, lot 1||60|A140|820|26:.1|vendor=Küstenmess cat=Equipment acc=end
A220|Outstation units, lot 2||60|A210|790|26:.1|vendor=Küstenmess cat=Equipment
A230|Radio base stations supply||50|A140FS+10d|540|26:.1|vendor=Küstenmess cat=Equipment
A240|Factory tests of lot 1||15|A210SS+40d A210FF+5d|40|24:.4|
# Control centre
A310|Telemetry servers and licences||35|A140|310|25:.3|vendor=Küstenmess cat=Software
A320|Alarm and screen configuration||50|A310|180|25:.6|
A330|Cyber hardening||25|A320SS+30d|95|24:.3|ev=25/75
A340|Control room operator training||15|A320|35|25:.4|
# Install
A410|Install North area, 36 outstations||40|A210 A240|230|24:.3|site
A420|Install East area, 38 outstations||42|A410 A220FF-10d|240|24:.3|site
A430|Install South area, 34 outstations||40|A420 A220|225|24:.3|site
A440|Install West area, 32 outstations||38|A430|215|24:.3|site
A450|Radio base stations commissioning||40|A230 A330|160|25:.4|
A460|Point-to-point tests||60|A410SS+60d A440FF+8d|140|25:.4|
# Cut over and close
A510|Cut over to the new control centre||10|A460 A450 A340|60|24:.5 25:.5|
A520|Old and new systems in parallel||35|A510|70|25:.3|
A530|Decommission the old radio network||25|A520|110|24:.4|
A540|Operational acceptance|G|0|A520|0||con=FO:2026-11-13
A550|Lessons review|R|0|A540|0||con=MSO:2026-11-19
A560|Project close|FM|0|A530 A535 A550 A580|0||
A570|Project management|H|1|A100SS A560FF|50|26:.3|ev=level of effort
A580|Open day in the new control centre|C|0|A540|0||
A535|Switch off the old base stations, by night||6|A520FS+1d|0|41:1|on=SWITCH ees=2026-11-09 elf=2026-12-18
""",
"LU-104": """
# Business case and consent
A100|Project start|M|0||0||
A110|Estate options and business case||30|A100|60|5:.3 28:.1|
A120|Site selection and lease heads of terms||25|A110|45|5:.3 28:.2|
A130|Planning application||30|A120|90|5:.2|vendor=Penhale
A140|Planning determination||65|A130|35|5:.1|ev=0/100
A150|Gate 1: planning consent|G|0|A140|0||
A160|Estate strategy review|R|0|A120|0||
# Design and tender
A210|Concept design||30|A120|140|5:.2|vendor=Penhale
A220|Ground investigation||25|A210SS+15d|85|27:.3|site vendor=Penhale
A230|Detailed design||50|A210|320|5:.2 27:.2|vendor=Penhale
A240|Contractor tender||35|A230|40|28:.4 5:.2|
A250|Building contract awarded|M|0|A240 A150|0||
# Build
A310|Site set-up||10|A250FS+5d@p|120|27:1 34:4|site vendor=Brackendale
A320|Demolition and enabling works||25|A220 A310|260|27:.6 34:6|site vendor=Brackendale
A330|Groundworks and drainage||45|A320|780|27:.6 34:8|site vendor=Brackendale df=1.1
A335|Contaminated soil removal||36|A330SS+18d|610|27:.3 34:4|site b2 vendor=Brackendale cf=1.05
A340|Steel frame||45|A330 A335|1150|27:.5 38:1|site cph=95 vendor=Brackendale cat=Equipment
A350|Envelope and roof||50|A340|980|27:.5 34:4|site vendor=Brackendale
A360|Mechanical and electrical services||65|A350SS+20d|1240|27:.4|site vendor=Brackendale
A370|Yard surfacing and fencing||25|A350 A360FS-20d|420|27:.3 34:5|site vendor=Brackendale
A380|Weather buffer|B|6|A370|0||site
A390|Site establishment|H|1|A310SS A440FF|0||site ev=level of effort
# Fit out
A410|Office and workshop fit-out||45|A360FS-10d|690|27:.4|site vendor=Brackendale
A420|Network and access systems||20|A410SS+10d LU-103/A540*|160|23:.3|vendor=Nimbral cat=Equipment
A430|Vehicle charging points||25|A370|380|27:.2|site vendor=Brackendale con=FNLT:2026-12-18 cat=Equipment
A450|Temporary offices on hire, last phase||20|A330 A520SF|24||cat=Services site
A440|Building handover|M|0|A410 A420 A430 A435 A380|0||dl=2026-12-31
A435|Insurer's lift and pressure inspection||3|A360|0|42:1|on=INSPECT
# Move
A510|Staff consultation||45|A250FS+60d|30|20:.3|
A520|Stores relocation||15|A440 A410FS+48h@24*|95|27:.3|site
A530|Move wave A, Aldery and Skelby depots||10|A440 A510|60|5:.3|
A540|Move wave B, Marsh End depot||10|A530 LU-106/A430|55|5:.3|
A550|Hand back three old depots||20|A540|180|5:.2|acc=end
A560|Project close|M|0|A450 A550 A520 A570|0||
A570|Opening day at Aldery|C|0|A540|0||con=SO:2027-02-12
""",
"LU-105": """
# Discover
A100|Project start|M|0||0||
A110|Customer research||25|A100|70|8:.8|vendor=Fieldgate
A120|Service blueprint||20|A110|30|8:.8 9:.4|
A130|Accessibility baseline||10|A110|18|8:.2|
A140|Gate 1: build|G|0|A120 A130|0||
# Release 1
A210|Identity and sign-in||35|A140|130|12:1 9:.4|
A220|Bills and payments view||45|A140|150|13:1|
A230|Move-home journey||30|A210|90|12:1 8:.4|
A240|Content and plain English rewrite||25|A220SS+15d|35|8:.4|
A250|Accessibility audit||10|A230 A240|22|8:.2|ev=0/100
A260|Performance and security test||15|A220 A230|65|15:.3 13:.5|
A270|Release 1 live|M|0|A250 A260|0||
# Release 2
A310|Usage view design||20|A270|25|8:.6 9:.3|
A320|Half-hourly usage view||45|A310 LU-101/A250|170|12:1 13:.5|
A330|Outage alerts||30|A270|90|13:.5|
A340|Web chat||40|A330|140|13:.5|vendor=Fieldgate cat=Software
A350|Release 2 test||20|A320 A340|60|15:.3 12:.5|
A360|Release 2 live|M|0|A350|0||
# Adopt
A410|Campaign wave 1||30|A270|180|8:.2|vendor=Fieldgate
A420|Contact-centre scripts and training||20|A270|40|20:.2 22:.4|
A430|Assisted digital sessions||60|A420|95|22:.3|ev=units
A440|Campaign wave 2||30|A360|160|8:.3|vendor=Fieldgate
A450|Adoption review|R|0|A410 A430 A440|0||
# Close
A510|Paper bill switch-off||75|A360FS+15d|120|8:.4 13:.3|
A520|Hand-over to digital operations||15|A440 A510 A515!|25|12:.4|
A530|Thank-you event|C|0|A520|4||con=MFO:2026-11-20
A540|Project close|M|0|A520 A450 A530|0||
A550|Project management|H|1|A100SS A540FF|40|5:.2|ev=level of effort
A515|Service desk articles||20|A360FS+20d|0||df=1.1 del=57
""",
"LU-106": """
# Discover
A100|Project start|M|0||0||
A110|Ride-alongs with field crews||20|A100|12|23:.4|
A120|Job types and forms catalogue||25|A110SS+10d|15|23:.5|
A130|Rugged device trial||20|A110|38|14:.3|
A140|Gate 1: build|G|0|A120 A130|0||
# Build
A210|App foundation and sign-in||40|A140|95|14:1|
A220|Job dispatch||45|A210|120|14:.7|
A230|Safety check and permit forms||30|A210 LU-108/A230|55|23:.4 14:.3|
A240|Offline maps||35|A230|80|14:.3|
A250|Photo and evidence capture||20|A220|40|14:.7|
A260|Security test||12|A250 A240|48|16:.3|ev=50/50
A270|Release 1 candidate|M|0|A260|0||
# Pilot
A310|Pilot crew onboarding||10|A270|10|22:.5|
A320|Pilot in the North area||30|A310|25|23:.4 14:.4|
A330|Pilot fixes||20|A320SS+15d|40|14:.6|to=A320 ev=apportioned
A340|Gate 2: roll-out|G|0|A320 A330|0||
# Roll-out
A410|Devices and vehicle mounts||30|A340SS-15d|430|28:.1|vendor=Orrin cat=Equipment acc=end
A420|Roll-out North and East||35|A340 A410FF|90|22:.6 23:.3|
A430|Roll-out South and West||40|A420|95|22:.6 23:.3|
A440|Installer edition for meter fitters||25|A340|65|14:.8|
A450|Champions network||60|A340|30|20:.2|
A455|Feeding buffer, champions|B|12|A450|0||
# Integrate and close
A510|Stores and parts integration||45|A440|110|1:.5 14:.5|
A520|Timesheet integration||30|A440|75|14:.3|
A530|Retire the paper job cards||15|A430 A455|12|23:.3|
A540|Benefits review|R|0|A530 A515|0||
A550|Project close|FM|0|A520 A545 A570|0||
A560|Project management|H|1|A100SS A540FF|30|5:.15|ev=level of effort
A515|Feeding buffer, stores|B|15|A510|0||
A545|Project buffer|B|30|A540|0||
A570|Breakfast with the crews|C|0|A530|0||
""",
"LU-107": """
# Shape
A100|Project start|M|0||0||
A110|Data inventory||30|A100|30|29:.8 30:.4|
A120|Target architecture||25|A110SS+15d|45|9:.5 29:.2|
A130|Cloud region and residency options||20|A120SS+10d|35|9:.3|
A140|Gate 1: foundation|G|0|A110 A120 A130|0||
A150|Data ethics review|R|0|A130|0||
# Foundation
A210|Landing zone||40|A140|280|35:1 30:.5|vendor=Nimbral cat=Software
A220|Ingestion framework||45|A210SS+20d|210|29:.7 35:.5|
A230|Catalogue and lineage||35|A220|150|30:.5|vendor=Nimbral cat=Software
A240|Data quality rules||30|A220|90|29:.5|
A250|Security and key management||25|A210|75|35:.5|
# Data products
A310|Asset data product||35|A230 A250|140|29:.5 30:.3|
A320|Customer data product||35|A230 A240|140|30:.5|
A330|Finance data product||30|A310 LU-102/A250|120|29:.5|
A340|Telemetry data product||35|A310 LU-103/A510|150|29:.4|
# Use
A410|Loss and leakage analytics||40|A340SS+20d|160|30:.5 35:.3|
A420|Executive dashboards||30|A330 LU-102/A560|85|30:.4|
A430|Self-service training||20|A420|30|22:.2|
A440|Data steward network||25|A320|20|20:.1|man con=SNET:2027-04-13
# Move
A510|Legacy warehouse migration||40|A320|210|35:.5 29:.2|
A520|Legacy warehouse off|M|0|A510 A330 A340|0||
A530|Hand-over to data operations||15|A520 A410 A430 A440|25|30:.4|
A540|Project close|M|0|A530 A550|0||
A550|Data day|C|0|A530|0||
""",
"LU-108": """
# Understand
A100|Programme start|SM|0||0||
A110|Safety climate survey||20|A100|22|20:.2|
A120|Training needs analysis||25|A110SS+10d|15|21:.6 20:.2|
A130|Curriculum approval|G|0|A110 A120|0||
# Design
A210|Working at height course||30|A130|38|21:.6|
A220|Confined space course||30|A130|36|22:.6|
A230|Electrical permit modules||25|A220|34|22:.5|
A240|Driver safety e-learning||25|A210|42|21:.4|vendor=Fieldgate cat=Software
A250|Pilot course and feedback||15|A210 A230|12|21:.4 22:.4|
# Deliver
A310|Trainer certification||20|A240 A250|30|21:.5 22:.5|
A320|Deliver wave 1, 420 staff||40|A310|65|21:.5 22:.5|ev=units fund=24000
A330|Deliver wave 2, 460 staff||42|A320|70|21:.5 22:.5|ev=units
A340|Deliver wave 3, 380 staff||38|A330|60|21:.5 22:.5|ev=units
A350|Catch-up sessions||15|A340|18|22:.4|
A360|Mid-programme review|R|0|A320|0||
# Embed
A410|Site safety observations||60|A320SS+20d|25|20:.2|
A420|Second climate survey||20|A340FS+5d|24|20:.2|
A430|Hand-over to the safety team||10|A350 A410 A420|8|21:.2|
A440|Celebration with crews|C|0|A430|6||
A450|Programme close|FM|0|A430|0||
""",
}

# giver | taker | need by | promised | agreed. What is not listed here was promised and needed when it came.
AGREEMENTS = """
LU-104/A520|LU-101/A540|2027-01-12|2027-01-08|yes
LU-106/A430|LU-104/A540|2026-12-18|2026-12-11|no
LU-103/A540|LU-104/A420|2026-11-03|2026-11-13|yes
LU-102/A560|LU-107/A420|2027-05-10|2027-02-26|yes
LU-105/A360|LU-101/A550|2026-09-18|2026-06-30|yes
LU-108/A310|LU-102/A520|2026-07-29|2025-07-31|yes
LU-106/A440|LU-101/A530|2026-10-30|2026-09-30|yes
"""

# initiative | option | value: plans that are not kept by the portfolio's rules
SCHEDULE_OPTIONS = """
LU-104|critical_by|longest-path
LU-107|near_critical_days|3, 6, 12
"""

# id | name | objective | workstream | sponsor | owner | category | stage | status | priority | start | currency
#    | contingency % | NPV | mandatory | requires | RAG override | RAG reason | previous ids | fit | value | ease
INITIATIVES = """
LU-101|Smart metering roll-out|OBJ-3|Metering|P-02|P-08|Asset|Deliver|active|1|2025-01-13|GBP|8|11400000|yes|LU-106||||5|5|2
LU-102|ERP finance replacement|OBJ-4|Corporate systems|P-03|P-09|Technology|Deliver|active|2|2025-05-19|GBP|6|2150000|yes|||||4|3|2
LU-103|Network telemetry|OBJ-3|Networks|P-04|P-10|Asset|Deliver|active|3|2025-07-14|EUR|7|3900000|no|||||5|4|3
LU-104|Depot consolidation|OBJ-5|Property|P-05|P-11|Property|Deliver|active|4|2025-05-12|GBP|9|4600000|no|||||3|4|3
LU-105|Customer portal|OBJ-1|Customer|P-06|P-12|Technology|Close|active|5|2025-02-03|GBP|5|1850000|no|||||5|4|4
LU-106|Field workforce app|OBJ-5|Field operations|P-04|P-13|Technology|Deliver|active|6|2025-10-27|GBP|5|2300000|no|LU-108|||FWA-1|4|4|4
LU-107|Data platform|OBJ-2|Data|P-03|P-14|Technology|Build|on hold|7|2026-02-23|GBP|8|1200000|no||A|On hold since 14 August 2026 until the cloud region decision is made||4|3|2
LU-108|Safety training|OBJ-6|Health and safety|P-07|P-15|People|Closed|complete|8|2025-01-13|GBP|5|0|yes|||||4|3|5
"""

# How each initiative went: days and cost against plan (low, high), start delays up to, percent of ETC the owner admits.
EXECUTION = {
    "LU-101": dict(days=(1.00, 1.08), cost=(0.99, 1.05), delay=2, etc=1.03),
    "LU-102": dict(days=(1.10, 1.28), cost=(1.22, 1.32), delay=3, etc=1.12),
    "LU-103": dict(days=(0.96, 1.03), cost=(0.95, 1.00), delay=1, etc=0.99),
    "LU-104": dict(days=(1.00, 1.08), cost=(1.02, 1.08), delay=1, etc=1.04),
    "LU-105": dict(days=(1.00, 1.10), cost=(1.00, 1.06), delay=2, etc=1.02),
    "LU-106": dict(days=(0.95, 1.02), cost=(0.96, 1.00), delay=1, etc=0.98),
    "LU-107": dict(days=(1.00, 1.05), cost=(1.00, 1.06), delay=1, etc=1.05),
    "LU-108": dict(days=(0.97, 1.04), cost=(0.95, 1.01), delay=1, etc=1.00),
}
HOLD = {"LU-107": ("2026-08-14", "2027-01-11")}      # stopped on, resumes on
REBASELINE = ("LU-104", "2026-03-31", "2026-04-17")  # initiative, status date, approved on
MS_PROJECT = {"LU-107"}                              # plans kept in Microsoft Project, read from its XML
PRIMAVERA = {"LU-108"}                               # and in Primavera P6, read from its export
MUST_FINISH = {"LU-101": "2027-03-31"}               # the licence date
CRITICAL_CHAIN = {"LU-106"}                          # durations without safety; buffers hold it
BUSINESS_CASE = {"LU-101": (0.90, 0.88), "LU-102": (0.85, 0.82), "LU-104": (0.92, 0.86)}  # shorter and cheaper than Baseline 1
OPEX_PHASES = {"LU-101": [6], "LU-102": [5], "LU-103": [], "LU-104": [1, 5], "LU-105": [1, 4, 5],
               "LU-106": [1, 5], "LU-107": [1, 4], "LU-108": [1, 2, 3, 4]}

VENDORS = {  # short name: (name in the ledger, currency)
    "Helvmark": ("Helvmark Metering AG", "EUR"), "Tarnwick": ("Tarnwick Instruments Ltd", "GBP"),
    "Nimbral": ("Nimbral Cloud Inc", "USD"), "Cordillera": ("Cordillera ERP Consulting LLC", "USD"),
    "Küstenmess": ("Küstenmess Technik GmbH", "EUR"), "Penhale": ("Penhale Architects LLP", "GBP"),
    "Brackendale": ("Brackendale Construction Ltd", "GBP"), "Fieldgate": ("Fieldgate Studio Ltd", "GBP"),
    "Orrin": ("Orrin Rugged Devices Ltd", "GBP"),
    "": ("Hollins & Rudd Services Ltd", "GBP"),
}

# id | name | role | organisation | manager | from | to
PEOPLE = """
P-01|Margaret Ellwood|Chief executive|Larkmoor Utilities||2018-04-01|
P-02|Alistair Quennell|Metering director|Larkmoor Utilities|P-01|2019-09-02|
P-03|Sunita Bhandari|Chief financial officer|Larkmoor Utilities|P-01|2020-01-06|
P-04|Rhodri Vaughan|Networks director|Larkmoor Utilities|P-01|2017-06-05|
P-05|Charlotte Mabey|Property director|Larkmoor Utilities|P-01|2021-03-01|
P-06|Ibrahim Sesay|Customer director|Larkmoor Utilities|P-01|2022-02-14|
P-07|Moira Dunbar|Safety director|Larkmoor Utilities|P-01|2016-10-03|
P-08|Priya Ranganathan|Programme manager|Larkmoor Utilities|P-02|2021-05-17|
P-09|Helen Asquith|Project manager|Larkmoor Utilities|P-03|2022-08-01|
P-10|Sabine Köhler|Project manager|Larkmoor Utilities, Bremen branch|P-04|2019-01-07|
P-11|Callum Brodie|Project manager|Larkmoor Utilities|P-05|2020-11-02|
P-12|Yusuf Adeyemi|Product owner|Larkmoor Utilities|P-06|2023-01-09|
P-13|Gareth Llewellyn|Product owner|Larkmoor Utilities|P-04|2015-07-20|
P-14|Farid Haddad|Head of data|Larkmoor Utilities|P-03|2023-09-04|
P-15|Joanna Treleaven|Head of change|Larkmoor Utilities|P-07|2018-05-08|
P-16|Fiona Glendinning|Finance systems lead|Larkmoor Utilities|P-03|2016-02-01|
P-17|Stephen Ruddock|Finance business partner|Larkmoor Utilities|P-03|2019-04-01|
P-18|Amara Nwosu|PMO lead|Larkmoor Utilities|P-03|2021-10-04|
P-19|Tomasz Wierzbicki|Lead architect|Larkmoor Utilities|P-14|2020-06-01|
P-20|Owen Maddocks|Project manager|Larkmoor Utilities|P-08|2022-03-07|
P-21|Wendy Oakshott|Procurement lead|Larkmoor Utilities|P-03|2014-09-01|
P-22|Desmond Fairlie|Network planning manager|Larkmoor Utilities|P-04|2012-05-14|2026-06-30
P-23|Leanne Crosby|Contact centre manager|Larkmoor Utilities|P-06|2017-11-06|
P-24|Victor Anquetil|Metering operations manager|Larkmoor Utilities|P-02|2018-08-13|
P-25|Ruth Kettlewell|Field operations manager|Larkmoor Utilities|P-04|2013-04-08|
P-26|Peter Osei|Test lead|Larkmoor Utilities|P-14|2021-01-18|
P-27|Hamish Rattray|Site manager|Larkmoor Utilities|P-11|2019-06-10|
P-28|Nerys Bowen|Control room manager|Larkmoor Utilities|P-04|2016-03-14|
P-29|Edmund Tilley|Property manager|Larkmoor Utilities|P-05|2015-10-19|
P-30|Hannah Winspear|Information security officer|Larkmoor Utilities|P-03|2022-05-30|
P-31|Oliver Stainforth|Regulation manager|Larkmoor Utilities|P-01|2019-12-02|
P-32|Marta Zielinska|Learning manager|Larkmoor Utilities|P-07|2020-02-24|
"""

# id | name | theme | owner | target date | weight %
OBJECTIVES = """
OBJ-1|Customers serve themselves and are glad to|Customer|P-06|2027-03-31|60
OBJ-2|Decisions rest on data we trust|Customer|P-14|2027-06-30|40
OBJ-3|A network and meters we can see|Reliability|P-04|2027-06-30|100
OBJ-4|Finance closes in five days|Efficiency|P-03|2027-03-31|45
OBJ-5|Fewer sites, fewer journeys|Efficiency|P-05|2027-06-30|55
OBJ-6|Everyone home safe|People|P-07|2026-06-30|100
"""

# name | kind | role | team | site | calendar | capacity | rate an hour | currency | vendor | shareable | available from | available to
RESOURCES = """
Tomasz Wierzbicki|human|Lead architect|Architecture|Larkmoor House|STD|1|86|GBP||yes||
Priya Ranganathan|human|Programme manager|Delivery|Larkmoor House|STD|1|82|GBP||yes||
Owen Maddocks|human|Project manager|Delivery|Larkmoor House|STD|1|68|GBP||no||
Helen Asquith|human|Project manager|Delivery|Larkmoor House|STD|1|68|GBP||no||
Callum Brodie|human|Project manager|Delivery|Larkmoor House|STD|1|68|GBP||yes||
Ines Carvalho|human|Business analyst|Analysis|Larkmoor House|STD|1|56|GBP||no||
Dafydd Prosser|human|Business analyst|Analysis|Larkmoor House|STD|1|56|GBP||no||
Yusuf Adeyemi|human|Business analyst|Digital|Larkmoor House|STD|1|58|GBP||no||
Grace Lindqvist|human|Solution architect|Architecture|Larkmoor House|STD|1|78|GBP||yes||
Marcus Thornbury|human|Integration developer|Integration|Larkmoor House|STD|1|62|GBP||no||
Shu-Fen Liao|human|Integration developer|Integration|Larkmoor House|STD|1|62|GBP||no||
Beatriz Noguera|human|Developer|Digital|Larkmoor House|STD|1|59|GBP||no||
Aidan Kerrigan|human|Developer|Digital|Larkmoor House|STD|1|59|GBP||no||
Nadia Volkova|human|Mobile developer|Digital|Larkmoor House|STD|1|61|GBP||no||
Peter Osei|human|Test lead|Test|Larkmoor House|STD|1|60|GBP||yes||
Lucy Hathersage|human|Tester|Test|Larkmoor House|STD|1|46|GBP||yes||
Rohan Mistry|human|Tester|Test|Larkmoor House|STD|1|46|GBP||no||
Fiona Glendinning|human|Finance lead|Finance|Larkmoor House|STD|1|71|GBP||no||
Simon Pask|human|Finance systems analyst|Finance|Larkmoor House|STD|1|55|GBP||no||
Joanna Treleaven|human|Change manager|Change|Larkmoor House|STD|1|66|GBP||yes||
Kwame Boateng|human|Trainer|Learning|Skelby|STD|1|44|GBP||yes||
Elsie Norbury|human|Trainer|Learning|Skelby|STD|1|44|GBP||yes||
Gareth Llewellyn|human|Network engineer|Networks|Marsh End|STD|1|57|GBP||yes||
Anke Friedrichs|human|Telemetry engineer|Telemetry|Bremen|STD|1|66|EUR||no||
Jürgen Bothmann|human|Telemetry engineer|Telemetry|Bremen|STD|1|66|EUR||no||
Sabine Köhler|human|Project manager|Telemetry|Bremen|STD|1|74|EUR||no||
Hamish Rattray|human|Site manager|Property|Aldery|SITE|1|58|GBP||no||
Wendy Oakshott|human|Procurement lead|Procurement|Larkmoor House|STD|1|64|GBP||yes||
Farid Haddad|human|Data engineer|Data|Larkmoor House|STD|1|65|GBP||yes||
Clara Jessop|human|Data engineer|Data|Larkmoor House|STD|1|60|GBP||yes||
Cordillera configuration specialists|external|ERP specialist|Cordillera|Remote|STD|3|118|USD|Cordillera ERP Consulting LLC|no|2025-04-01|2027-06-30
Helvmark commissioning engineers|external|Head-end engineer|Helvmark|Remote|STD|3|104|EUR|Helvmark Metering AG|no|2025-06-02|2027-06-30
Contract meter fitters|external|Meter fitter|Metering|Skelby|SITE|24|36|GBP|Hollins & Rudd Services Ltd|no||
Groundworks crew|external|Groundworker|Property|Aldery|SITE|12|31|GBP|Brackendale Construction Ltd|no||
Cloud engineers on call-off|external|Cloud engineer|Nimbral|Remote|STD|2|96|USD|Nimbral Cloud Inc|yes||
Integration test environment|technology|Test environment|Test|Larkmoor House|STD|2|14|GBP||yes||
Meter test rig|technology|Test rig|Test|Skelby|STD|1|22|GBP||no||
Mobile crane and low loader|physical|Crane|Property|Aldery|SITE|1|145|GBP|Brackendale Construction Ltd|no||
Installation vans|physical|Van|Metering|Skelby|SITE|12|7|GBP||yes||
Apprenticeship levy fund|financial|Fund|Learning|Larkmoor House||120000|1|GBP||no||
Night switching window|technology|Switching window|Networks|Marsh End|SWITCH|1|0|GBP||no||
Insurer's inspector|external|Inspector|Property|Aldery|INSPECT|1|0|GBP|Stanholme Mutual|no||
"""
ROLE_RATES = [("Appointment desk agent", 21), ("Cutover manager", 88)]

# initiative | name | activity | owner | criteria | accepted by
DELIVERABLES = """
LU-101|Head-end release 1|A250|P-20|All severity 1 and 2 tests pass on site|P-24
LU-101|Head-end release 2|A280|P-20|Multi-rate tariffs billed correctly for 200 test meters|P-24
LU-101|Pilot report|A440|P-08|Install time, success rate and complaints reported|P-02
LU-101|40,000 homes fitted|A540|P-08|40,000 meters reading daily for seven days|P-24
LU-102|Chart of accounts|A130|P-16|Approved by the finance leadership team|P-03
LU-102|Configured ledger|A260|P-09|Every fit-gap item closed or deferred by name|P-16
LU-102|Go-live readiness pack|A530|P-09|Cutover rehearsal inside 60 hours|P-03
LU-103|Outstation survey|A110|P-10|140 outstations photographed and measured|P-28
LU-103|Alarm screens|A320|P-10|Control room accepts every alarm group|P-28
LU-103|140 outstations live|A460|P-10|Point-to-point test sheet signed for each|P-28
LU-104|Planning consent|A140|P-11|Consent without pre-commencement conditions|P-05
LU-104|Detailed design|A230|P-11|Design freeze signed by operations|P-29
LU-104|Depot building|A410|P-27|Practical completion certificate|P-29
LU-105|Portal release 1|A260|P-12|Sign-in, bills and payments, AA accessibility|P-06
LU-105|Portal release 2|A350|P-12|Usage view and alerts for 5,000 customers|P-06
LU-105|Operations handbook|A520|P-12|Digital operations accept the handbook|P-23
LU-106|Release 1 candidate|A260|P-13|No open severity 1 defect|P-25
LU-106|Pilot report|A320|P-13|Jobs per day not below paper baseline|P-25
LU-106|Devices issued|A430|P-13|620 devices signed for|P-25
LU-107|Target architecture|A120|P-14|Design authority approval|P-19
LU-107|Landing zone|A210|P-14|Security baseline passed|P-30
LU-108|Course set|A250|P-15|Four courses accredited|P-32
LU-108|1,260 staff trained|A350|P-15|Attendance register complete|P-07
LU-108|Second climate survey|A420|P-15|Response rate of 60 % or better|P-07
"""
