//! Invites and tokens: who may report without being known.

use super::error::AppError;
use crate::model::{Campaign, Intake, Occasion, PassLetter, SourceKind, TokenKey, TokenPurpose, Wave};
use crate::storage::{InviteCount, Invited, Redeemable, Spend, StorageError, Store, StoredKey};
use crate::tokens::{
    Blinded, Evaluated, InviteSecret, MAX_BATCH, SigningKey, Token, decode, fingerprint, invite_text, key_id,
};

/// What a request is let in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// Campaign of the token's key.
    pub campaign: String,
    /// Wave of the token's key, if any; it is open.
    pub wave: Option<String>,
    /// Team of the token's key, if any.
    pub pass: Option<PassLetter>,
    /// Epoch of the token's key, from 1.
    pub key_epoch: i32,
    /// To be spent in the transaction that stores what the token pays for.
    pub spend: Spend,
}

impl Admission {
    /// The occasion of what the token pays for.
    #[must_use]
    pub fn occasion(&self) -> Occasion {
        Occasion {
            campaign: self.campaign.clone(),
            source: self.campaign.clone(),
            kind: SourceKind::Field,
            wave: self.wave.clone(),
            pass: self.pass,
            key_epoch: self.key_epoch,
        }
    }
}

/// Why a request is not let in. Nothing was spent.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    /// No campaign has the slug that the request names.
    #[error("there is no such campaign here")]
    NoCampaign,
    /// There is no token, and the campaign wants one.
    #[error("this campaign takes reports from invited volunteers only; ask its coordinator for an invite")]
    InvitedOnly,
    /// The header cannot be read.
    #[error("the header Census-Token holds a key id, an input and an output in base64url, with dots between")]
    Unreadable,
    /// No key of ours made the token.
    #[error("no key of this census signed this token; draw tokens with an invite")]
    Forged,
    /// The epoch of its key was closed.
    #[error("this token is of an epoch that was closed; ask the coordinator for another invite")]
    Closed,
    /// It was spent before.
    #[error("this token was spent before; spend another one")]
    Spent,
    /// It pays for something else.
    #[error("this token pays for {}; spend one of the other kind", if *.0 == TokenPurpose::Marks { "marks and reports" } else { "sightings" })]
    OtherPurpose(TokenPurpose),
    /// The request names another campaign than the one of its key.
    #[error("the token is of another campaign than the one the request names; leave the campaign out")]
    OtherCampaign,
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl AdmitError {
    /// A stable code, `snake_case`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCampaign => "no_campaign",
            Self::InvitedOnly => "token_missing",
            Self::Unreadable => "token_unreadable",
            Self::Forged => "token_forged",
            Self::Closed => "token_closed",
            Self::Spent => "token_spent",
            Self::OtherPurpose(_) => "token_other_purpose",
            Self::OtherCampaign => "token_other_campaign",
            Self::App(_) => "failed",
        }
    }
}

impl From<StorageError> for AdmitError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::TokenSpent => Self::Spent,
            StorageError::EpochClosed => Self::Closed,
            StorageError::NoCampaign => Self::NoCampaign,
            other => Self::App(other.into()),
        }
    }
}

/// Judges the header `Census-Token` of a request that names this campaign, or none. `None` when there is no token and the
/// campaign (the default one where none is named) takes reports without. Nothing is spent yet.
///
/// # Errors
/// When the request is not let in, or the database fails.
pub async fn admit<'a>(
    store: &Store,
    header: Option<&str>,
    campaign: impl Into<Option<&'a str>>,
    purpose: TokenPurpose,
) -> Result<Option<Admission>, AdmitError> {
    let campaign = campaign.into();
    let Some(header) = header else {
        let found = store.campaign(campaign.unwrap_or(Campaign::DEFAULT_SLUG)).await?.ok_or(AdmitError::NoCampaign)?;
        return if found.intake == Intake::Invited { Err(AdmitError::InvitedOnly) } else { Ok(None) };
    };
    let token = Token::parse(header).ok_or(AdmitError::Unreadable)?;
    let keys = store.token_keys().await?;
    let StoredKey { key, secret } =
        keys.into_iter().find(|stored| key_id(&stored.key) == token.key).ok_or(AdmitError::Forged)?;
    let Some(secret) = secret else { return Err(AdmitError::Closed) };
    if !signing_key(&secret)?.verify(&token.input, &token.output) {
        return Err(AdmitError::Forged);
    }
    if key.purpose != purpose {
        return Err(AdmitError::OtherPurpose(key.purpose));
    }
    if campaign.is_some_and(|named| named != key.campaign) {
        return Err(AdmitError::OtherCampaign);
    }
    let spend = Spend {
        digest: token.digest(),
        campaign: key.campaign.clone(),
        epoch: key.epoch,
        team: key.team,
        purpose: key.purpose,
    };
    Ok(Some(Admission { campaign: key.campaign, wave: key.wave, pass: key.team, key_epoch: key.epoch, spend }))
}

