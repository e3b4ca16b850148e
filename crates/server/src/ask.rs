//! What can be asked: the values of each request, documented and read in one place.
//!
//! Each struct documents the parameters of a query string; the body of `POST /v1/search` and the input of MCP tools
//! are the same values as one JSON object. `read` is the only way to make one, and a test holds both together.

use crate::fields::Fields;
use afield_corpus::Month;
use afield_index::{Facet, Wanted};
use afield_rank::Dial;
use utoipa::IntoParams;

/// Most characters of a brief, or of any other text.
const MOST_CHARACTERS: usize = 4_000;
/// Most characters of a name: of a sector, say.
const MOST_IN_A_NAME: usize = 200;
/// Most values of one filter.
const MOST_VALUES: usize = 100;
/// Most hits on a page.
const MOST_HITS: i64 = 100;
/// How far can be paged; no list of ideas is longer.
const MOST_OFFSET: i64 = 1_000;
/// Years that `since` and `until` take.
const YEARS: (i64, i64) = (1_000, 2_999);

/// A brief, and what shapes and narrows the answer.
#[derive(Debug, Clone, Default, PartialEq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BriefAsk {
    /// The problem in plain words; whole sentences work best. Also understood: `"exact phrase"`, `-not`,
    /// `sector:retail`, `signal:churn`, `year:2010..2020`.
    #[param(
        min_length = 1,
        max_length = 4000,
        example = "our branches are losing footfall"
    )]
    pub(crate) q: String,
    /// Your own sector, by id, label or alias: its cases are left out and named apart.
    #[param(rename = "for", min_length = 1, max_length = 200, example = "banking")]
    pub(crate) home: Option<String>,
    /// How far from home ideas may come from.
    #[param(value_type = Option<String>, default = "mix")]
    pub(crate) distance: Dial,
    /// Rank as of this date: `2020`, `2020-Q2`, `2020-06` or `2020-06-15`; today when it is not given.
    #[param(value_type = Option<String>, pattern = "^[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2020-06")]
    pub(crate) as_of: Option<Month>,
    /// Relevance only: no shaping by stress, distance, evidence, novelty or diversity.
    #[param(required = false, default = false)]
    pub(crate) plain: bool,
    /// Only cases of one of these sectors, by id, label or alias; a group covers its sectors.
    #[param(required = false, max_items = 100)]
    pub(crate) sector: Vec<String>,
    /// No cases of these sectors.
    #[param(required = false, max_items = 100)]
    pub(crate) not_sector: Vec<String>,
    /// Only cases that acted under one of these stress signals, by id, label or alias.
    #[param(required = false, max_items = 100)]
    pub(crate) signal: Vec<String>,
    /// Only cases that work by one of these mechanisms, by id, label or alias.
    #[param(required = false, max_items = 100)]
    pub(crate) mechanism: Vec<String>,
    /// Only cases in which one of these business functions took part.
    #[param(required = false, max_items = 100)]
    pub(crate) function: Vec<String>,
    /// Only cases in which one of these roles took part.
    #[param(required = false, max_items = 100)]
    pub(crate) role: Vec<String>,
    /// Only cases that changed one of these journey stages.
    #[param(required = false, max_items = 100)]
    pub(crate) journey: Vec<String>,
    /// Only cases that used one of these channels.
    #[param(required = false, max_items = 100)]
    pub(crate) channel: Vec<String>,
    /// Only cases from one of these regions.
    #[param(required = false, max_items = 100)]
    pub(crate) region: Vec<String>,
    /// Only cases with one of these outcomes: `worked`, `mixed`, `failed` or `unknown`.
    #[param(required = false, max_items = 100)]
    pub(crate) outcome: Vec<String>,
    /// Only cases with one of these evidence grades: `A`, `B`, `C` or `D`.
    #[param(required = false, max_items = 100)]
    pub(crate) evidence: Vec<String>,
    /// Only cases that still acted in this year or later.
    #[param(minimum = 1000, maximum = 2999)]
    pub(crate) since: Option<i32>,
    /// Only cases that had begun by this year.
    #[param(minimum = 1000, maximum = 2999)]
    pub(crate) until: Option<i32>,
}

