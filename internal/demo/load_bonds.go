package demo

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/care"
	"kezhi/internal/channel"
	"kezhi/internal/customer"
	"kezhi/internal/gift"
	"kezhi/internal/handover"
	"kezhi/internal/message"
	"kezhi/internal/ownership"
	"kezhi/internal/procedure"
	"kezhi/internal/promise"
	"kezhi/internal/visit"
)

// bonds lives through what the people do for their customers on a day beside the service plan: wishes, messages, promises, gifts and
// visits that were agreed.
func (l *loader) bonds(ctx context.Context, day calendar.Date) error {
	lin := l.login("lin")
	l.at(day, 18*60+10) // after the visits of the day, before its cases
	switch int(l.c.Reference - day) {
	case 21:
		return l.prefer(ctx)
	case 20:
		return l.writeTemplates(ctx)
	case 18:
		return l.write(ctx, lin, "价格调整通知", 0, 1, 2, 3, 4, 5)
	case 15:
		return l.promise(ctx, lin, []promised{{1, "寄出新款门锁样品两套", 4}, {2, "确认展台补贴的金额", 9}, {4, "核对上季度返利并书面答复", 7}})
	case 12:
		return l.give(ctx, lin, 0, "茶叶礼盒", "展厅开业三周年", 16_000)
	case 11:
		return l.keepFirst(ctx, lin, "样品当天已发快递。")
	case 8:
		return l.visited(ctx, lin, 3)
	case 6:
		return l.keepFirst(ctx, lin, "返利已核对，差额下月补发。")
	case 4:
		return l.promise(ctx, lin, []promised{{0, "安排技术员上门演示门锁联网", 9}, {6, "提供明年价目表初稿", 16}, {3, "协调加急补货三十箱", 5}})
	case 3:
		return l.give(ctx, lin, 2, "智能门锁样机一台", "样板间展示", 68_000)
	case 2:
		return l.ring(ctx, lin)
	}
	return nil
}

// prefer enters what some customers of lin want and do not want, and the days that are dear to them.
func (l *loader) prefer(ctx context.Context) error {
	lin := l.login("lin")
	ctx = l.as(ctx, lin)
	for n, in := range []message.WishInput{
		{Channel: channel.SMS, Salutation: "王总", BestTime: "上午十点以后", Likes: "喜欢喝茶，关心安装质量。", Taboos: "不送钟表；不提去年的货架事故。"},
		{Language: message.Chinese, BestTime: "周二、周四下午", Taboos: "对海鲜过敏，宴请时注意。"},
		{Quiet: true, QuietFrom: 12 * 60, QuietTo: 14 * 60, Likes: "午休时间请勿打扰。"},
		{Blocked: true, Reason: "客户书面要求，由总部统一联系"},
		{Out: []channel.Name{channel.Mail}, Channel: channel.Webhook},
	} {
		if c := l.customerOf(lin, n); c != 0 {
			if _, err := l.Messages.SetWish(ctx, c, 0, 0, in); err != nil {
				return err
			}
		}
	}
	for n, name := range []string{"公司成立纪念日", "旗舰店开业", "年度订货会"} {
		c := l.customerOf(lin, n)
		if c == 0 {
			continue
		}
		_, month, day := l.c.Reference.AddDays(2 + 9*n).Civil()
		in := customer.SpecialDayInput{Kind: customer.DayNamed, Name: name, On: calendar.Yearly{Month: month, Day: min(day, 28)}, Year: 2011 + n}
		if _, err := l.Customers.AddSpecialDay(ctx, c, in); err != nil {
			return err
		}
	}
	return nil
}

// writeTemplates makes a template for each purpose, and those who answer for areas are named.
func (l *loader) writeTemplates(ctx context.Context) error {
	ctx = l.as(ctx, 0)
	for _, in := range []message.TemplateInput{
		{Name: "季度问候", Channel: channel.SMS, Purpose: message.Greeting, Body: message.Words{
			Zh: "{{salutation}}，您好！{{occasion}}之际祝生意兴隆，有需要请随时联系{{owner.name}}。", En: "Dear {{salutation}}, our best wishes ({{occasion}}). {{owner.name}}",
		}},
		{Name: "价格调整通知", Channel: channel.SMS, Purpose: message.Notice, Body: message.Words{
			Zh: "{{customer.name}}：下季度价目表将于下月一日生效，详情请询{{owner.name}}。", En: "{{customer.name}}: the new price list holds from the first of next month. {{owner.name}}",
		}},
		{Name: "服务人员变更通知", Channel: channel.SMS, Purpose: message.Notice, Body: message.Words{
			Zh: "{{customer.name}}：自{{detail}}起，由{{owner.name}}接替{{subject}}为您服务。", En: "{{customer.name}}: from {{detail}} on {{owner.name}} looks after you in the place of {{subject}}.",
		}},
		{Name: "活动邀请", Channel: channel.Webhook, Purpose: message.Invite, Body: message.Words{
			Zh: "诚邀您参加{{event.title}}：{{event.when}}，{{event.place}}。回复请点 {{link}}", En: "You are invited to {{event.title_en}}, {{event.when}}, {{event.place}}. Answer: {{link}}",
		}},
		{Name: "投诉答复函", Channel: channel.Mail, Purpose: message.Answer, Subject: message.Words{Zh: "关于{{case.number}}的答复", En: "Answer to {{case.number}}"}, Body: message.Words{
			Zh: "{{salutation}}：\n您反映的“{{case.title}}”，现答复如下。\n\n{{answer}}\n\n{{owner.name}}", En: "Dear {{salutation}},\nour answer to “{{case.title}}”:\n\n{{answer}}\n\n{{owner.name}}",
		}},
	} {
		if _, err := l.Messages.CreateTemplate(ctx, in); err != nil {
			return err
		}
	}
	east := l.salesOf("east.manager")
	for i, region := range []string{"310000", "320100", "320500", "330100"} {
		in := ownership.AreaInput{Region: region, UserID: l.staff[east[i%len(east)]].UserID, Until: calendar.None}
		if _, err := l.Ownership.Contract(ctx, in); err != nil {
			return err
		}
	}
	return nil
}

