//! What a text tells of a person: national identity numbers, e-mail addresses, telephone numbers.
//!
//! Only finds where they stand, and masks numbers. What is wrong with them is for others to say.

mod contact;
mod digits;
mod email;
mod identity;
mod phone;
mod plain;

pub use contact::{Contact, contacts};
pub use identity::{identity_numbers, masked};
pub use plain::Plain;
