package customer

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Match is what MatchAll found for one input.
type Match struct {
	ID     int64   // the customer there is already, 0 = none
	By     string  // code, name, or the type of the identifier (uscc, phone …)
	Others []int64 // further customers that fit the same property; then a person has to decide
	Hidden bool    // the acting person may not change the customer
}

// Update is a change of one customer in an import: the fields named in Fields take their values from Input. Identifiers are added: a unified social
// credit code, an identity card or a tax number replaces the one there was, phones and addresses come to the others. Contacts are added when
// nobody of that name is there.
type Update struct {
	ID     int64
	Input  Input
	Fields Fields
}

// Changed is a customer that UpdateMany really changed, with what it was before.
type Changed struct {
	ID      int64
	Version int64           // after the change
	Before  json.RawMessage // for Revert
}

// Revert asks to take an import's change of one customer back. An empty Before means that the import created it.
type Revert struct {
	ID      int64
	Version int64 // as the import left it
	Before  json.RawMessage
}

// snapshot is what Changed.Before holds.
type snapshot struct {
	Fields   Fields  `json:"fields"`
	Input    Input   `json:"input"`
	Contacts []int64 `json:"contacts"` // added by the import
}

// Resolve gives the customers behind codes, in the transaction of an import; codes that nobody has are left out. The caller has authorised the import.
func (s *Service) Resolve(ctx context.Context, q db.Q, list []string) (map[string]Ref, error) {
	return refsByCode(ctx, q, list)
}

// CheckMany gives the wrong fields of each input, including what only the database knows (kinds, custom fields). An entry is nil where all is well.
func (s *Service) CheckMany(ctx context.Context, q db.Q, ins []Input) ([][]errs.Field, error) {
	rules, err := loadRules(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([][]errs.Field, len(ins))
	for i, in := range ins {
		_, err := rules.normal(in, nil)
		if e, ok := errs.As(err); ok {
			out[i] = e.Fields
		}
	}
	return out, nil
}

// rules are what the database says about inputs.
type rules struct {
	book  fieldBook
	kinds map[string]bool
}

func loadRules(ctx context.Context, q db.Q) (rules, error) {
	r := rules{kinds: map[string]bool{"": true}}
	all, err := kinds(ctx, q)
	if err != nil {
		return r, err
	}
	for _, k := range all {
		r.kinds[k.Kind] = true
	}
	r.book, err = loadBook(ctx, q)
	return r, err
}

// normal is Input.normal with the rules of the database. kept are the custom values there are already.
func (r rules) normal(in Input, kept map[string]string) (Input, error) {
	in, err := in.normal()
	var v errs.Validation
	if e, ok := errs.As(err); ok {
		for _, f := range e.Fields {
			v.Add(f)
		}
	}
	v.Check(r.kinds[in.Kind], "kind", "customer.kind_unknown", "value", shortText(in.Kind))
	in.Custom = r.book.check(&v, in.Custom, kept)
	return in, v.Err()
}

// MatchAll finds for each input the customer that is there already: by code, else by identifier (the exact ones first), else by name.
func (s *Service) MatchAll(ctx context.Context, q db.Q, ins []Input) ([]Match, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	out := make([]Match, len(ins))
	for _, property := range []string{"code", TypeUSCC, TypeIDCard, TypeTax, "name", TypePhone, TypeEmail} {
		if err := matchBy(ctx, q, property, ins, out); err != nil {
			return nil, err
		}
	}
	return out, hideMatches(ctx, q, actor, out)
}

// matchBy fills in the matches by one property for inputs that have none yet.
func matchBy(ctx context.Context, q db.Q, property string, ins []Input, out []Match) error {
	keys := make([][]string, len(ins))
	var all []string
	for i, in := range ins {
		if out[i].ID == 0 {
			keys[i] = keysOf(in, property)
			all = append(all, keys[i]...)
		}
	}
	slices.Sort(all)
	found, err := idsByKeys(ctx, q, property, slices.Compact(all))
	if err != nil {
		return err
	}
	for i := range ins {
		var ids []int64
		for _, k := range keys[i] {
			for _, n := range found[k] {
				if !slices.Contains(ids, n) {
					ids = append(ids, n)
				}
			}
		}
		if len(ids) > 0 {
			out[i] = Match{ID: ids[0], By: property, Others: ids[1:]}
		}
	}
	return nil
}

// keysOf gives the keys of an input under one property.
func keysOf(in Input, property string) []string {
	switch property {
	case "code":
		if code := tidy(in.Code); code != "" {
			return []string{code}
		}
		return nil
	case "name":
		if key := codes.NameKey(in.Name); key != "" {
			return []string{key}
		}
		return nil
	}
	var v errs.Validation
	var out []string
	for _, n := range in.Identifiers {
		if n.Type != property || tidy(n.Value) == "" {
			continue
		}
		n.Value = tidy(n.Value)
		n.normalise(&v, "")
		if n.Value != "" {
			out = append(out, n.key())
		}
	}
	return out
}

func hideMatches(ctx context.Context, q db.Q, actor authz.Actor, list []Match) error {
	scope := actor.Scope(authz.CustomerWrite)
	if scope.All {
		return nil
	}
	var ids []int64
	for _, m := range list {
		if m.ID != 0 {
			ids = append(ids, m.ID)
		}
	}
	refs, err := loadRefs(ctx, q, ids)
	for i, m := range list {
		f := refs[m.ID]
		list[i].Hidden = m.ID != 0 && !scope.Covers(f.Place())
	}
	return err
}

// CreateMany adds customers in the transaction of an import and gives their ids in order. Duplicates are the importer's business (MatchAll), apart from codes.
// No audit entry is written per customer. Errors: invalid_input with fields "3.name", customer.code_taken.
func (s *Service) CreateMany(ctx context.Context, q db.Q, ins []Input, importID int64, now time.Time) ([]int64, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil || len(ins) == 0 {
		return nil, err
	}
	if err := lockDuplicates(ctx, q); err != nil {
		return nil, err
	}
	rules, err := loadRules(ctx, q)
	if err != nil {
		return nil, err
	}
	list := make([]created, len(ins))
	units := map[int64]int64{}
	for i, in := range ins {
		in, err := rules.normal(in, nil)
		if err != nil {
			return nil, numbered(err, i)
		}
		if in.OwnerID == 0 && !actor.Scope(authz.CustomerWrite).All {
			in.OwnerID = actor.UserID
		}
		list[i] = created{Input: in, id: id.New(now)}
		if list[i].unitID, err = unitOf(ctx, q, actor, units, in.OwnerID); err != nil {
			return nil, numbered(err, i)
		}
	}
	if err := giveCodes(ctx, q, list); err != nil {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].id
	}
	return ids, s.enter(ctx, q, list, importID, actor.UserID, rules.book, now)
}

