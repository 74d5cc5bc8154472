// Package smoke drives the real binary the way the README says: command line, server, kill, backup, bad input. Its tests have a build tag of
// their own: they need the binary.
package smoke
