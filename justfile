# List the recipes.
default:
    @just --list

# Formatting, lints and documentation, warnings denied.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

# All tests.
test:
    cargo test --workspace

# The servers, by clients that others wrote; or `just contract soak --minutes 5`.
contract *ARGS:
    tests/contract/run {{ARGS}}

# The shipped corpus.
lint-corpus:
    cargo run --quiet --release -- check

# The benchmarks; each prints a raw tantivy baseline beside our figures.
bench *ARGS:
    cargo bench {{ARGS}}

# The judged topics.
eval:
    cargo run --quiet --release -- eval --topics tests/quality/topics.jsonl --qrels tests/quality/qrels.tsv --pairs tests/quality/pairs.jsonl

# The vectors that ship with the corpus.
vectors:
    cargo run --quiet --release -- index --bundle

# Take over changed snapshots and generated pages after reading them.
accept:
    INSTA_UPDATE=always AFIELD_ACCEPT=1 cargo test --workspace

# All that CI runs.
ci:
    bash .ci/run
