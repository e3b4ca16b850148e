//! A generator of case studies about organisations that do not exist.
//!
//! Words are made of syllables and drawn by Zipf's law, so that posting lists have the lengths they have in prose.
//! The same seed gives the same files on any machine.

use fastrand::Rng;
use std::fs;
use std::path::Path;

const SEED: u64 = 7;
const WORDS: usize = 20_000;
const SYLLABLES: [&str; 24] = [
    "ba", "cor", "del", "fen", "gra", "hul", "jin", "ka", "lom", "mer", "nov", "or", "pel", "qui",
    "rast", "sel", "tam", "ul", "ven", "wix", "yar", "zeb", "bri", "mol",
];
const SECTORS: [&str; 8] = [
    "banking",
    "retail-general",
    "airlines-airports",
    "hotels-lodging",
    "news-publishing",
    "telecom",
    "healthcare",
    "logistics-post",
];
const SIGNALS: [&str; 6] = [
    "footfall-decline",
    "churn",
    "channel-shift",
    "margin-squeeze",
    "demand-collapse",
    "queue-friction",
];
const MECHANISMS: [&str; 6] = [
    "share-the-counter",
    "pre-order-collect",
    "charge-by-use",
    "match-rival-price",
    "pause-and-check",
    "fixed-fee",
];

/// Words of the invented language, most frequent first.
pub struct Language {
    words: Vec<String>,
    /// Running sums of 1/rank.
    mass: Vec<f64>,
}

impl Language {
    /// Always the same language.
    pub fn new() -> Self {
        let mut rng = Rng::with_seed(SEED);
        let words = (0..WORDS)
            .map(|_| {
                (0..rng.usize(2..5))
                    .map(|_| SYLLABLES[rng.usize(..SYLLABLES.len())])
                    .collect()
            })
            .collect();
        let mut sum = 0.0;
        let mass = (1..=WORDS)
            .map(|rank| {
                sum += 1.0 / rank as f64;
                sum
            })
            .collect();
        Self { words, mass }
    }

    fn word(&self, rng: &mut Rng) -> &str {
        let point = rng.f64() * self.mass[WORDS - 1];
        &self.words[self
            .mass
            .partition_point(|&mass| mass < point)
            .min(WORDS - 1)]
    }

    fn text(&self, rng: &mut Rng, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            text.push_str(if at == 0 {
                ""
            } else if at % 14 == 0 {
                ". "
            } else {
                " "
            });
            text.push_str(self.word(rng));
        }
        text.push('.');
        text
    }

    /// Queries of a number of words, none of them among the hundred most frequent.
    pub fn queries(&self, words: usize, count: usize) -> Vec<String> {
        let mut rng = Rng::with_seed(SEED + words as u64);
        let rare = |rng: &mut Rng| self.words[100 + rng.usize(..3_000)].clone();
        (0..count)
            .map(|_| {
                (0..words)
                    .map(|_| rare(&mut rng))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }
}

/// Writes a corpus of so many cases, with the shipped vocabularies beside them.
pub fn corpus(folder: &Path, cases: usize) {
    let language = Language::new();
    let mut rng = Rng::with_seed(SEED);
    for sector in SECTORS {
        fs::create_dir_all(folder.join("cases").join(sector)).expect("a writable folder");
    }
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for name in [
        "sectors.toml",
        "signals.toml",
        "mechanisms.toml",
        "functions.toml",
        "journey.toml",
    ] {
        fs::copy(shipped.join(name), folder.join(name)).expect("a shipped vocabulary");
    }
    for number in 0..cases {
        let sector = SECTORS[rng.usize(..SECTORS.len())];
        let path = folder
            .join("cases")
            .join(sector)
            .join(format!("case-{number:06}.md"));
        fs::write(path, case(&language, &mut rng, number, sector)).expect("a writable folder");
    }
}

fn case(language: &Language, rng: &mut Rng, number: usize, sector: &str) -> String {
    let from = rng.i32(1990..2022);
    let mut text = format!(
        "---\ntitle: {}\norganisation: Fictional Company {}\nsector: {sector}\nyears: {from}-{}\n",
        language.text(rng, 8),
        number % 997,
        from + rng.i32(0..4),
    );
    let mut add = |part: String| text.push_str(&part);
    add(format!(
        "signals: [{}]\n",
        rng.choice(SIGNALS).unwrap_or_default()
    ));
    add(format!(
        "pattern: [{}, {}]\nasks:\n",
        language.text(rng, 4),
        language.text(rng, 4)
    ));
    for _ in 0..4 {
        add(format!("  - {}\n", language.text(rng, 14)));
    }
    add(format!(
        "mechanism: [{}]\n",
        rng.choice(MECHANISMS).unwrap_or_default()
    ));
    add(format!(
        "outcome: {}\n",
        rng.choice(["worked", "mixed", "failed"])
            .unwrap_or_default()
    ));
    add(format!(
        "evidence: {}\n",
        rng.choice(["A", "B", "C"]).unwrap_or_default()
    ));
    add("sources:\n  - { title: A page, publisher: A paper, url: \"https://paper.example\" }\n---\n".to_owned());
    for (heading, words) in [
        ("Challenge", 60),
        ("Idea", 80),
        ("Outcome", 60),
        ("Carry it over", 300),
    ] {
        add(format!("## {heading}\n\n{}\n\n", language.text(rng, words)));
    }
    text
}

/// The sizes of the corpora, in cases: 1,000 and 50,000, or what `AFIELD_BENCH_CASES` names (`1000,50000`).
pub fn sizes() -> Vec<usize> {
    let named = std::env::var("AFIELD_BENCH_CASES").unwrap_or_else(|_| "1000,50000".to_owned());
    named
        .split(',')
        .map(|size| size.trim().parse().expect("a number of cases"))
        .collect()
}
