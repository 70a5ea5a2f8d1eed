//! All that people call a record.

use super::Registry;
use crate::lang::Text;
use crate::model::Kind;

impl Registry {
    /// What a record is called: its title in each language, its abbreviation, and other names that it goes by.
    pub fn called(&self, kind: Kind, id: &str) -> impl Iterator<Item = &str> {
        let (short, others): (Option<&Text>, &[Text]) = match kind {
            Kind::Organisation => self
                .organisations
                .get(id)
                .map(|organisation| (organisation.abbreviation.as_ref(), &*organisation.also_called)),
            Kind::Network => {
                self.networks.get(id).map(|network| (network.abbreviation.as_ref(), &*network.also_called))
            }
            Kind::Agreement => {
                self.agreements.get(id).map(|agreement| (agreement.abbreviation.as_ref(), Default::default()))
            }
            _ => None,
        }
        .unwrap_or_default();
        let title = self.pointed(kind, id).and_then(|found| found.title);
        title.into_iter().chain(short).chain(others).flat_map(Text::wordings)
    }
}
