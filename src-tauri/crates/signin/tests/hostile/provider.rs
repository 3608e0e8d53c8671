//! An OpenID provider that does as the test says. Codes are handed out by the test, not by a sign-in page.

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use hmac::{Hmac, Mac};
use pvhcc_domain::time::{ManualClock, Ms};
use pvhcc_signin::{ProviderConfig, RedirectConfig, Secret};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use rsa::{
    RsaPrivateKey,
    pkcs1v15::SigningKey,
    signature::{SignatureEncoding, Signer},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, MutexGuard},
    time::Duration,
};
use tokio::sync::Notify;
use url::Url;

static KEYS: LazyLock<[RsaPrivateKey; 2]> = LazyLock::new(|| {
    let mut random = rsa::rand_core::OsRng;
    [(), ()].map(|()| RsaPrivateKey::new(&mut random, 2048).expect("key"))
});

/// The key pair of ES256, published as `key-2`.
pub(crate) const ELLIPTIC: usize = 2;
static ELLIPTIC_KEY: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    // "Fixed": `r` and `s` side by side, as JWS has them (RFC 7518, 3.4).
    let (alg, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pair = EcdsaKeyPair::generate_pkcs8(alg, &random).expect("key");
    EcdsaKeyPair::from_pkcs8(alg, pair.as_ref(), &random).expect("key")
});

/// How ID tokens are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    /// RS256 by key 0 or 1, under its own kid.
    Rs256(usize),
    /// ES256.
    Es256,
    /// ES256 with a bit of the signature turned over.
    Es256Broken,
    /// RS256 by key 1 under the kid of key 0.
    Forged,
    /// `alg: none`, no signature.
    None,
    /// HS256 with the public key's modulus as the secret.
    PublicKeyAsSecret,
}

pub(crate) type Change = Box<dyn Fn(&mut Value) + Send>;

/// How a confidential client must show its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Header,
    Form,
}

/// With characters that the form encoding changes, which RFC 6749 2.3.1 asks for in the header as well.
pub(crate) const CLIENT_SECRET: &str = "khoa bi mat:+&%= 1";

pub(crate) struct Plan {
    pub(crate) signing: Signing,
    /// Key sets served one after the other; the last one stays.
    pub(crate) published: Vec<Vec<usize>>,
    pub(crate) change_claims: Option<Change>,
    pub(crate) change_description: Option<Change>,
    pub(crate) check_pkce: bool,
    pub(crate) id_token_on_refresh: bool,
    pub(crate) expires_in: u64,
    pub(crate) refuse_refresh: bool,
    pub(crate) down: bool,
    pub(crate) oversized: bool,
    /// The client is confidential: requests without its secret in this place are refused.
    pub(crate) confidential: Option<Shown>,
    /// Refreshes wait for this.
    pub(crate) hold_refresh: Option<Arc<Notify>>,
    codes: HashMap<String, (String, String)>,
    nonce: String,
    pub(crate) refresh: String,
    pub(crate) access_count: u64,
    pub(crate) refreshes: u32,
    pub(crate) key_fetches: usize,
    pub(crate) revoked: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Provider {
    plan: Arc<Mutex<Plan>>,
    pub(crate) url: Url,
    pub(crate) clock: ManualClock,
}

pub(crate) const CLIENT: &str = "dashboard";

impl Provider {
    pub(crate) async fn start() -> Self {
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
        let url = Url::parse(&format!("http://{}", socket.local_addr().expect("address"))).expect("URL");
        let (this, app) = Self::new(url);
        tokio::spawn(async move { axum::serve(socket, app).await });
        this
    }

    /// Served over `listener`, where it is known as `url`.
    pub(crate) fn start_on(
        listener: impl axum::serve::Listener<Addr = std::net::SocketAddr>,
        url: Url,
    ) -> Self {
        let (this, app) = Self::new(url);
        tokio::spawn(async move { axum::serve(listener, app).await });
        this
    }

