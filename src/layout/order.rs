//! The order of keys: that of the fields of the record. What a blank line parts stays parted.

use super::tree::{Piece, Section, Value, entries};
use crate::read::FieldInfo;

/// The keys of a table in their order; nothing where any key may stand.
type Fields = Option<Vec<FieldInfo>>;

/// Puts keys and headers in order, each with the comments right above it. What is in a list stays in its order.
pub(super) fn put_in_order(file: &mut Vec<Section<'_>>, fields: &[FieldInfo]) {
    let top = Some(fields.to_vec());
    let known =
        |section: &Section<'_>| fields_at(&top, section.key()).is_some_and(|own| all_known(&section.body, &own));
    if !file.iter().all(known) {
        return;
    }
    // What stands at the very top or end of a file is about the file.
    let head = file.first_mut().map(|first| comments_at_top(&mut first.body)).unwrap_or_default();
    let foot = file.last_mut().map(|last| comments_at_foot(&mut last.body)).unwrap_or_default();
    for section in file.iter_mut() {
        let own = fields_at(&top, section.key()).flatten();
        sort_pieces(&mut section.body, &own);
    }
    *file = sort_sections(std::mem::take(file), 0, &top);
    if let Some(first) = file.first_mut() {
        first.body.splice(0..0, head);
    }
    if let Some(last) = file.last_mut() {
        last.body.extend(foot);
    }
}

/// The keys of the table that a key leads to; nothing if one of its parts is not known.
fn fields_at(fields: &Fields, key: &[&str]) -> Option<Fields> {
    let Some((first, rest)) = key.split_first() else { return Some(fields.clone()) };
    let Some(known) = fields else { return Some(None) };
    let inner = known.iter().find(|field| field.key == *first)?.shape.fields();
    if rest.is_empty() { Some(inner) } else { fields_at(&inner, rest) }
}

fn all_known(pieces: &[Piece<'_>], fields: &Fields) -> bool {
    entries(pieces).all(|entry| match (fields_at(fields, &entry.key), &entry.value) {
        (Some(inner), Value::List(pieces) | Value::Table(pieces)) => all_known(pieces, &inner),
        (known, Value::Scalar(_)) => known.is_some(),
        (None, _) => false,
    })
}

/// Sorts the keys between blank lines, and those in their values. Parts of lists have no keys and stay where they are.
fn sort_pieces(pieces: &mut Vec<Piece<'_>>, fields: &Fields) {
    let mut sorted = Vec::with_capacity(pieces.len());
    let (mut block, mut comments) = (Vec::new(), Vec::new());
    let mut close = |block: &mut Vec<(Vec<usize>, Vec<_>)>, rest: &mut Vec<_>| {
        block.sort_by(|(one, _), (other, _)| one.cmp(other));
        sorted.extend(block.drain(..).flat_map(|(_, pieces)| pieces));
        sorted.append(rest);
    };
    for mut piece in pieces.drain(..) {
        match &mut piece {
            Piece::Comment(_) => comments.push(piece),
            Piece::Blank => {
                comments.push(piece);
                close(&mut block, &mut comments);
            }
            Piece::Entry(entry) => {
                if let Value::List(inner) | Value::Table(inner) = &mut entry.value {
                    sort_pieces(inner, &fields_at(fields, &entry.key).flatten());
                }
                let place = place(fields, &entry.key);
                comments.push(piece);
                block.push((place, std::mem::take(&mut comments)));
            }
        }
    }
    close(&mut block, &mut comments);
    *pieces = sorted;
}

/// Where a key stands in the order, part by part.
fn place(fields: &Fields, key: &[&str]) -> Vec<usize> {
    let (Some(known), Some((first, rest))) = (fields, key.split_first()) else { return Vec::new() };
    let Some(place) = known.iter().position(|field| field.key == *first) else { return Vec::new() };
    let below = if rest.is_empty() { Vec::new() } else { self::place(&known[place].shape.fields(), rest) };
    [vec![place], below].concat()
}

/// Sorts sections whose keys are the same in the first `depth` parts, where a table with `fields` is.
fn sort_sections<'t>(sections: Vec<Section<'t>>, depth: usize, fields: &Fields) -> Vec<Section<'t>> {
    let (mut sorted, mut below): (Vec<_>, Vec<_>) = sections.into_iter().partition(|one| one.key().len() == depth);
    below.sort_by_key(|section| place(fields, &section.key()[depth..=depth]));
    let mut below = below.into_iter().peekable();
    while let Some(first) = below.next() {
        let inner = fields_at(fields, &first.key()[depth..=depth]).flatten();
        let mut of_one = vec![first];
        // Up to the next table of the list, or the next key.
        while let Some(next) =
            below.next_if(|next| next.key()[depth] == of_one[0].key()[depth] && !next.begins(depth + 1))
        {
            of_one.push(next);
        }
        sorted.extend(sort_sections(of_one, depth + 1, &inner));
    }
    sorted
}

/// Takes out the comments at the top.
fn comments_at_top<'t>(pieces: &mut Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    let count = pieces.iter().take_while(|piece| !matches!(piece, Piece::Entry(_))).count();
    pieces.drain(..count).collect()
}

/// Takes out the comments at the end that a blank line parts from what stands above.
fn comments_at_foot<'t>(pieces: &mut Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    let after = pieces.iter().rposition(|piece| matches!(piece, Piece::Entry(_))).map_or(0, |last| last + 1);
    let blank = pieces[after..].iter().position(|piece| matches!(piece, Piece::Blank)).unwrap_or(pieces.len() - after);
    pieces.split_off(after + blank)
}
