package cli

import (
	"strings"

	"kezhi/internal/grading"
	"kezhi/internal/rule"
)

// printExplained writes a verdict as a person would explain it: what was read, what it was worth, and what would change it.
func (c *command) printExplained(e grading.Explained) error {
	t, in := c.lang.pick, func(x rule.Text) string { return x.In(string(c.lang)) }
	x := e.Explanation
	c.print("%s  %s", e.Customer.Code, e.Customer.Name)
	c.print(t("制度 %s %s，截至 %s", "Rulebook %s %s, as of %s"), e.Rulebook, e.Version, e.AsOf)
	switch {
	case x.Grade != nil:
		c.print(t("评定：%s（%s）%s", "Verdict: %s (%s)%s"), in(x.Grade.Title), in(x.Grade.Band), c.clause(x.Grade.Clause))
	case x.Reason != nil:
		c.print(t("没有评定：%s%s", "No verdict: %s%s"), in(x.Reason.Title), c.clause(x.Reason.Clause))
	}
	if x.Provisional != nil {
		c.print(t("暂定：%s", "Provisional: %s"), in(x.Provisional.Title))
	}
	if x.Score != nil {
		c.print(t("得分：%s / %s", "Score: %s of %s"), x.Score.Value, x.Score.Max)
	}
	c.print("%s", t("依据：", "Inputs:"))
	for _, i := range x.Inputs {
		value := i.Value + " " + i.Unit
		if i.Unit == "segment" {
			value = in(grading.MembershipText(i.Value))
		}
		if i.Value == "" {
			value = t("缺：", "missing: ") + i.Missing
		}
		c.print("  %s: %s%s", in(i.Title), strings.TrimSpace(value), c.clause(i.Clause))
	}
	for _, i := range x.Items {
		c.print(t("  %s：%s 分，满分 %s%s", "  %s: %s points of %s%s"), in(i.Title), i.Points, i.Max, c.clause(i.Clause))
	}
	if x.Next != nil {
		c.print(t("升到 %s 还需：", "Missing for %s:"), in(x.Next.Title))
		for _, w := range x.Next.Ways {
			c.print(t("  %s：现在 %s，要达到 %s，还差 %s %s%s", "  %s: now %s, needs %s, short by %s %s%s"), in(w.Title), w.Value, in(w.Bound), w.Missing, w.Unit, c.clause(w.Clause))
		}
	}
	for _, cl := range e.Clauses {
		c.print(t("第 %s 条：%s", "Clause %s: %s"), cl.Number, in(cl.Text))
	}
	return nil
}

func (c *command) clause(number string) string {
	if number == "" {
		return ""
	}
	return c.lang.pick("（第 "+number+" 条）", " (clause "+number+")")
}
