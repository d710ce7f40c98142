"""The registers of Larkmoor Utilities plc (fictional): risks, issues, decisions, words, benefits and measures, as text."""

# initiative | event | cause | effect | category | owner | kind | probability % | cost min/likely/max (thousands)
# | days min/likely/max | activities hit | score | response | status | raised | proximity | trigger | contingency plan | closed
RISKS = """
LU-101|Head-end vendor delivers release 2 late|Helvmark shares its engineers with a larger customer|Mass roll-out starts after the winter|Supplier|P-08|threat|70|150/380/900|20/45/80|A260 A270|5|escalate|occurred|2025-09-15|2026-06-30|A monthly vendor milestone missed|Call the delay clause; on-site vendor team|
LU-101|Release 2 fails regression on multi-rate tariffs|Tariff tables differ from the pilot|A second test cycle|Technical|P-26|threat|35|60/140/300|8/15/30|A280|4|mitigate|open|2026-04-20|2026-12-15|More than five severity 2 defects in week one|Book the test rig for a second cycle|
LU-101|Winter weather stops installations|Wave 1 moves into January|Lost fitter days|Weather|P-24|threat|45|40/120/260|3/8/18|A520 A530|3|accept|open|2026-08-24|2027-01-15|Two amber warnings in a week|Saturday double shifts in March|
LU-101|Fitters leave for other roll-outs|Start of wave 1 moved twice|Fewer homes a week|Resource|P-08|threat|40|120/300/650|5/12/25|A520 A530 A540|4|mitigate|open|2026-07-06|2027-02-01|Bench of fitters below 18|Retention payment; second agency|
LU-101|Customers refuse the appointment|Press stories about billing errors|More visits for each meter|Customer|P-06|threat|30|80/180/400|2/6/14|A550 A530|3|mitigate|open|2026-02-09|2027-03-01|Refusal rate above 8 %|Door-step information team|
LU-101|Meter price falls at the second call-off|Component market eases|Lower unit price|Market|P-21|opportunity|25|50/160/320|0/0/0|A530 A540|2|exploit|open|2026-03-16|2027-01-31|Index below 94|Re-quote clause|
LU-101|Communications hubs lack coverage in valleys|Terrain|Mesh repeaters needed|Technical|P-20|threat|35|70/150/280|2/5/12|A530|3|mitigate|open|2025-11-10|2027-02-15|Pilot read rate below 96 %|Stock of 300 repeaters|
LU-101|Import delay at the port for pilot meters|Customs documents|Pilot starts late|Supplier|P-21|threat|30|10/25/60|3/8/15|A410|2|mitigate|closed|2025-06-02|2025-10-31|No customs number two weeks before|Air freight|2025-12-12
LU-102|Users find more defects in acceptance test|Configuration rushed to recover dates|Go-live moves|Quality|P-16|threat|50|90/220/450|8/18/35|A450|4|mitigate|open|2026-05-18|2026-12-31|Defects opened faster than closed for two weeks|Extend the test by one cycle|
LU-102|Consultants are withdrawn at contract end|Change requests exhausted the hours|Knowledge lost|Supplier|P-09|threat|40|110/260/480|5/12/25|A570 A550|4|transfer|open|2026-06-15|2027-02-01|Hours balance under 400|Call-off extension at agreed rate|
LU-102|Supplier records migrate with duplicates|Three ledgers merged|Payments held|Data|P-16|threat|35|30/80/190|2/6/14|A550|3|mitigate|open|2025-12-08|2026-12-01|Match rate below 97 %|Manual payment run|
LU-102|Billing interface changes with head-end release 2|Two programmes change one interface|Rework|Technical|P-19|threat|45|50/120/260|4/10/22|A340 A450|4|mitigate|open|2026-07-20|2026-12-20|Interface contract changed without notice|Freeze the interface for the test|
LU-102|Year-end close falls into cutover|Go-live moved to the spring|Finance cannot release people|Schedule|P-03|threat|55|60/150/300|10/20/40|A550 A540|5|avoid|open|2026-08-31|2027-03-15|Forecast go-live after 26 February|Go live after year end|
LU-102|Dollar strengthens against sterling|Licences are billed in dollars|Higher cost|Market|P-17|threat|30|20/60/140|0/0/0||2|transfer|open|2025-06-02|2027-03-31|Rate above 0.82|Forward purchase|
LU-102|Bank changes its payment file format|Scheme rules|Interface rework|External|P-16|threat|20|15/40/80|2/5/10|A340|2|accept|closed|2025-10-06|2026-04-30|Bank notice|Use the bank's portal|2026-05-29
LU-103|Old radio masts need strengthening|Corrosion found in the survey|Extra civil works|Technical|P-10|threat|25|40/90/200|3/8/15|A530|3|mitigate|open|2025-08-18|2026-12-11|Inspection grade 4|Temporary masts|
LU-103|Control room runs two systems longer|Operators want one more storm tested|Later decommissioning|Operational|P-28|threat|30|15/40/90|3/8/20|A520|2|accept|open|2026-06-22|2026-12-11|No storm before December|Simulated storm|
LU-103|Euro strengthens against sterling|Equipment is bought in euro|Higher reported cost|Market|P-17|threat|35|20/70/150|0/0/0||2|accept|open|2025-08-04|2026-12-31|Rate above 0.90|None|
LU-103|A firmware fault needs a site visit each|New outstation model|Second visits|Technical|P-10|threat|20|30/80/180|2/6/14|A460|3|mitigate|closed|2025-09-22|2026-08-31|Two identical faults in a week|Remote update|2026-09-25
LU-103|Spare outstations can be sold|Over-order from lot 2|Income|Market|P-10|opportunity|40|10/25/45|0/0/0||1|enhance|open|2026-05-11|2026-12-31|Buyer's enquiry|Keep as strategic spares|
LU-104|Contaminated soil under the yard|Former gasworks|Removal and delay|Ground|P-11|threat|60|200/450/900|15/28/45|A335 A330|5|mitigate|occurred|2025-09-01|2026-04-30|Laboratory result over limit|Off-site disposal contract|
LU-104|Electricity connection comes late|Other connections are ahead in the queue|No power for fit-out|Utility|P-27|threat|35|40/110/240|5/15/30|A420 A430|4|escalate|open|2026-05-04|2027-01-08|No date by November|Generators for eight weeks|
LU-104|Wet winter slows the yard surfacing|Surfacing falls in December|Lost days|Weather|P-27|threat|45|20/60/120|3/7/14|A370|3|accept|open|2026-06-01|2027-01-05|More than five wet days in a fortnight|Covered sections|
LU-104|Staff reject the new travel times|Marsh End closes|Consultation extended|People|P-15|threat|30|15/45/110|5/10/25|A540|3|mitigate|open|2026-06-29|2027-02-26|Union ballot|Shuttle bus for a year|
LU-104|Old depots sell above valuation|Housing demand|Higher receipts|Market|P-29|opportunity|30|150/400/800|0/0/0||3|enhance|open|2026-01-19|2027-03-31|Two bids above guide|Sealed bids|
LU-104|Dilapidation claim at hand-back|Old leases|One-off cost|Legal|P-29|threat|40|60/140/280|0/3/8|A550|3|transfer|open|2025-11-24|2027-03-31|Landlord's schedule|Negotiated settlement|
LU-105|Customers keep calling after release 2|Paper bills still carry the number|Benefit leaks|Benefit|P-23|threat|60|60/180/360|0/0/0||4|mitigate|open|2026-05-25|2026-12-31|Calls per customer flat for two months|Move the number; call-back only|
LU-105|Sign-in blocked by the identity provider|Certificate change|Outage|Technical|P-12|threat|15|5/15/40|1/2/5|A520|2|mitigate|open|2026-04-13|2026-12-18|Expiry in 60 days|Second provider|
LU-105|Accessibility complaint|Third-party chat window|Rework|Compliance|P-12|threat|20|10/30/60|2/5/10|A520|2|mitigate|open|2026-07-13|2026-12-18|First complaint|Switch the chat off|
LU-105|Design agency closes|Small supplier|Content stops|Supplier|P-21|threat|10|10/25/50|2/5/12||1|accept|closed|2025-04-14|2026-06-30|Credit score drops|In-house writer|2026-07-31
LU-106|Devices fail in the cold|Battery life|Swap-outs|Technical|P-13|threat|20|20/50/110|1/4/10|A430|2|mitigate|open|2026-01-26|2026-12-31|Battery under four hours|Vehicle chargers|
LU-106|Crews keep the paper cards|Habit|Two ways of working|People|P-22|threat|30|15/40/80|2/6/14|A530|3|mitigate|open|2026-05-11|2027-01-08|Paper cards above 10 % after four weeks|Champion in each crew|
LU-106|Stores integration waits for the architect|One architect serves three initiatives|Later integration|Resource|P-13|threat|50|20/60/120|5/12/25|A510|4|escalate|open|2026-09-14|2026-12-18|Less than two days a week given|Contract architect|
LU-106|Map licence gets cheaper|Framework renewal|Saving|Market|P-21|opportunity|35|8/20/35|0/0/0||1|exploit|open|2026-03-02|2026-12-31|Renewal offer|Keep the old licence|
LU-107|Decision on the cloud region comes late|Two options disputed|Hold lasts longer|Governance|P-14|threat|55|90/240/480|15/40/80|A230 A240|5|escalate|open|2026-08-17|2027-01-11|No paper by the November board|Start with on-site storage|
LU-107|Reserved cloud capacity expires unused|Prepaid for a year|Money lost|Financial|P-17|threat|45|30/70/120|0/0/0||3|transfer|open|2026-08-31|2027-03-31|Use below 20 % in December|Resell the reservation|
LU-107|Data engineers move to other work|On hold|Restart is slow|Resource|P-14|threat|40|40/90/180|5/15/30|A310 A320|3|mitigate|open|2026-09-07|2027-01-31|One resignation|Keep two days a week|
LU-107|Personal data in test copies|Copied from live|Breach|Security|P-30|threat|15|20/80/300|3/8/20|A320|4|avoid|open|2026-03-23|2027-04-30|Scan finds names|Masked copies only|
LU-108|Trainers fall ill in wave 2|Two trainers|Sessions moved|Resource|P-32|threat|25|5/12/25|2/5/10|A330|2|mitigate|closed|2025-05-19|2025-12-31|A cancelled session|Agency trainer|2026-01-30
LU-108|Crews cannot be released in storms|Season|Catch-up needed|Operational|P-25|threat|40|5/15/30|3/6/12|A340|2|accept|closed|2025-06-23|2026-02-28|Two cancelled sessions|Catch-up sessions|2026-04-10
"""

