//! The sessions in the README and in `tests/sessions/` are run as they stand, on a fixed day.

#[test]
fn sessions_are_as_printed() {
    trycmd::TestCases::new()
        .env("LMNET_TODAY", "2026-11-23")
        .env("NO_COLOR", "1")
        .case("README.md")
        .case("tests/sessions/*.md");
}
