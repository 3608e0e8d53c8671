//! The provider as this client sees it: endpoints, keys, and the requests of the protocol.
//! Must not know the listener, the vault, or who is waiting.

use crate::{
    ProviderConfig, Secret, SignInError, Stage,
    http::{Http, is_loopback},
};
use openidconnect::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet, IssuerUrl,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, TokenUrl,
    core::{CoreClient, CoreErrorResponseType, CoreJsonWebKeySet, CoreTokenResponse},
};
use serde::Deserialize;
use std::{
    borrow::Cow,
    fmt,
    sync::{Mutex, PoisonError},
};
use url::Url;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointNotSet>;

/// What is used of the discovery document.
#[derive(Debug, Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    end_session_endpoint: Option<Url>,
    revocation_endpoint: Option<Url>,
    /// None means `client_secret_basic` (OpenID Connect Discovery 1.0, section 3).
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// One provider, described and with its keys.
pub(crate) struct Provider {
    http: Http,
    client_id: String,
    client_secret: Option<Secret>,
    described: Description,
    keys: Mutex<CoreJsonWebKeySet>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.described.issuer).finish_non_exhaustive()
    }
}

fn config_error(detail: impl ToString) -> SignInError {
    SignInError::Config { detail: detail.to_string() }
}

/// Codes and tokens travel by TLS, or do not leave the machine.
fn protected(url: &Url) -> Result<(), SignInError> {
    if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)) {
        return Ok(());
    }
    Err(config_error(format!("{url} is neither https nor on this machine")))
}

