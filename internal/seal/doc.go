// Package seal keeps what must not be read from the disk: the contents of uploads and chosen fields, under data keys.
//
//	master key (file, environment, key server)      never in the database, never in a backup
//	   └─ wraps data keys (table data_key)          one seals what is new, those before it still open what they sealed
//	         ├─ contents of uploads: age files whose one stanza wraps the file's own key
//	         └─ fields: XChaCha20-Poly1305
//
// Every sealed thing names its data key and is bound to its place: a content to its upload, a field to table, column and row, so that
// what was moved to another place does not open. Keyed digests (Mark) find an exact value without opening anything.
//
// Who keeps sealed things registers as a Holder. A rotation makes a new data key and a job that has every holder seal anew, step
// by step, while everything goes on; killed, it goes on with what is left. Data keys are never deleted: a backup may need them.
package seal
