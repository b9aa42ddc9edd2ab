//! Where the bytes of an index are.

use std::borrow::Cow;
use std::io::{Error, ErrorKind, Result};

/// Bytes of which pieces can be read. Of a file it is reading at a place; nothing is read before it is asked for.
pub trait Store {
    /// How many there are.
    fn size(&self) -> Result<u64>;

    /// `length` of them from a place on; fewer are an error.
    fn read(&self, from: u64, length: usize) -> Result<Cow<'_, [u8]>>;
}

impl Store for Vec<u8> {
    fn size(&self) -> Result<u64> {
        self.as_slice().size()
    }

    fn read(&self, from: u64, length: usize) -> Result<Cow<'_, [u8]>> {
        self.as_slice().read(from, length)
    }
}

impl Store for [u8] {
    fn size(&self) -> Result<u64> {
        Ok(self.len() as u64)
    }

    fn read(&self, from: u64, length: usize) -> Result<Cow<'_, [u8]>> {
        let piece = usize::try_from(from).ok().and_then(|from| self.get(from..from.checked_add(length)?));
        piece.map(Cow::Borrowed).ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))
    }
}

impl<S: Store + ?Sized> Store for &S {
    fn size(&self) -> Result<u64> {
        (**self).size()
    }

    fn read(&self, from: u64, length: usize) -> Result<Cow<'_, [u8]>> {
        (**self).read(from, length)
    }
}
