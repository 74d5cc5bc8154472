package demo

import "kezhi/internal/calendar"

var visitNotes = []string{
	"走访门店，查看样品陈列，建议把智能锁移到入口展台。", "与老板核对本季度订单计划，确认下月促销备货。", "查看库存，滑轨类备货偏低，提醒补单。",
	"陪同走访两处工地，记录安装反馈。", "沟通账期与回款安排，对方同意月底前付清。", "培训店员讲解恒温花洒卖点，共六人参加。",
	"了解附近新开楼盘情况，约定一起做样板间。", "新店选址考察，面积约两百平方米。", "了解同区域竞争品牌的促销力度。", "年度回访，整体满意，希望缩短到货周期。",
}

var callNotes = []string{
	"确认收货情况，数量无误。", "提醒对账单已寄出，请核对后回传。", "询问下周订货意向，对方稍后给清单。", "回复产品安装尺寸问题。", "告知价目表更新。",
	"约定下次拜访时间。", "催办上月尾款，对方已提交付款申请。", "了解近期销售情况，客流平稳。", "", "",
}

// visitsAYear says how often a customer of that size is visited, in hundredths a year, before any rulebook asks for it.
var visitsAYear = []point{{8_000, 30}, {300_000, 100}, {1_000_000, 250}, {5_000_000, 600}, {40_000_000, 1200}}

// encounters writes visits and calls of the sales people, more of them where more is bought. In the last months they are
// duties, which the loader does one by one.
func (t *teller) encounters() {
	h := &t.cu.habits
	from, to := max(t.c.From, h.since), t.c.Reference.AddMonths(-dutyMonths)
	to = min(to, h.leaves.AddDays(90))
	if to <= from || t.cu.Owner < 0 || t.c.days.total(from, to) == 0 {
		return
	}
	hundredths := along(visitsAYear, h.yearly/100) * int64(to-from) / 365
	t.meet("visit", visitNotes, hundredths, from, to)
	t.meet("call", callNotes, hundredths*5/2, from, to)
}

func (t *teller) meet(kind string, words []string, hundredths int64, from, to calendar.Date) {
	n := int(hundredths / 100)
	if t.s.happens(int(hundredths%100) * 10) {
		n++
	}
	for range n {
		day := t.c.days.draw(t.s, from, to)
		attrs := noAttrs
		if note := pick(t.s, words); note != "" {
			attrs = `{"note":"` + note + `"}`
		}
		t.facts = append(t.facts, Fact{Kind: kind, On: day, At: at(day, t.s.hours()), Status: "done", Attrs: attrs})
	}
}
