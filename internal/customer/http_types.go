package customer

import (
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// PersonView names a person who works here.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// GradeView is a grade in the API.
type GradeView struct {
	Scheme   string `json:"scheme"`
	Code     string `json:"code"`
	Position int    `json:"position" doc:"0 = best"`
}

// IdentifierView is an identifier in the API.
type IdentifierView struct {
	Type           string `json:"type" enum:"uscc,id_card,phone,email,tax,other"`
	Value          string `json:"value" maxLength:"200"`
	OverrideReason string `json:"override_reason,omitempty" maxLength:"1000" doc:"Why a wrong check digit is accepted"`
}

// View is a customer on its record page.
type View struct {
	ID              string            `json:"id"`
	Code            string            `json:"code"`
	Party           string            `json:"party" enum:"org,person"`
	Name            string            `json:"name"`
	NameEN          string            `json:"name_en"`
	FormerNames     []string          `json:"former_names" nullable:"false"`
	Kind            string            `json:"kind" doc:"A kind of GET /customer-kinds, empty when not said"`
	Status          string            `json:"status" enum:"prospect,active,dormant,lost"`
	Region          string            `json:"region" doc:"Division code of 2, 4 or 6 digits"`
	RegionLabel     string            `json:"region_label" doc:"The names from the province down"`
	RegionLabelEN   string            `json:"region_label_en" doc:"The same in pinyin"`
	Industry        string            `json:"industry" doc:"GB/T 4754-2017 code"`
	IndustryLabel   string            `json:"industry_label"`
	IndustryLabelEN string            `json:"industry_label_en"`
	Address         string            `json:"address"`
	Owner           *PersonView       `json:"owner" doc:"null when nobody looks after it yet"`
	UnitID          string            `json:"unit_id" doc:"Empty when the owner has no unit"`
	Tags            []string          `json:"tags" nullable:"false"`
	Identifiers     []IdentifierView  `json:"identifiers" nullable:"false"`
	Custom          map[string]string `json:"custom" doc:"Custom field to value: numbers as 12.5, dates as YYYY-MM-DD, flags as true or false"`
	Note            string            `json:"note"`
	Since           string            `json:"since" doc:"YYYY-MM-DD, empty when unknown"`
	Grades          []GradeView       `json:"grades" nullable:"false"`
	Archived        bool              `json:"archived"`
	Version         int64             `json:"version" doc:"What If-Match wants, as an ETag"`
	CreatedAt       time.Time         `json:"created_at"`
	UpdatedAt       time.Time         `json:"updated_at"`
}

// ItemView is a customer in a list.
type ItemView struct {
	ID              string            `json:"id"`
	Code            string            `json:"code"`
	Party           string            `json:"party"`
	Name            string            `json:"name"`
	NameEN          string            `json:"name_en"`
	Kind            string            `json:"kind"`
	Status          string            `json:"status"`
	Region          string            `json:"region"`
	RegionLabel     string            `json:"region_label"`
	RegionLabelEN   string            `json:"region_label_en"`
	Industry        string            `json:"industry"`
	IndustryLabel   string            `json:"industry_label"`
	IndustryLabelEN string            `json:"industry_label_en"`
	Owner           *PersonView       `json:"owner"`
	Tags            []string          `json:"tags" nullable:"false"`
	Grades          []GradeView       `json:"grades" nullable:"false"`
	Phone           string            `json:"phone" doc:"Its own, else that of the primary contact"`
	Contact         string            `json:"contact" doc:"Name of the primary contact"`
	Custom          map[string]string `json:"custom"`
	Since           string            `json:"since"`
	Archived        bool              `json:"archived"`
	Version         int64             `json:"version"`
	CreatedAt       time.Time         `json:"created_at"`
	UpdatedAt       time.Time         `json:"updated_at"`
}

// Write is the body that creates or changes a customer; a missing member stays as it is.
type Write struct {
	Code             *string           `json:"code,omitempty" maxLength:"100" doc:"Left out when creating: the next free one"`
	Party            *string           `json:"party,omitempty" enum:"org,person"`
	Name             *string           `json:"name,omitempty" maxLength:"1000"`
	NameEN           *string           `json:"name_en,omitempty" maxLength:"1000"`
	FormerNames      []string          `json:"former_names,omitempty" maxItems:"100"`
	Kind             *string           `json:"kind,omitempty" maxLength:"100"`
	Status           *string           `json:"status,omitempty" enum:"prospect,active,dormant,lost"`
	Region           *string           `json:"region,omitempty" maxLength:"20"`
	Industry         *string           `json:"industry,omitempty" maxLength:"20"`
	Address          *string           `json:"address,omitempty" maxLength:"2000"`
	OwnerID          *string           `json:"owner_id,omitempty" maxLength:"20" doc:"Empty = nobody"`
	Tags             []string          `json:"tags,omitempty" maxItems:"200"`
	Identifiers      []IdentifierView  `json:"identifiers,omitempty" maxItems:"200" doc:"The whole list"`
	Custom           map[string]string `json:"custom,omitempty" doc:"Only the fields to be changed; an empty value takes one away"`
	Note             *string           `json:"note,omitempty" maxLength:"20000"`
	Since            *string           `json:"since,omitempty" maxLength:"10" doc:"YYYY-MM-DD, empty = unknown"`
	Contacts         []ContactWrite    `json:"contacts,omitempty" maxItems:"200" doc:"Only when creating"`
	ConfirmDuplicate bool              `json:"confirm_duplicate,omitempty" doc:"A person has looked at those with the same name, phone or e-mail"`
}

// ContactWrite is the body that creates or changes a contact; a missing member stays as it is.
type ContactWrite struct {
	Name     *string `json:"name,omitempty" maxLength:"1000"`
	Title    *string `json:"title,omitempty" maxLength:"1000"`
	Phone    *string `json:"phone,omitempty" maxLength:"100"`
	Email    *string `json:"email,omitempty" maxLength:"300"`
	Birthday *string `json:"birthday,omitempty" maxLength:"10" doc:"YYYY-MM-DD, empty = unknown"`
	Primary  *bool   `json:"primary,omitempty"`
	Note     *string `json:"note,omitempty" maxLength:"20000"`
}

// ContactView is a contact in the API.
type ContactView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Title     string    `json:"title"`
	Phone     string    `json:"phone" doc:"E.164, with ;ext= where there is an extension"`
	Email     string    `json:"email"`
	Birthday  string    `json:"birthday"`
	Primary   bool      `json:"primary"`
	Note      string    `json:"note"`
	Archived  bool      `json:"archived"`
	Version   int64     `json:"version"`
	UpdatedAt time.Time `json:"updated_at"`
}

