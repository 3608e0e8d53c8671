// The one list of commands. Handlers, window permissions and the TypeScript client all come from it:
// `commands/mod.rs` builds the dispatcher, `src-tauri/build.rs` the permissions, `wire/export.rs` the client.
// Form: `name(Arguments) -> Result, Permission, "what it does";`
commands! {
    session(NoArgs) -> SessionView, Open, "Who is signed in and what the window may do";
    sign_in_start(NoArgs) -> SessionView, Open, "Open the browser at VNeID";
    sign_in_cancel(NoArgs) -> SessionView, Open, "Give up waiting for the browser";
    sign_in_paste(PasteArgs) -> SessionView, Open, "Hand over the redirect address by hand";
    sign_in_pin(PinArgs) -> SessionView, Open, "Open the profile with a PIN while VNeID cannot be reached";
    sign_out(NoArgs) -> SessionView, Open, "Sign out here and at VNeID";
    set_pin(PinArgs) -> SessionView, Read, "Set the PIN for offline days";
    claim_admin(ClaimArgs) -> SessionView, Open, "Become the first admin with the one-time code";
    setup_state(NoArgs) -> SetupView, Open, "What the first start has to offer";
    setup_test(SetupArgs) -> SetupTestView, Open, "Try a connection before saving it";
    setup_save(SetupArgs) -> SetupView, Open, "Save the sources of the official profile";
    setup_training(NoArgs) -> SetupView, Open, "Choose the training profile";
    frame(NoArgs) -> FrameView, Read, "Top bar and navigation";
    overview(NoArgs) -> OverviewView, Read, "Tiles and the attention list";
    chart(ChartArgs) -> ChartView, Read, "One chart, drawn for a size and theme";
    tasks(NoArgs) -> TasksView, Read, "The checklist with its present state";
    tasks_as_of(AsOfArgs) -> TasksView, Read, "The checklist as of a moment";
    tasks_compare(CompareArgs) -> CompareView, Read, "What changed between two moments";
    task(TaskArgs) -> TaskDetailView, Read, "One task: text, predecessors, gateway, history";
    plan(NoArgs) -> PlanView, Read, "What must come before what, and when the rest will be done";
    task_set_status(SetStatusArgs) -> EditedView, EditTasks, "Set a task's status";
    task_add_note(AddNoteArgs) -> EditedView, EditTasks, "Add a remark";
    task_change_due(ChangeDueArgs) -> EditedView, EditTasks, "Change the due date by a document";
    task_set_expected(SetExpectedArgs) -> EditedView, EditTasks, "Set or withdraw the expected day";
    bulk_preview(BulkArgs) -> BulkPreview, EditTasks, "What a change of many tasks would do";
    bulk_apply(BulkArgs) -> BulkDone, EditTasks, "Change many tasks as one act";
    conflict_settle(SettleArgs) -> EditedView, EditTasks, "Keep one of two edits that disagree";
    undo(UndoArgs) -> EditedView, EditTasks, "Take back an act of one's own";
    draft_put(DraftArgs) -> NoResult, Read, "Keep what is being typed";
    drafts(NoArgs) -> DraftsView, Read, "Drafts to offer again";
    draft_discard(DraftKeyArgs) -> NoResult, Read, "Drop a draft";
    choices(NoArgs) -> ChoicesView, Read, "Saved views, columns, templates of the person at the window";
    choice_put(ChoiceArgs) -> NoResult, Read, "Keep such a choice, or drop it";
    sources(NoArgs) -> SourcesView, Read, "Sources with schedules and ages";
    poll_now(PollArgs) -> SourcesView, Read, "Ask sources now";
    roster(NoArgs) -> RosterView, Read, "Who has which role";
    roster_assign(AssignArgs) -> RosterView, Administer, "Give a role";
    roster_end(EndArgs) -> RosterView, Administer, "End a role";
    rules(NoArgs) -> RulesView, Read, "Rules with validity";
    rule_set(RuleArgs) -> RulesView, Administer, "Set a rule";
    calendar(CalendarArgs) -> CalendarView, Read, "Working days of a year";
    calendar_set(CalendarSetArgs) -> CalendarView, Administer, "Set a day off or to work";
    storage(NoArgs) -> StorageView, Read, "Journal, backups, folders";
    backup_now(NoArgs) -> StorageView, Read, "Back up now";
    journal_verify(NoArgs) -> VerifyView, Read, "Verify the journal's chain";
}