// salesOf lists the customer managers in the unit of a manager; lin comes first in the east.
func (l *loader) salesOf(manager string) []int {
	return l.c.salesOf(l.c.Staff[l.login(manager)].Unit - 1)
}

// template finds a template by its name; 0 when it is not there.
func (l *loader) template(ctx context.Context, name string) (int64, error) {
	list, err := l.Messages.Templates(ctx)
	at := slices.IndexFunc(list, func(t message.Template) bool { return t.Name == name })
	if err != nil || at < 0 {
		return 0, err
	}
	return list[at].ID, nil
}

// write sends a template to some customers of a member of staff.
func (l *loader) write(ctx context.Context, staff int, name string, customers ...int) error {
	ctx = l.as(ctx, staff)
	t, err := l.template(ctx, name)
	if err != nil || t == 0 {
		return err
	}
	for _, n := range customers {
		if c := l.customerOf(staff, n); c != 0 {
			if _, err := l.Messages.Send(ctx, message.SendInput{CustomerID: c, TemplateID: t, Preferred: true, Key: "demo:" + name}); err != nil {
				return err
			}
		}
	}
	return l.Drain(ctx)
}

// promised is what the n-th customer of somebody was promised, and in how many days.
type promised struct {
	customer int
	what     string
	within   int
}

func (l *loader) promise(ctx context.Context, staff int, list []promised) error {
	ctx = l.as(ctx, staff)
	today := calendar.FromTime(l.dial.Now(), l.loc)
	for _, p := range list {
		c := l.customerOf(staff, p.customer)
		if c == 0 {
			continue
		}
		in := promise.Input{What: p.what, Purpose: "走访时答应", DueOn: today.AddDays(p.within), MadeOn: calendar.None}
		if _, err := l.Promises.Make(ctx, c, in, ""); err != nil {
			return err
		}
	}
	return nil
}

// keepFirst keeps the open promise of somebody that is due first.
func (l *loader) keepFirst(ctx context.Context, staff int, said string) error {
	ctx = l.as(ctx, staff)
	list, _, err := l.Promises.List(ctx, promise.Filter{OwnerIDs: []int64{l.staff[staff].UserID}, States: []promise.State{promise.Open}, From: calendar.None, To: calendar.None, Limit: 50})
	if err != nil || len(list) == 0 {
		return err
	}
	first := slices.MinFunc(list, func(a, b promise.Promise) int { return int(a.DueOn - b.DueOn) })
	_, err = l.Promises.Do(ctx, first.ID, promise.Deed{Act: promise.ActKeep, On: calendar.None, Said: said}, "")
	return err
}

// give enters a gift for the n-th customer of somebody, and hands it over where nobody has to approve it.
func (l *loader) give(ctx context.Context, staff, n int, what, occasion string, value int64) error {
	ctx = l.as(ctx, staff)
	c := l.customerOf(staff, n)
	if c == 0 {
		return nil
	}
	g, err := l.Gifts.Enter(ctx, c, gift.Input{What: what, Occasion: occasion, Value: value, On: calendar.None}, "")
	if err != nil || g.State != gift.Approved {
		return err
	}
	_, err = l.Gifts.Do(ctx, g.ID, g.Version, gift.Deed{Act: gift.ActGive, On: calendar.None})
	return err
}

// visited lives through a visit that was planned: check-in, report, and the next one agreed.
func (l *loader) visited(ctx context.Context, staff, n int) error {
	ctx = l.as(ctx, staff)
	c := l.customerOf(staff, n)
	if c == 0 {
		return nil
	}
	today := calendar.FromTime(l.dial.Now(), l.loc)
	v, err := l.Visits.Create(ctx, visit.NewVisit{CustomerID: c, Input: visit.Input{On: today, FromMin: 15 * 60, ToMin: 16 * 60, Purpose: "了解展厅改造进度", Place: "客户展厅", Ours: []string{l.c.Staff[staff].Name}}})
	if err != nil {
		return err
	}
	for _, st := range []visit.Step{
		{Act: visit.ActArrive, On: calendar.None, NextOn: calendar.None},
		{Act: visit.ActReport, Report: "展厅改造下月完工，需要两套样柜和门锁展架；对到货周期满意。", Met: "店长", Feedback: "希望样柜在开业前一周到货。", On: calendar.None, NextOn: l.c.Reference.AddDays(5)},
	} {
		if _, err := l.Visits.Do(ctx, v.ID, st, ""); err != nil {
			return err
		}
	}
	return nil
}

