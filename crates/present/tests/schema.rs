//! What the views say of themselves, held to what they write.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect should fail"
)]

#[path = "../../../tests/support/corpus.rs"]
mod corpus;

use afield_corpus::{Month, Vocabulary};
use afield_index::{FacetCounts, Filters, IndexInfo, Location, Snapshot, open_fresh};
use afield_present::view::{
    CaseView, FacetListView, IndexView, MechanismsView, RelatedView, SearchView, SectorView,
    SectorsView, SignalView, SignalsView, SuggestionEntry, SuggestionsView, WhyView,
};
use afield_rank::{Context, Request, StressModel, Weights};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, schema::Schema};

/// A case that says next to nothing, so that all that may be unknown is.
const BARE: (&str, &str) = (
    "cases/thimble.md",
    "Nobody visits the thimble museum any more.\n",
);

/// Keys that are not always there.
const OPTIONAL: [&str; 2] = ["Search.nearest_signals", "Source.date"];

/// An indexed corpus of organisations that never were.
struct Stage {
    snapshot: Snapshot,
    _folder: TempDir,
}

impl Stage {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join("corpus").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let location = Location::new(folder.path().join("corpus"), folder.path().join("index"));
        let (snapshot, _) = open_fresh(&location, &mut |_| ()).unwrap();
        Self {
            snapshot,
            _folder: folder,
        }
    }

    /// The small corpus of the commands' tests, and a case that says nothing.
    fn full() -> Self {
        let mut files = corpus::FILES.to_vec();
        files.push(BARE);
        Self::new(&files)
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.snapshot.catalogue().vocabulary
    }

    fn context(&self) -> Context {
        Context::new(self.snapshot.catalogue(), Weights::default())
    }

    fn model(&self) -> StressModel {
        StressModel::new(self.vocabulary(), &self.snapshot.catalogue().series)
    }

    fn search(&self, brief: &str, home: Option<&str>) -> SearchView {
        let query = self.snapshot.read(brief, Filters::default());
        let answer = afield_rank::search(&self.snapshot, &self.context(), query, &request(home));
        let answer = answer.unwrap();
        let highlight = |text: &str| self.snapshot.highlights(&answer.query, text);
        let took = Duration::from_millis(3);
        SearchView::new(&answer, self.vocabulary(), &highlight, took)
    }

    fn why(&self, id: &str, brief: &str, home: Option<&str>) -> WhyView {
        let query = self.snapshot.read(brief, Filters::default());
        let context = self.context();
        let found = afield_rank::why(&self.snapshot, &context, id, &query, &request(home));
        WhyView::new(&found.unwrap().unwrap(), &query, home, self.vocabulary())
    }

    fn case(&self, id: &str) -> CaseView {
        CaseView::new(&self.snapshot.find(id).unwrap().unwrap(), self.vocabulary())
    }

    fn related(&self, id: &str) -> RelatedView {
        let case = self.snapshot.find(id).unwrap().unwrap();
        let related = afield_rank::related(&self.snapshot, &self.context(), id, 5);
        RelatedView::new(&case, &related.unwrap().unwrap(), self.vocabulary())
    }
}

fn as_of() -> Month {
    Month::new(2014, 6)
}

fn request(home: Option<&str>) -> Request {
    let mut request = Request::new(as_of());
    request.home = home.map(str::to_owned);
    request
}

#[test]
fn answers_to_a_brief() {
    let stage = Stage::full();
    let found = stage.search("fewer visitrs reach our brances", Some("counting-houses"));
    assert!(!found.hits.is_empty() && !found.already_at_home.is_empty());
    assert!(!found.query.read_as.corrected.is_empty());
    check(&found);
    // A hit of which next to nothing is known, without a home.
    let bare = stage.search("thimble museum", None);
    assert_eq!(bare.hits[0].sector, None);
    check(&bare);
    let weak = stage.search("branches of zebra rhubarb quarries under the moon", None);
    assert!(!weak.nearest_signals.is_empty());
    check(&weak);
    check(&stage.search("", None));
    check(&Stage::new(&[BARE]).search("thimble", None));
}

