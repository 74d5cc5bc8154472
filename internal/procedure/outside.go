package procedure

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// ActRate is the line of the history in which somebody from outside rates the answer. It is no act of the engine: it
// changes nothing about the way of a case, like a comment.
const ActRate = "rate"

// The marks somebody from outside may give.
const (
	LowestScore  = 1
	HighestScore = 5
)

// noticeAdded tells those who have something to do in a case that its customer has added to it.
const noticeAdded = "added"

// outside is who acts for people from outside: nobody of the organisation.
func outside(ctx context.Context) (context.Context, authz.Actor) {
	actor := authz.System("web")
	return authz.With(ctx, actor), actor
}

// OutsideFields gives what somebody from outside is asked for by the start form: neither what only staff fill in, nor what shows
// people, departments or customers of the organisation, nor what is worked out. False when the procedure is not for people from outside: it does not
// name their channel, has no form, or compels an answer they cannot give.
func OutsideFields(def *flow.Definition) ([]flow.Field, bool) {
	form := def.FormOf(flow.StartForm)
	if form == nil || !slices.Contains(def.Start.Channels, flow.ChannelWeb) {
		return nil, false
	}
	fields, ok := outsideFields(form.Fields)
	return fields, ok && len(fields) > 0
}

func outsideFields(fields []flow.Field) ([]flow.Field, bool) {
	var out []flow.Field
	for _, f := range fields {
		if f.Staff {
			if f.Required {
				return nil, false
			}
			continue
		}
		switch f.Type {
		case flow.FieldComputed:
			continue
		case flow.FieldPerson, flow.FieldDepartment, flow.FieldCustomer:
			if f.Required {
				return nil, false
			}
			continue
		case flow.FieldList:
			var ok bool
			if f.Fields, ok = outsideFields(f.Fields); !ok || len(f.Fields) == 0 {
				if f.Required {
					return nil, false
				}
				continue
			}
		}
		out = append(out, f)
	}
	return out, true
}

// OpenOutside gives the procedures in force that people from outside may begin.
func (s *Service) OpenOutside(ctx context.Context) ([]Startable, error) {
	all, err := s.books.InForce(ctx, s.db.Read(), s.Today())
	if err != nil {
		return nil, err
	}
	var out []Startable
	for _, ed := range all {
		for _, def := range ed.Procedures {
			if _, ok := OutsideFields(def); ok {
				out = append(out, Startable{ed, *def})
			}
		}
	}
	return out, nil
}

// FollowedBy gives the number of a case and the text its start form has in a field. Both are empty when the procedure is not
// for people from outside. Error: not_found.
func (s *Service) FollowedBy(ctx context.Context, q db.Q, caseID int64, field string) (number, text string, err error) {
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return "", "", err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return "", "", err
	}
	if _, ok := OutsideFields(w.def); !ok {
		return "", "", nil
	}
	return c.Number, flow.AnswerTo(w.def, c.State, &flow.Env{}, flow.StartForm+"."+field).Text, nil
}

// WithCase does something in the transaction of an act; an error undoes both.
type WithCase func(ctx context.Context, q db.Q, c *Case) error

// StartOutside begins a case for somebody from outside, through the public channel of a procedure that has one; with runs in
// the same transaction, and not for a request that was answered before. The caller has bounded the rate and made sure that
// uploads the answers name are that person's.
func (s *Service) StartOutside(ctx context.Context, in StartInput, with WithCase) (Case, error) {
	in.Channel, in.Subject, in.Received = flow.ChannelWeb, "", 0
	ctx, actor := outside(ctx)
	return s.start(ctx, actor, 0, in, with)
}

// OutsideInput is what somebody from outside adds to a case.
type OutsideInput struct {
	Text  string
	Files []int64
	Score int    // LowestScore to HighestScore rates the answer; 0 adds to the case
	Key   string // of the request, "" = not to be repeated
}

