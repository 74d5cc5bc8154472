package procedure

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

func textView(t flow.Text) TextView { return TextView(t) }

// HolderView is somebody who holds a post.
type HolderView struct {
	ID       string `json:"id" doc:"Empty when a role of the organisation gives the post"`
	Post     string `json:"post" doc:"The name under which it is held"`
	UserID   string `json:"user_id"`
	UserName string `json:"user_name"`
	UnitID   string `json:"unit_id" doc:"Empty = the whole organisation"`
	From     string `json:"from" doc:"First day; empty when a role gives it"`
	Until    string `json:"until" doc:"Last day; empty = until further notice"`
	Source   string `json:"source" enum:"post,role"`
}

// HoldingView is a post that somebody holds or held by appointment.
type HoldingView struct {
	HolderView
	Title TextView `json:"title"`
}

// PostView is a post of the regulations in force.
type PostView struct {
	Post      string       `json:"post"`
	Title     TextView     `json:"title"`
	Names     []string     `json:"names" nullable:"false" doc:"Under any of these it may be held"`
	Rulebooks []string     `json:"rulebooks" nullable:"false"`
	Role      string       `json:"role" doc:"The role of the organisation that fills it; empty = none"`
	Held      bool         `json:"held" doc:"Somebody holds it today"`
	Holders   []HolderView `json:"holders" nullable:"false"`
}

// AppointBody gives a post to a person.
type AppointBody struct {
	Post   string `json:"post" minLength:"1" maxLength:"100"`
	UserID string `json:"user_id"`
	UnitID string `json:"unit_id,omitempty" doc:"Empty = the whole organisation"`
	From   string `json:"from,omitempty" doc:"First day; empty = today"`
	Until  string `json:"until,omitempty" doc:"Last day; empty = until further notice"`
}

// DismissBody ends a holding.
type DismissBody struct {
	Until string `json:"until,omitempty" doc:"Last day; empty = it ends at once"`
}

// AbsenceView says that somebody is away.
type AbsenceView struct {
	ID             string `json:"id"`
	UserID         string `json:"user_id"`
	UserName       string `json:"user_name"`
	SubstituteID   string `json:"substitute_id" doc:"Empty = nobody stands in"`
	SubstituteName string `json:"substitute_name"`
	From           string `json:"from"`
	Until          string `json:"until" doc:"Last day"`
	Reason         string `json:"reason"`
}

// AbsenceBody enters an absence.
type AbsenceBody struct {
	UserID       string `json:"user_id,omitempty" doc:"Empty = oneself; others need procedure.manage"`
	SubstituteID string `json:"substitute_id,omitempty" doc:"Empty = nobody stands in"`
	From         string `json:"from"`
	Until        string `json:"until" doc:"Last day"`
	Reason       string `json:"reason,omitempty" maxLength:"2000"`
}

type (
	oneIn struct {
		ID string `path:"id"`
	}
	postsIn struct {
		On string `query:"on" doc:"Who held them on a day, YYYY-MM-DD; empty = today and what is to come"`
	}
	holdingsIn struct {
		User string `query:"user" doc:"Of a person"`
		Unit string `query:"unit" doc:"For a unit"`
		Post string `query:"post" maxLength:"100"`
		On   string `query:"on" doc:"On a day, YYYY-MM-DD; empty = whenever"`
	}
	appointIn struct{ Body AppointBody }
	dismissIn struct {
		ID   string `path:"id"`
		Body DismissBody
	}
	absenceIn struct{ Body AbsenceBody }
)

