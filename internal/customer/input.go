package customer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/errs"
)

// Limits of an input, in characters or entries.
const (
	maxCode        = 40
	maxName        = 200
	maxAddress     = 300
	maxNote        = 4000
	maxTag         = 40
	maxTags        = 50
	maxFormer      = 20
	maxIdentifiers = 50
	maxContacts    = 200
	maxReason      = 300
	maxValue       = 64
	maxCustomValue = 1000
)

// Input is what a person or a file says about a customer. Empty fields are unknown.
type Input struct {
	Code        string // "" = the next free one, C000001
	Party       string // org or person; "" = org
	Name        string // required
	NameEN      string
	FormerNames []string
	Kind        string // a row of customer_kind
	Status      string // "" = active
	Region      string // division code
	Industry    string // GB/T 4754-2017 code
	Address     string
	OwnerID     int64 // 0 = nobody, or the acting person where only one's own customers may be written
	Tags        []string
	Identifiers []Identifier
	Custom      map[string]string // canonical text: numbers 12.5, dates YYYY-MM-DD, flags true and false; "" takes a value away
	Note        string
	Since       *calendar.Date
	Contacts    []ContactInput // taken up when the customer is created and by imports
	// ConfirmDuplicate says that a person has looked at those who are called the same.
	ConfirmDuplicate bool
}

// ContactInput is what is said about a contact.
type ContactInput struct {
	Name     string // required
	Title    string
	Phone    string
	Email    string
	Birthday *calendar.Date // day of birth; nil = not known, or kept by the lunar calendar or without the year (SpecialDays)
	Primary  bool           // at most one contact of a customer is the primary one; setting it takes it from the other
	Note     string
}

// Validate reports every wrong field at once, apart from what only the database knows (custom fields, kinds, owner, duplicates).
func (in Input) Validate() error {
	_, err := in.normal()
	return err
}

// codeForm keeps codes typeable: letters and digits of any script and the signs people use in codes.
var codeForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._/#-]*$`)

// normal gives the input as it is stored: tidy, identifiers and codes in their normal form, defaults filled in.
func (in Input) normal() (Input, error) {
	var v errs.Validation
	in.Code, in.Name, in.NameEN, in.Address = tidy(in.Code), tidy(in.Name), tidy(in.NameEN), tidy(in.Address)
	in.Kind, in.Note = tidy(in.Kind), tidyLines(in.Note)
	if in.Party == "" {
		in.Party = PartyOrg
	}
	if in.Status == "" {
		in.Status = StatusActive
	}
	v.Check(in.Code == "" || codeForm.MatchString(in.Code), "code", "customer.code_form")
	v.Check(in.Name != "", "name", "field.required")
	checkLength(&v, "code", in.Code, maxCode)
	checkLength(&v, "name", in.Name, maxName)
	checkLength(&v, "name_en", in.NameEN, maxName)
	checkLength(&v, "address", in.Address, maxAddress)
	checkLength(&v, "note", in.Note, maxNote)
	checkChoice(&v, "party", in.Party, parties)
	checkChoice(&v, "status", in.Status, statuses)
	v.Check(in.OwnerID >= 0, "owner_id", "field.choice")
	in.Region, in.Industry = normalRegion(&v, in.Region), normalIndustry(&v, in.Industry)
	in.FormerNames = normalList(&v, "former_names", in.FormerNames, maxFormer, maxName)
	in.Tags = normalList(&v, "tags", in.Tags, maxTags, maxTag)
	slices.Sort(in.Tags)
	in.Identifiers = normalIdentifiers(&v, in.Identifiers)
	in.Contacts = normalContacts(&v, in.Contacts)
	return in, v.Err()
}

func normalRegion(v *errs.Validation, code string) string {
	if code = tidy(code); code == "" {
		return ""
	}
	d, ok := codes.DivisionByCode(code)
	v.Check(ok, "region", "customer.region_unknown", "value", code)
	return d.Code
}

func normalIndustry(v *errs.Validation, code string) string {
	if code = tidy(code); code == "" {
		return ""
	}
	row, ok := codes.IndustryByCode(code)
	v.Check(ok, "industry", "customer.industry_unknown", "value", code)
	return row.Code
}

