// Generated from src-tauri/crates/app/src/commands/table.rs. Do not edit: `cargo xtask types`.

import type * as t from './types'

export interface Commands {
  /** Who is signed in and what the window may do. */
  session: { args: t.NoArgs; result: t.SessionView }
  /** Open the browser at VNeID. */
  sign_in_start: { args: t.NoArgs; result: t.SessionView }
  /** Give up waiting for the browser. */
  sign_in_cancel: { args: t.NoArgs; result: t.SessionView }
  /** Hand over the redirect address by hand. */
  sign_in_paste: { args: t.PasteArgs; result: t.SessionView }
  /** Open the profile with a PIN while VNeID cannot be reached. */
  sign_in_pin: { args: t.PinArgs; result: t.SessionView }
  /** Sign out here and at VNeID. */
  sign_out: { args: t.NoArgs; result: t.SessionView }
  /** Set the PIN for offline days. */
  set_pin: { args: t.PinArgs; result: t.SessionView }
  /** Become the first admin with the one-time code. */
  claim_admin: { args: t.ClaimArgs; result: t.SessionView }
  /** What the first start has to offer. */
  setup_state: { args: t.NoArgs; result: t.SetupView }
  /** Try a connection before saving it. */
  setup_test: { args: t.SetupArgs; result: t.SetupTestView }
  /** Save the sources of the official profile. */
  setup_save: { args: t.SetupArgs; result: t.SetupView }
  /** Choose the training profile. */
  setup_training: { args: t.NoArgs; result: t.SetupView }
  /** The window stands on the screen: work in the background may begin. */
  window_shown: { args: t.NoArgs; result: t.NoResult }
  /** What of the frame speaks of the operation, at a past moment. */
  frame_at: { args: t.WatchArgs; result: t.PastFrameView }
  /** Top bar and navigation. */
  frame: { args: t.NoArgs; result: t.FrameView }
  /** Tiles and the attention list. */
  overview: { args: t.NoArgs; result: t.OverviewView }
  /** One chart, drawn for a size and theme. */
  chart: { args: t.ChartArgs; result: t.ChartView }
  /** What there is to choose from: periods, systems, units, fields, procedures, channels. */
  dossier_choices: { args: t.NoArgs; result: t.DossierChoicesView }
  /** The dossier figures of any cells and period, compared and checked. */
  dossier_stats: { args: t.StatsArgs; result: t.StatsView }
  /** One picture of dossiers, drawn for a size and theme. */
  dossier_chart: { args: t.DossierChartArgs; result: t.ChartView }
  /** The records behind a figure. */
  dossier_list: { args: t.DossierListArgs; result: t.DossierListView }
  /** One record with all its versions. */
  dossier: { args: t.DossierArgs; result: t.DossierView }
  /** Where figures do not add up, and where two sources disagree. */
  dossier_findings: { args: t.PeriodArgs; result: t.FindingsView }
  /** Form II.06a with its checks. */
  dossier_form: { args: t.FormArgs; result: t.FormView }
  /** What is seen of the dossiers as a file. */
  dossier_export: { args: t.DossierExportArgs; result: t.ExportedView }
  /** A checklist with its present state. */
  tasks: { args: t.TasksArgs; result: t.TasksView }
  /** The checklist as of a moment. */
  tasks_as_of: { args: t.AsOfArgs; result: t.TasksView }
  /** What changed between two moments. */
  tasks_compare: { args: t.CompareArgs; result: t.CompareView }
  /** Write a comparison to a file. */
  tasks_compare_export: { args: t.CompareExportArgs; result: t.ExportedView }
  /** One task: text, predecessors, gateway, history. */
  task: { args: t.TaskArgs; result: t.TaskDetailView }
  /** What must come before what, and when the rest will be done. */
  plan: { args: t.WatchArgs; result: t.PlanView }
  /** Set a task's status. */
  task_set_status: { args: t.SetStatusArgs; result: t.EditedView }
  /** Add a remark. */
  task_add_note: { args: t.AddNoteArgs; result: t.EditedView }
  /** Change the due date by a document. */
  task_change_due: { args: t.ChangeDueArgs; result: t.EditedView }
  /** Set or withdraw the expected day. */
  task_set_expected: { args: t.SetExpectedArgs; result: t.EditedView }
  /** Fill in a column of words. */
  task_set_text: { args: t.TextArgs; result: t.EditedView }
  /** Report a figure that progresses. */
  task_measure: { args: t.MeasureArgs; result: t.EditedView }
  /** A checklist as a file. */
  tasks_export: { args: t.TasksExportArgs; result: t.ExportedView }
  /** What a file of progress would change. */
  import_preview: { args: t.ImportArgs; result: t.ImportPreview }
  /** Take over a file of progress as one act. */
  import_apply: { args: t.ImportApplyArgs; result: t.ImportDone }
  /** Files of dossiers and figures that were taken. */
  dossier_imports: { args: t.NoArgs; result: t.ImportsView }
  /** A piece of a file of dossiers or figures on its way in. */
  dossier_import_send: { args: t.ImportPieceArgs; result: t.ImportPieceView }
  /** What a file would bring, and how it is read. */
  dossier_import_look: { args: t.LookArgs; result: t.LookView }
  /** Stop reading a file, or give it back. */
  dossier_import_cancel: { args: t.ImportCancelArgs; result: t.NoResult }
  /** The rows of a file that are not taken, as a file without their values. */
  dossier_import_rejects: { args: t.UploadArgs; result: t.ExportedView }
  /** Take over a file that was looked at, as one act. */
  dossier_import_take: { args: t.TakeArgs; result: t.TakenView }
  /** Take a file out again. */
  dossier_import_undo: { args: t.ImportUndoArgs; result: t.ImportUndoneView }
  /** Every checklist with what is odd in it. */
  lists: { args: t.NoArgs; result: t.ListsView }
  /** Look at an annex of another decision, or take it in as a checklist. */
  list_import: { args: t.ListImportArgs; result: t.ListImportView }
  /** Give up an imported checklist. */
  list_retire: { args: t.ListRetireArgs; result: t.ListsView }
  /** What a change of many tasks would do. */
  bulk_preview: { args: t.BulkArgs; result: t.BulkPreview }
  /** Change many tasks as one act. */
  bulk_apply: { args: t.BulkArgs; result: t.BulkDone }
  /** Keep one of two edits that disagree. */
  conflict_settle: { args: t.SettleArgs; result: t.EditedView }
  /** Set a task to blocked and raise or link what blocks it, as one act. */
  task_block: { args: t.TaskBlockArgs; result: t.EditedView }
  /** The register of obstacles, and how fast parties answer. */
  obstacles: { args: t.WatchArgs; result: t.ObstaclesView }
  /** One obstacle with its history. */
  obstacle: { args: t.ObstacleArgs; result: t.ObstacleDetailView }
  /** Put an obstacle to a party. */
  obstacle_raise: { args: t.ObstacleRaiseArgs; result: t.ObstacleEdited }
  /** Put an obstacle in other words, or pass it on. */
  obstacle_change: { args: t.ObstacleChangeArgs; result: t.ObstacleEdited }
  /** Record the party's answer. */
  obstacle_answer: { args: t.ObstacleReplyArgs; result: t.ObstacleEdited }
  /** Record that an obstacle is out of the way. */
  obstacle_resolve: { args: t.ObstacleReplyArgs; result: t.ObstacleEdited }
  /** Bring an obstacle back. */
  obstacle_reopen: { args: t.ObstacleReopenArgs; result: t.ObstacleEdited }
  /** Parties with their duties and focal points. */
  parties: { args: t.NoArgs; result: t.PartiesView }
  /** Set a party's name and duties. */
  party_set: { args: t.PartySetArgs; result: t.PartiesView }
  /** Set a focal point of a party. */
  contact_set: { args: t.ContactSetArgs; result: t.PartiesView }
  /** Remove a focal point and erase who it was. */
  contact_remove: { args: t.ContactRemoveArgs; result: t.PartiesView }
  /** How sources, flows and APIs stand, now or at a past moment. */
  watch: { args: t.WatchArgs; result: t.WatchView }
  /** One API: its curve, its past, and what hangs on it. */
  watch_api: { args: t.WatchApiArgs; result: t.WatchApiView }
  /** Changes of state of sources, flows and APIs over a span. */
  watch_timeline: { args: t.WatchTimelineArgs; result: t.WatchTimelineView }
  /** Heat map of the APIs over time. */
  watch_heat: { args: t.WatchHeatArgs; result: t.WatchHeatView }
  /** Unpaid fees by unit. */
  watch_fees: { args: t.WatchArgs; result: t.FeesByUnitView }
  /** An hour beside the same hour of earlier days like it. */
  watch_peak: { args: t.WatchPeakArgs; result: t.WatchPeakView }
  /** Everything that was observed, concluded and done over a span. */
  replay_log: { args: t.ReplayArgs; result: t.ReplayView }
  /** The same as a file. */
  replay_export: { args: t.ReplayExportArgs; result: t.ExportedView }
  /** Alerts that stand, and those of a past span. */
  alerts: { args: t.AlertsArgs; result: t.AlertsView }
  /** The alert that stands worst. */
  alert_top: { args: t.WatchArgs; result: t.TopAlertView }
  /** One alert: cause, effects, measures, guide, history. */
  alert: { args: t.AlertArgs; result: t.AlertDetailView }
  /** Take care of an alert. */
  alert_ack: { args: t.AlertAckArgs; result: t.AlertEdited }
  /** No sound and no call for an alert for a while. */
  alert_mute: { args: t.AlertMuteArgs; result: t.AlertEdited }
  /** End a mute early. */
  alert_unmute: { args: t.AlertUnmuteArgs; result: t.AlertEdited }
  /** Record that an alert was passed on to a party. */
  alert_escalate: { args: t.AlertEscalateArgs; result: t.AlertEdited }
  /** Rules of alerts. */
  alert_rules: { args: t.NoArgs; result: t.AlertRulesView }
  /** Set a rule of alerts. */
  alert_rule_set: { args: t.AlertRuleArgs; result: t.AlertRulesView }
  /** The register of incidents, their clocks, and how long they take. */
  incidents: { args: t.IncidentsArgs; result: t.IncidentsView }
  /** One incident with its timeline. */
  incident: { args: t.IncidentArgs; result: t.IncidentDetailView }
  /** Report an incident. */
  incident_open: { args: t.IncidentOpenArgs; result: t.IncidentEdited }
  /** Set title, severity and what an incident touches. */
  incident_change: { args: t.IncidentChangeArgs; result: t.IncidentEdited }
  /** Take care of an incident. */
  incident_ack: { args: t.IncidentAckArgs; result: t.IncidentEdited }
  /** Give an incident to somebody else. */
  incident_assign: { args: t.IncidentAssignArgs; result: t.IncidentEdited }
  /** Write into the timeline of an incident. */
  incident_note: { args: t.IncidentNoteArgs; result: t.IncidentEdited }
  /** Link an alert to an incident. */
  incident_link: { args: t.IncidentLinkArgs; result: t.IncidentEdited }
  /** Record that an incident was passed on to a party. */
  incident_escalate: { args: t.IncidentEscalateArgs; result: t.IncidentEdited }
  /** Record a workaround. */
  incident_mitigate: { args: t.IncidentMitigateArgs; result: t.IncidentEdited }
  /** Record that an incident is over. */
  incident_resolve: { args: t.IncidentResolveArgs; result: t.IncidentEdited }
  /** Bring an incident back. */
  incident_reopen: { args: t.IncidentReopenArgs; result: t.IncidentEdited }
  /** Add something to do after an incident; it becomes a task. */
  incident_follow_up: { args: t.IncidentFollowUpArgs; result: t.IncidentEdited }
  /** Close an incident. */
  incident_close: { args: t.IncidentCloseArgs; result: t.IncidentEdited }
  /** The note after an incident as a file. */
  incident_note_docx: { args: t.IncidentArgs; result: t.ExportedView }
  /** How things stand, and the notes at the change of a shift. */
  handover: { args: t.WatchArgs; result: t.HandoverView }
  /** Write a note at the change of a shift. */
  handover_write: { args: t.HandoverWriteArgs; result: t.HandoverView }
  /** Take a note over. */
  handover_take: { args: t.HandoverTakeArgs; result: t.HandoverView }
  /** How things work, as a text for units. */
  bulletin: { args: t.BulletinArgs; result: t.BulletinView }
  /** The bulletin as a file. */
  bulletin_save: { args: t.BulletinSaveArgs; result: t.ExportedView }
  /** Nights that the training profile can play. */
  rehearsals: { args: t.NoArgs; result: t.RehearsalsView }
  /** Play a night in the training profile from its start. */
  rehearsal_start: { args: t.RehearsalArgs; result: t.RehearsalsView }
  /** Back to an ordinary day in the training profile. */
  rehearsal_stop: { args: t.NoArgs; result: t.RehearsalsView }
  /** The runbooks. */
  runbooks: { args: t.NoArgs; result: t.RunbooksView }
  /** A runbook with its text, its findings and its versions. */
  runbook: { args: t.RunbookArgs; result: t.RunbookView }
  /** What is wrong with a runbook's text, by line. */
  runbook_check: { args: t.RunbookCheckArgs; result: t.RunbookCheckView }
  /** The parts of a runbook's text and what they may name. */
  runbook_parts: { args: t.RunbookCheckArgs; result: t.RunbookPartsView }
  /** A runbook's text with a part put into it. */
  runbook_part_put: { args: t.RunbookPartPutArgs; result: t.RunbookTextView }
  /** A runbook's text without a part. */
  runbook_part_drop: { args: t.RunbookPartDropArgs; result: t.RunbookTextView }
  /** Keep a version of a runbook. */
  runbook_save: { args: t.RunbookSaveArgs; result: t.RunbookSavedView }
  /** Take a runbook from a file. */
  runbook_import: { args: t.RunbookImportArgs; result: t.RunbookSavedView }
  /** Save a runbook as a file, as it was written. */
  runbook_export: { args: t.RunbookArgs; result: t.ExportedView }
  /** Use a runbook no longer. */
  runbook_retire: { args: t.RunbookRetireArgs; result: t.RunbooksView }
  /** Runs of runbooks. */
  runs: { args: t.WatchArgs; result: t.RunsView }
  /** A run as it stands: steps, gates, reasons to go back. */
  run: { args: t.RunArgs; result: t.RunView }
  /** Open a run. */
  run_open: { args: t.RunOpenArgs; result: t.RunView }
  /** Pause a run. */
  run_pause: { args: t.RunTextArgs; result: t.RunView }
  /** Go on with a run. */
  run_resume: { args: t.RunKeyArgs; result: t.RunView }
  /** End a run. */
  run_end: { args: t.RunTextArgs; result: t.RunView }
  /** Set who owns a step in a run. */
  step_assign: { args: t.StepAssignArgs; result: t.RunView }
  /** Begin a step. */
  step_start: { args: t.StepStartArgs; result: t.RunView }
  /** End a step. */
  step_end: { args: t.StepEndArgs; result: t.RunView }
  /** Do a step again. */
  step_reopen: { args: t.StepReopenArgs; result: t.RunView }
  /** Save a copy of a file of a step. */
  step_file: { args: t.StepFileArgs; result: t.ExportedView }
  /** Vote on a criterion of a gate. */
  gate_vote: { args: t.GateVoteArgs; result: t.RunView }
  /** Decide at a gate. */
  gate_decide: { args: t.GateDecideArgs; result: t.RunView }
  /** Begin to say with a second person that there is no way back. */
  no_return_start: { args: t.NoReturnArgs; result: t.NoReturnStateView }
  /** How far the saying by two persons got. */
  no_return_state: { args: t.NoArgs; result: t.NoReturnStateView }
  /** Give up waiting for the second person. */
  no_return_cancel: { args: t.NoArgs; result: t.NoReturnStateView }
  /** Quality of the dossier records, by rule, system and unit. */
  dossier_quality: { args: t.QualityArgs; result: t.QualityView }
  /** Dossier records at fault. */
  dossier_quality_list: { args: t.QualityListArgs; result: t.QualityListView }
  /** Dossier records at fault as a file, to be mended. */
  dossier_quality_export: { args: t.QualityExportArgs; result: t.ExportedView }
  /** Indicators of QĐ 766 and the rates beside them. */
  indicators: { args: t.IndicatorArgs; result: t.IndicatorsView }
  /** Indicators as a file. */
  indicators_export: { args: t.IndicatorsExportArgs; result: t.ExportedView }
  /** The report of a day or month as it stands. */
  report: { args: t.ReportArgs; result: t.ReportView }
  /** Where today's report stands, and which days ask for a reason. */
  report_status: { args: t.NoArgs; result: t.ReportStatusView }
  /** What became of the reports of a month. */
  report_calendar: { args: t.ReportCalendarArgs; result: t.ReportCalendarView }
  /** Freeze the figures of a report. */
  report_freeze: { args: t.ReportFreezeArgs; result: t.ReportView }
  /** Write the words of a report. */
  report_write: { args: t.ReportWriteArgs; result: t.ReportView }
  /** Find a report good. */
  report_review: { args: t.ReportReviewArgs; result: t.ReportView }
  /** Give a report back to be mended. */
  report_return: { args: t.ReportReasonArgs; result: t.ReportView }
  /** Sign a report and keep its files. */
  report_sign: { args: t.ReportSignArgs; result: t.ReportView }
  /** Attach the signed and stamped copy. */
  report_attach: { args: t.ReportAttachArgs; result: t.ReportView }
  /** Record that a report was sent. */
  report_send: { args: t.ReportSendArgs; result: t.ReportView }
  /** Say why a report is late or missing. */
  report_excuse: { args: t.ReportReasonArgs; result: t.ReportView }
  /** A file of a report: as signed, or made from its freeze. */
  report_file: { args: t.ReportFileArgs; result: t.ReportFileView }
  /** Save files of a report. */
  report_save: { args: t.ReportSaveArgs; result: t.ReportSavedView }
  /** Save the signed copy that was attached. */
  report_copy: { args: t.ReportArgs; result: t.ExportedView }
  /** A frozen report, one finding a page, beside the one before. */
  report_briefing: { args: t.BriefingArgs; result: t.BriefingView }
  /** Whether the system reminds while no window is open. */
  system_timer: { args: t.NoArgs; result: t.SystemTimerView }
  /** Have this machine remind, or no longer. */
  system_timer_set: { args: t.SystemTimerArgs; result: t.SystemTimerView }
  /** The form of the report. */
  report_form: { args: t.NoArgs; result: t.ReportFormView }
  /** Set the form of the report. */
  report_form_set: { args: t.ReportFormArgs; result: t.ReportFormView }
  /** Add a note, link, file, live check or test run as evidence. */
  evidence_add: { args: t.EvidenceArgs; result: t.EditedView }
  /** Evidence no longer counts. */
  evidence_revoke: { args: t.EvidenceRevokeArgs; result: t.EditedView }
  /** Open a link or a file kept as evidence with the system's program. */
  evidence_open: { args: t.EvidenceKeyArgs; result: t.NoResult }
  /** Save a copy of a file kept as evidence. */
  evidence_save: { args: t.EvidenceKeyArgs; result: t.ExportedView }
  /** Look whether files kept as evidence are as they were. */
  evidence_check: { args: t.EvidenceCheckArgs; result: t.EvidenceCheckView }
  /** Set a task's colour by hand for a while. */
  rag_override: { args: t.RagArgs; result: t.EditedView }
  /** Give up a colour set by hand. */
  rag_end: { args: t.RagEndArgs; result: t.EditedView }
  /** How ready units and parties are for the switch. */
  readiness: { args: t.WatchArgs; result: t.ReadinessView }
  /** One unit's readiness with its history. */
  readiness_unit: { args: t.ReadinessUnitArgs; result: t.ReadinessUnitView }
  /** Report how far one or many units are, as one act. */
  readiness_report: { args: t.ReadinessReportArgs; result: t.DoneView }
  /** Take back what was reported of a duty. */
  readiness_withdraw: { args: t.ReadinessWithdrawArgs; result: t.DoneView }
  /** Look at a table of reports, or take it as one act. */
  readiness_import: { args: t.ReadinessImportArgs; result: t.TableImportView }
  /** Readiness as a file, with who is missing. */
  readiness_export: { args: t.ReadinessExportArgs; result: t.ExportedView }
  /** A reminder to copy, for the units that miss something. */
  readiness_reminder: { args: t.ReadinessReminderArgs; result: t.WordsView }
  /** Who holds which post when, what is missing, who is on now. */
  duty: { args: t.DutyArgs; result: t.RosterOfDutyView }
  /** What was done with a shift. */
  shift_history: { args: t.ShiftArgs; result: t.ShiftHistoryView }
  /** Set a shift, or set it anew. */
  shift_set: { args: t.ShiftSetArgs; result: t.DoneView }
  /** Repeat turns over days, crew after crew, as one act. */
  shift_repeat: { args: t.ShiftRepeatArgs; result: t.DoneView }
  /** Take a shift off. */
  shift_remove: { args: t.ShiftRemoveArgs; result: t.DoneView }
  /** Look at a table of shifts, or take it as one act. */
  duty_import: { args: t.TableImportArgs; result: t.TableImportView }
  /** The roster of shifts as a file. */
  duty_export: { args: t.DutyExportArgs; result: t.ExportedView }
  /** Add somebody of the duty, or say how to reach them. */
  duty_person_set: { args: t.DutyPersonArgs; result: t.DutyPersonView }
  /** Erase who somebody of the duty is. */
  duty_person_remove: { args: t.DutyPersonKey; result: t.DutyPersonView }
  /** Dossiers under way at the switch, with their balance. */
  in_flight: { args: t.WatchArgs; result: t.InFlightView }
  /** Count one side of a system. */
  in_flight_count: { args: t.InFlightCountArgs; result: t.DoneView }
  /** Say why a balance does not close. */
  in_flight_explain: { args: t.InFlightExplainArgs; result: t.DoneView }
  /** Dossiers on paper and money in cash, and what became of them. */
  fallback: { args: t.WatchArgs; result: t.FallbackView }
  /** Enter a dossier on paper or money in cash. */
  fallback_take: { args: t.FallbackTakeArgs; result: t.DoneView }
  /** Correct an entry. */
  fallback_change: { args: t.FallbackChangeArgs; result: t.DoneView }
  /** Record that an entry was put into the system. */
  fallback_reenter: { args: t.FallbackReenterArgs; result: t.DoneView }
  /** Pair entries with the dossiers that are kept. */
  fallback_pair: { args: t.FallbackPairArgs; result: t.DoneView }
  /** Strike out an entry made by mistake. */
  fallback_void: { args: t.FallbackVoidArgs; result: t.DoneView }
  /** Look at a table of entries, or take it as one act. */
  fallback_import: { args: t.TableImportArgs; result: t.TableImportView }
  /** A register as a file. */
  registers_export: { args: t.RegistersExportArgs; result: t.ExportedView }
  /** Take back an act of one's own. */
  undo: { args: t.UndoArgs; result: t.EditedView }
  /** Keep what is being typed. */
  draft_put: { args: t.DraftArgs; result: t.NoResult }
  /** Drafts to offer again. */
  drafts: { args: t.NoArgs; result: t.DraftsView }
  /** Drop a draft. */
  draft_discard: { args: t.DraftKeyArgs; result: t.NoResult }
  /** Saved views, columns, templates of the person at the window. */
  choices: { args: t.NoArgs; result: t.ChoicesView }
  /** Keep such a choice, or drop it. */
  choice_put: { args: t.ChoiceArgs; result: t.NoResult }
  /** Sources with schedules and ages. */
  sources: { args: t.NoArgs; result: t.SourcesView }
  /** Ask sources now. */
  poll_now: { args: t.PollArgs; result: t.SourcesView }
  /** Where the secrets of the sources are, never what they are. */
  secrets: { args: t.NoArgs; result: t.SecretsView }
  /** Try a new secret and keep it in the keyring. */
  secret_set: { args: t.SecretArgs; result: t.SecretsView }
  /** Remove a secret from the keyring. */
  secret_remove: { args: t.SecretKeyArgs; result: t.SecretsView }
  /** Who has which role. */
  roster: { args: t.NoArgs; result: t.RosterView }
  /** Give a role. */
  roster_assign: { args: t.AssignArgs; result: t.RosterView }
  /** End a role. */
  roster_end: { args: t.EndArgs; result: t.RosterView }
  /** Rules with validity. */
  rules: { args: t.NoArgs; result: t.RulesView }
  /** Set a rule. */
  rule_set: { args: t.RuleArgs; result: t.RulesView }
  /** What APIs must reach. */
  bars: { args: t.NoArgs; result: t.BarsView }
  /** Set what an API must reach. */
  bar_set: { args: t.BarArgs; result: t.BarsView }
  /** Working days of a year. */
  calendar: { args: t.CalendarArgs; result: t.CalendarView }
  /** Set a day off or to work. */
  calendar_set: { args: t.CalendarSetArgs; result: t.CalendarView }
  /** Journal, backups, folders. */
  storage: { args: t.NoArgs; result: t.StorageView }
  /** Back up now. */
  backup_now: { args: t.NoArgs; result: t.StorageView }
  /** Verify the journal's chain. */
  journal_verify: { args: t.NoArgs; result: t.VerifyView }
}

