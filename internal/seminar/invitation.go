package seminar

import (
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
)

// Answer is what became of an invitation; see the diagram in doc.go.
type Answer string

// The answers; the empty one is none yet.
const (
	NoAnswer  Answer = ""
	Yes       Answer = "yes"
	Waiting   Answer = "waiting"
	No        Answer = "no"
	Withdrawn Answer = "withdrawn"
)

// Origin is how somebody came onto the list.
type Origin string

// The origins.
const (
	BySegment Origin = "segment"
	ByHand    Origin = "hand"
	WalkedIn  Origin = "walk_in"
)

const (
	maxName   = 80  // characters
	maxPhone  = 40  // characters
	maxNote   = 500 // characters
	maxPeople = 100 // that come together
)

// Invitation is somebody on the list of an event.
type Invitation struct {
	ID, SeminarID int64
	CustomerID    int64 // 0 = somebody who is no customer
	Number        int64
	ContactID     int64 // 0 = the customer as such
	Person        string
	Company       string // of somebody who is no customer
	Phone         string
	Origin        Origin
	Answer        Answer
	Guests        int64
	GuestNames    []string
	Note          string
	AnsweredAt    *int64 // microseconds, as all moments here
	AnsweredBy    int64  // 0 = by the link
	WaitingSince  *int64
	MovedUpAt     *int64
	Came          int64 // how many people came, 0 = nobody
	CameAt        *int64
	CameBy        int64
	FactID        int64
	DutyID        int64 // the duty it kept, 0 = none
	Version       int64

	Customer Customer
}

// Customer is what an invitation shows of the customer.
type Customer struct {
	Code, Name, OwnerName, Region string
	OwnerID, UnitID               int64
}

// place is what decides who reaches the customer; somebody who is none lies nowhere.
func (v *Invitation) place() authz.Place {
	return authz.Place{CustomerID: v.CustomerID, OwnerID: v.Customer.OwnerID, UnitID: v.Customer.UnitID, Region: v.Customer.Region}
}

// places is how many an invitation takes when it is accepted.
func (v Invitation) places() int64 { return 1 + v.Guests }

// held is how many places it takes now.
func (v Invitation) held() int64 {
	if v.Answer == Yes {
		return v.places()
	}
	return 0
}

// Reply is an answer to an invitation.
type Reply struct {
	Yes        bool
	Guests     int64
	GuestNames []string
	Note       string
	Consent    bool // that the names of guests are kept for the event
}

// normal checks a reply to an event that lets each bring some guests.
func (r Reply) normal(allowed int64) (Reply, error) {
	var v errs.Validation
	r.Note = strings.TrimSpace(r.Note)
	if !r.Yes {
		r.Guests, r.GuestNames = 0, nil
	}
	var names []string
	for _, n := range r.GuestNames {
		if n = strings.Join(strings.Fields(n), " "); n != "" {
			names = append(names, n)
			v.Check(utf8.RuneCountInString(n) <= maxName, "guest_names", "field.too_long", "max", maxName)
		}
	}
	r.GuestNames = names
	v.Check(r.Guests >= 0 && r.Guests <= allowed, "guests", "seminar.too_many_guests", "max", allowed)
	v.Check(int64(len(names)) <= max(r.Guests, 0), "guest_names", "seminar.more_names")
	v.Check(len(names) == 0 || r.Consent, "consent", "seminar.no_consent")
	v.Check(utf8.RuneCountInString(r.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	return r, v.Err()
}

// WalkIn is somebody who came without an invitation.
type WalkIn struct {
	CustomerID int64 // 0 = no customer; then Person and Consent are needed
	Person     string
	Company    string
	Phone      string
	People     int64 // how many came, 0 = one
	Consent    bool  // that name and phone are kept
}

func (w WalkIn) normal() (WalkIn, error) {
	var v errs.Validation
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	w.Person, w.Company, w.Phone = plain(w.Person), plain(w.Company), plain(w.Phone)
	if w.People == 0 {
		w.People = 1
	}
	v.Check(w.CustomerID != 0 || w.Person != "", "person", "field.required")
	v.Check(w.CustomerID != 0 || w.Consent, "consent", "seminar.no_consent")
	v.Check(utf8.RuneCountInString(w.Person) <= maxName, "person", "field.too_long", "max", maxName)
	v.Check(utf8.RuneCountInString(w.Company) <= maxTitle, "company", "field.too_long", "max", maxTitle)
	v.Check(utf8.RuneCountInString(w.Phone) <= maxPhone, "phone", "field.too_long", "max", maxPhone)
	v.Check(w.People >= 1 && w.People <= maxPeople, "people", "seminar.out_of_range", "max", maxPeople)
	return w, v.Err()
}
