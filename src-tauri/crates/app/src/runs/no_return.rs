//! The point of no return by two persons (design §6): the first decides, the second signs in at VNeID beside the first, anew and
//! as somebody else. The first stays who is at the window.

use super::{Scene, conflict};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{ErrorCode, NoReturnArgs, NoReturnPhase, NoReturnStateView, WireError},
};
use pvhcc_domain::{
    operation::run::{
        RunAct, SecondPerson,
        startable::{Reason, may_begin, reasons},
    },
    roles::{Permission, Role},
};
use pvhcc_signin as signin;
use std::sync::Arc;

/// What is going on, or how the last one went.
#[derive(Default)]
pub(super) struct Second {
    going_on: Option<GoingOn>,
    last: Option<Last>,
}

struct GoingOn {
    run: String,
    first: String,
    authorize_url: String,
    attempt: signin::AttemptHandle,
}

struct Last {
    run: String,
    first: String,
    problem: Option<String>,
}

fn refused(message: impl Into<String>) -> WireError {
    WireError::new(ErrorCode::Forbidden, message)
}

impl App {
    /// What keeps two persons from saying now that there is no way back; none when only their word is missing.
    pub(super) fn no_return_hindrance(&self, scene: &Scene) -> Option<String> {
        let Some((index, step)) = scene.runbook.steps.iter().enumerate().find(|(_, s)| s.no_return) else {
            return Some("Kịch bản này không có điểm không thể quay lui.".to_owned());
        };
        if scene.run.no_return.is_some() {
            return Some("Hai người đã xác nhận điểm không thể quay lui.".to_owned());
        }
        let found = scene.with_around(|around| reasons(&scene.runbook, &scene.run, step, around));
        let others: Vec<Reason> = found.into_iter().filter(|r| *r != Reason::NoReturn).collect();
        if may_begin(&others, scene.run.mode, true) {
            return None;
        }
        let words: Vec<String> =
            others.iter().map(|r| self.reason_words(&scene.runbook, index, r, scene.now)).collect();
        Some(words.join(" "))
    }

    pub(crate) async fn no_return_start(
        &self,
        actor: &Actor,
        args: NoReturnArgs,
    ) -> Result<NoReturnStateView, WireError> {
        let reason = note(args.reason.as_deref())?;
        let scene = self.run_scene(&args.run).await?;
        if let Some(why) = self.no_return_hindrance(&scene) {
            return Err(conflict(format!("Chưa xác nhận được. {why}")));
        }
        let provider = self.provider().await?;
        let url = {
            let mut second = self.0.runs.second.lock().await;
            if second.going_on.is_some() {
                return Err(messages::busy_sign_in());
            }
            let clock = Arc::clone(&self.0.clock);
            let started = signin::start(&provider, clock, signin::Prompt::FreshLogin).await;
            let (attempt, future) = started.map_err(|e| messages::sign_in(&e))?;
            let url = attempt.authorize_url().to_string();
            let (run, first) = (args.run.clone(), actor.person.clone());
            second.going_on = Some(GoingOn { run, first, authorize_url: url.clone(), attempt });
            second.last = None;
            let (app, first, run) = (self.clone(), actor.clone(), args.run.clone());
            tokio::spawn(async move {
                let outcome = future.await;
                app.finish_no_return(&first, run, reason, outcome).await;
            });
            url
        };
        if let Err(why) = (self.0.open_browser)(&url) {
            tracing::warn!(%why, "browser did not open");
        }
        self.runs_changed();
        self.no_return_state(Some(actor)).await
    }

    async fn finish_no_return(
        &self,
        first: &Actor,
        run: String,
        reason: Option<String>,
        outcome: Result<signin::SignedIn, signin::SignInError>,
    ) {
        let settled = match outcome {
            Ok(second) => self.pass_no_return(first, &run, reason, second).await,
            Err(e) => Err(messages::sign_in(&e)),
        };
        if let Err(e) = &settled {
            tracing::warn!(code = ?e.code, "the point of no return was not passed");
        }
        {
            let mut second = self.0.runs.second.lock().await;
            second.going_on = None;
            second.last =
                Some(Last { run, first: first.person.clone(), problem: settled.err().map(|e| e.message) });
        }
        self.runs_changed();
    }

