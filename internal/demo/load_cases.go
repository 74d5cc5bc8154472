package demo

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

// The rulebooks whose procedures the demo runs.
const (
	complaintHandling = "complaint-handling"
	houseApprovals    = "house-approvals"
)

// caseDays is how many days before the reference date the company began to deal with complaints by the regulation: long
// enough for the statistics of a whole month.
const caseDays = 75

// cases lives through a day of complaints and approvals. On the first one the regulations come into force and their posts
// are given; the last ones leave cases of every kind open.
func (l *loader) cases(ctx context.Context, day calendar.Date) error {
	ago := int(l.c.Reference - day)
	if ago > caseDays {
		return nil
	}
	l.at(day, 18*60+30)
	if ago == caseDays {
		if err := l.regulate(ctx, day); err != nil {
			return err
		}
	}
	if err := l.pastCases(ctx, ago); err != nil {
		return err
	}
	lin, east := l.login("lin"), l.login("east.manager")
	director, admin := l.director(), 0
	switch ago {
	case 8:
		return l.complain(ctx, lin, 0, "phone", "price_reduction", "到货 20 箱中有 6 箱外箱破损，客户要求按破损数量减价。", false, &l.first)
	case 7:
		return l.steps(ctx, &l.first, []deed{
			{lin, filled(flow.Answers{"holds": said("yes"), "reason": said("现场照片与签收单一致，破损属实。")})},
			{east, agreed("同意受理。")},
			{admin, filled(flow.Answers{"departments": many(l.unit(east)), "order": said("请查明破损发生在哪一环节。")})},
		})
	case 6:
		if err := l.steps(ctx, &l.first, []deed{
			{east, filled(investigated())}, {east, agreed("")}, {admin, agreedWith("责任划分清楚。", "同意调查结论，请同时规范装车。")}, {director, agreed("同意。")},
		}); err != nil {
			return err
		}
		return l.complain(ctx, lin, 1, "shop", "exchange", "两台样机使用一周后出现异响，要求换货。", false, &l.second)
	case 5:
		if err := l.steps(ctx, &l.first, []deed{
			{east, filled(flow.Answers{"opinion": said("按破损数量减价百分之二十。"), "measure": said("price_reduction"), "amount": said("1860.00"), "rule": said("销售规定第十二条")})},
			{east, agreed("")},
			{east, agreed("金额在权限之内。")},
		}); err != nil {
			return err
		}
		return l.steps(ctx, &l.second, []deed{
			{lin, filled(flow.Answers{"holds": said("yes"), "reason": said("已听到异响，属产品问题。")})},
			{east, agreed("受理。")},
			{admin, filled(flow.Answers{"departments": many(l.unit(east)), "order": said("请检测样机。")})},
		})
	case 4:
		if err := l.steps(ctx, &l.first, []deed{
			{lin, answered(flow.Answers{"manner": said("oral"), "text": said("已减价 1860 元，并改进了装车办法。"), "spoken_to": said("客户采购经理")})}, {admin, agreed("已落实。")},
		}); err != nil {
			return err
		}
		return l.complain(ctx, lin, 2, "phone", "damages", "安装时货架倒塌砸伤一名店员，客户要求赔偿医药费。", true, &l.third)
	case 3:
		return l.ask(ctx, lin, 3)
	case 2:
		return l.complain(ctx, lin, 4, "visit", "return", "包装规格与合同不符，要求退货。", false, &l.fourth)
	case 1:
		if err := l.steps(ctx, &l.fourth, []deed{{lin, filled(flow.Answers{"holds": said("unclear"), "reason": said("需核对合同附件。")})}}); err != nil {
			return err
		}
		_, err := l.Procedures.PassTime(ctx)
		return err
	}
	return nil
}

