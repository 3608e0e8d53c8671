//! Nights that the sandbox can play, for rehearsals: what goes wrong in its world and when, and the truth about it.
//!
//! Without one the sandbox's world is an ordinary day. The choice stands in the folder and outlives a restart.

mod night;
mod script;

use crate::{folder::Folder, server::SandboxError};
pub use night::PlantedCause;
pub(crate) use night::{Kept, Night};
use pvhcc_domain::time::Ms;
pub use script::Expect;
pub(crate) use script::{FlowWord, Script};
use std::sync::{Arc, PoisonError, RwLock};

const FILE: &str = "scenario.json";

/// A night that can be played, and whether it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Names it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Sandbox time per real time that a rehearsal runs at.
    pub speed: f64,
    /// When it begins where the clock is not past it.
    pub start: Ms,
    /// When the night that is played begins, or began; `None` when it is not chosen.
    pub from: Option<Ms>,
    /// When it ends.
    pub to: Option<Ms>,
}

/// The scenario with that id, as it stands in the script.
#[must_use]
pub fn scenario(id: &str) -> Option<Scenario> {
    script::scripts().iter().find(|script| script.id == id).map(|script| describe(script, None))
}

fn describe(script: &Script, played: Option<&Night>) -> Scenario {
    Scenario {
        id: script.id.clone(),
        title: script.title.clone(),
        speed: script.speed,
        start: script.start,
        from: played.map(Night::start),
        to: played.map(Night::end),
    }
}

/// The night that is played.
#[derive(Debug)]
pub(crate) struct Stage {
    folder: Folder,
    chosen: RwLock<Option<(Arc<Night>, Option<f64>)>>,
}

impl Stage {
    /// What the folder keeps; a script that is no longer known is not played.
    pub(crate) fn open(folder: Folder) -> Result<Self, SandboxError> {
        let kept: Option<Kept> = folder.read(FILE)?;
        let chosen = kept.and_then(|kept| Some((Arc::new(Night::of(&kept)?), kept.speed)));
        Ok(Self { folder, chosen: RwLock::new(chosen) })
    }

    pub(crate) fn night(&self) -> Option<Arc<Night>> {
        let chosen = self.chosen.read().unwrap_or_else(PoisonError::into_inner);
        chosen.as_ref().map(|(night, _)| Arc::clone(night))
    }

    /// The speed that was chosen with the night.
    pub(crate) fn speed(&self) -> Option<f64> {
        self.chosen.read().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|(_, speed)| *speed)
    }

    /// Plays a night from now on, or none.
    pub(crate) fn play(&self, night: Option<Night>, speed: Option<f64>) -> Result<(), SandboxError> {
        let mut chosen = self.chosen.write().unwrap_or_else(PoisonError::into_inner);
        match &night {
            Some(night) => self.folder.write(FILE, &night.kept(speed))?,
            None => self.folder.remove(FILE)?,
        }
        *chosen = night.map(|night| (Arc::new(night), speed));
        Ok(())
    }

    /// All that can be played.
    pub(crate) fn scenarios(&self) -> Vec<Scenario> {
        let playing = self.night();
        let all = script::scripts().iter();
        let this = |script: &Script| playing.as_deref().filter(|night| night.script().id == script.id);
        all.map(|script| describe(script, this(script))).collect()
    }
}