#[test]
fn explanations() {
    let stage = Stage::full();
    let brief = "our branches are losing footfall";
    let listed = stage.why("quillmart-tea-counter", brief, Some("counting-houses"));
    assert!(listed.place.is_some() && listed.best.is_some());
    check(&listed);
    let kept_out = stage.why("fernbank-parlour", brief, Some("counting-houses"));
    assert!(kept_out.place.is_none() && !kept_out.obstacles.is_empty());
    check(&kept_out);
    check(&stage.why("thimble", "rhubarb", None));
}

#[test]
fn cases_and_what_is_like_them() {
    let stage = Stage::full();
    check(&stage.case("quillmart-tea-counter"));
    check(&stage.case("thimble"));
    let related = stage.related("quillmart-tea-counter");
    assert!(!related.hits.is_empty());
    check(&related);
    check(&stage.related("thimble"));
}

#[test]
fn sectors_and_their_stress() {
    let stage = Stage::full();
    let (model, counts) = (stage.model(), stage.snapshot.counts());
    let sectors = SectorsView::new(&model, stage.vocabulary(), counts, as_of());
    assert!(sectors.sectors.iter().any(|entry| entry.stress.is_some()));
    assert!(sectors.sectors.iter().any(|entry| entry.stress.is_none()));
    check(&sectors);
    let bazaars = SectorView::new("bazaars", &model, stage.vocabulary(), as_of());
    assert!(!bazaars.observations.is_empty() && !bazaars.curve.is_empty());
    check(&bazaars);
    check(&SectorView::new(
        "inns",
        &model,
        stage.vocabulary(),
        as_of(),
    ));
}

#[test]
fn the_vocabulary_and_what_uses_it() {
    let stage = Stage::full();
    let (vocabulary, counts) = (stage.vocabulary(), stage.snapshot.counts());
    check(&SignalsView::new(vocabulary, counts));
    for signal in &vocabulary.signals {
        let observed = ["bazaars".to_owned()];
        check(&SignalView::new(signal, vocabulary, counts, &observed));
    }
    check(&MechanismsView::new(vocabulary, counts));
    let facets = FacetListView::new(vocabulary, counts, &stage.snapshot.info());
    assert!(!facets.facets["role"].is_empty());
    check(&facets);
    check(&FacetListView::new(
        &Vocabulary::default(),
        &FacetCounts::new(),
        &IndexInfo::default(),
    ));
}

#[test]
fn suggestions() {
    let entry = |kind: &str| SuggestionEntry {
        kind: kind.to_owned(),
        id: "inns".to_owned(),
        text: "Inns".to_owned(),
        matched: "hotels".to_owned(),
    };
    let kinds = ["signal", "sector", "mechanism", "organisation", "case"];
    check(&SuggestionsView {
        query: "hot".to_owned(),
        suggestions: kinds.map(entry).to_vec(),
        index: IndexView::new(&IndexInfo::default()),
    });
}

/// The check refuses what the schema does not allow, so it says something when it passes.
#[test]
fn what_is_not_documented_is_refused() {
    let stage = Stage::full();
    let search = to_value(&stage.search("our branches are losing footfall", None));
    let why = to_value(&stage.why("quillmart-tea-counter", "footfall", None));
    let search = |pointer, key, wrong| refused::<SearchView>(&search, pointer, key, wrong);
    let why = |pointer, key, wrong| refused::<WhyView>(&why, pointer, key, wrong);
    search("", "nowhere", Some(json!(1)));
    search("", "took_ms", None);
    search("", "verdict", Some(json!("splendid")));
    search("", "total", Some(json!(-1)));
    search("", "warnings", Some(Value::Null));
    search("/hits/0", "rank", Some(json!(1)));
    search("/hits/0", "region", None);
    search("/hits/0", "years", Some(json!([2013])));
    search("/hits/0", "years", Some(json!([2013, null, null])));
    search("/hits/0", "signals", Some(json!([{ "id": "churn" }])));
    search("/hits/0/sector", "group", Some(json!("trade")));
    search("/hits/0/sources/0", "date", Some(Value::Null));
    search("/hits/0/snippet", "highlights", Some(json!([[1, 2, 3]])));
    search("/hits/0/score_parts", "problem", Some(json!(1.5)));
    search("/facets/sector", "inns", Some(json!("many")));
    why("", "nowhere", Some(json!(1)));
    why("", "place", None);
    why("", "score_parts", None);
    why("/best", "place", Some(json!(1)));
}