// regulate puts the regulations into force and gives their posts.
func (l *loader) regulate(ctx context.Context, day calendar.Date) error {
	// The house's approvals come last: from then on adoptions go through their procedure.
	for _, name := range []string{complaintHandling, serviceDesk, afterSales, houseApprovals} {
		if _, err := l.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: day, Note: "演示公司启用"}); err != nil {
			return err
		}
	}
	lin, director := l.login("lin"), l.director()
	posts := []procedure.HoldingInput{
		{Post: "customer_service", UserID: l.staff[lin].UserID},
		{Post: "admin_hr", UserID: l.admin.UserID},
		{Post: "general_manager", UserID: l.staff[director].UserID},
		{Post: "finance", UserID: l.admin.UserID},
		{Post: "order_clerk", UserID: l.staff[lin].UserID},
		{Post: "department_head", UserID: l.staff[director].UserID},
	}
	seen := map[int64]bool{}
	for i, p := range l.c.Staff {
		unit := l.staff[i].UnitIDs[0]
		user := l.staff[i].UserID
		switch {
		case p.Role == authz.RoleRegionalManager:
			posts = append(posts, procedure.HoldingInput{Post: "supervisor", UserID: user, UnitID: unit}, procedure.HoldingInput{Post: "department_head", UserID: user, UnitID: unit})
		case p.Role == authz.RoleCustomerManager && (p.Login == "lin" || !seen[unit] && unit != l.staff[lin].UnitIDs[0]):
			seen[unit] = true
			posts = append(posts, procedure.HoldingInput{Post: "store", UserID: user, UnitID: unit})
		}
	}
	for _, p := range posts {
		p.From, p.Until = day, calendar.None
		if _, err := l.Procedures.Appoint(ctx, p); err != nil {
			return err
		}
	}
	return l.reviewPosts(ctx, day)
}

func (l *loader) login(name string) int {
	return slices.IndexFunc(l.c.Staff, func(p Person) bool { return p.Login == name })
}

// unit gives the unit of a member of staff as an answer names it.
func (l *loader) unit(staff int) string { return id.String(l.staff[staff].UnitIDs[0]) }

// own gives the place of the n-th customer of a member of staff that is there already, -1 when there are fewer.
func (l *loader) own(staff, n int) int {
	for i := range l.c.Customers {
		if l.c.Customers[i].Owner != staff || l.ids[i] == 0 || l.statuses[i] == "lost" {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return -1
}

// complain begins a complaint about the n-th customer of a member of staff and remembers it.
func (l *loader) complain(ctx context.Context, staff, n int, channel, demand, story string, injury bool, into *int64) error {
	of := l.own(staff, n)
	if of < 0 {
		return nil
	}
	c, err := l.Procedures.Start(l.as(ctx, staff), procedure.StartInput{
		Rulebook: complaintHandling, Procedure: "complaint", CustomerID: l.ids[of], Channel: channel, Answers: flow.Answers{
			"customer_name": said(l.c.Customers[of].Input.Name), "demand": said(demand), "customer_kind": said("agent"), "content": said("quality"), "story": said(story),
			"injury": flow.Yes(injury), "public": flow.Yes(false), "phone": said("13800000000"),
		},
	})
	*into = c.ID
	return err
}

// ask begins a request for special terms.
func (l *loader) ask(ctx context.Context, staff, n int) error {
	of := l.own(staff, n)
	if of < 0 {
		return nil
	}
	_, err := l.Procedures.Start(l.as(ctx, staff), procedure.StartInput{
		Rulebook: houseApprovals, Procedure: "special_terms", CustomerID: l.ids[of], Answers: flow.Answers{
			"do": said("grant"), "kind": said("settlement"), "terms": said("账期由 30 天延长到 45 天。"), "until": said(l.c.Reference.AddDays(180).String()), "value": said("12000"),
		},
	})
	return err
}

// deed is what a member of staff does in a case.
type deed struct {
	staff int
	act   flow.Act
}

// steps does one deed after the other.
func (l *loader) steps(ctx context.Context, caseID *int64, deeds []deed) error {
	if *caseID == 0 {
		return nil
	}
	for _, d := range deeds {
		if _, err := l.Procedures.Act(l.as(ctx, d.staff), *caseID, procedure.ActInput{Act: d.act}); err != nil {
			return err
		}
	}
	return nil
}

func said(text string) flow.Answer { return flow.Answer{Text: text} }

func many(texts ...string) flow.Answer { return flow.Answer{Many: texts} }

func filled(a flow.Answers) flow.Act { return flow.Act{Kind: flow.ActFill, Answers: a} }

func answered(a flow.Answers) flow.Act { return flow.Act{Kind: flow.ActAnswer, Answers: a} }

func agreed(opinion string) flow.Act {
	return flow.Act{Kind: flow.ActDecide, Decision: flow.Agree, Reason: opinion}
}

func agreedWith(opinion, form string) flow.Act {
	a := agreed(opinion)
	a.Answers = flow.Answers{"opinion": said(form)}
	return a
}

func investigated() flow.Answers {
	return flow.Answers{
		"cause": said("装车时未使用护角。"), "course": said("货物于装车后途中遇颠簸，外箱受挤压破损。"), "responsible": said("仓储组"), "conclusion": said("责任在我方。"),
		"countermeasures": said("按破损数量减价。"), "prevention": said("整车发运一律使用护角与隔板。"), "cause_class": said("process"), "before": flow.Yes(false),
	}
}
