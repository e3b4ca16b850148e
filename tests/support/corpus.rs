//! A small corpus of organisations that never were.

/// Files of the corpus, relative to it.
pub(crate) const FILES: [(&str, &str); 12] = [
    ("sectors.toml", SECTORS),
    ("signals.toml", SIGNALS),
    ("mechanisms.toml", MECHANISMS),
    ("functions.toml", FUNCTIONS),
    ("journey.toml", JOURNEY),
    ("observations/bazaars.toml", OBSERVATIONS),
    ("cases/bazaars/quillmart-tea-counter.md", QUILLMART),
    ("cases/inns/marlow-empty-rooms.md", MARLOW),
    ("cases/airships/zebra-air-standby.md", ZEBRA),
    ("cases/counting-houses/fernbank-parlour.md", FERNBANK),
    ("cases/counting-houses/oldcoin-machines.md", OLDCOIN),
    ("cases/airships/cloudline-refund.md", CLOUDLINE),
];

const SECTORS: &str = r#"
[[trait]]
id = "branch-network"
label = "Branch network"
[[trait]]
id = "perishable-capacity"
label = "Perishable capacity"
[[trait]]
id = "regulated"
label = "Regulated"

[[group]]
id = "trade"
label = "Trade and money"
aliases = ["commerce"]
[[group]]
id = "travel"
label = "Travel"

[[sector]]
id = "bazaars"
label = "Bazaars"
group = "trade"
aliases = ["markets"]
traits = ["branch-network"]
[[sector]]
id = "counting-houses"
label = "Counting houses"
group = "trade"
aliases = ["banks", "banking"]
traits = ["branch-network", "regulated"]
[[sector]]
id = "inns"
label = "Inns"
group = "travel"
aliases = ["hotels"]
traits = ["perishable-capacity"]
[[sector]]
id = "airships"
label = "Airships"
group = "travel"
traits = ["perishable-capacity", "regulated"]
"#;

const SIGNALS: &str = r#"
[[signal]]
id = "footfall-decline"
label = "Footfall decline"
definition = "Fewer people come to the place."
indicators = ["visits"]
aliases = ["losing footfall", "fewer visitors", "empty branches"]
patterns = ["no reason left to visit"]
frame = ["retail KPIs"]
[signal.scale]
half = 15.0
half_points = 5.0
half_life_months = 24.0
note = "A fall of 15 percent is half-pressed."

[[signal]]
id = "perishable-capacity"
label = "Unsold perishable capacity"
definition = "What is not sold today is lost."
indicators = ["occupancy"]
aliases = ["empty seats", "empty rooms"]
[signal.scale]
half = 20.0
half_points = 8.0
half_life_months = 12.0
"#;

const MECHANISMS: &str = r#"
[[mechanism]]
id = "second-use-of-space"
label = "Second use of space"
aliases = ["lend the room"]
[[mechanism]]
id = "sell-the-remainder"
label = "Sell the remainder"
[[mechanism]]
id = "insure-the-fear"
label = "Insure the fear"
"#;

const FUNCTIONS: &str = r#"
[[function]]
id = "store-operations"
label = "Store operations"
[[function]]
id = "pricing"
label = "Pricing"
[[role_group]]
id = "front-line"
label = "Front line"
[[role]]
id = "branch-staff"
label = "Branch staff"
group = "front-line"
"#;

const JOURNEY: &str = r#"
[[stage]]
id = "consider"
label = "Consider"
[[stage]]
id = "buy"
label = "Buy"
"#;

const OBSERVATIONS: &str = r#"
sector = "bazaars"

[[source]]
id = "gazette"
title = "Bazaar visits, yearly"
publisher = "The Quill Gazette"
url = "https://gazette.example/visits"

[[series]]
signal = "footfall-decline"
metric = "bazaar visits"
region = "Quillshire"
unit = "visits"
kind = "level"
worse = "fall"
figures = [
  { id = "q-1", period = "2012", value = 1000, source = "gazette" },
  { id = "q-2", period = "2013", value = 800, baseline = { period = "2012", value = 1000 }, change = -20, source = "gazette" },
  { id = "q-3", period = "2014", value = 600, baseline = { period = "2013", value = 800 }, change = -25, source = "gazette" },
]
"#;

const QUILLMART: &str = r#"---
title: Lend the quiet half of the hall to a tea house
organisation: Quillmart
sector: bazaars
years: 2013-2015
region: Quillshire
signals: [footfall-decline]
pattern: [no reason left to visit, costly space under-used]
asks:
  - our branches are losing footfall and the rent stays
  - fewer people come in and half of the floor is quiet
  - members stopped coming by since they can do it all from home
mechanism: [second-use-of-space]
functions: [store-operations]
roles: [branch-staff]
journey: [consider]
channels: [store]
outcome: worked
evidence: B
metrics:
  - { name: visits, value: 12, unit: "%", period: "first year", source: 1 }
