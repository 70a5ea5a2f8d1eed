//! Where a key leads in a text, and what is done there.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, TableLike, Value};

use super::part::{index_of, words_in, words_of};
use super::refusal::{absent, no_key, no_list, no_table, one_language, several_languages, unknown, whole_part};
use super::value::value;
use super::{Edit, new_table, shape_of};
use crate::lang::{Said, Text};
use crate::read::{FieldInfo, Shape};
use crate::spelling::quoted;

/// A step on the way to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    /// A part of a list: its number from 0, or what stands in it.
    Part(String),
}

pub(super) fn edit(document: &mut DocumentMut, fields: &[FieldInfo], edit: &Edit) -> Result<(), Said> {
    let way = way(&edit.key).ok_or_else(|| no_key(&edit.key))?;
    let at = |said: Said| {
        let key = quoted(&edit.key);
        let Said { nn, nb, en } = said;
        Said { nn: format!("{key}: {nn}"), nb: format!("{key}: {nb}"), en: format!("{key}: {en}") }
    };
    let mut spot = Spot { table: document.as_table_mut(), fields: Some(fields.to_vec()), sort: Sort::Top };
    spot.go(&way, edit.to.as_deref()).map_err(at)
}

/// Adds a part to a list at the top.
pub(super) fn push(document: &mut DocumentMut, list: &str, header: bool, mut part: Table) {
    part.set_position(None); // after the last one
    let table = document.as_table_mut();
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(parts)) => parts.push(part),
        Some(Item::Value(Value::Array(parts))) => parts.push(part.into_inline_table()),
        // Of a single part the brackets may be left out.
        Some(Item::Value(single)) => {
            let mut first = single.clone();
            first.decor_mut().clear();
            let mut parts = Array::from_iter([first]);
            parts.push(part.into_inline_table());
            parts.decor_mut().clone_from(single.decor());
            *single = parts.into();
        }
        Some(item @ Item::Table(_)) => {
            let first = std::mem::take(item).into_table().unwrap_or_default();
            *item = Item::ArrayOfTables(ArrayOfTables::from_iter([first, part]));
        }
        _ if header => {
            let mut parts = ArrayOfTables::new();
            parts.push(part);
            table.insert(list, Item::ArrayOfTables(parts));
        }
        _ => {
            table.insert(list, Array::from_iter([part.into_inline_table()]).into());
        }
    }
}

/// A key as steps: `run[2].patients`, `rules."stray-file"`.
fn way(key: &str) -> Option<Vec<Step>> {
    let (mut steps, mut rest) = (Vec::new(), key.trim());
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (part, after) = inner.split_once(']')?;
            let part = part.trim().trim_matches(['"', '\'']);
            (!steps.is_empty() && !part.is_empty()).then(|| steps.push(Step::Part(part.to_owned())))?;
            rest = after;
            continue;
        }
        let after_dot = if steps.is_empty() { rest } else { rest.strip_prefix('.')? };
        let (name, after) = match after_dot.strip_prefix('"') {
            Some(inner) => inner.split_once('"')?,
            None => after_dot.split_at(after_dot.find(['.', '[']).unwrap_or(after_dot.len())),
        };
        (!name.is_empty()).then(|| steps.push(Step::Key(name.trim().to_owned())))?;
        rest = after;
    }
    (!steps.is_empty()).then_some(steps)
}

/// What may stand at a key, whatever parts of lists it names; nothing if there is no such key.
#[must_use]
pub fn shape_at(fields: &[FieldInfo], key: &str) -> Option<Shape> {
    let (mut fields, mut shape) = (Some(fields.to_vec()), None);
    for step in way(key)? {
        let Step::Key(key) = step else { continue };
        let field = fields?.into_iter().find(|field| field.key == key)?;
        fields = field.shape.fields();
        shape = Some(field.shape);
    }
    shape
}

