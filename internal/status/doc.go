// Package status shows how the installation does: version and schema, checks, what waits (events, jobs), the database and the disk,
// and the statements that took long. It owns no table and changes nothing; the parts tell it how they are.
//
// Permission: system.manage.
package status
