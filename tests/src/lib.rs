//! What the story tests share.
