//! Meetings and courses of the year.

use super::{CourseLine, Courses, Desk, MeetingGroup, MeetingLine, Meetings};
use crate::count::{Count, Sum};
use crate::date::{Span, period};
use crate::model::{Course, EventStatus, Measure, Meeting, Participants, Record, Section};
use crate::read::Ref;
use crate::registry::Entry;
use crate::tally;

impl Desk<'_> {
    pub(super) fn meetings(&self) -> Meetings {
        let year = Span::year(self.year);
        let mut of_year: Vec<&Entry<Meeting>> = self
            .registry
            .meetings
            .iter()
            .filter(|meeting| {
                let counted = self.is_ours(&meeting.record);
                let ours =
                    meeting.body.as_ref().is_some_and(|body| tally::belongs_to(self.registry, body.id(), self.network));
                let held = meeting.status != Some(EventStatus::Cancelled);
                (counted || ours) && held && tally::touches(self.registry, meeting.when(), &year)
            })
            .collect();
        let semesters = self.registry.semesters();
        of_year.sort_by_key(|meeting| (meeting.start.first(&semesters), meeting.start.last(&semesters)));
        let mut groups: Vec<(Option<&str>, Sum, Vec<MeetingLine>)> = Vec::new();
        // The network itself first, then its bodies and whoever else met, and last the meetings of nobody in particular.
        let rank = |meeting: &&Entry<Meeting>| match meeting.body.as_ref().map(Ref::id) {
            Some(body) if body == &*self.network.id => 0,
            Some(body) if tally::belongs_to(self.registry, body, self.network) => 1,
            Some(_) => 2,
            None => 3,
        };
        of_year.sort_by_key(rank);
        let one = Count::exact(1);
        for meeting in of_year {
            let body = meeting.body.as_ref().map(Ref::id);
            let held = meeting.held.as_ref().unwrap_or(&one);
            let at = groups.iter().position(|(known, ..)| *known == body).unwrap_or_else(|| {
                groups.push((body, Sum::default(), Vec::new()));
                groups.len() - 1
            });
            groups[at].1.add(Some(held));
            groups[at].2.push(self.meeting(meeting));
        }
        Meetings {
            narrative: self.narrative(Section::Meetings),
            groups: groups
                .into_iter()
                .map(|(body, held, meetings)| MeetingGroup {
                    id: body.map(str::to_owned),
                    body: body.map(|body| self.names.body_phrase_in(body, self.year)),
                    held: held.count(),
                    meetings,
                })
                .collect(),
            figures: self.figures(|measure| matches!(measure, Measure::Meetings | Measure::MeetingParticipants)),
        }
    }

    fn meeting(&self, meeting: &Entry<Meeting>) -> MeetingLine {
        let remarks = [meeting.description.as_ref(), meeting.note.as_ref()];
        MeetingLine {
            id: meeting.id.to_string(),
            title: self.phrase(&meeting.title),
            kind: meeting.kind.label().get(self.lang).to_owned(),
            when: period(meeting.start, meeting.end, self.lang),
            held: meeting.held.clone(),
            hours: meeting.hours.as_ref().map(|hours| hours.0.clone()),
            mode: meeting.mode.map(|mode| mode.label().get(self.lang).to_owned()),
            place: self.optional(meeting.place.as_ref()),
            theme: self.optional(meeting.theme.as_ref()),
            organisers: self.bodies(meeting.organiser.iter().chain(&meeting.co_organisers)),
            audience: meeting.audience.iter().map(|side| side.label().get(self.lang).to_owned()).collect(),
            participants: meeting.participants.as_ref().map(Participants::total),
            agenda: meeting.agenda.iter().map(|item| self.text(&item.title)).collect(),
            remarks: remarks.into_iter().filter_map(|remark| self.optional(remark)).collect(),
        }
    }

    pub(super) fn courses(&self) -> Courses {
        let mut courses: Vec<&Entry<Course>> = self
            .registry
            .courses
            .iter()
            .filter(|course| self.is_ours(&course.record))
            .filter(|course| course.start.year() == self.year && course.status != Some(EventStatus::Cancelled))
            .collect();
        let semesters = self.registry.semesters();
        courses.sort_by_key(|course| (course.start.first(&semesters), course.start.last(&semesters)));
        Courses {
            narrative: self.narrative(Section::Courses),
            figures: self.figures(|measure| measure == Measure::TrustsWithBasicCourse),
            courses: courses
                .into_iter()
                .map(|course| CourseLine {
                    id: course.id.to_string(),
                    title: self.phrase(&course.title),
                    module: course.module.label().get(self.lang).to_owned(),
                    organisers: self.bodies(course.organiser.iter().chain(&course.co_organisers)),
                    when: period(course.start, course.end, self.lang),
                    held: course.held.clone(),
                    participants: course.participants.as_ref().map(Participants::total),
                })
                .collect(),
        }
    }
}