/// An issuer by hand as its tokens spell it: a URL type adds a slash after a bare host, which issuers do not have.
fn spelled(issuer: &Url) -> String {
    let text = issuer.as_str();
    if issuer.path() == "/" { text.trim_end_matches('/') } else { text }.to_owned()
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// The provider's refusal with its texts bounded: they come from outside.
pub(crate) fn refusal(error: &str, description: Option<&str>) -> SignInError {
    SignInError::Provider { error: cut(error, 80), description: description.map(|d| cut(d, 300)) }
}

impl Provider {
    /// Describes the provider (by discovery or by hand) and fetches its keys.
    pub(crate) async fn open(config: &ProviderConfig) -> Result<Self, SignInError> {
        let http = Http::new(config)?;
        let described = describe(&http, config).await?;
        let keys = Mutex::new(http.json(&described.jwks_uri, Stage::Keys).await?);
        Ok(Self {
            http,
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            described,
            keys,
        })
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.described.issuer
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Whether the provider promises `iss` in its redirects (RFC 9207).
    pub(crate) fn promises_iss(&self) -> bool {
        self.described.authorization_response_iss_parameter_supported
    }

    pub(crate) fn keys(&self) -> CoreJsonWebKeySet {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) async fn fetch_keys(&self) -> Result<(), SignInError> {
        let keys = self.http.json(&self.described.jwks_uri, Stage::Keys).await?;
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// The library's client for this provider.
    pub(crate) fn client(&self) -> Result<Client, SignInError> {
        let issuer = IssuerUrl::new(self.described.issuer.clone()).map_err(config_error)?;
        let mut client = CoreClient::new(ClientId::new(self.client_id.clone()), issuer, self.keys())
            .set_auth_uri(AuthUrl::from_url(self.described.authorization_endpoint.clone()))
            .set_token_uri(TokenUrl::from_url(self.described.token_endpoint.clone()));
        if let Some(secret) = &self.client_secret {
            client = client
                .set_client_secret(ClientSecret::new(secret.expose().to_owned()))
                .set_auth_type(self.secret_goes());
        }
        Ok(client)
    }

    pub(crate) async fn exchange(
        &self,
        code: &Secret,
        verifier: Option<PkceCodeVerifier>,
        redirect: &Url,
    ) -> Result<CoreTokenResponse, SignInError> {
        let client = self.client()?;
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(redirect.clone())));
        if let Some(verifier) = verifier {
            request = request.set_pkce_verifier(verifier);
        }
        request.request_async(&self.http).await.map_err(token_error)
    }

    /// Whether the token endpoint takes this client with its secret. A code that was never given is exchanged: who is asking
    /// is checked before what for, so `invalid_grant` is the good answer (RFC 6749 §5.2).
    pub(crate) async fn knows_client(&self) -> Result<(), SignInError> {
        let (_, verifier) = PkceCodeChallenge::new_random_sha256();
        let redirect = Url::parse("http://127.0.0.1/callback").map_err(config_error)?;
        match self.exchange(&Secret::new("connection-test"), Some(verifier), &redirect).await {
            Err(SignInError::Provider { error, .. }) if error == "invalid_grant" => Ok(()),
            Err(e) => Err(e),
            Ok(_) => Err(SignInError::Answer {
                stage: Stage::Token,
                detail: "tokens for a code that was never given".to_owned(),
            }),
        }
    }

    pub(crate) async fn refresh(&self, token: &Secret) -> Result<CoreTokenResponse, SignInError> {
        let client = self.client()?;
        let token = RefreshToken::new(token.expose().to_owned());
        client.exchange_refresh_token(&token).request_async(&self.http).await.map_err(token_error)
    }

    /// Where a client's secret stands: in the header, unless the provider says that it takes it in the form alone.
    fn secret_goes(&self) -> AuthType {
        match &self.described.token_endpoint_auth_methods_supported {
            Some(methods)
                if methods.iter().any(|m| m == "client_secret_post")
                    && !methods.iter().any(|m| m == "client_secret_basic") =>
            {
                AuthType::RequestBody
            }
            _ => AuthType::BasicAuth,
        }
    }

    /// Revokes a token where the provider has that (RFC 7009).
    pub(crate) async fn revoke(&self, token: &Secret, hint: &str) -> Result<(), SignInError> {
        let Some(url) = &self.described.revocation_endpoint else { return Ok(()) };
        let mut fields =
            vec![("token", token.expose()), ("token_type_hint", hint), ("client_id", &self.client_id)];
        let mut basic = None;
        match (&self.client_secret, self.secret_goes()) {
            (Some(secret), AuthType::RequestBody) => fields.push(("client_secret", secret.expose())),
            (Some(secret), _) => basic = Some((self.client_id.as_str(), secret.expose())),
            (None, _) => {}
        }
        self.http.form(url, &fields, basic, Stage::Revocation).await
    }
}

/// Where the provider ends its session in the browser; none when it has no such place.
pub(crate) async fn end_session_endpoint(config: &ProviderConfig) -> Result<Option<Url>, SignInError> {
    let described = describe(&Http::new(config)?, config).await?;
    Ok(described.end_session_endpoint)
}

/// The provider's endpoints, by hand or by discovery; none of them open to the network's eyes.
async fn describe(http: &Http, config: &ProviderConfig) -> Result<Description, SignInError> {
    let described = match (&config.manual, &config.issuer) {
        (Some(m), _) => Description {
            issuer: spelled(&m.issuer),
            authorization_endpoint: m.authorization.clone(),
            token_endpoint: m.token.clone(),
            jwks_uri: m.jwks.clone(),
            end_session_endpoint: m.end_session.clone(),
            revocation_endpoint: m.revocation.clone(),
            token_endpoint_auth_methods_supported: None,
            authorization_response_iss_parameter_supported: false,
        },
        (None, Some(issuer)) => discover(http, issuer).await?,
        (None, None) => return Err(config_error("neither issuer nor endpoints")),
    };
    for url in [&described.authorization_endpoint, &described.token_endpoint, &described.jwks_uri]
        .into_iter()
        .chain(&described.end_session_endpoint)
        .chain(&described.revocation_endpoint)
    {
        protected(url)?;
    }
    Ok(described)
}

async fn discover(http: &Http, issuer: &Url) -> Result<Description, SignInError> {
    protected(issuer)?;
    let mut address = issuer.clone();
    address.set_path(&format!("{}/.well-known/openid-configuration", issuer.path().trim_end_matches('/')));
    let described: Description = http.json(&address, Stage::Discovery).await?;
    // A URL type adds the slash after a bare host; the provider's own spelling counts in its tokens.
    if described.issuer.trim_end_matches('/') != issuer.as_str().trim_end_matches('/') {
        return Err(SignInError::Answer {
            stage: Stage::Discovery,
            detail: format!("issuer is {}, expected {issuer}", cut(&described.issuer, 200)),
        });
    }
    Ok(described)
}

type Failure =
    RequestTokenError<crate::http::HttpError, openidconnect::StandardErrorResponse<CoreErrorResponseType>>;

/// The library's error holds the body of the answer, with tokens in it: only its kind goes on.
fn token_error(e: Failure) -> SignInError {
    match e {
        RequestTokenError::ServerResponse(answer) => {
            refusal(answer.error().as_ref(), answer.error_description().map(String::as_str))
        }
        RequestTokenError::Request(e) => e.at(Stage::Token),
        RequestTokenError::Parse(e, _) => SignInError::Answer {
            stage: Stage::Token,
            detail: format!("not as the standard says at `{}`", e.path()),
        },
        RequestTokenError::Other(_) => {
            SignInError::Answer { stage: Stage::Token, detail: "not a token answer".to_owned() }
        }
    }
}
