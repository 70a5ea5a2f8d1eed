//! The table of all rules, in the order in which people meet them. Each has its page in `rules/`.

use crate::diagnostic::{Rule, Severity};
use crate::lang::Lang;

macro_rules! rules {
    ($($name:ident $id:literal $severity:ident $(($protected:ident))?)*) => {
        $(
            #[doc = concat!("See `rules/", $id, ".md`.")]
            pub static $name: Rule = Rule {
                id: $id,
                severity: Severity::$severity,
                protected: !stringify!($($protected)?).is_empty(),
                page: include_str!(concat!("rules/", $id, ".md")),
            };
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
    CIRCULAR_REFERENCE "circular-reference" Error
    REPEATED_VALUE "repeated-value" Warning
    WRONG_ORGANISATION_NUMBER "wrong-organisation-number" Error
    WRONG_MUNICIPALITY_CODE "wrong-municipality-code" Error
    SHARED_MUNICIPALITY_CODE "shared-municipality-code" Error
    NATIONAL_IDENTITY_NUMBER "national-identity-number" Error (protected)
    PERSONAL_CONTACT "personal-contact" Error
    NAME_WITHOUT_CONSENT "name-without-consent" Error
    NAME_BESIDE_CONDITION "name-beside-condition" Error
    PROTECTED_RULE "protected-rule" Error (protected)
    CONTRADICTORY_DUTY "contradictory-duty" Error
    IMPOSSIBLE_SEAT "impossible-seat" Warning
    CROWDED_SEAT "crowded-seat" Warning
    UNFOUNDED_RESTATEMENT "unfounded-restatement" Warning
    UNSETTLED_ARRANGEMENT "unsettled-arrangement" Warning
    UNSTATED_INVOLVEMENT "unstated-involvement" Warning
    REFERRAL_WITHOUT_ROUTINE "referral-without-routine" Warning
    UNEXPLAINED_SPECIALIST_OFFERING "unexplained-specialist-offering" Warning
    RUN_OUTSIDE_VALIDITY "run-outside-validity" Error
    DUPLICATE_OFFERING "duplicate-offering" Warning
    COUNT_ABOVE_PUBLISHED "count-above-published" Warning
    CONTRADICTED_REPORT "contradicted-report" Warning
    UNMET_DUTY "unmet-duty" Warning
    UNMET_RECOMMENDATION "unmet-recommendation" Note
    UNDECIDED_FOCUS_AREA "undecided-focus-area" Warning
    IDLE_FOCUS_AREA "idle-focus-area" Warning
    UNDECIDED_OFFERING "undecided-offering" Warning
    SEAT_OF_OUTSIDER "seat-of-outsider" Warning
    ONE_SIDED_LEADERSHIP "one-sided-leadership" Warning
    NEWER_TOML "newer-toml" Warning
    TEXT_WITHOUT_LANGUAGE "text-without-language" Note
    UNUSED_WAIVER "unused-waiver" Warning
    UNEXPLAINED_WAIVER "unexplained-waiver" Warning
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

/// A rule's page, taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    text: &'static str,
    /// The trees that the rule finds something in, as Markdown.
    pub wrong: &'static str,
    /// The trees that it finds nothing in.
    pub right: &'static str,
}

impl Page {
    /// The page of a rule.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        let text = rule.page;
        Self { text, wrong: section(text, "wrong"), right: section(text, "right") }
    }

    /// What is found, why it matters, what to do.
    #[must_use]
    pub fn why(&self, lang: Lang) -> &'static str {
        section(self.text, lang.code()).trim()
    }

    /// What is found, as plain text: the first sentence of why, up to a colon, without its full stop.
    #[must_use]
    pub fn first(&self, lang: Lang) -> String {
        let why = self.why(lang).replace('\n', " ");
        let sentence = why.split(". ").next().unwrap_or(&why);
        sentence.split(": ").next().unwrap_or(sentence).trim_end_matches('.').replace('`', "")
    }
}

/// The part of a page below `## name`, without the heading.
fn section(page: &'static str, name: &str) -> &'static str {
    let mut rest = page;
    while let Some(start) = rest.find("\n## ") {
        let heading = &rest[start + "\n## ".len()..];
        let (title, body) = heading.split_once('\n').unwrap_or((heading, ""));
        if title.trim() == name {
            return body[..body.find("\n## ").map_or(body.len(), |end| end + 1)].trim_start_matches('\n');
        }
        rest = heading;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_in_three_languages_with_examples() {
        for rule in ALL {
            let page = Page::of(rule);
            assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
            for lang in Lang::ALL {
                assert!(page.why(lang).split_whitespace().count() >= 15, "{} in {lang}", rule.id);
            }
            assert!(!page.wrong.trim().is_empty() && !page.right.trim().is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn rule_ids_are_unique() {
        let mut ids: Vec<_> = ALL.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
    }
}