/// Key and value of `KEY=VALUE`, such as `run[2026-02-03].patients=12`; nothing where what stands first is no key.
#[must_use]
pub fn key_and_value(said: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let end = said.find(|char| {
        match char {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        char == '=' && depth == 0
    })?;
    let (key, value) = (said[..end].trim(), said[end + 1..].trim());
    way(key).map(|_| (key, value))
}

/// A table in the text.
struct Spot<'d> {
    table: &'d mut dyn TableLike,
    /// Its keys; nothing where any may stand.
    fields: Option<Vec<FieldInfo>>,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// All that stands above the headers.
    Top,
    /// Under a header.
    Header,
    /// Within a line.
    Inline,
}

impl Spot<'_> {
    fn go(&mut self, way: &[Step], to: Option<&[String]>) -> Result<(), Said> {
        let [Step::Key(key), rest @ ..] = way else { return Err(no_key("[")) };
        let shape = shape_of(self.fields.as_deref(), key).map_err(|known| unknown(key, &known))?;
        match (rest, to) {
            ([], Some(said)) => self.set(key, &shape, said),
            ([], None) => {
                self.remove(key);
                Ok(())
            }
            ([Step::Part(part), rest @ ..], _) => {
                let item = self.table.get_mut(key).ok_or_else(|| absent(key))?;
                let is_alone = !item.is_array() && !item.is_array_of_tables();
                in_list(item, key, &shape, part, rest, to)?;
                if is_alone && rest.is_empty() && to.is_none() {
                    self.remove(key);
                }
                Ok(())
            }
            ([Step::Key(_), ..], _) => {
                if self.table.get(key).is_none() {
                    if to.is_none() {
                        return Ok(());
                    }
                    let header = self.sort == Sort::Top && matches!(shape, Shape::Table(_));
                    self.insert(key, new_table(header));
                }
                let item = self.table.get_mut(key).ok_or_else(|| absent(key))?;
                in_item(item, key, &shape, rest, to)?;
                let left_empty = self.table.get(key).and_then(Item::as_table_like).is_some_and(TableLike::is_empty);
                if to.is_none() && left_empty {
                    self.remove(key);
                }
                Ok(())
            }
        }
    }

    fn set(&mut self, key: &str, shape: &Shape, said: &[String]) -> Result<(), Said> {
        let mut new = value(shape, said)?;
        if let Some(old) = self.table.get_mut(key) {
            if matches!(shape, Shape::Text) && new.is_str() && old.is_table_like() {
                return Err(several_languages(key, old));
            }
            if let Some(old) = old.as_value_mut() {
                // What stands beside a value stays there.
                new.decor_mut().clone_from(old.decor());
                *old = new;
                return Ok(());
            }
            self.table.remove(key);
        }
        self.insert(key, Item::Value(new));
        Ok(())
    }

    fn insert(&mut self, key: &str, item: Item) {
        self.table.insert(key, item);
        if self.sort == Sort::Inline {
            self.table.fmt();
        }
    }

    fn remove(&mut self, key: &str) {
        let is_first = self.table.iter().next().is_some_and(|(first, _)| first == key);
        let above = self.table.key(key).and_then(|key| key.leaf_decor().prefix().and_then(RawString::as_str));
        // What stands at the very top is about the file.
        let head = above.filter(|_| is_first && self.sort == Sort::Top).unwrap_or_default().to_owned();
        self.table.remove(key);
        let next = self.table.iter().next().map(|(next, _)| next.to_owned());
        if head.contains('#')
            && let Some(mut next) = next.and_then(|next| self.table.key_mut(&next))
        {
            let own = next.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
            next.leaf_decor_mut().set_prefix(head + &own);
        }
        if self.sort == Sort::Inline {
            self.table.fmt();
        }
    }
}

/// Goes on in the table that is the value of a key.
fn in_item(item: &mut Item, key: &str, shape: &Shape, rest: &[Step], to: Option<&[String]>) -> Result<(), Said> {
    if matches!(shape, Shape::Text) && item.is_str() {
        return Err(one_language(key));
    }
    let sort = if item.is_table() { Sort::Header } else { Sort::Inline };
    if let Some(value) = item.as_value_mut() {
        spell_out(value, shape);
    }
    let table = item.as_table_like_mut().ok_or_else(|| no_table(key))?;
    Spot { table, fields: keys_of(shape), sort }.go(rest, to)
}