// normalList tidies a list of short texts; empty ones and repetitions are dropped.
func normalList(v *errs.Validation, path string, list []string, maxEntries, maxLength int) []string {
	out := []string{}
	for i, s := range list {
		s = tidy(s)
		checkLength(v, fmt.Sprintf("%s.%d", path, i), s, maxLength)
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	v.Check(len(out) <= maxEntries, path, "field.too_many", "max", maxEntries)
	return out
}

func normalIdentifiers(v *errs.Validation, list []Identifier) []Identifier {
	out := []Identifier{}
	for i, n := range list {
		path := fmt.Sprintf("identifiers.%d.", i)
		n.Value, n.OverrideReason = tidy(n.Value), tidy(n.OverrideReason)
		checkLength(v, path+"override_reason", n.OverrideReason, maxReason)
		if !slices.Contains(identifierTypes, n.Type) {
			checkChoice(v, path+"type", n.Type, identifierTypes)
			continue
		}
		if n.Value == "" {
			v.Check(false, path+"value", "field.required")
			continue
		}
		n.normalise(v, path)
		same := func(o Identifier) bool { return o.Type == n.Type && o.key() == n.key() }
		if !slices.ContainsFunc(out, same) {
			out = append(out, n)
		}
	}
	v.Check(len(out) <= maxIdentifiers, "identifiers", "field.too_many", "max", maxIdentifiers)
	return out
}

// normalise brings the value into its normal form. A wrong check digit is let through with a reason.
func (n *Identifier) normalise(v *errs.Validation, path string) {
	switch n.Type {
	case TypeUSCC:
		value, check := codes.CheckUSCC(n.Value)
		n.checked(v, path, check, "customer.uscc_malformed", "customer.uscc_bad_check")
		n.Value = value
	case TypeIDCard:
		card, check := codes.CheckIdentity(n.Value)
		n.checked(v, path, check, "customer.id_card_malformed", "customer.id_card_bad_check")
		n.Value = card.Number
	case TypePhone:
		n.Value = normalPhone(v, path+"value", n.Value)
	case TypeEmail:
		n.Value = normalEmail(v, path+"value", n.Value)
	default:
		checkLength(v, path+"value", n.Value, maxValue)
	}
}

func (n *Identifier) checked(v *errs.Validation, path string, check codes.Check, malformed, badCheck string) {
	v.Check(check != codes.Malformed, path+"value", malformed, "value", shortText(n.Value))
	v.Check(check != codes.BadCheck || n.OverrideReason != "", path+"value", badCheck)
	if check == codes.OK {
		n.OverrideReason = ""
	}
}

// key is the form in which an identifier is compared.
func (n Identifier) key() string {
	switch n.Type {
	case TypePhone:
		number, _, _ := strings.Cut(n.Value, ";")
		return number
	case TypeTax, TypeOther:
		return strings.ToUpper(strings.Join(strings.FieldsFunc(norm.NFKC.String(n.Value), func(r rune) bool { return r == ' ' || r == '-' }), ""))
	}
	return strings.ToLower(n.Value)
}

func normalContacts(v *errs.Validation, list []ContactInput) []ContactInput {
	out := make([]ContactInput, 0, len(list))
	primary := false
	for i, c := range list {
		c = c.normal(v, fmt.Sprintf("contacts.%d.", i))
		c.Primary = c.Primary && !primary
		primary = primary || c.Primary
		out = append(out, c)
	}
	v.Check(len(out) <= maxContacts, "contacts", "field.too_many", "max", maxContacts)
	return out
}

// Validate reports every wrong field at once.
func (c ContactInput) Validate() error {
	var v errs.Validation
	c.normal(&v, "")
	return v.Err()
}

func (c ContactInput) normal(v *errs.Validation, path string) ContactInput {
	c.Name, c.Title, c.Note = tidy(c.Name), tidy(c.Title), tidyLines(c.Note)
	v.Check(c.Name != "", path+"name", "field.required")
	checkLength(v, path+"name", c.Name, maxName)
	checkLength(v, path+"title", c.Title, maxName)
	checkLength(v, path+"note", c.Note, maxNote)
	if c.Phone = tidy(c.Phone); c.Phone != "" {
		c.Phone = normalPhone(v, path+"phone", c.Phone)
	}
	if c.Email = tidy(c.Email); c.Email != "" {
		c.Email = normalEmail(v, path+"email", c.Email)
	}
	if c.Birthday != nil && *c.Birthday == calendar.None {
		c.Birthday = nil
	}
	return c
}

// normalPhone gives +86…, with ;ext=8001 behind it (RFC 3966) where there is an extension.
func normalPhone(v *errs.Validation, path, text string) string {
	p, err := codes.ParsePhone(text)
	v.Check(err == nil, path, "phone.invalid", "text", shortText(text))
	if p.Extension != "" {
		return p.E164 + ";ext=" + p.Extension
	}
	return p.E164
}

func normalEmail(v *errs.Validation, path, text string) string {
	e, err := codes.ParseEmail(text)
	v.Check(err == nil, path, "email.invalid", "text", shortText(text))
	return e
}

func checkLength(v *errs.Validation, path, s string, limit int) {
	v.Check(len(s) <= limit || len([]rune(s)) <= limit, path, "field.too_long", "max", limit)
}

func checkChoice(v *errs.Validation, path, s string, allowed []string) {
	v.Check(slices.Contains(allowed, s), path, "field.choice", "value", shortText(s), "allowed", strings.Join(allowed, ", "))
}

// tidy makes one line of a text: composed characters, single spaces, nothing invisible. NUL in particular, which PostgreSQL does not store.
func tidy(s string) string { return strings.Join(strings.Fields(visible(s, "")), " ") }

// tidyLines keeps the line breaks.
func tidyLines(s string) string {
	return strings.TrimSpace(visible(strings.ReplaceAll(s, "\r\n", "\n"), "\n\t"))
}

func visible(s, keep string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(keep, r):
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B':
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
}

// shortText cuts what an error repeats.
func shortText(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
