//! The training profile: the sandbox inside, and its history as the first journal.

use crate::{
    config::{self, Config},
    messages,
    start::{SandboxUrls, TRAINING_START},
    wire::{ErrorCode, WireError},
};
use pvhcc_domain::{
    act::Act,
    bars::Bars,
    checklist::Checklist,
    roles::{Auth, Role},
    time::Ms,
};
use pvhcc_sandbox::{Sandbox, Urls, User};
use pvhcc_store::{Contact, NewEvent, Store};
use std::path::Path;

/// Seed of the training data: everyone trains on the same figures.
const SEED: u64 = 1;

/// Starts the sandbox with its folder inside the profile. Short commands beside an open window get a sandbox of
/// their own in a scratch folder, for the window holds the port.
pub(crate) async fn start(
    folder: &Path,
    clock: Option<(Ms, f64)>,
    scenario: Option<String>,
    exclusive: bool,
) -> Result<Sandbox, WireError> {
    let (clock_start, speed) = clock.unwrap_or((Ms::parse_rfc3339(TRAINING_START).unwrap_or_default(), 1.0));
    let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let folder = if exclusive { folder.join("sandbox") } else { folder.join("sandbox-cli") };
    Sandbox::start(pvhcc_sandbox::Options { listen, folder, clock_start, speed, seed: SEED, scenario })
        .await
        .map_err(|e| WireError::new(ErrorCode::Storage, format!("Không mở được môi trường tập huấn: {e}.")))
}

/// Settings that point at the sandbox.
pub(crate) fn config(urls: &Urls) -> Result<Config, WireError> {
    let mut text = format!(
        "[vneid]\nissuer = \"{}\"\nclient_id = \"pvhcc-dashboard\"\n\
         post_logout_redirect_uri = \"http://127.0.0.1/signed-out\"\n\
         [gateway]\nbase_url = \"{}\"\n\
         [portal]\nbase_url = \"{}\"\ndstcode = \"VN:GOV:SANDBOX\"\nprovider_url = \"{}\"\n\
         username = \"sandbox\"\nunit_code = \"H21\"\n",
        urls.issuer, urls.gateway, urls.portal, urls.portal
    );
    for page in pvhcc_sandbox::pages() {
        text += &format!(
            "[[probe]]\nid = \"{}\"\ntitle = \"{}\"\nurl = \"{}/{}\"\nmethod = \"{}\"\ntimeout_seconds = 5\n",
            page.id, page.title, urls.pages, page.id, page.method
        );
        if page.method == "GET" {
            text += &format!("expect = \"{}\"\n", page.title);
        }
    }
    config::parse(&text, "tập huấn")
}

pub(crate) fn urls(urls: &Urls) -> SandboxUrls {
    SandboxUrls {
        issuer: urls.issuer.clone(),
        gateway: urls.gateway.clone(),
        portal: urls.portal.clone(),
        pages: urls.pages.clone(),
        control: urls.control.clone(),
    }
}

/// Set once the whole history is written: how many events it has.
const SEEDED: &str = "training.seeded";

/// Position of the last event that was seeded; what comes behind was said by people.
pub(crate) async fn seeded(store: &Store) -> Result<i64, WireError> {
    let kept = store.setting(SEEDED).await.map_err(|e| messages::store(&e))?;
    Ok(kept.and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// Writes the fictional users and the plausible history of progress into a new journal, and what had been measured and
/// concluded by then. Killed in the middle, the next start goes on where it ended: the history is always the same, so its
/// length says how far it got.
pub(crate) async fn seed(store: &Store, checklist: &Checklist, bars: &Bars) -> Result<(), WireError> {
    let failed = |e: pvhcc_store::StoreError| messages::store(&e);
    if store.setting(SEEDED).await.map_err(failed)?.is_some() {
        return Ok(());
    }
    let key = store.pseudonym_key().await.map_err(failed)?;
    let users = pvhcc_sandbox::users();
    for user in users.iter().filter(|u| u.role.is_some()) {
        store.put_name(user.key, user.display_name).await.map_err(failed)?;
    }
    for of_duty in pvhcc_sandbox::duty_contacts() {
        let contact = Contact {
            name: of_duty.name,
            unit: of_duty.unit,
            title: of_duty.title,
            phone: of_duty.phone,
            email: String::new(),
        };
        let id = format!("{}{}", crate::duty::CONTACT, of_duty.id);
        store.put_contact(&id, &contact).await.map_err(failed)?;
    }
    let mut written: Vec<String> =
        store.events(None, 0, i64::MAX).await.map_err(failed)?.into_iter().map(|e| e.id).collect();
    let roster = roster(&users, &key);
    let first = roster.len();
    let story = pvhcc_sandbox::history(SEED).into_iter().map(|item| {
        let user = users.iter().find(|u| u.key == item.person);
        let event = NewEvent {
            actor: pseudonym(&users, &key, item.person),
            role: user.and_then(|u| u.role).unwrap_or(Role::Staff),
            auth: Auth::Online,
            entity: item.entity,
            based_on: None,
            act: item.act,
            said_at: Some(item.said_at),
        };
        (event, item.file)
    });
    let mut batch: Vec<NewEvent> = Vec::new();
    let roster = roster.into_iter().map(|event| (event, None));
    for (mut event, file) in roster.chain(story).skip(written.len()) {
        if let Some((index, id)) = pvhcc_sandbox::seed_reference(&mut event.act) {
            // What an act speaks of must be written before its id is known.
            written.extend(flush(store, &mut batch).await?);
            *id = written.get(first + index).cloned().unwrap_or_default();
        }
        if let Some(text) = file {
            store.put_blob(text.as_bytes()).await.map_err(failed)?;
        }
        batch.push(event);
    }
    written.extend(flush(store, &mut batch).await?);
    crate::proof::seed_past(store, checklist, bars, SEED).await.map_err(failed)?;
    store.put_setting(SEEDED, &written.len().to_string()).await.map_err(failed)
}

async fn flush(store: &Store, batch: &mut Vec<NewEvent>) -> Result<Vec<String>, WireError> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let events = store.append_all(std::mem::take(batch)).await.map_err(|e| messages::store(&e))?;
    Ok(events.into_iter().map(|e| e.id).collect())
}

fn pseudonym(users: &[User], key: &[u8; 32], user: &str) -> String {
    let sub = users.iter().find(|u| u.key == user).map_or(user, |u| u.sub);
    pvhcc_signin::pseudonym(key, crate::people::SANDBOX_ISSUER, sub)
}

/// The roster of the training province, in force from the first day of the history.
fn roster(users: &[User], key: &[u8; 32]) -> Vec<NewEvent> {
    let start = Ms::parse_rfc3339("2026-03-05T07:00:00+07:00").unwrap_or_default();
    let with_role = users.iter().filter_map(|u| Some((u, u.role?, u.unit?)));
    with_role
        .map(|(user, role, unit)| NewEvent {
            actor: "setup".to_owned(),
            role: Role::Admin,
            auth: Auth::Setup,
            entity: crate::people::ROSTER.to_owned(),
            based_on: None,
            act: Act::RosterAssigned {
                person: pseudonym(users, key, user.key),
                roster_id: user.key.to_owned(),
                unit: unit.to_owned(),
                role,
                from: start.day(),
                to: None,
                deputy: false,
            },
            said_at: Some(start),
        })
        .collect()
}
