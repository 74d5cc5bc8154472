package gift

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/money"
	"kezhi/internal/sheet"
)

func (f *Filter) check() error {
	var v errs.Validation
	for _, st := range f.States {
		v.Check(slices.Contains(States, st), "state", "field.not_allowed", "value", string(st))
	}
	v.Check(f.From == calendar.None || f.To == calendar.None || f.From <= f.To, "to", "duty.range_reversed")
	if f.Limit == 0 {
		f.Limit = 50
	}
	f.Limit = min(max(f.Limit, 1), 200)
	return v.Err()
}

// List gives gifts, the latest day first, and the cursor of the next page. Needs duty.read. Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Gift, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.check(); err != nil {
		return nil, "", err
	}
	return list(ctx, s.DB.Read(), f, []authz.Scope{actor.Scope(authz.DutyRead)})
}

// Export is a download that was authorised and audited and is about to be written.
type Export struct {
	s      *Service
	f      Filter
	scopes []authz.Scope
}

// Export authorises and audits a download of the gifts a filter matches. Needs duty.export as well as duty.read, and gives only what
// lies within both reaches. Error: invalid_input.
func (s *Service) Export(ctx context.Context, f Filter) (*Export, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	if _, err := authz.Require(ctx, authz.DutyExport); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	err = s.DB.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.Now(), audit.Entry{Action: "gift.export", Entity: "gift", Detail: map[string]any{
			"customer": f.CustomerID, "giver": f.GiverID, "states": f.States, "from": f.From.String(), "to": f.To.String(),
		}})
	})
	return &Export{s: s, f: f, scopes: []authz.Scope{actor.Scope(authz.DutyRead), actor.Scope(authz.DutyExport)}}, err
}

// write streams the table page by page; memory does not grow with its length.
func (x *Export) write(ctx context.Context, w sheet.Writer, words exportLanguage) error {
	if err := w.WriteRow(sheet.Texts(words.heads)); err != nil {
		return err
	}
	f := x.f
	f.Limit, f.Cursor = 200, ""
	for {
		page, next, err := list(ctx, x.s.DB.Read(), f, x.scopes)
		if err != nil {
			return err
		}
		for i := range page {
			if err := w.WriteRow(words.row(&page[i])); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

// exportLanguage holds the words of an exported table: files leave the program, so the server writes them itself.
type exportLanguage struct {
	file   string
	heads  []string
	states map[State]string
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file:   "礼品登记",
		heads:  []string{"客户编号", "客户名称", "收礼人", "礼品", "事由", "价值", "币种", "成本中心", "经办人", "日期", "状态", "审批单号", "说明", "备注"},
		states: map[State]string{Waiting: "待审批", Approved: "可送出", Given: "已送出", Refused: "未批准", Cancelled: "取消", Returned: "退回"},
	},
	"en": {
		file:   "gifts",
		heads:  []string{"Customer code", "Customer", "Received by", "Gift", "Occasion", "Value", "Currency", "Cost centre", "Given by", "Day", "State", "Approval", "Reason", "Note"},
		states: map[State]string{Waiting: "Waiting for approval", Approved: "To be handed over", Given: "Handed over", Refused: "Refused", Cancelled: "Cancelled", Returned: "Returned"},
	},
}

func (l exportLanguage) row(g *Gift) []sheet.Cell {
	t := sheet.Text
	return []sheet.Cell{
		t(g.Customer.Code), t(g.Customer.Name), t(g.Contact), t(g.What), t(g.Occasion), sheet.Number(money.Format(g.Value, g.Currency)), t(g.Currency), t(g.CostCentre), t(g.GiverName),
		sheet.Date(g.On.String()), t(l.states[g.State]), t(g.CaseNumber), t(g.Said), t(g.Note),
	}
}