fn signing_key(secret: &[u8; 32]) -> Result<SigningKey, AppError> {
    SigningKey::from_secret(secret).map_err(|_no_key| {
        AppError::Refused("a signing key in the database cannot be read; run `camera-census check`".to_owned())
    })
}

/// Invites that share a key: with fewer, whoever has the database can guess who sent what.
pub const MANY_INVITES: u64 = 10;

/// Which invites to make.
#[derive(Debug, Clone)]
pub struct InviteRequest {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave, if any; it must be open.
    pub wave: Option<String>,
    /// The team they are for; needed with a wave.
    pub team: Option<PassLetter>,
    /// How many.
    pub count: u32,
    /// Tokens of each kind that one of them yields.
    pub tokens: u32,
    /// Address of the site, such as `https://census.example`.
    pub host: String,
}

/// Invites, to be handed out and forgotten.
#[derive(Debug, Clone)]
pub struct Invites {
    /// Name and text of each: the text is secret and cannot be shown again, the name can revoke it.
    pub invites: Vec<(String, String)>,
    /// The keys they yield tokens of.
    pub keys: Vec<TokenKey>,
    /// Invites that share these keys, these among them.
    pub sharing: u64,
}

/// Makes invites. Opens an epoch where none is open.
///
/// # Errors
/// When a wave is named without a team, the numbers are out of range, there is no such campaign or open wave, or the database
/// fails.
pub async fn invite<R>(store: &Store, request: &InviteRequest, random: R) -> Result<Invites, AppError>
where
    R: Fn() -> [u8; 32] + Send + Sync,
{
    let refuse = |text: &str| Err(AppError::Refused(text.to_owned()));
    if request.wave.is_some() && request.team.is_none() {
        return refuse("invites to a wave are for one of its teams; name it with --team A to F");
    }
    if !(1..=1_000).contains(&request.count) {
        return refuse("between 1 and 1,000 invites can be made at a time");
    }
    if request.tokens == 0 || request.tokens as usize > MAX_BATCH {
        return refuse("an invite yields between 1 and 2,000 tokens");
    }
    let secrets: Vec<InviteSecret> = (0..request.count)
        .map(|_| {
            let mut secret = [0; 16];
            secret.copy_from_slice(&random()[..16]);
            InviteSecret::from_bytes(secret)
        })
        .collect();
    let ids: Vec<[u8; 16]> = secrets.iter().map(InviteSecret::id).collect();
    let new_keys: Vec<([u8; 32], [u8; 32])> = TokenPurpose::ALL
        .iter()
        .map(|_| {
            let key = SigningKey::from_seed(&random());
            let key = key.map_err(|_no_key| AppError::Refused("no key could be made; try again".to_owned()))?;
            Ok((key.secret(), key.public()))
        })
        .collect::<Result<_, AppError>>()?;
    let new_key = |purpose: TokenPurpose| new_keys[usize::from(purpose.code())];
    let stored =
        store.create_invites(&request.campaign, request.wave.as_deref(), request.team, (&ids, request.tokens), new_key);
    let Invited { keys, sharing } = stored.await?;
    let pinned = fingerprint(&keys);
    let invites =
        secrets.iter().map(|secret| (hex(&secret.id()), invite_text(&request.host, secret, &pinned))).collect();
    Ok(Invites { invites, keys, sharing })
}

/// Takes back the invite with this name; whether there was one. Tokens drawn for it before stay good.
///
/// # Errors
/// When the name is none, or the database fails.
pub async fn revoke(store: &Store, name: &str) -> Result<bool, AppError> {
    let id = name.parse::<crate::model::SightingId>().map_err(|_no_id| {
        AppError::Refused("an invite is named by the 32 hexadecimal digits that were printed with it".to_owned())
    })?;
    Ok(store.revoke_invite(&id.0).await?)
}

/// Closes the open epoch of a campaign or wave: its tokens and invites are good for nothing from now on. The next invite opens
/// another. Returns whether there was one.
///
/// # Errors
/// When there is no such campaign, or the database fails.
pub async fn rotate(store: &Store, campaign: &str, wave: Option<&str>) -> Result<bool, AppError> {
    Ok(store.close_epochs(campaign, wave).await? > 0)
}

/// A key as anybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// What it stands for.
    pub key: TokenKey,
    /// Its name.
    pub id: [u8; 16],
    /// Whether its tokens can be spent.
    pub open: bool,
    /// Invites that share it.
    pub invites: u64,
    /// Those whose tokens for sightings were drawn.
    pub drawn: u64,
}

