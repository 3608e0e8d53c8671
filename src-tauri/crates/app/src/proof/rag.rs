//! The colour of a task: computed, in words, and set by hand for a while.

use crate::{
    App,
    checklist::{day, note, vn},
    messages,
    people::Actor,
    wire::{EditedView, RagArgs, RagCell, RagEndArgs, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    lateness::Lateness,
    proof::ProofState,
    rag::{Rag, RagInput, RagReason, rag},
    task::TaskState,
};

/// The colour of a row.
pub(crate) fn rag_cell(
    state: &TaskState,
    lateness: &Lateness,
    late_predecessors: &[String],
    obstacles: &[String],
    proof: ProofState,
    today: NaiveDate,
) -> RagCell {
    let seen = rag(&RagInput {
        status: state.status,
        lateness: *lateness,
        late_predecessors,
        obstacles,
        proof,
        set_by_hand: state.rag.as_ref(),
        today,
    });
    let by_hand = state.rag.as_ref().filter(|_| seen.by_hand);
    RagCell {
        rag: seen.rag,
        computed: seen.computed,
        text: colour(seen.rag).to_owned(),
        reasons: seen.reasons.iter().map(reason).collect(),
        by_hand: by_hand.map(|o| format!("Đặt tay đến hết {}: {}", vn(o.until), o.reason)),
    }
}

fn colour(rag: Rag) -> &'static str {
    match rag {
        Rag::None => "Không áp dụng",
        Rag::Done => "Đã báo xong",
        Rag::Green => "Đúng tiến độ",
        Rag::Amber => "Cần để ý",
        Rag::Red => "Cần xử lý",
    }
}

fn reason(reason: &RagReason) -> String {
    match reason {
        RagReason::Overdue { days } => format!("Quá hạn {days} ngày"),
        RagReason::Blocked => "Đang vướng mắc".to_owned(),
        RagReason::Obstacle { ids } => format!("{} vướng mắc trong sổ chưa giải quyết", ids.len()),
        RagReason::ProofFailed => "Báo xong nhưng số đo hoặc kiểm thử không đạt".to_owned(),
        RagReason::DueSoon { working_days: 0 } => "Đến hạn hôm nay".to_owned(),
        RagReason::DueSoon { working_days } => format!("Còn {working_days} ngày làm việc đến hạn"),
        RagReason::PredecessorLate { nos } => {
            format!("Việc phải xong trước đang chậm: TT {}", nos.join(", "))
        }
    }
}

impl App {
    pub(crate) async fn rag_override(&self, actor: &Actor, args: RagArgs) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        if !matches!(args.rag, Rag::Green | Rag::Amber | Rag::Red) {
            return Err(messages::invalid("rag", "Chỉ đặt tay được: đúng tiến độ, cần để ý, cần xử lý."));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do đặt tay mức cảnh báo."));
        };
        let until = day(&args.until, "until")?;
        let today = self.now().day();
        if until < today || (until - today).num_days() > 366 {
            return Err(messages::invalid("until", "Ngày hết hiệu lực cần từ hôm nay đến một năm sau."));
        }
        let message = format!("Đã đặt nhiệm vụ {} là “{}” đến hết {}.", args.no, colour(args.rag), vn(until));
        self.edit(
            actor,
            &args.no,
            args.based_on,
            Act::RagOverridden { rag: args.rag, reason, until },
            message,
        )
        .await
    }

    pub(crate) async fn rag_end(&self, actor: &Actor, args: RagEndArgs) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let message = format!("Đã bỏ mức đặt tay của nhiệm vụ {}.", args.no);
        self.edit(actor, &args.no, args.based_on, Act::RagOverrideEnded {}, message).await
    }
}
