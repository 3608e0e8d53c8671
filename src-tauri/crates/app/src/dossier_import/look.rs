//! Looking at a file: nothing is kept.

use super::{
    SHAPES,
    feed::{Taker, Walk, head, kind},
    pass::Told,
    plan::{Looked, Plan, World},
    uploads::Upload,
    view::{Seen, view},
};
use crate::{
    App, messages,
    wire::{ErrorCode, LookArgs, LookView, WireError},
};
use pvhcc_domain::{
    dossier::systems::Systems,
    import::{Contradicted, Dictionary, Evidence, Known, Target},
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, atomic::Ordering},
};

/// Walks of a look: what the rows tell of one another, then what they bring.
const TURNS: u64 = 2;

impl App {
    /// What a file would bring.
    pub(crate) async fn dossier_import_look(&self, args: LookArgs) -> Result<LookView, WireError> {
        let upload = self.0.uploads.get(&args.upload)?;
        let mut turn = upload.turn.try_lock().map_err(|_| busy(&upload))?;
        *turn = None;
        upload.stop.store(false, Ordering::Relaxed);
        let world = Arc::new(self.import_world().await?);
        let plan = Arc::new(self.plan_import(&upload, args, &world).await?);
        self.known_system(&plan)?;
        let import = head(self, &upload, &plan, "")?;
        let standing = self.0.store.import_of(&import.sha256, kind(&plan), &import.system).await;
        let standing = standing.map_err(|e| messages::store(&e))?;
        let mut walk = Walk {
            upload: Arc::clone(&upload),
            plan: Arc::clone(&plan),
            world: Arc::clone(&world),
            evidence: Arc::default(),
            contradicted: Arc::default(),
            turn: (0, TURNS),
        };
        let mut seen = Seen { standing, ..Seen::default() };
        if plan.problem.is_none() {
            self.learn(&mut walk).await?;
            walk.turn = (1, TURNS);
            let taker = if seen.standing.is_some() { Taker::Nobody } else { Taker::Compare };
            let (told, kept) = self.walk(walk.clone(), taker, &import).await?;
            seen.count(told, kept);
        }
        let token = token(&import.sha256, &plan, &seen.told);
        let view = view(&upload, &world, &plan, &seen, &walk.evidence, &import, token.clone());
        *turn = Some(Looked {
            token,
            plan,
            evidence: (*walk.evidence).clone(),
            contradicted: walk.contradicted,
            accepted: seen.accepted,
            unchanged: seen.unchanged,
            rejected: seen.told.rejected,
        });
        Ok(view)
    }

    /// What the rows tell of their columns and of one another.
    async fn learn(&self, walk: &mut Walk) -> Result<(), WireError> {
        let nothing = head(self, &walk.upload, &walk.plan, "")?;
        loop {
            let (told, _) = self.walk(walk.clone(), Taker::Nobody, &nothing).await?;
            let settled = is_settled(&walk.evidence, &told.evidence);
            walk.evidence = Arc::new(told.evidence);
            walk.contradicted = Arc::new(told.contradicted);
            // What rows say of one another depends on how their dates are read.
            if settled {
                return Ok(());
            }
            walk.contradicted = Arc::new(Contradicted::default());
        }
    }

    async fn plan_import(
        &self,
        upload: &Arc<Upload>,
        args: LookArgs,
        world: &Arc<World>,
    ) -> Result<Plan, WireError> {
        let (upload, world) = (Arc::clone(upload), Arc::clone(world));
        let name = upload.name.clone();
        let made = tokio::task::spawn_blocking(move || {
            Plan::make((&upload.name, upload.modified), upload.open()?, &args, &world)
        });
        made.await.map_err(|_| {
            super::words::refused(
                &name,
                &pvhcc_sources::files::table::TableError::Damaged("unreadable".into()),
            )
        })?
    }

    /// What is known by name, and how files were read before.
    pub(super) async fn import_world(&self) -> Result<World, WireError> {
        let names = Dictionary::builtin().map_err(|e| messages::builtin(&e))?;
        let systems = Systems::builtin().map_err(|e| messages::builtin(&e))?;
        let mut known = Known::new(&systems, &self.0.units);
        let store = &self.0.store;
        let called = store.code_names().await.map_err(|e| messages::store(&e))?;
        called.fields.iter().for_each(|(code, name)| known.fields.add(code, name));
        called.procedures.iter().for_each(|(code, name)| known.procedures.add(code, name));
        let kept = store.settings(SHAPES).await.map_err(|e| messages::store(&e))?;
        let shape = |(key, value): (String, String)| {
            let remembered = serde_json::from_str(&value).ok()?;
            Some((key[SHAPES.len()..].to_owned(), remembered))
        };
        let remembered: HashMap<_, _> = kept.into_iter().filter_map(shape).collect();
        Ok(World { names, known, now: self.now(), remembered })
    }

    /// The system that was chosen is one.
    fn known_system(&self, plan: &Plan) -> Result<(), WireError> {
        let Some(system) = &plan.system else { return Ok(()) };
        let systems = Systems::builtin().map_err(|e| messages::builtin(&e))?;
        if systems.get(system).is_some() {
            return Ok(());
        }
        let known: Vec<&str> = systems.all().iter().map(|system| system.code.as_str()).collect();
        Err(messages::invalid(
            "system",
            &format!("Không có hệ thống “{system}”. Hãy chọn một trong: {}.", known.join(", ")),
        ))
    }
}

pub(super) fn busy(upload: &Upload) -> WireError {
    WireError::new(ErrorCode::Busy, format!("Đang đọc tệp «{}». Hãy chờ, hoặc bấm Hủy để dừng.", upload.name))
}

/// Columns are read as all of their values show.
fn is_settled(assumed: &BTreeMap<usize, Evidence>, told: &BTreeMap<usize, Evidence>) -> bool {
    told.iter().all(|(column, told)| {
        let assumed = assumed.get(column).copied().unwrap_or_default();
        assumed.order() == told.order() && assumed.percents() == told.percents()
    })
}

/// Names what was looked at: the file, how it is read, and what that gave.
fn token(sha256: &str, plan: &Plan, told: &Told) -> String {
    let mut hash = Sha256::new();
    hash.update(sha256);
    hash.update(format!("{:?}{:?}{:?}", plan.what, plan.system, plan.as_of));
    let mut values: Vec<_> = plan.mapping.values.iter().collect();
    values.sort();
    hash.update(format!(
        "{:?}{:?}{:?}{values:?}",
        plan.mapping.columns, plan.mapping.orders, plan.mapping.fixed
    ));
    hash.update(format!("{} {} {}", told.rows, told.again, told.rejected));
    hex::encode(&hash.finalize()[..16])
}

/// Whether a row may tell a value of its own for a target.
pub(super) fn is_read(plan: &Plan, target: Target) -> bool {
    plan.mapping.column(target).is_some()
}
