package customer

import (
	"maps"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
)

// fieldNames are the names of the fields in the API and in the audit.
var fieldNames = map[Fields]string{
	FieldCode: "code", FieldParty: "party", FieldName: "name", FieldNameEN: "name_en", FieldFormerNames: "former_names", FieldKind: "kind",
	FieldStatus: "status", FieldRegion: "region", FieldIndustry: "industry", FieldAddress: "address", FieldOwner: "owner_id", FieldTags: "tags",
	FieldIdentifiers: "identifiers", FieldCustom: "custom", FieldNote: "note", FieldSince: "since", FieldContacts: "contacts",
}

// searched are the fields whose change alters the search terms.
const searched = FieldCode | FieldParty | FieldName | FieldNameEN | FieldFormerNames | FieldIdentifiers

// input gives the customer in the form of an input, so that both can be merged and compared. Contacts are not part of it.
func (c *Customer) input() Input {
	return Input{
		Code: c.Code, Party: c.Party, Name: c.Name, NameEN: c.NameEN, FormerNames: c.FormerNames, Kind: c.Kind, Status: c.Status,
		Region: c.Region, Industry: c.Industry, Address: c.Address, OwnerID: c.OwnerID, Tags: c.Tags, Identifiers: c.Identifiers,
		Custom: c.Custom, Note: c.Note, Since: c.Since,
	}
}

// merge gives cur with the named fields taken from in. Custom fields are merged one by one.
func merge(cur, in Input, fields Fields) Input {
	out := cur
	take := func(f Fields, dst *string, src string) {
		if fields.Has(f) {
			*dst = src
		}
	}
	take(FieldCode, &out.Code, in.Code)
	take(FieldParty, &out.Party, in.Party)
	take(FieldName, &out.Name, in.Name)
	take(FieldNameEN, &out.NameEN, in.NameEN)
	take(FieldKind, &out.Kind, in.Kind)
	take(FieldStatus, &out.Status, in.Status)
	take(FieldRegion, &out.Region, in.Region)
	take(FieldIndustry, &out.Industry, in.Industry)
	take(FieldAddress, &out.Address, in.Address)
	take(FieldNote, &out.Note, in.Note)
	if fields.Has(FieldFormerNames) {
		out.FormerNames = in.FormerNames
	}
	if fields.Has(FieldOwner) {
		out.OwnerID = in.OwnerID
	}
	if fields.Has(FieldTags) {
		out.Tags = in.Tags
	}
	if fields.Has(FieldIdentifiers) {
		out.Identifiers = in.Identifiers
	}
	if fields.Has(FieldCustom) {
		out.Custom = mergeCustom(cur.Custom, in.Custom)
	}
	if fields.Has(FieldSince) {
		out.Since = in.Since
	}
	out.ConfirmDuplicate = in.ConfirmDuplicate
	return out
}

func mergeCustom(cur, in map[string]string) map[string]string {
	out := maps.Clone(cur)
	if out == nil {
		out = map[string]string{}
	}
	for k, v := range in {
		if v == "" {
			delete(out, k)
		} else {
			out[k] = v
		}
	}
	return out
}

// diff gives the fields in which two inputs differ, and the audit's words for it.
func diff(before, after Input) (Fields, []audit.Change) {
	var fields Fields
	var changes []audit.Change
	add := func(f Fields, differs bool, b, a any) {
		if differs {
			fields |= f
			changes = append(changes, audit.Change{Field: fieldNames[f], Before: b, After: a})
		}
	}
	text := func(f Fields, b, a string) { add(f, b != a, b, a) }
	text(FieldCode, before.Code, after.Code)
	text(FieldParty, before.Party, after.Party)
	text(FieldName, before.Name, after.Name)
	text(FieldNameEN, before.NameEN, after.NameEN)
	add(FieldFormerNames, !slices.Equal(before.FormerNames, after.FormerNames), before.FormerNames, after.FormerNames)
	text(FieldKind, before.Kind, after.Kind)
	text(FieldStatus, before.Status, after.Status)
	text(FieldRegion, before.Region, after.Region)
	text(FieldIndustry, before.Industry, after.Industry)
	text(FieldAddress, before.Address, after.Address)
	add(FieldOwner, before.OwnerID != after.OwnerID, idText(before.OwnerID), idText(after.OwnerID))
	add(FieldTags, !slices.Equal(before.Tags, after.Tags), before.Tags, after.Tags)
	b, a := identifierTexts(before.Identifiers), identifierTexts(after.Identifiers)
	add(FieldIdentifiers, !slices.EqualFunc(before.Identifiers, after.Identifiers, sameIdentifier), b, a)
	text(FieldNote, before.Note, after.Note)
	add(FieldSince, dateText(before.Since) != dateText(after.Since), dateText(before.Since), dateText(after.Since))
	for _, name := range slices.Sorted(maps.Keys(union(before.Custom, after.Custom))) {
		if before.Custom[name] != after.Custom[name] {
			fields |= FieldCustom
			changes = append(changes, audit.Change{Field: "custom." + name, Before: before.Custom[name], After: after.Custom[name]})
		}
	}
	return fields, changes
}

func sameIdentifier(a, b Identifier) bool {
	return a.Type == b.Type && a.Value == b.Value && a.OverrideReason == b.OverrideReason
}

// identifierTexts are identifiers for the audit; of an identity number only the end is kept there.
func identifierTexts(list []Identifier) []string {
	out := make([]string, 0, len(list))
	for _, n := range list {
		value := n.Value
		if n.Type == TypeIDCard && len(value) > 4 {
			value = strings.Repeat("*", len(value)-4) + value[len(value)-4:]
		}
		s := n.Type + ":" + value
		if n.OverrideReason != "" {
			s += " (" + n.OverrideReason + ")"
		}
		out = append(out, s)
	}
	return out
}

func union(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	return out
}

func dateText(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
