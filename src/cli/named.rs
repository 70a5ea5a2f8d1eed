//! References on the command line, by what people call what they point to.

use crate::edit::{Edit, shape_at};
use crate::lang::{Lang, Said};
use crate::read::{FieldInfo, Shape};
use crate::registry::Registry;
use crate::spelling::quoted;
use crate::workbook::Choices;

/// The same edits with ids in place of titles, names and short names. What nothing is called stays, for `check` to tell of.
pub(super) fn named(
    registry: &Registry,
    fields: &[FieldInfo],
    edits: Vec<Edit>,
    lang: Lang,
) -> Result<Vec<Edit>, Said> {
    edits.into_iter().map(|edit| with_ids(registry, fields, edit, lang)).collect()
}

fn with_ids(registry: &Registry, fields: &[FieldInfo], edit: Edit, lang: Lang) -> Result<Edit, Said> {
    let shape = shape_at(fields, &edit.key);
    let (Some(each @ Shape::Reference(_)), Some(said)) = (shape.as_ref().map(Shape::innermost), &edit.to) else {
        return Ok(edit);
    };
    let choices = Choices::of(registry, each, lang);
    let id = |said: &String| Ok(choices.called(said)?.unwrap_or(said).to_owned());
    let to = said.iter().map(id).collect::<Result<Vec<String>, Said>>();
    let key = quoted(&edit.key);
    let to = to.map_err(|Said { nn, nb, en }| Said {
        nn: format!("{key}: {nn}"),
        nb: format!("{key}: {nb}"),
        en: format!("{key}: {en}"),
    })?;
    Ok(Edit { to: Some(to), ..edit })
}