impl BriefAsk {
    /// Takes the values of a brief.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        let ask = Self {
            q: brief(fields, "q"),
            home: name(fields, "for"),
            distance: fields
                .choice("distance", &Dial::ALL, Dial::id)
                .unwrap_or_default(),
            as_of: fields.month("as_of"),
            plain: fields.switch("plain"),
            sector: list(fields, "sector"),
            not_sector: list(fields, "not_sector"),
            signal: list(fields, "signal"),
            mechanism: list(fields, "mechanism"),
            function: list(fields, "function"),
            role: list(fields, "role"),
            journey: list(fields, "journey"),
            channel: list(fields, "channel"),
            region: list(fields, "region"),
            outcome: list(fields, "outcome"),
            evidence: list(fields, "evidence"),
            since: year(fields, "since"),
            until: year(fields, "until"),
        };
        if let (Some(since), Some(until)) = (ask.since, ask.until)
            && since > until
        {
            let detail = format!("`since` is {since}, later than `until`, which is {until}");
            fields.fault("since", detail, None);
        }
        ask
    }

    /// The brief of chat connectors, which call it `query` and know nothing else.
    pub(crate) fn of_query(fields: &mut Fields) -> Self {
        Self {
            q: brief(fields, "query"),
            ..Self::default()
        }
    }

    /// The filters in the user's own words.
    pub(crate) fn wanted(&self) -> Wanted {
        let any = [
            (Facet::Sector, &self.sector),
            (Facet::Signal, &self.signal),
            (Facet::Mechanism, &self.mechanism),
            (Facet::Function, &self.function),
            (Facet::Role, &self.role),
            (Facet::Journey, &self.journey),
            (Facet::Channel, &self.channel),
            (Facet::Region, &self.region),
            (Facet::Outcome, &self.outcome),
            (Facet::Evidence, &self.evidence),
        ];
        let any = any.into_iter().filter(|(_, values)| !values.is_empty());
        let mut wanted = Wanted {
            any: any.map(|(facet, values)| (facet, values.clone())).collect(),
            ..Wanted::default()
        };
        if !self.not_sector.is_empty() {
            wanted.none.insert(Facet::Sector, self.not_sector.clone());
        }
        (wanted.since, wanted.until) = (self.since, self.until);
        wanted
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsk {
    /// How many ideas.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, default = 5)]
    pub(crate) limit: usize,
    /// How many ideas to pass over.
    #[param(value_type = Option<u16>, minimum = 0, maximum = 1000, default = 0)]
    pub(crate) offset: usize,
}

impl PageAsk {
    /// Takes the values of a page.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        Self {
            limit: count(fields, "limit", 1, MOST_HITS, 5),
            offset: count(fields, "offset", 0, MOST_OFFSET, 0),
        }
    }
}

/// How many cases are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LimitAsk {
    /// How many cases.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, default = 5)]
    pub(crate) limit: usize,
}

impl LimitAsk {
    /// Takes the number.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        Self {
            limit: count(fields, "limit", 1, MOST_HITS, 5),
        }
    }
}

/// Which case is to be explained.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CaseAsk {
    /// The case's id.
    #[param(min_length = 1, max_length = 4000, example = "argos-fast-track")]
    pub(crate) id: String,
}

impl CaseAsk {
    /// Takes the id.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        Self {
            id: brief(fields, "id"),
        }
    }
}

/// When stress is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DateAsk {
    /// Read stress as of this date: `2020`, `2020-Q2`, `2020-06` or `2020-06-15`; today when it is not given.
    #[param(value_type = Option<String>, pattern = "^[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2020-06")]
    pub(crate) as_of: Option<Month>,
}

impl DateAsk {
    /// Takes the date.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        Self {
            as_of: fields.month("as_of"),
        }
    }
}

/// What has been typed so far.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestAsk {
    /// The beginning of a title, an organisation, or a name of a signal, sector or mechanism.
    #[param(min_length = 1, max_length = 4000, example = "losing foot")]
    pub(crate) q: String,
    /// How many suggestions.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, default = 8)]
    pub(crate) limit: usize,
}