# initiative | title | raised | severity | owner | due | risk number | escalated to | escalated on | resolution | resolved | reopened | status
ISSUES = """
LU-101|Helvmark release 2 is more than three months behind its contract date|2026-07-02|1|P-08|2026-11-13|1|Executive board|2026-07-06||||in progress
LU-101|Release 1 acceptance ran three weeks late|2026-01-12|2|P-20|2026-02-27||||Retested on the second rig|2026-02-20||closed
LU-101|Fitters under notice after the moved start|2026-09-21|2|P-08|2026-11-20||Metering steering group|2026-09-28||||in progress
LU-101|Pilot homes without a stable signal|2026-05-18|3|P-24|2026-07-31||||Repeaters fitted in 14 homes|2026-07-24||closed
LU-101|Storage for the first call-off is full|2026-10-12|3|P-21|2026-11-30|||||||open
LU-102|Consultant hours are used faster than planned|2026-03-09|1|P-09|2026-12-18||Finance steering group|2026-03-11||||in progress
LU-102|Fixed asset register does not balance after trial load 1|2026-06-08|2|P-16|2026-07-31||||Reloaded with depreciation by component|2026-07-27||closed
LU-102|Test environment shared with the billing team|2026-08-10|2|P-26|2026-11-06||Finance steering group|2026-08-12||||in progress
LU-102|No cutover manager named|2026-09-28|2|P-09|2026-11-27||Finance steering group|2026-10-05||||open
LU-102|Approval limits differ between the two ledgers|2026-02-16|3|P-16|2026-04-30||||One delegation table agreed|2026-04-22||closed
LU-102|Report pack lacks the regulatory table|2026-09-07|3|P-31|2026-12-11|||||||open
LU-103|Two outstations flooded during the works|2026-03-16|3|P-10|2026-05-15||||Raised by 400 mm and replaced|2026-05-08||closed
LU-103|Spare parts delivered without test certificates|2026-09-14|4|P-10|2026-11-13|||||||open
LU-104|Contaminated soil found under the yard|2026-03-02|1|P-11|2026-07-31|21|Executive board|2026-03-04|Removed under Baseline 2|2026-07-24||closed
LU-104|Electricity connection date not confirmed|2026-09-01|2|P-27|2026-11-30||Property steering group|2026-09-08||||in progress
LU-104|Steel delivered with the wrong coating|2026-06-22|3|P-27|2026-08-14||||Recoated at the supplier's cost|2026-08-07||closed
LU-104|Noise complaints from neighbours|2026-05-11|4|P-29|2026-06-30||||Working hours shortened on Saturdays|2026-06-19||closed
LU-105|Call volumes have not fallen after release 2|2026-08-17|2|P-23|2026-11-30||Customer steering group|2026-08-24||||in progress
LU-105|Payment page times out on old phones|2025-11-24|2|P-12|2026-01-16||||Lighter page released|2026-01-09||closed
LU-105|Usage view shows yesterday as zero|2026-09-21|3|P-12|2026-11-20||||Fixed, then seen again on bank holidays|2026-10-09|2026-10-19|reopened
LU-106|Stores integration lacks an architect two days a week|2026-10-05|2|P-13|2026-11-20|33|Field steering group|2026-10-08||||open
LU-106|Vehicle mounts do not fit the older vans|2026-08-17|3|P-25|2026-09-25||||Adaptor plates ordered and fitted|2026-09-18||closed
LU-107|Initiative on hold, reserved capacity unused|2026-08-20|2|P-14|2026-12-18||Finance steering group|2026-08-27||||open
LU-107|Catalogue product lacks a connector|2026-06-29|3|P-14|2026-08-14||||Connector built in-house|2026-08-07||closed
LU-108|Attendance lists missing for two sessions|2025-10-13|4|P-32|2025-11-28||||Signed lists recovered|2025-11-21||closed
"""