#[test]
fn every_name_has_one_schema_and_every_key_a_description() {
    let mut optional = Vec::new();
    for (name, schema) in &components() {
        assert!(!name.contains("View"), "{name}");
        let parts = schema["allOf"].as_array().cloned();
        for part in parts.unwrap_or_else(|| vec![schema.clone()]) {
            let properties = part["properties"].as_object().cloned();
            for (key, property) in properties.unwrap_or_default() {
                if !holds(&part["required"], &key) {
                    optional.push(format!("{name}.{key}"));
                }
                let text = description(&property);
                assert!(!text.is_empty(), "{name}.{key} has no description");
                assert!(!text.contains("[`"), "{name}.{key} links into code: {text}");
            }
        }
    }
    assert_eq!(optional, OPTIONAL);
}

/// Asserts that a view is what its schema says, without a key that the schema does not name.
fn check<V: Serialize + ToSchema>(view: &V) {
    let (value, schema) = (to_value(view), closed::<V>());
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", V::name());
}

/// Asserts that a value is not what the schema says once a key is wrong, or gone.
fn refused<V: ToSchema>(value: &Value, pointer: &str, key: &str, wrong: Option<Value>) {
    let validator = jsonschema::draft202012::new(&closed::<V>()).unwrap();
    assert!(validator.is_valid(value));
    let mut value = value.clone();
    let object = value.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
    match wrong {
        Some(wrong) => object.insert(key.to_owned(), wrong),
        None => Some(object.remove(key).unwrap()),
    };
    assert!(!validator.is_valid(&value), "`{key}` in `{pointer}` passes");
}

/// All named schemas of the views, each name with one schema.
fn components() -> BTreeMap<String, Value> {
    let mut named = Vec::new();
    name::<SearchView>(&mut named);
    name::<CaseView>(&mut named);
    name::<RelatedView>(&mut named);
    name::<WhyView>(&mut named);
    name::<SectorsView>(&mut named);
    name::<SectorView>(&mut named);
    name::<SignalsView>(&mut named);
    name::<SignalView>(&mut named);
    name::<MechanismsView>(&mut named);
    name::<FacetListView>(&mut named);
    name::<SuggestionsView>(&mut named);
    let mut components = BTreeMap::new();
    for (name, schema) in named {
        let schema = to_value(&schema);
        let known = components.entry(name.clone()).or_insert(schema.clone());
        assert_eq!(*known, schema, "`{name}` is the name of two schemas");
    }
    components
}

fn name<V: ToSchema>(named: &mut Vec<(String, RefOr<Schema>)>) {
    named.push((V::name().into_owned(), V::schema()));
    V::schemas(named);
}

/// The schema of a view with all references resolved, refusing keys that it does not name.
fn closed<V: ToSchema>() -> Value {
    resolved(&to_value(&V::schema()), &components(), true)
}

/// Objects that are a part of another object stay open, or they would refuse its keys.
fn resolved(schema: &Value, components: &BTreeMap<String, Value>, close: bool) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap();
        return resolved(&components[name], components, close);
    }
    let mut result = Map::new();
    for (key, value) in object {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, property)| (name.clone(), resolved(property, components, true)))
                .collect(),
            (_, Value::Array(parts)) => parts
                .iter()
                .map(|part| resolved(part, components, key != "allOf"))
                .collect(),
            _ => resolved(value, components, true),
        };
        result.insert(key.clone(), value);
    }
    if close && (object.contains_key("properties") || object.contains_key("allOf")) {
        result.insert("unevaluatedProperties".to_owned(), json!(false));
    }
    Value::Object(result)
}

/// A property's own description, also where it may be null.
fn description(property: &Value) -> String {
    let choices = property["oneOf"].as_array().into_iter().flatten();
    let mut texts = std::iter::once(property).chain(choices);
    let text = texts.find_map(|schema| schema["description"].as_str());
    text.unwrap_or_default().to_owned()
}

fn holds(list: &Value, key: &str) -> bool {
    let mut items = list.as_array().into_iter().flatten();
    items.any(|item| item == key)
}

fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
