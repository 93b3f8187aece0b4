//! Every SQL statement, for both databases.
