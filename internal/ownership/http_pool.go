package ownership

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// PooledView is a customer nobody looks after.
type PooledView struct {
	CustomerID string   `json:"customer_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`
	Region     TextView `json:"region"`
	Grade      string   `json:"grade" doc:"In the scheme of the owner rules; empty = none"`
	LastOwner  string   `json:"last_owner" doc:"Name; empty = nobody yet"`
	Since      string   `json:"since" doc:"Empty = never had an owner here"`
	How        string   `json:"how" doc:"How it came to be so: claim, return, lapse, rule, hand, handover; empty = never had an owner here"`
}

// PoolView is the pool as somebody sees it.
type PoolView struct {
	Open        bool         `json:"open" doc:"A rulebook in force has a pool, so customers can be taken"`
	Rulebook    string       `json:"rulebook"`
	Scheme      string       `json:"scheme" doc:"Of the grades; empty = the rules name none"`
	Clause      string       `json:"clause"`
	ClaimAtMost int64        `json:"claim_at_most"`
	KeepFor     string       `json:"keep_for" doc:"ISO period until the first contact; empty = none"`
	ReturnAfter string       `json:"return_after" doc:"ISO period without a contact; empty = none"`
	AgainAfter  string       `json:"again_after" doc:"ISO period until the same person may take it again; empty = none"`
	Total       int64        `json:"total"`
	More        bool         `json:"more" doc:"There are more; total stops at 10000"`
	Mine        int64        `json:"mine" doc:"Customers you have taken and have still"`
	Items       []PooledView `json:"items" nullable:"false"`
	NextCursor  string       `json:"next_cursor"`
}

// UnitCountView compares the people a unit has with those it needs.
type UnitCountView struct {
	UnitID    string   `json:"unit_id" doc:"Empty = without a unit"`
	Name      TextView `json:"name"`
	Customers int64    `json:"customers"`
	Without   int64    `json:"without" doc:"Customers without somebody of the role"`
	Present   int64    `json:"present"`
	Needed    int64    `json:"needed"`
	Short     int64    `json:"short"`
}

// UndedicatedView is a customer whose owner is nobody of the role.
type UndedicatedView struct {
	CustomerID string `json:"customer_id"`
	Code       string `json:"code"`
	Name       string `json:"name"`
	Grade      string `json:"grade"`
	OwnerID    string `json:"owner_id" doc:"Empty = nobody"`
	OwnerName  string `json:"owner_name"`
}

// HeadcountView is what a demand for dedicated owners comes to.
type HeadcountView struct {
	Rulebook  string            `json:"rulebook"`
	Clause    string            `json:"clause"`
	Title     TextView          `json:"title"`
	Scheme    string            `json:"scheme"`
	Grades    []string          `json:"grades" nullable:"false"`
	Role      TextView          `json:"role"`
	AtMost    int64             `json:"at_most" doc:"Customers one person can take"`
	Customers int64             `json:"customers"`
	Without   int64             `json:"without"`
	Units     []UnitCountView   `json:"units" nullable:"false"`
	Items     []UndedicatedView `json:"items" nullable:"false" doc:"At most 200 of those without"`
}

// AlarmView says how many customers of a demand for dedicated owners have none.
type AlarmView struct {
	Rulebook string   `json:"rulebook"`
	Clause   string   `json:"clause"`
	Title    TextView `json:"title"`
	Grades   []string `json:"grades" nullable:"false"`
	Without  int64    `json:"without"`
	More     bool     `json:"more" doc:"Only the first 10000 customers were looked at; there may be more"`
}

// TrackedView is what a unit or a person makes of the customers.
type TrackedView struct {
	UnitID    string   `json:"unit_id"`
	UnitName  TextView `json:"unit_name"`
	UserID    string   `json:"user_id" doc:"Empty for a unit, and for customers nobody looks after"`
	UserName  string   `json:"user_name"`
	Customers int64    `json:"customers"`
	Owned     int64    `json:"owned"`
	ByRule    int64    `json:"by_rule"`
	ByHand    int64    `json:"by_hand"`
	Claimed   int64    `json:"claimed"`
	Contacted int64    `json:"contacted" doc:"With a contact within the days"`
	Changed   int64    `json:"changed" doc:"Given to somebody else this month"`
}

// TrackingView counts by unit and by person.
type TrackingView struct {
	On    string        `json:"on"`
	Days  int           `json:"days"`
	Units []TrackedView `json:"units" nullable:"false"`
	Staff []TrackedView `json:"staff" nullable:"false"`
}

// MemberView is somebody beside the owner of a customer.
type MemberView struct {
	ID       string `json:"id"`
	UserID   string `json:"user_id"`
	UserName string `json:"user_name"`
	Part     string `json:"part" doc:"What the person does there"`
	From     string `json:"from"`
	Until    string `json:"until" doc:"The last day; empty = until further notice"`
}

