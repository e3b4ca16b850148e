//! Who may knock: API keys, kept as hashes in a small TOML file.
//!
//! A key is `afield_` and 43 letters and digits that stand for 32 random bytes of the system. It is shown once; the
//! file keeps its SHA-256. A slow hash (Argon2, bcrypt) makes guessing a *password* dear, because people choose
//! passwords from few; among 2²⁵⁶ equally likely keys there is nothing to guess, a fast hash is as safe, and every
//! request has to compute it. A salt has no work either: no two keys are alike, and no table of hashes can be made
//! in advance.
//!
//! ```toml
//! [[key]]
//! name = "reporting"
//! hash = "sha256:…"
//! scopes = ["read"]
//! created = "2026-11-22"
//! expires = "2027-02-20"
//! ```
//!
//! Dates are in universal time and are passed in. A running server holds a [`KeyFile`], which follows the file; a
//! door that makes and revokes keys goes through [`Keyring::edit`].

mod disk;
mod error;
mod file;
mod key;
mod live;
#[cfg(test)]
mod tests;

pub use error::KeysError;
pub use key::{Key, Scope};
pub use live::KeyFile;

use afield_corpus::nearest;
use jiff::civil::Date;
use key::Hash;
use std::path::Path;
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};

/// The keys of one file, in its order. No two have the same name, and no two are the same key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keyring {
    keys: Vec<Key>,
}

/// What a presented key is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission<'a> {
    /// It is a key, and good today; what it is good for are its scopes.
    Granted(&'a Key),
    /// It was a key until some day before today.
    Expired(&'a Key),
    /// It is no key of this ring.
    Unknown,
}

impl Keyring {
    /// Reads a key file.
    ///
    /// # Errors
    /// When there is none, or it cannot be read; where its text is at fault, with line and column. A file is taken
    /// whole or not at all.
    pub fn read(path: &Path) -> Result<Self, KeysError> {
        let text = disk::read(path)?;
        let keys = file::parse(&text).map_err(|fault| fault.at(path, &text))?;
        Ok(Self { keys })
    }

    /// Reads a key file, changes its keys and writes it anew; begins with no keys where there is no file yet.
    ///
    /// It is the one way to write: from reading to writing the file is locked, so that nobody's change is lost, and
    /// the new text takes the place of the old all at once. A file that `change` refuses to change stays as it was.
    /// On Unix a new file is for its owner alone; one that was there keeps its owner, and who may read it.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), of `change`, and when the file or its folder cannot be written.
    pub fn edit<T>(
        path: &Path,
        change: impl FnOnce(&mut Self) -> Result<T, KeysError>,
    ) -> Result<T, KeysError> {
        let path = disk::settle(path)?;
        let _lock = disk::lock(&path)?;
        let mut ring = match Self::read(&path) {
            Err(KeysError::Missing { .. }) => Self::default(),
            read => read?,
        };
        let done = change(&mut ring)?;
        disk::replace(&path, &file::text(&ring.keys))?;
        Ok(done)
    }

    /// Adds a key and gives its text, which cannot be had again. It is good from now to the end of the day `expires`,
    /// or for ever.
    ///
    /// # Errors
    /// When the name is not 1 to 64 of `a` to `z`, `0` to `9` and `-`, or is taken; when there is no scope, or
    /// `expires` is before `created`; when the system has no random bytes.
    pub fn add(
        &mut self,
        name: &str,
        scopes: &[Scope],
        created: Date,
        expires: Option<Date>,
    ) -> Result<String, KeysError> {
        if !key::is_name(name) {
            return Err(KeysError::Name { name: name.into() });
        }
        if self.get(name).is_some() {
            return Err(KeysError::Taken { name: name.into() });
        }
        if scopes.is_empty() {
            return Err(KeysError::NoScope);
        }
        if let Some(expires) = expires.filter(|expires| *expires < created) {
            return Err(KeysError::Past { expires });
        }
        let secret = key::secret()?;
        self.keys.push(Key {
            name: name.to_owned(),
            hash: Hash::of(&secret),
            scopes: scopes.iter().copied().collect(),
            created,
            expires,
        });
        Ok(secret)
    }

    /// Takes a key out, and gives what is known of it.
    ///
    /// # Errors
    /// When no key has that name; the error names the nearest.
    pub fn revoke(&mut self, name: &str) -> Result<Key, KeysError> {
        match self.keys.iter().position(|key| key.name == name) {
            Some(at) => Ok(self.keys.remove(at)),
            None => Err(KeysError::Unknown {
                name: name.to_owned(),
                nearest: nearest(name, self.keys.iter().map(Key::name)).map(str::to_owned),
            }),
        }
    }

    /// What a presented key is worth on a day.
    ///
    /// Takes the same time wherever in the ring the key is, and whether it is there or not.
    pub fn admit(&self, presented: &str, today: Date) -> Admission<'_> {
        let hash = Hash::of(presented);
        let found = self
            .keys
            .iter()
            .zip(0_u64..)
            .fold(u64::MAX, |found, (key, at)| {
                u64::conditional_select(&found, &at, key.hash.ct_eq(&hash))
            });
        let key = usize::try_from(found).ok().and_then(|at| self.keys.get(at));
        match key {
            None => Admission::Unknown,
            Some(key) if key.is_expired(today) => Admission::Expired(key),
            Some(key) => Admission::Granted(key),
        }
    }

    /// The key of a name.
    pub fn get(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// All keys, in the order of the file: the oldest first, unless somebody moved them.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
}
