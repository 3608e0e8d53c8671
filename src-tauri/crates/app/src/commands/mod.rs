//! The dispatcher: name and JSON in, JSON or [`WireError`] out; permissions checked before the use case runs.

use crate::{App, messages, people::Actor, wire::*};
use pvhcc_domain::roles::Permission;
use serde::Serialize;
use serde_json::Value;

/// One command of the table.
#[derive(Debug, Clone, Copy)]
pub struct CommandSpec {
    /// Name, as the window calls it.
    pub name: &'static str,
    /// What it needs.
    pub permission: Permission,
    /// What it does.
    pub about: &'static str,
}

macro_rules! commands {
    ($($name:ident($args:ty) -> $out:ty, $perm:ident, $about:literal;)*) => {
        /// Every command, in the table's order.
        pub const COMMANDS: &[CommandSpec] = &[
            $(CommandSpec { name: stringify!($name), permission: Permission::$perm, about: $about }),*
        ];

        impl App {
            /// Runs one command. The future is boxed: the match over all commands would be large otherwise.
            ///
            /// # Errors
            /// `NotFound` for an unknown command, `Invalid` for arguments that do not fit,
            /// `Unauthenticated` or `Forbidden` without the permission, and whatever the use case answers.
            pub async fn dispatch(&self, name: &str, args: Value) -> Result<Value, WireError> {
                self.command(name, args).await.map_err(|e| messages::in_folder(e, self.folder()))
            }

            async fn command(&self, name: &str, args: Value) -> Result<Value, WireError> {
                match name {
                    $(stringify!($name) => {
                        let actor = self.authorise(Permission::$perm).await?;
                        let args: $args = arguments(args)?;
                        let out: $out = Box::pin(run::$name(self, actor, args)).await?;
                        result(&out)
                    })*
                    _ => Err(WireError::new(ErrorCode::NotFound, format!("Không có lệnh “{name}”."))),
                }
            }
        }
    };
}
include!("table.rs");

fn arguments<T: serde::de::DeserializeOwned>(args: Value) -> Result<T, WireError> {
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    serde_json::from_value(args)
        .map_err(|e| WireError::new(ErrorCode::Invalid, format!("Dữ liệu gửi lên không đúng dạng: {e}.")))
}

fn result<T: Serialize>(out: &T) -> Result<Value, WireError> {
    serde_json::to_value(out).map_err(|e| messages::builtin(&e))
}

/// The person, for commands that write; `authorise` has let nobody else through.
fn somebody(actor: Option<Actor>) -> Result<Actor, WireError> {
    actor.ok_or_else(messages::unauthenticated)
}

/// One function a command: picks what the use case needs. The compiler holds it complete against the table.
mod run {
    use super::*;

    type Out<T> = Result<T, WireError>;
    type Who = Option<Actor>;

