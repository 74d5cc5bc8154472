package role

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
)

const (
	maxName  = 40
	maxNote  = 200
	maxRoles = 100 // of the company's own
)

// Role is a role of the company's own.
type Role struct {
	ID             int64
	Key            string // by which people have it
	NameZh, NameEn string
	Note           string
	Grants         map[authz.Permission]authz.Reach
	Version        int64
	UpdatedAt      time.Time
	Holders        int // people who have it, the disabled too
}

// Input makes or changes a role.
type Input struct {
	Key            string // only when it is made; "" = by its id
	NameZh, NameEn string // NameEn "" = the Chinese one
	Note           string
	Grants         map[authz.Permission]authz.Reach
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// everywhere are the permissions that are about no customer: they hold wholly or not at all.
var everywhere = []authz.Permission{
	authz.FieldManage, authz.ImportRevert, authz.RulebookRead, authz.RulebookWrite, authz.RulebookAdopt, authz.GradingRun, authz.RegisterExport, authz.ArticleRead, authz.ArticlePublish,
	authz.MessageWrite, authz.ViewShare, authz.SegmentManage, authz.RateManage, authz.UserManage, authz.AuditRead, authz.SystemManage, authz.ImportRun, authz.Self,
}

// Whole says whether a permission holds wholly or not at all.
func Whole(p authz.Permission) bool { return slices.Contains(everywhere, p) }

func (in Input) normal() Input {
	in.NameZh, in.NameEn, in.Note = strings.TrimSpace(in.NameZh), strings.TrimSpace(in.NameEn), strings.TrimSpace(in.Note)
	if in.NameEn == "" {
		in.NameEn = in.NameZh
	}
	grants := map[authz.Permission]authz.Reach{authz.Self: authz.ReachAll}
	for p, r := range in.Grants {
		if r != authz.ReachNone && p != authz.Self {
			grants[p] = r
		}
	}
	in.Grants = grants
	return in
}

// Validate reports every wrong field.
func (in Input) Validate() error {
	var v errs.Validation
	v.Check(in.Key == "" || keyForm.MatchString(in.Key) && !authz.KnownRole(in.Key), "key", "role.key_form")
	v.Check(in.NameZh != "", "name_zh", "field.required")
	v.Check(utf8.RuneCountInString(in.NameZh) <= maxName, "name_zh", "field.too_long", "max", maxName)
	v.Check(utf8.RuneCountInString(in.NameEn) <= maxName, "name_en", "field.too_long", "max", maxName)
	v.Check(utf8.RuneCountInString(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	for _, p := range sorted(in.Grants) {
		r := in.Grants[p]
		v.Check(slices.Contains(authz.Permissions, p), "permissions", "field.not_allowed", "value", errs.Shown(string(p)))
		v.Check(!Whole(p) || r == authz.ReachNone || r == authz.ReachAll, "permissions", "role.whole", "permission", string(p))
	}
	return v.Err()
}

// Beyond gives a permission that somebody who holds the second grants would give away by the first without having it so far; "" = none.
func Beyond(grants, held map[authz.Permission]authz.Reach) authz.Permission {
	for _, p := range sorted(grants) {
		if p != authz.Self && !grants[p].Within(held[p]) {
			return p
		}
	}
	return ""
}

func sorted(grants map[authz.Permission]authz.Reach) []authz.Permission {
	return slices.Sorted(maps.Keys(grants))
}
