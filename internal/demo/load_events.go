package demo

import (
	"context"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/seminar"
)

// events lives through a day of the events: a seminar that is planned, answered, held and closed.
func (l *loader) events(ctx context.Context, day calendar.Date) error {
	ctx = l.as(ctx, l.director())
	switch int(l.c.Reference - day) {
	case 24:
		return l.planSeminar(ctx)
	case 20:
		return l.answerSeminar(ctx, l.pastEvent, []int{2, 0, 1, 0, 0, -1, 0, 1, 0, -1, 0, 0})
	case 9:
		return l.holdSeminar(ctx, day)
	case 8:
		return l.closeSeminar(ctx)
	}
	return nil
}

// planSeminar plans the seminar that is over by now and invites customers of some managers.
func (l *loader) planSeminar(ctx context.Context) error {
	m, err := l.Seminars.Plan(ctx, seminar.Input{
		TitleZh: "秋季新品与安装技术研讨会", TitleEn: "Autumn seminar on new products and fitting", Kind: "seminar", On: l.c.Reference.AddDays(-9), FromMin: 14 * 60, ToMin: 17 * 60,
		Place: "总部二楼展厅", About: "新款集成灶与智能门锁的卖点、安装要点和常见售后问题；会后参观仓库。", Capacity: 20, Guests: 2, AnswerBy: l.c.Reference.AddDays(-11), Budget: 1_200_000, Currency: "CNY",
		Team: []int64{l.staff[l.login("lin")].UserID, l.staff[l.login("east.manager")].UserID},
	}, "")
	if err != nil {
		return err
	}
	l.pastEvent = m.ID
	var who []int64
	for n := range 7 {
		who = append(who, l.customerOf(l.login("lin"), n), l.customerOf(l.login("east.manager"), n))
	}
	_, err = l.Seminars.Invite(ctx, m.ID, 0, known(who))
	return err
}

// known leaves out the customers that are not there.
func known(who []int64) []int64 {
	out := []int64{}
	for _, c := range who {
		if c != 0 {
			out = append(out, c)
		}
	}
	return out
}

// answerSeminar enters what those invited said, in the order of their numbers: how many guests they bring, -1 for a no. The rest said nothing.
func (l *loader) answerSeminar(ctx context.Context, seminarID int64, guests []int) error {
	list, _, err := l.Seminars.Guests(ctx, seminarID, seminar.Guests{Limit: len(guests)})
	if err != nil {
		return err
	}
	for i, v := range list {
		if _, err := l.Seminars.Answer(ctx, seminarID, v.ID, seminar.Reply{Yes: guests[i] >= 0, Guests: int64(max(guests[i], 0))}); err != nil {
			return err
		}
	}
	return nil
}

// holdSeminar checks in whoever came: most of those who said yes, and somebody who was not invited.
func (l *loader) holdSeminar(ctx context.Context, day calendar.Date) error {
	l.at(day, 13*60+40)
	list, _, err := l.Seminars.Guests(ctx, l.pastEvent, seminar.Guests{Answers: []seminar.Answer{seminar.Yes}})
	if err != nil {
		return err
	}
	for i, v := range list {
		if i%5 == 4 {
			continue
		}
		if _, err := l.Seminars.CheckIn(ctx, l.pastEvent, strconv.FormatInt(v.Number, 10), 0); err != nil {
			return err
		}
	}
	_, err = l.Seminars.WalkIn(ctx, l.pastEvent, seminar.WalkIn{Person: "吴工", Company: "一家装修公司", People: 2, Consent: true}, "")
	return err
}

// closeSeminar enters what the seminar cost, closes it and gives out what follows.
func (l *loader) closeSeminar(ctx context.Context) error {
	held := l.c.Reference.AddDays(-9)
	for _, c := range []seminar.Cost{{What: "茶歇与晚餐", Amount: 486_000, On: held}, {What: "资料印刷", Amount: 132_000, On: held}, {What: "外请讲师", Amount: 300_000, On: held}} {
		if _, err := l.Seminars.AddCost(ctx, l.pastEvent, c, ""); err != nil {
			return err
		}
	}
	if _, err := l.Seminars.Close(ctx, l.pastEvent, "到场客户对门锁联网功能兴趣最大，三家要求上门演示；安装视频应补充英文字幕。"); err != nil {
		return err
	}
	_, err := l.Seminars.FollowUp(ctx, l.pastEvent, seminar.FollowUp{Whom: seminar.WhoCame, What: "电话回访，送上会议资料和报价", DueOn: l.c.Reference.AddDays(4)})
	return err
}

// nextEvent plans the event that lies ahead, for those who are owed one by a regulation, as far as there are any; with some answers and a waiting list.
func (l *loader) nextEvent(ctx context.Context) error {
	ctx = l.as(ctx, l.director())
	in := seminar.Input{
		TitleZh: "重点客户合作交流会", TitleEn: "Exchange meeting with key accounts", Kind: "exchange", On: l.c.Reference.AddDays(12), FromMin: 9*60 + 30, ToMin: 12 * 60, Place: "江畔酒店三楼",
		About: "明年新品计划、价格政策与联合推广；请带上您的建议。", Capacity: 8, Guests: 1, AnswerBy: l.c.Reference.AddDays(9), Budget: 2_000_000, Currency: "CNY", Team: []int64{l.staff[l.login("lin")].UserID},
	}
	who := []int64{}
	owed, _, err := l.Duties.List(ctx, duty.Filter{Activities: []string{seminar.Activity}, States: []duty.State{duty.Open, duty.Missed}, From: calendar.None, To: calendar.None, Limit: 12})
	if err != nil {
		return err
	}
	for i := range owed {
		who = append(who, owed[i].CustomerID)
		in.Asked = duty.ByRule{Rulebook: owed[0].Rulebook, Rule: owed[0].Rule}
	}
	for n := range 12 - len(who) {
		who = append(who, l.customerOf(l.login("lin"), n))
	}
	m, err := l.Seminars.Plan(ctx, in, "")
	if err != nil {
		return err
	}
	if _, err := l.Seminars.Invite(ctx, m.ID, 0, known(who)); err != nil {
		return err
	}
	return l.answerSeminar(ctx, m.ID, []int{1, 0, 1, -1, 1, 0, 1, 0})
}
