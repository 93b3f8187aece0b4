//! Copying a database into an empty one: backups, restoring them, and moving between the two kinds of database.

use std::collections::BTreeSet;

use sqlx::{QueryBuilder, Row as _};

use super::backend::{Backend, Tx, in_transaction, on_tx};
use super::{StorageError, Store, dialect};

/// Values that one statement may bind; both databases take more.
const MOST_VALUES: usize = 16_000;
/// Rows of one statement at most.
const MOST_ROWS: usize = 500;
/// Tables that a new database fills by itself; what is in them gives way.
const MADE_AT_THE_START: [&str; 2] = ["campaigns", "settings"];
/// The table of applied migrations: a copy has its own.
const VERSIONS: &str = "schema_versions";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Integer,
    Real,
    Text,
    Bytes,
}

/// One value of any table.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Integer(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A table as its SQLite schema describes it.
#[derive(Debug, PartialEq, Eq)]
struct Table {
    name: String,
    columns: Vec<(String, Sort)>,
    /// Positions of the columns of the primary key, in the order of the key.
    key: Vec<usize>,
}

/// Adds a value to a statement.
macro_rules! push_value {
    ($query:expr, $value:expr) => {
        match $value {
            Value::Integer(value) => $query.push_bind(value),
            Value::Real(value) => $query.push_bind(value),
            Value::Text(value) => $query.push_bind(value),
            Value::Bytes(value) => $query.push_bind(value),
        }
    };
}

impl Store {
    /// Copies every row into another database, one of the two of SQLite, and returns how many there were. Each table is
    /// read as it was at one moment and in the order of its key, so that a copy tells nothing of the order in which reports
    /// arrived, and holds nothing that was deleted. All or nothing is written.
    ///
    /// # Errors
    /// [`StorageError::NotEmpty`] when the other database holds anything already, or when either fails.
    pub async fn copy_into(&self, target: &Self) -> Result<u64, StorageError> {
        let tables = if matches!(target.backend, Backend::Sqlite { .. }) { target } else { self }.layout().await?;
        for table in &tables {
            if !MADE_AT_THE_START.contains(&table.name.as_str()) && target.has_rows(&table.name).await? {
                return Err(StorageError::NotEmpty);
            }
        }
        in_transaction!(target, writing => {
            let mut reading = self.begin_read().await?;
            let mut copied = 0;
            for name in MADE_AT_THE_START {
                on_tx!(writing, Database, conn => {
                    QueryBuilder::<Database>::new("DELETE FROM ").push(name).build().execute(conn).await.map(drop)
                })?;
            }
            for table in &tables {
                let mut after = None;
                loop {
                    let rows = reading.rows(table, after.as_ref()).await?;
                    let Some(last) = rows.last() else { break };
                    after = Some(last.clone());
                    copied += rows.len() as u64;
                    writing.write_rows(table, rows).await?;
                }
            }
            reading.roll_back().await?;
            Ok(copied)
        })
    }

    /// Every table but the one of migrations, those that others refer to first.
    async fn layout(&self) -> Result<Vec<Table>, StorageError> {
        let Backend::Sqlite { readers, .. } = &self.backend else { return Ok(Vec::new()) };
        let rows: Vec<(String, String, String, i64)> =
            sqlx::query_as(dialect::SQLITE_COLUMNS).fetch_all(readers).await?;
        let mut waiting: Vec<Table> = Vec::new();
        let mut keys: Vec<Vec<(i64, usize)>> = Vec::new();
        for (table, column, sort, key) in rows.into_iter().filter(|(table, ..)| table != VERSIONS) {
            if waiting.last().is_none_or(|last| last.name != table) {
                waiting.push(Table { name: table, columns: Vec::new(), key: Vec::new() });
                keys.push(Vec::new());
            }
            let sort = match sort.as_str() {
                "INTEGER" => Sort::Integer,
                "REAL" => Sort::Real,
                "TEXT" => Sort::Text,
                _ => Sort::Bytes,
            };
            if let (Some(table), Some(keys)) = (waiting.last_mut(), keys.last_mut()) {
                if key > 0 {
                    keys.push((key, table.columns.len()));
                }
                table.columns.push((column, sort));
            }
        }
        for (table, mut key) in waiting.iter_mut().zip(keys) {
            key.sort_unstable();
            table.key = key.into_iter().map(|(_, position)| position).collect();
        }
        let references: Vec<(String, String)> = sqlx::query_as(dialect::SQLITE_REFERENCES).fetch_all(readers).await?;
        Ok(parents_first(waiting, &references))
    }

