package authz

import (
	"slices"
	"strings"
)

// Beyond is by what a person comes to customers of other owners and units. Which permissions follow each way is for Scope to say.
type Beyond struct {
	Beside     []int64  `json:"beside,omitempty"`     // customers the person stands beside the owner of today
	Regions    []string `json:"regions,omitempty"`    // division codes of the areas contracted to the person or the person's units today
	SharedRead []int64  `json:"shared,omitempty"`     // customers shared with the person today, to read or to write
	SharedFull []int64  `json:"sharedfull,omitempty"` // those of them shared to write
}

// What a share lets a person do at the customer. A share widens on which customers a permission of the person's roles holds; it gives none
// that no role gives, and it never lets a customer out (export), be given away or be archived.
var (
	sharedRead  = []Permission{CustomerRead, FactRead, GradingRead, DutyRead, MessageRead}
	sharedWrite = []Permission{CustomerWrite, FactWrite, ProcedureStart}
)

// ByShare says whether a permission holds on customers shared with a person, to read (write = false) or to write.
func ByShare(p Permission, write bool) bool {
	return slices.Contains(sharedRead, p) || write && slices.Contains(sharedWrite, p)
}

// Place is what decides who reaches a customer.
type Place struct {
	CustomerID, OwnerID, UnitID int64
	Region                      string
}

// Scope bounds a list to the customers an actor may see. Feature stores turn it into a predicate with Clause.
type Scope struct {
	All       bool
	OwnerID   int64    // when not All
	UnitIDs   []int64  // when not All
	Regions   []string // when not All; sorted, none lies in another
	Customers []int64  // when not All; sorted
}

// Scope gives what a permission reaches for this actor.
func (a Actor) Scope(p Permission) Scope {
	reach := a.Grants[p]
	switch reach {
	case ReachNone:
		return Scope{OwnerID: nobody}
	case ReachAll:
		return Scope{All: true}
	}
	s := Scope{OwnerID: person(a.UserID)}
	if reach&unit != 0 {
		// Unit 0 and owner 0 mean "none": whoever has no unit does not thereby see every customer without one.
		s.UnitIDs = slices.DeleteFunc(slices.Clone(a.UnitIDs), func(u int64) bool { return u == 0 })
	}
	if reach&territory != 0 {
		s.Regions = outermost(a.Beyond.Regions)
	}
	if reach&team != 0 {
		s.Customers = append(s.Customers, a.Beyond.Beside...)
	}
	switch {
	case ByShare(p, false):
		s.Customers = append(s.Customers, a.Beyond.SharedRead...)
	case ByShare(p, true):
		s.Customers = append(s.Customers, a.Beyond.SharedFull...)
	}
	slices.Sort(s.Customers)
	s.Customers = slices.Compact(s.Customers)
	return s
}

// outermost leaves of some regions those that lie in no other of them.
func outermost(regions []string) []string {
	var out []string
	for _, r := range slices.Sorted(slices.Values(regions)) {
		if r != "" && (len(out) == 0 || !strings.HasPrefix(r, out[len(out)-1])) {
			out = append(out, r)
		}
	}
	return out
}

// nobody is an owner that no customer has.
const nobody = -1

func person(userID int64) int64 {
	if userID <= 0 {
		return nobody
	}
	return userID
}

// Covers says whether a customer lies within the scope.
func (s Scope) Covers(p Place) bool {
	if s.CoversPerson(p.OwnerID, p.UnitID) {
		return true
	}
	if _, ok := slices.BinarySearch(s.Customers, p.CustomerID); ok {
		return true
	}
	return slices.ContainsFunc(s.Regions, func(r string) bool { return strings.HasPrefix(p.Region, r) })
}

// CoversPerson says whether somebody, or what is somebody's, lies within the scope by owner and unit. The ways by which one comes to single
// customers lead to no person.
func (s Scope) CoversPerson(ownerID, unitID int64) bool {
	return s.All || (s.OwnerID > 0 && s.OwnerID == ownerID) || (unitID != 0 && slices.Contains(s.UnitIDs, unitID))
}

// OwnOnly says that the scope is nothing but the customers of one person, to whom an index leads.
func (s Scope) OwnOnly() bool {
	return !s.All && len(s.UnitIDs) == 0 && len(s.Regions) == 0 && len(s.Customers) == 0
}

// Clause gives the predicate of Covers on the alias of the table customer ("c"), with its arguments.
func (s Scope) Clause(alias string) (string, []any) {
	if s.All {
		return "1=1", nil
	}
	ors, args := s.persons(alias+".owner_id", alias+".unit_id")
	if len(s.Customers) > 0 {
		ors = append(ors, alias+".id IN "+in(len(s.Customers)))
		args = appendAll(args, s.Customers)
	}
	for _, r := range s.Regions {
		// As it stands in the index on regions: no other index is taken for it by mistake.
		ors = append(ors, "("+alias+".region || '') >= ? AND ("+alias+".region || '') < ?")
		args = append(args, r, r+"~")
	}
	return either(ors), args
}

// PersonClause gives the predicate of CoversPerson on the alias of another table with owner and unit.
func (s Scope) PersonClause(alias string) (string, []any) {
	return s.ClauseOn(alias+".owner_id", alias+".unit_id")
}

// ClauseOn is PersonClause over columns with names of their own.
func (s Scope) ClauseOn(owner, unit string) (string, []any) {
	if s.All {
		return "1=1", nil
	}
	ors, args := s.persons(owner, unit)
	return either(ors), args
}

func (s Scope) persons(owner, unit string) ([]string, []any) {
	ors, args := []string{owner + " = ?"}, []any{s.OwnerID}
	if len(s.UnitIDs) > 0 {
		ors = append(ors, unit+" IN "+in(len(s.UnitIDs)))
		args = appendAll(args, s.UnitIDs)
	}
	return ors, args
}

func either(ors []string) string {
	if len(ors) == 1 {
		return ors[0]
	}
	return "(" + strings.Join(ors, " OR ") + ")"
}

func in(n int) string { return "(" + strings.Repeat("?,", n-1) + "?)" }

func appendAll(args []any, ids []int64) []any {
	for _, n := range ids {
		args = append(args, n)
	}
	return args
}
