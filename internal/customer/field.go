package customer

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"github.com/govalues/decimal"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// The types a custom field can have.
const (
	FieldText   = "text"
	FieldNumber = "number"
	FieldDate   = "date"
	FieldChoice = "choice"
	FieldFlag   = "flag"
)

var customTypes = []string{FieldText, FieldNumber, FieldDate, FieldChoice, FieldFlag}

const (
	maxFields  = 100
	maxChoices = 200
)

// CustomField is a field a company adds to its customers. Name and type are for ever, because values are kept under them.
type CustomField struct {
	ID       int64
	Name     string // a to z, 0 to 9 and _, beginning with a letter
	LabelZH  string
	LabelEN  string
	Type     string
	Choices  []string // of a choice
	Position int      // order in forms
	Archived bool     // no longer offered; values stay
	Version  int64
}

// Kind is a sort of customer a company tells apart, with its words.
type Kind struct{ Kind, LabelZH, LabelEN string }

// fieldBook holds the custom fields by name.
type fieldBook map[string]CustomField

var fieldNameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func (f CustomField) normal() (CustomField, error) {
	var v errs.Validation
	f.LabelZH, f.LabelEN = tidy(f.LabelZH), tidy(f.LabelEN)
	v.Check(fieldNameForm.MatchString(f.Name), "name", "customer.field_name")
	v.Check(f.LabelZH != "", "label_zh", "field.required")
	v.Check(f.LabelEN != "", "label_en", "field.required")
	checkLength(&v, "label_zh", f.LabelZH, maxTag)
	checkLength(&v, "label_en", f.LabelEN, maxTag)
	checkChoice(&v, "type", f.Type, customTypes)
	f.Choices = normalList(&v, "choices", f.Choices, maxChoices, maxTag)
	v.Check((f.Type == FieldChoice) == (len(f.Choices) > 0), "choices", "customer.field_choices")
	return f, v.Err()
}

// canonical gives a value in the text under which it is kept, and whether it is one of this field.
func (f CustomField) canonical(value string) (string, bool) {
	value = tidy(value)
	switch f.Type {
	case FieldNumber:
		d, err := decimal.Parse(value)
		if err != nil {
			return value, false
		}
		value = d.Trim(0).String()
		_, ok := millionths(value)
		return value, ok
	case FieldDate:
		_, err := calendar.Parse(value)
		return value, err == nil
	case FieldChoice:
		return value, slices.Contains(f.Choices, value)
	case FieldFlag:
		b, err := strconv.ParseBool(value)
		return strconv.FormatBool(b), err == nil
	}
	return value, len([]rune(value)) <= maxCustomValue
}

// millionths gives a decimal in millionths; false when it is none, has more than six decimals or is too large for that.
func millionths(value string) (int64, bool) {
	d, err := decimal.Parse(value)
	if err != nil {
		return 0, false
	}
	whole, part, ok := d.Int64(6)
	const most = 9_000_000_000_000
	if !ok || whole > most || whole < -most || d.Trim(0).Scale() > 6 {
		return 0, false
	}
	return whole*1_000_000 + part, true
}

// check gives custom values in canonical text. Those equal to what is kept already pass, even where the field has changed since.
func (b fieldBook) check(v *errs.Validation, custom, kept map[string]string) map[string]string {
	out := make(map[string]string, len(custom))
	for name, value := range custom {
		f, known := b[name]
		switch {
		case value == "":
			if _, there := kept[name]; there {
				out[name] = ""
			}
		case kept[name] == value:
			out[name] = value
		case !known || f.Archived:
			v.Check(false, "custom."+name, "customer.custom_unknown", "name", shortText(name))
		default:
			text, ok := f.canonical(value)
			v.Check(ok, "custom."+name, "customer.custom_value", "type", f.Type, "value", shortText(value))
			out[name] = text
		}
	}
	return out
}

// CustomFields lists the custom fields in their order, archived ones last.
func (s *Service) CustomFields(ctx context.Context) ([]CustomField, error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return nil, err
	}
	return customFields(ctx, s.db.Read())
}

// Kinds lists the sorts of customer in their order.
func (s *Service) Kinds(ctx context.Context) ([]Kind, error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return nil, err
	}
	return kinds(ctx, s.db.Read())
}

// AddField adds a custom field at the end. Errors: customer.field_taken, customer.fields_full, invalid_input.
func (s *Service) AddField(ctx context.Context, f CustomField) (CustomField, error) {
	if _, err := authz.Require(ctx, authz.FieldManage); err != nil {
		return f, err
	}
	f, err := f.normal()
	if err != nil {
		return f, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := lockDuplicates(ctx, q); err != nil {
			return err
		}
		all, err := customFields(ctx, q)
		if err != nil {
			return err
		}
		if len(all) >= maxFields {
			return errs.New(errs.TooLarge, "customer.fields_full", "max", maxFields)
		}
		if slices.ContainsFunc(all, func(o CustomField) bool { return o.Name == f.Name }) {
			return errs.New(errs.Conflict, "customer.field_taken", "name", f.Name)
		}
		now := s.now()
		f.ID, f.Position, f.Version, f.Archived = id.New(now), len(all)+1, 1, false
		if err := insertField(ctx, q, f, clock.Micros(now)); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "custom_field.create", Entity: "custom_field", EntityID: id.String(f.ID), Detail: f})
	})
	return f, err
}

// ChangeField changes labels, choices, position or archive of a custom field; name and type stay. version guards against lost updates.
// Errors: not_found, precondition_failed, invalid_input.
func (s *Service) ChangeField(ctx context.Context, fieldID, version int64, change func(*CustomField)) (CustomField, error) {
	var out CustomField
	if _, err := authz.Require(ctx, authz.FieldManage); err != nil {
		return out, err
	}
	err := s.db.InTx(ctx, func(q db.Q) error {
		all, err := customFields(ctx, q)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(f CustomField) bool { return f.ID == fieldID })
		if at < 0 {
			return db.ErrNoRows
		}
		old := all[at]
		out = old
		change(&out)
		out.ID, out.Name, out.Type, out.Version = old.ID, old.Name, old.Type, old.Version
		if out, err = out.normal(); err != nil {
			return err
		}
		now := s.now()
		ok, err := updateField(ctx, q, out, version, clock.Micros(now))
		if err != nil {
			return err
		}
		if !ok {
			return stale(old)
		}
		out.Version++
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "custom_field.update", Entity: "custom_field", EntityID: id.String(fieldID),
			Detail: []audit.Change{{Field: old.Name, Before: old, After: out}},
		})
	})
	return out, err
}

// stale says that a row was changed by somebody else; current is the row as it is now.
func stale(current any) error {
	return errs.New(errs.Precondition, "precondition_failed", "current", current)
}
