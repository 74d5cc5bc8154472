// Package db is the seam between features and the two databases Kezhi runs on: SQLite inside the process and PostgreSQL.
//
// Features write one SQL text with ? placeholders and never learn which database serves it. On SQLite there is one writer
// with group commit and a pool of query-only readers; on PostgreSQL a connection pool. Results reach Go without
// database/sql: the native APIs are twice as fast (docs/adr/0003). database/sql serves the migrations only.
//
// A transaction is an argument (Q), never hidden in a context. The function given to InTx may run again after a
// serialization failure on PostgreSQL, so it must not change anything outside the database that it cannot repeat.
package db
