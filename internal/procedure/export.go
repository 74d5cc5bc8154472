package procedure

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/money"
	"kezhi/internal/sheet"
)

// Export is a download of a list that was authorised and audited and is about to be written.
type Export struct {
	s     *Service
	f     Filter
	scope authz.Scope
}

// Export authorises and audits a download of the cases a filter matches. It carries names of customers, so it needs
// customer.export as well as procedure.read, and gives only cases within the reach of the former.
func (s *Service) Export(ctx context.Context, f Filter) (*Export, error) {
	if _, err := authz.Require(ctx, authz.ProcedureRead); err != nil {
		return nil, err
	}
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "case.export", Entity: "case", Detail: map[string]any{
			"kind": f.Kinds, "procedure": f.Procedures, "status": f.Statuses, "class": f.Classes, "overdue": f.Overdue, "stuck": f.Stuck, "mine": f.Mine, "q": f.Text,
			"from": f.From.String(), "to": f.To.String(),
		}})
	})
	return &Export{s: s, f: f, scope: actor.Scope(authz.CustomerExport)}, err
}

// exportLanguage holds the words of an exported table: files leave the program, so the server writes them itself.
type exportLanguage struct {
	file     string
	heads    []string
	statuses map[string]string
	of       func(flow.Text) string
}

var exportWords = map[string]exportLanguage{
	"zh": {
		file:     "工单",
		heads:    []string{"编号", "标题", "流程", "客户编号", "客户名称", "等次", "渠道", "状态", "当前步骤", "结果", "负责人", "发起人", "金额", "币种", "受理时间", "总时限", "最近时限", "结束时间"},
		statuses: map[string]string{flow.Running: "办理中", flow.Paused: "暂停", flow.Ended: "已结束", flow.Withdrawn: "已撤回"},
		of:       func(t flow.Text) string { return t.Zh },
	},
	"en": {
		file:     "cases",
		heads:    []string{"Number", "Title", "Procedure", "Customer code", "Customer", "Class", "Channel", "Status", "Open steps", "Outcome", "Owner", "Begun by", "Amount", "Currency", "Received", "Due", "Next due", "Ended"},
		statuses: map[string]string{flow.Running: "Running", flow.Paused: "Paused", flow.Ended: "Ended", flow.Withdrawn: "Withdrawn"},
		of:       func(t flow.Text) string { return t.En },
	},
}

// write streams the table page by page; memory does not grow with its length.
func (x *Export) write(ctx context.Context, w sheet.Writer, words exportLanguage) error {
	if err := w.WriteRow(sheet.Texts(words.heads)); err != nil {
		return err
	}
	f := x.f
	f.Limit, f.Cursor = 200, ""
	for {
		list, next, err := x.s.List(ctx, f)
		if err != nil {
			return err
		}
		defs, err := x.s.wordsFor(ctx, list)
		if err != nil {
			return err
		}
		for i := range list {
			if !x.scope.CoversPerson(list[i].OwnerID, list[i].UnitID) {
				continue
			}
			if err := w.WriteRow(x.s.row(&list[i], defs[list[i].AdoptionID][list[i].Procedure], words)); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

func (s *Service) row(c *Case, def *flow.Definition, l exportLanguage) []sheet.Cell {
	t := sheet.Text
	v := s.caseView(c, def)
	steps, class, outcome, amount := "", "", "", ""
	for i, st := range v.Steps {
		if i > 0 {
			steps += " / "
		}
		steps += l.of(flow.Text(st.Title))
	}
	if v.Class != nil {
		class = l.of(flow.Text(v.Class.Title))
	}
	if v.Outcome != nil {
		outcome = l.of(flow.Text(v.Outcome.Title))
	}
	if c.Amount != nil {
		amount = money.Format(*c.Amount, c.Currency)
	}
	ended := int64(0)
	if c.EndedAt != nil {
		ended = *c.EndedAt
	}
	return []sheet.Cell{
		t(c.Number), t(c.Title), t(l.of(flow.Text(v.Procedure.Title))), t(c.CustomerCode), t(c.CustomerName), t(class), t(c.Channel), t(l.statuses[c.Status]), t(steps),
		t(outcome), t(c.OwnerName), t(c.StarterName), t(amount), t(c.Currency), t(s.local(clock.Micros(c.ReceivedAt))), t(s.local(c.DueAt)), t(s.local(c.NextDueAt)), t(s.local(ended)),
	}
}

// local gives a moment in the organisation's zone as people write it.
func (s *Service) local(us int64) string {
	if us == 0 || us == noLimit {
		return ""
	}
	return time.UnixMicro(us).In(s.loc).Format("2006-01-02 15:04")
}
