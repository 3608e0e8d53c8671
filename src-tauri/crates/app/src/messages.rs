//! The catalogue of messages: typed errors of the parts become one Vietnamese sentence with what to do next.

use crate::wire::{ErrorCode, WireError};
use pvhcc_domain::{observation::SourceId, operation::watch::Place};
use pvhcc_signin::{PasteError, SignInError, pin::PinError};
use pvhcc_sources::{FailureKind, Verdict};
use pvhcc_store::StoreError;
use std::path::Path;

/// Something typed is missing or wrong; `field` names it.
pub(crate) fn invalid(field: &str, message: &str) -> WireError {
    WireError::new(ErrorCode::Invalid, message).with("field", field)
}

pub(crate) fn unauthenticated() -> WireError {
    WireError::new(ErrorCode::Unauthenticated, "Bạn chưa đăng nhập. Hãy đăng nhập bằng VNeID.")
}

pub(crate) fn no_sources() -> WireError {
    WireError::new(
        ErrorCode::Config,
        "Hồ sơ này chưa cấu hình nguồn dữ liệu. Hãy vào phần thiết lập để khai báo VNeID, Trục tích hợp và Cổng DVCQG.",
    )
}

pub(crate) fn busy_sign_in() -> WireError {
    WireError::new(ErrorCode::Busy, "Đang chờ trình duyệt. Hãy đăng nhập ở đó, hoặc bấm Hủy để làm lại.")
}