    pub(super) async fn session(app: &App, _: Who, _: NoArgs) -> Out<SessionView> {
        app.session().await
    }
    pub(super) async fn sign_in_start(app: &App, _: Who, _: NoArgs) -> Out<SessionView> {
        app.sign_in_start().await
    }
    pub(super) async fn sign_in_cancel(app: &App, _: Who, _: NoArgs) -> Out<SessionView> {
        app.sign_in_cancel().await
    }
    pub(super) async fn sign_in_paste(app: &App, _: Who, args: PasteArgs) -> Out<SessionView> {
        app.sign_in_paste(args).await
    }
    pub(super) async fn sign_in_pin(app: &App, _: Who, args: PinArgs) -> Out<SessionView> {
        app.sign_in_pin(args).await
    }
    pub(super) async fn sign_out(app: &App, _: Who, _: NoArgs) -> Out<SessionView> {
        app.sign_out().await
    }
    pub(super) async fn set_pin(app: &App, _: Who, args: PinArgs) -> Out<SessionView> {
        app.set_pin(args).await
    }
    pub(super) async fn claim_admin(app: &App, _: Who, args: ClaimArgs) -> Out<SessionView> {
        app.claim_admin(args).await
    }
    pub(super) async fn setup_state(app: &App, _: Who, _: NoArgs) -> Out<SetupView> {
        app.setup_state().await
    }
    pub(super) async fn setup_test(app: &App, who: Who, args: SetupArgs) -> Out<SetupTestView> {
        app.setup_test(who.as_ref(), args).await
    }
    pub(super) async fn setup_save(app: &App, who: Who, args: SetupArgs) -> Out<SetupView> {
        app.setup_save(who.as_ref(), args).await
    }
    pub(super) async fn setup_training(app: &App, _: Who, _: NoArgs) -> Out<SetupView> {
        app.setup_training().await
    }
    pub(super) async fn window_shown(app: &App, _: Who, _: NoArgs) -> Out<NoResult> {
        app.shown();
        Ok(NoResult {})
    }
    pub(super) async fn frame(app: &App, _: Who, _: NoArgs) -> Out<FrameView> {
        app.frame().await
    }
    pub(super) async fn overview(app: &App, _: Who, _: NoArgs) -> Out<OverviewView> {
        app.overview().await
    }
    pub(super) async fn chart(app: &App, _: Who, args: ChartArgs) -> Out<ChartView> {
        app.chart(args).await
    }
    pub(super) async fn dossier_choices(app: &App, _: Who, _: NoArgs) -> Out<DossierChoicesView> {
        app.dossier_choices().await
    }
    pub(super) async fn dossier_stats(app: &App, _: Who, args: StatsArgs) -> Out<StatsView> {
        app.dossier_stats(args).await
    }
    pub(super) async fn dossier_chart(app: &App, _: Who, args: DossierChartArgs) -> Out<ChartView> {
        app.dossier_chart(args).await
    }
    pub(super) async fn dossier_list(app: &App, _: Who, args: DossierListArgs) -> Out<DossierListView> {
        app.dossier_list(args).await
    }
    pub(super) async fn dossier(app: &App, _: Who, args: DossierArgs) -> Out<DossierView> {
        app.dossier(args).await
    }
    pub(super) async fn dossier_findings(app: &App, _: Who, args: PeriodArgs) -> Out<FindingsView> {
        app.dossier_findings(args).await
    }
    pub(super) async fn dossier_form(app: &App, _: Who, args: FormArgs) -> Out<FormView> {
        app.dossier_form(args).await
    }
    pub(super) async fn dossier_export(app: &App, _: Who, args: DossierExportArgs) -> Out<ExportedView> {
        app.dossier_export(args).await
    }
    pub(super) async fn tasks(app: &App, who: Who, args: TasksArgs) -> Out<TasksView> {
        app.tasks(who.as_ref(), args).await
    }
    pub(super) async fn tasks_as_of(app: &App, _: Who, args: AsOfArgs) -> Out<TasksView> {
        app.tasks_as_of(args).await
    }
    pub(super) async fn tasks_compare(app: &App, _: Who, args: CompareArgs) -> Out<CompareView> {
        app.tasks_compare(args).await
    }
    pub(super) async fn tasks_compare_export(
        app: &App,
        _: Who,
        args: CompareExportArgs,
    ) -> Out<ExportedView> {
        app.tasks_compare_export(args).await
    }
    pub(super) async fn task(app: &App, who: Who, args: TaskArgs) -> Out<TaskDetailView> {
        app.task(who.as_ref(), args).await
    }
    pub(super) async fn plan(app: &App, _: Who, _: NoArgs) -> Out<PlanView> {
        app.plan().await
    }
    pub(super) async fn task_set_status(app: &App, who: Who, args: SetStatusArgs) -> Out<EditedView> {
        app.task_set_status(&somebody(who)?, args).await
    }
    pub(super) async fn task_add_note(app: &App, who: Who, args: AddNoteArgs) -> Out<EditedView> {
        app.task_add_note(&somebody(who)?, args).await
    }
    pub(super) async fn task_change_due(app: &App, who: Who, args: ChangeDueArgs) -> Out<EditedView> {
        app.task_change_due(&somebody(who)?, args).await
    }
    pub(super) async fn task_set_expected(app: &App, who: Who, args: SetExpectedArgs) -> Out<EditedView> {
        app.task_set_expected(&somebody(who)?, args).await
    }
    pub(super) async fn task_set_text(app: &App, who: Who, args: TextArgs) -> Out<EditedView> {
        app.task_set_text(&somebody(who)?, args).await
    }
    pub(super) async fn task_measure(app: &App, who: Who, args: MeasureArgs) -> Out<EditedView> {
        app.task_measure(&somebody(who)?, args).await
    }
    pub(super) async fn tasks_export(app: &App, _: Who, args: TasksExportArgs) -> Out<ExportedView> {
        app.tasks_export(args).await
    }
    pub(super) async fn import_preview(app: &App, who: Who, args: ImportArgs) -> Out<ImportPreview> {
        app.import_preview(&somebody(who)?, args).await
    }
    pub(super) async fn import_apply(app: &App, who: Who, args: ImportApplyArgs) -> Out<ImportDone> {
        app.import_apply(&somebody(who)?, args).await
    }
    pub(super) async fn dossier_imports(app: &App, who: Who, _: NoArgs) -> Out<ImportsView> {
        app.dossier_imports(who.as_ref()).await
    }
    pub(super) async fn dossier_import_send(
        app: &App,
        _: Who,
        args: ImportPieceArgs,
    ) -> Out<ImportPieceView> {
        app.dossier_import_send(args).await
    }
    pub(super) async fn dossier_import_look(app: &App, _: Who, args: LookArgs) -> Out<LookView> {
        app.dossier_import_look(args).await
    }
    pub(super) async fn dossier_import_cancel(app: &App, _: Who, args: ImportCancelArgs) -> Out<NoResult> {
        Ok(app.dossier_import_cancel(&args.upload, args.forget))
    }
    pub(super) async fn dossier_import_rejects(app: &App, _: Who, args: UploadArgs) -> Out<ExportedView> {
        app.dossier_import_rejects(args).await
    }
    pub(super) async fn dossier_import_take(app: &App, who: Who, args: TakeArgs) -> Out<TakenView> {
        app.dossier_import_take(&somebody(who)?, args).await
    }
    pub(super) async fn dossier_import_undo(
        app: &App,
        who: Who,
        args: ImportUndoArgs,
    ) -> Out<ImportUndoneView> {
        app.dossier_import_undo(&somebody(who)?, args).await
    }
    pub(super) async fn lists(app: &App, _: Who, _: NoArgs) -> Out<ListsView> {
        Ok(app.lists_view())
    }
    pub(super) async fn list_import(app: &App, who: Who, args: ListImportArgs) -> Out<ListImportView> {
        app.list_import(&somebody(who)?, args).await
    }
    pub(super) async fn list_retire(app: &App, who: Who, args: ListRetireArgs) -> Out<ListsView> {
        app.list_retire(&somebody(who)?, args).await
    }
    pub(super) async fn bulk_preview(app: &App, who: Who, args: BulkArgs) -> Out<BulkPreview> {
        app.bulk_preview(&somebody(who)?, args).await
    }
    pub(super) async fn bulk_apply(app: &App, who: Who, args: BulkArgs) -> Out<BulkDone> {
        app.bulk_apply(&somebody(who)?, args).await
    }
    pub(super) async fn conflict_settle(app: &App, who: Who, args: SettleArgs) -> Out<EditedView> {
        app.conflict_settle(&somebody(who)?, args).await
    }
    pub(super) async fn task_block(app: &App, who: Who, args: TaskBlockArgs) -> Out<EditedView> {
        app.task_block(&somebody(who)?, args).await
    }
    pub(super) async fn obstacles(app: &App, who: Who, _: NoArgs) -> Out<ObstaclesView> {
        app.obstacles(who.as_ref()).await
    }
    pub(super) async fn obstacle(app: &App, who: Who, args: ObstacleArgs) -> Out<ObstacleDetailView> {
        app.obstacle(who.as_ref(), args).await
    }
    pub(super) async fn obstacle_raise(app: &App, who: Who, args: ObstacleRaiseArgs) -> Out<ObstacleEdited> {
        app.obstacle_raise(&somebody(who)?, args).await
    }
    pub(super) async fn obstacle_change(
        app: &App,
        who: Who,
        args: ObstacleChangeArgs,
    ) -> Out<ObstacleEdited> {
        app.obstacle_change(&somebody(who)?, args).await
    }
    pub(super) async fn obstacle_answer(app: &App, who: Who, args: ObstacleReplyArgs) -> Out<ObstacleEdited> {
        app.obstacle_answer(&somebody(who)?, args).await
    }
    pub(super) async fn obstacle_resolve(
        app: &App,
        who: Who,
        args: ObstacleReplyArgs,
    ) -> Out<ObstacleEdited> {
        app.obstacle_resolve(&somebody(who)?, args).await
    }
    pub(super) async fn obstacle_reopen(
        app: &App,
        who: Who,
        args: ObstacleReopenArgs,
    ) -> Out<ObstacleEdited> {
        app.obstacle_reopen(&somebody(who)?, args).await
    }
    pub(super) async fn parties(app: &App, who: Who, _: NoArgs) -> Out<PartiesView> {
        app.parties(who.as_ref()).await
    }
    pub(super) async fn party_set(app: &App, who: Who, args: PartySetArgs) -> Out<PartiesView> {
        app.party_set(&somebody(who)?, args).await
    }
    pub(super) async fn contact_set(app: &App, who: Who, args: ContactSetArgs) -> Out<PartiesView> {
        app.contact_set(&somebody(who)?, args).await
    }
    pub(super) async fn contact_remove(app: &App, who: Who, args: ContactRemoveArgs) -> Out<PartiesView> {
        app.contact_remove(&somebody(who)?, args).await
    }
    pub(super) async fn watch(app: &App, _: Who, args: WatchArgs) -> Out<WatchView> {
        app.watch(args).await
    }
    pub(super) async fn watch_api(app: &App, _: Who, args: WatchApiArgs) -> Out<WatchApiView> {
        app.watch_api(args).await
    }
    pub(super) async fn watch_timeline(app: &App, _: Who, args: WatchTimelineArgs) -> Out<WatchTimelineView> {
        app.watch_timeline(args).await
    }
    pub(super) async fn watch_heat(app: &App, _: Who, args: WatchHeatArgs) -> Out<WatchHeatView> {
        app.watch_heat(args).await
    }
    pub(super) async fn watch_peak(app: &App, _: Who, args: WatchPeakArgs) -> Out<WatchPeakView> {
        app.watch_peak(args).await
    }
    pub(super) async fn alerts(app: &App, who: Who, args: AlertsArgs) -> Out<AlertsView> {
        app.alerts(who.as_ref(), args).await
    }
    pub(super) async fn alert_top(app: &App, _: Who, _: NoArgs) -> Out<TopAlertView> {
        app.alert_top().await
    }
    pub(super) async fn alert(app: &App, _: Who, args: AlertArgs) -> Out<AlertDetailView> {
        app.alert(args).await
    }
    pub(super) async fn alert_ack(app: &App, who: Who, args: AlertAckArgs) -> Out<AlertEdited> {
        app.alert_ack(&somebody(who)?, args).await
    }
    pub(super) async fn alert_mute(app: &App, who: Who, args: AlertMuteArgs) -> Out<AlertEdited> {
        app.alert_mute(&somebody(who)?, args).await
    }
    pub(super) async fn alert_unmute(app: &App, who: Who, args: AlertUnmuteArgs) -> Out<AlertEdited> {
        app.alert_unmute(&somebody(who)?, args).await
    }
    pub(super) async fn alert_escalate(app: &App, who: Who, args: AlertEscalateArgs) -> Out<AlertEdited> {
        app.alert_escalate(&somebody(who)?, args).await
    }
    pub(super) async fn alert_rules(app: &App, who: Who, _: NoArgs) -> Out<AlertRulesView> {
        app.alert_rules(who.as_ref()).await
    }
    pub(super) async fn alert_rule_set(app: &App, who: Who, args: AlertRuleArgs) -> Out<AlertRulesView> {
        app.alert_rule_set(&somebody(who)?, args).await
    }
    pub(super) async fn incidents(app: &App, who: Who, args: IncidentsArgs) -> Out<IncidentsView> {
        app.incidents(who.as_ref(), args).await
    }
    pub(super) async fn incident(app: &App, who: Who, args: IncidentArgs) -> Out<IncidentDetailView> {
        app.incident(who.as_ref(), args).await
    }
    pub(super) async fn incident_open(app: &App, who: Who, args: IncidentOpenArgs) -> Out<IncidentEdited> {
        app.incident_open(&somebody(who)?, args).await
    }
    pub(super) async fn incident_change(
        app: &App,
        who: Who,
        args: IncidentChangeArgs,
    ) -> Out<IncidentEdited> {
        app.incident_change(&somebody(who)?, args).await
    }
    pub(super) async fn incident_ack(app: &App, who: Who, args: IncidentAckArgs) -> Out<IncidentEdited> {
        app.incident_ack(&somebody(who)?, args).await
    }
    pub(super) async fn incident_assign(
        app: &App,
        who: Who,
        args: IncidentAssignArgs,
    ) -> Out<IncidentEdited> {
        app.incident_assign(&somebody(who)?, args).await
    }
    pub(super) async fn incident_note(app: &App, who: Who, args: IncidentNoteArgs) -> Out<IncidentEdited> {
        app.incident_note(&somebody(who)?, args).await
    }
    pub(super) async fn incident_link(app: &App, who: Who, args: IncidentLinkArgs) -> Out<IncidentEdited> {
        app.incident_link(&somebody(who)?, args).await
    }
    pub(super) async fn incident_escalate(
        app: &App,
        who: Who,
        args: IncidentEscalateArgs,
    ) -> Out<IncidentEdited> {
        app.incident_escalate(&somebody(who)?, args).await
    }
    pub(super) async fn incident_mitigate(
        app: &App,
        who: Who,
        args: IncidentMitigateArgs,
    ) -> Out<IncidentEdited> {
        app.incident_mitigate(&somebody(who)?, args).await
    }
    pub(super) async fn incident_resolve(
        app: &App,
        who: Who,
        args: IncidentResolveArgs,
    ) -> Out<IncidentEdited> {
        app.incident_resolve(&somebody(who)?, args).await
    }
    pub(super) async fn incident_reopen(
        app: &App,
        who: Who,
        args: IncidentReopenArgs,
    ) -> Out<IncidentEdited> {
        app.incident_reopen(&somebody(who)?, args).await
    }
    pub(super) async fn incident_follow_up(
        app: &App,
        who: Who,
        args: IncidentFollowUpArgs,
    ) -> Out<IncidentEdited> {
        app.incident_follow_up(&somebody(who)?, args).await
    }
    pub(super) async fn incident_close(app: &App, who: Who, args: IncidentCloseArgs) -> Out<IncidentEdited> {
        app.incident_close(&somebody(who)?, args).await
    }
    pub(super) async fn incident_note_docx(app: &App, _: Who, args: IncidentArgs) -> Out<ExportedView> {
        app.incident_note_docx(args).await
    }
    pub(super) async fn handover(app: &App, who: Who, _: NoArgs) -> Out<HandoverView> {
        app.handover(who.as_ref()).await
    }
    pub(super) async fn handover_write(app: &App, who: Who, args: HandoverWriteArgs) -> Out<HandoverView> {
        app.handover_write(&somebody(who)?, args).await
    }
    pub(super) async fn handover_take(app: &App, who: Who, args: HandoverTakeArgs) -> Out<HandoverView> {
        app.handover_take(&somebody(who)?, args).await
    }
    pub(super) async fn bulletin(app: &App, _: Who, args: BulletinArgs) -> Out<BulletinView> {
        app.bulletin(args).await
    }
    pub(super) async fn bulletin_save(app: &App, _: Who, args: BulletinSaveArgs) -> Out<ExportedView> {
        app.bulletin_save(args).await
    }
    pub(super) async fn rehearsals(app: &App, _: Who, _: NoArgs) -> Out<RehearsalsView> {
        Ok(app.rehearsals().await)
    }
    pub(super) async fn rehearsal_start(app: &App, _: Who, args: RehearsalArgs) -> Out<RehearsalsView> {
        app.rehearsal_start(args).await
    }
    pub(super) async fn rehearsal_stop(app: &App, _: Who, _: NoArgs) -> Out<RehearsalsView> {
        app.rehearsal_stop().await
    }
    pub(super) async fn runbooks(app: &App, who: Who, _: NoArgs) -> Out<RunbooksView> {
        app.runbooks(who.as_ref()).await
    }
    pub(super) async fn runbook(app: &App, who: Who, args: RunbookArgs) -> Out<RunbookView> {
        app.runbook(who.as_ref(), args).await
    }
    pub(super) async fn runbook_check(app: &App, _: Who, args: RunbookCheckArgs) -> Out<RunbookCheckView> {
        app.runbook_check(args).await
    }
    pub(super) async fn runbook_save(app: &App, who: Who, args: RunbookSaveArgs) -> Out<RunbookSavedView> {
        app.runbook_save(&somebody(who)?, args).await
    }
    pub(super) async fn runbook_import(
        app: &App,
        who: Who,
        args: RunbookImportArgs,
    ) -> Out<RunbookSavedView> {
        app.runbook_import(&somebody(who)?, args).await
    }
    pub(super) async fn runbook_export(app: &App, _: Who, args: RunbookArgs) -> Out<ExportedView> {
        app.runbook_export(args).await
    }
    pub(super) async fn runbook_retire(app: &App, who: Who, args: RunbookRetireArgs) -> Out<RunbooksView> {
        app.runbook_retire(&somebody(who)?, args).await
    }
    pub(super) async fn runs(app: &App, _: Who, _: NoArgs) -> Out<RunsView> {
        app.runs().await
    }
    pub(super) async fn run(app: &App, who: Who, args: RunArgs) -> Out<RunView> {
        app.run(who.as_ref(), args).await
    }
    pub(super) async fn run_open(app: &App, who: Who, args: RunOpenArgs) -> Out<RunView> {
        app.run_open(&somebody(who)?, args).await
    }
    pub(super) async fn run_pause(app: &App, who: Who, args: RunTextArgs) -> Out<RunView> {
        app.run_pause(&somebody(who)?, args).await
    }
    pub(super) async fn run_resume(app: &App, who: Who, args: RunKeyArgs) -> Out<RunView> {
        app.run_resume(&somebody(who)?, args).await
    }
    pub(super) async fn run_end(app: &App, who: Who, args: RunTextArgs) -> Out<RunView> {
        app.run_end(&somebody(who)?, args).await
    }
    pub(super) async fn step_assign(app: &App, who: Who, args: StepAssignArgs) -> Out<RunView> {
        app.step_assign(&somebody(who)?, args).await
    }
    pub(super) async fn step_start(app: &App, who: Who, args: StepStartArgs) -> Out<RunView> {
        app.step_start(&somebody(who)?, args).await
    }
    pub(super) async fn step_end(app: &App, who: Who, args: StepEndArgs) -> Out<RunView> {
        app.step_end(&somebody(who)?, args).await
    }
    pub(super) async fn step_reopen(app: &App, who: Who, args: StepReopenArgs) -> Out<RunView> {
        app.step_reopen(&somebody(who)?, args).await
    }
    pub(super) async fn step_file(app: &App, _: Who, args: StepFileArgs) -> Out<ExportedView> {
        app.step_file(args).await
    }
    pub(super) async fn gate_vote(app: &App, who: Who, args: GateVoteArgs) -> Out<RunView> {
        app.gate_vote(&somebody(who)?, args).await
    }
    pub(super) async fn gate_decide(app: &App, who: Who, args: GateDecideArgs) -> Out<RunView> {
        app.gate_decide(&somebody(who)?, args).await
    }
    pub(super) async fn no_return_start(app: &App, who: Who, args: NoReturnArgs) -> Out<NoReturnStateView> {
        app.no_return_start(&somebody(who)?, args).await
    }
    pub(super) async fn no_return_state(app: &App, who: Who, _: NoArgs) -> Out<NoReturnStateView> {
        app.no_return_state(who.as_ref()).await
    }
    pub(super) async fn no_return_cancel(app: &App, who: Who, _: NoArgs) -> Out<NoReturnStateView> {
        app.no_return_cancel(&somebody(who)?).await
    }
    pub(super) async fn dossier_quality(app: &App, _: Who, args: QualityArgs) -> Out<QualityView> {
        app.dossier_quality(args).await
    }
    pub(super) async fn dossier_quality_list(
        app: &App,
        _: Who,
        args: QualityListArgs,
    ) -> Out<QualityListView> {
        app.dossier_quality_list(args).await
    }
    pub(super) async fn dossier_quality_export(
        app: &App,
        _: Who,
        args: QualityExportArgs,
    ) -> Out<ExportedView> {
        app.dossier_quality_export(args).await
    }
    pub(super) async fn indicators(app: &App, _: Who, args: IndicatorArgs) -> Out<IndicatorsView> {
        app.indicators(args).await
    }
    pub(super) async fn indicators_export(
        app: &App,
        _: Who,
        args: IndicatorsExportArgs,
    ) -> Out<ExportedView> {
        app.indicators_export(args).await
    }
    pub(super) async fn report(app: &App, who: Who, args: ReportArgs) -> Out<ReportView> {
        app.report(who.as_ref(), args).await
    }
    pub(super) async fn report_status(app: &App, _: Who, _: NoArgs) -> Out<ReportStatusView> {
        app.report_status().await
    }
    pub(super) async fn report_calendar(
        app: &App,
        _: Who,
        args: ReportCalendarArgs,
    ) -> Out<ReportCalendarView> {
        app.report_calendar(args).await
    }
    pub(super) async fn report_freeze(app: &App, who: Who, args: ReportFreezeArgs) -> Out<ReportView> {
        app.report_freeze(&somebody(who)?, args).await
    }
    pub(super) async fn report_write(app: &App, who: Who, args: ReportWriteArgs) -> Out<ReportView> {
        app.report_write(&somebody(who)?, args).await
    }
    pub(super) async fn report_review(app: &App, who: Who, args: ReportReviewArgs) -> Out<ReportView> {
        app.report_review(&somebody(who)?, args).await
    }
    pub(super) async fn report_return(app: &App, who: Who, args: ReportReasonArgs) -> Out<ReportView> {
        app.report_return(&somebody(who)?, args).await
    }
    pub(super) async fn report_sign(app: &App, who: Who, args: ReportSignArgs) -> Out<ReportView> {
        app.report_sign(&somebody(who)?, args).await
    }
    pub(super) async fn report_attach(app: &App, who: Who, args: ReportAttachArgs) -> Out<ReportView> {
        app.report_attach(&somebody(who)?, args).await
    }
    pub(super) async fn report_send(app: &App, who: Who, args: ReportSendArgs) -> Out<ReportView> {
        app.report_send(&somebody(who)?, args).await
    }
    pub(super) async fn report_excuse(app: &App, who: Who, args: ReportReasonArgs) -> Out<ReportView> {
        app.report_excuse(&somebody(who)?, args).await
    }
    pub(super) async fn report_file(app: &App, _: Who, args: ReportFileArgs) -> Out<ReportFileView> {
        app.report_file(args).await
    }
    pub(super) async fn report_save(app: &App, _: Who, args: ReportSaveArgs) -> Out<ReportSavedView> {
        app.report_save(args).await
    }
    pub(super) async fn report_copy(app: &App, _: Who, args: ReportArgs) -> Out<ExportedView> {
        app.report_copy(args).await
    }
    pub(super) async fn report_briefing(app: &App, _: Who, args: BriefingArgs) -> Out<BriefingView> {
        app.report_briefing(args).await
    }
    pub(super) async fn system_timer(app: &App, _: Who, _: NoArgs) -> Out<SystemTimerView> {
        app.system_timer().await
    }
    pub(super) async fn system_timer_set(app: &App, _: Who, args: SystemTimerArgs) -> Out<SystemTimerView> {
        app.system_timer_set(args).await
    }
    pub(super) async fn report_form(app: &App, _: Who, _: NoArgs) -> Out<ReportFormView> {
        app.report_form().await
    }
    pub(super) async fn report_form_set(app: &App, who: Who, args: ReportFormArgs) -> Out<ReportFormView> {
        app.report_form_set(&somebody(who)?, args).await
    }
    pub(super) async fn evidence_add(app: &App, who: Who, args: EvidenceArgs) -> Out<EditedView> {
        app.evidence_add(&somebody(who)?, args).await
    }
    pub(super) async fn evidence_revoke(app: &App, who: Who, args: EvidenceRevokeArgs) -> Out<EditedView> {
        app.evidence_revoke(&somebody(who)?, args).await
    }
    pub(super) async fn evidence_open(app: &App, _: Who, args: EvidenceKeyArgs) -> Out<NoResult> {
        app.evidence_open(args).await
    }
    pub(super) async fn evidence_save(app: &App, _: Who, args: EvidenceKeyArgs) -> Out<ExportedView> {
        app.evidence_save(args).await
    }
    pub(super) async fn evidence_check(app: &App, _: Who, args: EvidenceCheckArgs) -> Out<EvidenceCheckView> {
        app.evidence_check(args).await
    }
    pub(super) async fn rag_override(app: &App, who: Who, args: RagArgs) -> Out<EditedView> {
        app.rag_override(&somebody(who)?, args).await
    }
    pub(super) async fn rag_end(app: &App, who: Who, args: RagEndArgs) -> Out<EditedView> {
        app.rag_end(&somebody(who)?, args).await
    }
    pub(super) async fn readiness(app: &App, who: Who, _: NoArgs) -> Out<ReadinessView> {
        app.readiness(who.as_ref()).await
    }
    pub(super) async fn readiness_unit(
        app: &App,
        who: Who,
        args: ReadinessUnitArgs,
    ) -> Out<ReadinessUnitView> {
        app.readiness_unit(who.as_ref(), args).await
    }
    pub(super) async fn readiness_report(app: &App, who: Who, args: ReadinessReportArgs) -> Out<DoneView> {
        app.readiness_report(&somebody(who)?, args).await
    }
    pub(super) async fn readiness_withdraw(
        app: &App,
        who: Who,
        args: ReadinessWithdrawArgs,
    ) -> Out<DoneView> {
        app.readiness_withdraw(&somebody(who)?, args).await
    }
    pub(super) async fn readiness_import(
        app: &App,
        who: Who,
        args: ReadinessImportArgs,
    ) -> Out<TableImportView> {
        app.readiness_import(&somebody(who)?, args).await
    }
    pub(super) async fn readiness_export(app: &App, _: Who, args: ReadinessExportArgs) -> Out<ExportedView> {
        app.readiness_export(args).await
    }
    pub(super) async fn readiness_reminder(app: &App, _: Who, args: ReadinessReminderArgs) -> Out<WordsView> {
        app.readiness_reminder(args).await
    }
    pub(super) async fn duty(app: &App, who: Who, args: DutyArgs) -> Out<RosterOfDutyView> {
        app.duty(who.as_ref(), args).await
    }
    pub(super) async fn shift_history(app: &App, who: Who, args: ShiftArgs) -> Out<ShiftHistoryView> {
        app.shift_history(who.as_ref(), args).await
    }
    pub(super) async fn shift_set(app: &App, who: Who, args: ShiftSetArgs) -> Out<DoneView> {
        app.shift_set(&somebody(who)?, args).await
    }
    pub(super) async fn shift_repeat(app: &App, who: Who, args: ShiftRepeatArgs) -> Out<DoneView> {
        app.shift_repeat(&somebody(who)?, args).await
    }
    pub(super) async fn shift_remove(app: &App, who: Who, args: ShiftRemoveArgs) -> Out<DoneView> {
        app.shift_remove(&somebody(who)?, args).await
    }
    pub(super) async fn duty_import(app: &App, who: Who, args: TableImportArgs) -> Out<TableImportView> {
        app.duty_import(&somebody(who)?, args).await
    }
    pub(super) async fn duty_export(app: &App, _: Who, args: DutyExportArgs) -> Out<ExportedView> {
        app.duty_export(args).await
    }
    pub(super) async fn duty_person_set(app: &App, who: Who, args: DutyPersonArgs) -> Out<DutyPersonView> {
        app.duty_person_set(&somebody(who)?, args).await
    }
    pub(super) async fn duty_person_remove(app: &App, who: Who, args: DutyPersonKey) -> Out<DutyPersonView> {
        app.duty_person_remove(&somebody(who)?, args).await
    }
    pub(super) async fn in_flight(app: &App, who: Who, _: NoArgs) -> Out<InFlightView> {
        app.in_flight(who.as_ref()).await
    }
    pub(super) async fn in_flight_count(app: &App, who: Who, args: InFlightCountArgs) -> Out<DoneView> {
        app.in_flight_count(&somebody(who)?, args).await
    }
    pub(super) async fn in_flight_explain(app: &App, who: Who, args: InFlightExplainArgs) -> Out<DoneView> {
        app.in_flight_explain(&somebody(who)?, args).await
    }
    pub(super) async fn fallback(app: &App, who: Who, _: NoArgs) -> Out<FallbackView> {
        app.fallback(who.as_ref()).await
    }
    pub(super) async fn fallback_take(app: &App, who: Who, args: FallbackTakeArgs) -> Out<DoneView> {
        app.fallback_take(&somebody(who)?, args).await
    }
    pub(super) async fn fallback_change(app: &App, who: Who, args: FallbackChangeArgs) -> Out<DoneView> {
        app.fallback_change(&somebody(who)?, args).await
    }
    pub(super) async fn fallback_reenter(app: &App, who: Who, args: FallbackReenterArgs) -> Out<DoneView> {
        app.fallback_reenter(&somebody(who)?, args).await
    }
    pub(super) async fn fallback_pair(app: &App, who: Who, args: FallbackPairArgs) -> Out<DoneView> {
        app.fallback_pair(&somebody(who)?, args).await
    }
    pub(super) async fn fallback_void(app: &App, who: Who, args: FallbackVoidArgs) -> Out<DoneView> {
        app.fallback_void(&somebody(who)?, args).await
    }
    pub(super) async fn fallback_import(app: &App, who: Who, args: TableImportArgs) -> Out<TableImportView> {
        app.fallback_import(&somebody(who)?, args).await
    }
    pub(super) async fn registers_export(app: &App, _: Who, args: RegistersExportArgs) -> Out<ExportedView> {
        app.registers_export(args).await
    }
    pub(super) async fn undo(app: &App, who: Who, args: UndoArgs) -> Out<EditedView> {
        app.undo(&somebody(who)?, args).await
    }
    pub(super) async fn draft_put(app: &App, who: Who, args: DraftArgs) -> Out<NoResult> {
        app.draft_put(&somebody(who)?.person, args).await
    }
    pub(super) async fn drafts(app: &App, who: Who, _: NoArgs) -> Out<DraftsView> {
        match who {
            Some(actor) => app.drafts(&actor.person).await,
            None => Ok(DraftsView { drafts: Vec::new() }),
        }
    }
    pub(super) async fn draft_discard(app: &App, who: Who, args: DraftKeyArgs) -> Out<NoResult> {
        app.draft_discard(&somebody(who)?.person, args).await
    }
    pub(super) async fn choices(app: &App, who: Who, _: NoArgs) -> Out<ChoicesView> {
        app.choices(who.as_ref()).await
    }
    pub(super) async fn choice_put(app: &App, who: Who, args: ChoiceArgs) -> Out<NoResult> {
        app.choice_put(&somebody(who)?, args).await
    }
    pub(super) async fn sources(app: &App, _: Who, _: NoArgs) -> Out<SourcesView> {
        app.sources().await
    }
    pub(super) async fn poll_now(app: &App, _: Who, args: PollArgs) -> Out<SourcesView> {
        app.poll_now(args).await
    }
    pub(super) async fn secrets(app: &App, _: Who, _: NoArgs) -> Out<SecretsView> {
        app.secrets().await
    }
    pub(super) async fn secret_set(app: &App, who: Who, args: SecretArgs) -> Out<SecretsView> {
        app.secret_set(&somebody(who)?, args).await
    }
    pub(super) async fn secret_remove(app: &App, who: Who, args: SecretKeyArgs) -> Out<SecretsView> {
        app.secret_remove(&somebody(who)?, args).await
    }
    pub(super) async fn roster(app: &App, _: Who, _: NoArgs) -> Out<RosterView> {
        app.roster().await
    }
    pub(super) async fn roster_assign(app: &App, who: Who, args: AssignArgs) -> Out<RosterView> {
        app.roster_assign(&somebody(who)?, args).await
    }
    pub(super) async fn roster_end(app: &App, who: Who, args: EndArgs) -> Out<RosterView> {
        app.roster_end(&somebody(who)?, args).await
    }
    pub(super) async fn rules(app: &App, _: Who, _: NoArgs) -> Out<RulesView> {
        app.rules().await
    }
    pub(super) async fn rule_set(app: &App, who: Who, args: RuleArgs) -> Out<RulesView> {
        app.rule_set(&somebody(who)?, args).await
    }
    pub(super) async fn bars(app: &App, _: Who, _: NoArgs) -> Out<BarsView> {
        app.bars().await
    }
    pub(super) async fn bar_set(app: &App, who: Who, args: BarArgs) -> Out<BarsView> {
        app.bar_set(&somebody(who)?, args).await
    }
    pub(super) async fn calendar(app: &App, _: Who, args: CalendarArgs) -> Out<CalendarView> {
        app.calendar(args).await
    }
    pub(super) async fn calendar_set(app: &App, who: Who, args: CalendarSetArgs) -> Out<CalendarView> {
        app.calendar_set(&somebody(who)?, args).await
    }
    pub(super) async fn storage(app: &App, _: Who, _: NoArgs) -> Out<StorageView> {
        app.storage().await
    }
    pub(super) async fn backup_now(app: &App, _: Who, _: NoArgs) -> Out<StorageView> {
        app.backup_now().await
    }
    pub(super) async fn journal_verify(app: &App, _: Who, _: NoArgs) -> Out<VerifyView> {
        app.journal_verify().await
    }
}

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn names_are_unique_and_fit_a_permission_identifier() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|c| c.name).collect();
        assert!(names.iter().all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
