//! Abbreviations that the field writes for words of closed lists.

/// What people write for the word of a closed list, besides what it is called in full.
#[must_use]
pub fn short_names(word: &str) -> &'static [&'static str] {
    match word {
        "regional-authority" => &["RHF"],
        "health-trust" => &["HF"],
        "lms" => &["LMS"],
        "coordinating-unit" => &["KE"],
        "committee" => &["AU", "SU", "SSU", "OSO"],
        "labour-and-welfare" => &["Nav"],
        _ => &[],
    }
}