    fn new(url: Url) -> (Self, Router) {
        let plan = Plan {
            signing: Signing::Rs256(0),
            published: vec![vec![0]],
            change_claims: None,
            change_description: None,
            check_pkce: true,
            id_token_on_refresh: true,
            expires_in: 300,
            refuse_refresh: false,
            down: false,
            oversized: false,
            confidential: None,
            hold_refresh: None,
            codes: HashMap::new(),
            nonce: String::new(),
            refresh: String::new(),
            access_count: 0,
            refreshes: 0,
            key_fetches: 0,
            revoked: Vec::new(),
        };
        let clock = ManualClock::new(Ms::parse_rfc3339("2026-05-29T14:00:00+07:00").expect("instant"));
        let this = Self { plan: Arc::new(Mutex::new(plan)), url, clock };
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .with_state(this.clone());
        (this, app)
    }

    pub(crate) fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().expect("no test panicked holding it")
    }

    pub(crate) fn issuer(&self) -> String {
        self.url.as_str().trim_end_matches('/').to_owned()
    }

    pub(crate) fn config(&self) -> ProviderConfig {
        ProviderConfig {
            issuer: Some(self.url.clone()),
            manual: None,
            client_id: CLIENT.to_owned(),
            client_secret: self.plan().confidential.map(|_| Secret::new(CLIENT_SECRET)),
            redirect: RedirectConfig::default(),
            post_logout_redirect: None,
            scopes: vec!["openid".to_owned(), "profile".to_owned()],
            pkce: true,
            // Nothing listens there: every test shows that loopback goes around the proxy.
            proxy: Some(Url::parse("http://127.0.0.1:9").expect("URL")),
            ca_file: None,
            timeout: Duration::from_secs(10),
        }
    }

    /// A code for the attempt of `authorize_url`, as after a sign-in by its person.
    pub(crate) fn consent(&self, authorize_url: &Url) -> String {
        let asked: HashMap<_, _> = authorize_url.query_pairs().into_owned().collect();
        let mut plan = self.plan();
        let code = format!("CODE-{}", plan.codes.len());
        let challenge = asked.get("code_challenge").cloned().unwrap_or_default();
        plan.codes.insert(code.clone(), (challenge, asked["nonce"].clone()));
        code
    }

    fn tokens(&self, plan: &mut Plan, with_id: bool) -> Response {
        plan.access_count += 1;
        plan.refresh = format!("REFRESH-{}", plan.access_count);
        let access = format!("ACCESS-{}", plan.access_count);
        let now = pvhcc_domain::time::Clock::now(&self.clock).0 / 1000;
        let mut claims = json!({
            "iss": self.issuer(), "sub": "subject-1", "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now,
            "nonce": plan.nonce, "name": "Cán bộ Thử Nghiệm",
            "at_hash": B64.encode(&Sha256::digest(access.as_bytes())[..16]),
        });
        if let Some(change) = &plan.change_claims {
            change(&mut claims);
        }
        let mut answer = json!({
            "access_token": access, "token_type": "Bearer", "expires_in": plan.expires_in,
            "refresh_token": plan.refresh,
        });
        if with_id {
            answer["id_token"] = json!(sign(plan.signing, &claims));
        }
        Json(answer).into_response()
    }
}

