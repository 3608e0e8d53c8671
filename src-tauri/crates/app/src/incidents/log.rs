//! Acts on incidents for the log of a night, in words.

use super::{Register, target, timeline::happened};
use crate::{
    App,
    wire::{Target, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::incident::ENTITY,
    party::PartyState,
    time::Ms,
};

/// All that the words are made from, read once.
pub(crate) struct IncidentLog {
    register: Register,
    parties: Vec<PartyState>,
}

impl App {
    pub(crate) async fn incident_log(&self) -> Result<IncidentLog, WireError> {
        Ok(IncidentLog { register: self.incident_register().await?, parties: self.party_states().await? })
    }

    /// An act in words with the incident's title, what goes with it, where it leads, and when it happened where it says so.
    pub(crate) fn incident_told(
        &self,
        log: &IncidentLog,
        event: &Event,
    ) -> Option<(String, String, Target, Option<Ms>)> {
        let (Act::Incident(act), Some(id)) = (&event.act, event.entity.strip_prefix(ENTITY)) else {
            return None;
        };
        let (text, detail) = self.incident_phrase(act, &log.register, &log.parties);
        let title = log.register.find(id).map_or_else(|_| String::new(), |s| format!("{}: ", s.title));
        Some((format!("{title}{text}"), detail, target(Some(id)), happened(act)))
    }
}
