package message

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/errs"
)

// Words are a text in both languages.
type Words struct{ Zh, En string }

// In gives the text of a language, or the other one where it is missing.
func (w Words) In(language string) string {
	if language == English && w.En != "" || w.Zh == "" {
		return w.En
	}
	return w.Zh
}

// Template is a text with fields, for one channel and one purpose.
type Template struct {
	ID        int64
	Name      string
	Channel   channel.Name
	Purpose   Purpose
	Subject   Words // of mails
	Body      Words // at least one language
	Archived  bool
	Version   int64
	UpdatedAt time.Time
}

// TemplateInput is what is said about a template.
type TemplateInput struct {
	Name    string
	Channel channel.Name
	Purpose Purpose
	Subject Words
	Body    Words
}

// fields are what every template may name.
var fields = []string{"salutation", "customer.name", "customer.code", "contact.name", "contact.title", "owner.name", "organisation", "today"}

// more are fields of a purpose.
var more = map[Purpose][]string{
	Greeting: {"occasion"},
	Invite:   {"event.title", "event.title_en", "event.when", "event.place", "link"},
	Answer:   {"case.number", "case.title", "answer"},
	Notice:   {"subject", "detail"},
}

// FieldsOf lists what a template of a purpose may name.
func FieldsOf(p Purpose) []string { return append(slices.Clone(fields), more[p]...) }

var (
	place = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)
	brace = regexp.MustCompile(`\{\{|\}\}`)
)

// render fills the fields of a text; a field without a value is left out together with nothing else.
func render(text string, values map[string]string) string {
	return strings.TrimSpace(place.ReplaceAllStringFunc(text, func(at string) string {
		return values[place.FindStringSubmatch(at)[1]]
	}))
}

func (in TemplateInput) normal() (TemplateInput, error) {
	var v errs.Validation
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	for _, s := range []*string{&in.Subject.Zh, &in.Subject.En} {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	for _, s := range []*string{&in.Body.Zh, &in.Body.En} {
		*s = strings.TrimSpace(strings.ReplaceAll(*s, "\r\n", "\n"))
	}
	v.Check(in.Name != "", "name", "field.required")
	v.Check(len([]rune(in.Name)) <= maxName, "name", "field.too_long", "max", maxName)
	v.Check(channel.Known(in.Channel), "channel", "field.not_allowed", "value", string(in.Channel))
	v.Check(slices.Contains(Purposes, in.Purpose), "purpose", "field.not_allowed", "value", string(in.Purpose))
	v.Check(in.Body.Zh != "" || in.Body.En != "", "body.zh", "field.required")
	if in.Channel == channel.Mail {
		v.Check(in.Body.Zh == "" || in.Subject.Zh != "", "subject.zh", "field.required")
		v.Check(in.Body.En == "" || in.Subject.En != "", "subject.en", "field.required")
	} else {
		in.Subject = Words{}
	}
	known := FieldsOf(in.Purpose)
	for _, t := range []struct {
		path, text string
		max        int
	}{
		{"subject.zh", in.Subject.Zh, maxSubject},
		{"subject.en", in.Subject.En, maxSubject},
		{"body.zh", in.Body.Zh, maxBody},
		{"body.en", in.Body.En, maxBody},
	} {
		v.Check(len([]rune(t.text)) <= t.max, t.path, "field.too_long", "max", t.max)
		checkFields(&v, t.path, t.text, known)
	}
	return in, v.Err()
}

// checkFields refuses fields nobody fills, and braces that belong to none.
func checkFields(v *errs.Validation, path, text string, known []string) {
	for line, l := range strings.Split(text, "\n") {
		for _, m := range place.FindAllStringSubmatch(l, -1) {
			v.Check(slices.Contains(known, m[1]), path, "message.unknown_field", "field", errs.Shown(m[1]), "line", strconv.Itoa(line+1), "allowed", strings.Join(known, ", "))
		}
		v.Check(!brace.MatchString(place.ReplaceAllString(l, "")), path, "message.open_brace", "line", strconv.Itoa(line+1))
	}
}