# title | initiative | raised | needed by | options | decision | rationale | made by | on | items | supersedes | review | status
DECISIONS = """
Award the head-end contract to Helvmark|LU-101|2025-06-09|2025-07-04|Helvmark; Castellan; re-tender|Helvmark|Lowest whole-life cost, strongest references|P-02|2025-07-02|A150|||decided
Invoke the delay clause against Helvmark|LU-101|2026-07-13|2026-09-30|Invoke; negotiate recovery plan; step in||||||||open
Start wave 1 on head-end release 1|LU-101|2026-09-07|2026-10-16|Start on release 1; wait for release 2|||||A520||2026-12-01|open
Keep 18 fitters on retainer to January|LU-101|2026-10-05|2026-11-13|Retain all; retain 18; release|||||A520|||open
Approve the finance design|LU-102|2025-10-06|2025-10-31|Approve; approve with conditions|Approve with conditions|Four gaps accepted as later releases|P-03|2025-10-27|A150|||decided
Fund 600 more consultant hours|LU-102|2026-06-15|2026-07-10|600 hours; 300 hours; none|300 hours|Half now, half against evidence|P-03|2026-07-08|A430|||decided
Move go-live past the year-end close|LU-102|2026-09-21|2026-10-23|Hold February; move to late April; move to July|||||A540|||open
Name the cutover manager|LU-102|2026-10-05|2026-11-20|Internal; contract|||||A550|||open
Order outstation lots 1 and 2 together|LU-103|2025-10-20|2025-11-14|Together; lot by lot|Lot by lot|Price risk accepted for learning from lot 1|P-04|2025-11-11|A140|||decided
Re-baseline the depot programme|LU-104|2026-04-01|2026-04-17|Re-baseline; absorb; stop|Re-baseline|Soil removal is new scope|P-05|2026-04-17|A335|||decided
Buy temporary generators|LU-104|2026-10-12|2026-12-04|Buy; hire; wait|||||A420|||open
Switch paper bills off by default|LU-105|2026-03-02|2026-04-30|By default; on request|On request|Regulator's advice|P-06|2026-04-23|A510|||reversed
Switch paper bills off by default for portal users|LU-105|2026-07-06|2026-08-14|Portal users; nobody|Portal users|Consent recorded in the portal|P-06|2026-08-11|A510|12|2027-01-29|decided
Roll out the field app|LU-106|2026-07-27|2026-08-31|Roll out; second pilot|Roll out|Pilot met every measure|P-04|2026-08-21|A340|||decided
Choose the cloud region|LU-107|2026-07-27|2026-09-15|Home region; nearest foreign region; on site|||||A230|||open
Defer the executive dashboards|LU-107|2026-08-03|2026-08-31|Defer; keep|Defer|On hold|P-14|2026-08-14|A420||2027-01-15|deferred
Close the safety programme|LU-108|2026-02-02|2026-02-27|Close; extend|Close|All measures met|P-07|2026-02-26|A450|||decided
"""

