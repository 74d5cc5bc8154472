package statement

import (
	"context"
	"io"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/sheet"
)

// Figure is how much of one sort of service there was.
type Figure struct {
	Kind     string `json:"kind"`
	Rendered int64  `json:"rendered"`
	All      int64  `json:"all" doc:"With what was owed and not done"`
}

// ServedView is a customer of a department with the service of a year.
type ServedView struct {
	CustomerID string   `json:"customer_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Owner      string   `json:"owner"`
	Figures    []Figure `json:"figures" nullable:"false" doc:"In the order of the sources"`
}

// Heading names a source.
type Heading struct {
	Kind  string    `json:"kind"`
	Title rule.Text `json:"title"`
}

// Department is the service rendered to the customers of a department, a page of them with the totals of all.
type Department struct {
	Unit    rule.Text    `json:"unit"`
	Year    int          `json:"year"`
	From    string       `json:"from" format:"date"`
	To      string       `json:"to" format:"date"`
	Sources []Heading    `json:"sources" nullable:"false"`
	Totals  []Figure     `json:"totals" nullable:"false" doc:"Of all customers of the department and those below it; on the first page, unless they are too many (beyond)"`
	Beyond  bool         `json:"beyond" doc:"There are more than 10000 customers: only the file has totals"`
	Items   []ServedView `json:"items" nullable:"false"`
	Next    string       `json:"next_cursor"`
}

// maxTotalled is of how many customers totals are counted while somebody waits.
const maxTotalled = 10_000

// pageOf is how many customers a page has.
const pageOf = 100

// group reads the service of the customers of a department.
type group struct {
	s       *Service
	span    Span
	units   []int64
	sources []Source
}

// openGroup lets those pass whose reach covers the whole department. Sources that the acting person may not read of all of it are left out.
func (s *Service) openGroup(ctx context.Context, q db.Q, unitID int64, year int) (*group, Department, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, Department{}, err
	}
	if !actor.Scope(authz.CustomerRead).CoversPerson(0, unitID) {
		return nil, Department{}, db.ErrNoRows
	}
	span, ok := spanOf(year, s.Today())
	if !ok {
		return nil, Department{}, errs.New(errs.Invalid, "statement.no_year", "year", year)
	}
	out := Department{Year: year, From: span.From.String(), To: span.To.String(), Sources: []Heading{}, Totals: []Figure{}, Items: []ServedView{}}
	if out.Unit.Zh, out.Unit.En, err = unitName(ctx, q, unitID); err != nil {
		return nil, out, err
	}
	g := &group{s: s, span: span}
	if g.units, err = unitsFrom(ctx, q, unitID); err != nil {
		return nil, out, err
	}
	for _, x := range s.sources {
		if actor.Scope(x.Permission).CoversPerson(0, unitID) {
			g.sources = append(g.sources, x)
			out.Sources = append(out.Sources, Heading{x.Kind, x.Title})
		}
	}
	return g, out, nil
}

// Department gives a page of the customers of a department with the service of a year, and with the first page the totals. Needs customer.read over the
// department. Errors: not_found, statement.no_year, cursor.invalid.
func (s *Service) Department(ctx context.Context, unitID int64, year int, cursor string) (Department, error) {
	var out Department
	err := s.db.InRead(ctx, func(q db.Q) error {
		g, d, err := s.openGroup(ctx, q, unitID, year)
		if err != nil {
			return err
		}
		out = d
		at, err := db.DecodeCursor(cursor, 1)
		if err != nil {
			return err
		}
		var after int64
		if at != nil {
			if after, err = strconv.ParseInt(at[0], 10, 64); err != nil {
				return errs.New(errs.Invalid, "cursor.invalid")
			}
		}
		if at == nil {
			if out.Beyond, err = isBeyond(ctx, q, g.units, maxTotalled); err != nil {
				return err
			}
			if !out.Beyond {
				if out.Totals, err = g.totals(ctx, q); err != nil {
					return err
				}
			}
		}
		var last int64
		if out.Items, last, err = g.page(ctx, q, after); err == nil && len(out.Items) == pageOf {
			out.Next = db.EncodeCursor(id.String(last))
		}
		return err
	})
	return out, err
}

func (g *group) totals(ctx context.Context, q db.Q) ([]Figure, error) {
	out := make([]Figure, 0, len(g.sources))
	for _, x := range g.sources {
		rows, err := x.Count(ctx, q, Crowd{units: g.units}, g.span)
		if err != nil {
			return nil, err
		}
		f := Figure{Kind: x.Kind}
		for _, r := range rows {
			f.add(x, r)
		}
		out = append(out, f)
	}
	return out, nil
}

func (f *Figure) add(x Source, c Counted) {
	f.All += c.N
	if x.rendered(c.State) {
		f.Rendered += c.N
	}
}

// page gives the next customers after one, with what each source counts of them, and the last of them.
func (g *group) page(ctx context.Context, q db.Q, after int64) ([]ServedView, int64, error) {
	list, err := servedAfter(ctx, q, g.units, after, pageOf)
	if err != nil || len(list) == 0 {
		return []ServedView{}, 0, err
	}
	out := make([]ServedView, len(list))
	at := make(map[int64]*ServedView, len(list))
	ids := make([]int64, len(list))
	for i, c := range list {
		ids[i] = c.id
		out[i] = ServedView{CustomerID: id.String(c.id), Code: c.code, Name: c.name, Owner: c.owner, Figures: make([]Figure, len(g.sources))}
		at[c.id] = &out[i]
	}
	for n, x := range g.sources {
		for i := range out {
			out[i].Figures[n].Kind = x.Kind
		}
		rows, err := x.Count(ctx, q, Crowd{ids: ids}, g.span)
		if err != nil {
			return nil, 0, err
		}
		for _, r := range rows {
			at[r.CustomerID].Figures[n].add(x, r)
		}
	}
	return out, ids[len(ids)-1], nil
}

// Export is a list of a department that was authorised and audited and is about to be written.
type Export struct {
	group *group
	head  Department
}

// Export authorises and audits the list of a department as a file. Needs customer.read and customer.export over it. Errors: those of Department.
func (s *Service) Export(ctx context.Context, unitID int64, year int) (*Export, error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, err
	}
	if !actor.Scope(authz.CustomerExport).CoversPerson(0, unitID) {
		return nil, db.ErrNoRows
	}
	x := &Export{}
	err = s.db.InRead(ctx, func(q db.Q) error {
		x.group, x.head, err = s.openGroup(ctx, q, unitID, year)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "statement.export", Entity: "statement", Detail: map[string]any{"unit": id.String(unitID), "year": year},
		})
	})
	return x, err
}

// Name gives the name of the file without its ending.
func (x *Export) Name(lang string) string {
	if lang == "en" {
		return "service-" + x.head.Unit.In(lang) + "-" + strconv.Itoa(x.head.Year)
	}
	return "服务情况-" + x.head.Unit.In(lang) + "-" + strconv.Itoa(x.head.Year)
}

// Write streams the list page by page; memory does not grow with its length. Its last row has the totals.
func (x *Export) Write(ctx context.Context, out io.Writer, format, lang string) error {
	heads := rule.Text{Zh: "客户编号,客户名称,客户经理", En: "Code,Customer,Customer manager"}
	all := rule.Text{Zh: "（含未办）", En: " (with what was not done)"}
	total := rule.Text{Zh: "合计", En: "Total"}
	return sheet.WriteTable(out, sheet.Format(format), x.Name(lang), func(w sheet.Writer) error {
		cells := sheet.Texts(strings.Split(heads.In(lang), ","))
		for _, h := range x.head.Sources {
			cells = append(cells, sheet.Text(h.Title.In(lang)), sheet.Text(h.Title.In(lang)+all.In(lang)))
		}
		if err := w.WriteRow(cells); err != nil {
			return err
		}
		totals := make([]Figure, len(x.head.Sources))
		for after := int64(0); ; {
			page, last, err := x.page(ctx, after)
			if err != nil {
				return err
			}
			for _, c := range page {
				for i, f := range c.Figures {
					totals[i].Rendered, totals[i].All = totals[i].Rendered+f.Rendered, totals[i].All+f.All
				}
				if err := w.WriteRow(append(sheet.Texts([]string{c.Code, c.Name, c.Owner}), figureCells(c.Figures)...)); err != nil {
					return err
				}
			}
			if len(page) < pageOf {
				return w.WriteRow(append(sheet.Texts([]string{total.In(lang), "", ""}), figureCells(totals)...))
			}
			after = last
		}
	})
}

func (x *Export) page(ctx context.Context, after int64) (list []ServedView, last int64, err error) {
	err = x.group.s.db.InRead(ctx, func(q db.Q) error {
		list, last, err = x.group.page(ctx, q, after)
		return err
	})
	return list, last, err
}

func figureCells(list []Figure) []sheet.Cell {
	out := make([]sheet.Cell, 0, 2*len(list))
	for _, f := range list {
		out = append(out, sheet.Number(strconv.FormatInt(f.Rendered, 10)), sheet.Number(strconv.FormatInt(f.All, 10)))
	}
	return out
}
