//! The form of the report.

use super::*;

/// The form of the report; see `Form` of the domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportForm {
    /// Cơ quan chủ quản.
    pub parent: String,
    /// Cơ quan ban hành.
    pub agency: String,
    /// Symbol behind the number.
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Lines above the signature.
    pub signature: Vec<String>,
    /// Lines above the signature of who signs in the leader's place.
    pub deputy_signature: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
}

/// The form in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportFormView {
    /// It.
    pub form: ReportForm,
    /// What it still needs before anybody can sign.
    pub missing: Vec<String>,
    /// In force since; none is the built-in form.
    pub since: Option<i64>,
    /// Who set it.
    pub who: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Set the form from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportFormArgs {
    /// It.
    pub form: ReportForm,
    /// Why, or the document it rests on.
    #[serde(default)]
    pub reason: Option<String>,
}

impl From<Form> for ReportForm {
    fn from(f: Form) -> Self {
        let Form { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients } = f;
        Self { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients }
    }
}

impl From<ReportForm> for Form {
    fn from(f: ReportForm) -> Self {
        let ReportForm { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients } =
            f;
        Self { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients }
    }
}