func registerPosts(api *httpapi.API, s *Service) {
	const tag = "Posts"
	httpapi.Register(api, httpapi.Op{ID: "list-posts", Method: http.MethodGet, Path: "/posts", Summary: "List the posts of the regulations and who holds them", Tag: tag, Permission: authz.ProcedureRead},
		func(ctx context.Context, in *postsIn) (*httpapi.Body[httpapi.List[PostView]], error) {
			var v errs.Validation
			on := readDay(&v, "on", in.On)
			if err := v.Err(); err != nil {
				return nil, err
			}
			list, err := s.Posts(ctx, on)
			views := make([]PostView, len(list))
			for i, p := range list {
				views[i] = p.view()
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "list-holdings", Method: http.MethodGet, Path: "/holdings", Summary: "List who holds or held which post by appointment", Tag: tag, Permission: authz.ProcedureRead},
		func(ctx context.Context, in *holdingsIn) (*httpapi.Body[httpapi.List[HoldingView]], error) {
			var v errs.Validation
			f := HoldingFilter{UserID: readID(&v, "user", in.User), UnitID: readID(&v, "unit", in.Unit), Post: in.Post, On: readDay(&v, "on", in.On)}
			if err := v.Err(); err != nil {
				return nil, err
			}
			list, names, err := s.Holdings(ctx, f)
			views := make([]HoldingView, len(list))
			for i, a := range list {
				views[i] = HoldingView{a.view(names), textView(a.Title)}
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "appoint", Method: http.MethodPost, Path: "/posts", Summary: "Give a post to a person", Tag: tag, Permission: authz.ProcedureManage, Status: http.StatusCreated},
		func(ctx context.Context, in *appointIn) (*httpapi.Body[HolderView], error) {
			h, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			out, err := s.Appoint(ctx, h)
			return httpapi.Ok(out.view(nil)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "dismiss", Method: http.MethodPost, Path: "/posts/{id}/end", Summary: "End the holding of a post", Tag: tag, Permission: authz.ProcedureManage},
		func(ctx context.Context, in *dismissIn) (*httpapi.Body[HolderView], error) {
			var v errs.Validation
			until := readDay(&v, "until", in.Body.Until)
			n, err := id.Parse(in.ID)
			if err == nil {
				err = v.Err()
			}
			if err != nil {
				return nil, err
			}
			out, err := s.Dismiss(ctx, n, until)
			return httpapi.Ok(out.view(nil)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "list-absences", Method: http.MethodGet, Path: "/absences", Summary: "List the absences that are not over", Tag: tag, Permission: authz.ProcedureRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[AbsenceView]], error) {
			list, names, err := s.Absences(ctx)
			views := make([]AbsenceView, len(list))
			for i, a := range list {
				views[i] = a.view(names)
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "enter-absence", Method: http.MethodPost, Path: "/absences", Summary: "Say that somebody is away and who stands in", Tag: tag, Permission: authz.ProcedureRead, Status: http.StatusCreated},
		func(ctx context.Context, in *absenceIn) (*httpapi.Body[AbsenceView], error) {
			a, err := in.Body.absence()
			if err != nil {
				return nil, err
			}
			out, err := s.GoAway(ctx, a)
			return httpapi.Ok(out.view(nil)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "end-absence", Method: http.MethodDelete, Path: "/absences/{id}", Summary: "End an absence, or take back one that has not begun", Tag: tag, Permission: authz.ProcedureRead, Status: http.StatusNoContent},
		func(ctx context.Context, in *oneIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return nil, s.ComeBack(ctx, n)
		})
}

func (p PostState) view() PostView {
	v := PostView{
		Post: p.Post, Title: textView(p.Title), Names: p.Names, Rulebooks: p.Rulebooks, Role: p.Role, Held: p.Held, Holders: make([]HolderView, len(p.Holders)),
	}
	if v.Names == nil {
		v.Names = []string{}
	}
	if v.Rulebooks == nil {
		v.Rulebooks = []string{}
	}
	for i, h := range p.Holders {
		v.Holders[i] = h.view(p.People)
	}
	return v
}

func (h Holding) view(names map[int64]string) HolderView {
	v := HolderView{
		ID: id.Optional(h.ID), Post: h.Post, UserID: id.String(h.UserID), UserName: names[h.UserID], UnitID: id.Optional(h.UnitID),
		From: h.From.String(), Until: h.Until.String(), Source: "post",
	}
	if h.ID == 0 {
		v.Source = "role"
	}
	return v
}

func (a Absence) view(names map[int64]string) AbsenceView {
	return AbsenceView{
		id.String(a.ID), id.String(a.UserID), names[a.UserID], id.Optional(a.SubstituteID), names[a.SubstituteID], a.From.String(), a.Until.String(), a.Reason,
	}
}

func (b AppointBody) input() (HoldingInput, error) {
	var v errs.Validation
	in := HoldingInput{
		Post: b.Post, UserID: readID(&v, "user_id", b.UserID), UnitID: readID(&v, "unit_id", b.UnitID),
		From: readDay(&v, "from", b.From), Until: readDay(&v, "until", b.Until),
	}
	return in, v.Err()
}

func (b AbsenceBody) absence() (Absence, error) {
	var v errs.Validation
	a := Absence{
		UserID: readID(&v, "user_id", b.UserID), SubstituteID: readID(&v, "substitute_id", b.SubstituteID),
		From: readDay(&v, "from", b.From), Until: readDay(&v, "until", b.Until), Reason: b.Reason,
	}
	return a, v.Err()
}

// readID reads an id that may be empty; a wrong one is put down at its field.
func readID(v *errs.Validation, path, text string) int64 {
	if text == "" {
		return 0
	}
	n, err := id.Parse(text)
	v.Check(err == nil, path, "field.not_allowed", "value", text)
	return n
}

// readDay reads a day that may be empty.
func readDay(v *errs.Validation, path, text string) calendar.Date {
	if text == "" {
		return calendar.None
	}
	d, err := calendar.Parse(text)
	v.Check(err == nil, path, "field.not_a_date", "value", text)
	return d
}