impl SuggestAsk {
    /// Takes what was typed.
    pub(crate) fn read(fields: &mut Fields) -> Self {
        Self {
            q: brief(fields, "q"),
            limit: count(fields, "limit", 1, MOST_HITS, 8),
        }
    }
}

/// A text that has to be there and to say something.
fn brief(fields: &mut Fields, name: &'static str) -> String {
    if !fields.has(name) {
        fields.fault(name, format!("`{name}` is missing"), None);
    }
    let Some(text) = fields.text(name) else {
        return String::new();
    };
    let empty = || text.trim().is_empty().then(|| format!("`{name}` is empty"));
    if let Some(trouble) = too_long(name, &text, MOST_CHARACTERS).or_else(empty) {
        fields.fault(name, trouble, None);
    }
    text
}

/// A name that may be left out, but not be empty.
fn name(fields: &mut Fields, name: &'static str) -> Option<String> {
    let text = fields.text(name)?;
    let empty = || text.trim().is_empty().then(|| format!("`{name}` is empty"));
    if let Some(trouble) = too_long(name, &text, MOST_IN_A_NAME).or_else(empty) {
        fields.fault(name, trouble, None);
        return None;
    }
    Some(text)
}

fn list(fields: &mut Fields, name: &'static str) -> Vec<String> {
    let mut texts = fields.texts(name);
    if texts.len() > MOST_VALUES {
        let detail = format!(
            "`{name}` has {} values, at most {MOST_VALUES} are taken",
            texts.len()
        );
        fields.fault(name, detail, None);
        texts.clear();
    }
    let long = |text: &String| too_long(name, text, MOST_IN_A_NAME);
    for (place, text) in texts.iter().enumerate() {
        if let Some(trouble) = long(text) {
            fields.fault(&format!("{name}/{place}"), trouble, None);
        }
    }
    texts.retain(|text| long(text).is_none());
    texts
}

fn too_long(name: &str, text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    let trouble = || format!("`{name}` has {length} characters, at most {most} are taken");
    (length > most).then(trouble)
}

fn count(
    fields: &mut Fields,
    name: &'static str,
    least: i64,
    most: i64,
    otherwise: usize,
) -> usize {
    let number = fields.number(name, least, most);
    number
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or(otherwise)
}