# item | measure | period | text | author
COMMENTARY = """
portfolio|overall|2026-10|Six of eight initiatives deliver. Two need the board: the head-end vendor holds the smart metering roll-out past its licence date, and the ERP replacement costs about a quarter more than it earns.|P-18
portfolio|cost|2026-10|The overrun is almost all ERP consultancy. The underspend against the phased budget is smart metering stock that has not been called off.|P-17
portfolio|benefits|2026-10|Two benefits leak: calls avoided and meter reading visits avoided.|P-17
portfolio|risk|2026-10|One architect is the shared cause behind three open risks.|P-18
LU-101|schedule|2026-10|Release 2 of the head-end is now promised for mid-November, against July in the contract. Everything from the regression test to wave 3 moves with it; the licence date of 31 March cannot be met without starting wave 1 on release 1.|P-08
LU-101|schedule|2026-09|The vendor missed its September milestone. A recovery plan was asked for and is in clarification.|P-08
LU-101|cost|2026-10|Spend is far below plan because stock and installation have not started. The vendor's delay itself has cost about 70 thousand so far.|P-08
LU-101|benefits|2026-10|Visits are avoided in the pilot homes only. The profile assumed 12,000 homes by now.|P-24
LU-101|risk|2026-10|Fitter retention is the risk that moves most with each week of delay.|P-08
LU-102|cost|2026-10|Consultants stayed on configuration through the summer, at about 1.25 days for each planned day. The rate of burn falls once acceptance testing ends.|P-09
LU-101 CA-101-5|schedule|2026-10|No home of wave 1 is fitted. The wave waits for release 2 of the head-end; stock is not called off before, so nothing is lost but time.|P-08
LU-102 CA-102-1|cost|2026-10|Licences rose with the number of users that the fit-gap workshops found: 265 thousand dollars on the order of July 2025.|P-09
LU-102 CA-102-2|cost|2026-10|Configuration took 1.25 consultant days for each planned day, in all five streams. The work is done; nothing more comes.|P-09
LU-102 CA-102-3|cost|2026-10|Billing changed its interface twice while ours was built.|P-16
LU-102 CA-102-3|schedule|2026-10|Tuning needs the architect, who is shared with two other initiatives; it follows the system test into January.|P-09
LU-102 CA-102-4|cost|2026-10|The system test ran a third longer than planned, with the whole team in it.|P-26
LU-102 CA-102-4|schedule|2026-10|Three times the expected defects in the system test; the acceptance test began ten weeks late.|P-26
LU-102 CA-102-5|schedule|2026-10|Nothing can be deployed before the acceptance test is passed. Training moves with go-live.|P-09
LU-104 CA-104-4|schedule|2026-10|Fit-out began two weeks late, behind the envelope. A second crew is on site from November.|P-27
LU-102|cost|2026-09|300 more hours were approved in July and are used.|P-09
LU-102|schedule|2026-10|System test found three times the expected defects. February is no longer realistic and the alternatives are before the steering group.|P-09
LU-102|overall|2026-10|The question is no longer whether to finish but when to go live around the year end.|P-03
LU-103|cost|2026-10|Lot 2 was bought below estimate. The euro rate takes back part of it in sterling.|P-10
LU-103|schedule|2026-10|On plan. The old and the new system run side by side since late September.|P-10
LU-104|schedule|2026-10|Measured against Baseline 2. The envelope lost two weeks to coating; the connection date decides the rest.|P-11
LU-104|cost|2026-10|Soil removal closed 5 % over its approved figure. Prices for services are firm.|P-11
LU-104|risk|2026-10|Soil is behind us. Electricity is the next one.|P-11
LU-105|benefits|2026-10|Calls have not fallen as planned. Customers use the portal and still ring. The number on the bill moves in December.|P-23
LU-105|overall|2026-10|Delivery is nearly done. The value is not.|P-12
LU-106|overall|2026-10|Healthy. Only the stores integration worries us, for want of an architect.|P-13
LU-106|schedule|2026-10|Roll-out in two areas is complete ahead of plan.|P-13
LU-107|overall|2026-10|On hold since 14 August. Every month costs the team's standby and the reserved capacity.|P-14
LU-107|schedule|2026-10|Restart assumed on 11 January 2027 if the region is chosen in November.|P-14
LU-108|overall|2026-02|Complete. 1,260 staff trained, lost-time injuries down by a third.|P-15
OBJ-1|KPI|2026-10|Portal use rises and calls do not fall.|P-06
"""

