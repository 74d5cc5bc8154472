package demo

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// serviceDesk is the rulebook of enquiries, the visitor register and suggestions.
const serviceDesk = "service-desk"

// openDesk gives the posts of the regulation of the service desk.
func (l *loader) openDesk(ctx context.Context, day calendar.Date) error {
	lin, east := l.staff[l.login("lin")].UserID, l.staff[l.login("east.manager")].UserID
	for _, p := range []procedure.HoldingInput{{Post: "service_desk", UserID: lin}, {Post: "reception", UserID: lin}, {Post: "service_manager", UserID: east}} {
		p.From, p.Until = day, calendar.None
		if _, err := l.Procedures.Appoint(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// desk lives through a day at the service desk: visitors, an enquiry, and suggestions from the idea to the answer.
func (l *loader) desk(ctx context.Context, day calendar.Date) error {
	lin := l.login("lin")
	switch int(l.c.Reference - day) {
	case caseDays:
		return l.openDesk(ctx, day)
	case 7:
		return l.visit(ctx, 5, "采购经理一行", "3", "business", "16:30", "看了新款门锁样品，谈了第四季度的订货计划。")
	case 6:
		return l.suggest(ctx, 0, "customer", "service", "送货前一小时能不能先来个电话，我们好安排卸货的人。", "yes", "做法简单，可减少等候。")
	case 5:
		return l.visit(ctx, 6, "门店店长", "2", "tour", "11:40", "参观了展厅和仓库，对铰链的耐久测试感兴趣。")
	case 4:
		return l.suggest(ctx, 1, "staff", "cost", "小件订单改用统一规格的纸箱，减少包材种类。", "no", "现有库存包材可用到明年六月，届时再议。")
	case 3:
		c, err := l.desked(ctx, "enquiry", l.customerOf(lin, 7), "phone", flow.Answers{
			"topic": said("product"), "question": said("集成灶能不能装在原来油烟机的烟道上？"), "restated": said("确认原烟道口径 160 毫米，可否沿用。"), "language": said("zh"),
		})
		if err != nil || c == 0 {
			return err
		}
		return l.steps(ctx, &c, []deed{{lin, answered(flow.Answers{"known": flow.Yes(true), "text": said("口径 160 毫米可以沿用，须加装止逆阀。")})}})
	case 1:
		return l.visit(ctx, 2, "采购部王经理", "1", "complaint", "15:10", "当面说明了货架事故的处理进展。")
	}
	return nil
}

// desked begins a case of the service desk; without a customer where there is none.
func (l *loader) desked(ctx context.Context, key string, customerID int64, channel string, a flow.Answers) (int64, error) {
	c, err := l.Procedures.Start(l.as(ctx, l.login("lin")), procedure.StartInput{Rulebook: serviceDesk, Procedure: key, CustomerID: customerID, Channel: channel, Answers: a})
	return c.ID, err
}

// customerOf gives the n-th customer of a member of staff, 0 when there are fewer.
func (l *loader) customerOf(staff, n int) int64 {
	if at := l.own(staff, n); at >= 0 {
		return l.ids[at]
	}
	return 0
}

// visit enters somebody from the n-th customer of lin into the visitor register, when they left, and what was talked
// about.
func (l *loader) visit(ctx context.Context, n int, visitor, people, purpose, left, talked string) error {
	lin := l.login("lin")
	at := l.own(lin, n)
	if at < 0 {
		return nil
	}
	c, err := l.desked(ctx, "visitor", l.ids[at], "", flow.Answers{
		"company": said(l.c.Customers[at].Input.Name), "visitor": said(visitor), "people": said(people), "purpose": said(purpose), "host": said(id.String(l.staff[lin].UserID)),
	})
	if err != nil {
		return err
	}
	if err := l.doneAt(ctx, c, "leave", deed{lin, filled(flow.Answers{"at": said(left)})}); err != nil {
		return err
	}
	return l.doneAt(ctx, c, "receive", deed{lin, filled(flow.Answers{"talked": said(talked)})})
}

// doneAt does a deed at one of several steps that are open at once.
func (l *loader) doneAt(ctx context.Context, caseID int64, step string, d deed) error {
	ctx = l.as(ctx, d.staff)
	c, err := l.Procedures.Get(ctx, caseID)
	if err != nil {
		return err
	}
	for _, m := range c.May {
		if m.Kind == d.act.Kind && m.Step == step {
			d.act.Seat = m.Seat
			break
		}
	}
	_, err = l.Procedures.Act(ctx, caseID, procedure.ActInput{Act: d.act})
	return err
}

// suggest enters an idea and has it weighed; one that is not taken is answered, the other has its measure and waits for the improvement.
func (l *loader) suggest(ctx context.Context, n int, from, about, idea, take, why string) error {
	lin, east := l.login("lin"), l.login("east.manager")
	customerID := int64(0)
	if from == "customer" {
		customerID = l.customerOf(lin, n)
	}
	answers := flow.Answers{"from": said(from), "about": said(about), "idea": said(idea), "department": said(l.unit(east))}
	if from == "staff" {
		answers["proposer"] = said(id.String(l.staff[lin].UserID))
	}
	c, err := l.desked(ctx, "suggestion", customerID, "talk", answers)
	if err != nil {
		return err
	}
	deeds := []deed{{east, filled(flow.Answers{"take": said(take), "why": said(why)})}}
	if take == "yes" {
		deeds = append(deeds, deed{east, filled(flow.Answers{
			"measure": said("发车时由司机按送货单先打电话。"), "owner": said(id.String(l.staff[east].UserID)), "until": said(l.c.Reference.AddDays(10).String()),
		})})
	} else {
		deeds = append(deeds, deed{lin, answered(flow.Answers{"text": said("感谢您的建议。" + why)})}, deed{lin, filled(flow.Answers{"content": flow.Yes(true)})})
	}
	return l.steps(ctx, &c, deeds)
}