/// A folder cannot be made or written.
pub(crate) fn folder(folder: &Path, e: &std::io::Error) -> WireError {
    use std::io::ErrorKind::{
        AlreadyExists, NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let why = match e.kind() {
        PermissionDenied | ReadOnlyFilesystem => {
            "không có quyền ghi. Hãy cấp quyền ghi cho thư mục, hoặc chọn thư mục khác".to_owned()
        }
        StorageFull | QuotaExceeded => "ổ đĩa đã đầy. Hãy giải phóng chỗ trống rồi mở lại".to_owned(),
        AlreadyExists | NotADirectory => {
            "ở đó có một tệp trùng tên. Hãy đổi tên tệp ấy, hoặc chọn thư mục khác".to_owned()
        }
        _ => format!("{e}. Hãy kiểm tra quyền ghi và chỗ trống"),
    };
    WireError::new(
        ErrorCode::Storage,
        format!("Không dùng được thư mục dữ liệu {}: {why}.", folder.display()),
    )
    .with("folder", folder.display().to_string())
}

/// A folder that files are to be put into cannot be made or written.
pub(crate) fn output(folder: &Path, e: &std::io::Error) -> WireError {
    use std::io::ErrorKind::{
        AlreadyExists, NotADirectory, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
        StorageFull,
    };
    let why = match e.kind() {
        PermissionDenied | ReadOnlyFilesystem => {
            "không có quyền ghi. Hãy cấp quyền ghi, hoặc chọn thư mục khác".to_owned()
        }
        StorageFull | QuotaExceeded => {
            "ổ đĩa đã đầy. Hãy giải phóng chỗ trống, hoặc chọn ổ đĩa khác".to_owned()
        }
        AlreadyExists | NotADirectory => {
            "ở đó có một tệp trùng tên, không phải thư mục. Hãy chọn thư mục khác".to_owned()
        }
        NotFound => "không có thư mục này và không tạo được. Hãy chọn thư mục khác".to_owned(),
        _ => format!("{e}. Hãy kiểm tra quyền ghi và chỗ trống"),
    };
    let message = format!("Không ghi được vào thư mục {}: {why}. Chưa ghi tệp nào.", folder.display());
    WireError::new(ErrorCode::Storage, message).with("folder", folder.display().to_string())
}

/// A file stands where another is to be put.
pub(crate) fn in_the_way(path: &Path) -> WireError {
    let message = format!(
        "Đã có tệp hoặc thư mục khác mang tên {}. Hãy đổi tên hoặc chuyển nó đi, hoặc chọn thư mục khác; chưa ghi tệp nào.",
        path.display()
    );
    WireError::new(ErrorCode::Storage, message)
        .with("file", path.display().to_string())
        .with("folder", path.parent().unwrap_or(path).display().to_string())
}

/// A file cannot be replaced: another program has it open, or it is read-only.
pub(crate) fn held(path: &Path, e: &std::io::Error) -> WireError {
    tracing::warn!(error = %e, path = %path.display(), "file not replaced");
    let message = format!(
        "Không thay được tệp {}: tệp đang mở ở chương trình khác, hoặc không cho ghi. Hãy đóng tệp đó rồi làm lại.",
        path.display()
    );
    WireError::new(ErrorCode::Storage, message)
        .with("file", path.display().to_string())
        .with("folder", path.parent().unwrap_or(path).display().to_string())
}

/// Names the folder in a failure of storage that does not name one yet.
pub(crate) fn in_folder(error: WireError, folder: &Path) -> WireError {
    if error.code != ErrorCode::Storage || error.details.contains_key("folder") {
        return error;
    }
    let message = format!("{} Thư mục dữ liệu: {}.", error.message, folder.display());
    WireError { message, ..error }.with("folder", folder.display().to_string())
}

/// A part of the program's own data is wrong: a defect.
pub(crate) fn builtin(e: &dyn std::fmt::Display) -> WireError {
    WireError::new(
        ErrorCode::Internal,
        format!("Dữ liệu kèm chương trình bị lỗi: {e}. Hãy cài lại chương trình."),
    )
}

pub(crate) fn store(e: &StoreError) -> WireError {
    let message = match e {
        StoreError::Full => {
            "Ổ đĩa đã đầy: chưa ghi được. Hãy giải phóng chỗ trống rồi bấm lưu lại; nội dung đang nhập vẫn còn.".to_owned()
        }
        StoreError::ReadOnly => {
            "Thư mục dữ liệu không cho ghi: chưa ghi được. Hãy cấp quyền ghi rồi thử lại; nội dung đang nhập vẫn còn."
                .to_owned()
        }
        StoreError::Disk(detail) => {
            tracing::error!(detail, "disk");
            "Ổ đĩa không nhận dữ liệu (hết hạn mức, chỉ cho đọc, bị rút ra hoặc hỏng): chưa ghi được. Hãy kiểm tra ổ đĩa \
             rồi bấm lưu lại; nội dung đang nhập vẫn còn."
                .to_owned()
        }
        StoreError::Newer { found, known, .. } => format!(
            "Dữ liệu do phiên bản mới hơn của chương trình ghi (cấu trúc {found}, bản này biết đến {known}). \
             Hãy cài phiên bản mới; dữ liệu không bị thay đổi."
        ),
        StoreError::Locked => "Dữ liệu đang bị chương trình khác giữ. Hãy thử lại sau ít giây.".to_owned(),
        other => {
            tracing::error!(error = %other, "store");
            format!("Không đọc hoặc ghi được dữ liệu ({other}). Hãy xem mục Lưu trữ trong Cài đặt.")
        }
    };
    WireError::new(ErrorCode::Storage, message)
}

pub(crate) fn sign_in(e: &SignInError) -> WireError {
    let (code, message) = match e {
        SignInError::Unreachable { .. } => (
            ErrorCode::Source,
            "Không kết nối được tới VNeID. Hãy kiểm tra mạng, hoặc dùng mã PIN để làm việc ngoại tuyến.".to_owned(),
        ),
        SignInError::Provider { error, .. } if error == "access_denied" => {
            (ErrorCode::Cancelled, "Bạn đã từ chối đăng nhập ở trang VNeID.".to_owned())
        }
        SignInError::Provider { error, .. } => (
            ErrorCode::Source,
            format!("VNeID từ chối đăng nhập ({error}). Hãy thử lại; nếu vẫn lỗi, báo đầu mối VNeID (PC06)."),
        ),
        SignInError::NotFresh => (
            ErrorCode::Forbidden,
            "VNeID trả lời bằng một lần đăng nhập cũ. Người đó phải đăng nhập lại ở VNeID ngay lúc này; hãy đăng xuất VNeID trong trình duyệt rồi làm lại."
                .to_owned(),
        ),
        SignInError::Timeout => (ErrorCode::Source, "Quá 5 phút chưa đăng nhập xong. Hãy bấm Đăng nhập lại.".to_owned()),
        SignInError::Cancelled => (ErrorCode::Cancelled, "Đã hủy đăng nhập.".to_owned()),
        SignInError::PortTaken { .. } => (
            ErrorCode::Config,
            "Các cổng loopback khai báo trong cấu hình đều đang bận. Hãy đóng chương trình chiếm cổng hoặc đổi redirect_ports."
                .to_owned(),
        ),
        SignInError::Busy => return busy_sign_in(),
        other => {
            tracing::warn!(error = %other, "sign-in");
            (
                ErrorCode::Source,
                "Trả lời của VNeID không hợp lệ nên chưa đăng nhập. Hãy thử lại; nếu vẫn lỗi, báo quản trị.".to_owned(),
            )
        }
    };
    WireError::new(code, message)
}

/// Why VNeID could not be asked or refused to know this program, in one clause; for connection tests, where nobody signs in.
pub(crate) fn probe(e: &SignInError) -> String {
    match e {
        SignInError::Unreachable { .. } => {
            "không kết nối được, có thể do địa chỉ, mạng hoặc chứng thư".to_owned()
        }
        SignInError::Provider { error, .. }
            if matches!(error.as_str(), "invalid_client" | "unauthorized_client") =>
        {
            "mã ứng dụng hoặc khóa bí mật không đúng".to_owned()
        }
        SignInError::Provider { error, .. } => format!("VNeID từ chối ({error})"),
        SignInError::Config { .. } => "địa chỉ phải là https".to_owned(),
        other => {
            tracing::info!(error = %other, "connection test");
            "trả lời không đúng chuẩn OpenID Connect".to_owned()
        }
    }
}

pub(crate) fn paste(e: &PasteError) -> WireError {
    tracing::info!(error = %e, "pasted address refused");
    invalid(
        "url",
        "Địa chỉ này không phải địa chỉ chuyển hướng của lần đăng nhập đang chờ. Hãy chép lại toàn bộ thanh địa chỉ.",
    )
}

pub(crate) fn pin(_: &PinError) -> WireError {
    invalid("pin", "Mã PIN cần 6–12 chữ số, không lặp một chữ số và không là dãy liên tiếp.")
}

/// The failure is that of one address alone, not of its host.
pub(crate) const ONE_ADDRESS: &str = "Riêng địa chỉ này";
const OWN_MACHINE: &str = "Máy này";
const OWN_NETWORK: &str = "Mạng của đơn vị";
const GATEWAY: &str = "Trục tích hợp";
const PORTAL: &str = "Cổng DVCQG";
/// The program stopped asking for a while.
pub(crate) const NOT_ASKED: &str = "tạm ngừng hỏi sau nhiều lần lỗi";

/// Where a failure lies, for people.
pub(crate) fn verdict(verdict: Verdict, source: SourceId) -> &'static str {
    match (verdict, source) {
        (Verdict::OwnMachine, _) => OWN_MACHINE,
        (Verdict::OwnNetwork, _) => OWN_NETWORK,
        (Verdict::OneApi, _) => ONE_ADDRESS,
        (Verdict::Host, SourceId::PortalStatistics) => PORTAL,
        (Verdict::Host, _) => GATEWAY,
    }
}

