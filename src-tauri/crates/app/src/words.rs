//! Vietnamese words for enums, instants and ages; the one place that phrases them.

use pvhcc_domain::{
    dossier::Status as DossierStatus,
    observation::{Flow, FlowHealth, SourceId, Stage},
    obstacle::ObstacleGroup,
    roles::Role,
    task::{Learned, TaskStatus},
    time::Ms,
};

pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Staff => "Chuyên viên",
        Role::Duty => "Trực",
        Role::Leader => "Lãnh đạo",
        Role::Admin => "Quản trị",
    }
}

pub(crate) fn status(status: TaskStatus) -> &'static str {
    status.words()
}

pub(crate) fn learned(learned: Learned) -> &'static str {
    match learned {
        Learned::Letter => "qua công văn",
        Learned::Call => "qua điện thoại",
        Learned::Minutes => "theo biên bản",
        Learned::Meeting => "tại cuộc họp",
        Learned::Own => "tự kiểm tra",
    }
}

pub(crate) fn flow(flow: Flow) -> &'static str {
    match flow {
        Flow::Sso => "SSO qua VNeID",
        Flow::DossierSync => "Đồng bộ hồ sơ lên Cổng",
        Flow::StatusReturn => "Nhận trạng thái, kết quả",
        Flow::Petition => "Phản ánh kiến nghị",
        Flow::Catalogue => "Dữ liệu TTHC, DVC",
    }
}

/// What is done to a flow, with the phase: `kiểm thử, giai đoạn 1`.
pub(crate) fn stage(stage: Stage, phase: u8) -> String {
    let stage = match stage {
        Stage::Declare => "khai báo",
        Stage::Test => "kiểm thử",
    };
    format!("{stage}, giai đoạn {phase}")
}

pub(crate) fn flow_health(health: FlowHealth) -> &'static str {
    match health {
        FlowHealth::NotStarted => "chưa thiết lập",
        FlowHealth::Ok => "hoạt động",
        FlowHealth::Failing => "đang lỗi",
        FlowHealth::Unknown => "không quan sát được",
        FlowHealth::NotApplicable => "không áp dụng",
    }
}

/// Group of an obstacle, as document 002 IV names it.
pub(crate) fn obstacle_group(group: ObstacleGroup) -> &'static str {
    match group {
        ObstacleGroup::Access => "Đăng nhập, tài khoản, phân quyền",
        ObstacleGroup::Intake => "Tiếp nhận hồ sơ, cấu hình quy trình",
        ObstacleGroup::Integration => "Tích hợp, đồng bộ",
        ObstacleGroup::Signing => "Trình ký số, thanh toán, số hóa, trả kết quả điện tử",
        ObstacleGroup::Statistics => "Tra cứu trạng thái, thống kê, báo cáo",
        ObstacleGroup::Security => "Bảo mật, hiệu năng, dự phòng",
    }
}

/// As [`flow`], for narrow places.
pub(crate) fn flow_short(flow: Flow) -> &'static str {
    match flow {
        Flow::Sso => "SSO VNeID",
        Flow::DossierSync => "Hồ sơ lên Cổng",
        Flow::StatusReturn => "Kết quả về tỉnh",
        Flow::Petition => "Phản ánh",
        Flow::Catalogue => "TTHC, DVC",
    }
}

pub(crate) fn source(source: SourceId) -> &'static str {
    match source {
        SourceId::GatewayTasks => "Trục tích hợp: trạng thái nhiệm vụ",
        SourceId::GatewayFlows => "Trục tích hợp: luồng tích hợp",
        SourceId::GatewayApis => "Trục tích hợp: số đo API",
        SourceId::GatewayDossiers => "Trục tích hợp: hồ sơ",
        SourceId::GatewayIndicators => "Trục tích hợp: chỉ số phục vụ",
        SourceId::GatewayProcedures => "Trục tích hợp: danh mục TTHC",
        SourceId::GatewaySync => "Trục tích hợp: hàng đợi đồng bộ",
        SourceId::GatewayFees => "Trục tích hợp: phí, lệ phí chờ nộp",
        SourceId::GatewayPetitions => "Trục tích hợp: phản ánh, kiến nghị",
        SourceId::PortalStatistics => "Cổng DVCQG: số liệu hồ sơ",
        SourceId::Probes => "Hệ thống xung quanh: dò hoạt động",
    }
}

/// State of a dossier (domain.md §1.8).
pub(crate) fn dossier_status(status: Option<DossierStatus>) -> &'static str {
    match status {
        Some(DossierStatus::Registered) => "Mới đăng ký",
        Some(DossierStatus::Accepted) => "Được tiếp nhận",
        Some(DossierStatus::Refused) => "Không được tiếp nhận",
        Some(DossierStatus::Processing) => "Đang xử lý",
        Some(DossierStatus::SupplementAsked) => "Yêu cầu bổ sung giấy tờ",
        Some(DossierStatus::PaymentAsked) => "Yêu cầu thực hiện nghĩa vụ tài chính",
        Some(DossierStatus::Withdrawn) => "Công dân yêu cầu rút hồ sơ",
        Some(DossierStatus::Stopped) => "Dừng xử lý",
        Some(DossierStatus::Finished) => "Đã xử lý xong",
        Some(DossierStatus::Delivered) => "Đã trả kết quả",
        None => "Không rõ trạng thái",
    }
}

/// `14:08` today, `14:08 28/05` this year's other days, `14:08 28/05/2025` otherwise.
pub(crate) fn moment(at: Ms, now: Ms) -> String {
    let (t, n) = (at.local(), now.local());
    if at.day() == now.day() {
        t.format("%H:%M").to_string()
    } else if t.format("%Y").to_string() == n.format("%Y").to_string() {
        t.format("%H:%M %d/%m").to_string()
    } else {
        t.format("%H:%M %d/%m/%Y").to_string()
    }
}

/// `12 giây`, `6 phút`, `3 giờ`, `2 ngày`; never negative.
pub(crate) fn span(millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    match seconds {
        0..=59 => format!("{seconds} giây"),
        60..=3599 => format!("{} phút", seconds / 60),
        3600..=172_799 => format!("{} giờ", seconds / 3600),
        _ => format!("{} ngày", seconds / 86_400),
    }
}

/// `thứ Sáu`.
pub(crate) fn weekday(at: Ms) -> &'static str {
    use chrono::Datelike as _;
    match at.day().weekday() {
        chrono::Weekday::Mon => "thứ Hai",
        chrono::Weekday::Tue => "thứ Ba",
        chrono::Weekday::Wed => "thứ Tư",
        chrono::Weekday::Thu => "thứ Năm",
        chrono::Weekday::Fri => "thứ Sáu",
        chrono::Weekday::Sat => "thứ Bảy",
        chrono::Weekday::Sun => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_use_the_largest_whole_unit_and_never_go_negative() {
        assert_eq!(span(-5), "0 giây");
        assert_eq!(span(59_999), "59 giây");
        assert_eq!(span(60_000), "1 phút");
        assert_eq!(span(47 * 3_600_000), "47 giờ");
        assert_eq!(span(48 * 3_600_000), "2 ngày");
    }
}
