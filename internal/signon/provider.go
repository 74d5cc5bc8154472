package signon

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
)

// How somebody who comes for the first time is found.
const (
	MatchNone  = "none"  // only those who were linked before, or are created
	MatchEmail = "email" // by the mail address, when the provider has verified it
	MatchLogin = "login" // by a claim that holds the login
)

// Provider is a service that says who somebody is.
type Provider struct {
	ID                     int64
	Name, Issuer, ClientID string
	Address                string // under which browsers see this program
	Scopes                 []string
	MatchBy, LoginClaim    string
	MayCreate              bool
	RoleClaim              string
	Roles                  map[string]string // value of the claim -> role
	UnitClaim              string
	Trusted, Active        bool
	HasSecret              bool
	Version                int64
	sealed                 string
}

// Input creates or changes a provider. Secret nil leaves it as it is.
type Input struct {
	Provider
	Secret *string
}

var claimForm = regexp.MustCompile(`^[A-Za-z0-9_.:/-]{1,100}$`)

// Validate reports every wrong field.
func (in Input) Validate() error {
	var v errs.Validation
	v.Check(strings.TrimSpace(in.Name) != "" && utf8.RuneCountInString(in.Name) <= 60, "name", "field.required")
	v.Check(safe(in.Issuer), "issuer", "signon.https")
	v.Check(safe(in.Address) && !strings.HasSuffix(in.Address, "/"), "address", "signon.https")
	v.Check(strings.TrimSpace(in.ClientID) != "", "client_id", "field.required")
	v.Check(slices.Contains([]string{MatchNone, MatchEmail, MatchLogin}, in.MatchBy), "match_by", "field.choice")
	v.Check(claimForm.MatchString(in.LoginClaim), "login_claim", "field.required")
	v.Check(in.RoleClaim == "" || claimForm.MatchString(in.RoleClaim), "role_claim", "field.required")
	v.Check(in.UnitClaim == "" || claimForm.MatchString(in.UnitClaim), "unit_claim", "field.required")
	v.Check(!in.MayCreate || in.RoleClaim != "", "role_claim", "signon.needs_roles")
	for _, r := range in.Roles {
		v.Check(authz.KnownRole(r), "roles", "user.unknown_role", "role", r)
	}
	return v.Err()
}

// safe says whether an address is of HTTPS, or of this machine.
func safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
}

// claims are what a provider says of somebody.
type claims map[string]any

func (c claims) text(name string) string {
	s, _ := c[name].(string)
	return strings.TrimSpace(s)
}

// texts reads a claim that is one text or a list of them.
func (c claims) texts(name string) []string {
	switch v := c[name].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// email gives the mail address when the provider says that it has verified it.
func (c claims) email() string {
	verified, _ := c["email_verified"].(bool)
	if s, ok := c["email_verified"].(string); ok { // some say it as a text
		verified = s == "true"
	}
	if !verified {
		return ""
	}
	return c.text("email")
}

// rolesOf gives the roles that the claim stands for, in order.
func (p Provider) rolesOf(c claims) []string {
	var out []string
	for _, value := range c.texts(p.RoleClaim) {
		if r, ok := p.Roles[value]; ok {
			out = append(out, r)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