fn sign(signing: Signing, claims: &Value) -> String {
    let (alg, kid) = match signing {
        Signing::Rs256(i) => ("RS256", i),
        Signing::Es256 | Signing::Es256Broken => ("ES256", ELLIPTIC),
        Signing::Forged => ("RS256", 0),
        Signing::None => ("none", 0),
        Signing::PublicKeyAsSecret => ("HS256", 0),
    };
    let head = B64.encode(json!({ "alg": alg, "typ": "JWT", "kid": format!("key-{kid}") }).to_string());
    let text = format!("{head}.{}", B64.encode(claims.to_string()));
    let rs256 = |i: usize| SigningKey::<Sha256>::new(KEYS[i].clone()).sign(text.as_bytes()).to_vec();
    let signature = match signing {
        Signing::Rs256(i) => rs256(i),
        Signing::Es256 => es256(&text),
        Signing::Es256Broken => {
            let mut bytes = es256(&text);
            bytes[40] ^= 1;
            bytes
        }
        Signing::Forged => rs256(1),
        Signing::None => Vec::new(),
        Signing::PublicKeyAsSecret => {
            let mut mac = Hmac::<Sha256>::new_from_slice(&KEYS[0].n().to_bytes_be()).expect("any length");
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
    };
    format!("{text}.{}", B64.encode(signature))
}

fn es256(text: &str) -> Vec<u8> {
    ELLIPTIC_KEY.sign(&SystemRandom::new(), text.as_bytes()).expect("signed").as_ref().to_vec()
}

async fn describe(State(p): State<Provider>) -> Response {
    let plan = p.plan();
    if plan.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let at = |path: &str| format!("{}/{path}", p.issuer());
    let mut description = json!({
        "issuer": p.issuer(), "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("jwks"), "revocation_endpoint": at("revoke"), "end_session_endpoint": at("logout"),
    });
    if let Some(shown) = plan.confidential {
        let method = if shown == Shown::Form { "client_secret_post" } else { "client_secret_basic" };
        description["token_endpoint_auth_methods_supported"] = json!([method]);
    }
    if let Some(change) = &plan.change_description {
        change(&mut description);
    }
    if plan.oversized {
        description["padding"] = json!("x".repeat(1_000_000));
    }
    Json(description).into_response()
}

async fn keys(State(p): State<Provider>) -> Json<Value> {
    let mut plan = p.plan();
    let set = plan.published[plan.key_fetches.min(plan.published.len() - 1)].clone();
    plan.key_fetches += 1;
    let keys: Vec<Value> = set
        .into_iter()
        .map(|i| {
            if i == ELLIPTIC {
                // An uncompressed point: 4, x, y.
                let point = ELLIPTIC_KEY.public_key().as_ref();
                return json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "key-2",
                    "x": B64.encode(&point[1..33]),
                    "y": B64.encode(&point[33..]) });
            }
            let key = &KEYS[i];
            json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": format!("key-{i}"),
                "n": B64.encode(key.n().to_bytes_be()), "e": B64.encode(key.e().to_bytes_be()) })
        })
        .collect();
    Json(json!({ "keys": keys }))
}

fn refuse(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": "mô tả" }))).into_response()
}

/// Whether the client showed its secret, in the place asked for and in no other.
fn authenticated(plan: &Plan, headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(CLIENT), encode(CLIENT_SECRET));
    let basic = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair));
    let in_header = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let in_form = form.get("client_secret").map(String::as_str);
    match plan.confidential {
        None => in_header.is_none() && in_form.is_none(),
        Some(Shown::Header) => in_header == Some(&basic) && in_form.is_none(),
        Some(Shown::Form) => in_header.is_none() && in_form == Some(CLIENT_SECRET),
    }
}

async fn token(
    State(p): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if !authenticated(&p.plan(), &headers, &form) {
        return refuse("invalid_client");
    }
    if form["grant_type"] == "refresh_token" {
        let hold = p.plan().hold_refresh.clone();
        p.plan().refreshes += 1;
        if let Some(hold) = hold {
            hold.notified().await;
        }
        let mut plan = p.plan();
        if plan.down {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        if plan.refuse_refresh || form["refresh_token"] != plan.refresh {
            return refuse("invalid_grant");
        }
        let with_id = plan.id_token_on_refresh;
        return p.tokens(&mut plan, with_id);
    }
    let mut plan = p.plan();
    let Some((challenge, nonce)) = plan.codes.remove(&form["code"]) else { return refuse("invalid_grant") };
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    if plan.check_pkce && B64.encode(Sha256::digest(verifier.as_bytes())) != challenge {
        return refuse("invalid_grant");
    }
    plan.nonce = nonce;
    p.tokens(&mut plan, true)
}

async fn revoke(
    State(p): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut plan = p.plan();
    if plan.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if !authenticated(&plan, &headers, &form) {
        return refuse("invalid_client");
    }
    plan.revoked.push(form["token"].clone());
    StatusCode::OK.into_response()
}