/// Where the failure lies that a kept detail begins with; as [`verdict`] wrote it.
pub(crate) fn place_of(detail: &str) -> Option<Place> {
    let (place, _) = detail.split_once(": ")?;
    Some(match place {
        OWN_MACHINE => Place::OwnMachine,
        OWN_NETWORK => Place::OwnNetwork,
        ONE_ADDRESS => Place::OneAddress,
        GATEWAY | PORTAL => Place::Host,
        _ => return None,
    })
}

/// What to do about a failure that does not pass by itself.
pub(crate) fn remedy(kind: &FailureKind, source: SourceId) -> Option<&'static str> {
    let portal = source == SourceId::PortalStatistics;
    Some(match kind {
        FailureKind::Unauthorized | FailureKind::Session if portal => {
            "Hãy nhập lại mật khẩu tài khoản kết nối Cổng ở Cài đặt, hoặc hỏi đầu mối Cổng DVCQG."
        }
        FailureKind::Unauthorized | FailureKind::Session => {
            "Hãy nhập lại thẻ truy cập Trục tích hợp ở Cài đặt, hoặc xin đơn vị vận hành Trục cấp lại."
        }
        FailureKind::Forbidden if portal => "Hãy đề nghị đầu mối Cổng DVCQG cấp quyền cho tài khoản kết nối.",
        FailureKind::Forbidden => "Hãy đề nghị đơn vị vận hành Trục cấp quyền đọc địa chỉ này.",
        FailureKind::Tls => "Hãy kiểm tra tệp chứng thư (ca_file) trong cấu hình và ngày giờ của máy.",
        FailureKind::Config | FailureKind::NotFound => "Hãy kiểm tra địa chỉ của nguồn trong cấu hình.",
        FailureKind::TooLarge => "Nếu dữ liệu thật sự lớn, hãy tăng max_body_mib trong cấu hình.",
        _ => return None,
    })
}

