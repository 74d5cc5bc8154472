package user

import (
	"encoding/json"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/errs"
)

// State of a user.
type State string

// The states of a user.
const (
	Active   State = "active"
	Disabled State = "disabled"
)

// Kind says who uses an account.
type Kind string

// The kinds of accounts. A program has no password and does not sign in; it acts by tokens only.
const (
	Person  Kind = "person"
	Program Kind = "service"
)

// User is somebody who may sign in, or a program that acts by tokens.
type User struct {
	ID                 int64
	Login, Name, Email string
	UnitID             int64 // 0 = none
	Kind               Kind
	State              State
	Roles              []string
	Locale, Theme      string
	Prefs              json.RawMessage
	MustChangePassword bool
	Version            int64
	CreatedAt          time.Time
	UpdatedAt          time.Time
	passwordHash       string
}

// Input creates or changes a user. In a change, nil leaves a field as it is.
type Input struct {
	Login, Name, Email *string
	Kind               *Kind // only when it is created; nil = a person
	Password           *string
	UnitID             *int64
	Roles              *[]string
	State              *State
	Locale             *string
	MustChangePassword *bool
	least              int // characters of a password; 0 = as many as where no policy was set
}

// passwordProblem gives what is wrong with the password for a login, or nil.
func (in Input) passwordProblem(login string) *errs.Field {
	least := in.least
	if least == 0 {
		least = defaultPolicy().PasswordLength
	}
	code := PasswordProblem(*in.Password, login, least)
	if code == "" {
		return nil
	}
	return &errs.Field{Path: "password", Code: code, Args: map[string]any{"min": least}}
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// Validate reports every wrong field at once. creating demands login, name and at least one role.
func (in Input) Validate(creating bool) error {
	var v errs.Validation
	if creating || in.Login != nil {
		v.Check(in.Login != nil && loginForm.MatchString(*in.Login), "login", "user.login_form")
	}
	if creating || in.Name != nil {
		v.Check(in.Name != nil && strings.TrimSpace(*in.Name) != "" && utf8.RuneCountInString(*in.Name) <= 60, "name", "field.required")
	}
	if in.Email != nil && *in.Email != "" {
		a, err := mail.ParseAddress(*in.Email)
		v.Check(err == nil && a.Address == *in.Email, "email", "field.email")
	}
	if in.Password != nil {
		login := ""
		if in.Login != nil {
			login = *in.Login
		}
		if f := in.passwordProblem(login); f != nil {
			v.Add(*f)
		}
	}
	if creating || in.Roles != nil {
		v.Check(in.Roles != nil && len(*in.Roles) > 0, "roles", "field.required")
	}
	v.Check(in.Kind == nil || creating && (*in.Kind == Person || *in.Kind == Program), "kind", "field.choice")
	v.Check(in.Kind == nil || *in.Kind != Program || in.Password == nil, "password", "user.program_password")
	v.Check(in.State == nil || *in.State == Active || *in.State == Disabled, "state", "field.choice")
	v.Check(in.Locale == nil || slices.Contains(Locales, *in.Locale), "locale", "field.choice")
	return v.Err()
}

// Locales are the languages of the product.
var Locales = []string{"zh", "en"}

// Themes are the looks of the web UI.
var Themes = []string{"system", "light", "dark"}