// ring logs calls: one that reached somebody, one in vain, and one that is to be made again.
func (l *loader) ring(ctx context.Context, staff int) error {
	ctx = l.as(ctx, staff)
	again := l.c.Reference.AddDays(1).Midnight(l.loc).Add(10 * time.Hour).UnixMicro()
	for n, in := range []visit.CallInput{
		{Outcome: visit.Reached, Whom: "采购经理", Note: "确认下周到货，门锁样品反馈良好。"},
		{Outcome: visit.NotReached, Whom: "总经理"},
		{Outcome: visit.CallAgain, Whom: "财务", Note: "对账单核对中，明天上午再打。", AgainAt: again},
	} {
		if c := l.customerOf(staff, n); c != 0 {
			if _, err := l.Visits.LogCall(ctx, c, in, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// ahead plans the week that begins: visits of the people everybody looks at, an absence, a handover, greetings.
func (l *loader) ahead(ctx context.Context) error {
	if _, err := l.Promises.MarkOverdue(authz.With(ctx, authz.System("demo"))); err != nil {
		return err
	}
	lin, east := l.login("lin"), l.login("east.manager")
	if err := l.week(ctx, lin, lin); err != nil {
		return err
	}
	for _, leader := range []int{east, l.director()} {
		if err := l.week(ctx, leader, lin); err != nil {
			return err
		}
	}
	if err := l.handOn(ctx, east, lin); err != nil {
		return err
	}
	return l.greet(ctx, lin)
}

// week plans visits of somebody to customers of somebody in the coming days.
func (l *loader) week(ctx context.Context, who, of int) error {
	ctx = l.as(ctx, who)
	plans := []struct {
		ahead, from int
		purpose     string
		ask         bool
	}{{0, 14, "核对月度订单和库存", false}, {1, 10, "新款门锁培训", true}, {2, 15, "回访集成灶使用情况", false}, {4, 9, "明年合作计划沟通", true}, {6, 14, "展厅陈列检查", false}}
	if who != of {
		plans = plans[3:]
	}
	for i, p := range plans {
		c := l.customerOf(of, i+5*(who%3))
		if c == 0 {
			continue
		}
		in := visit.NewVisit{CustomerID: c, Input: visit.Input{
			On: l.c.days.works.OnOrAfter(l.c.Reference.AddDays(p.ahead)), FromMin: p.from * 60, ToMin: p.from*60 + 60, Purpose: p.purpose, Place: "客户处", NeedsAppointment: p.ask, Ours: []string{l.c.Staff[who].Name},
		}}
		v, err := l.Visits.Create(ctx, in)
		if err != nil {
			return err
		}
		if p.ask {
			if _, err := l.Visits.Do(ctx, v.ID, visit.Step{Act: visit.ActAsk, On: calendar.None, NextOn: calendar.None}, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// handOn has a colleague of lin who leaves hand over, and another one be away with lin standing in.
func (l *loader) handOn(ctx context.Context, head, lin int) error {
	ctx = l.as(ctx, head)
	sales := slices.DeleteFunc(l.salesOf("east.manager"), func(n int) bool { return n == lin })
	if len(sales) < 4 {
		return nil
	}
	leaves, away, takes := l.staff[sales[len(sales)-2]].UserID, l.staff[sales[len(sales)-1]].UserID, l.staff[sales[1]].UserID
	ref := l.c.Reference
	h, err := l.Handovers.Open(ctx, handover.OpenInput{PersonID: leaves, Reason: handover.Leaves, From: ref.AddDays(14), Note: "月中离职，客户由同组接手。"})
	if err != nil {
		return err
	}
	if _, err := l.Handovers.Plan(ctx, h.ID, handover.PlanInput{By: handover.ByEven, People: []int64{l.staff[lin].UserID, takes}}); err != nil {
		return err
	}
	return l.Handovers.Stand(ctx, procedure.Absence{UserID: away, SubstituteID: l.staff[lin].UserID, From: ref, Until: ref.AddDays(5), Reason: "年休假"})
}

// greet approves the first of the greetings that are owed; the others wait.
func (l *loader) greet(ctx context.Context, staff int) error {
	ctx = l.as(ctx, staff)
	t, err := l.template(ctx, "季度问候")
	if err != nil || t == 0 {
		return err
	}
	list, _, err := l.Care.List(ctx, care.Filter{From: calendar.None, To: calendar.None, Limit: 50})
	if err != nil || len(list) == 0 {
		return err
	}
	_, err = l.Care.Send(ctx, t, []int64{list[0].Duty.ID})
	return err
}
