//! The table of all rules, in the order in which people meet them. Each has its page in `rules/`.

use crate::diagnostic::{Rule, Severity};

macro_rules! rules {
    ($($name:ident $id:literal $severity:ident)*) => {
        $(
            #[doc = concat!("See `rules/", $id, ".md`.")]
            pub static $name: Rule =
                Rule { id: $id, severity: Severity::$severity, page: include_str!(concat!("rules/", $id, ".md")) };
        )*

        /// Every rule.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    MISSING_MANIFEST "missing-manifest" Error
    UNSUPPORTED_FORMAT "unsupported-format" Error
    UNREADABLE_FILE "unreadable-file" Error
    LINKED_FILE "linked-file" Error
    SPECIAL_FILE "special-file" Error
    OVERSIZED_FILE "oversized-file" Error
    STRAY_FILE "stray-file" Warning
    UNUSABLE_FILE_NAME "unusable-file-name" Error
    DUPLICATE_ID "duplicate-id" Error
    FOREIGN_ENCODING "foreign-encoding" Error
    BYTE_ORDER_MARK "byte-order-mark" Warning
    BROKEN_SYNTAX "broken-syntax" Error
    UNKNOWN_KEY "unknown-key" Error
    MISPLACED_KEY "misplaced-key" Error
    MISSING_KEY "missing-key" Error
    WRONG_TYPE "wrong-type" Error
    UNKNOWN_CHOICE "unknown-choice" Error
    IMPOSSIBLE_DATE "impossible-date" Error
    MALFORMED_VALUE "malformed-value" Error
    UNKNOWN_REFERENCE "unknown-reference" Error
    REFERENCE_OUTSIDE_VALIDITY "reference-outside-validity" Error
    REVERSED_PERIOD "reversed-period" Error
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_ids_are_unique() {
        let mut ids: Vec<_> = ALL.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
    }
}
