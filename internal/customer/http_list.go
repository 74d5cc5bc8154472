package customer

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// SelectIn says which customers are meant; list, count and export share it.
type SelectIn struct {
	Q      string   `query:"q" maxLength:"200" doc:"Name, code or phone number: whole, in part, in pinyin or by initials"`
	Filter []string `query:"filter,explode" maxItems:"30" doc:"Conditions that all hold, written field:op:value,value; values are alternatives, a comma in one is escaped by a backslash. Fields: kind, status, party, region, industry (each with everything below it), owner (ids, me, none), unit, tag, grade (scheme:code or code), segment (ids), name, code, address, created, updated, since, import, archived (is: yes, no, all), custom.<name>. Ops: in, not_in, contains, is, gte, lte, between, within (today, this_week, this_month, this_quarter, this_year, last_30_days, last_90_days, last_12_months), empty, not_empty"`
	Sort   string   `query:"sort" maxLength:"60" doc:"name, code, updated, created, owner, grade or grade.<scheme>; - in front turns it round"`
}

func (in SelectIn) query() (Query, error) {
	conditions, err := ParseConditions(in.Filter)
	return Query{Q: in.Q, Conditions: conditions, Sort: in.Sort}, err
}

type listIn struct {
	SelectIn
	httpapi.Page
}

// CountView is how many customers a query means.
type CountView struct {
	Count int64 `json:"count"`
	More  bool  `json:"more" doc:"There are more; count stops at 100000"`
}

// HitView is a customer found by the quick search.
type HitView struct {
	ID    string     `json:"id"`
	Code  string     `json:"code"`
	Name  string     `json:"name"`
	Field string     `json:"field" enum:"code,name,name_en,former_name,phone,identifier,contact" doc:"What it was found by"`
	Text  string     `json:"text" doc:"The text that fits"`
	Grade *GradeView `json:"grade"`
}

// TagView is a tag in use.
type TagView struct {
	Tag   string `json:"tag"`
	Count int64  `json:"count"`
}

type findIn struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"200"`
}

func registerLists(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-customers", Method: http.MethodGet, Path: "/customers", Summary: "Customers, page by page", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[ItemView]], error) {
			query, err := in.query()
			if err != nil {
				return nil, err
			}
			page, err := s.List(ctx, query, in.Cursor, in.Limit)
			return httpapi.OkList(mapped(page.Items, itemOf), page.Next), err
		})
	httpapi.Register(api, httpapi.Op{ID: "count-customers", Method: http.MethodGet, Path: "/customers/count", Summary: "How many customers a filter means", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *SelectIn) (*httpapi.Body[CountView], error) {
			query, err := in.query()
			if err != nil {
				return nil, err
			}
			n, err := s.Count(ctx, query)
			return httpapi.Ok(CountView{n.N, n.More}), err
		})
	httpapi.Register(api, httpapi.Op{ID: "search", Method: http.MethodGet, Path: "/search", Summary: "The closest 20 customers for the command menu", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *findIn) (*httpapi.Body[httpapi.List[HitView]], error) {
			hits, err := s.Find(ctx, in.Q)
			return httpapi.OkList(mapped(hits, hitOf), ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "list-tags", Method: http.MethodGet, Path: "/tags", Summary: "The tags in use", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[TagView]], error) {
			tags, err := s.Tags(ctx)
			return httpapi.OkList(mapped(tags, func(t TagCount) TagView { return TagView{t.Tag, t.N} }), ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "export-customers", Method: http.MethodGet, Path: "/customers/export", Summary: "Customers as a file", Tag: tag, Permission: authz.CustomerExport}, s.export)
}

func hitOf(h Hit) HitView {
	v := HitView{ID: id.String(h.ID), Code: h.Code, Name: h.Name, Field: h.Field, Text: h.Text}
	if h.Grade != nil {
		g := GradeView(*h.Grade)
		v.Grade = &g
	}
	return v
}

type exportIn struct {
	SelectIn
	IDs     []string `query:"ids" maxItems:"1000" doc:"Only these customers, instead of a filter"`
	Columns []string `query:"columns" maxItems:"60" doc:"Columns in order; none = the usual ones"`
	Format  string   `query:"format" enum:"csv,xlsx" default:"csv"`
	Lang    string   `query:"lang" enum:"zh,en" default:"zh" doc:"Language of titles and words"`
}

func (s *Service) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	query, err := in.query()
	if err != nil {
		return nil, err
	}
	input := ExportInput{Selection: Selection{Query: query}, Columns: in.Columns, Chinese: in.Lang == "zh"}
	if input.Selection.IDs, err = parseIDs(in.IDs); err != nil {
		return nil, err
	}
	e, err := s.PrepareExport(ctx, input)
	if err != nil {
		return nil, err
	}
	return httpapi.Download("customers."+in.Format, func(ctx context.Context, w io.Writer) error {
		return e.Write(ctx, w, sheet.Format(in.Format))
	}), nil
}

func parseIDs(list []string) ([]int64, error) {
	out := make([]int64, 0, len(list))
	for _, text := range list {
		n, err := id.Parse(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
