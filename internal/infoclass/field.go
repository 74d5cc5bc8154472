package infoclass

import (
	"slices"
	"strings"
)

// Class is how secret something is.
type Class string

// The classes, from the strictest.
const (
	A Class = "A"
	B Class = "B"
	C Class = "C"
)

// Classes in the order in which they are offered.
var Classes = []Class{A, B, C}

// Stricter gives the stricter of two classes.
func Stricter(a, b Class) Class {
	if b != "" && (a == "" || b < a) {
		return b
	}
	return a
}

// Field is one thing that is known about customers.
type Field struct {
	Key     string
	Class   Class
	Follows bool // the class is at least the level of the customer's information
}

// The kinds of things that companies add themselves; their keys begin so.
const (
	CustomPrefix = "custom."
	FactPrefix   = "fact."
)

// The keys that other features name.
const (
	ContactPhone = "contact.phone"
	ContactEmail = "contact.email"
	IDCard       = "identifier.id_card"
)

// shipped is the catalogue as it is delivered. A number of an identity card is the one thing that is class A by itself: by it a person
// is found everywhere and for ever. The name and code of a customer are how people speak of it and have no class of their own.
var shipped = []Field{
	{"customer.name_en", C, false},
	{"customer.former_names", C, false},
	{"customer.kind", C, false},
	{"customer.status", C, false},
	{"customer.region", C, false},
	{"customer.industry", C, false},
	{"customer.address", C, true},
	{"customer.note", C, true},
	{"customer.since", C, false},
	{"customer.tags", C, false},
	{"identifier.uscc", C, false},
	{"identifier.tax", C, false},
	{IDCard, A, true},
	{"identifier.phone", B, true},
	{"identifier.email", B, true},
	{"identifier.other", B, true},
	{"contact.name", C, true},
	{"contact.title", C, false},
	{ContactPhone, B, true},
	{ContactEmail, B, true},
	{"contact.birthday", C, true},
	{"contact.note", C, true},
	{"file.case", C, true},
	{"file.visit", C, true},
	{"file.duty", C, true},
}

// Shipped gives the delivered catalogue.
func Shipped() []Field { return slices.Clone(shipped) }

// ShippedOf gives a field as delivered: fields that companies add are class C and follow the customer.
func ShippedOf(key string) (Field, bool) {
	if i := slices.IndexFunc(shipped, func(f Field) bool { return f.Key == key }); i >= 0 {
		return shipped[i], true
	}
	for _, prefix := range []string{CustomPrefix, FactPrefix} {
		if rest, ok := strings.CutPrefix(key, prefix); ok && rest != "" {
			return Field{key, C, true}, true
		}
	}
	return Field{}, false
}

// Book is the catalogue as it holds: what the company said, and else what was delivered.
type Book map[string]Field

// Of gives a field. What nobody knows is class A: it is shown to nobody by mistake.
func (b Book) Of(key string) Field {
	if f, ok := b[key]; ok {
		return f
	}
	if f, ok := ShippedOf(key); ok {
		return f
	}
	return Field{key, A, true}
}

// At gives the class of a field at a customer of a level.
func (b Book) At(key string, level Class) Class {
	f := b.Of(key)
	if f.Follows {
		return Stricter(f.Class, level)
	}
	return f.Class
}