    async fn has_rows(&self, table: &str) -> Result<bool, StorageError> {
        let mut tx = self.begin_read().await?;
        let found: Option<i64> = on_tx!(&mut tx, Database, conn => {
            let mut query = QueryBuilder::<Database>::new("SELECT CAST(1 AS BIGINT) FROM ");
            query.push(table).push(" LIMIT 1").build_query_scalar().fetch_optional(conn).await
        })?;
        tx.roll_back().await?;
        Ok(found.is_some())
    }
}

/// Puts tables behind those they refer to.
fn parents_first(mut waiting: Vec<Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut sorted: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let still: BTreeSet<String> = waiting.iter().map(|table| table.name.clone()).collect();
        let (ready, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|table| {
            references.iter().all(|(child, parent)| *child != table.name || parent == child || !still.contains(parent))
        });
        // A circle cannot be ordered; the database then says which row lacks its parent.
        let stuck = ready.is_empty();
        sorted.extend(ready);
        waiting = others;
        if stuck {
            sorted.append(&mut waiting);
        }
    }
    sorted
}

impl Table {
    fn names(&self, positions: impl Iterator<Item = usize>) -> String {
        let names: Vec<&str> = positions.map(|position| self.columns[position].0.as_str()).collect();
        names.join(", ")
    }

    fn rows_at_a_time(&self) -> usize {
        (MOST_VALUES / self.columns.len().max(1)).clamp(1, MOST_ROWS)
    }
}

impl Tx {
    /// The rows of a table that follow one in the order of the key.
    async fn rows(&mut self, table: &Table, after: Option<&Vec<Value>>) -> Result<Vec<Vec<Value>>, StorageError> {
        let key = table.names(table.key.iter().copied());
        let columns = table.names(0..table.columns.len());
        on_tx!(self, Database, conn => {
            let mut query = QueryBuilder::<Database>::new(format!("SELECT {columns} FROM {}", table.name));
            if let Some(after) = after {
                query.push(format!(" WHERE ({key}) > ("));
                for (i, &position) in table.key.iter().enumerate() {
                    query.push(if i == 0 { "" } else { ", " });
                    push_value!(query, after[position].clone());
                }
                query.push(")");
            }
            query.push(format!(" ORDER BY {key} LIMIT {}", table.rows_at_a_time()));
            let rows = query.build().fetch_all(conn).await?;
            rows.iter()
                .map(|row| {
                    table.columns.iter().enumerate().map(|(i, (_, sort))| {
                        Ok(match sort {
                            Sort::Integer => Value::Integer(row.try_get(i)?),
                            Sort::Real => Value::Real(row.try_get(i)?),
                            Sort::Text => Value::Text(row.try_get(i)?),
                            Sort::Bytes => Value::Bytes(row.try_get(i)?),
                        })
                    }).collect::<Result<Vec<Value>, StorageError>>()
                })
                .collect()
        })
    }

    async fn write_rows(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), StorageError> {
        let columns = table.names(0..table.columns.len());
        on_tx!(self, Database, conn => {
            let mut query = QueryBuilder::<Database>::new(format!("INSERT INTO {} ({columns}) VALUES ", table.name));
            for (i, row) in rows.into_iter().enumerate() {
                query.push(if i == 0 { "(" } else { ", (" });
                for (j, value) in row.into_iter().enumerate() {
                    query.push(if j == 0 { "" } else { ", " });
                    push_value!(query, value);
                }
                query.push(")");
            }
            query.build().persistent(false).execute(conn).await.map(drop)
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> Table {
        Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new() }
    }

    #[test]
    fn a_table_comes_after_those_it_refers_to() {
        let reference = |child: &str, parent: &str| (child.to_owned(), parent.to_owned());
        let references = [reference("a", "b"), reference("b", "c"), reference("c", "c")];
        let sorted = parents_first(vec![table("a"), table("b"), table("c")], &references);
        assert_eq!(sorted.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
        let circle = parents_first(vec![table("a"), table("b")], &[reference("a", "b"), reference("b", "a")]);
        assert_eq!(circle.len(), 2);
    }
}