/// What failed at a source, for people.
pub(crate) fn failure(kind: &FailureKind) -> String {
    match kind {
        FailureKind::Dns => "không tìm thấy máy chủ".to_owned(),
        FailureKind::Refused => "máy chủ từ chối kết nối".to_owned(),
        FailureKind::Timeout => "không trả lời trong thời hạn".to_owned(),
        FailureKind::Reset => "kết nối bị ngắt giữa chừng".to_owned(),
        FailureKind::Tls => "chứng thư không hợp lệ".to_owned(),
        FailureKind::Unauthorized => "từ chối tài khoản (401)".to_owned(),
        FailureKind::Forbidden => "không có quyền (403)".to_owned(),
        FailureKind::NotFound => "không có địa chỉ này (404)".to_owned(),
        FailureKind::Gone => "không còn nhận vị trí đọc tiếp (410)".to_owned(),
        FailureKind::RateLimited { .. } => "yêu cầu gọi chậm lại (429)".to_owned(),
        FailureKind::Server(status) => format!("máy chủ lỗi ({status})"),
        FailureKind::TooLarge => "trả lời quá lớn".to_owned(),
        FailureKind::BadEnvelope => "trả lời sai cấu trúc".to_owned(),
        FailureKind::BadSchema => "trả lời không theo hợp đồng".to_owned(),
        FailureKind::Session => "phiên làm việc không hợp lệ".to_owned(),
        FailureKind::Redirect => "chuyển hướng sang nơi khác".to_owned(),
        FailureKind::BreakerOpen { .. } => NOT_ASKED.to_owned(),
        FailureKind::BudgetSpent => "đã hết lượt thử lại".to_owned(),
        FailureKind::Config => "cấu hình chưa đúng".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_failure_is_read_back_from_what_was_kept() {
        for (said, place) in [
            (Verdict::OwnMachine, Place::OwnMachine),
            (Verdict::OwnNetwork, Place::OwnNetwork),
            (Verdict::OneApi, Place::OneAddress),
            (Verdict::Host, Place::Host),
        ] {
            for source in SourceId::ALL {
                let detail = format!("{}: {}", verdict(said, source), failure(&FailureKind::Server(503)));
                assert_eq!(place_of(&detail), Some(place), "{detail}");
            }
        }
        assert_eq!(place_of("máy chủ lỗi (503)"), None);
    }
}