// RefView names a customer.
type RefView struct {
	ID       string `json:"id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Archived bool   `json:"archived"`
}

// RelationView is a relation seen from one of its customers.
type RelationView struct {
	ID       string   `json:"id"`
	Type     string   `json:"type" enum:"parent,subsidiary,guarantor,kin,owner,other" doc:"What the other one is to this one; the other way round when not outgoing"`
	Outgoing bool     `json:"outgoing" doc:"It begins here and can be changed here"`
	Other    *RefView `json:"other" doc:"null when you may not see the other customer"`
	ShareBP  *int64   `json:"share_bp" doc:"Hundredths of a per cent"`
	Note     string   `json:"note"`
	Version  int64    `json:"version"`
}

// RelationWrite is the body that creates or changes a relation; a missing member stays as it is.
type RelationWrite struct {
	OtherID *string `json:"other_id,omitempty" maxLength:"20" doc:"Only when creating"`
	Type    *string `json:"type,omitempty" enum:"parent,subsidiary,guarantor,kin,owner,other"`
	ShareBP *int64  `json:"share_bp,omitempty" doc:"Hundredths of a per cent, 0 to 10000; -1 takes it away"`
	Note    *string `json:"note,omitempty" maxLength:"20000"`
}

// CandidateView is a customer that may be the one being entered.
type CandidateView struct {
	By       string   `json:"by" doc:"code, name, or the type of the identifier"`
	Customer *RefView `json:"customer" doc:"null when you may not see it"`
}

func viewOf(c Customer) View {
	v := View{
		ID: id.String(c.ID), Code: c.Code, Party: c.Party, Name: c.Name, NameEN: c.NameEN, FormerNames: filled(c.FormerNames), Kind: c.Kind, Status: c.Status,
		Region: c.Region, RegionLabel: codes.DivisionLabel(c.Region), RegionLabelEN: codes.DivisionEnglish(c.Region),
		Industry: c.Industry, IndustryLabel: industryLabel(c.Industry, true), IndustryLabelEN: industryLabel(c.Industry, false), Address: c.Address,
		Owner: personOf(c), UnitID: idText(c.UnitID), Tags: filled(c.Tags), Identifiers: []IdentifierView{}, Custom: c.Custom, Note: c.Note, Since: dateText(c.Since),
		Grades: gradeViews(c.Grades), Archived: c.Archived, Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
	for _, n := range c.Identifiers {
		v.Identifiers = append(v.Identifiers, IdentifierView{n.Type, n.Value, n.OverrideReason})
	}
	return v
}

func itemOf(c Item) ItemView {
	return ItemView{
		ID: id.String(c.ID), Code: c.Code, Party: c.Party, Name: c.Name, NameEN: c.NameEN, Kind: c.Kind, Status: c.Status, Region: c.Region,
		RegionLabel: codes.DivisionLabel(c.Region), RegionLabelEN: codes.DivisionEnglish(c.Region),
		Industry: c.Industry, IndustryLabel: industryLabel(c.Industry, true), IndustryLabelEN: industryLabel(c.Industry, false), Owner: personOf(c.Customer),
		Tags: filled(c.Tags), Grades: gradeViews(c.Grades), Phone: c.Phone, Contact: c.Contact, Custom: c.Custom, Since: dateText(c.Since),
		Archived: c.Archived, Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
}

func personOf(c Customer) *PersonView {
	if c.OwnerID == 0 {
		return nil
	}
	return &PersonView{id.String(c.OwnerID), c.OwnerName}
}

func industryLabel(code string, zh bool) string {
	row, _ := codes.IndustryByCode(code)
	if zh {
		return row.Name
	}
	return row.English
}

func gradeViews(list []Grade) []GradeView {
	out := make([]GradeView, len(list))
	for i, g := range list {
		out[i] = GradeView(g)
	}
	return out
}

// filled makes an empty list of none, because JSON tells them apart.
func filled(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func refOf(f Ref) *RefView { return &RefView{id.String(f.ID), f.Code, f.Name, f.Archived} }

func contactOf(c Contact) ContactView {
	return ContactView{
		ID: id.String(c.ID), Name: c.Name, Title: c.Title, Phone: c.Phone, Email: c.Email, Birthday: dateText(c.Birthday), Primary: c.Primary, Note: c.Note,
		Archived: c.Archived, Version: c.Version, UpdatedAt: c.UpdatedAt,
	}
}

func relationOf(l Related) RelationView {
	v := RelationView{ID: id.String(l.ID), Type: l.Type, Outgoing: l.Outgoing, ShareBP: l.ShareBP, Note: l.Note, Version: l.Version}
	if !l.Hidden {
		v.Other = refOf(l.Other)
	}
	return v
}

func candidateViews(list []Candidate) []CandidateView {
	out := make([]CandidateView, len(list))
	for i, c := range list {
		out[i].By = c.By
		if !c.Hidden {
			out[i].Customer = refOf(c.Ref)
		}
	}
	return out
}

// input reads a body: what it says, and which fields it names.
func (w Write) input() (Input, Fields, error) {
	var v errs.Validation
	in := Input{FormerNames: w.FormerNames, Tags: w.Tags, Custom: w.Custom, ConfirmDuplicate: w.ConfirmDuplicate}
	var fields Fields
	text := func(f Fields, src *string, dst *string) {
		if src != nil {
			*dst = *src
			fields |= f
		}
	}
	text(FieldCode, w.Code, &in.Code)
	text(FieldParty, w.Party, &in.Party)
	text(FieldName, w.Name, &in.Name)
	text(FieldNameEN, w.NameEN, &in.NameEN)
	text(FieldKind, w.Kind, &in.Kind)
	text(FieldStatus, w.Status, &in.Status)
	text(FieldRegion, w.Region, &in.Region)
	text(FieldIndustry, w.Industry, &in.Industry)
	text(FieldAddress, w.Address, &in.Address)
	text(FieldNote, w.Note, &in.Note)
	named := func(f Fields, on bool) {
		if on {
			fields |= f
		}
	}
	named(FieldFormerNames, w.FormerNames != nil)
	named(FieldTags, w.Tags != nil)
	named(FieldCustom, w.Custom != nil)
	named(FieldIdentifiers, w.Identifiers != nil)
	named(FieldSince, w.Since != nil)
	named(FieldOwner, w.OwnerID != nil)
	in.Since = dateIn(&v, "since", w.Since)
	if w.OwnerID != nil && *w.OwnerID != "" {
		owner, err := id.Parse(*w.OwnerID)
		v.Check(err == nil, "owner_id", "customer.owner_unknown")
		in.OwnerID = owner
	}
	for _, n := range w.Identifiers {
		in.Identifiers = append(in.Identifiers, Identifier{Type: n.Type, Value: n.Value, OverrideReason: n.OverrideReason})
	}
	for _, c := range w.Contacts {
		var contact ContactInput
		c.apply(&v, &contact)
		in.Contacts = append(in.Contacts, contact)
	}
	return in, fields, v.Err()
}

// dateIn reads a date; empty and missing are none.
func dateIn(v *errs.Validation, path string, s *string) *calendar.Date {
	if s == nil || *s == "" {
		return nil
	}
	d, err := calendar.Parse(*s)
	v.Check(err == nil, path, "field.date", "value", shortText(*s))
	if err != nil {
		return nil
	}
	return &d
}

// apply puts what the body names into a contact.
func (w ContactWrite) apply(v *errs.Validation, c *ContactInput) {
	set := func(src *string, dst *string) {
		if src != nil {
			*dst = *src
		}
	}
	set(w.Name, &c.Name)
	set(w.Title, &c.Title)
	set(w.Phone, &c.Phone)
	set(w.Email, &c.Email)
	set(w.Note, &c.Note)
	if w.Primary != nil {
		c.Primary = *w.Primary
	}
	if w.Birthday != nil {
		c.Birthday = dateIn(v, "birthday", w.Birthday)
	}
}

// apply puts what the body names into a relation.
func (w RelationWrite) apply(in *RelationInput) {
	if w.Type != nil {
		in.Type = *w.Type
	}
	if w.Note != nil {
		in.Note = *w.Note
	}
	if w.ShareBP != nil {
		in.ShareBP = w.ShareBP
		if *w.ShareBP == -1 {
			in.ShareBP = nil
		}
	}
}