type poolIn struct {
	httpapi.Page
	Q    string `query:"q" maxLength:"100" doc:"Part of a name or code"`
	Mine bool   `query:"mine" doc:"Those you have taken and have still, instead of those in the pool"`
}

type returnIn struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"300"`
	}
}

type trackIn struct{ TrackIn }

type trackFileIn struct {
	TrackIn
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings"`
}

// TrackIn says within how many days a contact counts.
type TrackIn struct {
	Days int `query:"days" minimum:"1" maximum:"730" default:"90"`
}

type joinIn struct {
	ID   string `path:"id"`
	Body struct {
		UserID string `json:"user_id"`
		Part   string `json:"part" maxLength:"60"`
		From   string `json:"from,omitempty" doc:"Today when empty"`
		Until  string `json:"until,omitempty"`
	}
}

type leaveIn struct {
	ID     string `path:"id"`
	Member string `path:"member"`
}

func registerPool(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-pool", Method: http.MethodGet, Path: "/ownership/pool", Summary: "Customers nobody looks after, with what may be taken", Tag: tag, Permission: authz.CustomerWrite}, s.httpPool)
	httpapi.Register(api, httpapi.Op{ID: "claim-customer", Method: http.MethodPost, Path: "/ownership/pool/{id}/claim", Summary: "Take a customer out of the pool", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusNoContent},
		func(ctx context.Context, in *customerIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return nil, s.Claim(ctx, n)
		})
	httpapi.Register(api, httpapi.Op{ID: "return-customer", Method: http.MethodPost, Path: "/ownership/pool/{id}/return", Summary: "Give a customer back to the pool", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusNoContent},
		func(ctx context.Context, in *returnIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return nil, s.GiveBack(ctx, n, in.Body.Reason)
		})
	httpapi.Register(api, httpapi.Op{ID: "list-dedicated", Method: http.MethodGet, Path: "/ownership/dedicated", Summary: "Customers who must have a dedicated owner and have none, with the head-count", Tag: tag, Permission: authz.CustomerRead}, s.httpDedicated)
	httpapi.Register(api, httpapi.Op{ID: "list-dedicated-alarms", Method: http.MethodGet, Path: "/ownership/dedicated/alarms", Summary: "Demands for dedicated owners that are not met among the customers you assign", Tag: tag, Permission: authz.CustomerAssign},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[AlarmView]], error) {
			list, err := s.Alarms(ctx)
			views := make([]AlarmView, len(list))
			for i, a := range list {
				views[i] = AlarmView{a.Rulebook, a.Demand.Clause, textView(a.Demand.Title), a.Demand.Grades, a.Without, a.More}
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "get-owner-tracking", Method: http.MethodGet, Path: "/ownership/tracking", Summary: "Customers, owners, contacts and changes by department and person", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *trackIn) (*httpapi.Body[TrackingView], error) {
			t, err := s.Tracking(ctx, in.Days)
			return httpapi.Ok(trackingView(&t)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "export-owner-tracking", Method: http.MethodGet, Path: "/ownership/tracking/export", Summary: "The same by person, as a file", Tag: tag, Permission: authz.CustomerExport}, s.httpTrackingFile)
	httpapi.Register(api, httpapi.Op{ID: "list-team", Method: http.MethodGet, Path: "/customers/{id}/team", Summary: "Those beside the owner of a customer", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *customerIn) (*httpapi.Body[httpapi.List[MemberView]], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, err := s.Team(ctx, n)
			views := make([]MemberView, len(list))
			for i := range list {
				views[i] = memberView(&list[i])
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "join-team", Method: http.MethodPost, Path: "/customers/{id}/team", Summary: "Put somebody beside the owner of a customer", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusCreated}, s.httpJoin)
	httpapi.Register(api, httpapi.Op{ID: "leave-team", Method: http.MethodDelete, Path: "/customers/{id}/team/{member}", Summary: "End somebody's time beside the owner", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusNoContent},
		func(ctx context.Context, in *leaveIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			m, err := id.Parse(in.Member)
			if err != nil {
				return nil, err
			}
			return nil, s.Leave(ctx, n, m)
		})
}

func (s *Service) httpPool(ctx context.Context, in *poolIn) (*httpapi.Body[PoolView], error) {
	p, err := s.Pool(ctx, PoolFilter{in.Q, in.Mine}, in.Cursor, in.Limit)
	v := PoolView{Open: p.Rule != nil, Rulebook: p.Rulebook, Total: p.Total, More: p.More, Mine: p.Mine, Items: make([]PooledView, len(p.Items)), NextCursor: p.Next}
	if r := p.Rule; r != nil {
		v.Scheme, v.Clause, v.ClaimAtMost, v.KeepFor, v.ReturnAfter, v.AgainAfter = p.Scheme, r.Clause, r.ClaimAtMost, periodText(r.KeepFor), periodText(r.ReturnAfter), periodText(r.AgainAfter)
	}
	for i, x := range p.Items {
		v.Items[i] = PooledView{
			CustomerID: id.String(x.CustomerID), Code: x.Code, Name: x.Name, Kind: x.Kind, Region: TextView{codes.DivisionLabel(x.Region), codes.DivisionEnglish(x.Region)},
			Grade: x.Grade, LastOwner: x.LastOwner, Since: dayText(x.Since), How: x.How,
		}
	}
	return httpapi.Ok(v), err
}

func periodText(p calendar.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}

func (s *Service) httpDedicated(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[HeadcountView]], error) {
	list, err := s.Dedicated(ctx)
	views := make([]HeadcountView, len(list))
	for i := range list {
		h := &list[i]
		v := HeadcountView{
			Rulebook: h.Rulebook, Clause: h.Demand.Clause, Title: textView(h.Demand.Title), Scheme: h.Demand.Scheme, Grades: h.Demand.Grades, Role: textView(h.Role),
			AtMost: h.Demand.AtMost, Customers: h.Customers, Without: h.Without, Units: make([]UnitCountView, len(h.Units)), Items: make([]UndedicatedView, len(h.Items)),
		}
		for j := range h.Units {
			u := &h.Units[j]
			v.Units[j] = UnitCountView{id.Optional(u.UnitID), TextView{u.Name[0], u.Name[1]}, u.Customers, u.Without, u.Present, u.Needed, u.Short()}
		}
		for j, x := range h.Items {
			v.Items[j] = UndedicatedView{id.String(x.CustomerID), x.Code, x.Name, x.Grade, id.Optional(x.OwnerID), x.OwnerName}
		}
		views[i] = v
	}
	return httpapi.OkList(views, ""), err
}

