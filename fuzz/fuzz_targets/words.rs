//! The small readers: times, counts, days, keys, names, numbers of persons. What is read and printed is read again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lmnet::date::{MonthDay, Semesters, When, period};
use lmnet::edit::{Edit, canonical, day, edited, key_and_value, shape_at};
use lmnet::lang::Lang;
use lmnet::model::Kind;
use lmnet::personal::{contacts, identity_numbers, masked};
use lmnet::read::{ClockTime, FieldInfo, Shape};
use lmnet::registry::{Registry, fields_of_kind};
use lmnet::spelling::{escaped, is_obeyed, is_slip, quoted};

fn leaves(fields: &[FieldInfo], depth: usize, visit: &mut impl FnMut(&Shape)) {
    for field in fields {
        visit(&field.shape);
        if let Some(own) = field.shape.fields().filter(|_| depth < 2) {
            leaves(&own, depth + 1, visit);
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(when) = When::parse(text) {
        assert_eq!(when.to_string(), text, "written in one way only");
        let semesters = Semesters::default();
        assert!(when.first(&semesters) <= when.last(&semesters));
        Lang::ALL.into_iter().for_each(|lang| drop(period(when, Some(when), lang)));
    }
    if let Some(time) = MonthDay::parse(text) {
        assert_eq!(MonthDay::parse(&time.to_string()), Some(time));
        [1800, 1900, 2000, 2023, 2999].into_iter().for_each(|year| drop(time.in_year(year)));
    }
    if let Some(time) = ClockTime::parse(text) {
        assert_eq!(time.to_string(), text);
    }
    if let Some(said) = day(text) {
        assert_eq!(day(&said.to_string()), Some(said));
    }
    // However something is said, what it is written as is said in the same way.
    let (first, value) = text.split_once('\n').unwrap_or((text, text));
    let kind = Kind::ALL[usize::from(first.bytes().next().unwrap_or_default()) % Kind::ALL.len()];
    let fields = fields_of_kind(kind);
    leaves(&fields, 0, &mut |shape| {
        // Of any value, a text has lost the quotes without which it may be another one.
        if let Ok(canon) = canonical(shape, value)
            && !matches!(shape.innermost(), Shape::Free)
        {
            let again = canonical(shape, &canon).map_err(|said| said.en);
            assert_eq!(again.as_ref(), Ok(&canon), "{value:?} as {shape:?}");
        }
    });
    // A change to a record leaves a record.
    let key = first.get(1..).unwrap_or_default();
    let _ = (key_and_value(first), shape_at(&fields, key));
    let record =
        "title = \"Kurs\" # so\norganiser = [\"a\", \"b\"]\n\n[[run]]\nstart = 2016-02-03\n[[run]]\npatients = 3\n";
    for edit in [Edit { key: key.to_owned(), to: Some(vec![value.to_owned()]) }, Edit { key: key.to_owned(), to: None }]
    {
        if let Ok(after) = edited(record, &fields, &[edit]) {
            assert!(toml::from_str::<toml::Table>(&after).is_ok(), "{key:?} = {value:?}\n{after}");
        }
    }
    let _ = key_and_value(value);
    // What is shown is safe.
    assert!(!escaped(text).chars().any(is_obeyed) && !quoted(text).chars().any(is_obeyed), "{text:?}");
    let hidden = masked(text);
    assert!(identity_numbers(&hidden).is_empty(), "{text:?} becomes {hidden:?}");
    for (bytes, _) in contacts(text) {
        assert!(text.get(bytes).is_some());
    }
    assert!(identity_numbers(text).into_iter().all(|bytes| text.get(bytes).is_some()));
    let _ = (is_slip(first, value), is_slip(value, first));
    let registry = Registry::from_texts([("lmnet.toml".into(), b"format = 1\n".to_vec())]);
    let _ = lmnet::compose::usable(&registry, kind, text);
    assert_eq!(lmnet::workbook::mapping(text).is_ok(), lmnet::workbook::mapping(text).is_ok());
});
