//! Settings of the portal client: what the real interface may name otherwise.

use crate::Secret;
use std::time::Duration;
use url::Url;

/// Where the adapter expects `dstcode` and `providerurl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressAs {
    /// In the query.
    #[default]
    Query,
    /// As headers of the same names.
    Header,
}

/// Names of the fields in a row of statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // Each names the field of `DossierFigures` that it fills.
pub struct FieldMap {
    pub system: String,
    /// Value of `system` for the province.
    pub system_province: String,
    /// Value of `system` for the ministries.
    pub system_ministry: String,
    pub field: String,
    /// Name of the field.
    pub field_name: String,
    pub from: String,
    pub to: String,
    pub received: String,
    pub received_online: String,
    pub received_direct: String,
    pub carried_over: String,
    pub done: String,
    pub on_time: String,
    pub late: String,
    pub pending: String,
    pub within_deadline: String,
    pub overdue: String,
    /// When the portal computed the row.
    pub as_of: String,
}

impl Default for FieldMap {
    fn default() -> Self {
        let s = str::to_owned;
        Self {
            system: s("HE_THONG"),
            system_province: s("tinh"),
            system_ministry: s("bo"),
            field: s("MALINHVUC"),
            field_name: s("TENLINHVUC"),
            from: s("TU_NGAY"),
            to: s("DEN_NGAY"),
            received: s("NHAN_TRONG_KY"),
            received_online: s("NHAN_TRUC_TUYEN"),
            received_direct: s("NHAN_TRUC_TIEP"),
            carried_over: s("TON_KY_TRUOC"),
            done: s("DA_XU_LY"),
            on_time: s("DUNG_HEN"),
            late: s("TRE_HEN"),
            pending: s("CHUA_XU_LY"),
            within_deadline: s("TRONG_HAN"),
            overdue: s("QUA_HAN"),
            as_of: s("THOI_DIEM"),
        }
    }
}

/// Settings of the portal client.
#[derive(Debug, Clone)]
pub struct PortalConfig {
    /// Base address of the Security Server; http or https.
    pub base_url: Url,
    /// Member code of the provider.
    pub dstcode: String,
    /// Base address of the provider, as the adapter wants it.
    pub provider_url: String,
    /// Where these two go.
    pub address_as: AddressAs,
    /// Account.
    pub username: String,
    /// Its password.
    pub password: Secret,
    /// `madonvi`.
    pub unit_code: String,
    /// Provider path of the log-in.
    pub login_path: String,
    /// Provider path of the services.
    pub service_path: String,
    /// Name of the statistics service.
    pub statistics_service: String,
    /// Field names.
    pub field_map: FieldMap,
    /// Values of `error_code` that mean an invalid session.
    pub session_invalid_codes: Vec<String>,
    /// For one request with its whole answer.
    pub timeout: Duration,
    /// Largest answer in bytes, after decompression.
    pub max_body: usize,
}

impl PortalConfig {
    /// With the contract's names, ten seconds and 8 MiB.
    #[must_use]
    pub fn new(
        base_url: Url,
        dstcode: String,
        provider_url: String,
        username: String,
        password: Secret,
        unit_code: String,
    ) -> Self {
        Self {
            base_url,
            dstcode,
            provider_url,
            address_as: AddressAs::Query,
            username,
            password,
            unit_code,
            login_path: "mapi/login".to_owned(),
            service_path: "mapi/g".to_owned(),
            statistics_service: "LaySoLieuThongKe".to_owned(),
            field_map: FieldMap::default(),
            session_invalid_codes: vec!["-1".to_owned()],
            timeout: Duration::from_secs(10),
            max_body: 8 << 20,
        }
    }
}