needs: [a partner who serves tea]
works_when: [the hall is on a busy street]
caveat: "The tea house was owned by a cousin."
sources:
  - { title: "Tea among the quills", publisher: "The Quill Gazette", url: "https://gazette.example/tea", date: 2015-04 }
  - { title: "A hall with two lives", publisher: "Bazaar Weekly", url: "https://weekly.example/hall" }
---
## Challenge

Visits to the hall fell by a fifth in two years, while rent and wages stayed as they were.

## Idea

Lend the quiet half of the hall to a tea house on a share of its takings, so that people have a second reason to come.

## Outcome

Visits rose by twelve percent in the first year.

## Carry it over

Any branch with more floor than visitors can lend part of it.
"#;

const MARLOW: &str = r#"---
title: Sell tonight's empty rooms by the hour to travellers in between
organisation: Marlow Inns
sector: inns
years: 2016
region: Marlow
signals: [perishable-capacity]
pattern: [capacity is lost each day, uneven demand]
asks:
  - rooms stand empty in the afternoon and nobody pays for them
  - seats that are not sold today are lost for good
  - our treatment chairs are idle every morning
mechanism: [sell-the-remainder]
outcome: mixed
evidence: C
caveat: "The inn's own account."
sources:
  - { title: "Naps for sale", publisher: "Marlow Inns", url: "https://marlow.example/naps", date: 2017 }
---
## Challenge

Rooms stood empty between noon and evening, every day of the week.

## Idea

Sell the empty hours to travellers in between.

## Outcome

Takings rose in the first year, but cleaning costs rose as well.
"#;

const ZEBRA: &str = r#"---
title: A standby list that fills empty seats
organisation: Zebra Air
sector: airships
years: 2010-2012
region: Savannah
signals: [perishable-capacity]
pattern: [capacity is lost each day, uneven demand]
asks:
  - empty seats leave with every departure
  - evening performances are half empty while students would come for less
  - appointments that are cancelled in the morning stay unused
mechanism: [sell-the-remainder]
outcome: worked
evidence: A
sources:
  - { title: "Annual accounts", publisher: "Zebra Air", url: "https://zebra.example/accounts", date: 2012 }
  - { title: "Full seats at last", publisher: "Savannah Herald", url: "https://herald.example/seats", date: 2012 }
---
## Challenge

A third of all seats left empty, winter and summer.

## Idea

Keep a standby list of members who come at an hour's notice and pay little.

## Outcome

Empty seats fell from a third to a tenth within two years.
"#;

const FERNBANK: &str = r#"---
title: A parlour where the counter was
organisation: Fernbank
sector: counting-houses
years: 2014-2016
region: Fernshire
signals: [footfall-decline]
pattern: [no reason left to visit, falling visits]
asks:
  - nobody visits our branches any more
  - people only come when something is wrong
  - our showroom is empty on weekdays
mechanism: [second-use-of-space]
outcome: worked
evidence: C
caveat: "The house's own account."
sources:
  - { title: "Parlours", publisher: "Fernbank", url: "https://fernbank.example/parlours", date: 2016 }
---
## Challenge

Branches were losing footfall as customers paid from home.

## Idea

Put a parlour with chairs and tea where the counter was.

## Outcome

People stayed longer, and some of them opened an account.
"#;

const OLDCOIN: &str = r#"---
title: Machines in place of branches
organisation: Oldcoin
sector: counting-houses
years: 2011
region: Fernshire
signals: [footfall-decline]
pattern: [too many sites, falling visits]
asks:
  - our branches cost more than they bring in
  - visitors no longer cover the rent
  - every site we close costs us customers
mechanism: [insure-the-fear]
outcome: failed
evidence: B
sources:
  - { title: "The machines that nobody liked", publisher: "The Fern Post", url: "https://post.example/machines", date: 2012 }
  - { title: "Machines leave the grocers", publisher: "Fern Radio", url: "https://radio.example/machines" }
---
## Challenge

Fewer visitors came to each branch from year to year.

## Idea

Close branches and put machines in grocers' shops.

## Outcome

Customers left, because nobody was there to help them.
"#;

const CLOUDLINE: &str = r#"---
title: Refund the fare when the weather turns
organisation: Cloudline
sector: airships
years: 2018
region: Savannah
signals: [perishable-capacity]
pattern: [fear of committing, plans may change]
asks:
  - people hesitate to commit because plans may change
  - buyers fear to be stuck with what they bought
  - nobody signs while the outlook is unclear
mechanism: [insure-the-fear]
outcome: unknown
evidence: D
caveat: "Retold, never measured."
sources:
  - { title: "Weather and fares", publisher: "Savannah Herald", url: "https://herald.example/fares", date: 2018 }
---
## Challenge

Passengers waited until the last day before they booked.

## Idea

Refund the whole fare when the forecast turns.

## Outcome

What came of it was not reported by anybody.
"#;