    /// Judges the second person and keeps what both said.
    async fn pass_no_return(
        &self,
        first: &Actor,
        run: &str,
        reason: Option<String>,
        signed_in: signin::SignedIn,
    ) -> Result<(), WireError> {
        let person = self.pseudonym_for(&signed_in.identity).await?;
        let auth_time = signed_in.identity.auth_time;
        // Nothing of the second person's session is kept, whatever comes of it.
        tokio::spawn(async move {
            if let Err(e) = signed_in.session.sign_out().await {
                tracing::info!(error = %e, "the second person's session was not ended at VNeID");
            }
        });
        // The attempt took nobody without a log-in of this moment; one that cannot be told is none.
        let Some(auth_time) = auth_time else {
            return Err(refused("VNeID không cho biết lúc đăng nhập của người thứ hai. Chưa ghi gì."));
        };
        if person == first.person {
            return Err(refused(
                "Người thứ hai phải là người khác: vừa đăng nhập là chính bạn. Chưa ghi gì; hãy mời một người trực hoặc lãnh đạo khác.",
            ));
        }
        let role = match self.assignment(&person).await? {
            Some(a) if matches!(a.role, Role::Duty | Role::Leader) || a.deputy => a.role,
            _ => {
                return Err(refused(
                    "Người thứ hai phải có vai trò Trực hoặc Lãnh đạo đang hiệu lực. Chưa ghi gì.",
                ));
            }
        };
        // The first is still at the window and still may.
        let at_window = self.actor().await?.filter(|a| a.person == first.person && a.may(Permission::Decide));
        if at_window.is_none() {
            return Err(refused("Người thứ nhất không còn ở phiên làm việc này. Chưa ghi gì; hãy làm lại."));
        }
        let second = SecondPerson { person, role, auth_time };
        self.say_in_run(first, run, |scene| {
            if let Some(why) = self.no_return_hindrance(scene) {
                return Err(conflict(format!("Chưa xác nhận được. {why}")));
            }
            let step = scene.runbook.no_return().map(|s| s.id.clone()).unwrap_or_default();
            Ok(RunAct::NoReturnPassed { step, second: second.clone(), reason: reason.clone() })
        })
        .await?;
        Ok(())
    }

    /// How far it got, for who began it; others see only that something goes on.
    pub(crate) async fn no_return_state(
        &self,
        actor: Option<&Actor>,
    ) -> Result<NoReturnStateView, WireError> {
        let second = self.0.runs.second.lock().await;
        let own = |person: &str| actor.is_some_and(|a| a.person == person);
        let view = |phase, run: Option<&String>, authorize_url, problem: Option<String>, message: &str| {
            NoReturnStateView {
                phase,
                run: run.cloned(),
                authorize_url,
                message: problem.clone().unwrap_or_else(|| message.to_owned()),
                problem,
            }
        };
        Ok(match (&second.going_on, &second.last) {
            (Some(on), _) => view(
                NoReturnPhase::Waiting,
                Some(&on.run),
                own(&on.first).then(|| on.authorize_url.clone()),
                None,
                "Chờ người thứ hai đăng nhập VNeID trong trình duyệt, trong 5 phút.",
            ),
            (None, Some(last)) if own(&last.first) => match &last.problem {
                Some(problem) => {
                    view(NoReturnPhase::Refused, Some(&last.run), None, Some(problem.clone()), "")
                }
                None => view(
                    NoReturnPhase::Passed,
                    Some(&last.run),
                    None,
                    None,
                    "Hai người đã xác nhận: từ đây không còn quay lui.",
                ),
            },
            _ => view(NoReturnPhase::Idle, None, None, None, ""),
        })
    }

    pub(crate) async fn no_return_cancel(&self, actor: &Actor) -> Result<NoReturnStateView, WireError> {
        {
            let mut second = self.0.runs.second.lock().await;
            match &second.going_on {
                Some(on) if on.first == actor.person => on.attempt.cancel(),
                Some(_) => return Err(refused("Chỉ người đã bắt đầu mới hủy được.")),
                None => second.last = None,
            }
        }
        self.no_return_state(Some(actor)).await
    }

    /// Cancels what waits for a second person: the first has left the window.
    pub(crate) async fn forget_second_person(&self) {
        if let Some(on) = &self.0.runs.second.lock().await.going_on {
            on.attempt.cancel();
        }
    }
}
