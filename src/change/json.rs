//! A change for machines.

use serde_json::{Value, json};

use super::{Brief, Effect, FieldChange, Followed, Met, RecordChange, Unread};
use crate::check::{Finding, Silence};

impl Brief {
    /// As JSON: `lmnet-diff`, version 1. Values are as in records; null stands for none.
    #[must_use]
    pub fn json(&self) -> Value {
        let effects = |effects: &[Effect]| effects.iter().map(effect).collect::<Vec<_>>();
        let findings = |findings: &[Finding]| findings.iter().map(|one| self.finding(one)).collect::<Vec<_>>();
        let silenced = |why: Silence| {
            let of = self.gone.silenced.iter().filter(|(_, of)| *of == why);
            of.map(|(one, _)| self.finding(one)).collect::<Vec<_>>()
        };
        json!({
            "schema": "lmnet-diff",
            "version": 1,
            "language": self.lang.code(),
            "today": self.day.to_string(),
            "records": self.records.iter().map(record).collect::<Vec<_>>(),
            "references": self.followed.iter().map(followed).collect::<Vec<_>>(),
            "comparable": self.comparable,
            "unreadable": {
                "before": self.paths(|one| one.met[0] == Met::Lost),
                "now": self.paths(|one| one.met[1] == Met::Lost),
                "changed": self.paths(|one| one.changed),
            },
            "figures": effects(&self.effects.figures),
            "deadlines": effects(&self.effects.deadlines),
            "seats": effects(&self.effects.seats),
            "findings": {
                "new": findings(&self.new),
                "fixed": findings(&self.gone.fixed),
                "waived": silenced(Silence::Waived),
                "off": silenced(Silence::Off),
            },
        })
    }

    fn paths(&self, which: impl Fn(&Unread) -> bool) -> Vec<&str> {
        self.unread.iter().filter(|one| which(one)).map(|one| &*one.record).collect()
    }

    fn finding(&self, finding: &Finding) -> Value {
        json!({
            "rule": finding.rule.id,
            "severity": finding.severity.code(),
            "path": finding.place.path,
            "line": finding.place.excerpt.as_ref().map_or(1, |excerpt| excerpt.start.line),
            "key": finding.place.key,
            "message": finding.message.get(self.lang),
        })
    }
}

fn record(change: &RecordChange) -> Value {
    json!({
        "state": change.state.word(),
        "record": change.path,
        "was": change.was,
        "title": change.title,
        "whose": change.whose,
        "fields": change.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

/// A field that only follows a new id.
fn followed(followed: &Followed) -> Value {
    json!({ "record": followed.record, "key": followed.key })
}

fn field(change: &FieldChange) -> Value {
    json!({ "key": change.path, "label": change.label, "old": change.old, "new": change.new })
}

fn effect(effect: &Effect) -> Value {
    json!({
        "key": effect.key,
        "networks": effect.networks,
        "label": effect.label,
        "old": effect.old,
        "new": effect.new,
    })
}