# name | initiative | objective | class | recurrence | directness | measure | baseline | target | unit | full-year value
# | start | ramp months | realised % of profile | confidence % | owner | officer | budget line | group | share % | evidence
# A full-year value of 0 means a quantity is profiled instead of money.
BENEFITS = """
Contact-centre calls avoided|LU-105|OBJ-1|cash-releasing|recurring|direct|Calls a month|61000|46000|calls|1260000|2026-01-01|9|42|64|P-23|P-12|Customer operations, agency staff|CALLS|80|Call log and agency invoices
Paper bills avoided|LU-105|OBJ-1|cash-releasing|recurring|direct|Paper bills a month|318000|190000|bills|540000|2026-04-01|12|88|75|P-23|P-12|Billing, print and post|||Print supplier's invoice
Faster payment|LU-105|OBJ-1|non-cash-releasing|recurring|indirect|Days to pay|24|20|days|210000|2026-04-01|12|91|60|P-17|P-12||||Debtor report
Outage calls avoided|LU-105|OBJ-1|cost avoidance|recurring|direct|Calls per outage hour|240|130|calls|150000|2026-09-01|9|97|55|P-28|P-12||CALLS|20|Call log
Meter reading visits avoided|LU-101|OBJ-3|cash-releasing|recurring|direct|Visits a month|52000|21000|visits|2950000|2026-07-01|18|18|60|P-24|P-08|Metering operations, contract readers|||Reader's invoices
Disputed bills avoided|LU-101|OBJ-3|non-cash-releasing|recurring|indirect|Disputes a month|1900|1100|disputes|380000|2026-09-01|15|85|50|P-23|P-08||||Dispute register
Hub data traffic|LU-101|OBJ-3|disbenefit|recurring|direct|Cost of traffic|0|190000|GBP|190000|2026-07-01|18|60|80|P-24|P-08|Metering operations, communications|||Carrier's invoice
Old ledger licences ended|LU-102|OBJ-4|cash-releasing|recurring|direct|Licence cost a year|640000|60000|GBP|580000|2027-05-01|1|0|80|P-16|P-09|Finance, software|||Termination letter
Faster month-end close|LU-102|OBJ-4|non-cash-releasing|recurring|direct|Working days to close|9|5|days|0|2027-06-01|6|0|65|P-16|P-09||||Close calendar
Outage minutes|LU-103|OBJ-3|cost avoidance|recurring|direct|Customer minutes lost|41|33|minutes|620000|2026-10-01|6|98|70|P-28|P-10||||Regulator's return
Depot running cost|LU-104|OBJ-5|cash-releasing|recurring|direct|Running cost a year|2350000|1490000|GBP|860000|2027-04-01|3|0|75|P-29|P-11|Property, depots|||Property ledger
Sale of three depots|LU-104|OBJ-5|revenue|one-off|direct|Receipts|0|3400000|GBP|3400000|2027-06-01|1|0|50|P-29|P-11||||Completion statement
Jobs per crew and day|LU-106|OBJ-5|non-cash-releasing|recurring|direct|Jobs|4.1|4.9|jobs|940000|2026-10-01|9|104|70|P-25|P-13||||Job log
Journeys to the depot avoided|LU-106|OBJ-5|cash-releasing|recurring|direct|Fuel litres a month|88000|71000|litres|310000|2026-10-01|6|101|70|P-25|P-13|Field operations, fuel|||Fuel cards
Fewer lost-time injuries|LU-108|OBJ-6|qualitative|recurring|indirect|Injuries per million hours|3.6|2.2|rate|0|2026-03-01|12|100|80|P-25|P-15||||Safety return
"""