/// Goes on in a part of the list that is the value of a key.
fn in_list(
    item: &mut Item,
    key: &str,
    shape: &Shape,
    part: &str,
    rest: &[Step],
    to: Option<&[String]>,
) -> Result<(), Said> {
    let each = parts_of(shape).ok_or_else(|| no_list(key))?;
    match item {
        Item::ArrayOfTables(parts) => {
            let index = index_of(key, part, parts.iter().map(|table| words_in(table)).collect())?;
            match (rest, to) {
                ([], None) => {
                    parts.remove(index);
                    Ok(())
                }
                ([], Some(_)) => Err(whole_part(key, part)),
                _ => match parts.get_mut(index) {
                    Some(table) => Spot { table, fields: keys_of(each), sort: Sort::Header }.go(rest, to),
                    None => Err(absent(key)),
                },
            }
        }
        Item::Value(Value::Array(parts)) => {
            let index = index_of(key, part, parts.iter().map(words_of).collect())?;
            match (rest, to, parts.get_mut(index)) {
                ([], None, _) => {
                    parts.remove(index);
                }
                ([], Some(said), Some(old)) => {
                    let mut new = value(each, said)?;
                    new.decor_mut().clone_from(old.decor());
                    *old = new;
                }
                (_, _, Some(old)) => {
                    spell_out(old, each);
                    let table = old.as_inline_table_mut().ok_or_else(|| no_table(key))?;
                    Spot { table, fields: keys_of(each), sort: Sort::Inline }.go(rest, to)?;
                }
                (_, _, None) => return Err(absent(key)),
            }
            Ok(())
        }
        // A single part without its brackets.
        single => {
            let words = single.as_value().map(words_of).or_else(|| single.as_table_like().map(words_in));
            index_of(key, part, vec![words.unwrap_or_default()])?;
            match (rest, to, &mut *single) {
                ([], Some(said), Item::Value(old)) => {
                    let mut new = value(each, said)?;
                    new.decor_mut().clone_from(old.decor());
                    *old = new;
                    Ok(())
                }
                ([], None, _) => Ok(()),
                ([], ..) => Err(whole_part(key, part)),
                _ => in_item(single, key, each, rest, to),
            }
        }
    }
}

/// What the parts of a list may be, if there may be one.
pub(super) fn parts_of(shape: &Shape) -> Option<&Shape> {
    match shape {
        Shape::List(each) => Some(each),
        Shape::Either(one, other) => parts_of(one).or_else(|| parts_of(other)),
        _ => None,
    }
}

/// Makes of a short form the table that it stands for, in which only the first key is given: `"vagvik"` is
/// `{ organisation = "vagvik" }`.
fn spell_out(value: &mut Value, shape: &Shape) {
    let Shape::Either(short, long) = shape else { return };
    let fields = long.fields().unwrap_or_default();
    let Some(FieldInfo { key: first, shape: Shape::Reference(_), .. }) = fields.first() else { return };
    if matches!(**short, Shape::Reference(_)) && !value.is_inline_table() {
        let mut table = InlineTable::new();
        let mut short = value.clone();
        short.decor_mut().clear();
        table.insert(*first, short);
        table.decor_mut().clone_from(value.decor());
        *value = table.into();
    }
}

fn keys_of(shape: &Shape) -> Option<Vec<FieldInfo>> {
    let field = |key, shape| FieldInfo { key, doc: "", required: false, parts: 0..=1, shape };
    match shape {
        Shape::Text => Some(Text::LANGUAGES.into_iter().map(|code| field(code, Shape::String)).collect()),
        Shape::Count { .. } => {
            Some(vec![field("at-least", Shape::Free), field("about", Shape::Free), field("words", Shape::String)])
        }
        Shape::Either(short, long) => {
            let short = keys_of(short).unwrap_or_default();
            Some(long.fields()?.into_iter().chain(short).collect())
        }
        _ => shape.fields(),
    }
}