fn year(fields: &mut Fields, name: &'static str) -> Option<i32> {
    let year = fields.number(name, YEARS.0, YEARS.1)?;
    i32::try_from(year).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What a struct documents: the name of each parameter, whether it is needed, and its schema.
    fn documented<Ask: IntoParams>() -> Vec<(String, bool, Value)> {
        let parameters = Ask::into_params(|| None);
        let parameters = serde_json::to_value(parameters).unwrap();
        let parameters = parameters.as_array().unwrap().iter();
        let one = |is: &Value| {
            assert_eq!(is["in"], "query");
            assert!(
                !is["description"].as_str().unwrap_or_default().is_empty(),
                "{is}"
            );
            (
                is["name"].as_str().unwrap().to_owned(),
                is["required"] == true,
                is["schema"].clone(),
            )
        };
        parameters.map(one).collect()
    }

    /// What reading a query says.
    fn problem<Ask>(query: &str, read: impl Fn(&mut Fields) -> Ask) -> Vec<(String, String)> {
        let mut fields = Fields::of_query(query);
        read(&mut fields);
        let errors = fields
            .finish()
            .err()
            .map(|problem| problem.errors)
            .unwrap_or_default();
        errors
            .into_iter()
            .map(|fault| (fault.pointer[2..].to_owned(), fault.detail))
            .collect()
    }

    /// Holds what a struct documents against what it reads.
    fn check<Ask: IntoParams>(read: impl Fn(&mut Fields) -> Ask + Copy) {
        let documented = documented::<Ask>();
        let names: Vec<&str> = documented.iter().map(|(name, ..)| name.as_str()).collect();
        let faults = problem("0123456789=1", read);
        let (_, told) = faults.last().unwrap();
        let known = told.split("known: ").nth(1).unwrap_or_default();
        let known: Vec<&str> = known
            .split(", ")
            .map(|name| name.trim_matches('`'))
            .collect();
        assert_eq!(known, names);
        let missing: Vec<String> = problem("", read)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let needed = documented.iter().filter(|(_, needed, _)| *needed);
        let needed: Vec<&str> = needed.map(|(name, ..)| name.as_str()).collect();
        assert_eq!(missing, needed);
    }

    #[test]
    fn what_is_documented_is_what_is_read() {
        check(BriefAsk::read);
        check(PageAsk::read);
        check(LimitAsk::read);
        check(CaseAsk::read);
        check(DateAsk::read);
        check(SuggestAsk::read);
    }

    #[test]
    fn what_is_not_given_is_what_is_documented() {
        let default = |documented: Vec<(String, bool, Value)>, wanted: &str| {
            let found = documented.into_iter().find(|(name, ..)| name == wanted);
            found.unwrap().2["default"].clone()
        };
        let mut fields = Fields::of_query("");
        let page = PageAsk::read(&mut fields);
        assert_eq!(default(documented::<PageAsk>(), "limit"), page.limit);
        assert_eq!(default(documented::<PageAsk>(), "offset"), page.offset);
        let limit = LimitAsk::read(&mut fields).limit;
        assert_eq!(default(documented::<LimitAsk>(), "limit"), limit);
        let limit = SuggestAsk::read(&mut fields).limit;
        assert_eq!(default(documented::<SuggestAsk>(), "limit"), limit);
        let brief = BriefAsk::read(&mut fields);
        assert_eq!(
            default(documented::<BriefAsk>(), "distance"),
            brief.distance.id()
        );
        assert_eq!(default(documented::<BriefAsk>(), "plain"), brief.plain);
        let rest = BriefAsk {
            distance: brief.distance,
            ..BriefAsk::default()
        };
        assert_eq!(brief, rest, "nothing else is made up");
    }

    #[test]
    fn texts_are_as_typed_and_limited_in_characters() {
        let read = |query: &str| {
            let mut fields = Fields::of_query(query);
            let ask = BriefAsk::read(&mut fields);
            fields.finish().ok().map(|()| ask.q)
        };
        assert_eq!(read("q=+empty+seats%0A").as_deref(), Some(" empty seats\n"));
        assert!(read(&format!("q={}", "%C3%BC".repeat(4_000))).is_some());
        assert!(read(&format!("q={}", "%C3%BC".repeat(4_001))).is_none());
        assert!(read(&format!("q=a&sector={}", "x&sector=".repeat(99))).is_some());
        assert!(read(&format!("q=a&sector={}", "x&sector=".repeat(100))).is_none());
    }

    #[test]
    fn the_values_of_a_filter_are_limited_in_characters() {
        assert!(!problem(&format!("q=a&sector={}", "x".repeat(4_001)), BriefAsk::read).is_empty());
    }

    #[test]
    fn the_filters_of_an_ask_reach_the_index() {
        let mut fields = Fields::of_query(
            "q=a&sector=1&not_sector=2&signal=3&mechanism=4&function=5&role=6&journey=7&channel=8&region=9&outcome=10\
             &evidence=11&since=2001&until=2012",
        );
        let wanted = BriefAsk::read(&mut fields).wanted();
        assert_eq!(fields.finish(), Ok(()));
        let values: Vec<(Facet, &str)> = wanted
            .any
            .iter()
            .map(|(facet, values)| (*facet, values[0].as_str()))
            .collect();
        for expected in [
            (Facet::Sector, "1"),
            (Facet::Signal, "3"),
            (Facet::Mechanism, "4"),
            (Facet::Function, "5"),
            (Facet::Role, "6"),
            (Facet::Journey, "7"),
            (Facet::Channel, "8"),
            (Facet::Region, "9"),
            (Facet::Outcome, "10"),
            (Facet::Evidence, "11"),
        ] {
            assert!(values.contains(&expected), "{expected:?}");
        }
        assert_eq!((values.len(), wanted.none.len()), (10, 1));
        assert_eq!(wanted.none[&Facet::Sector], ["2"]);
        assert_eq!((wanted.since, wanted.until), (Some(2001), Some(2012)));
    }
}