/// Every key, in canonical order.
///
/// # Errors
/// When the database fails.
pub async fn keys(store: &Store) -> Result<Vec<PublicKey>, AppError> {
    let counts: Vec<InviteCount> = store.invite_counts().await?;
    let shared = |key: &TokenKey| {
        let same =
            |count: &&InviteCount| count.campaign == key.campaign && count.epoch == key.epoch && count.team == key.team;
        counts.iter().find(same).map_or((0, 0), |count| (count.invites, count.drawn))
    };
    let stored = store.token_keys().await?;
    Ok(stored
        .into_iter()
        .map(|StoredKey { key, secret }| {
            let (invites, drawn) = shared(&key);
            PublicKey { id: key_id(&key), open: secret.is_some(), invites, drawn, key }
        })
        .collect())
}

/// What a volunteer's device needs to know before it reports.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Every campaign, by slug.
    pub campaigns: Vec<Campaign>,
    /// Every wave, by campaign and slug.
    pub waves: Vec<Wave>,
    /// Every key, in canonical order.
    pub keys: Vec<PublicKey>,
}

/// The campaigns with their waves and keys.
///
/// # Errors
/// When the database fails.
pub async fn catalogue(store: &Store) -> Result<Catalogue, AppError> {
    Ok(Catalogue { campaigns: store.campaigns().await?, waves: store.waves().await?, keys: keys(store).await? })
}

/// Why no tokens were issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// Nothing is known of the invite.
    #[error("there is no such invite, or it was revoked, or its epoch was closed; ask the coordinator for another one")]
    NoInvite,
    /// Another batch was signed for it.
    #[error(
        "the tokens of this invite were drawn already, by another device or a page that was closed; ask for another invite"
    )]
    Used,
    /// The batch has another size than the invite.
    #[error("this invite yields {0} tokens; send as many blinded elements")]
    OtherSize(u32),
    /// An element of the batch is none.
    #[error("each blinded element is an element of ristretto255 in 32 bytes, in base64url without padding")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StorageError> for IssueError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NoInvite => Self::NoInvite,
            StorageError::InviteUsed => Self::Used,
            other => Self::App(other.into()),
        }
    }
}

/// What an invite is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Name of the key.
    pub key: [u8; 16],
    /// How many tokens it yields.
    pub tokens: u32,
    /// Whether they were drawn.
    pub drawn: bool,
}

/// What an invite is good for, without drawing its tokens.
///
/// # Errors
/// When there is no such invite, or the database fails.
pub async fn offer(store: &Store, invite: &str, purpose: TokenPurpose) -> Result<Offer, IssueError> {
    let (_, Redeemable { key, tokens, drawn }) = redeemable(store, invite, purpose).await?;
    Ok(Offer { key: key_id(&key.key), tokens, drawn })
}

/// Signs the batch of an invite: the whole of it, once. The same batch again gets the same answer. Returns the name of the key
/// too.
///
/// # Errors
/// When there is no such invite, it was used for another batch, the batch is not what the invite yields, or the database fails.
pub async fn issue(
    store: &Store,
    invite: &str,
    purpose: TokenPurpose,
    blinded: &[String],
) -> Result<([u8; 16], Evaluated), IssueError> {
    let (id, Redeemable { key, tokens, .. }) = redeemable(store, invite, purpose).await?;
    if blinded.len() != tokens as usize {
        return Err(IssueError::OtherSize(tokens));
    }
    let elements: Option<Vec<[u8; 32]>> = blinded.iter().map(|text| decode(text)).collect();
    let batch = elements.as_deref().and_then(Blinded::read).ok_or(IssueError::Unreadable)?;
    let secret = key.secret.ok_or(IssueError::NoInvite)?;
    let signing = signing_key(&secret)?;
    store.note_batch(&id, purpose, &batch.digest()).await?;
    let stopped = || AppError::Refused("signing stopped unexpectedly; send the same batch again".to_owned());
    // A batch takes tens of milliseconds: off the threads that answer requests.
    let signed = tokio::task::spawn_blocking(move || signing.evaluate(&batch)).await.ok().flatten();
    Ok((key_id(&key.key), signed.ok_or_else(stopped)?))
}

async fn redeemable(store: &Store, invite: &str, purpose: TokenPurpose) -> Result<([u8; 16], Redeemable), IssueError> {
    let id = InviteSecret::parse(invite).ok_or(IssueError::NoInvite)?.id();
    Ok((id, store.redeemable(&id, purpose).await?))
}

fn hex(id: &[u8; 16]) -> String {
    crate::model::SightingId(*id).to_string()
}