# id | name | kind | objective or initiative | source | unit | direction | baseline | green | red | owner | parent | weight % | aggregation
# | frequency | first | now | target | decimals
KPIS = """
KPI-01|Customer satisfaction|lagging|OBJ-1|Quarterly survey|score|up|71|78|73|P-06||20|weighted|quarterly|71|74.5|80|1
KPI-02|Customers active in the portal|leading|OBJ-1|Portal log|%|up|12|45|35|P-12|KPI-01|40|weighted|monthly|12|47.2|50|1
KPI-03|Calls a month|leading|OBJ-1|Telephone log|calls|down|61000|50000|56000|P-23|KPI-01|40|last|monthly|61200|58100|46000|0
KPI-04|Complaints per 1,000 customers|process|OBJ-1|Complaint register|rate|down|4.8|3.6|4.4|P-23|KPI-01|20|last|monthly|4.8|4.1|3.4|2
KPI-05|Customer minutes lost|lagging|OBJ-3|Regulator's return|minutes|down|41|36|39|P-28||25|weighted|monthly|41.3|35.4|33|1
KPI-06|Outstations live|leading|LU-103|Test sheets|count|up|0|138|120|P-10|KPI-05|40|last|monthly|0|140|140|0
KPI-07|Smart meters reading daily|leading|LU-101|Head-end report|meters|up|0|15000|8000|P-24|KPI-05|40|last|monthly|0|486|18000|0
KPI-08|Head-end milestones met on time|milestone|LU-101|Vendor plan|%|up|100|85|70|P-08|KPI-05|20|weighted|monthly|100|52|90|0
KPI-09|Days to close the month|lagging|OBJ-4|Close calendar|days|down|9|6|8|P-16||20|weighted|monthly|9|8.5|5|1
KPI-10|Suppliers with clean records|leading|LU-102|Cleansing log|%|up|38|92|80|P-16|KPI-09|50|weighted|monthly|38|89|97|0
KPI-11|Defects open in test|process|LU-102|Test tool|count|down|0|40|90|P-26|KPI-09|30|last|monthly|0|117|30|0
KPI-12|Finance staff trained|leading|LU-102|Learning system|%|up|0|60|30|P-32|KPI-09|20|weighted|monthly|0|22|70|0
KPI-13|Depot running cost|lagging|OBJ-5|Property ledger|GBP thousand|down|196|185|192|P-29||20|weighted|monthly|196|194|150|0
KPI-14|Jobs per crew and day|leading|LU-106|Job log|jobs|up|4.1|4.6|4.3|P-25|KPI-13|50|last|monthly|4.1|4.7|4.9|2
KPI-15|Crews on the app|leading|LU-106|Device log|%|up|0|55|40|P-13|KPI-13|30|weighted|monthly|0|68|100|0
KPI-16|Building progress against Baseline 2|milestone|LU-104|Site report|%|up|100|97|90|P-27|KPI-13|20|weighted|monthly|100|93|100|0
KPI-17|Lost-time injuries per million hours|lagging|OBJ-6|Safety return|rate|down|3.6|2.6|3.2|P-07||15|weighted|monthly|3.6|2.3|2.2|2
KPI-18|Staff trained in safety|leading|LU-108|Attendance register|count|up|0|1200|1000|P-32|KPI-17|40|last|quarterly|0|1260|1260|0
KPI-19|Near misses reported|leading|OBJ-6|Safety app|count|up|40|80|60|P-25|KPI-17|40|sum|monthly|40|91|90|0
KPI-20|Safety observations a month|process|OBJ-6|Safety app|count|up|20|60|40|P-25|KPI-17|20|sum|monthly|20|66|70|0
"""
