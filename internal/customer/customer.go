package customer

import (
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
)

// What a customer can be.
const (
	PartyOrg    = "org"
	PartyPerson = "person"
)

// Where a customer stands with us.
const (
	StatusProspect = "prospect"
	StatusActive   = "active"
	StatusDormant  = "dormant"
	StatusLost     = "lost"
)

// The sorts of identifier. USCC is the unified social credit code of an organisation, IDCard the resident identity number of a person.
const (
	TypeUSCC   = "uscc"
	TypeIDCard = "id_card"
	TypePhone  = "phone"
	TypeEmail  = "email"
	TypeTax    = "tax"
	TypeOther  = "other"
)

var (
	parties         = []string{PartyOrg, PartyPerson}
	statuses        = []string{StatusProspect, StatusActive, StatusDormant, StatusLost}
	identifierTypes = []string{TypeUSCC, TypeIDCard, TypePhone, TypeEmail, TypeTax, TypeOther}
)

// Customer is an organisation or a person the company deals with, as the record page shows it.
type Customer struct {
	ID          int64
	Code        string
	Party       string
	Name        string
	NameEN      string
	FormerNames []string
	Kind        string // a row of customer_kind, "" = not said
	Status      string
	Region      string // division code of two, four or six digits, "" = unknown
	Industry    string // GB/T 4754-2017 code, "" = unknown
	Address     string
	OwnerID     int64 // 0 = nobody yet
	OwnerName   string
	UnitID      int64             // the owner's unit, 0 = none
	Custom      map[string]string // name of the custom field to its value in canonical text
	Note        string
	Since       *calendar.Date
	ImportID    int64 // the import that created it, 0 = by hand
	Archived    bool
	Version     int64
	CreatedBy   int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Identifiers []Identifier
	Tags        []string // sorted
	Grades      []Grade  // by scheme
}

// Identifier is one number or address by which a customer is known.
type Identifier struct {
	ID             int64
	Type           string
	Value          string
	OverrideReason string // why a wrong check digit is accepted, "" = it is right
}

// Grade is what a scheme says about a customer now (the table standing, which grading owns).
type Grade struct {
	Scheme   string
	Code     string
	Position int // 0 = best
}

// Place is what decides who reaches the customer.
func (c *Customer) Place() authz.Place {
	return authz.Place{CustomerID: c.ID, OwnerID: c.OwnerID, UnitID: c.UnitID, Region: c.Region}
}

// Ref is the little that other features need to know about a customer.
type Ref struct {
	ID, OwnerID, UnitID int64
	Code, Name, Region  string
	Archived            bool
}

// Place is what decides who reaches the customer.
func (f Ref) Place() authz.Place {
	return authz.Place{CustomerID: f.ID, OwnerID: f.OwnerID, UnitID: f.UnitID, Region: f.Region}
}

// Row is a customer as grading reads it, one after the other.
type Row struct {
	ID                                          int64
	Code, Party, Kind, Status, Region, Industry string
	OwnerID, UnitID                             int64
	Tags                                        []string
	Created                                     calendar.Date
	Archived                                    bool
}

// Fields is a set of the fields of Input.
type Fields uint32

// The fields of an Input that an update may touch.
const (
	FieldCode Fields = 1 << iota
	FieldParty
	FieldName
	FieldNameEN
	FieldFormerNames
	FieldKind
	FieldStatus
	FieldRegion
	FieldIndustry
	FieldAddress
	FieldOwner
	FieldTags
	FieldIdentifiers
	FieldCustom
	FieldNote
	FieldSince
	FieldContacts // imports only: contacts are added when nobody of that name or phone is there
)

// Has says whether all the given fields are in the set.
func (f Fields) Has(x Fields) bool { return f&x == x }
