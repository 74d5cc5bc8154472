package codes

import (
	"net/mail"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/idna"
	"golang.org/x/text/width"

	"kezhi/internal/errs"
)

// Phone is a phone number that exists in its country's plan.
type Phone struct {
	E164      string // +8675526780000
	Extension string // digits behind 转, ext or a second hyphen
	Mobile    bool
	Country   string // two letters
}

// Label gives a number as people of its country write it: 138 0013 8000, 0755 2678 0000; abroad with the country code.
func (p Phone) Label() string {
	n, err := phonenumbers.Parse(p.E164, "CN")
	if err != nil {
		return p.E164
	}
	format := phonenumbers.INTERNATIONAL
	if p.Country == "CN" {
		format = phonenumbers.NATIONAL
	}
	label := phonenumbers.Format(n, format)
	if p.Extension != "" {
		label += "-" + p.Extension
	}
	return label
}

// ParsePhone reads a phone number; without a country code it is Chinese, with or without area code brackets and an extension (0755-26780000-8001, 26780000转8001). A fixed
// number needs its area code. Error: phone.invalid.
func ParsePhone(s string) (Phone, error) {
	text := strings.NewReplacer("转", ";ext=", "分机", ";ext=", "—", "-", "–", "-").Replace(strings.TrimSpace(width.Narrow.String(s)))
	if len(text) > 60 {
		return Phone{}, errs.New(errs.Invalid, "phone.invalid", "text", short(s))
	}
	// 0755-26780000-8001: a third part behind a complete number is an extension.
	if parts := strings.Split(text, "-"); len(parts) == 3 && strings.HasPrefix(parts[0], "0") && len(parts[1]) >= 7 && digitsOnly(parts[1]) && digitsOnly(parts[2]) {
		text = parts[0] + parts[1] + ";ext=" + parts[2]
	}
	n, err := phonenumbers.Parse(text, "CN")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return Phone{}, errs.New(errs.Invalid, "phone.invalid", "text", short(s))
	}
	kind := phonenumbers.GetNumberType(n)
	return Phone{
		E164:      phonenumbers.Format(n, phonenumbers.E164),
		Extension: n.GetExtension(),
		Mobile:    kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE,
		Country:   phonenumbers.GetRegionCodeForNumber(n),
	}, nil
}

// ParseEmail reads one bare e-mail address and gives it with its domain in lower case ASCII. The local part keeps its case. Error: email.invalid.
func ParseEmail(s string) (string, error) {
	text := strings.TrimSpace(width.Narrow.String(s))
	bad := errs.New(errs.Invalid, "email.invalid", "text", short(s))
	if len(text) > 254 || strings.ContainsAny(text, "\r\n<>") {
		return "", bad
	}
	a, err := mail.ParseAddress(text)
	if err != nil || a.Name != "" {
		return "", bad
	}
	at := strings.LastIndexByte(a.Address, '@')
	local, domain := a.Address[:at], a.Address[at+1:]
	domain, err = idna.Lookup.ToASCII(strings.ToLower(domain))
	if err != nil || len(local) > 64 || !strings.Contains(domain, ".") || strings.HasPrefix(domain, "[") {
		return "", bad
	}
	return local + "@" + domain, nil
}

// short cuts what an error repeats.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
