//! The provider's RSA key and the JWTs it signs (RS256).

use crate::{folder::Folder, server::SandboxError};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rsa::{
    RsaPrivateKey, RsaPublicKey,
    pkcs1v15::{Signature, SigningKey, VerifyingKey},
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
    rand_core::OsRng,
    signature::{SignatureEncoding, Signer, Verifier},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;

const FILE: &str = "vneid-key.pem";
const BITS: usize = 2048;

#[derive(Debug)]
pub(super) struct SigningKeys {
    signing: SigningKey<Sha256>,
    public: RsaPublicKey,
    kid: String,
}

impl SigningKeys {
    /// The folder's key, made on first use.
    pub(super) fn open(folder: &Folder) -> Result<Self, SandboxError> {
        let path = folder.path(FILE);
        let private = match fs::read_to_string(&path) {
            Ok(pem) => RsaPrivateKey::from_pkcs8_pem(&pem)
                .map_err(|e| SandboxError::Damaged { path: path.clone(), reason: e.to_string() })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key =
                    RsaPrivateKey::new(&mut OsRng, BITS).map_err(|e| SandboxError::Key(e.to_string()))?;
                let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| SandboxError::Key(e.to_string()))?;
                fs::write(&path, pem.as_bytes()).map_err(|source| SandboxError::Folder { path, source })?;
                key
            }
            Err(source) => return Err(SandboxError::Folder { path, source }),
        };
        let public = private.to_public_key();
        let kid = hex::encode(&Sha256::digest(public.n().to_bytes_be())[..8]);
        Ok(Self { signing: SigningKey::new(private), public, kid })
    }

    /// The public key as a JSON Web Key.
    pub(super) fn jwk(&self) -> Value {
        json!({
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid,
            "n": URL_SAFE_NO_PAD.encode(self.public.n().to_bytes_be()),
            "e": URL_SAFE_NO_PAD.encode(self.public.e().to_bytes_be()),
        })
    }

    /// A signed token with these claims.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let head = json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let text = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(head.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let signature = self.signing.sign(text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// The claims of a token that this key signed, whether expired or not.
    pub(super) fn claims(&self, token: &str) -> Option<Value> {
        let (text, signature) = token.rsplit_once('.')?;
        let signature = Signature::try_from(URL_SAFE_NO_PAD.decode(signature).ok()?.as_slice()).ok()?;
        VerifyingKey::<Sha256>::new(self.public.clone()).verify(text.as_bytes(), &signature).ok()?;
        let (_, claims) = text.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}
