// Package staff brings people and units in from a sheet (CSV or XLSX), shows beforehand what would change and what is wrong line by line,
// takes an import back, and writes both as a sheet of the same columns.
//
// It owns the tables staff_import and staff_line. It does not own people (user) or units (org): every line goes through them, with their
// checks, their audit and their events. The format of files is sheet's, their content that of files.
//
// # States
//
//	checked -> applied   the lines without a fault took effect
//	applied -> undone    what they changed is as it was before
//
// # Invariants
//
//   - The sheet of what is there changes nothing, and so does an import that is applied again.
//   - A line with a fault changes nothing; the others do not wait for it.
//   - What a line changes is written down before it takes effect: a killed job goes on, and what it did can be taken back.
//   - Taking back leaves alone what somebody changed since. People whom the import added are disabled, units end on their first day.
//   - An empty cell and a column that is not there leave things as they are. Passwords are in no sheet.
//
// Permissions: user.manage. Jobs: staff.apply, staff.undo.
// May import: user, org and what lies below them.
package staff