func trackingView(t *Tracking) TrackingView {
	v := TrackingView{On: t.On.String(), Days: t.Days, Units: make([]TrackedView, len(t.Units)), Staff: make([]TrackedView, len(t.Staff))}
	for i := range t.Units {
		v.Units[i] = trackedView(&t.Units[i])
	}
	for i := range t.Staff {
		v.Staff[i] = trackedView(&t.Staff[i])
	}
	return v
}

func trackedView(x *Tracked) TrackedView {
	return TrackedView{
		UnitID: id.Optional(x.UnitID), UnitName: TextView{x.UnitName[0], x.UnitName[1]}, UserID: id.Optional(x.UserID), UserName: x.UserName, Customers: x.Customers,
		Owned: x.Owned, ByRule: x.ByRule, ByHand: x.ByHand, Claimed: x.Claimed, Contacted: x.Contacted, Changed: x.Changed,
	}
}

// trackingHeads are the words of the exported table: files leave the program, so the server writes them itself.
var trackingHeads = map[string][]string{
	"zh": {"客户维护统计", "部门", "维护人", "客户数", "已有维护人", "按规则", "人工指定", "公海领取", "期内已联系", "本月换人"},
	"en": {"ownership", "Department", "Owner", "Customers", "With an owner", "By rule", "By hand", "From the pool", "Contacted", "Changed this month"},
}

func (s *Service) httpTrackingFile(ctx context.Context, in *trackFileIn) (*huma.StreamResponse, error) {
	t, err := s.TrackingToExport(ctx, in.Days)
	if err != nil {
		return nil, err
	}
	words := trackingHeads[in.Lang]
	return httpapi.Download(words[0]+"-"+t.On.String()+"."+in.Format, func(_ context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), words[0], func(out sheet.Writer) error {
			if err := out.WriteRow(sheet.Texts(words[1:])); err != nil {
				return err
			}
			for i := range t.Staff {
				if err := out.WriteRow(t.Staff[i].cells(in.Lang)); err != nil {
					return err
				}
			}
			return nil
		})
	}), nil
}

func (x *Tracked) cells(lang string) []sheet.Cell {
	unit := x.UnitName[0]
	if lang == "en" {
		unit = x.UnitName[1]
	}
	row := []sheet.Cell{sheet.Text(unit), sheet.Text(x.UserName)}
	for _, n := range []int64{x.Customers, x.Owned, x.ByRule, x.ByHand, x.Claimed, x.Contacted, x.Changed} {
		row = append(row, sheet.Number(strconv.FormatInt(n, 10)))
	}
	return row
}

func (s *Service) httpJoin(ctx context.Context, in *joinIn) (*httpapi.Body[MemberView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	out := MemberInput{UserID: idOf(&v, "user_id", in.Body.UserID), Part: in.Body.Part, From: httpapi.Day(&v, "from", in.Body.From), Until: httpapi.Day(&v, "until", in.Body.Until)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	m, err := s.Join(ctx, n, out)
	return httpapi.Ok(memberView(&m)), err
}

func memberView(m *Member) MemberView {
	return MemberView{id.String(m.ID), id.String(m.UserID), m.UserName, m.Part, m.From.String(), dayText(m.Until)}
}