// Validate reports every wrong field.
func (in OutsideInput) Validate() error {
	var v errs.Validation
	text := strings.TrimSpace(in.Text)
	v.Check(utf8.RuneCountInString(text) <= flow.MaxText, "text", "field.too_long", "max", flow.MaxText)
	v.Check(utf8.ValidString(text) && !strings.ContainsRune(text, 0), "text", "act.not_text")
	v.Check(len(in.Key) <= maxKey, "key", "field.too_long", "max", maxKey)
	if in.Score == 0 {
		v.Check(text != "" || len(in.Files) > 0, "text", "field.required")
	} else {
		v.Check(in.Score >= LowestScore && in.Score <= HighestScore, "score", "field.not_allowed", "value", in.Score)
		v.Check(len(in.Files) == 0, "files", "field.not_allowed", "value", len(in.Files))
	}
	return v.Err()
}

// line is the line of the history it becomes.
func (in OutsideInput) line(caseID int64) Act {
	a := Act{CaseID: caseID, Act: flow.ActComment, Reason: strings.TrimSpace(in.Text), Detail: actDetail{Channel: flow.ChannelWeb, Files: in.Files}}
	switch {
	case in.Score != 0:
		a.Act, a.Detail.What = ActRate, strconv.Itoa(in.Score)
	case a.Reason == "":
		a.Act = flow.ActAttach
	}
	return a
}

// ActOutside writes what somebody from outside adds to a case into its history and tells those who have something to do in
// it. The same request again (key and input) changes nothing and runs no with. The caller has made sure that the case and
// the uploads are that person's and has bounded the rate. Errors: not_found, invalid_input, case.key_reused, those of with.
func (s *Service) ActOutside(ctx context.Context, caseID int64, in OutsideInput, with WithCase) error {
	if err := in.Validate(); err != nil {
		return err
	}
	ctx, _ = outside(ctx)
	var err error
	for range attempts {
		err = s.db.InTx(ctx, func(q db.Q) error { return s.actOutside(ctx, q, caseID, in, with) })
		if !errors.Is(err, errRace) {
			break
		}
	}
	return err
}

func (s *Service) actOutside(ctx context.Context, q db.Q, caseID int64, in OutsideInput, with WithCase) error {
	hash, err := hashOf(in)
	if err != nil {
		return err
	}
	if in.Key != "" {
		before, found, err := answered(ctx, q, caseID, 0, in.Key)
		if err == nil && found && before != hash {
			err = errs.New(errs.Conflict, "case.key_reused")
		}
		if err != nil || found {
			return err
		}
	}
	c, err := getCase(ctx, q, caseID)
	if err != nil {
		return err
	}
	w, err := s.caseWorld(ctx, q, &c)
	if err != nil {
		return err
	}
	if err := s.checkUploads(ctx, q, 0, nil, attached(in.Files)); err != nil {
		return err
	}
	if with != nil {
		if err := with(ctx, q, &c); err != nil {
			return err
		}
	}
	st, effects, err := flow.Tick(w.def, c.State, w.env())
	if err != nil {
		return err
	}
	line := in.line(caseID)
	line.At = s.now()
	wr := &writing{}
	if err := s.gather(ctx, w, &saving{c: &c, st: st, effects: effects, act: line, key: in.Key, hash: hash}, wr); err != nil {
		return err
	}
	if in.Score == 0 {
		if err := s.notify(&c, w.waiting(st), Notice{Code: noticeAdded}, wr); err != nil {
			return err
		}
	}
	return wr.end(ctx, q, s.bus)
}

// waiting gives everybody who may act in a case now.
func (w *world) waiting(st *flow.State) []int64 {
	var out []int64
	for _, o := range st.OpenSeats() {
		for _, h := range w.people(o.Target, w.barred) {
			out = append(out, h.Acts)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(u int64) bool { return u == 0 })
}

// Guard lets those pass who may see a case; for everybody else it does not exist (not_found). Other features call it first.
// Needs procedure.read.
func (s *Service) Guard(ctx context.Context, caseID int64) (Case, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Case{}, err
	}
	c, _, err := s.visible(ctx, s.db.Read(), actor, caseID)
	return c, err
}
