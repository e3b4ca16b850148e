//! The baseline: tantivy as its own first example uses it, over the same files.
//!
//! Each file is read and added whole, with its path and its first line as title; title and text are stemmed English
//! and stored. A search is any-term over both, and reads the stored ten best.

use std::fs;
use std::path::{Path, PathBuf};
use tantivy::collector::TopDocs;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::Value as _;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, IndexWriter, Searcher as Segments, TantivyDocument, doc};

const BUDGET: usize = 160 << 20;

struct Fields {
    path: Field,
    title: Field,
    body: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default()
        .set_indexing_options(indexing)
        .set_stored();
    let path = builder.add_text_field("path", STRING | STORED);
    let title = builder.add_text_field("title", text.clone());
    let body = builder.add_text_field("body", text);
    (builder.build(), Fields { path, title, body })
}

fn fields(schema: &Schema) -> Fields {
    let field = |name| schema.get_field(name).expect("a field of the baseline");
    Fields {
        path: field("path"),
        title: field("title"),
        body: field("body"),
    }
}

fn writer(index: &Index) -> IndexWriter {
    index.writer_with_num_threads(1, BUDGET).expect("a writer")
}

fn document(fields: &Fields, path: &Path) -> TantivyDocument {
    let text = fs::read_to_string(path).expect("a readable file");
    let title = text
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap_or_default()
        .to_owned();
    doc!(fields.path => path.to_string_lossy().into_owned(), fields.title => title, fields.body => text)
}

/// Indexes files into a new folder and commits.
pub fn index(files: &[PathBuf], folder: &Path) {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema).expect("an empty folder");
    let mut writer = writer(&index);
    for path in files {
        writer
            .add_document(document(&fields, path))
            .expect("a document");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
}

/// Replaces one file and commits.
pub fn replace_one(path: &Path, folder: &Path) {
    let index = Index::open_in_dir(folder).expect("an index");
    let fields = fields(&index.schema());
    let mut writer = writer(&index);
    writer.delete_term(tantivy::Term::from_field_text(
        fields.path,
        &path.to_string_lossy(),
    ));
    writer
        .add_document(document(&fields, path))
        .expect("a document");
    writer.commit().expect("a commit");
}

/// An open index.
pub struct Searcher {
    reader: IndexReader,
    parser: QueryParser,
    fields: Fields,
}

impl Searcher {
    /// Opens a folder.
    pub fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).expect("an index");
        let fields = fields(&index.schema());
        let reader = index.reader().expect("a reader");
        Self {
            reader,
            parser: QueryParser::for_index(&index, vec![fields.title, fields.body]),
            fields,
        }
    }

    /// The stored ten best.
    pub fn search(&self, query: &str) -> Vec<TantivyDocument> {
        let segments = self.reader.searcher();
        ten_best(&segments, &*self.parse(query))
    }

    /// Path, title and a snippet of the ten best.
    pub fn page(&self, query: &str) -> Vec<[String; 3]> {
        let segments = self.reader.searcher();
        let query = self.parse(query);
        let snippets =
            SnippetGenerator::create(&segments, &*query, self.fields.body).expect("a generator");
        let row = |document: TantivyDocument| {
            let text = |field| {
                document
                    .get_first(field)
                    .and_then(|value| value.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            let snippet = snippets.snippet_from_doc(&document).to_html();
            [text(self.fields.path), text(self.fields.title), snippet]
        };
        ten_best(&segments, &*query).into_iter().map(row).collect()
    }

    fn parse(&self, query: &str) -> Box<dyn Query> {
        self.parser.parse_query(query).expect("plain words")
    }
}

fn ten_best(segments: &Segments, query: &dyn Query) -> Vec<TantivyDocument> {
    let found = segments
        .search(query, &TopDocs::with_limit(10).order_by_score())
        .expect("a search");
    let found = found.into_iter();
    found
        .map(|(_, address)| segments.doc(address).expect("a document"))
        .collect()
}
