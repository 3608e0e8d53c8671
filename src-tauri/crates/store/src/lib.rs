//! What is kept: journal, transitions, observations, blobs, drafts (SQLite by sqlx).
