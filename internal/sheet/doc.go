// Package sheet reads and writes tables people exchange as files: CSV, TSV and XLSX.
//
// It owns: finding out what a file is by its content (format, compression, text encoding, separator), reading it row by
// row in memory that does not grow with the file, refusing what would hurt (bombs, endless lines, damaged archives) with
// an errs.Error that names the place, writing CSV and XLSX as a stream, reading the values people type (dates, amounts,
// ids), and the digest of a file. It does not own what a column means: mapping, checking against the database and
// importing belong to the features.
//
// Errors of Reader.Next are of two sorts. IsRowError says the trouble is in that row only: Row.Line and the cells as far as
// they could be read are filled in, and the next call goes on behind it. Every other error ends the reading; it is returned
// again by every later call.
//
// Formula guard. A spreadsheet runs a cell that begins with = + - @, a tab or a carriage return. CSVWriter therefore puts a
// single quote in front of such a cell, and in front of a cell that already begins with a single quote followed by one of
// these characters or by another single quote. A plain negative number (-12.50) is left alone, because it is data and not a
// formula. Reader takes exactly one quote away where the rule could have put it, so that what Kezhi wrote comes back
// unchanged. XLSX needs no guard: its cells carry their type.
package sheet