export const commandNames = [
  'session',
  'sign_in_start',
  'sign_in_cancel',
  'sign_in_paste',
  'sign_in_pin',
  'sign_out',
  'set_pin',
  'claim_admin',
  'setup_state',
  'setup_test',
  'setup_save',
  'setup_training',
  'window_shown',
  'frame_at',
  'frame',
  'overview',
  'chart',
  'dossier_choices',
  'dossier_stats',
  'dossier_chart',
  'dossier_list',
  'dossier',
  'dossier_findings',
  'dossier_form',
  'dossier_export',
  'tasks',
  'tasks_as_of',
  'tasks_compare',
  'tasks_compare_export',
  'task',
  'plan',
  'task_set_status',
  'task_add_note',
  'task_change_due',
  'task_set_expected',
  'task_set_text',
  'task_measure',
  'tasks_export',
  'import_preview',
  'import_apply',
  'dossier_imports',
  'dossier_import_send',
  'dossier_import_look',
  'dossier_import_cancel',
  'dossier_import_rejects',
  'dossier_import_take',
  'dossier_import_undo',
  'lists',
  'list_import',
  'list_retire',
  'bulk_preview',
  'bulk_apply',
  'conflict_settle',
  'task_block',
  'obstacles',
  'obstacle',
  'obstacle_raise',
  'obstacle_change',
  'obstacle_answer',
  'obstacle_resolve',
  'obstacle_reopen',
  'parties',
  'party_set',
  'contact_set',
  'contact_remove',
  'watch',
  'watch_api',
  'watch_timeline',
  'watch_heat',
  'watch_fees',
  'watch_peak',
  'replay_log',
  'replay_export',
  'alerts',
  'alert_top',
  'alert',
  'alert_ack',
  'alert_mute',
  'alert_unmute',
  'alert_escalate',
  'alert_rules',
  'alert_rule_set',
  'incidents',
  'incident',
  'incident_open',
  'incident_change',
  'incident_ack',
  'incident_assign',
  'incident_note',
  'incident_link',
  'incident_escalate',
  'incident_mitigate',
  'incident_resolve',
  'incident_reopen',
  'incident_follow_up',
  'incident_close',
  'incident_note_docx',
  'handover',
  'handover_write',
  'handover_take',
  'bulletin',
  'bulletin_save',
  'rehearsals',
  'rehearsal_start',
  'rehearsal_stop',
  'runbooks',
  'runbook',
  'runbook_check',
  'runbook_parts',
  'runbook_part_put',
  'runbook_part_drop',
  'runbook_save',
  'runbook_import',
  'runbook_export',
  'runbook_retire',
  'runs',
  'run',
  'run_open',
  'run_pause',
  'run_resume',
  'run_end',
  'step_assign',
  'step_start',
  'step_end',
  'step_reopen',
  'step_file',
  'gate_vote',
  'gate_decide',
  'no_return_start',
  'no_return_state',
  'no_return_cancel',
  'dossier_quality',
  'dossier_quality_list',
  'dossier_quality_export',
  'indicators',
  'indicators_export',
  'report',
  'report_status',
  'report_calendar',
  'report_freeze',
  'report_write',
  'report_review',
  'report_return',
  'report_sign',
  'report_attach',
  'report_send',
  'report_excuse',
  'report_file',
  'report_save',
  'report_copy',
  'report_briefing',
  'system_timer',
  'system_timer_set',
  'report_form',
  'report_form_set',
  'evidence_add',
  'evidence_revoke',
  'evidence_open',
  'evidence_save',
  'evidence_check',
  'rag_override',
  'rag_end',
  'readiness',
  'readiness_unit',
  'readiness_report',
  'readiness_withdraw',
  'readiness_import',
  'readiness_export',
  'readiness_reminder',
  'duty',
  'shift_history',
  'shift_set',
  'shift_repeat',
  'shift_remove',
  'duty_import',
  'duty_export',
  'duty_person_set',
  'duty_person_remove',
  'in_flight',
  'in_flight_count',
  'in_flight_explain',
  'fallback',
  'fallback_take',
  'fallback_change',
  'fallback_reenter',
  'fallback_pair',
  'fallback_void',
  'fallback_import',
  'registers_export',
  'undo',
  'draft_put',
  'drafts',
  'draft_discard',
  'choices',
  'choice_put',
  'sources',
  'poll_now',
  'secrets',
  'secret_set',
  'secret_remove',
  'roster',
  'roster_assign',
  'roster_end',
  'rules',
  'rule_set',
  'bars',
  'bar_set',
  'calendar',
  'calendar_set',
  'storage',
  'backup_now',
  'journal_verify',
] as const satisfies readonly (keyof Commands)[]