// numbered puts the index of an input in front of the paths of its wrong fields.
func numbered(err error, i int) error {
	e, ok := errs.As(err)
	if !ok {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for k := range out.Fields {
		out.Fields[k].Path = fmt.Sprintf("%d.%s", i, out.Fields[k].Path)
	}
	return &out
}

// unitOf gives the unit of an owner, each looked up once.
func unitOf(ctx context.Context, q db.Q, actor authz.Actor, units map[int64]int64, ownerID int64) (int64, error) {
	if unit, known := units[ownerID]; known {
		return unit, nil
	}
	var v errs.Validation
	unit, err := checkOwner(ctx, q, &v, ownerID)
	if err == nil {
		err = v.Err()
	}
	if err == nil {
		err = mayGive(actor, ownerID, unit)
	}
	units[ownerID] = unit
	return unit, err
}

// giveCodes checks the codes given and fills in those that are missing.
func giveCodes(ctx context.Context, q db.Q, list []created) error {
	var given []string
	seen := map[string]bool{}
	missing := 0
	for i := range list {
		code := list[i].Code
		if code == "" {
			missing++
			continue
		}
		if seen[code] {
			return errs.New(errs.Conflict, "customer.code_taken", "code", code)
		}
		seen[code] = true
		given = append(given, code)
	}
	for start := 0; start < len(given); start += chunk {
		taken, err := takenCodes(ctx, q, given[start:min(start+chunk, len(given))])
		if err != nil {
			return err
		}
		for code := range taken {
			return errs.New(errs.Conflict, "customer.code_taken", "code", code)
		}
	}
	for missing > 0 {
		next, err := nextCodes(ctx, q, missing)
		if err != nil {
			return err
		}
		for i := range list {
			for list[i].Code == "" && len(next) > 0 {
				if !seen[next[0]] {
					list[i].Code = next[0]
					missing--
				}
				next = next[1:]
			}
		}
	}
	return nil
}

// Each gives every customer that is not archived, in the order of the codes, one at a time; fn must not use q. The caller has authorised the run.
func (s *Service) Each(ctx context.Context, q db.Q, fn func(Row) error) error {
	return each(ctx, q, s.loc, fn)
}
