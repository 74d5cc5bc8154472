// Package importer brings files of customers and facts in.
package importer
